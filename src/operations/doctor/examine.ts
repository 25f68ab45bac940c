import { createRedaction } from '../../domain/redaction.ts';
import { loadConfig } from '../../runtime/config.ts';
import { ConfigError } from '../../runtime/config-error.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { secretsOf } from '../../runtime/secrets.ts';
import { readVersion } from '../../runtime/version.ts';
import { diagnoseDatabase } from './database.ts';
import { checkEngines } from './engines.ts';
import { type Finding, ok, reasonOf, wrong } from './finding.ts';
import { checkLanguageModel } from './language-model.ts';
import { checkLocal } from './local.ts';
import { checkDisk, checkFiles } from './machine.ts';
import { checkPorts } from './ports.ts';
import { checkRedis } from './redis.ts';
import { checkTelegram } from './telegram.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Check = (config: Config, env: Environment) => Promise<Finding[]>;

const checks: readonly (readonly [string, Check])[] = [
  ['Database', diagnoseDatabase],
  ['Redis', checkRedis],
  ['Telegram', checkTelegram],
  ['Engines', checkEngines],
  ['LOCAL', checkLocal],
  ['Language model', checkLanguageModel],
  ['Disk', checkDisk],
  ['Ports', checkPorts],
  ['Files', checkFiles],
];

/**
 * Checks everything that Dabir needs, without changing anything. If the configuration is wrong, only its problems
 * are returned.
 * @returns findings in reading order; no text holds a secret of the configuration
 */
export async function examine(env: Environment): Promise<Finding[]> {
  let config: Config;
  try {
    config = loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.message.split('\n').slice(1);
    const advice = 'correct it in .env or the environment; .env.example explains each variable';
    return problems.map((problem) => wrong('Configuration', problem.replace(/^\s*-\s*/, ''), advice));
  }
  const clean = createRedaction(secretsOf(config), 'text');
  const found = await Promise.all(
    checks.map(([name, check]) =>
      check(config, env).catch((error: unknown) => [
        wrong(name, `the check itself failed (${reasonOf(error)})`, 'report it with this line'),
      ]),
    ),
  );
  return [ok('Configuration', inWords(config)), ...found.flat()].map((finding) => ({
    ...finding,
    text: clean(finding.text),
  }));
}

function inWords(config: Config): string {
  const groups = [
    `Dabir ${readVersion()} on Node ${process.versions.node} (${process.platform} ${process.arch})`,
    config.DATABASE_URL === null ? 'embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL',
    config.REDIS_URL === null ? 'no Redis' : 'Redis',
    config.BOT_TOKEN === null ? 'playground' : `Telegram, updates by ${config.UPDATES ?? 'polling'}`,
    `access: ${config.ACCESS}`,
  ];
  return groups.join(', ');
}
