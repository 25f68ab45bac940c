import type { SubmitResult } from '../app/ports/lanes.ts';
import { type SubmitUploadDependencies, submitUpload } from '../app/receive/submit-upload.ts';
import type { Upload } from '../domain/transcription.ts';
import { renderRefusal } from '../texts/refusal.ts';
import { type BotContext, languageOf } from './context.ts';
import { type ReaderDependencies, type ZoneDependencies, zoneOf } from './reader.ts';
import { replyPatiently } from './reply-patiently.ts';

/**
 * Receives an upload, and confirms its update once it is in the database. A refusal of its lane is the reply to its
 * message. Resolves to the accepted upload; null after a refusal.
 */
export async function receiveUpload(
  ctx: BotContext,
  dependencies: SubmitUploadDependencies & ReaderDependencies & ZoneDependencies,
  upload: Upload,
): Promise<(SubmitResult & { outcome: 'accepted' }) | null> {
  const { texts } = dependencies;
  const { outcome: submitted, followUp } = await submitUpload(dependencies, upload);
  if (submitted.outcome !== 'accepted') {
    const timeZone = await zoneOf(dependencies, ctx);
    await replyPatiently(ctx, renderRefusal(texts, languageOf(ctx), submitted, timeZone), {
      reply_parameters: { message_id: upload.messageId, allow_sending_without_reply: true },
    });
    return null;
  }
  ctx.confirmUpdate();
  await followUp();
  return submitted;
}
