/** What Docker Compose gives to each container, by its own rules, and what the program reads from it. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { type Config, variableNames } from '../../src/runtime/config-schema.ts';
import { composeVariables } from '../../src/runtime/variable-names.ts';
import { containerEnvironment, imageEnvironment, parseCompose } from './compose.ts';
import { stagesOf } from './dockerfile.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(join(checkout, name), 'utf8');
const dockerfile = read('Dockerfile');
const { services } = parseCompose(read('compose.yml'));
const ours = ['bot', 'worker', 'worker-local'];

const secretFiles = {
  'bot-token': '123456789:AA-from-a-file-not-a-real-token',
  'database-url': 'postgresql://dabir:from-a-file@postgres:5432/dabir',
  'metrics-token': 'metrics-token-from-a-file',
};
let secrets: string;
beforeAll(async () => {
  secrets = await mkdtemp(join(tmpdir(), 'dabir-secrets-'));
  for (const [name, value] of Object.entries(secretFiles)) await writeFile(join(secrets, name), value);
});
afterAll(() => rm(secrets, { recursive: true, force: true }));

/** Returns the environment of a service's container; /run/secrets is a folder of the test. */
function environmentOf(name: string, dotEnv: string | null): Record<string, string> {
  const service = services[name] ?? {};
  const image = imageEnvironment(dockerfile, service.build?.target ?? '');
  return Object.fromEntries(
    Object.entries(containerEnvironment(service, image, dotEnv)).map(([variable, value]) => [
      variable,
      value.replace('/run/secrets', secrets),
    ]),
  );
}
const configOf = (name: string, dotEnv: string | null) =>
  requireRole(loadConfig(environmentOf(name, dotEnv)));

/** A value other than the default for every variable; a new variable has to be added here. */
const written: Readonly<Record<keyof Config, string>> = {
  BOT_TOKEN: '',
  DATABASE_URL: '',
  METRICS_TOKEN: '',
  TELEGRAM_API_ROOT: 'http://bot-api:8081',
  TELEGRAM_DOWNLOAD_LIMIT_MB: '1999',
  TELEGRAM_LIMITS: 'off',
  REDIS_URL: 'redis://:password@redis.example.org:6380',
  DATA_DIR: '/home/somebody/dabir',
  UPDATES: 'webhook',
  PUBLIC_URL: 'https://dabir.example.org',
  WEBHOOK_SECRET: 'a-secret-of-the-webhook',
  TRUSTED_PROXIES: '10.1.2.3',
  ALLOW_PLAIN_HTTP: 'false',
  ADMIN_SEES_TRANSCRIPTS: 'true',
  WORKER_WEB_PORT: '8787',
  WEB_HOST: '127.0.0.1',
  WEB_PORT: '8788',
  PLAYGROUND_HOST: '127.0.0.2',
  PLAYGROUND_PORT: '8586',
  WORKER_LOCAL: '3',
  WORKER_REMOTE: '17',
  LOCAL_PYTHON: '/usr/bin/python3.12',
  LOCAL_MODEL: 'tiny',
  LOCAL_LANGUAGE_MODELS: 'fa=shenava-rizeh, ckb=whisper',
  LOCAL_FORBIDDEN_MODELS: 'omnilingual-300m',
  LOCAL_AGREED_LICENCES: 'shenava-rizeh',
  LOCAL_COMPUTE_TYPE: 'float32',
  LOCAL_THREADS: '2',
  LOCAL_IDLE_MINUTES: '45',
  SPEAKERS: 'off',
  HF_ENDPOINT: 'https://mirror.example.org',
  EBOO_TOKEN: 'eboo-token',
  EBOO_BASE_URL: 'https://eboo.example.org',
  EBOO_PRICE_PER_MINUTE: '100',
  EBOO_TIMEOUT_SECONDS: '61',
  EBOO_PARALLEL: '5',
  SCRIBE_TOKEN: 'scribe-token',
  SCRIBE_BASE_URL: 'https://scribe.example.org',
  SCRIBE_MODEL: 'scribe_v1',
  SCRIBE_PRICE_PER_MINUTE: '0.1',
  SCRIBE_TIMEOUT_SECONDS: '62',
  SCRIBE_PARALLEL: '6',
  VIRA_TOKEN: 'vira-token',
  VIRA_BASE_URL: 'https://vira.example.org',
  VIRA_MODEL: 'telephony',
  VIRA_PRICE_PER_MINUTE: '200',
  VIRA_TIMEOUT_SECONDS: '63',
  VIRA_PARALLEL: '7',
  OPENAI_API_KEY: 'openai-key',
  OPENAI_BASE_URL: 'https://openai.example.org',
  OPENAI_MODEL: 'whisper-2',
  OPENAI_PRICE_PER_MINUTE: '0.2',
  OPENAI_TIMEOUT_SECONDS: '64',
  OPENAI_PARALLEL: '8',
  ELEVENLABS_API_KEY: 'elevenlabs-key',
  ELEVENLABS_BASE_URL: 'https://elevenlabs.example.org',
  ELEVENLABS_MODEL: 'scribe_v3',
  ELEVENLABS_PRICE_PER_MINUTE: '0.3',
  ELEVENLABS_TIMEOUT_SECONDS: '65',
  ELEVENLABS_PARALLEL: '9',
  ELEVENLABS_DIARIZE: 'off',
  ELEVENLABS_KEYTERMS: 'off',
  ELEVENLABS_NO_VERBATIM: 'on',
  LINKS: 'off',
  LINK_MAX_MB: '201',
  YT_DLP: '/usr/local/bin/yt-dlp',
  MAX_DURATION_MINUTES: '241',
  DECODE_MEMORY_MB: '513',
  DECODE_TIMEOUT_SECONDS: '601',
  FFMPEG: 'program',
  MAX_ATTEMPTS: '4',
  MAX_LOSSES: '11',
  JOB_DEADLINE_MINUTES: '721',
  LEASE_SECONDS: '9',
  SHUTDOWN_GRACE_SECONDS: '20',
  ACCESS: 'allow-list',
  ALLOWED_IDS: '5, 6',
  ADMIN_IDS: '7',
  MAX_MINUTES_A_DAY: '60',
  MAX_MINUTES_A_MONTH: '600',
  MAX_OPEN_FILES: '501',
  MAX_OPEN_MINUTES: '3001',
  BURST_SECONDS: '11',
  HISTORY_DAYS: '31',
  KEEP_TRANSCRIPTS_DAYS: '30',
  TIME_ZONE: 'Europe/Berlin',
  BOT_PROFILE: 'off',
  LOG_LEVEL: 'debug',
  MISSPELLED_VARIABLES: 'warn',
};

/** What compose.yml sets regardless of `.env`, because its network needs it. */
const decided: Readonly<Record<string, Partial<Config>>> = Object.fromEntries(
  ours.map((name) => [
    name,
    {
      BOT_TOKEN: secretFiles['bot-token'],
      DATABASE_URL: secretFiles['database-url'],
      METRICS_TOKEN: secretFiles['metrics-token'],
      WEB_HOST: '0.0.0.0',
      WEB_PORT: 8686,
      DATA_DIR: '/data',
      ALLOW_PLAIN_HTTP: true,
      MISSPELLED_VARIABLES: 'refuse',
      ...(name !== 'bot' && { WORKER_WEB_PORT: 8686 }),
      ...(name === 'worker' && { WORKER_LOCAL: 0 }),
    } as const,
  ]),
);

describe.each(ours)('%s', (name) => {
  test('a service of compose.yml gets every variable of .env.example from .env', () => {
    expect(Object.keys(written).toSorted()).toEqual(variableNames.toSorted());
    const dotEnv = Object.entries(written)
      .map(([variable, value]) => `${variable}=${value}\n`)
      .join('');
    const usual: Record<string, unknown> = loadConfig({});
    const expected: Record<string, unknown> = { ...loadConfig(written), ...decided[name] };
    const config: Record<string, unknown> = configOf(name, dotEnv);
    for (const variable of variableNames) {
      expect(config[variable], variable).toEqual(expected[variable]);
      // A value that equals the default would be there without having been passed on.
      if (!(variable in (decided[name] ?? {})))
        expect(config[variable], variable).not.toEqual(usual[variable]);
    }
  });

  test('a service of compose.yml starts without .env, and with one in which every line is empty', () => {
    const empty = [...variableNames, ...composeVariables].map((variable) => `${variable}=\n`).join('');
    for (const dotEnv of [null, empty]) {
      const { UPDATES, ACCESS, TIME_ZONE, SHUTDOWN_GRACE_SECONDS, WORKER_LOCAL, REDIS_URL, TRUSTED_PROXIES } =
        configOf(name, dotEnv);
      expect({ UPDATES, ACCESS, TIME_ZONE, SHUTDOWN_GRACE_SECONDS, WORKER_LOCAL }).toEqual({
        UPDATES: null,
        ACCESS: 'open',
        TIME_ZONE: 'Asia/Tehran',
        SHUTDOWN_GRACE_SECONDS: 30,
        WORKER_LOCAL: name === 'worker' ? 0 : 1,
      });
      expect(TRUSTED_PROXIES).toEqual(['172.16.0.0/12', '192.168.0.0/16']);
      expect(REDIS_URL).toBe(dotEnv === null ? 'redis://redis:6379' : null);
    }
  });

  test('a service of compose.yml refuses a misspelled ACCESS instead of running open to everybody', () => {
    expect(() => configOf(name, 'ACESS=allow-list\n')).toThrow('did you mean ACCESS?');
  });

  test('a service of compose.yml reads a service’s key from a file in ./secrets, and refuses to choose between two', async () => {
    await writeFile(join(secrets, 'eboo'), 'eboo-token-from-a-file\n');
    expect(configOf(name, 'EBOO_TOKEN_FILE=/run/secrets/eboo\n').EBOO_TOKEN).toBe('eboo-token-from-a-file');
    expect(() => configOf(name, 'DATABASE_URL=postgresql://localhost/dabir\n')).toThrow(
      'DATABASE_URL and DATABASE_URL_FILE are both set',
    );
    expect(services[name]?.volumes).toContainEqual(
      expect.objectContaining({ source: './secrets', target: '/run/secrets' }),
    );
  });

  test('a service of compose.yml has a memory limit, and an image that is built from a target of its own name', () => {
    const { build, image, deploy } = services[name] ?? {};
    expect(deploy?.resources?.limits?.memory).toMatch(/^\$\{[A-Z_]+_MEMORY:-\d+[MG]\}$/);
    expect([image, build?.target]).toEqual(
      name === 'worker-local' ? ['dabir-local', 'local'] : ['dabir', 'remote'],
    );
    expect(stagesOf(dockerfile).map((stage) => stage.name)).toContain(build?.target);
  });
});

test('every image of compose.yml that is not ours has a digest, except the one that could not be verified', () => {
  const others = Object.entries(services).filter(([name]) => !ours.includes(name));
  const unpinned = others.filter(
    ([, { image = '' }]) => !/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/.test(image),
  );
  expect(['bot-api']).toEqual(expect.arrayContaining(unpinned.map(([name]) => name)));
  const bases = stagesOf(dockerfile).map(({ base }) => base);
  const isStage = (base: string) => stagesOf(dockerfile).some(({ name }) => name === base);
  expect(bases.filter((base) => !isStage(base) && !/:[\w.-]+@sha256:[0-9a-f]{64}$/.test(base))).toEqual([]);
});
