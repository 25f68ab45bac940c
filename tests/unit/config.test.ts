import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, downloadLimitBytes, loadConfig, requireRole } from '../../src/config.ts';

describe('the configuration', () => {
  test('needs nothing at all', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ BOT_TOKEN: null, DATABASE_URL: null, REDIS_URL: null, WORKER_LOCAL: 1 });
    expect(config.DATA_DIR).toMatch(/\.data$/);
  });

  test('an empty value counts as not set', () => {
    expect(loadConfig({ BOT_TOKEN: ' ', WORKER_LOCAL: '' })).toMatchObject({
      BOT_TOKEN: null,
      WORKER_LOCAL: 1,
    });
  });

  test('lists every problem at once, and repeats no value', () => {
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

  test('a role by itself says what it is missing', () => {
    expect(() => requireRole(loadConfig({}))).toThrow(/BOT_TOKEN is missing[\s\S]*DATABASE_URL is missing/);
  });

  test('files of 20 MB from Telegram’s own server, 2,000 MB from one’s own', () => {
    expect(downloadLimitBytes(loadConfig({}))).toBe(20 * 2 ** 20);
    expect(downloadLimitBytes(loadConfig({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' }))).toBe(
      2000 * 2 ** 20,
    );
    expect(downloadLimitBytes(loadConfig({ TELEGRAM_DOWNLOAD_LIMIT_MB: '50' }))).toBe(50 * 2 ** 20);
  });

  test('.env.example explains every variable in a line', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const named = [...example.matchAll(/^#? ?([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual(Object.keys(loadConfig({})).sort());
    for (const line of example.split('\n').filter((text) => /^#? ?[A-Z_]+=/.test(text))) {
      const before = example.slice(0, example.indexOf(line)).trimEnd().split('\n').at(-1) ?? '';
      expect(before, line).toMatch(/^# \S/);
    }
  });
});
