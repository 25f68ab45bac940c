import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { downloadLimitBytes, loadConfig, requireRole } from '../../src/runtime/config.ts';
import { ConfigError } from '../../src/runtime/config-error.ts';
import { variableNames } from '../../src/runtime/config-schema.ts';
import { environmentFile, loadEnvironment } from '../../src/runtime/environment.ts';
import { shownConfiguration } from '../../src/runtime/shown-configuration.ts';
import { checkFileNames, misspelledVariables } from '../../src/runtime/unknown-variables.ts';
import { composeVariables } from '../../src/runtime/variable-names.ts';

describe('the configuration', () => {
  test('the configuration is valid without any variable', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ BOT_TOKEN: null, DATABASE_URL: null, REDIS_URL: null, WORKER_LOCAL: 1 });
  });

  test('the configuration and its data folder are beside package.json', () => {
    const besideIt = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
    expect(loadConfig({}).DATA_DIR).toBe(besideIt('.data'));
    expect(environmentFile).toBe(besideIt('.env'));
  });

  test('the configuration treats an empty value as not set', () => {
    expect(loadConfig({ BOT_TOKEN: ' ', WORKER_LOCAL: '' })).toMatchObject({
      BOT_TOKEN: null,
      WORKER_LOCAL: 1,
    });
  });

  test('the configuration reports every problem at once, and repeats no value', () => {
    const broken = {
      BOT_TOKEN: 'secret-secret',
      REDIS_URL: 'http://secret',
      WORKER_LOCAL: 'many',
      TIME_ZONE: 'Mars/Base',
    };
    const load = () => loadConfig(broken);
    expect(load).toThrow(ConfigError);
    for (const name of Object.keys(broken)) expect(load).toThrow(name);
    expect(load).not.toThrow(/secret|many|Mars/);
  });

  test('the configuration reads the models of languages as pairs, and lists of models as names', () => {
    const config = loadConfig({
      LOCAL_LANGUAGE_MODELS: 'fa=shenava-rizeh, ckb=whisper',
      LOCAL_AGREED_LICENCES: 'shenava-rizeh shenava-koochik',
    });
    expect(config.LOCAL_LANGUAGE_MODELS).toEqual(
      new Map([
        ['fa', 'shenava-rizeh'],
        ['ckb', 'whisper'],
      ]),
    );
    expect(config.LOCAL_AGREED_LICENCES).toEqual(new Set(['shenava-rizeh', 'shenava-koochik']));
    expect(config.LOCAL_FORBIDDEN_MODELS).toEqual(new Set());
    expect(shownConfiguration(config).find(({ name }) => name === 'LOCAL_LANGUAGE_MODELS')?.value).toBe(
      'fa=shenava-rizeh, ckb=whisper',
    );
    expect(() => loadConfig({ LOCAL_LANGUAGE_MODELS: 'shenava-rizeh' })).toThrow(
      'LOCAL_LANGUAGE_MODELS must be languages and models, such as fa=shenava-rizeh',
    );
  });

  test('the configuration reports what a single role lacks', () => {
    expect(() => requireRole(loadConfig({}))).toThrow(/BOT_TOKEN is missing[\s\S]*DATABASE_URL is missing/);
  });

  test('the configuration reads a secret from a file, without the line end that editors add', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dabir-config-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'token');
    await writeFile(file, '123456789:AA-not-a-token-of-anybody\n');
    expect(loadConfig({ BOT_TOKEN_FILE: file }).BOT_TOKEN).toBe('123456789:AA-not-a-token-of-anybody');
    const both = { BOT_TOKEN_FILE: file, BOT_TOKEN: '123456789:AA-not-a-token-of-anybody' };
    expect(() => loadConfig(both)).toThrow('BOT_TOKEN and BOT_TOKEN_FILE are both set');
    expect(() => loadConfig({ VIRA_TOKEN_FILE: join(folder, 'nowhere') })).toThrow(
      /VIRA_TOKEN_FILE names a file that cannot be read \(ENOENT\)/,
    );
    await writeFile(file, '\n');
    expect(() => loadConfig({ VIRA_TOKEN_FILE: file })).toThrow('VIRA_TOKEN_FILE names an empty file');
  });

  test.each([
    ['a webhook without a public URL', { UPDATES: 'webhook' }, 'PUBLIC_URL is missing'],
    ['the web side open to the network', { WEB_HOST: '0.0.0.0' }, 'TRUSTED_PROXIES'],
    ['the chat page open to the network', { PLAYGROUND_HOST: '::' }, 'ALLOW_PLAIN_HTTP=true'],
    ['a language model without an address', { LLM_MODEL: 'm' }, 'LLM_BASE_URL is missing'],
    [
      'an address without a language model',
      { LLM_BASE_URL: 'http://127.0.0.1:11434' },
      'LLM_MODEL is missing',
    ],
    ['one price of two', { LLM_PRICE_IN: '1' }, 'LLM_PRICE_IN and LLM_PRICE_OUT have to be set together'],
    [
      'thoughts that fill the context',
      { LLM_THINKING_TOKENS: '5000' },
      'LLM_CONTEXT_TOKENS has to be at least',
    ],
    ['a budget without a price', { LLM_BUDGET_DAY: '1' }, 'LLM_BUDGET_… needs LLM_PRICE_IN'],
    ['a proxy that is no address', { TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES must be'],
  ])('the configuration refuses %s', (_name, variables, sentence) => {
    expect(() => loadConfig(variables)).toThrow(sentence);
  });

  test.each([
    ['behind a proxy', { WEB_HOST: '0.0.0.0', TRUSTED_PROXIES: '10.0.0.0/8, ::1' }],
    ['on purpose', { WEB_HOST: '0.0.0.0', PLAYGROUND_HOST: '0.0.0.0', ALLOW_PLAIN_HTTP: 'true' }],
    ['on this machine', { WEB_HOST: '127.0.0.5', PLAYGROUND_HOST: 'localhost' }],
  ])('the configuration listens %s', (_name, variables) => {
    expect(() => loadConfig(variables)).not.toThrow();
  });

  test('the configuration permits files of 20 MB from Telegram’s own server, and of 2,000 MB from a local one', () => {
    expect(downloadLimitBytes(loadConfig({}))).toBe(20 * 2 ** 20);
    expect(downloadLimitBytes(loadConfig({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' }))).toBe(
      2000 * 2 ** 20,
    );
    expect(downloadLimitBytes(loadConfig({ TELEGRAM_DOWNLOAD_LIMIT_MB: '50' }))).toBe(50 * 2 ** 20);
  });

  test('the configuration is explained by .env.example, a line for each variable', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const named = [...example.matchAll(/^#? ?([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.toSorted()).toEqual([...variableNames, ...composeVariables].toSorted());
    for (const line of example.split('\n').filter((text) => /^#? ?[A-Z_]+=/.test(text))) {
      const before = example.slice(0, example.indexOf(line)).trimEnd().split('\n').at(-1) ?? '';
      expect(before, line).toMatch(/^# \S/);
    }
  });
});

describe('a variable that nothing reads:', () => {
  test.each([
    ['ACESS', 'ACCESS'],
    ['ALOWED_IDS', 'ALLOWED_IDS'],
    ['ADMIN_ID', 'ADMIN_IDS'],
    ['MAX_MINUTES_PER_DAY', 'MAX_MINUTES_A_DAY'],
    ['KEEP_TRANSCRIPT_DAYS', 'KEEP_TRANSCRIPTS_DAYS'],
    ['TIMEZONE', 'TIME_ZONE'],
    ['log_level', 'LOG_LEVEL'],
    ['BOT_TOKNE', 'BOT_TOKEN'],
    ['REDIS_URI', 'REDIS_URL'],
    ['EBOO_TOKEN_FIEL', 'EBOO_TOKEN_FILE'],
    ['WOKRERS', 'WORKERS'],
  ])('the unknown variable %s in the environment is reported, and %s is suggested', (name, meant) => {
    expect(misspelledVariables({ [name]: 'secret-value' })).toEqual([
      `nothing reads the variable ${name}; did you mean ${meant}?`,
    ]);
  });

  test('names of variables that belong to other programs are accepted in the environment', () => {
    const foreign = [
      ...[
        'PATH',
        'HOME',
        'HOSTNAME',
        'USER',
        'LOGNAME',
        'SHELL',
        'LANG',
        'LINES',
        'COLUMNS',
        'TERM',
        'TZ',
        'PWD',
      ],
      ...[
        'NODE_VERSION',
        'YARN_VERSION',
        'NODE_ENV',
        'npm_config_cache',
        'HTTP_PROXY',
        'no_proxy',
        'CI',
        'DISPLAY',
      ],
      ...[
        'POSTGRES_PASSWORD',
        'REDIS_PORT',
        'DB_HOST',
        'GITHUB_TOKEN',
        'NPM_TOKEN',
        'INVOCATION_ID',
        'EDITOR',
      ],
      ...[
        'JOURNAL_STREAM',
        'CREDENTIALS_DIRECTORY',
        'STATE_DIRECTORY',
        'GEMINI_API_KEY',
        'SSH_AUTH_SOCK',
        'MAIL',
      ],
    ];
    expect(misspelledVariables(Object.fromEntries(foreign.map((name) => [name, 'x'])))).toEqual([]);
  });

  test('every name in .env.example is a known variable', () => {
    const names = [
      ...variableNames,
      ...composeVariables,
      'BOT_TOKEN_FILE',
      'COMPOSE_PROFILES',
      'HTTPS_PROXY',
    ];
    expect(() => checkFileNames(names)).not.toThrow();
    expect(misspelledVariables(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
  });

  test('a misspelled variable stops the start where MISSPELLED_VARIABLES says so, and every other problem is reported with it', () => {
    const load = () => loadConfig({ ACESS: 'allow-list', MISSPELLED_VARIABLES: 'refuse', LOG_LEVEL: 'loud' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow('did you mean ACCESS?');
    expect(load).toThrow('LOG_LEVEL must be debug');
    expect(() => loadConfig({ ACESS: 'allow-list' })).not.toThrow();
  });

  test('a misspelled variable in .env stops the start, with the nearest name and without its value', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dabir-config-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, '.env');
    await writeFile(file, 'ACESS=allow-list\nWORKER_IMAGE=secret\nXYZZY=1\n');
    const load = () => loadEnvironment(file);
    onTestFinished(() => {
      for (const name of ['ACESS', 'WORKER_IMAGE', 'XYZZY']) delete process.env[name];
    });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow('.env sets ACESS, which nothing reads; did you mean ACCESS?');
    expect(load).toThrow(/\.env sets XYZZY, which nothing reads$/m);
    expect(load).not.toThrow(/allow-list|secret/);
  });
});
