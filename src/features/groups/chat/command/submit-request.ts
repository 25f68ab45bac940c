import type { Message } from 'grammy/types';
import type { SubmitUploadDependencies } from '../../../../app/receive/submit-upload.ts';
import type { BotContext } from '../../../../bot/context.ts';
import { linkIn, linkUpload, wordsBeside } from '../../../../bot/link-upload.ts';
import { attachmentOf, authorOf, toUpload } from '../../../../bot/upload.ts';
import { parseCaption } from '../../../../domain/caption.ts';
import type { UserId } from '../../../../domain/ids.ts';
import type { Upload } from '../../../../domain/transcription.ts';
import type { LinkRefusal, Links } from '../../../links/index.ts';
import { type GroupUploadResult, receiveInGroup } from '../../receive-in-group.ts';
import type { GroupSettings, Groups } from '../../store.ts';

export type SubmitRequestDependencies = SubmitUploadDependencies & {
  readonly groups: Groups;
  readonly links: Links;
  /** Maximum size of a file that can be fetched from Telegram, in bytes. */
  readonly downloadLimitBytes: number;
};

/** An upload in a group that a user wants transcribed. */
export type RequestedUpload = {
  /** The message with the upload or link. */
  readonly audio: Message;
  /** The user in whose lane it goes. */
  readonly owner: Upload['user'];
  /** The other words of the request, such as "vira fa". */
  readonly words: string;
  /** The topic of the request, in which it is answered. */
  readonly threadId: number | null;
  /** User whose quota is charged; the owner when omitted. */
  readonly paidBy?: UserId;
};

/** The outcome, or the reason why the upload was not even submitted. */
type RequestResult =
  | GroupUploadResult
  | { readonly outcome: 'not-media' }
  | { readonly outcome: 'refused-link'; readonly refusal: LinkRefusal }
  | { readonly outcome: 'empty' | 'too-large' };

/** Puts an upload of a group into its user's lane. */
export async function submitRequest(
  dependencies: SubmitRequestDependencies,
  ctx: BotContext,
  wanted: RequestedUpload,
  settings: GroupSettings,
): Promise<RequestResult> {
  const attachment = attachmentOf(wanted.audio);
  if (attachment === undefined) return submitLink(dependencies, ctx, wanted, settings);
  if (attachment.kind === 'not-media') return { outcome: 'not-media' };
  if (attachment.file.file_size === 0) return { outcome: 'empty' };
  const isTooLarge = (attachment.file.file_size ?? 0) > dependencies.downloadLimitBytes;
  if (isTooLarge) return { outcome: 'too-large' };
  const upload = toUpload(ctx.me.id, wanted.audio, attachment, wanted.owner);
  return receive(dependencies, ctx, withOptions(upload, wanted), settings);
}

async function submitLink(
  dependencies: SubmitRequestDependencies,
  ctx: BotContext,
  wanted: RequestedUpload,
  settings: GroupSettings,
): Promise<RequestResult> {
  const url = linkIn(wanted.audio);
  if (url === null) return { outcome: 'not-media' };
  const refusal = dependencies.links.refusal(url);
  if (refusal !== null) return { outcome: 'refused-link', refusal };
  const upload = linkUpload(ctx.me.id, wanted.audio, wanted.owner, url);
  return receive(dependencies, ctx, withOptions(upload, wanted), settings);
}

async function receive(
  dependencies: SubmitRequestDependencies,
  ctx: BotContext,
  upload: Upload,
  settings: GroupSettings,
): Promise<GroupUploadResult> {
  const { outcome, followUp } = await receiveInGroup(dependencies, upload, settings);
  if (outcome.outcome === 'taken' || outcome.outcome === 'already') ctx.confirmUpdate();
  await followUp();
  return outcome;
}

/** Returns the upload with the options of the request, in its topic, and with the name of its sender. */
function withOptions(upload: Upload, { audio, owner, words, threadId, paidBy }: RequestedUpload): Upload {
  const options = parseCaption(wordsBeside(words));
  const isOwn = audio.sender_chat === undefined && audio.from?.id === owner.id;
  return {
    ...upload,
    paidBy: paidBy ?? null,
    threadId,
    engine: options.engine ?? upload.engine,
    language: options.language ?? upload.language,
    formats: options.formats.length > 0 ? options.formats : upload.formats,
    senderName: upload.senderName ?? (isOwn ? null : authorOf(audio)),
  };
}
