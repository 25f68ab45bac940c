import type { OfferedKind, UnderstandingOffer } from '../domain/understanding.ts';
import { formatMoney } from './format.ts';
import type { Texts } from './texts.ts';

/** Returns the label of a button for the language model: what it makes, what that costs, and a lock where the text stays. */
export function renderKindLabel(
  texts: Texts,
  languageCode: string | null,
  kind: OfferedKind,
  { isPrivate, cost }: UnderstandingOffer,
): string {
  const lock = isPrivate ? '🔒 ' : '';
  const price = cost === null ? '' : ` · ${formatMoney(texts, languageCode, cost)}`;
  return `${lock}${texts(languageCode, `button-understand-${kind}`)}${price}`;
}
