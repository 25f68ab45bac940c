import { Composer } from 'grammy';
import type { SubmitUploadDependencies } from '../../../app/receive/submit-upload.ts';
import type { Links } from '../../../features/links/index.ts';
import { formatMegabytes } from '../../../texts/format.ts';
import { firstOfAlbums } from '../../albums.ts';
import type { BotContext } from '../../context.ts';
import { languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import type { ReaderDependencies, ZoneDependencies } from '../../reader.ts';
import { receiveUpload } from '../../receive-upload.ts';
import { replyPatiently } from '../../reply-patiently.ts';
import { accountOf, attachmentOf, toUpload } from '../../upload.ts';

type UploadsDependencies = ReaderDependencies &
  ZoneDependencies &
  SubmitUploadDependencies & {
    readonly links: Links;
    /** Maximum size of a file that can be fetched from Telegram, in bytes. */
    readonly downloadLimitBytes: number;
  };

/**
 * Receives voice notes, audio, videos, video notes and files in the private chat, and puts them into their user's lane.
 */
export const uploadsFeature: Feature<UploadsDependencies> = {
  install(dependencies) {
    const { texts, downloadLimitBytes } = dependencies;
    const composer = new Composer<BotContext>();
    const isFirst = firstOfAlbums();
    composer
      .chatType('private')
      .on(
        [
          'message:voice',
          'message:audio',
          'message:video',
          'message:video_note',
          'message:animation',
          'message:document',
        ],
        async (ctx, next) => {
          const attachment = attachmentOf(ctx.message);
          if (attachment === undefined) return next();
          const reply_parameters = { message_id: ctx.message.message_id, allow_sending_without_reply: true };
          if (attachment.kind === 'not-media') {
            if (!isFirst(ctx.message)) return;
            await replyPatiently(ctx, ctx.say('not-media'), { reply_parameters });
            return;
          }
          const size = attachment.file.file_size ?? null;
          if (size === 0) {
            await replyPatiently(ctx, ctx.say('error-file_empty'), { reply_parameters });
            return;
          }
          if (size !== null && size > downloadLimitBytes) {
            const written = (bytes: number) => formatMegabytes(texts, languageOf(ctx), bytes);
            // Rounded up, so that a file just above the limit does not read as if it were within.
            const tenth = 2 ** 20 / 10;
            const sizes = {
              links: dependencies.links.areOn ? 'on' : 'off',
              size: written(Math.ceil(size / tenth) * tenth),
              limit: written(downloadLimitBytes),
            };
            await replyPatiently(ctx, ctx.say('file-too-large-now', sizes), { reply_parameters });
            return;
          }
          const user = { ...accountOf(ctx.from), languageCode: languageOf(ctx) };
          const upload = toUpload(ctx.me.id, ctx.message, attachment, user);
          await receiveUpload(ctx, dependencies, upload);
        },
      );
    return composer;
  },
};
