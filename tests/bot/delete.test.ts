import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('Delete (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });
  const count = () => dabir.shared.database.transcription.count({ where: { userId: sara.id } });

  test('Delete asks first, and then removes the text, the files and every row', async () => {
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    expect(sara.answers(note)).toHaveLength(4);
    expect(await sara.presses(status, sara.word('button-delete'))).toBe(sara.word('answer-delete-sure'));
    expect(await sara.presses(status, sara.word('button-erase'))).toBe(sara.word('answer-deleted'));
    await sara.reads(sara.word('status-deleted'), note);
    await until(() => sara.answers(note).length === 1);
    expect(await count()).toBe(0);
    expect(await dabir.shared.database.stateChange.count({ where: { userId: sara.id } })).toBe(0);
    expect(sara.buttons(status)).toEqual([]);
  });

  test('Delete can be declined', async () => {
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    await sara.unfolds(status);
    const before = sara.buttons(status);
    await sara.presses(status, sara.word('button-delete'));
    expect(await sara.presses(status, sara.word('button-keep'))).toBe(sara.word('answer-kept'));
    await until(() => sara.buttons(status).includes(sara.word('button-delete')));
    expect(sara.buttons(status)).toEqual(before);
    expect(sara.answers(note)).toHaveLength(4);
    expect(await count()).toBe(1);
  });

  test('Delete does nothing to another user’s file', async () => {
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const row = await dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: sara.id } });
    const omid = await dabir.person('Omid', language);
    const { message_id: hisStatus } = await omid.status(await omid.sends('tone.ogg', voice));
    expect(await omid.forges(hisStatus, `erase:${row.id}`)).toBe(omid.word('answer-unknown'));
    expect(await count()).toBe(1);
  });
});
