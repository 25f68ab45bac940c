import { Composer } from 'grammy';
import { type ReceiveDependencies, receiveAudio } from '../../../app/receive/receive-audio.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { linkIn, linkUpload } from '../../../bot/link-upload.ts';
import { replyPatiently } from '../../../bot/reply-patiently.ts';
import { accountOf } from '../../../bot/upload.ts';
import { renderRefusal } from '../../../texts/refusal.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { Links } from '../check-links.ts';

type LinksDependencies = ReceiveDependencies & {
  readonly links: Links;
  readonly texts: Texts;
  /** IANA time zone of the times in messages. */
  readonly timeZone: string;
};

/**
 * Receives links to audio or video. A link becomes an upload, which the worker of its job downloads.
 */
export const linksFeature: Feature<LinksDependencies> = {
  install(dependencies) {
    const { links, texts, timeZone } = dependencies;
    const composer = new Composer<BotContext>();
    composer.chatType('private').on('message:text', async (ctx, next) => {
      const url = linkIn(ctx.message);
      if (url === null) return next();
      const reply_parameters = { message_id: ctx.message.message_id, allow_sending_without_reply: true };
      const refusal = links.refusal(url);
      if (refusal !== null) {
        await replyPatiently(ctx, ctx.say(`links-${refusal}`), { reply_parameters });
        return;
      }
      const user = { ...accountOf(ctx.from), languageCode: languageOf(ctx) };
      const upload = linkUpload(ctx.me.id, ctx.message, user, url);
      const { outcome: submitted, followUp } = await receiveAudio(dependencies, upload);
      if (submitted.outcome !== 'accepted') {
        await replyPatiently(ctx, renderRefusal(texts, languageOf(ctx), submitted, timeZone), {
          reply_parameters,
        });
        return;
      }
      ctx.confirmUpdate();
      await followUp();
    });
    return composer;
  },
};
