import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPickerView } from '../../src/app/choose/show-picker.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('choosing an engine (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  test('choosing an engine lists the last choice first with a star, with a duration from measured jobs', async () => {
    const { note } = await sara.asksFor('tone.ogg', voice, 'OpenAI');
    await sara.ending(note);
    await until(async () => {
      const { message_id } = await sara.status(await sara.sends('tone.ogg', voice));
      return sara.buttons(message_id)[0]?.includes('★ OpenAI');
    });
    await sara.ending((await sara.asksFor('tone.ogg', voice)).note);
    await until(async () => {
      const { message_id } = await sara.status(await sara.sends('tone.ogg', voice));
      const [first = ''] = sara.buttons(message_id);
      return first.includes('★ LOCAL');
    });
    expect(await dabir.shared.reports.realTimeFactor('local')).not.toBeNull();
  });

  test('choosing an engine with a picker that was sent twice works on either, and the other one goes with the next press', async () => {
    const note = await sara.sends('tone.ogg', voice);
    const { message_id: stray } = await sara.status(note);
    const row = await until(() =>
      dabir.shared.database.transcription.findFirst({ where: { userId: sara.id, statusMessageId: stray } }),
    );
    // As if the process had died before it stored the picker's id, so that another was sent.
    const { lanes, messenger, reports } = dabir.shared;
    const file = await lanes.find(Number(row.id), sara.id);
    if (file === null) throw new Error('no file');
    const to = { ...file, statusMessageId: null };
    const second = await messenger.showStatus(to, await buildPickerView(reports, null, file));
    await lanes.setStatusMessage(file.id, second ?? 0);
    await sara.presses(second ?? 0, 'LOCAL');
    await sara.reads('سلام دنیا', note);
    expect(await sara.presses(stray, 'LOCAL')).toBe(sara.word('answer-already'));
    await until(() => !sara.chat.has(stray));
    expect(await sara.ending(note)).toMatch(/^✓/);
  });

  test('choosing an engine offers from the second file on to use the last one always; after that files start by themselves', async () => {
    const always = sara.word('button-always', { engine: 'LOCAL' });
    const first = await sara.sends('tone.ogg', voice);
    const { message_id: picker } = await sara.status(first);
    expect(sara.buttons(picker)).not.toContain(always);
    await sara.chooses(first);
    await sara.ending(first);
    const second = await sara.sends('tone.ogg', voice);
    const { message_id: again } = await sara.status(second);
    expect(sara.buttons(again)[1]).toBe(always);
    expect(await sara.presses(again, always)).toBe(sara.word('answer-started'));
    await sara.ending(second);

    const note = await sara.sends('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✓/);
    expect(sara.answers(note)).toHaveLength(4);
    // Until /settings says otherwise.
    await sara.says('/settings');
    const { message_id: menu } = await sara.reads(sara.word('settings-main'));
    await sara.presses(menu, sara.word('settings-engine', { engine: 'LOCAL' }));
    await until(() => sara.buttons(menu).includes('✓ LOCAL'));
    await sara.presses(menu, sara.word('settings-engine-ask'));
    await until(
      () =>
        sara.buttons(menu)[0] === sara.word('settings-engine', { engine: sara.word('settings-engine-ask') }),
    );
    await sara.reads(sara.word('status-choosing'), await sara.sends('tone.ogg', voice));
  });

  test('choosing an engine is skipped for a caption of nothing but options: engine, language, formats', async () => {
    const before = dabir.engine.taken.length;
    const note = await sara.sends('tone.ogg', { kind: 'voice', caption: 'local de SRT' });
    expect(await sara.ending(note)).toMatch(/^✓/);
    const names = sara.answers(note).flatMap(({ document }) => document?.file_name?.split('.').at(-1) ?? []);
    expect(names).toEqual(['srt']);
    expect(dabir.engine.taken.slice(before).map(({ language: given }) => given)).toEqual(['de']);
    // The next file is chosen for as usual.
    await sara.reads(sara.word('status-choosing'), await sara.sends('tone.ogg', voice));
  });

  test('the buttons of an older version that make an engine the default still work', async () => {
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const { id } = await dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: sara.id } });
    expect(await sara.forges(status, `always:${id}`)).toBe(sara.word('answer-always'));
    expect(await dabir.shared.settings.defaultEngine(sara.id)).toBe('local');
  });

  test('choosing an engine is left to the user when no worker runs the remembered engine', async () => {
    const note = await sara.sends('tone.ogg', { kind: 'voice', caption: 'vira' });
    await sara.reads(sara.word('status-choosing'), note);
  });

  test('choosing an engine ignores presses that no button offered', async () => {
    await sara.says('/settings');
    const { message_id: menu } = await sara.reads(sara.word('settings-main'));
    expect(await sara.forges(menu, 'settings:engine:nobody')).toBe(sara.word('answer-unknown'));
    expect(await dabir.shared.settings.defaultEngine(sara.id)).toBeNull();
  });
});
