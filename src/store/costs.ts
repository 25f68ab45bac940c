import { z } from 'zod';
import type { Cost } from '../domain/engine.ts';

/** Amounts of money by currency. A currency that this version does not know is dropped. */
export const costsSchema: z.ZodType<Cost[]> = z
  .array(z.object({ amount: z.number(), currency: z.string().nullable() }))
  .transform((costs) =>
    costs.flatMap(({ amount, currency }) =>
      currency === 'USD' || currency === 'IRT' ? [{ amount, currency }] : [],
    ),
  );
