import { type DeliverDependencies, deliver } from './deliver.ts';
import { dispatch } from './dispatch.ts';
import type { Lanes, Log, Tokens } from './ports.ts';
import { type ShowPickerDependencies, showPicker } from './show-picker.ts';

/** Files handled by one pass; what is left is for the next pass, or another process. */
const perPass = 50;

/** Sends tokens again and gives the files of lost workers to others. Every process does it. */
export async function sweepLanes(dependencies: { lanes: Lanes; tokens: Tokens; log: Log }): Promise<void> {
  const tokens = await dependencies.lanes.sweep();
  for (const token of tokens) await dispatch(dependencies, token);
  if (tokens.length > 0) dependencies.log.info({ tokens: tokens.length }, 'swept');
}

/** Sends the answers that a worker could not, or died before sending. */
export async function sweepDeliveries(dependencies: DeliverDependencies): Promise<void> {
  for (const undelivered of await dependencies.deliveries.takeDue(perPass)) {
    dependencies.log.warn(
      { transcription: undelivered.transcription.id },
      'sending an answer from the outbox',
    );
    await deliver(dependencies, undelivered);
  }
}

/** Asks for an engine where the bot died between taking a file and asking. */
export async function sweepUnshown(dependencies: ShowPickerDependencies): Promise<void> {
  for (const file of await dependencies.lanes.takeUnshown(perPass)) {
    await showPicker(dependencies, file, file.userId);
  }
}
