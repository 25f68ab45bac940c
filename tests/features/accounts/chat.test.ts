import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { invite } from '../../../src/features/accounts/invitation.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
const voice = { kind: 'voice' } as const;

describe('with access for everybody,', () => {
  beforeAll(async () => {
    dabir = await startScriptedDabir();
  });
  afterAll(() => dabir.close());

  test.each(['fa', 'en'])(
    'with access for everybody, the first contact creates an account (%s)',
    async (language) => {
      const sara = await dabir.person('Sara', language);
      await sara.says('/start');
      await sara.reads('Sara');
      expect(await dabir.shared.accounts.find(sara.id)).toMatchObject({
        firstName: 'Sara',
        languageCode: language,
        role: 'USER',
        blockedAt: null,
      });
    },
  );

  test.each(['fa', 'en'])(
    'with access for everybody, a blocked user is told once; every press is answered and has no effect (%s)',
    async (language) => {
      const eve = await dabir.person('Eve', language);
      const note = await eve.sends('tone.ogg', voice);
      const { message_id: status } = await eve.status(note);
      await dabir.shared.accounts.setBlocked(eve.id, true);

      const blocked = eve.word('access-blocked');
      await eve.says('/queue');
      await eve.reads(blocked);
      for (const again of ['/start', 'hello', '/settings']) await eve.says(again);
      await eve.sends('tone.ogg', voice);
      expect(await eve.presses(status, 'LOCAL')).toBe(blocked);
      expect(await eve.presses(status, eve.word('button-cancel'))).toBe(blocked);
      expect(eve.answers().filter(({ text }) => text === blocked)).toHaveLength(1);
      expect(await dabir.shared.database.transcription.findMany({ where: { userId: eve.id } })).toMatchObject(
        [{ state: 'CHOOSING' }],
      );

      await dabir.shared.accounts.setBlocked(eve.id, false);
      await eve.presses(status, 'LOCAL');
      expect(await eve.ending(note)).toMatch(/^✓/);
    },
  );

  test.each(['fa', 'en'])(
    'a blocked user can see and erase their data, and stays blocked (%s)',
    async (language) => {
      const eve = await dabir.person('Eve', language);
      const { note } = await eve.asksFor('tone.ogg', voice);
      await eve.ending(note);
      await dabir.shared.accounts.setBlocked(eve.id, true);
      await eve.says('/mydata');
      const { message_id: page } = await eve.reads(eve.word('mydata-title'));
      await eve.presses(page, eve.word('mydata-button-erase'));
      await eve.says(eve.word('mydata-word'));
      await eve.reads(eve.word('mydata-erasing'));
      await until(
        async () =>
          (await dabir.shared.database.transcription.count({ where: { userId: eve.id } })) === 0 || undefined,
      );
      await eve.says('/queue');
      await eve.reads(eve.word('access-blocked'));
    },
  );
});

describe('with access by invitation,', () => {
  // The playground's own people come first, so this is the first one that a test adds.
  const admin = 100_000_005;
  let boss: Person;
  beforeAll(async () => {
    dabir = await startScriptedDabir({ settings: { ACCESS: 'invitation', ADMIN_IDS: String(admin) } });
    boss = await dabir.person('Boss', 'fa');
    await boss.says('/start');
    await boss.reads('Boss');
  });
  afterAll(() => dabir.close());

  describe.each(['fa', 'en'])('in %s,', (language) => {
    test('a user without an invitation is refused; a link admits as many users as it is for', async () => {
      const [sara, omid, eve] = [
        await dabir.person('Sara', language),
        await dabir.person('Omid', language),
        await dabir.person('Eve', language),
      ];
      await sara.says('/start');
      await sara.reads(sara.word('access-uninvited'));
      await sara.sends('tone.ogg', voice);

      const code = await invite(dabir.shared, admin, 2);
      await sara.says(`/start ${code}`);
      await sara.reads(sara.word('start', { name: '\u2068Sara\u2069' }));
      // The same link again uses nothing up.
      await sara.says(`/start ${code}`);
      await until(() => sara.answers().filter(({ text = '' }) => text.includes('Sara')).length === 2);
      const { note } = await sara.asksFor('tone.ogg', voice);
      expect(await sara.ending(note)).toMatch(/^✓/);

      await omid.says(`/start ${code}`);
      await omid.reads(omid.word('start', { name: '\u2068Omid\u2069' }));
      await eve.says(`/start ${code}`);
      await eve.reads(eve.word('invitation-invalid'));
      await eve.says('/queue');
      await eve.reads(eve.word('access-uninvited'));
    });

    test('an admin admits a user without an invitation', async () => {
      const emma = await dabir.person('Emma', language);
      await emma.says('/start');
      await emma.reads(emma.word('access-uninvited', { id: String(emma.id) }));
      await boss.says(`/user ${emma.id}`);
      const { message_id: card } = await boss.reads(String(emma.id));
      expect(await boss.presses(card, boss.word('admin-chat-button-admit'))).toBe(
        boss.word('admin-chat-done'),
      );
      await emma.says('/queue');
      await emma.reads(emma.word('queue-empty'));
    });

    test('of twenty users who use a single invitation at once, one is admitted', async () => {
      const code = await invite(dabir.shared, admin, 1);
      const people = await Promise.all(Array.from({ length: 20 }, () => dabir.person('P', language)));
      await Promise.all(people.map((person) => person.says(`/start ${code}`)));
      for (const person of people) await person.reads(/./);
      const admitted = await dabir.shared.database.user.count({
        where: { id: { in: people.map(({ id }) => id) }, admittedAt: { not: null } },
      });
      expect(admitted).toBe(1);
    });

    test('a guessed, an expired and a malformed code admit nobody', async () => {
      const eve = await dabir.person('Eve', language);
      const old = await invite(dabir.shared, admin, 1);
      await dabir.shared.database.invitation.updateMany({ data: { expiresAt: new Date(0) } });
      for (const code of [old, `invite-${'a'.repeat(22)}`, "invite-' OR 1=1", 'invite-']) {
        const before = eve.answers().length;
        await eve.says(`/start ${code}`);
        await until(() => eve.answers().length === before + 1);
        expect(eve.answers().at(-1)?.text).toBe(eve.word('invitation-invalid'));
      }
      expect(await dabir.shared.accounts.find(eve.id)).toMatchObject({ admittedAt: null });
    });
  });
});

describe('with access for a list,', () => {
  const listed = 100_000_005;
  beforeAll(async () => {
    dabir = await startScriptedDabir({ settings: { ACCESS: 'allow-list', ALLOWED_IDS: String(listed) } });
  });
  afterAll(() => dabir.close());

  test('with an allow-list, listed users are admitted, others are told why they are not', async () => {
    const sara = await dabir.person('Sara', 'fa');
    expect(sara.id).toBe(listed);
    await sara.says('/queue');
    await sara.reads(sara.word('queue-empty'));
    for (const language of ['fa', 'en']) {
      const eve = await dabir.person('Eve', language);
      await eve.says('/start');
      await eve.reads(eve.word('access-unlisted', { id: String(eve.id) }));
    }
  });
});

describe('the daily quota in minutes', () => {
  beforeAll(async () => {
    dabir = await startScriptedDabir({ settings: { MAX_MINUTES_A_DAY: '1' } });
  });
  afterAll(() => dabir.close());

  describe.each(['fa', 'en'])('in %s,', (language) => {
    let sara: Person;
    beforeEach(async () => {
      sara = await dabir.person('Sara', language);
      await sara.says('/start');
      await sara.reads('Sara');
    });
    const hasUsed = (audioSeconds: number) =>
      dabir.shared.database.usage.create({
        data: {
          transcriptionId: -sara.id,
          userId: sara.id,
          engine: 'local',
          audioSeconds,
          sentSeconds: audioSeconds,
          downloadMs: 1,
          decodeMs: 1,
          transcribeMs: 1,
        },
      });

    test('a file over the quota is refused, with the time from which it fits', async () => {
      await hasUsed(60);
      const refused = await sara.sends('tone.ogg', voice);
      const { text = '' } = await sara.reads(
        language === 'fa'
          ? 'سهمیهٔ باقی‌ماندهٔ امروزتان برای این فایل کم است (از ۱ دقیقه'
          : 'your 1 minute a day',
        refused,
      );
      expect(text).toMatch(language === 'fa' ? /ساعت ۰:۰۰/ : /at 00:00/);
      expect(await dabir.shared.database.transcription.count({ where: { userId: sara.id } })).toBe(0);
    });

    test('twenty files at once are accepted only as far as the quota reaches', async () => {
      const sending = { ...voice, seconds: 10 };
      const notes = await Promise.all(Array.from({ length: 20 }, () => sara.sends('tone.ogg', sending)));
      const answers = await Promise.all(notes.map(async (note) => (await sara.status(note)).text));
      const taken = answers.filter((text) => text === sara.word('status-choosing'));
      expect(taken).toHaveLength(6);
      expect(await dabir.shared.accounts.spent(sara.id)).toMatchObject({ open: { files: 6, seconds: 60 } });
      // Deleting one of them makes room for one.
      const { message_id: status } = await sara.status(notes[answers.indexOf(taken[0])] ?? 0);
      await sara.presses(status, sara.word('button-cancel'));
      expect((await sara.status(await sara.sends('tone.ogg', sending))).text).toBe(
        sara.word('status-choosing'),
      );
      expect((await sara.status(await sara.sends('tone.ogg', sending))).text).not.toBe(
        sara.word('status-choosing'),
      );
    });

    test('a file of unknown length is checked once its length is known; it uses nothing up, and can be retried', async () => {
      await hasUsed(59);
      const { note, status } = await sara.asksFor('tone.mp3', { kind: 'document' });
      const details = { fileMinutes: 1, limitMinutes: 1, period: 'day' };
      expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-quota_spent', details)}`);
      expect((await dabir.shared.accounts.spent(sara.id)).today.files).toBe(1);

      await dabir.shared.accounts.setQuota(sara.id, { minutesADay: 'unlimited' });
      await sara.presses(status, sara.word('button-retry'));
      await sara.reads('سلام دنیا', note);
    });
  });
});
