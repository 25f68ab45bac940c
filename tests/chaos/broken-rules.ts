import pg from 'pg';

/** Rules of the lane that a run can break on purpose. */
export const rules = ['fence', 'slot'] as const;
export type Rule = (typeof rules)[number];

/** What a run can break: a rule, or `deaf`: workers that start while Redis is down never take a file. */
export const breakages = [...rules, 'deaf'] as const;
export type Breakage = (typeof breakages)[number];

/** Returns true for what is broken in the database, not in the processes. */
export function isRule(breakage: Breakage): breakage is Rule {
  return breakage !== 'deaf';
}

/**
 * Removes one rule from a database: `fence` (a write with an old fence is refused) or `slot` (one file of a
 * user is active).
 */
export async function breakRule(databaseUrl: string, rule: Rule): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    if (rule === 'slot') {
      await client.query('DROP INDEX transcription_one_active');
      await rewrite(client, 'lane_promote', ` AND "activeId" IS NULL`, '');
      return;
    }
    for (const name of ['lane_claim', 'lane_heartbeat', 'lane_finish', 'lane_requeue']) {
      await rewrite(client, name, ` AND fence = p_fence`, '');
    }
    // Without the fence, this is what remains of the guard against stale claims.
    await rewrite(client, 'lane_claim', ` AND state::text = 'QUEUED'`, '');
  } finally {
    await client.end();
  }
}

async function rewrite(client: pg.Client, name: string, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ source: string }>(
    `SELECT pg_get_functiondef($1::regproc) AS source`,
    [name],
  );
  const source = rows[0]?.source ?? '';
  if (!source.includes(from)) throw new Error(`${name} has no "${from}" to take out`);
  await client.query(source.replaceAll(from, to));
}
