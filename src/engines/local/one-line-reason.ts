/**
 * Returns the message of a failure on one line, without credentials in addresses.
 * @param maxLength in UTF-16 units; the rest is left out
 */
export function oneLineReason(message: string, maxLength: number): string {
  const line = message
    .replace(/\/\/[^/@\s]+@/g, '//')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength)}…`;
}
