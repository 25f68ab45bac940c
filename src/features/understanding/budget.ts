import type { LanguageModelPrice, TokenUsage } from '../../app/ports/language-model.ts';
import type { Cost } from '../../domain/engine.ts';

/** Limits of money, in the model's currency; null: no limit. */
export type BudgetLimits = {
  readonly userDay: number | null;
  readonly userMonth: number | null;
  /** Of all users together. */
  readonly allDay: number | null;
  readonly allMonth: number | null;
};

export type BudgetLimit = keyof BudgetLimits;

/** Money that was spent or is reserved by runs in progress: today, and in the last 30 days including today. */
export type SpentMoney = Readonly<Record<BudgetLimit, number>>;

/** Returns what tokens cost; null when the price is unknown. */
export function costOfTokens(usage: TokenUsage, price: LanguageModelPrice | null): Cost | null {
  if (price === null) return null;
  const { perMillionIn, perMillionOut, currency } = price;
  return { amount: (usage.inputTokens * perMillionIn + usage.outputTokens * perMillionOut) / 1e6, currency };
}

/** Order in which limits are named to a user: their own first. */
const order: readonly BudgetLimit[] = ['userDay', 'userMonth', 'allDay', 'allMonth'];

/**
 * Returns the first limit that a run would exceed, with what is left of it; null when the run may start. A run without
 * a known cost may always start.
 * @param cost upper bound of the run
 */
export function exceededLimit(
  cost: Cost | null,
  spent: SpentMoney,
  limits: BudgetLimits,
): { readonly limit: BudgetLimit; readonly left: number } | null {
  if (cost === null || cost.amount === 0) return null;
  for (const limit of order) {
    const max = limits[limit];
    if (max === null) continue;
    const left = Math.max(0, max - spent[limit]);
    // Sums of decimal fractions are not exact.
    if (cost.amount > left + 1e-9) return { limit, left };
  }
  return null;
}
