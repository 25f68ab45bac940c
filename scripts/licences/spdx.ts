/**
 * Returns true when an SPDX expression (AND, OR, parentheses around the whole or its parts) can be met with
 * these licences.
 */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((licence) => allowed.includes(licence.trim())));
}
