/** A web address in a text, in UTF-16 indexes. */
export type TextLink = { readonly from: number; readonly to: number; readonly url: string };

const webAddress = /\bhttps?:\/\/[^\s<>"«»]+/gi;
/** Punctuation that ends a sentence or a bracket, not an address. */
const notAtEnd = /[.,:;!?'…،؛؟)\]}\u2066-\u2069\u200e\u200f]+$/;

const none: readonly TextLink[] = [];

/** Returns the web addresses of a text. */
export function linksOf(text: string): readonly TextLink[] {
  if (!text.includes('://')) return none;
  return Array.from(text.matchAll(webAddress), ({ 0: match, index }) => {
    const end = match.replace(notAtEnd, '');
    // A bracket that the address opens itself belongs to it, as in Wikipedia's.
    const url = end.includes('(') && match.startsWith(`${end})`) ? `${end})` : end;
    return { from: index, to: index + url.length, url };
  }).filter(({ url }) => URL.canParse(url));
}
