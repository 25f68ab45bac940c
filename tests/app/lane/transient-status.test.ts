import { afterAll, beforeAll, expect, test } from 'vitest';
import { showAndDispatch } from '../../../src/app/choose/show-and-dispatch.ts';
import { showTransientStatus } from '../../../src/app/lane/transient-status.ts';
import type { Messenger } from '../../../src/app/ports/messenger.ts';
import type { Transcription } from '../../../src/domain/transcription.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

const voice = { kind: 'voice' } as const;

let dabir: ScriptedDabir;

beforeAll(async () => {
  dabir = await startScriptedDabir({ settings: { LEASE_SECONDS: '60' } });
});
afterAll(() => dabir.close());

/** Returns the only transcription of a person. */
async function transcriptionOf({ id }: Person): Promise<Transcription> {
  const row = await dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: id } });
  const found = await dabir.shared.lanes.find(Number(row.id), id);
  if (found === null) throw new Error('none');
  return found;
}

/** Waits until the latest texts of a message are these. */
const looksLast = (person: Person, message: number, texts: readonly string[]) =>
  until(
    () => person.looks(message).slice(-texts.length).join('\n') === texts.join('\n'),
    () => person.transcript(),
  );

test('a position that Telegram shows only after the ending is replaced by the ending again', async () => {
  const sara = await dabir.person('Sara', 'en');
  const { note, status } = await sara.asksFor('tone.ogg', voice);
  await sara.ending(note);
  const to = await transcriptionOf(sara);

  await showTransientStatus(dabir.shared, to, { kind: 'waiting', before: 3 });
  await looksLast(sara, status, [sara.word('status-waiting', { before: 3 }), 'سلام دنیا']);
});

test('a position whose edit fails on its way does not stay over the ending either', async () => {
  const sara = await dabir.person('Sara', 'en');
  const { note, status } = await sara.asksFor('tone.ogg', voice);
  await sara.ending(note);
  const to = await transcriptionOf(sara);
  // Telegram carries out the edit, and its response is lost.
  let edits = 0;
  const messenger: Messenger = {
    ...dabir.shared.messenger,
    async showStatus(...parameters) {
      const id = await dabir.shared.messenger.showStatus(...parameters);
      edits += 1;
      if (edits === 1) throw new Error('no response');
      return id;
    },
  };
  await expect(
    showTransientStatus({ ...dabir.shared, messenger }, to, { kind: 'waiting', before: 3 }),
  ).rejects.toThrow('no response');
  await looksLast(sara, status, [sara.word('status-waiting', { before: 3 }), 'سلام دنیا']);
});

test('the position that a press shows in a lane that has moved on does not stay over the ending', async () => {
  const sara = await dabir.person('Sara', 'en');
  const { note, status } = await sara.asksFor('tone.ogg', voice);
  await sara.ending(note);
  const choice = { outcome: 'chosen', state: 'PENDING', before: 0, next: null } as const;
  await showAndDispatch(dabir.shared, await transcriptionOf(sara), choice, { state: 'ready' });
  await looksLast(sara, status, [sara.word('status-waiting', { before: 0 }), 'سلام دنیا']);
});

test('an ending that was announced is shown again by an edit, and never as a second message', async () => {
  const sara = await dabir.person('Sara', 'en');
  const { note, status } = await sara.asksFor('tone.ogg', voice);
  await sara.ending(note);
  const to = await transcriptionOf(sara);
  await dabir.shared.database.execute`
    UPDATE delivery SET payload = payload || '{"isAnnounced": true}' WHERE "transcriptionId" = ${to.id} AND kind = 'status'`;
  const messages = sara.answers().length;
  await showTransientStatus(dabir.shared, to, { kind: 'waiting', before: 3 });
  await looksLast(sara, status, [sara.word('status-waiting', { before: 3 }), 'سلام دنیا']);
  expect(sara.answers()).toHaveLength(messages);
});

test('a position that comes after a deletion is replaced by the deletion', async () => {
  const sara = await dabir.person('Sara', 'en');
  const { note, status } = await sara.asksFor('tone.ogg', voice);
  await sara.ending(note);
  const to = await transcriptionOf(sara);
  await dabir.shared.lanes.delete(to.id, sara.id);
  await showTransientStatus(dabir.shared, to, { kind: 'waiting', before: 3 });
  await looksLast(sara, status, [sara.word('status-waiting', { before: 3 }), sara.word('status-deleted')]);
});

test('a passing status is no message of its own where there is none to edit', async () => {
  const sent: string[] = [];
  const messenger: Messenger = {
    ...dabir.shared.messenger,
    async showStatus(_, { kind }) {
      sent.push(kind);
      return 9;
    },
  };
  const to = { id: 1, statusMessageId: null } as Transcription;
  await showTransientStatus({ ...dabir.shared, messenger }, to, { kind: 'cancelling' });
  expect(sent).toEqual([]);
});
