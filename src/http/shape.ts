/** Maximum length of a shape, in UTF-16 units. */
const maxLength = 190;
const maxDepth = 6;
/** Maximum fields of one object. */
const maxFields = 12;

/**
 * Returns the shape of a value: names of fields and types, without contents, such as `{data: {status: string, data:
 * [number]}}`. A name that is not an identifier may be content, and is shown as `?`.
 */
export function shapeOf(value: unknown): string {
  const shape = shapeAt(value, 0);
  return shape.length > maxLength ? `${shape.slice(0, maxLength)}…` : shape;
}

function shapeAt(value: unknown, depth: number): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (depth === maxDepth) return '…';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${shapeAt(value[0], depth + 1)}]`;
  const names = Object.keys(value);
  const fields = names.slice(0, maxFields).map((name) => {
    const shown = /^[A-Za-z_][\w.-]{0,30}$/.test(name) ? name : '?';
    return `${shown}: ${shapeAt((value as Record<string, unknown>)[name], depth + 1)}`;
  });
  return `{${[...fields, ...(names.length > maxFields ? ['…'] : [])].join(', ')}}`;
}
