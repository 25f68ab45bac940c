import { z } from 'zod';
import type { Measured, SharedReadings } from '../../app/monitoring/readings.ts';
import type { Readings } from '../../app/monitoring/standstills.ts';
import { engineIds } from '../../domain/engine-names.ts';
import type { Database } from '../client.ts';

/** Maximum age of a report from a process that counts as alive, in seconds. */
const freshSeconds = 30;

/** Maximum number of unsent answers that are counted. */
const maxCounted = 100;

/** Measures and shares the readings for monitoring, in PostgreSQL. */
export function createSharedReadings(database: Database): SharedReadings {
  return {
    async latest() {
      const [row] = await database.query<{ readings: unknown; ageMs: number }[]>`
        SELECT readings, EXTRACT(EPOCH FROM clock_timestamp() - "takenAt")::float8 * 1000 AS "ageMs"
          FROM reading WHERE id = 1 AND readings IS NOT NULL`;
      if (row === undefined) return null;
      // Readings of another release may have another shape; they are then measured again.
      const kept = readingsSchema.safeParse(row.readings);
      return kept.success ? { readings: kept.data, ageMs: row.ageMs } : null;
    },
    async claim(everyMs) {
      const claimed = await database.execute`
        INSERT INTO reading (id, "claimedAt") VALUES (1, clock_timestamp())
        ON CONFLICT (id) DO UPDATE SET "claimedAt" = clock_timestamp()
         WHERE reading."claimedAt" <= clock_timestamp() - milliseconds(${everyMs})`;
      return claimed > 0;
    },
    async measure() {
      // Each part reads the first entry of an index, or a table that stays small: processes, their
      // reports, and the changes of the depth that are not folded yet.
      const [row] = await database.query<{ measured: unknown }[]>`
        WITH depths AS MATERIALIZED (
          SELECT engine, state, sum(files)::int AS files FROM depth GROUP BY engine, state
        ), reports AS MATERIALIZED (
          SELECT * FROM engine_report WHERE "reportedAt" > clock_timestamp() - make_interval(secs => ${freshSeconds})
        ), processes AS MATERIALIZED (
          SELECT * FROM process WHERE "seenAt" > clock_timestamp() - make_interval(secs => ${freshSeconds})
        )
        SELECT jsonb_build_object(
          'takenAt', clock_timestamp(),
          'aliveBots', (SELECT count(*) FROM processes WHERE role = 'bot'),
          'aliveWorkers', (SELECT count(*) FROM processes WHERE role = 'worker'),
          'disks', (SELECT COALESCE(jsonb_agg(jsonb_build_object('machine', machine, 'freeBytes', "freeBytes") ORDER BY machine), '[]')
                      FROM (SELECT split_part(name, ':', 1) AS machine, min("freeBytes") AS "freeBytes" FROM processes
                             WHERE role = 'worker' AND "freeBytes" IS NOT NULL GROUP BY 1) AS machines),
          'backupSeconds', (SELECT EXTRACT(EPOCH FROM clock_timestamp() - "endedAt") FROM backup ORDER BY id DESC LIMIT 1),
          'answers', jsonb_build_object(
            'unsent', (SELECT count(*) FROM (SELECT 1 FROM transcription WHERE "deliverAfter" IS NOT NULL LIMIT ${maxCounted}::int) AS counted),
            'oldestSeconds', (SELECT EXTRACT(EPOCH FROM clock_timestamp() - "unsentSince") FROM transcription
                               WHERE "deliverAfter" IS NOT NULL AND "unsentSince" IS NOT NULL ORDER BY "unsentSince" LIMIT 1)),
          'engines', (SELECT jsonb_agg(jsonb_build_object(
              'engine', name,
              'pending', (SELECT COALESCE(sum(files), 0) FROM depths WHERE engine = name AND state = 'PENDING'),
              'queued', (SELECT COALESCE(sum(files), 0) FROM depths WHERE engine = name AND state = 'QUEUED'),
              'processing', (SELECT COALESCE(sum(files), 0) FROM depths WHERE engine = name AND state = 'PROCESSING'),
              'oldestQueuedSeconds', oldest.seconds,
              'workers', jsonb_build_object(
                'ready', (SELECT count(*) FROM reports WHERE engine = name AND state = 'ready'),
                'preparing', (SELECT count(*) FROM reports WHERE engine = name AND state = 'preparing'),
                'resting', (SELECT count(*) FROM reports WHERE engine = name AND state = 'resting'),
                'paused', (SELECT count(*) FROM reports WHERE engine = name AND state = 'paused'),
                'unavailable', (SELECT count(*) FROM reports WHERE engine = name AND state = 'unavailable')),
              'openCircuits', (SELECT count(*) FROM reports WHERE engine = name AND "circuitOpenSince" IS NOT NULL),
              'circuitOpenSeconds', (SELECT EXTRACT(EPOCH FROM clock_timestamp() - min("circuitOpenSince")) FROM reports WHERE engine = name)
            ) ORDER BY place)
            FROM unnest(${engineIds}::text[]) WITH ORDINALITY AS engines (name, place)
            LEFT JOIN LATERAL (
              -- Compares in the order of the index and not with "=": the planner then chooses neither another index nor a sort of all queued rows.
              SELECT EXTRACT(EPOCH FROM clock_timestamp() - "queuedAt") AS seconds FROM (
                SELECT engine, "queuedAt" FROM transcription
                 WHERE state = 'QUEUED' AND (engine, "queuedAt") >= (name, '-infinity'::timestamptz)
                 ORDER BY engine, "queuedAt" LIMIT 1) AS first
               WHERE engine = name AND "queuedAt" <= clock_timestamp()) AS oldest ON true)
        ) AS measured`;
      return measuredSchema.parse(row?.measured);
    },
    async save(readings) {
      await database.execute`
        UPDATE reading SET readings = ${JSON.stringify(readings)}::jsonb, "takenAt" = clock_timestamp() WHERE id = 1`;
    },
  };
}

const date = z.string().transform((text) => new Date(text));
const seconds = z.number().nullable();

const engineSchema = z.object({
  engine: z.enum(engineIds),
  pending: z.number(),
  queued: z.number(),
  processing: z.number(),
  oldestQueuedSeconds: seconds,
  workers: z.object({
    ready: z.number(),
    preparing: z.number(),
    resting: z.number(),
    // Readings stored by a release before this state existed lack it.
    paused: z.number().default(0),
    unavailable: z.number(),
  }),
  openCircuits: z.number(),
  circuitOpenSeconds: seconds,
});

const answersSchema = z.object({ unsent: z.number(), oldestSeconds: seconds });

const measuredSchema: z.ZodType<Measured> = z.object({
  takenAt: date,
  aliveBots: z.number(),
  aliveWorkers: z.number(),
  disks: z.array(z.object({ machine: z.string(), freeBytes: z.number() })),
  backupSeconds: seconds,
  answers: answersSchema,
  engines: z.array(engineSchema),
});

const processSchema = z.object({ alive: z.number(), absentSeconds: seconds });

const readingsSchema: z.ZodType<Readings> = z.object({
  takenAt: date,
  engines: z.array(
    engineSchema.extend({
      idleSeconds: seconds,
      tokens: z.object({ waiting: z.number(), active: z.number() }).nullable(),
    }),
  ),
  bots: processSchema,
  workers: processSchema,
  answers: answersSchema,
  fullDisks: z.array(z.object({ machine: z.string(), freeBytes: z.number(), seconds: z.number() })),
  updates: z
    .object({
      pending: z.number(),
      stuckSeconds: seconds,
      lastError: z.object({ at: date, message: z.string() }).nullable(),
    })
    .nullable(),
  telegramAwaySeconds: seconds,
  tokensAwaySeconds: seconds,
  backupSeconds: seconds,
});
