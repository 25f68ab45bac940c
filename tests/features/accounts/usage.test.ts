import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ settings: { MAX_MINUTES_A_DAY: '60' } });
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('usage and ratings (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  test('/usage is empty at first, then counts completed files and files under way', async () => {
    await sara.says('/usage');
    const { text = '' } = await sara.reads(sara.word('usage-open', { files: 0, max: 500 }));
    expect(text.split('\n')).toEqual([
      `${sara.word('usage-day', { minutes: 0, limit: 60 })} · ${sara.word('usage-files', { files: 0 })}`,
      `${sara.word('usage-month', { minutes: 0, limit: 'none' })} · ${sara.word('usage-files', { files: 0 })}`,
      sara.word('usage-open', { files: 0, max: 500 }),
      '',
      sara.word('usage-when', { zone: 'Asia/Tehran' }),
      '',
      sara.word('usage-id', { id: String(sara.id) }),
    ]);

    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    // A price per second that reads more easily than that of the playground's three seconds.
    await dabir.shared.database.usage.updateMany({
      where: { userId: sara.id },
      data: { audioSeconds: 744, cost: 0.0521, currency: 'USD' },
    });
    await sara.status(await sara.sends('tone.ogg', voice));
    await sara.says('/usage');
    const { text: then } = await sara.reads(sara.word('usage-open', { files: 1, max: 500 }));
    expect(then).toContain(sara.word('usage-day', { minutes: 12, limit: 60 }));
    expect(then).toContain(sara.word('usage-files', { files: 1 }));
    expect(then).toContain(language === 'fa' ? '۰٫۰۵۲۱ دلار' : '$0.0521');
  });

  test('a file that is cancelled while its engine works counts towards the quota, and one that waits does not', async () => {
    dabir.engine.next({ holds: true });
    const running = await sara.asksFor('tone.ogg', voice);
    const waiting = await sara.asksFor('tone.ogg', voice);
    await sara.reads(sara.word('status-waiting', { before: 1 }), waiting.note);
    await until(() => dabir.engine.taken.length > 0 && !dabir.engine.taken.at(-1)?.signal.aborted);
    const { durationSeconds = 0 } = dabir.engine.taken.at(-1) ?? {};
    await sara.presses(waiting.status, sara.word('button-cancel'));
    await sara.presses(running.status, sara.word('button-cancel'));
    expect(await sara.ending(running.note)).toBe(sara.word('status-cancelled'));
    const usage = await dabir.shared.database.usage.findMany({ where: { userId: sara.id } });
    expect(usage).toMatchObject([{ engine: 'local', sentSeconds: durationSeconds }]);
    expect(usage[0]?.audioSeconds).toBeCloseTo(durationSeconds, 3);
  });

  test('a thumb takes one tap, is shown as chosen, and is replaced by the other', async () => {
    dabir.engine.next({ detects: { language: 'fa', probability: 0.9 } });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    await sara.unfolds(status);
    const thumbs = () => sara.buttons(status).filter((label) => /👍|👎/u.test(label));
    expect(thumbs()).toEqual(['👍', '👎']);
    expect(await sara.presses(status, '👍')).toBe(sara.word('answer-thanks'));
    await until(() => thumbs().join() === '👍 ✓,👎');
    expect(await sara.presses(status, '👎')).toBe(sara.word('answer-thanks'));
    await until(() => thumbs().join() === '👍,👎 ✓');
    expect(await sara.presses(status, '👎')).toBe(sara.word('answer-thanks'));

    const kept = await dabir.shared.database.feedback.findMany({ where: { userId: sara.id } });
    expect(kept).toMatchObject([{ good: false, engine: 'local', language: 'fa' }]);

    // The rating stays, without the transcript's words; the other buttons stay as well.
    await sara.presses(status, sara.word('button-delete'));
    await until(() => sara.buttons(status).includes(sara.word('button-erase')));
    expect(thumbs()).toEqual(['👍', '👎 ✓']);
    await sara.presses(status, sara.word('button-erase'));
    await sara.reads(sara.word('status-deleted'), note);
    expect(await dabir.shared.database.feedback.count({ where: { userId: sara.id } })).toBe(1);
  });

  test('a thumb for another user’s transcript, or for a file without one, is ignored', async () => {
    const eve = await dabir.person('Eve', language);
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const { id: hers } = await dabir.shared.database.transcription.findFirstOrThrow({
      where: { userId: sara.id },
    });
    const { message_id: status } = await eve.status(await eve.sends('tone.ogg', voice));
    const { id: his } = await dabir.shared.database.transcription.findFirstOrThrow({
      where: { userId: eve.id },
    });
    for (const data of [`good:${hers}`, `bad:${his}`, 'good:0', 'good:1:1']) {
      expect(await eve.forges(status, data)).toBe(eve.word('answer-unknown'));
    }
    expect(await dabir.shared.database.feedback.count({ where: { userId: { in: [sara.id, eve.id] } } })).toBe(
      0,
    );
  });
});
