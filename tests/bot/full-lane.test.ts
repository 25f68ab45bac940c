import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ settings: { MAX_OPEN_FILES: '2', MAX_OPEN_MINUTES: '10' } });
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('a full lane (%s)', (language) => {
  test('a full lane refuses further files with a reason, and accepts them again when there is room', async () => {
    const sara = await dabir.person('Sara', language);
    const first = await sara.sends('tone.ogg', { kind: 'voice' });
    const { message_id: status } = await sara.status(first);
    await sara.status(await sara.sends('tone.ogg', { kind: 'voice' }));
    const refused = await sara.sends('tone.ogg', { kind: 'voice' });
    await sara.reads(sara.word('lane-full-files', { limit: 2 }), refused);
    expect(await dabir.shared.database.transcription.count({ where: { userId: sara.id } })).toBe(2);

    await sara.presses(status, sara.word('button-cancel'));
    await sara.ending(first);
    await sara.status(await sara.sends('tone.ogg', { kind: 'voice' }));
  });

  test('a full lane counts minutes too, and says so', async () => {
    const omid = await dabir.person('Omid', language);
    await omid.status(await omid.sends('tone.ogg', { kind: 'voice', seconds: 400 }));
    const refused = await omid.sends('tone.ogg', { kind: 'voice', seconds: 400 });
    await omid.reads(omid.word('lane-full-minutes', { limit: 10 }), refused);
    expect(await dabir.shared.database.transcription.count({ where: { userId: omid.id } })).toBe(1);
  });
});
