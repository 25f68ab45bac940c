import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Group } from '../support/group.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ flood: {} });
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('while files run (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    dabir.engine.taken.splice(0);
  });
  const called = (method: string) =>
    dabir.playground
      .calls()
      .filter((call) => call.method === method && Number(call.parameters['chat_id']) === sara.id);

  test('ten running files cause few edits each, no call is too fast, and every answer comes', async () => {
    const notes: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      notes.push(await sara.sends('tone.ogg', { kind: 'voice', caption: 'local txt' }));
    }
    for (const note of notes) await sara.ending(note);
    const report = dabir.playground.flood();
    expect(report?.tooFast).toBe(0);
    const edits = await Promise.all(
      notes.map(async (note) => report?.edits[`${sara.id}:${(await sara.status(note)).message_id}`] ?? 0),
    );
    expect(Math.max(...edits)).toBeLessThanOrEqual(6);
  });

  test('the chat shows an activity while a file runs', async () => {
    dabir.engine.next({ holds: true });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await until(() => called('sendChatAction').some(({ parameters }) => parameters['action'] === 'typing'));
    dabir.engine.release();
    await sara.ending(note);
  });

  test('the status message of a running file shows a bar, and the remaining time once it is known', async () => {
    dabir.engine.next({ progress: [0.2, 0.4], holds: true });
    const { note } = await sara.asksFor('tone.ogg', voice);
    const { text } = await sara.reads('░', note);
    expect(text).toContain(sara.word('percent', { number: 40 }));
    dabir.engine.release();
    await sara.ending(note);
  });

  test('the text so far is under the bar, is stored and logged nowhere, and goes when the file is cancelled', async () => {
    const sofar = `secret${language} so far`;
    dabir.engine.next({ progress: [0.2, 0.4], texts: ['secret', sofar], holds: true });
    const { note } = await sara.asksFor('tone.ogg', voice);
    const status = await sara.reads(sofar, note);
    const { text = '', entities = [] } = status;
    expect(text).toMatch(/░[^\n]*\nsecret/u);
    expect(entities).toEqual([{ type: 'blockquote', offset: text.indexOf(sofar), length: sofar.length }]);
    const [row] = await dabir.shared.database.transcription.findMany({ where: { userId: sara.id } });
    expect(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(
      'secret',
    );
    await sara.presses(status.message_id, sara.word('button-cancel'));
    expect(await sara.ending(note)).toBe(sara.word('status-cancelled'));
    expect(
      sara
        .answers(note)
        .map((message) => message.text)
        .join(),
    ).not.toContain('secret');
    expect(dabir.logged.join('')).not.toContain('secret');
  });

  test('the text so far goes when the file is deleted', async () => {
    dabir.engine.next({ progress: [0.4], texts: ['so far'], holds: true });
    const { note } = await sara.asksFor('tone.ogg', voice);
    const status = await sara.reads('so far', note);
    const [row] = await dabir.shared.database.transcription.findMany({ where: { userId: sara.id } });
    await sara.forges(status.message_id, `erase:${row?.id}`);
    await sara.reads(sara.word('status-deleted'), note);
    await until(() => dabir.engine.taken[0]?.signal.aborted);
    expect(sara.answers(note).map(({ text }) => text)).toEqual([sara.word('status-deleted')]);
  });

  test('a group is shown no text before its end', async () => {
    const group = await Group.found(dabir.playground.url, sara);
    dabir.engine.next({ progress: [0.2, 0.4], texts: ['one', 'two'], holds: true });
    const note = await group.voice(sara);
    await group.says(sara, '/transcribe@dabir_bot local', { replyTo: note });
    const { text } = await group.reads('░', note);
    expect(text).toContain(sara.word('percent', { number: 40 }));
    expect(text).not.toMatch(/one|two/u);
    dabir.engine.release();
    await group.ends(note);
  });

  test('the status message of a running file shows an estimate where the engine reports no progress', async () => {
    // From a finished file it is known how fast the engine is.
    await sara.ending((await sara.asksFor('tone.ogg', voice)).note);
    dabir.engine.next({ holds: true });
    const { note } = await sara.asksFor('tone.mp3');
    await sara.reads(/▓+░* [\d۰-۹]+[%٪]/u, note);
    dabir.engine.release();
    await sara.ending(note);
  });
});
