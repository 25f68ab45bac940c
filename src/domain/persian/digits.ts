/** `heard` leaves digits as the engine wrote them. */
export type Digits = 'persian' | 'latin' | 'heard';

const persian = 0x06f0;
const latin = 0x30;

/** Writes every digit (Latin, Arabic or Persian) in one script. */
export function writeDigits(text: string, digits: Digits): string {
  if (digits === 'heard') return text;
  const zero = digits === 'persian' ? persian : latin;
  return text.replace(/[0-9٠-٩۰-۹]/g, (digit) => String.fromCharCode(zero + (digit.charCodeAt(0) & 0xf)));
}
