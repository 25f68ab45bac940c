import type { Segment } from '../domain/transcript.ts';

/** A line with the times of a cue: `00:00:01,200 --> 00:00:03,400`; some programs write `.` for the comma. */
const times = /^\s*(?:(\d+):)?(\d+):(\d+)[,.](\d{1,3})\s*-->\s*(?:(\d+):)?(\d+):(\d+)[,.](\d{1,3})/;

/** Returns the cues of SRT subtitles as segments; null for a text without a cue. */
export function parseSrt(text: string): Segment[] | null {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (times.test(line) ? [index] : []));
  if (starts.length === 0) return null;
  return starts.flatMap((at, cue) => {
    const next = starts[cue + 1];
    // The number of the next cue stands on the line before its times.
    const end = next === undefined ? lines.length : next - 1;
    const spoken = lines
      .slice(at + 1, end)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' ');
    const [, h1, m1, s1, f1, h2, m2, s2, f2] = times.exec(lines[at] ?? '') ?? [];
    if (spoken === '') return [];
    const nothing = { averageLogProbability: null, noSpeechProbability: null, compressionRatio: null };
    return [
      {
        start: secondsOf(h1, m1, s1, f1),
        end: secondsOf(h2, m2, s2, f2),
        text: spoken,
        words: [],
        ...nothing,
      },
    ];
  });
}

function secondsOf(hours = '0', minutes = '0', seconds = '0', fraction = '0'): number {
  return (
    Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(fraction.padEnd(3, '0')) / 1000
  );
}
