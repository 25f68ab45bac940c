/**
 * Returns the names in a routine: itself, its parameters and variables, tables, columns and aliases, and the keys of
 * its JSON. Comments and longer strings are left out; keywords are written in capitals.
 */
export function sqlNames(text: string): Set<string> {
  const code = text.replaceAll(/--.*$/gm, '');
  const keys = [...code.matchAll(/'([A-Za-z]+)'/g)].map(([, key = '']) => key);
  const bare = code.replaceAll(/'[^']*'/g, ' ');
  const names = [...bare.matchAll(/"([^"]+)"|\b([a-z_][a-z\d_]*)\b/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  return new Set([...keys, ...names]);
}

/** Returns the names of the models, columns and enums of a Prisma schema. */
export function columnNames(schema: string): Set<string> {
  return new Set(
    [...schema.matchAll(/^(?:(?:model|enum) | {2})([A-Za-z]\w*)\b/gm)].map(([, name = '']) => name),
  );
}
