import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;

beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('a conversation (%s)', (language) => {
  let sara: Person;
  beforeAll(async () => {
    sara = await dabir.person('Sara', language);
  });

  test('a voice note becomes its text, three files and an ending', async () => {
    const note = await sara.sends('tone.ogg', { kind: 'voice' });
    const { message_id: status } = await sara.reads(sara.word('status-choosing'), note);
    expect(sara.buttons(status)).toEqual([
      sara.word('button-engine-local', { engine: 'LOCAL' }),
      sara.word('button-cancel'),
    ]);
    expect(await sara.presses(status, 'LOCAL')).toBe(sara.word('answer-started'));
    expect(await sara.ending(note)).toMatch(/^✓ /);
    const [first, text, ...files] = sara.answers(note);
    expect(first?.message_id).toBe(status);
    expect(text?.text).toBe('سلام دنیا');
    expect(files.map(({ document }) => document?.file_name?.split('.').at(-1))).toEqual([
      'txt',
      'docx',
      'pdf',
    ]);
    expect(new Set(files.map(({ media_group_id }) => media_group_id)).size).toBe(1);
    for (const { document } of files) expect(document?.file_size).toBeGreaterThan(0);
  });
});
