import { type Finding, ok, skipped, wrong } from './finding.ts';

/** Leases are 8 s by default and counted by PostgreSQL; a clock that is this far off confuses what people are shown. */
const mostSkewMs = 5_000;

/**
 * Holds this machine's clock against another one.
 * @param aheadMs the other one's time minus ours, in milliseconds; null: it did not tell
 */
export function clockFinding(name: string, aheadMs: number | null): Finding {
  if (aheadMs === null) return skipped(name, 'the time was not told');
  const seconds = Math.abs(aheadMs) / 1000;
  const text = `this machine is ${seconds.toFixed(1)} s ${aheadMs > 0 ? 'behind' : 'ahead'}`;
  return Math.abs(aheadMs) <= mostSkewMs
    ? ok(name, text)
    : wrong(
        name,
        text,
        'switch on time synchronisation on the machine whose clock is wrong (timedatectl set-ntp true)',
      );
}
