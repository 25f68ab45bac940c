import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';
import { listTextFiles } from '../../src/texts/texts.ts';

/** Texts that are a name, a sign, a number or a link, and those whose variable is a Persian text itself. */
const withoutDirection = new Set([
  'admin-chat-quota-unlimited',
  'admin-database-state',
  'admin-kind-local',
  'admin-link',
  'admin-other-language',
  'button-bad',
  'button-bad-chosen',
  'button-good',
  'button-good-chosen',
  'button-less',
  'button-more',
  'document-heading',
  'document-numbered',
  'document-ranges-by',
  'history-number',
  'mydata-erase-page',
  'notice-begun',
  'number',
  'percent',
  'settings-language-en',
]);

/**
 * Returns the lines of Persian texts that Telegram would align left when each variable is an isolated Latin name: a
 * line takes its direction from its first letter or direction mark outside of isolates (UAX #9, P2).
 */
function leftAligned(file: string): string[] {
  const bundle = new FluentBundle('fa', { useIsolating: false });
  const resource = new FluentResource(readFileSync(file, 'utf8'));
  bundle.addResource(resource);
  return resource.body.flatMap((entry) => {
    const { id } = entry;
    const pattern = bundle.getMessage(id)?.value;
    if (pattern == null) return [];
    const names = JSON.stringify(entry).matchAll(/"type":"var","name":"(\w+)"/g);
    const variables = Object.fromEntries([...names].map(([, name = '']) => [name, '\u2068name\u2069']));
    const text = bundle.formatPattern(pattern, variables, []);
    return text
      .split('\n')
      .filter((line) => line.trim() !== '' && !startsRightToLeft(line))
      .map((line) => `${id}: ${line}`);
  });
}

function startsRightToLeft(line: string): boolean {
  const outside = line.replaceAll(/\u2068[^\u2069]*\u2069/g, '');
  const first = /[\p{L}\u200e\u200f]/u.exec(outside)?.[0] ?? '';
  return /[\p{Script=Arabic}\u200f]/u.test(first);
}

test('every Persian text is aligned right, also when it consists of names', () => {
  const lines = listTextFiles('fa').flatMap(leftAligned);
  expect(lines.filter((line) => !withoutDirection.has(line.split(':')[0] ?? ''))).toEqual([]);
});

test('every text that is left out of the check would be reported by it', () => {
  const reported = new Set(
    listTextFiles('fa')
      .flatMap(leftAligned)
      .map((line) => line.split(':')[0]),
  );
  expect([...withoutDirection].filter((id) => !reported.has(id))).toEqual([]);
});
