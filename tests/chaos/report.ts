import type { ChaosReport } from './driver.ts';

/** Violations that are printed for each broken promise. */
const shown = 10;

/** Prints what was done and its results as one table, and the violations. */
export function print(report: ChaosReport): void {
  const { uploads, endings, blows, kills, retried, takenOver, violations } = report;
  console.table({
    uploads,
    ...endings,
    'tried again by their person': retried,
    ...blows,
    'kills in all': kills,
    'files taken over': takenOver,
    'stale commits refused': report.refusedCommits,
    'answers sent twice': report.duplicateAnswers,
    'bursts with one message': report.bursts.together,
    'bursts that became one document': report.bursts.bundled,
    'bursts asked about each by itself': report.bursts.separate,
    seconds: report.seconds,
    violations: violations.length,
  });
  for (const [promise, broken] of Map.groupBy(violations, ({ promise }) => promise)) {
    console.log(`BROKEN ${broken.length} times: ${promise}`);
    for (const { what } of broken.slice(0, shown)) console.log(`  ${what}`);
  }
}
