import { type Finding, ok, skipped, wrong } from './finding.ts';

/**
 * Maximum clock difference, in ms. PostgreSQL counts leases (8 s by default); a larger difference shows users
 * wrong times.
 */
const maxSkewMs = 5_000;

/**
 * Compares this machine's clock with another one.
 * @param aheadMs the other clock's time minus that of this machine, in ms; null if unknown
 */
export function clockFinding(name: string, aheadMs: number | null): Finding {
  if (aheadMs === null) return skipped(name, 'the other clock is unknown');
  const seconds = Math.abs(aheadMs) / 1000;
  const text = `this machine is ${seconds.toFixed(1)} s ${aheadMs > 0 ? 'behind' : 'ahead'}`;
  return Math.abs(aheadMs) <= maxSkewMs
    ? ok(name, text)
    : wrong(
        name,
        text,
        'switch on time synchronisation on the machine whose clock is wrong (timedatectl set-ntp true)',
      );
}
