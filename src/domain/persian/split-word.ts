import { splitCompound, splitNounInHe } from './compounds.ts';
import { type Beside, halfSpace, miWord } from './spaced-word.ts';
import { readsAsVerb } from './verb-context.ts';
import { followsMi, participleBeforeCopula } from './verbs.ts';
import { adjectives, notPlurals } from './word-list.ts';

const miPrefix = /^(?:بر|در|باز|وا|فرا|فرو|ور)?ن?می/u;
/** A plural whose half-space makes a difference: after ا, د, ر and others that join to nothing there is none. */
const plural = /^(.+[^اآأدذرزژو\u200c])(ها(?:ی(?:ی|م|ت|ش|مان|تان|شان|مون|تون|شون)?|ست|ش|مون|تون|شون)?)$/u;
const demonstrative = /^((?:هم)?(?:آن|این))(ها(?:یی|ی|یشان|ست|ش|رو)?)$/u;
const comparative = /^(.{2,})(تر(?:ین)?(?:ها(?:یی|ی)?|ی)?)$/u;

/** Writes the half-spaces inside a word that has none: «میروم», «کتابها», «نرمافزار». */
export function splitWord(head: string, beside: Beside): string {
  const prefix = head.includes('می') ? miPrefix.exec(head)?.[0] : undefined;
  // «می میرم» is «می‌میرم».
  if (
    prefix !== undefined &&
    !miWord.test(beside(-1) ?? '') &&
    followsMi(head.slice(prefix.length)) &&
    readsAsVerb(head, beside)
  ) {
    const verb = head.slice(prefix.length);
    const participle = participleBeforeCopula(verb);
    return `${prefix}${halfSpace}${participle === 0 ? verb : withHalfSpace(verb, participle)}`;
  }
  const mayBePlural = head.includes('ها');
  const pointing = mayBePlural ? demonstrative.exec(head) : null;
  if (pointing !== null) return `${pointing[1]}${halfSpace}${pointing[2]}`;
  const inHe = splitNounInHe(head);
  if (inHe !== null) return inHe;
  const perfect = /ها(?:م|یم|ید|ند)$/u.test(head) ? participleBeforeCopula(head) : 0;
  if (perfect !== 0) return withHalfSpace(head, perfect);
  const many = mayBePlural ? plural.exec(head) : null;
  if (many !== null && !notPlurals.has(many[1] as string)) {
    return `${splitCompound(many[1] as string)}${halfSpace}${many[2]}`;
  }
  const more = head.includes('تر') ? comparative.exec(head) : null;
  if (more !== null && adjectives.has(more[1] as string) && /[^اآدذرزژو]$/u.test(more[1] as string)) {
    const degree = (more[2] as string).replace(/(?<=ن)ها/u, `${halfSpace}ها`);
    return `${more[1]}${halfSpace}${degree}`;
  }
  const participle = participleBeforeCopula(head);
  return participle === 0 ? splitCompound(head) : withHalfSpace(head, participle);
}

function withHalfSpace(word: string, at: number): string {
  return `${word.slice(0, at)}${halfSpace}${word.slice(at)}`;
}
