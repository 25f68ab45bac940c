import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createEngines } from '../../src/engines/registry.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { engineSettings } from '../../src/runtime/engine-settings.ts';

/** Builds the engines that the variables configure, and returns the warnings in the log. */
async function warningsOf(env: Readonly<Record<string, string>>): Promise<string[]> {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const engines = createEngines(engineSettings(loadConfig(env)), log);
  await Promise.all(engines.map((engine) => engine.close()));
  return lines.map((line) => JSON.parse(line).msg);
}

test('the end of OpenAI’s models is said once, for each engine that has one', async () => {
  const end = 'OpenAI ends whisper-1 on 2027-02-26; gpt-transcribe replaces it, without times and speakers';
  expect(await warningsOf({ OPENAI_API_KEY: 'key' })).toEqual([end]);
  expect(await warningsOf({ SCRIBE_TOKEN: 'token', SCRIBE_MODEL: 'openai/whisper-1' })).toEqual([end]);
});

test('nothing is said of a model that goes on, and of somebody’s own server', async () => {
  expect(await warningsOf({ OPENAI_API_KEY: 'key', OPENAI_MODEL: 'gpt-transcribe' })).toEqual([]);
  expect(await warningsOf({ OPENAI_BASE_URL: 'http://127.0.0.1:1', SCRIBE_TOKEN: 'token' })).toEqual([]);
});
