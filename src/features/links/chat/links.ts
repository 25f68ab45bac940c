import { Composer } from 'grammy';
import type { SubmitUploadDependencies } from '../../../app/receive/submit-upload.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { linkIn, linkUpload } from '../../../bot/link-upload.ts';
import type { ReaderDependencies, ZoneDependencies } from '../../../bot/reader.ts';
import { receiveUpload } from '../../../bot/receive-upload.ts';
import { replyPatiently } from '../../../bot/reply-patiently.ts';
import { accountOf } from '../../../bot/upload.ts';
import type { Links } from '../check-links.ts';

type LinksDependencies = ReaderDependencies &
  ZoneDependencies &
  SubmitUploadDependencies & { readonly links: Links };

/**
 * Receives links to audio or video. A link becomes an upload, which the worker of its job downloads.
 */
export const linksFeature: Feature<LinksDependencies> = {
  install(dependencies) {
    const { links } = dependencies;
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
      await receiveUpload(ctx, dependencies, upload);
    });
    return composer;
  },
};
