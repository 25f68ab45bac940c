import { Composer } from 'grammy';
import type { Deliveries } from '../../../app/ports/deliveries.ts';
import type { Settings } from '../../../app/ports/settings.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import type { PressHandler } from '../../../bot/file-press.ts';
import { parseTranscriptionId } from '../../../domain/ids.ts';
import { readLowConfidence } from '../read-low-confidence.ts';
import type { Corrections } from '../store.ts';
import { lowConfidencePress, momentOf, renderLowConfidence } from './low-confidence-view.ts';

type ListDependencies = {
  readonly corrections: Corrections;
  readonly settings: Pick<Settings, 'documents'>;
};

type LowConfidenceDependencies = ListDependencies & { readonly deliveries: Pick<Deliveries, 'add'> };

/** The list of low-confidence words: its pages, and the audio clip of each word, which a worker sends. */
export const lowConfidenceFeature: Feature<LowConfidenceDependencies> = {
  install(dependencies) {
    const { deliveries } = dependencies;
    const composer = new Composer<BotContext>();
    composer.callbackQuery(lowConfidencePress, async (ctx) => {
      const [, action, idText = '', number] = lowConfidencePress.exec(ctx.callbackQuery.data) ?? [];
      const id = parseTranscriptionId(idText) ?? 0;
      const words = await readLowConfidence(dependencies, id, ctx.from.id);
      if (action === 'page') {
        await ctx.answerCallbackQuery(words.length > 0 ? undefined : ctx.say('low-confidence-none'));
        if (words.length === 0) return;
        const { text, entities, keyboard } = renderLowConfidence(ctx, id, words, Number(number));
        // Telegram refuses an edit that changes nothing.
        await ctx.editMessageText(text, { entities, reply_markup: keyboard }).catch(() => undefined);
        return;
      }
      const word = words.find((each) => momentOf(each) === Number(number));
      const clip = word && { word: word.text, start: word.start, end: word.end };
      const added = clip && (await deliveries.add(id, ctx.from.id, { kind: 'clip', payload: clip }));
      ctx.confirmUpdate();
      const isComing = added === 'added' || added === 'already';
      await ctx.answerCallbackQuery(ctx.say(isComing ? 'answer-on-its-way' : 'low-confidence-none'));
    });
    return composer;
  },
};

/** Handles "Uncertain words": sends the list as a reply to the upload. */
export const listLowConfidence: PressHandler<'low-confidence', ListDependencies> = async (
  dependencies,
  { ctx, file, answer },
) => {
  const words = await readLowConfidence(dependencies, file.id, ctx.from.id);
  if (words.length === 0) return answer('low-confidence-none');
  answer('low-confidence-below');
  const { text, entities, keyboard } = renderLowConfidence(ctx, file.id, words, 0);
  const sent = await ctx.reply(text, {
    entities,
    reply_parameters: { message_id: file.messageId, allow_sending_without_reply: true },
    reply_markup: keyboard,
  });
  await dependencies.corrections.recordMessage(file.id, file.chatId, sent.message_id);
};
