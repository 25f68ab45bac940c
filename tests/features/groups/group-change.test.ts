import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentFormats } from '../../../src/domain/document.ts';
import { readGroupChange } from '../../../src/features/groups/group-change.ts';

test('button data of a group’s settings parses to an existing setting or to none', () => {
  expect(readGroupChange('automatic', 'on')).toEqual({ what: 'automatic', isOn: true });
  expect(readGroupChange('engine', 'own')).toEqual({ what: 'engine', engine: null });
  expect(readGroupChange('language', 'auto')).toEqual({ what: 'language', language: null });
  expect(readGroupChange('srt', 'off')).toEqual({ what: 'format', format: 'srt', isOn: false });
  const names = fc.oneof(
    fc.constantFrom('automatic', 'engine', 'language', 'srt', '__proto__', 'constructor'),
    fc.string(),
  );
  const values = fc.oneof(fc.constantFrom('on', 'off', 'own', 'auto', 'toString', 'valueOf'), fc.string());
  fc.assert(
    fc.property(names, values, (name, value) => {
      const change = readGroupChange(name, value);
      if (change?.what === 'format') expect(documentFormats).toContain(change.format);
      if (change?.what === 'automatic') expect(['on', 'off']).toContain(value);
    }),
  );
});
