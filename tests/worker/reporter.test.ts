import { expect, test, vi } from 'vitest';
import type { EngineReport } from '../../src/app/ports/engine-reports.ts';
import type { Engine, EngineReadiness } from '../../src/domain/engine.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { startReporter } from '../../worker/reporter.ts';
import { periodicByHand } from '../support/periodic-by-hand.ts';

test('a worker reports all engines at once: at each change, and every 9 seconds without one', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const reported: (readonly EngineReport[])[] = [];
    let readiness: EngineReadiness = { state: 'ready' };
    let circuitOpenMs: number | null = null;
    let fails = false;
    const engines = (['local', 'vira'] as const).map(
      (id) => ({ profile: { ...localProfile, id }, readiness: () => readiness }) as Engine,
    );
    const { periodic, run } = periodicByHand();
    const circuit = {
      get openMs() {
        return circuitOpenMs;
      },
    };
    const unused = null as never;
    const reports = {
      async report(batch: readonly EngineReport[]) {
        if (fails) throw new Error('the database is away');
        reported.push(batch);
      },
    };
    startReporter(
      periodic,
      { reports: reports as never, lanes: unused, messenger: unused, log: unused },
      engines,
      new Map([['local', '5 $']]),
      new Map([['vira', circuit]]),
    );
    const batchesAfter = async (ms: number) => {
      vi.advanceTimersByTime(ms);
      await run();
      return reported.splice(0);
    };

    expect(await batchesAfter(0)).toMatchObject([
      [{ profile: { id: 'local' }, credit: '5 $', circuitOpenMs: null }, { profile: { id: 'vira' } }],
    ]);
    expect(await batchesAfter(3_000)).toEqual([]);
    expect(await batchesAfter(5_999)).toEqual([]);
    expect(await batchesAfter(1)).toHaveLength(1);

    readiness = { state: 'unavailable', cause: 'closing', reason: 'the worker ends' };
    expect(await batchesAfter(3_000)).toMatchObject([[{ readiness }, { readiness }]]);
    circuitOpenMs = 10;
    expect(await batchesAfter(3_000)).toHaveLength(1);
    // How long it is open is no news.
    circuitOpenMs = 3_010;
    expect(await batchesAfter(3_000)).toEqual([]);

    fails = true;
    await expect(batchesAfter(6_000)).rejects.toThrow('away');
    fails = false;
    expect(await batchesAfter(3_000)).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});
