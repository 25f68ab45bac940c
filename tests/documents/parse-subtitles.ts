/** A cue as a player reads it: times in ms, text without markup. */
export type ReadCue = { readonly start: number; readonly end: number; readonly text: string };

/**
 * Parses SubRip as players do: blocks of a number, a line of times and text. It is written after the format,
 * not after the writer.
 */
export function parseSrt(file: string): ReadCue[] {
  return file
    .replace(/^\ufeff/, '')
    .split(/(?:\r?\n){2,}/)
    .filter((block) => block !== '')
    .map((block, index) => {
      const [number, times = '', ...lines] = block.split(/\r?\n/);
      if (number !== String(index + 1)) throw new Error(`cue ${index + 1} is numbered ${number}`);
      return { ...readTimes(times, ','), text: withoutMarks(lines.join('\n')) };
    });
}

/**
 * Parses WebVTT (W3C): a header, blocks of style and cues; voices and classes are dropped, escapes are
 * decoded.
 */
export function parseVtt(file: string): ReadCue[] {
  const [header, ...blocks] = file.split(/\n{2,}/);
  if (header !== 'WEBVTT') throw new Error('no WebVTT');
  return blocks
    .filter((block) => block.includes('-->'))
    .map((block) => {
      const [times = '', ...lines] = block.trimEnd().split('\n');
      const text = lines
        .join('\n')
        .replace(/<[^>]*>/g, '')
        .replace(
          /&(lt|gt|amp);/g,
          (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name as 'lt' | 'gt' | 'amp'],
        );
      return { ...readTimes(times, '.'), text: withoutMarks(text) };
    });
}

function readTimes(line: string, point: string): { start: number; end: number } {
  const clock = `(\\d{2,}):([0-5]\\d):([0-5]\\d)\\${point}(\\d{3})`;
  const match = new RegExp(`^${clock} --> ${clock}$`).exec(line);
  if (match === null) throw new Error(`no times: ${line}`);
  const [h = 0, m = 0, s = 0, ms = 0, h2 = 0, m2 = 0, s2 = 0, ms2 = 0] = match.slice(1).map(Number);
  return {
    start: ((h * 60 + m) * 60 + s) * 1000 + ms,
    end: ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2,
  };
}

/** Removes the joiners that keep SubRip players from taking text for markup. */
function withoutMarks(text: string): string {
  return text.replaceAll('\u2060', '');
}
