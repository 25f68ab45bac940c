/** Maximum length of a link, in characters; no real link is longer. */
const maxLength = 2_048;

/** Maximum length of a file name, in characters; the rest is cut off. */
const maxNameLength = 200;

/** Parses a link, with or without its scheme. Returns null for anything that is not an http or https link. */
export function readLink(text: string): URL | null {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `https://${text}`;
  if (whole.length > maxLength || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/**
 * Returns whether an upload is a link instead of a Telegram file id. A link has the kind `document`, because the
 * previous release can read that too if an operator goes back to it.
 */
export function isLink({ fileId }: { readonly fileId: string }): boolean {
  return /^https?:/.test(fileId);
}

/** Returns the file name in a link; null when the link looks like a page. */
export function fileNameIn(url: URL): string | null {
  const last = url.pathname.split('/').at(-1) ?? '';
  return /\.\w{1,5}$/.test(last) ? cleanName(decoded(last)) : null;
}

/**
 * Removes control and direction characters and the folders from a file name of unknown origin; null when nothing is
 * left.
 */
export function cleanName(name: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  const clean = name.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').replace(/^.*[/\\]/, '');
  return clean.trim().slice(0, maxNameLength) || null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Sites whose pages contain a video, but no file that can be downloaded directly. */
const videoSites =
  /(^|\.)(youtube\.com|youtu\.be|youtube-nocookie\.com|aparat\.com|vimeo\.com|dailymotion\.com|dai\.ly|twitch\.tv|tiktok\.com|instagram\.com|facebook\.com|fb\.watch|twitter\.com|x\.com|soundcloud\.com|ted\.com|bilibili\.com|rumble\.com|odysee\.com|namasha\.com|telewebion\.com|filimo\.com)$/i;

/** Returns true for a page that is not a file itself, but may contain a video. */
export function isVideoSite({ hostname }: URL): boolean {
  return videoSites.test(hostname);
}
