import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLanes } from '../../src/store/lanes.ts';
import { createOverview } from '../../src/store/overview.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 5);
});
afterAll(async () => {
  await database.close();
  await drop();
});

type Row = { readonly state: string; readonly kind: string; readonly files: number };
const inOrder = (rows: readonly Row[]) =>
  rows
    .filter(({ files }) => files !== 0)
    .toSorted((a, b) => `${a.state} ${a.kind}`.localeCompare(`${b.state} ${b.kind}`));

/** Returns the counts from the files themselves. */
const counted = () => database.query<Row[]>`
  SELECT state::text, CASE WHEN engine IS NULL THEN 'none' WHEN engine = 'local' THEN 'local' ELSE 'remote' END AS kind,
         count(*)::int AS files
    FROM transcription WHERE state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING') GROUP BY 1, 2`;

test('the depth of the queue equals a count of the files through every move, before and after it is folded', async () => {
  const lanes = createLanes(database, patientLanes);
  const overview = createOverview(database);
  for (let user = 1; user <= 20; user += 1) {
    for (let file = 0; file < 4; file += 1) {
      const { id } = await submitted(lanes, upload({ user }));
      if (file === 0) continue;
      const choice = await lanes.choose(id, user, user % 3 === 0 ? 'vira' : 'local');
      if (file === 1 && choice.outcome === 'chosen' && choice.next)
        await lanes.claim(choice.next, 'a worker');
      if (file === 2 && user % 2 === 0) await lanes.cancel(id, user);
      if (file === 3 && user % 5 === 0) await lanes.delete(id, user);
    }
  }
  const expected = inOrder(await counted());
  expect(expected.length).toBeGreaterThan(4);
  expect(inOrder(await overview.depth())).toEqual(expected);

  // With several folds at once, each change counts once.
  await Promise.all([overview.foldDepth(), overview.foldDepth(), overview.foldDepth()]);
  expect(inOrder(await overview.depth())).toEqual(expected);
  expect(await database.depth.count()).toBeLessThan(100);
});
