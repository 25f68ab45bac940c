import { z } from 'zod';

const listSchema = z.object({
  data: z.array(z.object({ id: z.string(), owned_by: z.string().nullish().catch(null) })).min(1),
});

/**
 * Returns the names in a list of models; null if there is no such list, or if it says nothing: llama.cpp serves its one
 * model under every name.
 */
export function listModelNames(json: unknown): ReadonlySet<string> | null {
  const { data } = listSchema.safeParse(json);
  if (data === undefined || data.data.every((model) => model.owned_by === 'llamacpp')) return null;
  return new Set(data.data.map(({ id }) => id));
}
