import { expect, test } from 'vitest';
import { chooseEngine } from '../../../src/app/choose/choose-engine.ts';
import type { Transcription } from '../../../src/domain/transcription.ts';

type Dependencies = Parameters<typeof chooseEngine>[0];

const copy = { id: 8, chatId: 2, copyOf: 7, statusMessageId: null, engine: null } as Transcription;

/** Chooses an engine for an upload, and returns the changes in the database, in order. */
async function choose(file: Transcription): Promise<string[]> {
  const events: string[] = [];
  const dependencies = {
    reports: { offers: async () => [{ id: 'local', readiness: { state: 'ready' } }] },
    copies: { findOpenOriginal: async () => ({ ...copy, id: 7 }) },
    earlierTranscripts: {
      chooseOrFind: async (id: number) => {
        events.push(`${id} has its engine`);
        return { outcome: 'chosen', state: 'QUEUED', before: 0, next: null };
      },
    },
    lanes: {
      cancel: async (id: number) => {
        events.push(`${id} is cancelled`);
        return { outcome: 'cancelled', next: null };
      },
    },
    meter: { ended: () => undefined },
    log: { info: () => undefined },
  } as unknown as Dependencies;
  await chooseEngine(dependencies, file, 2, 'local');
  return events;
}

test('a running transcription is cancelled before its copy has an engine, so that a death in between never runs both', async () => {
  expect(await choose(copy)).toEqual(['7 is cancelled', '8 has its engine']);
});

test('an upload that is no copy costs no search for its original', async () => {
  expect(await choose({ ...copy, copyOf: null })).toEqual(['8 has its engine']);
});
