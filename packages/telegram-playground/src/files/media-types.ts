import type { FileKind } from '../state/state.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  '.aac': 'audio/aac',
  '.amr': 'audio/amr',
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.flac': 'audio/flac',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.m4a': 'audio/mp4',
  '.m4v': 'video/x-m4v',
  '.mkv': 'video/x-matroska',
  '.mov': 'video/quicktime',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.oga': 'audio/ogg',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.srt': 'application/x-subrip',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.vtt': 'text/vtt',
  '.wav': 'audio/x-wav',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.wma': 'audio/x-ms-wma',
  '.woff2': 'font/woff2',
  '.zip': 'application/zip',
};

/** Types that a Telegram client sends as a video; other containers are sent as documents. */
const clientVideoTypes: ReadonlySet<string> = new Set([
  'video/mp4',
  'video/quicktime',
  'video/x-m4v',
  'video/webm',
]);

const usualExtension: Readonly<Record<FileKind, string>> = {
  voice: '.oga',
  audio: '.mp3',
  video: '.mp4',
  video_note: '.mp4',
  document: '',
  photo: '.jpg',
  sticker: '.webp',
};

/** Returns the extension of a name with its dot, in lower case; '' when there is none that looks like one. */
export function extensionOf(name: string): string {
  return /\.[a-z0-9]{1,10}$/i.exec(name)?.[0].toLowerCase() ?? '';
}

/** Returns the MIME type for a file name, or undefined. */
export function mimeTypeOf(name: string): string | undefined {
  return mimeTypes[extensionOf(name)];
}

/** Returns the MIME type of an upload: the sender's, unless that is generic, else that of the name. */
export function mimeTypeFor(kind: FileKind, name: string | null, declared: string | null): string {
  const said = declared?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^[\w.+-]+\/[\w.+-]+$/.test(said) && said !== 'application/octet-stream') return said;
  const known = mimeTypeOf(name ?? '');
  if (known) return known;
  if (kind === 'voice') return 'audio/ogg';
  if (kind === 'audio') return 'audio/mpeg';
  if (kind === 'video' || kind === 'video_note') return 'video/mp4';
  if (kind === 'sticker') return 'image/webp';
  return kind === 'photo' ? 'image/jpeg' : 'application/octet-stream';
}

/** Returns how a Telegram client would send a file that a person drops into the chat. */
export function kindFor(mimeType: string): FileKind {
  if (mimeType.startsWith('audio/')) return 'audio';
  return clientVideoTypes.has(mimeType) ? 'video' : 'document';
}

/** Returns the extension of a file path for getFile. */
export function extensionFor(kind: FileKind, name: string | null, mimeType: string): string {
  const own = extensionOf(name ?? '');
  if (own) return own;
  const byType = Object.entries(mimeTypes).find(([, type]) => type === mimeType)?.[0];
  return kind === 'voice' ? usualExtension.voice : (byType ?? usualExtension[kind]);
}
