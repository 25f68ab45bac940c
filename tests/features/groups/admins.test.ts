import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Group } from '../../support/group.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ others: [] });
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('settings of a group (%s)', (language) => {
  let sara: Person;
  let omid: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    omid = await dabir.person('Omid', language);
  });
  const found = (about: Parameters<typeof Group.found>[3] = {}) =>
    Group.found(dabir.playground.url, sara, [omid], about);
  const automatic = (value: 'on' | 'off') => sara.word('groups-automatic', { value });

  /** Another voice message is left out, and nothing more is said than what was said once. */
  const isQuiet = async (group: Group, once: string, from = 0) => {
    const voice = await group.voice(omid, { content: 'tone.mp3' });
    const last = await group.says(omid, '/help@dabir_bot');
    await group.reads(omid.word('groups-hello'), last);
    expect(await group.answers(voice)).toEqual([]);
    const told = (await group.answers()).slice(from).filter(({ text }) => text === once);
    expect(told).toHaveLength(1);
  };

  /** Sara opens the settings; their message's id. */
  const settings = async (group: Group): Promise<number> => {
    const ask = await group.says(sara, '/settings');
    return (await group.reads(sara.word('groups-settings'), ask)).message_id;
  };

  test('admins of a group can have every voice message transcribed automatically, each for its sender', async () => {
    const group = await found({ bot: 'administrator' });
    const menu = await settings(group);
    await group.presses(sara, menu, automatic('off'));
    await until(async () => (await group.buttons(menu)).some(({ text }) => text === automatic('on')));
    const voice = await group.voice(omid);
    const { message_id } = await group.ends(voice);
    expect((await group.presses(omid, message_id, 'PDF')).text).toBe(omid.word('answer-on-its-way'));
    expect((await group.presses(sara, message_id, 'PDF')).text).toBe(sara.word('groups-not-yours'));
    // Music and files wait until somebody asks.
    const music = await group.voice(omid, { kind: 'audio', content: 'tone.mp3' });
    await group.presses(sara, menu, automatic('on'));
    await group.voice(omid, { content: 'tone.m4a' });
    const last = await group.says(omid, '/help@dabir_bot');
    await group.reads(omid.word('groups-hello'), last);
    expect(await group.answers(music)).toEqual([]);
  });

  /** The usage that counts towards somebody, in files. */
  const paidBy = ({ id }: Person) => dabir.shared.database.usage.count({ where: { userId: id } });

  test('admins of a group pay for automatic transcriptions that they enabled, and are told so; the file stays its sender’s', async () => {
    const group = await found({ bot: 'administrator' });
    const menu = await settings(group);
    expect(await group.presses(sara, menu, automatic('off'))).toEqual({
      answered: true,
      text: sara.word('groups-payer-you'),
      show_alert: true,
    });
    const shown = await group.reads(sara.word('groups-payer', { name: '\u2068Sara\u2069' }));
    expect(shown.message_id).toBe(menu);
    await group.ends(await group.voice(omid));
    await until(async () => (await paidBy(sara)) === 1);
    expect(await paidBy(omid)).toBe(0);
    const { accounts, database } = dabir.shared;
    expect(await accounts.spent(sara.id)).toMatchObject({
      today: { files: 1 },
      open: { files: 0, seconds: 0 },
    });
    expect(await accounts.spent(omid.id)).toMatchObject({ today: { files: 0 } });
    expect(await database.transcription.findMany({ where: { chatId: group.id } })).toMatchObject([
      { userId: BigInt(omid.id), payerId: BigInt(sara.id) },
    ]);
    expect(await database.transcription.count({ where: { userId: sara.id } })).toBe(0);
    // Sara's own recording is simply hers.
    await group.ends(await group.voice(sara, { content: 'tone.m4a' }));
    expect(await database.transcription.findFirst({ where: { userId: sara.id } })).toMatchObject({
      payerId: null,
    });
    // Nothing of who paid is in what Omid gets of their data.
    const { id } = await database.transcription.findFirstOrThrow({ where: { userId: omid.id } });
    expect(JSON.stringify(await dabir.shared.exports.ofFile(Number(id)))).not.toMatch(/payer/);
  });

  test('admins of a group are charged for an automatic job while it runs; its sender is not', async () => {
    const group = await found({ bot: 'administrator' });
    await group.presses(sara, await settings(group), automatic('off'));
    dabir.engine.next({ holds: true });
    const taken = dabir.engine.taken.length;
    const voice = await group.voice(omid);
    await until(() => dabir.engine.taken.length > taken);
    await until(async () => (await dabir.shared.accounts.spent(sara.id)).open.seconds === 1);
    expect((await dabir.shared.accounts.spent(omid.id)).open.seconds).toBe(0);
    dabir.engine.release();
    await group.ends(voice);
    await until(async () => (await dabir.shared.accounts.spent(sara.id)).open.seconds === 0);
  });

  test('admins of a group end automatic mode by leaving the admins of the group; the group is told once', async () => {
    const group = await found({ bot: 'administrator' });
    await group.member(omid, 'administrator');
    await group.presses(omid, await settings(group), automatic('off'));
    await group.member(omid, 'member');
    await group.voice(sara);
    await group.reads(sara.word('transcribe-automatic-ended'));
    await isQuiet(group, sara.word('transcribe-automatic-ended'));
    expect((await dabir.shared.groups.settings(group.id)).automaticBy).toBeNull();
  });

  test('admins of a group end automatic mode by losing access or deleting their account; the group is told once', async () => {
    const group = await found({ bot: 'administrator' });
    for (const end of [
      () => dabir.shared.accounts.setBlocked(sara.id, true),
      () => dabir.shared.database.query`SELECT erase_account(${sara.id}::bigint, 100)`,
    ]) {
      await dabir.shared.accounts.setBlocked(sara.id, false);
      const before = (await group.answers()).length;
      await group.presses(sara, await settings(group), automatic('off'));
      await end();
      await group.voice(omid);
      await until(async () =>
        (await group.answers())
          .slice(before)
          .some(({ text }) => text === omid.word('transcribe-automatic-ended')),
      );
      await isQuiet(group, omid.word('transcribe-automatic-ended'), before);
    }
    await dabir.shared.accounts.setBlocked(sara.id, false);
  });

  test('admins of a group delete their account without deleting anything of a sender they paid for', async () => {
    const group = await found({ bot: 'administrator' });
    await group.presses(sara, await settings(group), automatic('off'));
    await group.ends(await group.voice(omid));
    const { database } = dabir.shared;
    const forget = async () => {
      const [row] = await database.query<{ result: { left: boolean } }[]>`
        SELECT erase_account(${sara.id}::bigint, 100) AS result`;
      return row?.result.left === false;
    };
    await until(forget);
    expect(
      await database.transcription.findMany({ where: { userId: omid.id }, include: { transcript: true } }),
    ).toMatchObject([{ state: 'COMPLETED', payerId: null, transcript: { text: 'سلام دنیا' } }]);
  });

  test('admins of a group own the automatic transcriptions that a channel or an anonymous admin sent', async () => {
    const group = await found({ bot: 'administrator' });
    await group.presses(sara, await settings(group), automatic('off'));
    const contents = ['tone.ogg', 'tone.mp3', 'tone.m4a'];
    for (const [index, as] of (['anonymous', 'channel', 'channel-post'] as const).entries()) {
      const post = await group.voice(sara, { as, content: contents[index] ?? '' });
      const { message_id } = await group.ends(post);
      expect((await group.presses(sara, message_id, 'TXT')).text).toBe(sara.word('answer-on-its-way'));
      expect((await group.presses(omid, message_id, 'TXT')).text).toBe(omid.word('groups-not-yours'));
    }
  });

  test('settings of a group lead to a message about missing rights where Telegram shows the bot too little', async () => {
    const group = await found();
    const menu = await settings(group);
    await group.presses(sara, menu, automatic('off'));
    await group.reads(sara.word('groups-blind'));
    await group.bot('administrator');
    await group.presses(sara, menu, sara.word('groups-engine', { engine: '' }).trim());
    await group.presses(sara, menu, sara.word('settings-back'));
    await until(
      async () => !(await group.answers()).some(({ text }) => text?.includes(sara.word('groups-blind'))),
    );
  });

  test('admins of a group choose the files that come with every transcript, the language and the engine', async () => {
    const group = await found();
    const menu = await settings(group);
    await group.presses(sara, menu, sara.word('groups-formats', { formats: '', count: 0 }));
    await group.presses(sara, menu, 'PDF');
    await group.presses(sara, menu, sara.word('settings-back'));
    await group.presses(sara, menu, sara.word('groups-formats', { formats: 'PDF', count: 1 }));
    await group.presses(sara, menu, sara.word('settings-back'));
    await group.presses(sara, menu, sara.word('groups-language', { language: '' }).trim());
    await group.presses(sara, menu, language === 'fa' ? 'ترکی استانبولی' : 'Turkish');
    await group.presses(sara, menu, sara.word('groups-engine', { engine: '' }).trim());
    await group.presses(sara, menu, 'LOCAL');
    await group.presses(sara, menu, sara.word('groups-close'));
    await until(async () => (await group.messages()).every(({ message_id }) => message_id !== menu));

    const audio = await group.voice(omid);
    await group.says(omid, '/transcribe', { replyTo: audio });
    await group.ends(audio);
    const files = await until(async () => {
      const found = (await group.answers(audio)).flatMap(({ document }) => document?.file_name ?? []);
      return found.length > 0 && found;
    });
    expect(files).toEqual([expect.stringMatching(/\.pdf$/)]);
    expect(dabir.engine.taken.at(-1)?.language).toBe('tr');
  });

  test('settings of a group keep the choices of two admins who press at the same time', async () => {
    const group = await found();
    await group.member(omid, 'administrator');
    const menus = [await settings(group), await settings(group)] as const;
    for (const menu of menus) {
      await group.presses(sara, menu, sara.word('groups-formats', { formats: '', count: 0 }));
    }
    const presses = ['SRT', 'PDF', 'TXT'].flatMap((format) => [
      group.presses(sara, menus[0], format),
      group.presses(omid, menus[1], format === 'TXT' ? 'MD' : 'JSON'),
    ]);
    await Promise.all(presses);
    const { formats } = await dabir.shared.groups.settings(group.id);
    expect(formats).toEqual(expect.arrayContaining(['txt', 'pdf', 'srt', 'md']));
  });

  test('settings of a group cannot be changed by others by any request', async () => {
    const group = await found();
    const refused = { answered: true, text: omid.word('groups-admins-only'), show_alert: true };
    const ask = await group.says(omid, '/settings');
    await group.reads(omid.word('groups-admins-only'), ask);
    const menu = await settings(group);
    expect(await group.presses(omid, menu, automatic('off'))).toEqual(refused);
    expect(await group.forges(omid, menu, 'groups:engine:local')).toEqual(refused);
    for (const data of [
      'groups:automatic',
      'groups:engine:NONE',
      'groups:exe:on',
      'groups:main:on',
      'groups:language:xx',
    ]) {
      expect((await group.forges(sara, menu, data)).text).toBe(sara.word('answer-unknown'));
    }
    expect(await dabir.shared.groups.settings(group.id)).toEqual({
      automaticBy: null,
      engine: null,
      speechLanguage: null,
      formats: [],
    });
  });

  test('settings of a group accept an anonymous admin; an anonymous request for a transcription is asked for its user', async () => {
    const group = await found();
    const ask = await group.says(sara, '/settings', { as: 'anonymous' });
    await until(async () => (await group.answers(ask)).length > 0);
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', {
      replyTo: audio,
      as: language === 'fa' ? 'anonymous' : 'channel',
    });
    const question = await until(async () => (await group.answers(audio))[0]);
    const [button] = await group.buttons(question.message_id);
    // Telegram does not send the language of an anonymous sender, so the bot uses Persian.
    expect((await group.presses(sara, question.message_id, button?.text ?? '')).text).toBe(
      sara.word('transcribe-taken'),
    );
    const { message_id } = await group.ends(audio);
    expect((await group.presses(sara, message_id, 'TXT')).text).toBe(sara.word('answer-on-its-way'));
    await until(async () =>
      (await group.messages()).every((message) => message.message_id !== question.message_id),
    );
  });
});

test('a user without access is answered once for a request in a group, and never for talk', async () => {
  const invited = await startScriptedDabir({ others: [], settings: { ACCESS: 'invitation' } });
  try {
    const [sara, omid] = [await invited.person('Sara', 'en'), await invited.person('Omid', 'en')];
    const group = await Group.found(invited.playground.url, sara, [omid]);
    const audio = await group.voice(omid);
    const ask = await group.says(omid, '/transcribe', { replyTo: audio });
    await group.reads(omid.word('access-uninvited'), ask);
    const again = await group.says(omid, '/transcribe', { replyTo: audio });
    await group.reads(sara.word('groups-hello'), await group.says(sara, '/help@dabir_bot'));
    expect(await group.answers(again)).toEqual([]);
    expect(await invited.shared.database.transcription.count()).toBe(0);
  } finally {
    await invited.close();
  }
});

test.each(['fa', 'en'])(
  'what does not fit into the minutes of the admin who pays is left out, and the group is told once (%s)',
  async (language) => {
    const dabir = await startScriptedDabir({ others: [], settings: { MAX_MINUTES_A_DAY: '1' } });
    try {
      const [sara, omid] = [await dabir.person('Sara', language), await dabir.person('Omid', language)];
      const group = await Group.found(dabir.playground.url, sara, [omid], { bot: 'administrator' });
      const ask = await group.says(sara, '/settings');
      const { message_id: menu } = await group.reads(sara.word('groups-settings'), ask);
      await group.presses(sara, menu, sara.word('groups-automatic', { value: 'off' }));
      await group.ends(await group.voice(omid));
      await until(() => dabir.shared.database.usage.count());
      await dabir.shared.database.usage.updateMany({ data: { audioSeconds: 60 } });
      const told = async () =>
        (await group.answers()).filter(
          ({ text = '' }) => text.includes('\u2068Sara\u2069') && text !== menuText,
        );
      const menuText = (await group.messages()).find(({ message_id }) => message_id === menu)?.text;
      const left = [
        await group.voice(omid, { content: 'tone.mp3' }),
        await group.voice(omid, { content: 'tone.m4a' }),
      ];
      const last = await group.says(omid, '/help@dabir_bot');
      await group.reads(omid.word('groups-hello'), last);
      const [words] = await until(async () => ((await told()).length > 0 ? told() : null));
      expect(await told()).toHaveLength(1);
      expect(words?.text).toContain(
        omid.word('transcribe-automatic-spent', { name: '\u2068Sara\u2069', again: '' }).slice(0, 20),
      );
      for (const voice of left) expect(await group.answers(voice)).toEqual([]);
      // Omid's own minutes are untouched, and automatic mode goes on when there is room again.
      const own = await group.says(omid, '/transcribe', { replyTo: left[0] ?? 0 });
      await until(
        async () => (await group.answers(left[0])).some(({ text = '' }) => text.startsWith('سلام دنیا')),
        () => String(own),
      );
      await dabir.shared.accounts.setQuota(sara.id, { minutesADay: 5 });
      await group.ends(await group.voice(omid, { content: 'tone.flac' }));
    } finally {
      await dabir.close();
    }
  },
);
