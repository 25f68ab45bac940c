import { numbersOf } from './read-numbers.ts';
import type { FoundNumber } from './read-together.ts';
import type { TextToken } from './word-tokens.ts';

/** Words and signs that end a clause. */
const boundary = new Set('. ! ? ؟ ۔ ; ؛ , ، و ولی اما and but while whereas'.split(' '));

export type OwnerRules = {
  /** Returns true for a token of the transcript that is, or may be, a name. */
  readonly isName: (token: TextToken) => boolean;
  /** Returns true for two forms of one name. */
  readonly isSame: (one: string, other: string) => boolean;
};

/**
 * Returns true when a statement gives a number to somebody else than the transcript does: "Ali pays 5 and Sara pays 7"
 * does not prove "Ali pays 7". It judges only statements with a single name.
 * @param names the names of the statement
 * @param said the tokens of each cited segment
 */
export function hasOtherOwner(
  tokens: readonly TextToken[],
  names: readonly TextToken[],
  said: readonly (readonly TextToken[])[],
  rules: OwnerRules,
): boolean {
  // Of «نیک‌نام» the first half stands for both.
  const [name, ...others] = names.filter(({ followsHalfSpace }) => !followsHalfSpace);
  // With several names, the order of words does not tell whose a number is.
  if (name === undefined || others.some(({ key }) => !rules.isSame(name.key, key))) return false;
  const numbers = numbersOf(tokens).filter(({ isWeak }) => !isWeak);
  if (numbers.length === 0) return false;
  // A form of the statement's name is a name in the transcript too.
  const isName = (token: TextToken) =>
    !token.followsHalfSpace &&
    (rules.isName(token) || (token.kind === 'word' && rules.isSame(name.key, token.key)));
  const owned = said.flatMap((each) => ownedNumbers(each, isName));
  const own = owned.filter(({ owners }) => owners.some((owner) => rules.isSame(name.key, owner)));
  return numbers.some((number) => {
    const isRead = ({ readings }: OwnedNumber) =>
      readings.some((reading) => number.readings.includes(reading));
    const isAlike = ({ unit }: OwnedNumber) =>
      unit === number.unit || (isMoney(unit) && isMoney(number.unit));
    // Without another number of its own, the name may be linked to this one by the sense: "boxes came, and Ali took them".
    return owned.some(isRead) && !own.some(isRead) && own.some(isAlike);
  });
}

function isMoney(unit: string | null): boolean {
  return unit !== null && /^[A-Z]{3}$/.test(unit);
}

/** A number with the names beside it: the last one before it, and the next one in the same clause. */
type OwnedNumber = Pick<FoundNumber, 'readings' | 'unit'> & { readonly owners: readonly string[] };

function ownedNumbers(tokens: readonly TextToken[], isName: OwnerRules['isName']): OwnedNumber[] {
  return numbersOf(tokens).map(({ from, to, readings, unit }) => {
    const before = tokens.slice(0, from).findLast(isName);
    const rest = tokens.slice(to);
    const end = rest.findIndex(({ key }) => boundary.has(key));
    const after = (end < 0 ? rest : rest.slice(0, end)).find(isName);
    return { readings, unit, owners: [before, after].flatMap((token) => token?.key ?? []) };
  });
}
