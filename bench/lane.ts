/**
 * `npm run bench:lane`: what one file costs the lane (submit, choose with promote, claim, heartbeat, finish) while
 * 1,000 to 1,000,000 others wait, spread over many people or piled on one. Prints a table, writes bench/results/lane.json.
 * Figures of one run belong together: compare within a run.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts';
import { type Database, openDatabase } from '../src/store/client.ts';
import { createLanes } from '../src/store/lanes.ts';
import { migrate } from '../src/store/migrate.ts';
import { patientLanes, submitted, upload } from '../tests/support/uploads.ts';

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const spreads = { 'many people': (waiting: number) => Math.ceil(waiting / 10), 'one person': () => 1 };
const rounds = 400;

const dataDir = fileURLToPath(new URL('../.data/bench-lane', import.meta.url));
await rm(dataDir, { recursive: true, force: true });
await mkdir(dataDir, { recursive: true });
const server = await startEmbeddedPostgres(dataDir);
await migrate(server.url);
const database = openDatabase(server.url, 4);
const results = [];
try {
  for (const [spread, people] of Object.entries(spreads)) {
    for (const waiting of sizes) {
      await fill(database, waiting, people(waiting));
      const result = { spread, waiting, ...(await measure(spread === 'one person')) };
      results.push(result);
      console.log(
        `${spread.padEnd(12)} ${waiting.toLocaleString('en').padStart(9)} waiting   ` +
          `a file p50 ${result.p50.toFixed(2)} ms  p95 ${result.p95.toFixed(2)} ms   buffers ${result.buffers}`,
      );
    }
  }
  const base = results.filter(({ waiting }) => waiting === sizes[0]);
  for (const { spread, waiting, p50 } of results) {
    const ratio = p50 / (base.find((one) => one.spread === spread)?.p50 ?? p50);
    console.log(
      `${spread.padEnd(12)} ${waiting.toLocaleString('en').padStart(9)}: ${ratio.toFixed(2)} times 1,000`,
    );
  }
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('lane.json', folder), `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await database.$disconnect();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** Files that wait: each person has one QUEUED and the rest PENDING. Written without triggers, which would take long. */
async function fill(db: Database, waiting: number, people: number): Promise<void> {
  await db.$executeRaw`TRUNCATE "user", chat CASCADE`;
  const statements = [
    `INSERT INTO "user" (id, "firstName") SELECT g, 'p' FROM generate_series(1, ${people}) g`,
    `INSERT INTO chat (id, type) SELECT g, 'private' FROM generate_series(1, ${people}) g`,
    `INSERT INTO lane ("userId", "nextSeq", waiting) SELECT g, ${Math.ceil(waiting / people) + 1}, ${Math.ceil(waiting / people) - 1} FROM generate_series(1, ${people}) g`,
    `INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId", "sentAt", engine)
     SELECT 1 + (g - 1) % ${people}, 1 + (g - 1) / ${people}, (CASE WHEN g <= ${people} THEN 'QUEUED' ELSE 'PENDING' END)::transcription_state,
            'fill-' || g, 1 + (g - 1) % ${people}, g, 'voice', 'f', 'u', now(), 'local' FROM generate_series(1, ${waiting}) g`,
    `UPDATE lane SET "activeId" = t.id, fence = 1, "leaseUntil" = now() + interval '1 day' FROM transcription t WHERE t."userId" = lane."userId" AND t.state = 'QUEUED'`,
  ];
  await db.$transaction(
    [`SET LOCAL session_replication_role = replica`, ...statements].map((sql) => db.$executeRawUnsafe(sql)),
    { timeout: 600_000 } as never,
  );
  await db.$executeRawUnsafe('VACUUM ANALYZE');
  // Writing the fill to the disk is not part of what is measured.
  await db.$executeRawUnsafe('CHECKPOINT');
}

/** One file after another, each from its arrival to its end, by a person of its own or behind everybody's files. */
async function measure(piled: boolean) {
  const lanes = createLanes(database, { ...patientLanes, dispatchMs: 86_400_000 });
  const times: number[] = [];
  // On the piled lane the active file is finished to let the next go on, as a worker would.
  let active = piled ? await activeOf(1) : null;
  for (let round = 0; round < rounds; round += 1) {
    const user = piled ? 1 : 5_000_000 + round;
    const start = performance.now();
    const { id } = await submitted(lanes, upload({ user, messageId: 10_000_000 + round }));
    const choice = await lanes.choose(id, user, 'local');
    const token = piled ? active : choice.outcome === 'chosen' ? choice.next : null;
    const job = token && (await lanes.claim(token, 'bench'));
    if (!job) throw new Error('nothing to claim');
    await lanes.heartbeat(job);
    const { next } = await lanes.finish(job, {
      state: 'COMPLETED',
      durationSeconds: 5,
      transcript: { language: 'fa', languageProbability: null, segments: [] },
      deliveries: [{ kind: 'text', part: 0, payload: { text: 'x' } }],
    });
    if (round >= rounds / 10) times.push(performance.now() - start);
    active = next;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), buffers: await promoteBuffers() };
}

async function activeOf(user: number) {
  const lane = await database.lane.findUniqueOrThrow({ where: { userId: user } });
  return { id: Number(lane.activeId), fence: lane.fence, engine: 'local' as const };
}

/** Pages touched to find the next file of the first person's lane. */
async function promoteBuffers(): Promise<number> {
  const rows = await database.$queryRawUnsafe<{ 'QUERY PLAN': unknown }[]>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT t.* FROM transcription t
      WHERE t."userId" = 1 AND t.state = 'PENDING' ORDER BY t.seq LIMIT 1`,
  );
  const plans = rows[0]?.['QUERY PLAN'] as { Plan: Record<string, number> }[] | undefined;
  const plan = plans?.[0]?.Plan;
  return (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0);
}
