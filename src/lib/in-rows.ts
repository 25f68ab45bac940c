/**
 * Returns buttons in as few rows of at most `perRow` as they need, and as even ones: seven in rows of four are 4 + 3.
 */
export function inRows<Button>(buttons: readonly Button[], perRow: number): Button[][] {
  const count = Math.ceil(buttons.length / perRow);
  const size = Math.floor(buttons.length / count);
  const longer = buttons.length % count;
  return Array.from({ length: count }, (_, row) => {
    const start = row * size + Math.min(row, longer);
    return buttons.slice(start, start + size + (row < longer ? 1 : 0));
  });
}
