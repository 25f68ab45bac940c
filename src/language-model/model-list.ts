import { z } from 'zod';

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })).min(1) });

/** Returns the names in a list of models; null if there is no such list. */
export function listModelNames(json: unknown): ReadonlySet<string> | null {
  const { data } = listSchema.safeParse(json);
  return data === undefined ? null : new Set(data.data.map(({ id }) => id));
}
