/** Minutes by templates: Dabir's own, a user's, and an admin's for everybody. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTemplate } from '../../../src/features/understanding/minutes-templates.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { type ScriptedModel, startScriptedModel } from '../../support/scripted-model.ts';
import { until } from '../../support/until.ts';

let model: ScriptedModel;
let dabir: ScriptedDabir;
beforeAll(async () => {
  model = await startScriptedModel();
  dabir = await startScriptedDabir({ settings: model.settings });
  model.answers(({ lines, data }) => {
    // The form's lines are numbered too; the transcript's come last.
    const said = [...data.matchAll(/^\[(\d+)\] (.*)$/gm)].filter(([, , text = '']) => text.endsWith('.'));
    expect(lines.size).toBeGreaterThan(0);
    return {
      statements: said.map(([, number, text = '']) => ({
        ...{ section: 1, text, quote: text.replace(/\.$/, ''), segments: [Number(number)], names: [] },
      })),
    };
  });
});
afterAll(async () => {
  await dabir?.close();
  await model?.close();
});

const said = { en: 'We decided to build the bridge.', fa: 'تصمیم گرفتیم پل را بسازیم.' };

describe.each(['en', 'fa'] as const)('minutes (%s)', (language) => {
  async function transcribed(person: Person) {
    dabir.engine.next({ says: [said[language]], detects: { language, probability: 1 } });
    const { note, status } = await person.asksFor('tone.ogg', { kind: 'voice' });
    await person.ending(note);
    return { note, status };
  }
  async function makes(person: Person, template: string) {
    const { note, status } = await transcribed(person);
    await person.presses(status, person.word('button-understand-more'));
    await person.presses(status, person.word('button-understand-minutes'));
    await until(() => person.buttons(status).includes(person.word('minutes-interview')) || undefined);
    await person.presses(status, template);
    return person.reads(
      person.word('understanding-made-by', { kind: 'minutes', model: '\u2068scripted\u2069' }),
      note,
    );
  }

  test('minutes of a meeting have its sections, and each line its moment', async () => {
    const sara = await dabir.person('Sara', language);
    const { text = '' } = await makes(sara, sara.word('minutes-meeting'));
    const lines = text.split('\n');
    expect(lines[0]).toBe(sara.word('minutes-meeting'));
    expect(lines[lines.indexOf(sara.word('minutes-meeting-topics')) + 1]).toBe(`0:00 ${said[language]}`);
    expect(lines[lines.indexOf(sara.word('minutes-meeting-decisions')) + 1]).toBe('–');
  });

  test('a user adds a form of their own in one message, uses it, and removes it', async () => {
    const sara = await dabir.person('Sara', language);
    await sara.says('/templates');
    const list = await sara.reads(sara.word('templates-title'));
    await sara.presses(list.message_id, sara.word('templates-button-add'));
    await sara.reads(sara.word('templates-ask').slice(0, 40));
    await sara.says('no sections');
    await sara.reads(sara.word('templates-not-understood'));
    await sara.says('Standup\n- Done: what was done\n- Plans');
    await sara.reads(sara.word('templates-added', { name: '\u2068Standup\u2069', max: 10 }));
    const { text } = await makes(sara, 'Standup');
    expect(text).toContain(`Standup\n\nDone\n0:00 ${said[language]}\n\nPlans\n–`);
    expect(model.calls.at(-1)?.data).toContain('Done: what was done');
    await sara.says('/templates');
    const { message_id } = await sara.reads('Standup\u2069: \u2068Done');
    await sara.presses(message_id, '🗑 \u2068Standup');
    await until(() => !sara.chat.get(message_id)?.text?.includes('Standup') || undefined);
    expect(await dabir.shared.database.minutesTemplate.count({ where: { userId: sara.id } })).toBe(0);
  });

  test('a form of another user can be neither used nor removed', async () => {
    const { templates } = dabir.shared;
    const sara = await dabir.person('Sara', language);
    const { status } = await transcribed(sara);
    const omid = await dabir.person('Omid', language);
    await transcribed(omid);
    await templates.add(omid.id, { name: 'Secret', sections: [{ title: 'One', instructions: '' }] });
    const [own] = await templates.entries(omid.id);
    await sara.unfolds(status);
    const data = sara.allData().find((each) => each.startsWith('understand:')) ?? '';
    const [, id] = data.split(':');
    expect(await sara.forges(status, `understand:${id}:minutes:own-${own?.id}`)).toBe(
      sara.word('answer-unknown'),
    );
    expect(await sara.forges(status, `templates:remove:${own?.id}`)).toBe(sara.word('answer-unknown'));
    expect(await templates.entries(omid.id)).toHaveLength(1);
  });
});

test('a form is a name and sections with instructions; anything else is none', () => {
  expect(readTemplate('Call\n• Needs: a, b: c\n\nNext step')).toEqual({
    name: 'Call',
    sections: [
      { title: 'Needs', instructions: 'a, b: c' },
      { title: 'Next step', instructions: '' },
    ],
  });
  for (const text of [
    '',
    'Call',
    `${'x'.repeat(41)}\nOne`,
    `Call\n${'One\n'.repeat(13)}`,
    'Call\n: what',
    '–\nOne',
  ])
    expect(readTemplate(text)).toBeNull();
});
