import { Composer } from 'grammy';
import { receiveAudio } from '../../../app/receive-audio.ts';
import { refusalText } from '../../../texts/refusal.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { linkIn, linkUpload } from '../../link-upload.ts';
import { replyPatiently } from '../../reply-patiently.ts';
import { personOf } from '../../upload.ts';

/**
 * Receives links to audio or video: a link becomes an upload that a worker fetches when its turn
 * has come.
 */
export const linksFeature: Feature = {
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
      const person = { ...personOf(ctx.from), languageCode: languageOf(ctx) };
      const upload = linkUpload(ctx.me.id, ctx.message, person, url);
      const { outcome: file, show } = await receiveAudio(dependencies, upload);
      if (file.outcome !== 'accepted') {
        await replyPatiently(ctx, refusalText(texts, languageOf(ctx), file, timeZone), { reply_parameters });
        return;
      }
      ctx.committed();
      await show();
    });
    return composer;
  },
};
