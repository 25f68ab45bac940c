import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  accountTables,
  fileTables,
  otherTables,
} from '../../../src/features/my-data/store/personal-tables.ts';

test('every table is in the export of a user, or listed as one that is not, with the reason', () => {
  const schema = readFileSync(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8');
  const tables = [...schema.matchAll(/^model \w+ \{\n[\s\S]*?@@map\("(\w+)"\)/gm)].map(([, table]) => table);
  const named = [accountTables, fileTables, otherTables].flatMap((list) => Object.keys(list));
  expect(named.toSorted()).toEqual(tables.toSorted());
});
