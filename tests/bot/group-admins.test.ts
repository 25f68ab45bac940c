import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Group } from '../support/group.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
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

  /** Opens the settings as Sara; returns their message's id. */
  const settings = async (group: Group): Promise<number> => {
    const ask = await group.says(sara, '/settings');
    return (await group.reads(sara.word('groups-settings'), ask)).message_id;
  };

  test('can transcribe every voice message automatically, each for its sender', async () => {
    const group = await found({ bot: 'administrator' });
    const menu = await settings(group);
    await group.presses(sara, menu, automatic('off'));
    await until(async () => (await group.buttons(menu)).some(({ text }) => text === automatic('on')));
    const voice = await group.voice(omid);
    const { message_id } = await group.reads(/^✓/, voice);
    expect((await group.presses(sara, message_id, 'PDF')).text).toBe(sara.word('groups-not-yours'));
    expect((await group.presses(omid, message_id, 'PDF')).text).toBe(omid.word('answer-on-its-way'));
    // Music and files wait until somebody asks.
    const music = await group.voice(omid, { kind: 'audio', content: 'tone.mp3' });
    await group.presses(sara, menu, automatic('on'));
    await group.voice(omid, { content: 'tone.m4a' });
    const last = await group.says(omid, '/help@dabir_bot');
    await group.reads(omid.word('groups-hello'), last);
    expect(await group.answers(music)).toEqual([]);
  });

  test('book an automatic transcription without a named sender on the admin who switched it on', async () => {
    const group = await found({ bot: 'administrator' });
    await group.presses(sara, await settings(group), automatic('off'));
    const contents = ['tone.ogg', 'tone.mp3', 'tone.m4a'];
    for (const [index, as] of (['anonymous', 'channel', 'channel-post'] as const).entries()) {
      const post = await group.voice(sara, { as, content: contents[index] ?? '' });
      const { message_id } = await group.reads(/^✓/, post);
      expect((await group.presses(sara, message_id, 'TXT')).text).toBe(sara.word('answer-on-its-way'));
      expect((await group.presses(omid, message_id, 'TXT')).text).toBe(omid.word('groups-not-yours'));
    }
  });

  test('lead to a message about missing rights where Telegram shows the bot too little', async () => {
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

  test('choose the files that come with every transcript, the language and the engine', async () => {
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
    await group.reads(/^✓/, audio);
    const files = (await group.answers(audio)).flatMap(({ document }) => document?.file_name ?? []);
    expect(files).toEqual([expect.stringMatching(/\.pdf$/)]);
    expect(dabir.engine.taken.at(-1)?.language).toBe('tr');
  });

  test('keep the choices of two admins who press at the same time', async () => {
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

  test('cannot be changed by others, whatever they send', async () => {
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

  test('accept an anonymous admin; an anonymous request for a transcription is asked for its user', async () => {
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
    const { message_id } = await group.reads(/^✓/, audio);
    expect((await group.presses(sara, message_id, 'TXT')).text).toBe(sara.word('answer-on-its-way'));
    await until(async () =>
      (await group.messages()).every((message) => message.message_id !== question.message_id),
    );
  });
});

test('answer a user without access once for a request, and never for talk', async () => {
  const invited = await startScriptedDabir({ settings: { ACCESS: 'invitation' } });
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
