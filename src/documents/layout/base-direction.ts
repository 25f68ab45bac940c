import { AL, classOf, FSI, L, LRI, PDI, R, RLI, WS } from '../bidi/classes.ts';
import type { Direction } from './direction.ts';

/**
 * Returns the base direction of a paragraph: the usual one where at least half of the words with a strong letter have
 * it, so that «Docker و PostgreSQL روی سرور» is right-to-left in a Persian document; the other one where two thirds
 * have that; and that of the first strong letter otherwise (UAX #9, P2 and P3). Text in isolates does not count.
 * @param usual direction of the document's language; also that of a paragraph without a strong letter
 */
export function baseDirection(text: string, usual: Direction): Direction {
  let isolates = 0;
  let isCounted = false;
  let first: Direction | null = null;
  let own = 0;
  let others = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // The rest of a counted word: no white space and no isolate has a code in this range.
    if (isCounted && unit > 0x20 && unit < 0x1680) continue;
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at++;
    const type = classOf(codePoint);
    if (type === WS) isCounted = false;
    else if (type === LRI || type === RLI || type === FSI) isolates++;
    else if (type === PDI) isolates = Math.max(0, isolates - 1);
    else if (!isCounted && isolates === 0 && (type === L || type === R || type === AL)) {
      isCounted = true;
      const direction = type === L ? 'ltr' : 'rtl';
      first ??= direction;
      if (direction === usual) own++;
      else others++;
    }
  }
  if (own >= others) return usual;
  if (others >= 2 * own) return usual === 'rtl' ? 'ltr' : 'rtl';
  return first ?? usual;
}

const rightToLeftScripts: ReadonlySet<string> = new Set([
  ...['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg'],
]);
const byLanguage = new Map<string, Direction>();
const maxLanguages = 300;

/**
 * Returns the direction of the script in which a language is usually written.
 * @param language well-formed BCP 47 tag
 */
export function languageDirection(language: string): Direction {
  let direction = byLanguage.get(language);
  if (direction === undefined) {
    const script = new Intl.Locale(language).maximize().script ?? '';
    direction = rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
    if (byLanguage.size >= maxLanguages) byLanguage.clear();
    byLanguage.set(language, direction);
  }
  return direction;
}
