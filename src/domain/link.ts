/** Letters of a link that anybody means; longer ones are somebody's trick. */
const longest = 2_048;

/** Letters of a file name that are kept. */
const longestName = 200;

/** A link as somebody wrote it, with or without its beginning; null when it is none that could be opened. */
export function readLink(text: string): URL | null {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `https://${text}`;
  if (whole.length > longest || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/**
 * Whether a file is known by its link and not by an id of Telegram's. It is of the kind `document`: the release before
 * this one reads it too, should an operator go back.
 */
export function isLink({ fileId }: { readonly fileId: string }): boolean {
  return /^https?:/.test(fileId);
}

/** The name of the file that a link leads to, as far as the link tells; null when it looks like a page. */
export function fileNameIn(url: URL): string | null {
  const last = url.pathname.split('/').at(-1) ?? '';
  return /\.\w{1,5}$/.test(last) ? cleanName(decoded(last)) : null;
}

/** A name from outside without what could lead astray; null when nothing is left of it. */
export function cleanName(name: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  const clean = name.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').replace(/^.*[/\\]/, '');
  return clean.trim().slice(0, longestName) || null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Sites whose pages hold a video, and no file that could be fetched as it is. */
const videoSites =
  /(^|\.)(youtube\.com|youtu\.be|youtube-nocookie\.com|aparat\.com|vimeo\.com|dailymotion\.com|dai\.ly|twitch\.tv|tiktok\.com|instagram\.com|facebook\.com|fb\.watch|twitter\.com|x\.com|soundcloud\.com|ted\.com|bilibili\.com|rumble\.com|odysee\.com|namasha\.com|telewebion\.com|filimo\.com)$/i;

/** True of a page that surely is no file, but may be one's home. */
export function isVideoSite({ hostname }: URL): boolean {
  return videoSites.test(hostname);
}
