// The fault numbers in titles are those of docs/faults.md.

import fc from 'fast-check';
import type { Message, Update } from 'grammy/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

/**
 * User ids of the admins: the playground's own people come first, so these are the first that a test adds.
 */
const adminIds = { fa: 100_000_005, en: 100_000_006 };

let dabir: ScriptedDabir;
const admins = new Map<string, Person>();
beforeAll(async () => {
  dabir = await startScriptedDabir({ settings: { ADMIN_IDS: Object.values(adminIds).join(', ') } });
  for (const language of ['fa', 'en']) admins.set(language, await dabir.person('Admin', language));
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;
const name = (of: string) => `\u2068${of}\u2069`;

describe.each(['fa', 'en'])('an admin in the chat (%s)', (language) => {
  let admin: Person;
  let sara: Person;
  beforeEach(async () => {
    const person = admins.get(language);
    if (person === undefined) throw new Error('no admin');
    admin = person;
    sara = await dabir.person('Sara', language);
    await sara.says('/start');
    await sara.reads('Sara');
  });

  /** Sends a text, and returns the reply that has these words. */
  const asks = async (text: string, words: string | RegExp) => {
    const said = await admin.says(text);
    return until(
      () =>
        admin
          .answers()
          .filter(({ message_id }) => message_id > said)
          .find(({ text: answer = '' }) =>
            typeof words === 'string' ? answer.includes(words) : words.test(answer),
          ),
      () => `${words}\n${admin.transcript()}`,
    );
  };
  const audits = async () => {
    const rows = await dabir.shared.database.audit.findMany({
      where: { subject: String(sara.id) },
      orderBy: { id: 'asc' },
    });
    return rows.map(({ actorId, action }) => [Number(actorId), action]);
  };

  test('an admin in the chat has additional commands in the menu, which other users neither see nor can use', async () => {
    await asks('/stats', admin.word('admin-chat-today', { totals: '' }));
    const { api } = dabir.bot.grammy;
    const menu = async (chat_id: number) =>
      (await api.getMyCommands({ scope: { type: 'chat', chat_id } })).map(({ command }) => command);
    await until(async () => (await menu(admin.id)).includes('stats'));
    expect(await menu(sara.id)).toEqual([]);
    for (const command of [
      'stats',
      'report',
      'engines',
      'user 1',
      'quota 1',
      'block 1',
      'flush 1',
      'invite',
    ]) {
      const before = sara.answers().length;
      await sara.says(`/${command}`);
      await until(() => sara.answers().length > before);
      const shown = `\u2068/${command.split(' ')[0]}\u2069`;
      expect(sara.answers().at(-1)?.text).toBe(sara.word('unknown-command', { command: shown }));
    }
  });

  test('an admin in the chat sees with /stats the figures of today, of seven days, and of what waits', async () => {
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    await sara.status(await sara.sends('tone.ogg', voice));
    const { text = '' } = await asks('/stats', admin.word('admin-chat-today', { totals: '' }));
    const [today = '', week = '', open = ''] = text.split('\n');
    expect(today).toMatch(/[1-9۱-۹]/);
    expect(today.split(': ')[1]).toBe(week.split(': ')[1]);
    expect(open).toMatch(/[1-9۱-۹]/);
  });

  test('an admin in the chat opens an account with /user by id and by @name: its data, its usage and its buttons', async () => {
    const { message_id: card, text = '' } = await asks(`/user ${sara.id}`, String(sara.id));
    expect(text).toContain(name('Sara'));
    expect(text).toContain(admin.word('usage-files', { files: 0 }));
    expect(admin.buttons(card)).toEqual(
      ['queue', 'quota', 'block', 'promote'].map((action) => admin.word(`admin-chat-button-${action}`)),
    );
    await dabir.shared.database.user.update({
      where: { id: sara.id },
      data: { username: `Sara_${language}` },
    });
    await asks(`/user @sara_${language.toUpperCase()}`, `@Sara_${language}`);
  });

  test('an admin in the chat opens an account with /user as a reply to a forwarded message, unless Telegram hides its author', async () => {
    const forwarded = async (origin: object) => {
      const said = await admin.says('/user');
      await asks('/usage', /./);
      const { reactions: _, ...message } = admin.chat.get(said) as Message & { reactions?: unknown };
      const reply_to_message = { ...message, message_id: 1, forward_origin: { date: 1, ...origin } };
      // Telegram names the author of a forwarded message; the playground's people hide theirs.
      const update = { update_id: 1, message: { ...message, reply_to_message } } as unknown as Update;
      await dabir.bot.handle(update, () => undefined);
    };
    await forwarded({ type: 'user', sender_user: { id: sara.id, is_bot: false, first_name: 'Sara' } });
    await admin.reads(String(sara.id));
    await forwarded({ type: 'hidden_user', sender_user_name: 'Sara' });
    await admin.reads(admin.word('admin-chat-hidden'));
  });

  test('an admin in the chat is told when an id or name belongs to nobody, or is missing', async () => {
    await asks('/user', admin.word('admin-chat-whom'));
    for (const nobody of ['999', '@nobody', "'; DROP", '9'.repeat(30)]) {
      await asks(`/user ${nobody}`, admin.word('admin-chat-nobody'));
    }
  });

  test('an admin in the chat blocks and unblocks, by a button or by a command; both are in the audit log', async () => {
    const { message_id: card } = await asks(`/user ${sara.id}`, String(sara.id));
    // Nothing happens before the question is answered.
    await admin.presses(card, admin.word('admin-chat-button-block'));
    await until(() => admin.buttons(card).includes(admin.word('admin-chat-button-sure-ask-block')));
    await admin.presses(card, admin.word('admin-chat-button-back'));
    await until(() => admin.buttons(card).includes(admin.word('admin-chat-button-block')));
    expect((await dabir.shared.accounts.find(sara.id))?.blockedAt).toBeNull();
    await admin.presses(card, admin.word('admin-chat-button-block'));
    await until(() => admin.buttons(card).includes(admin.word('admin-chat-button-sure-ask-block')));
    expect(await admin.presses(card, admin.word('admin-chat-button-sure-ask-block'))).toBe(
      admin.word('admin-chat-done'),
    );
    await until(() => admin.buttons(card).includes(admin.word('admin-chat-button-unblock')));
    await sara.says('/queue');
    await sara.reads(sara.word('access-blocked'));
    await asks(`/unblock ${sara.id}`, admin.word('admin-chat-unblocked'));
    await asks(`/unblock ${sara.id}`, admin.word('admin-chat-already'));
    await sara.says('/queue');
    await sara.reads(sara.word('queue-empty'));
    expect(await audits()).toEqual([
      [admin.id, 'block'],
      [admin.id, 'unblock'],
    ]);
    await asks(`/block ${admin.id}`, admin.word('admin-chat-protected'));
  });

  test('an admin in the chat makes a user an admin, who cannot change the operator’s account or who is an admin', async () => {
    const { message_id: card } = await asks(`/user ${sara.id}`, String(sara.id));
    await admin.presses(card, admin.word('admin-chat-button-promote'));
    await until(() => admin.buttons(card).includes(admin.word('admin-chat-button-sure-ask-promote')));
    expect((await dabir.shared.accounts.find(sara.id))?.role).toBe('USER');
    await admin.presses(card, admin.word('admin-chat-button-sure-ask-promote'));
    await until(() => admin.buttons(card).includes(admin.word('admin-chat-button-demote')));
    await sara.reads(sara.word('admin-chat-told-ADMIN'));
    await sara.says(`/user ${admin.id}`);
    const { message_id: hers } = await sara.reads(String(admin.id));
    expect(sara.buttons(hers)).not.toContain(sara.word('admin-chat-button-promote'));
    expect(await sara.forges(hers, `admin:block:${admin.id}`)).toBe(sara.word('admin-chat-protected'));
    expect(await sara.forges(hers, `admin:demote:${admin.id}`)).toBe(sara.word('admin-chat-protected'));

    await admin.presses(card, admin.word('admin-chat-button-demote'));
    await sara.reads(sara.word('admin-chat-told-USER'));
    await sara.says('/stats');
    await sara.reads(sara.word('unknown-command', { command: '\u2068/stats\u2069' }));
    // The buttons from their time as an admin no longer have an effect.
    expect(await sara.forges(hers, `admin:show:${admin.id}`)).toBe(sara.word('answer-unknown'));
    expect(await sara.forges(hers, `admin:promote:${sara.id}`)).toBe(sara.word('answer-unknown'));
    expect(await sara.forges(hers, `admin:quota:${sara.id}:day:unlimited`)).toBe(sara.word('answer-unknown'));
  });

  test('an admin in the chat sets a quota, by a button or by a command', async () => {
    const { message_id: card } = await asks(`/user ${sara.id}`, String(sara.id));
    await admin.presses(card, admin.word('admin-chat-button-quota'));
    await admin.reads(admin.word('admin-chat-quota', { name: name('Sara') }));
    const sixty = admin.word('number', { number: 60 });
    await admin.presses(card, sixty);
    await until(() => admin.buttons(card).includes(`✓ ${sixty}`));
    expect((await dabir.shared.accounts.find(sara.id))?.quota.minutesADay).toBe(60);

    const { message_id: written } = await asks(
      `/quota ${sara.id} files 7`,
      admin.word('admin-chat-quota', { name: name('Sara') }),
    );
    expect(admin.buttons(written)).toContain(`✓ ${admin.word('number', { number: 7 })}`);
    await asks(
      `/quota ${sara.id.toLocaleString('fa', { useGrouping: false })} files ۸`,
      admin.word('admin-chat-quota', { name: name('Sara') }),
    );
    expect((await dabir.shared.accounts.find(sara.id))?.quota.maxOpenFiles).toBe(8);
    await asks(`/quota ${sara.id} month unlimited`, admin.word('admin-chat-quota', { name: name('Sara') }));
    expect((await dabir.shared.accounts.find(sara.id))?.quota).toEqual({
      minutesADay: 60,
      minutesAMonth: 'unlimited',
      maxOpenFiles: 8,
    });
    for (const wrong of ['day', 'day -1', 'day 1.5', 'year 3', 'files unlimited', 'toString 3']) {
      await asks(`/quota ${sara.id} ${wrong}`, admin.word('admin-chat-quota-how'));
    }
    const change = [admin.id, 'quota'];
    expect(await audits()).toEqual([change, change, change, change]);

    await sara.says('/usage');
    await sara.reads(sara.word('usage-day', { minutes: 0, limit: 60 }));
  });

  test('an admin in the chat frees a stuck file with /flush: its worker loses it and the next one starts', async () => {
    dabir.engine.taken.splice(0);
    dabir.engine.next({ holds: true }, { says: ['بار دوم'] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await until(() => dabir.engine.taken.length === 1);
    const { message_id: queue } = await asks(
      `/flush ${sara.id}`,
      admin.word('admin-chat-queue', { name: name('Sara') }),
    );
    expect(await admin.presses(queue, admin.word('admin-chat-button-give-back'))).toBe(
      admin.word('admin-chat-given_back'),
    );
    await sara.reads('بار دوم', note);
    expect(await sara.ending(note)).toMatch(/^✓/);
    expect(dabir.engine.taken.splice(0).map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(await audits()).toEqual([[admin.id, 'give back']]);
    expect(await admin.presses(queue, admin.word('admin-chat-button-give-back'))).toBe(
      admin.word('admin-chat-idle'),
    );
  });

  test('an admin in the chat cancels all files of a user with /flush, and the user is told', async () => {
    const notes = [await sara.sends('tone.ogg', voice), await sara.sends('tone.ogg', voice)];
    for (const note of notes) await sara.status(note);
    const { message_id: queue, text } = await asks(
      `/flush ${sara.id}`,
      admin.word('admin-chat-queue', { name: name('Sara') }),
    );
    expect(text?.split('\n')).toHaveLength(3);
    await admin.presses(queue, admin.word('admin-chat-button-cancel-all'));
    for (const note of notes) expect(await sara.ending(note)).toBe(sara.word('status-cancelled'));
    await admin.reads(admin.word('admin-chat-queue-empty', { name: name('Sara') }));
    expect(await audits()).toEqual([[admin.id, 'cancel']]);
  });

  test('an admin in the chat sees failures grouped with /report, and the state of the engines with /engines', async () => {
    dabir.engine.next({ fails: new DabirError('engine_rejected', 'no') });
    const { note } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✗/);
    const { text } = await asks('/report', admin.word('admin-chat-report'));
    expect(text).toContain('engine_rejected');
    await asks('/engines', admin.word('admin-chat-engine-ready'));
    expect((await asks('/engines', 'LOCAL')).text).toMatch(/%|٪/);
  });

  test('an admin in the chat creates a link with /invite', async () => {
    const { text = '' } = await asks('/invite 3', 'https://t.me/');
    expect(text).toContain(admin.word('admin-chat-invite-needless'));
    const code = /start=(invite-[\w-]{22})/.exec(text)?.[1];
    await sara.says(`/start ${code}`);
    await until(async () => (await dabir.shared.accounts.find(sara.id))?.admittedAt);
    for (const wrong of ['0', '-1', '1.5', 'many', '1001']) {
      await asks(`/invite ${wrong}`, admin.word('admin-chat-invite-how', { max: 1000 }));
    }
  });
});

describe('fault 25: forged presses of admins’ buttons', () => {
  /** Returns everything that these buttons could change. */
  const everything = async () => {
    const { database } = dabir.shared;
    const accounts = await database.user.findMany({ orderBy: { id: 'asc' }, omit: { lastSeenAt: true } });
    const broadcasts = await database.broadcast.findMany({ orderBy: { id: 'asc' } });
    return JSON.stringify([accounts, broadcasts, await database.audit.count()], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  };
  const press = (ids: readonly number[]) =>
    fc
      .tuple(
        fc.constantFrom(
          ...[
            'show',
            'block',
            'unblock',
            'promote',
            'demote',
            'queue',
            'give-back',
            'cancel-all',
            'send',
            'stop',
            'quota',
            '',
          ],
        ),
        fc.oneof(
          fc.constantFrom(...ids.map(String), '0', '-1', '9'.repeat(15), '9'.repeat(19), ''),
          fc.string({ maxLength: 9 }),
        ),
        fc.constantFrom(
          '',
          ':day:5',
          ':day:unlimited',
          ':files:default',
          ':toString:1',
          ':day:-1',
          ':month:1e3',
          ':',
        ),
      )
      .map(([action, id, rest]) => `admin:${action}:${id}${rest}`)
      .filter((data) => Buffer.byteLength(data) <= 64);

  test('fault 25: forged presses of admins’ buttons from a user who is no admin are all answered, and two hundred of them change nothing', async () => {
    const [admin] = admins.values();
    const eve = await dabir.person('Eve', 'en');
    const { message_id: status } = await eve.status(await eve.sends('tone.ogg', voice));
    const before = await everything();
    for (const data of fc.sample(press([eve.id, admin?.id ?? 0]), { seed: 25, numRuns: 200 })) {
      expect(await eve.forges(status, data), data).toBe(eve.word('answer-unknown'));
    }
    expect(await everything()).toBe(before);
  });

  test('fault 25: forged presses of admins’ buttons from an admin about unknown users are all answered, and two hundred of them change nothing', async () => {
    const admin = admins.get('en');
    if (admin === undefined) throw new Error('no admin');
    const { message_id: status } = await admin.status(await admin.sends('tone.ogg', voice));
    const before = await everything();
    for (const data of fc.sample(press([999_999_999]), { seed: 26, numRuns: 200 })) {
      const isBroadcast = /^admin:(send|stop):\d{1,15}$/.test(data);
      const answer = admin.word(isBroadcast ? 'admin-chat-broadcast-over' : 'answer-unknown');
      expect(await admin.forges(status, data), data).toBe(answer);
    }
    expect(await everything()).toBe(before);
  });
});

describe.each(['fa', 'en'])('a broadcast (%s)', (language) => {
  test('a broadcast is previewed, confirmed with the number of users, sent to each in their language, and can be turned off', async () => {
    const admin = admins.get(language);
    if (admin === undefined) throw new Error('no admin');
    const [sara, emma, omid] = [
      await dabir.person('Sara', 'fa'),
      await dabir.person('Emma', 'en'),
      await dabir.person('Omid', 'fa'),
    ];
    for (const person of [sara, emma, omid]) {
      await person.says('/queue');
      await person.reads(person.word('queue-empty'));
    }
    await admin.says('/broadcast');
    await admin.reads(admin.word('admin-chat-broadcast-how'));

    const words = `دبیر تازه شد: ${language} 🎉`;
    await admin.says(`/broadcast ${words}`);
    const users = await dabir.shared.broadcasts.userCount();
    const { message_id: question } = await admin.reads(admin.word('admin-chat-broadcast-sure', { users }));
    await admin.reads(words);
    expect(sara.answers().some(({ text }) => text === words)).toBe(false);
    // One user has stopped the bot, and Telegram answers 429.
    await omid.blocks();
    dabir.playground.faults.set('sendMessage', { kind: 'status', status: 429, retryAfter: 1 }, 2);
    expect(await admin.presses(question, admin.word('admin-chat-button-send', { users }))).toBe(
      admin.word('admin-chat-broadcast-sending'),
    );

    const { message_id: hers } = await sara.reads(words);
    const { message_id: emmas } = await emma.reads(words);
    expect(emma.buttons(emmas)).toEqual([emma.word('button-broadcasts-off')]);
    await admin.reads(admin.word('admin-chat-broadcast-done', { sent: users - 1, missed: 1 }));
    for (const person of [sara, emma])
      expect(person.answers().filter(({ text }) => text === words)).toHaveLength(1);

    expect(await sara.presses(hers, sara.word('button-broadcasts-off'))).toBe(sara.word('broadcasts-off'));
    await until(() => sara.buttons(hers).includes(sara.word('button-broadcasts-on')));
    // Neither users who opted out nor users who have stopped the bot.
    expect(await dabir.shared.broadcasts.userCount()).toBe(users - 2);
    expect(await sara.presses(hers, sara.word('button-broadcasts-on'))).toBe(sara.word('broadcasts-on'));
    expect(await admin.forges(question, admin.dataOf(question, admin.word('admin-chat-button-stop')))).toBe(
      admin.word('admin-chat-broadcast-over'),
    );
  });
});
