import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Circuit, createCircuit, withCircuit } from '../../../src/app/run/circuit.ts';
import { DabirError } from '../../../src/domain/errors.ts';
import { JobAborted } from '../../../src/domain/job-aborted.ts';
import { audio, hooks, plain } from '../../support/local-transcribers.ts';
import { ScriptedEngine } from '../../support/scripted-engine.ts';

const restMs = 30_000;
let changes: Circuit['state'][];
let circuit: Circuit;

beforeEach(() => {
  vi.useFakeTimers();
  changes = [];
  circuit = createCircuit((state) => changes.push(state), restMs);
});
afterEach(() => {
  circuit.stop();
  vi.useRealTimers();
});

const fail = (times: number) => {
  for (let time = 0; time < times; time += 1) circuit.failed();
};

describe('the circuit of an engine', () => {
  test('the circuit of an engine stays closed after single failures', () => {
    for (let round = 0; round < 20; round += 1) {
      fail(4);
      circuit.succeeded();
    }
    expect(changes).toEqual([]);
  });

  test('the circuit of an engine opens after five failures in a row, and lets one file through after a rest', () => {
    fail(5);
    expect(circuit.state).toBe('open');
    vi.advanceTimersByTime(restMs - 1);
    expect(circuit.state).toBe('open');
    vi.advanceTimersByTime(1);
    expect(circuit.state).toBe('half-open');
    circuit.succeeded();
    expect(changes).toEqual(['open', 'half-open', 'closed']);
  });

  test('the circuit of an engine doubles its rest after each failed trial, up to five minutes', () => {
    fail(5);
    for (const seconds of [30, 60, 120, 240, 300, 300]) {
      vi.advanceTimersByTime(seconds * 1000 - 1);
      expect(circuit.state).toBe('open');
      vi.advanceTimersByTime(1);
      expect(circuit.state).toBe('half-open');
      circuit.failed();
    }
  });

  test('the circuit of an engine is not kept open longer by files that started before it opened', () => {
    fail(8);
    vi.advanceTimersByTime(restMs);
    expect(circuit.state).toBe('half-open');
  });

  test('the circuit of an engine reports how long it has been open or half-open, across failed trials', () => {
    expect(circuit.openMs).toBeNull();
    fail(5);
    vi.advanceTimersByTime(restMs);
    expect(circuit.state).toBe('half-open');
    expect(circuit.openMs).toBe(restMs);
    circuit.failed();
    vi.advanceTimersByTime(2 * restMs);
    expect(circuit.openMs).toBe(3 * restMs);
    circuit.succeeded();
    expect(circuit.openMs).toBeNull();
    fail(5);
    vi.advanceTimersByTime(1_000);
    expect(circuit.openMs).toBe(1_000);
  });

  test('the circuit of an engine closes at once when a file that started before succeeds', () => {
    fail(5);
    circuit.succeeded();
    vi.advanceTimersByTime(10 * restMs);
    expect(changes).toEqual(['open', 'closed']);
  });
});

describe('an engine behind its circuit', () => {
  const listen = async (engine: ScriptedEngine, signal = new AbortController().signal) =>
    withCircuit(engine, circuit)
      .transcribe(audio(''), plain, hooks({ signal }))
      .catch(() => undefined);

  test('an engine behind its circuit gets no files while the circuit is open', async () => {
    const engine = new ScriptedEngine();
    const fails = new DabirError('engine_failed', 'status 500');
    engine.next(...Array.from({ length: 5 }, () => ({ fails })));
    for (let file = 0; file < 5; file += 1) await listen(engine);
    expect(withCircuit(engine, circuit).readiness()).toEqual({ state: 'resting' });
    vi.advanceTimersByTime(restMs);
    expect(withCircuit(engine, circuit).readiness()).toEqual({ state: 'ready' });
    await listen(engine);
    expect(circuit.state).toBe('closed');
  });

  test.each([
    ['refuses a file', new DabirError('engine_rejected', 'status 415'), undefined],
    ['is stopped by a user', new DabirError('engine_failed', 'aborted'), new JobAborted('cancel')],
    ['is stopped by a deploy', new DabirError('engine_failed', 'aborted'), new JobAborted('shutdown')],
  ])('an engine behind its circuit does not count as failing when it %s', async (_, fails, reason) => {
    const engine = new ScriptedEngine();
    const controller = new AbortController();
    if (reason) controller.abort(reason);
    engine.next(...Array.from({ length: 10 }, () => ({ fails })));
    for (let file = 0; file < 10; file += 1) await listen(engine, controller.signal);
    expect(circuit.state).toBe('closed');
  });

  test('an engine behind its circuit counts as failing when it hangs', async () => {
    const engine = new ScriptedEngine();
    const controller = new AbortController();
    controller.abort(new JobAborted('deadline'));
    engine.next(...Array.from({ length: 5 }, () => ({ fails: new DabirError('engine_failed', 'aborted') })));
    for (let file = 0; file < 5; file += 1) await listen(engine, controller.signal);
    expect(circuit.state).toBe('open');
  });
});
