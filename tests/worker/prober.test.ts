import { afterEach, expect, test } from 'vitest';
import type { Engine } from '../../src/domain/engine.ts';
import { createEbooEngine } from '../../src/engines/eboo.ts';
import { createOpenAiEngine } from '../../src/engines/openai.ts';
import { createPeriodicWork } from '../../src/runtime/periodic-work.ts';
import { startProber } from '../../worker/prober.ts';
import { startEbooService } from '../support/services/eboo-service.ts';
import { startOpenAiService } from '../support/services/openai-service.ts';
import { until } from '../support/until.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const settings = { model: '', pricePerMinute: null, timeoutMs: 5_000, maxParallelChunks: 1 };

/** Returns the log of these engines at a worker's start. */
async function logOf(...engines: Engine[]): Promise<object[]> {
  const lines: object[] = [];
  const write = (fields: object, message: string) => lines.push({ ...fields, message });
  const log = { info: write, warn: write, error: write, debug: () => undefined };
  const periodic = createPeriodicWork(log);
  startProber(periodic, engines, log);
  await until(() => lines.length >= engines.length);
  await periodic.stop();
  for (const engine of engines) await engine.close();
  return lines;
}

test('a worker asks for the remaining credit periodically, and logs it', async () => {
  const eboo = await startEbooService();
  const openai = await startOpenAiService();
  closing.push(eboo.close, openai.close);
  const lines = await logOf(
    createEbooEngine({ ...settings, token: eboo.key, baseUrl: eboo.url }),
    createOpenAiEngine({ ...settings, token: openai.key, baseUrl: openai.url }),
  );
  expect(lines).toContainEqual({ engine: 'eboo', credit: '7200 s', message: 'the service answers' });
  expect(lines).toContainEqual({ engine: 'openai', credit: null, message: 'the service answers' });
});

test('a wrong key is reported before the first file, and not repeated', async () => {
  const openai = await startOpenAiService();
  const eboo = await startEbooService();
  closing.push(openai.close, eboo.close);
  const lines = await logOf(
    createOpenAiEngine({ ...settings, token: 'wrong-key', baseUrl: openai.url }),
    createEbooEngine({ ...settings, token: 'wrong-key', baseUrl: eboo.url }),
  );
  for (const engine of ['openai', 'eboo']) {
    const words = { engine, code: 'engine_account', message: 'the service is not well' };
    expect(lines).toContainEqual(expect.objectContaining(words));
  }
  expect(JSON.stringify(lines)).not.toContain('wrong-key');
});
