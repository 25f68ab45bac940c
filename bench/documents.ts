/**
 * `npm run bench:documents` measures TXT, DOCX, PDF and SRT of an hour of Persian speech (9,000 words),
 * beside the libraries of Dabir's predecessor (python-docx; reportlab with arabic_reshaper and python-bidi)
 * on the same text in the same run; then 100 hours, one process for each format. It prints tables and writes
 * bench/results/documents.json. The Python packages are installed into the data folder; without Python only
 * Dabir is measured. `--python 0` leaves the predecessor out.
 */
import { execFileSync, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchFolder } from './support/folders.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';
import { spokenHours, wordsPerHour } from './support/spoken-hours.ts';
import type { Measured, Order } from './support/write-documents.ts';

const formats = ['txt', 'docx', 'pdf', 'srt'] as const;
const {
  rounds,
  hours,
  'long-hours': longHours,
  python: withPython,
} = readSizes(
  { rounds: 15, hours: 1, 'long-hours': 100, python: 1 },
  { rounds: 1, hours: 0.1, 'long-hours': 0.2 },
);
const folder = benchFolder('documents');
await mkdir(folder, { recursive: true });

const ours = await writeDocuments({ hours, hasWordTimes: true, formats, rounds });
const theirs = withPython ? await writeWithPython() : null;
console.log(`\n${(hours * wordsPerHour).toLocaleString('en')} words, median of ${rounds}, in milliseconds`);
for (const format of formats) {
  const [mine, old] = [ours.medianMs[format] ?? 0, theirs?.[format]];
  const beside =
    old === undefined ? '' : `   Python ${old.toFixed(1).padStart(7)}   ${(old / mine).toFixed(1)} times`;
  console.log(`${format.padEnd(5)} ${mine.toFixed(1).padStart(7)}${beside}`);
}
if (theirs !== null) {
  const sum = (of: Partial<Record<string, number>>) =>
    formats.reduce((all, format) => all + (of[format] ?? 0), 0);
  console.log(
    `sum   ${sum(ours.medianMs).toFixed(1).padStart(7)}   Python ${sum(theirs).toFixed(1).padStart(7)}   ${(sum(theirs) / sum(ours.medianMs)).toFixed(1)} times`,
  );
}
console.log(`all of them in one order ${ours.maxGapMs.toFixed(1)}; memory at most ${ours.peakMb} MB`);

console.log(
  `\n${longHours} hours, ${(longHours * wordsPerHour).toLocaleString('en')} words, each with its times`,
);
const long: Record<string, Measured> = {};
for (const format of formats) {
  const measured = await writeDocuments({
    hours: longHours,
    hasWordTimes: true,
    formats: [format],
    rounds: 1,
  });
  long[format] = measured;
  const seconds = ((measured.medianMs[format] ?? 0) / 1000).toFixed(1);
  console.log(`${format.padEnd(5)} ${seconds.padStart(6)} s   at most ${measured.peakMb} MB`);
}
await writeResult('documents', { words: hours * wordsPerHour, ours, theirs, long });

/** Writes documents in a process of its own. */
function writeDocuments(order: Order): Promise<Measured> {
  const child = fork(fileURLToPath(new URL('support/write-documents.ts', import.meta.url)), [
    JSON.stringify(order),
  ]);
  return new Promise((resolve, reject) => {
    child.once('message', (measured) => resolve(measured as Measured));
    child.once('exit', (code) => reject(new Error(`the writing process ended with ${code}`)));
  });
}

/** Returns the predecessor's medians in ms; null where there is no Python. */
async function writeWithPython(): Promise<Record<string, number> | null> {
  const python = path.join(
    folder,
    'venv',
    process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
  );
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', path.join(folder, 'venv')]);
    const packages = [
      'python-docx==1.2.0',
      'reportlab==4.4.4',
      'arabic-reshaper==3.0.0',
      'python-bidi==0.6.6',
    ];
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  } catch (error) {
    console.log(`without Python: ${error instanceof Error ? error.message : error}`);
    return null;
  }
  const text = path.join(folder, 'text.json');
  const paragraphs = [...spokenHours(hours, false)].map(({ segments }) =>
    segments.map((segment) => segment.text).join(' '),
  );
  await writeFile(text, JSON.stringify(paragraphs));
  const font = createRequire(import.meta.url).resolve('vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf');
  const script = fileURLToPath(new URL('support/old_documents.py', import.meta.url));
  return JSON.parse(execFileSync(python, [script, text, font, String(rounds)], { encoding: 'utf8' }));
}
