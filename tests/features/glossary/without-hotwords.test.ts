import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { ScriptedEngine } from '../../support/scripted-engine.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ engine: new ScriptedEngine({ hotwords: false }) });
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('an engine without hotwords (%s)', (language) => {
  test('an engine without hotwords gets the glossary applied to its transcript; the replacements are listed, and a press undoes them', async () => {
    const sara = await dabir.person('Sara', language);
    dabir.engine.next({ says: ['I like tabir'] }, { says: ['Tabir again'] });
    const first = await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.ending(first.note);
    const { message_id: text } = await sara.reads('I like tabir', first.note);
    await sara.replies(text, 'tabir → Dabir');
    await sara.reads(sara.word('correct-learnt'));

    const { note, status } = await sara.asksFor('tone.mp3');
    const { message_id: spelt } = await sara.reads('Dabir again', note);
    expect(await sara.ending(note)).toContain(sara.word('status-replaced', { places: 1 }));
    expect(dabir.engine.taken.at(-1)?.hotwords).toEqual(['Dabir']);

    await sara.presses(status, sara.word('button-replaced'));
    const { message_id: list } = await sara.reads(sara.word('glossary-replaced'), note);
    expect(await sara.presses(list, sara.word('glossary-button-restore'))).toBe(
      sara.word('glossary-restored'),
    );
    await until(() => sara.chat.get(spelt)?.text === 'Tabir again' || undefined);
    // The button goes with the last place; an old one is still answered.
    await sara.unfolds(status);
    expect(sara.buttons(status)).not.toContain(sara.word('button-replaced'));
    const { id } = await dabir.shared.database.transcription.findFirstOrThrow({
      where: { userId: sara.id, messageId: note },
    });
    expect(await sara.forges(status, `replaced:${id}`)).toBe(sara.word('glossary-none-replaced'));

    const omid = await dabir.person('Omid', language);
    const { note: others, status: other } = await omid.asksFor('tone.ogg', { kind: 'voice' });
    await omid.ending(others);
    const row = await dabir.shared.database.transcription.findFirst({ where: { userId: sara.id } });
    expect(await omid.forges(other, `glossary:restore:${row?.id}`)).toBe(omid.word('answer-unknown'));
  });
});
