import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCorrections } from '../../src/features/corrections/store.ts';
import { createChunks } from '../../src/store/chunks.ts';
import { createEarlierTranscripts } from '../../src/store/earlier-transcripts.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { createSentAnswers } from '../../src/store/sent-answers.ts';
import { createTranscripts } from '../../src/store/transcripts.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

/** What JSONB columns hold is parsed: a shape that this version does not know is an error where it is read. */
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: TestDatabase;
/** A COMPLETED transcription with a transcript, a part, a correction and a sent delivery. */
let id: number;
let correctionId: number;
/** CHOOSING, of the same file. */
let again: number;

const segment = {
  start: 0,
  end: 1,
  text: 'سلام',
  words: [],
  averageLogProbability: null,
  noSpeechProbability: null,
  compressionRatio: null,
};
const transcript = {
  from: 0,
  to: 1,
  language: null,
  languageProbability: null,
  segments: [segment],
  cost: null,
};

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openTestDatabase(fresh.url, 2);
  const lanes = createLanes(database, patientLanes);
  const file = upload({ user: 1, fileName: 'a.ogg' });
  id = (await submitted(lanes, file)).id;
  const { fileUniqueId } = file;
  again = (await submitted(lanes, { ...upload({ user: 1 }), fileUniqueId })).id;
  await database.transcription.update({ where: { id }, data: { state: 'COMPLETED', engine: 'local' } });
  await database.transcript.create({
    data: { transcriptionId: id, engine: 'local', durationSeconds: 1, text: 'سلام', segments: [segment] },
  });
  await database.chunk.create({
    data: { transcriptionId: id, startMs: 0, endMs: 1000, engine: 'local', transcript },
  });
  const { id: made } = await database.correction.create({
    data: { transcriptionId: id, pairs: [], before: [{ place: 0, segment }], places: [0] },
  });
  correctionId = Number(made);
  await database.delivery.create({
    data: { transcriptionId: id, kind: 'text', part: 0, payload: { text: 'سلام' }, sentAt: new Date() },
  });
});
afterAll(async () => {
  await database?.close();
  await fresh?.drop();
});

const reads: readonly (readonly [column: string, read: () => Promise<unknown>])[] = [
  ['transcript.segments', () => createTranscripts(database).find(id)],
  [
    'transcript.segments',
    () => createEarlierTranscripts(database, patientLanes).chooseOrFind(again, 1, 'local'),
  ],
  ['transcript.segments', () => createCorrections(database).read(id, 1)],
  ['chunk.transcript', () => createChunks(database).list(id)],
  ['correction.before', () => createCorrections(database).find(correctionId, 1)],
  ['delivery.payload', () => createSentAnswers(database).read(id)],
];

beforeEach(() =>
  write({ segments: [segment], transcript, before: [{ place: 0, segment }], payload: { text: 'سلام' } }),
);

async function write({ segments, transcript, before, payload }: Record<string, object>): Promise<void> {
  await database.transcript.updateMany({ data: { segments: segments ?? {} } });
  await database.chunk.updateMany({ data: { transcript: transcript ?? {} } });
  await database.correction.updateMany({ data: { before: before ?? {} } });
  await database.delivery.updateMany({ data: { payload: payload ?? {} } });
}

test.each(reads)(
  'the stored value %s is read when it has its shape, and refused when it has another (read %#)',
  async (_, read) => {
    expect(await read()).toBeTruthy();
    const { words, ...without } = segment;
    await write({
      segments: [without],
      transcript: { ...transcript, segments: [without] },
      before: [{ place: 0, segment: without }],
      payload: { words },
    });
    await expect(read()).rejects.toThrow(/words|text/);
  },
);

test('a field that a newer release has added to a stored value is kept', async () => {
  await write({
    segments: [{ ...segment, tone: 'calm' }],
    transcript,
    before: [{ place: 0, segment: { ...segment, tone: 'calm' } }],
    payload: { text: 'سلام' },
  });
  const read = await createCorrections(database).read(id, 1);
  expect(read?.transcript.segments).toEqual([{ ...segment, tone: 'calm' }]);
  const found = await createCorrections(database).find(correctionId, 1);
  expect(found?.before).toEqual([{ place: 0, segment: { ...segment, tone: 'calm' } }]);
});
