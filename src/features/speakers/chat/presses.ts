import type { User } from 'grammy/types';
import type { Deliveries } from '../../../app/ports/deliveries.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { PressHandler } from '../../../bot/file-press.ts';
import { parseTranscriptionId, type TranscriptionId } from '../../../domain/ids.ts';
import {
  listSpeakers,
  mergeSpeakers,
  nameSpeaker,
  type Speaker,
  separateSpeaker,
  speakerClip,
} from '../../../domain/speakers.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { Corrections } from '../../corrections/index.ts';
import { type ChangeSpeakersDependencies, changeSpeakers } from '../change-speakers.ts';
import type { VoiceprintStore } from '../store/voiceprints.ts';
import { renderOthers, renderSpeakers, speakersPress } from './view.ts';

export type SpeakerPressDependencies = ChangeSpeakersDependencies & {
  readonly corrections: Corrections;
  readonly deliveries: Pick<Deliveries, 'add'>;
  readonly voiceprints: VoiceprintStore;
  readonly texts: Texts;
};

/** Handles "Who spoke?": sends the list of speakers as a reply to the upload. */
export const listSpeakersOf: PressHandler<
  'speakers',
  Pick<SpeakerPressDependencies, 'corrections' | 'texts'>
> = async ({ corrections, texts }, { ctx, file, answer }) => {
  const read = await corrections.read(file.id, ctx.from.id);
  const speakers = read === null ? [] : speakersFor(ctx, read.transcript.segments);
  if (speakers.length === 0) return answer('answer-unknown');
  answer('speakers-below');
  const { text, keyboard } = renderSpeakers(ctx, texts, file.id, speakers);
  const sent = await ctx.reply(text, {
    reply_parameters: { message_id: file.messageId, allow_sending_without_reply: true },
    reply_markup: keyboard,
  });
  await corrections.recordMessage(file.id, file.chatId, sent.message_id);
};

/** Handles a button of the list, or of the question whether a voice is to be remembered. */
export async function pressSpeakers(
  dependencies: SpeakerPressDependencies,
  ctx: BotContext & { readonly from: User },
): Promise<void> {
  const [, action = '', idText = '', first, second] = speakersPress.exec(ctx.callbackQuery?.data ?? '') ?? [];
  const id = parseTranscriptionId(idText) ?? 0;
  if (action === 'leave') return leaveVoice(dependencies, ctx);
  const read = await dependencies.corrections.read(id, ctx.from.id);
  const segments = read?.transcript.segments ?? [];
  const speakers = speakersFor(ctx, segments);
  if (action === 'list' && speakers.length > 0) {
    await ctx.answerCallbackQuery();
    return show(ctx, renderSpeakers(ctx, dependencies.texts, id, speakers));
  }
  if (action === 'apart') return separate(dependencies, ctx, id, segments, Number(first));
  const speaker = speakers.find(({ place }) => place === Number(first));
  if (first === undefined || speaker === undefined)
    return void (await ctx.answerCallbackQuery(ctx.say('answer-unknown')));
  switch (action) {
    case 'play':
      return play(dependencies, ctx, id, segments, speaker);
    case 'others':
      await ctx.answerCallbackQuery();
      return show(ctx, renderOthers(ctx, id, speakers, speaker));
    case 'same':
      return merge(
        dependencies,
        ctx,
        id,
        speaker,
        speakers.find(({ place }) => place === Number(second)),
      );
    case 'is':
      return acceptGuess(dependencies, ctx, id, speaker);
    case 'keep':
      return rememberVoice(dependencies, ctx, id, speaker);
    default:
      await ctx.answerCallbackQuery(ctx.say('answer-unknown'));
  }
}

/** Returns the speakers with their names in the user's language. */
export function speakersFor(ctx: BotContext, segments: readonly Segment[]): Speaker[] {
  return listSpeakers(segments, (number) => ctx.say('document-speaker-number', { number }));
}

async function play(
  { deliveries }: SpeakerPressDependencies,
  ctx: BotContext & { readonly from: User },
  id: TranscriptionId,
  segments: readonly Segment[],
  { label, name }: Speaker,
): Promise<void> {
  const range = speakerClip(segments, label);
  const payload = range && { word: name, ...range, speaker: label };
  const added = payload && (await deliveries.add(id, ctx.from.id, { kind: 'clip', payload }));
  ctx.confirmUpdate();
  const isComing = added === 'added' || added === 'already';
  await ctx.answerCallbackQuery(ctx.say(isComing ? 'answer-on-its-way' : 'answer-unknown'));
}

async function merge(
  dependencies: SpeakerPressDependencies,
  ctx: BotContext & { readonly from: User },
  id: TranscriptionId,
  from: Speaker,
  into: Speaker | undefined,
): Promise<void> {
  const changed =
    into === undefined || into.label === from.label
      ? null
      : await changeSpeakers(dependencies, id, ctx.from.id, (segments) =>
          mergeSpeakers(segments, from.label, into.label),
        );
  await showChanged(
    dependencies,
    ctx,
    id,
    changed && { after: changed.after, key: 'speakers-merged' },
    from.place,
  );
}

async function separate(
  dependencies: SpeakerPressDependencies,
  ctx: BotContext & { readonly from: User },
  id: TranscriptionId,
  segments: readonly Segment[],
  place: number,
): Promise<void> {
  const label = [...new Set(segments.flatMap(({ speaker }) => speaker ?? []))][place];
  const changed =
    label === undefined
      ? null
      : await changeSpeakers(dependencies, id, ctx.from.id, (now) => separateSpeaker(now, label));
  await showChanged(dependencies, ctx, id, changed && { after: changed.after, key: 'speakers-separated' });
}

async function acceptGuess(
  dependencies: SpeakerPressDependencies,
  ctx: BotContext & { readonly from: User },
  id: TranscriptionId,
  { label, guess }: Speaker,
): Promise<void> {
  const changed =
    guess === null
      ? null
      : await changeSpeakers(dependencies, id, ctx.from.id, (segments) =>
          nameSpeaker(segments, label, guess),
        );
  await showChanged(dependencies, ctx, id, changed && { after: changed.after, key: 'speakers-renamed' });
}

/** Answers a press that changed the speakers, and shows them as they are now. */
async function showChanged(
  { texts }: Pick<SpeakerPressDependencies, 'texts'>,
  ctx: BotContext,
  id: TranscriptionId,
  changed: { readonly after: readonly Segment[]; readonly key: string } | null,
  merged: number | null = null,
): Promise<void> {
  if (changed === null) return void (await ctx.answerCallbackQuery(ctx.say('answer-unknown')));
  ctx.confirmUpdate();
  await ctx.answerCallbackQuery(ctx.say(changed.key));
  await show(ctx, renderSpeakers(ctx, texts, id, speakersFor(ctx, changed.after), merged));
}

async function rememberVoice(
  { deliveries, voiceprints }: SpeakerPressDependencies,
  ctx: BotContext & { readonly from: User },
  id: TranscriptionId,
  { label, name, isNamed }: Speaker,
): Promise<void> {
  if (isNamed) await voiceprints.switch(ctx.from.id, true);
  const added =
    isNamed && (await deliveries.add(id, ctx.from.id, { kind: 'voice', payload: { speaker: label, name } }));
  ctx.confirmUpdate();
  const isComing = added === 'added' || added === 'already';
  await ctx.answerCallbackQuery(ctx.say(isComing ? 'speakers-keeping' : 'answer-unknown'));
  await ctx.editMessageReplyMarkup();
}

/** Handles "No": the question does not come again, unless some voices are remembered already. */
async function leaveVoice(
  { voiceprints }: Pick<SpeakerPressDependencies, 'voiceprints'>,
  ctx: BotContext & { readonly from: User },
): Promise<void> {
  const isFirst = (await voiceprints.isOn(ctx.from.id)) === null;
  if (isFirst) await voiceprints.switch(ctx.from.id, false);
  ctx.confirmUpdate();
  await ctx.answerCallbackQuery({
    text: ctx.say(isFirst ? 'speakers-left' : 'speakers-left-one'),
    show_alert: isFirst,
  });
  await ctx.editMessageReplyMarkup();
}

async function show(ctx: BotContext, { text, keyboard }: ReturnType<typeof renderSpeakers>): Promise<void> {
  // Telegram refuses an edit that changes nothing.
  await ctx.editMessageText(text, { reply_markup: keyboard }).catch(() => undefined);
}
