import { closeSync, fchmodSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { chmod, mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Fact, State } from './state.ts';

/** Size above which a journal is rewritten when it is opened, in bytes. */
const compactAboveBytes = 8 * 1024 * 1024;

/** The state and the file that persists it. */
export interface Journal {
  /**
   * Applies a fact and writes it to the file before it returns, so that an answered call survives a killed
   * process.
   */
  record(fact: Fact): void;
  /** Flushes to disk; nothing may be recorded afterwards. */
  close(): void;
}

/**
 * Replays `journal.jsonl` of the folder into the state and opens it for appending. A torn last line (of a
 * process that was killed while writing) and other unreadable lines are left out, and the file is rewritten
 * without them.
 * @returns the journal, and whether something had to be left out
 */
export async function openJournal(
  folder: string,
  state: State,
): Promise<{ readonly journal: Journal; readonly repaired: boolean }> {
  // It holds people's messages, so only this account may read it, also where an earlier version made it
  // readable for all.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const file = path.join(folder, 'journal.jsonl');
  const repaired = await replay(file, state);
  const size = await sizeOf(file);
  if (repaired || size > compactAboveBytes) await rewrite(file, state);

  const descriptor = openSync(file, 'a', 0o600);
  fchmodSync(descriptor, 0o600);
  let open = true;
  let torn = false;
  return {
    repaired,
    journal: {
      record(fact) {
        // Written first: with a full disk, a state that is ahead of the file would be lost at the next start.
        if (open) {
          const line = `${torn ? '\n' : ''}${JSON.stringify(fact)}\n`;
          // A write that fails half-way must not damage any other line.
          torn = true;
          writeWhole(descriptor, line);
          torn = false;
        }
        state.apply(fact);
      },
      close() {
        if (!open) return;
        open = false;
        fsyncSync(descriptor);
        closeSync(descriptor);
      },
    },
  };
}

async function replay(file: string, state: State): Promise<boolean> {
  if ((await sizeOf(file)) === 0) return false;
  let damaged = !(await endsWithNewline(file));
  const handle = await open(file, 'r');
  try {
    for await (const line of handle.readLines({ autoClose: false })) {
      if (line === '') continue;
      try {
        state.apply(JSON.parse(line) as Fact);
      } catch {
        damaged = true;
      }
    }
  } finally {
    await handle.close();
  }
  return damaged;
}

/**
 * Returns whether the file ends with a newline: a last line that is valid but has none would merge with the
 * next one.
 */
async function endsWithNewline(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await handle.close();
  }
}

async function rewrite(file: string, state: State): Promise<void> {
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    for (const fact of state.facts()) await handle.write(`${JSON.stringify(fact)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

function writeWhole(descriptor: number, line: string): void {
  const bytes = Buffer.from(line);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}
