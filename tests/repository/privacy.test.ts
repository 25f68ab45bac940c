import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { freshDatabase, withDatabase } from '../support/databases.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Returns `table.column` of every column in schema.prisma; relations are no columns. */
function columnsOfSchema(): string[] {
  const schema = read('prisma/schema.prisma');
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  const names = new Set(models.map(([, name]) => name));
  return models.flatMap(([, , body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    return [...body.matchAll(/^ {2}(\w+)\s+(\w+)/gm)].flatMap(([, column, type]) =>
      names.has(type) ? [] : [`${table}.${column}`],
    );
  });
}

/**
 * Returns `table.column` of every column in the first table of docs/privacy.md, each with its description.
 */
function columnsOfDocument(): { name: string; purpose: string; duration: string }[] {
  const [, document = ''] = read('docs/privacy.md').split('| Table |');
  return [...document.matchAll(/^\| `(\w+)` \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm)].flatMap(
    ([, table, columns = '', purpose = '', duration = '']) =>
      [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => ({
        name: `${table}.${column}`,
        purpose: purpose.trim(),
        duration: duration.trim(),
      })),
  );
}

describe('docs/privacy.md', () => {
  const documented = columnsOfDocument();

  test('docs/privacy.md has an entry for every column, and none for a missing one', () => {
    expect(documented.map(({ name }) => name).toSorted()).toEqual(columnsOfSchema().toSorted());
  });

  test('docs/privacy.md states the purpose and the duration of each', () => {
    for (const { name, purpose, duration } of documented) {
      expect(purpose, name).toMatch(/\w{3}/);
      expect(duration, name).toMatch(/\w{3}/);
    }
  });

  test('docs/privacy.md has statements for an erasure that leave nothing of a user', async () => {
    const statements = /```sql\n([\s\S]*?)```/.exec(read('docs/privacy.md'))?.[1] ?? '';
    const { url, drop } = await freshDatabase();
    const person = 123_456_789;
    const left = await withDatabase(url, async (client) => {
      await client.query(`SELECT lane_submit($1)`, [
        {
          userId: person,
          firstName: 'Sara',
          chatId: person,
          chatType: 'private',
          uploadKey: 'k',
          messageId: 1,
          kind: 'voice',
          fileId: 'f',
          fileUniqueId: 'u',
          sentAtSeconds: 1,
          maxOpenFiles: 9,
          maxOpenSeconds: 999,
          timeZone: 'UTC',
          pickerOverdueMs: 15_000,
        },
      ]);
      await client.query(`INSERT INTO audit ("actorId", action, subject) VALUES (1, 'block', $1)`, [
        String(person),
      ]);
      await client.query(statements);
      const counts: number[] = [];
      for (const table of ['"user"', 'chat', 'lane', 'transcription', 'state_change', 'audit']) {
        const { rows } = await client.query(`SELECT count(*)::int AS rows FROM ${table}`);
        counts.push(rows[0].rows);
      }
      return counts;
    });
    await drop();
    expect(left).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
