/** Returns the time of a cue, `01:02:03,456`; SubRip uses a comma, WebVTT a full stop. */
export function formatClock(milliseconds: number, point: ',' | '.'): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes, seconds] = [
    milliseconds / 3_600_000,
    (milliseconds / 60_000) % 60,
    (milliseconds / 1000) % 60,
  ];
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${point}${String(milliseconds % 1000).padStart(3, '0')}`;
}
