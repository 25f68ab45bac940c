const evening = /بعد ?از ?ظهر|بعدازظهر|عصر|شب|\bp\.?m\b|afternoon|evening|tonight/i;
const morning = /صبح|بامداد|\ba\.?m\b|morning/i;
/** «ساعت 5», «ساعت 5:30», "at 5", "5 pm", "17:30". */
const patterns = [
  /(?<hour>\d{1,2}):(?<minute>\d{2})/,
  /ساعت\s+(?<hour>\d{1,2})(?!\d)/,
  /\bat\s+(?<hour>\d{1,2})(?![\d/-])/i,
  /(?<hour>\d{1,2})\s*(?:[ap]\.?m\b|o'clock|صبح|عصر|شب|بعدازظهر)/i,
];

/**
 * Returns the time of day that words name, as `HH:MM`. An hour up to 12 without "am", "pm" or their like may be either,
 * and has none.
 * @param text with its numbers in digits
 */
export function timeOfDay(text: string): string | null {
  if (/(?:^|\s)(?:noon|ظهر)(?:\s|$)/i.test(text) && !/بعد/.test(text) && !/\d/.test(text)) return '12:00';
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const hour = Number(groups['hour']);
    const minute = Number(groups['minute'] ?? 0);
    if (hour > 24 || minute > 59) return null;
    const isEvening = evening.test(text);
    if (hour > 12) return written(hour % 24, minute);
    if (isEvening) return written(hour === 12 ? (/شب|midnight/i.test(text) ? 0 : 12) : hour + 12, minute);
    return morning.test(text) ? written(hour % 12, minute) : null;
  }
  return null;
}

function written(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
