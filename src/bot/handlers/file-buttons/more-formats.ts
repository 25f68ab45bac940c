import {
  type AddDeliveryResult,
  requestBundleFormat,
  requestFormat,
  requestTimes,
} from '../../../app/deliver/request-delivery.ts';
import type { PressHandler } from '../../file-press.ts';
import { accountOf } from '../../upload.ts';

const answers: Readonly<Record<AddDeliveryResult, string>> = {
  added: 'answer-on-its-way',
  already: 'answer-on-its-way',
  unknown: 'answer-unknown',
};

/** Sends the transcript in one more format. */
export const sendOneFormat: PressHandler<'format'> = async (dependencies, { ctx, file, confirm }, button) =>
  confirm(answers[await requestFormat(dependencies, file.id, accountOf(ctx.from), button.format)]);

/** Sends the bundle in one more format. */
export const sendOneBundleFormat: PressHandler<'bundle'> = async (
  dependencies,
  { ctx, file, confirm },
  button,
) => confirm(answers[await requestBundleFormat(dependencies, file.id, accountOf(ctx.from), button.format)]);

/** Sends the transcript with the time of each segment. */
export const sendSegmentTimes: PressHandler<'times'> = async (dependencies, { ctx, file, confirm }) =>
  confirm(answers[await requestTimes(dependencies, file.id, ctx.from.id)]);
