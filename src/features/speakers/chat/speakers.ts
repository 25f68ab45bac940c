import { Composer } from 'grammy';
import type { Message, User } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { linkIn } from '../../../bot/link-upload.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import { nameSpeaker, speakerLabel, speakerNameOf } from '../../../domain/speakers.ts';
import { isolate } from '../../../texts/format.ts';
import { changeSpeakers } from '../change-speakers.ts';
import { pressSpeakers, type SpeakerPressDependencies, speakersFor } from './presses.ts';
import { renderRememberQuestion, speakersPress } from './view.ts';
import { installVoicesPage } from './voices-page.ts';

type SpeakersDependencies = SpeakerPressDependencies & {
  /** False where SPEAKERS=off: then no voice can be described. */
  readonly canRememberVoices: boolean;
};

/**
 * The speakers of a transcript: the list, clips of their voices (which a worker sends), names, and speakers that are
 * one. A reply to a clip of a voice is the name. The database decides whether the transcript is the user's own.
 */
export const speakersFeature: Feature<SpeakersDependencies> = {
  install(dependencies) {
    const { corrections } = dependencies;
    const composer = new Composer<BotContext>();
    composer.callbackQuery(speakersPress, (ctx) => pressSpeakers(dependencies, ctx));
    installVoicesPage(composer, dependencies);
    composer.on('message:text', async (ctx, next) => {
      const replied = ctx.message.reply_to_message;
      if (replied?.from?.id !== ctx.me.id || linkIn(ctx.message) !== null) return next();
      const answered = await corrections.fileOf(ctx.chat.id, replied.message_id, ctx.from.id);
      const label = answered?.clip?.speaker;
      if (answered === null || label === undefined) return next();
      await applyName(dependencies, ctx, answered.file.id, label);
    });
    return composer;
  },
};

/** Gives a speaker the name that the user replied with, and asks whether the voice is to be remembered. */
async function applyName(
  dependencies: SpeakersDependencies,
  ctx: BotContext & { readonly message: Message & { readonly text: string }; readonly from: User },
  id: TranscriptionId,
  label: string,
): Promise<void> {
  const name = speakerNameOf(ctx.message.text);
  if (name === null) return replyTo(dependencies, ctx, id, ctx.say('speakers-no-name'));
  const changed = await changeSpeakers(dependencies, id, ctx.from.id, (segments) => {
    const ownLabel = currentLabel(segments, label);
    return ownLabel === null ? null : nameSpeaker(segments, ownLabel, name);
  });
  ctx.confirmUpdate();
  if (changed === null) return replyTo(dependencies, ctx, id, ctx.say('correct-unknown'));
  const ownLabel = currentLabel(changed.before, label);
  const before = speakersFor(ctx, changed.before).find((speaker) => speaker.label === ownLabel);
  const done = ctx.say('speakers-named', { speaker: isolate(before?.name ?? ''), name: isolate(name) });
  const place = before?.place ?? 0;
  if (!(await asksForVoice(dependencies, ctx.from.id, name)))
    return replyTo(dependencies, ctx, id, `${done}\n${ctx.say('correct-renewing')}`);
  const question = ctx.say('speakers-keep', { name: isolate(name) });
  return replyTo(dependencies, ctx, id, `${done}\n\n${question}`, renderRememberQuestion(ctx, id, place));
}

/** Returns the label under which the speaker of a clip is known now; null when nobody has it any longer. */
function currentLabel(segments: Parameters<typeof nameSpeaker>[0], label: string): string | null {
  const own = segments.find((segment) => segment.speaker === label);
  return (own && speakerLabel(own)) ?? null;
}

/** Returns true if the user has not refused to have voices remembered, and this one is not remembered yet. */
async function asksForVoice(
  { voiceprints, canRememberVoices }: SpeakersDependencies,
  userId: number,
  name: string,
): Promise<boolean> {
  if (!canRememberVoices || (await voiceprints.isOn(userId)) === false) return false;
  return (await voiceprints.entries(userId)).every((kept) => kept.name !== name);
}

async function replyTo(
  { corrections }: Pick<SpeakersDependencies, 'corrections'>,
  ctx: BotContext & { readonly message: Message },
  id: TranscriptionId,
  text: string,
  keyboard?: ReturnType<typeof renderRememberQuestion>,
): Promise<void> {
  const sent = await ctx.reply(text, {
    reply_parameters: { message_id: ctx.message.message_id, allow_sending_without_reply: true },
    ...(keyboard !== undefined && { reply_markup: keyboard }),
  });
  await corrections.recordMessage(id, sent.chat.id, sent.message_id);
}
