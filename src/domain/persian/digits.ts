/** `heard` (a stored setting) leaves the digits as the engine wrote them. */
export type Digits = 'persian' | 'latin' | 'heard';

const persian = 0x06f0;
const latin = 0x30;

/** Writes every digit (Latin, Arabic or Persian) in one script. */
export function writeDigits(text: string, digits: Digits): string {
  if (digits === 'heard') return text;
  const zero = digits === 'persian' ? persian : latin;
  return text.replace(/[0-9٠-٩۰-۹]/g, (digit) => String.fromCharCode(zero + (digit.charCodeAt(0) & 0xf)));
}

/** Invisible direction marks, which come with keyboards and copied texts. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Parses a whole number that a user typed, in Latin, Persian or Arabic digits, with or without thousands separators
 * (`٬`, or `,` between groups of three). Returns null for anything else.
 */
export function typedNumber(text: string): number | null {
  const written = writeDigits(text.replace(directionMarks, '').trim(), 'latin');
  if (!/^(\d{1,15}|\d{1,3}([٬,،]\d{3}){1,4})$/.test(written)) return null;
  return Number(written.replace(/\D/g, ''));
}
