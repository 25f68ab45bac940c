import type { DrillReport } from './drill.ts';

/** Findings that have to be 0. */
const faults = [
  ['lost', 'lost'],
  ['twice in the database', 'twiceInDatabase'],
  ['overtaken, or two active', 'overtakenOrTwoActive'],
  ['FAILED through no fault of the file', 'failed'],
  ['answers not whole', 'incomplete'],
  ['doubled messages that no kill explains', 'doubled'],
  ['stale lines that no kill explains', 'stale'],
  ['repeated engine calls that no kill explains', 'repeatedCalls'],
  ['workers that took no file after a blow', 'deaf'],
  ['processes that are not ready at the end', 'notReady'],
] as const satisfies readonly (readonly [string, keyof DrillReport])[];

/** What a kill may cause: at most one doubled message each. */
const explained = [
  ['doubled messages explained by a kill', 'doubledByKill'],
  ['stale lines explained by a kill', 'staleByKill'],
  ['repeated engine calls explained by a kill', 'repeatedCallsByKill'],
] as const satisfies readonly (readonly [string, keyof DrillReport])[];

/** Returns true when a drill found no unexplained fault. */
export function isClean(report: DrillReport): boolean {
  return faults.every(([, key]) => report[key].length === 0) && report.doubledByKill.length <= report.kills;
}

/** Prints the figures, and the first cases of each fault. */
export function print(report: DrillReport): void {
  console.log(
    `${report.notes} recordings in ${report.seconds} s, ${report.kills} kills of Dabir's processes`,
  );
  for (const [name, count] of Object.entries(report.struck)) console.log(`  ${count} × ${name}`);
  for (const [name, key] of [...faults, ...explained]) {
    console.log(`${String(report[key].length).padStart(5)}  ${name}`);
    for (const one of report[key].slice(0, 8)) console.log(`         ${one}`);
  }
}
