import { z } from 'zod';
import type { Notice, Watch } from '../../app/monitoring/notify-admins.ts';
import { standstillCodes } from '../../app/monitoring/standstills.ts';
import type { AccessRules } from '../../domain/account.ts';
import { isEngineId } from '../../domain/engine-names.ts';
import type { Database } from '../client.ts';

/** Time after which an admin is notified again of a standstill that lasts, in seconds. */
const repeatSeconds = 3_600;

/**
 * Time for which a standstill has to be gone before it is over, in seconds. It is longer than the
 * two minutes that a condition needs to be detected again after all processes have restarted.
 */
const overSeconds = 180;

/** Maximum number of notices returned at a time. */
const maxDue = 100;

/**
 * Stores the watch for standstills in PostgreSQL.
 * @param access ids of users who are admins by configuration, independent of the database
 */
export function createWatch(database: Database, { adminIds }: Pick<AccessRules, 'adminIds'>): Watch {
  const admins = [...adminIds];
  return {
    async lease(holder, watchLeaseMs) {
      const [row] = await database.query<{ fence: number }[]>`
        UPDATE watch SET fence = fence + (holder <> ${holder})::int, holder = ${holder},
               "leaseUntil" = clock_timestamp() + milliseconds(${watchLeaseMs})
         WHERE id = 1 AND (holder = ${holder} OR "leaseUntil" < clock_timestamp()) RETURNING fence`;
      return row?.fence ?? null;
    },
    async leave(holder) {
      await database.execute`
        UPDATE watch SET "leaseUntil" = clock_timestamp() - interval '1 second' WHERE id = 1 AND holder = ${holder}`;
    },
    async recordStandstills(fence, found) {
      const rows = found.map(({ code, engine, machine, sinceSeconds, waitingCount }) => ({
        code,
        engine: engine ?? '',
        machine: machine ?? '',
        sinceSeconds,
        waiting: waitingCount,
      }));
      const [row] = await database.query<[{ held: boolean; stands: boolean }]>`
        WITH held AS (
          -- Locked, so that no other process takes over in between.
          SELECT fence FROM watch WHERE id = 1 AND fence = ${fence} FOR UPDATE
        ), found AS (
          SELECT f.* FROM held, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
                       AS f(code text, engine text, machine text, "sinceSeconds" float8, waiting int)
        ), standing AS (
          INSERT INTO standstill (code, engine, machine, "begunAt", waiting)
          SELECT code, engine, machine, clock_timestamp() - make_interval(secs => "sinceSeconds"), waiting FROM found
          ON CONFLICT (code, engine, machine) DO UPDATE SET waiting = EXCLUDED.waiting, "goneSince" = NULL
        ), gone AS (
          UPDATE standstill s SET "goneSince" = clock_timestamp() FROM held
           WHERE s."goneSince" IS NULL AND NOT EXISTS (
             SELECT FROM found f WHERE (f.code, f.engine, f.machine) = (s.code, s.engine, s.machine))
        )
        SELECT EXISTS (SELECT FROM held) AS held,
               EXISTS (SELECT FROM found) OR EXISTS (SELECT FROM standstill) AS stands`;
      if (!row.held) return 'lost';
      return row.stands ? 'standing' : 'quiet';
    },
    async due() {
      const rows = await database.query<Row[]>`
        WITH admins AS (
          SELECT id, "languageCode" FROM "user"
           WHERE role = 'ADMIN' AND "blockedAt" IS NULL AND COALESCE("alertsMutedUntil" < now(), true)
          UNION
          SELECT admin, u."languageCode" FROM unnest(${admins}::bigint[]) AS admin LEFT JOIN "user" u ON u.id = admin
           WHERE COALESCE(u."alertsMutedUntil" < now(), true)
        ), standing AS (
          SELECT *, COALESCE("goneSince" < clock_timestamp() - make_interval(secs => ${overSeconds}), false) AS "isOver" FROM standstill
        )
        SELECT s.id, s.code, s.engine, s.machine, s.waiting, s."begunAt", a.id AS "userId", a."languageCode",
               EXTRACT(EPOCH FROM COALESCE(s."goneSince", clock_timestamp()) - s."begunAt")::float8 AS "sinceSeconds",
               CASE WHEN s."isOver" THEN 'over' WHEN n."toldAt" IS NULL THEN 'begun' ELSE 'lasts' END AS kind
          FROM standing s CROSS JOIN admins a
          LEFT JOIN standstill_notice n ON n."standstillId" = s.id AND n."userId" = a.id
         WHERE CASE WHEN s."isOver" THEN n."toldAt" IS NOT NULL
                    -- A standstill that may be over is not repeated.
                    ELSE s."goneSince" IS NULL
                         AND COALESCE(n."toldAt" <= clock_timestamp() - make_interval(secs => ${repeatSeconds}), true) END
         ORDER BY s.id, a.id LIMIT ${maxDue}::int`;
      return rows.flatMap(toNotice);
    },
    async told(fence, { id, kind, to }) {
      const held = await database.execute`
        WITH held AS (
          SELECT FROM watch WHERE id = 1 AND fence = ${fence} FOR UPDATE
        ), ended AS (
          DELETE FROM standstill_notice USING held
           WHERE "standstillId" = ${id}::bigint AND "userId" = ${to.id}::bigint AND ${kind} = 'over'
        )
        INSERT INTO standstill_notice ("standstillId", "userId", "toldAt")
        SELECT s.id, ${to.id}::bigint, clock_timestamp() FROM held, standstill s WHERE s.id = ${id}::bigint AND ${kind} <> 'over'
        ON CONFLICT ("standstillId", "userId") DO UPDATE SET "toldAt" = EXCLUDED."toldAt"`;
      return held > 0 || kind === 'over';
    },
    async forget(fence, unsent) {
      const ids = unsent.map(({ id }) => id);
      await database.execute`
        DELETE FROM standstill s USING watch w
         WHERE w.id = 1 AND w.fence = ${fence} AND s."goneSince" < clock_timestamp() - make_interval(secs => ${overSeconds})
           -- An admin who could not be notified of the end for an hour is no longer notified.
           AND (NOT s.id = ANY(${ids}::bigint[]) OR s."goneSince" < clock_timestamp() - make_interval(secs => ${repeatSeconds}))`;
    },
    async mute(userId, forMs) {
      const changed = await database.execute`
        UPDATE "user" SET "alertsMutedUntil" = now() + milliseconds(${forMs}) WHERE id = ${userId}::bigint`;
      return changed > 0;
    },
  };
}

type Row = {
  id: bigint;
  code: string;
  engine: string;
  machine: string;
  waiting: number | null;
  begunAt: Date;
  userId: bigint;
  languageCode: string | null;
  sinceSeconds: number;
  kind: Notice['kind'];
};

const codeSchema = z.enum(standstillCodes);

/**
 * Returns the notice of a row; none for a condition that only another release knows, whose own
 * processes send it.
 */
function toNotice(row: Row): Notice[] {
  const code = codeSchema.safeParse(row.code);
  if (!code.success) return [];
  const {
    id,
    engine,
    machine,
    waiting: waitingCount,
    begunAt,
    userId,
    languageCode,
    sinceSeconds,
    kind,
  } = row;
  return [
    {
      id: Number(id),
      kind,
      begunAt,
      standstill: {
        code: code.data,
        engine: isEngineId(engine) ? engine : null,
        machine: machine === '' ? null : machine,
        sinceSeconds,
        waitingCount,
      },
      to: { id: Number(userId), languageCode },
    },
  ];
}
