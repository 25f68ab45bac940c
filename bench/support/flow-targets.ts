import type { measureFlood, measureSingles } from './measure-flow.ts';
import type { Form } from './stage.ts';

/** The targets of issue 4, "Must show" 4. */
const targets: Record<Form, { p50: number | null; filesPerSecond: Readonly<Record<string, number>> }> = {
  queue: { p50: 15, filesPerSecond: { PostgreSQL: 80, Redis: 150 } },
  voice: { p50: 40, filesPerSecond: { PostgreSQL: 50, Redis: 50 } },
  documents: { p50: null, filesPerSecond: { PostgreSQL: 20, Redis: 20 } },
};
const targetRoundTrips = 8;

/**
 * Figures of Dabir's predecessor, from an accepted upload to COMPLETED; it
 * made documents only on request.
 */
const oldDashboard: Partial<Record<Form, { p50: number; p95: number; filesPerSecond: number }>> = {
  queue: { p50: 8, p95: 9, filesPerSecond: 58 },
  voice: { p50: 193, p95: 201, filesPerSecond: 9 },
};

type One = Awaited<ReturnType<typeof measureSingles>>;
type Flood = Awaited<ReturnType<typeof measureFlood>>;

/** Returns the figures of one form beside their targets and the predecessor's, for `console.table`. */
export function besideTargets(form: Form, tokens: string, one: One, flood: Flood): Record<string, object> {
  const { p50, filesPerSecond } = targets[form];
  const old = oldDashboard[form];
  const row = (figure: number, target: number | null = null, before: number | undefined = undefined) => ({
    figure,
    target: target ?? '',
    'old dashboard': before ?? '',
  });
  return {
    'one file p50, ms': row(one.total.p50, p50, old?.p50),
    'one file p95, ms': row(one.total.p95, null, old?.p95),
    'files per second': row(flood.filesPerSecond, filesPerSecond[tokens], old?.filesPerSecond),
    'one file: round trips of Dabir': row(one.cost.needed.dabirRoundTrips, targetRoundTrips),
    'one file: round trips of BullMQ': row(one.cost.needed.bullmqRoundTrips),
    'one file: KB of WAL': row(one.cost.walKilobytes),
    'one file: Bot API calls': row(one.cost.callsPerFile),
    'round trips of Dabir per file': row(flood.dabirRoundTrips, targetRoundTrips),
    'round trips of BullMQ per file': row(flood.bullmqRoundTrips),
    'Bot API calls per file': row(flood.callsPerFile),
    'bot: ms of processor per file': row(flood.bot.cpuMs),
    'worker: ms of processor per file': row(flood.worker.cpuMs),
    'PostgreSQL: ms of processor per file': row(flood.postgresCpuMs),
    'bench: ms of processor per file': row(flood.benchCpuMs),
    'bot: MB': row(flood.bot.megabytes),
    'worker: MB': row(flood.worker.megabytes),
  };
}
