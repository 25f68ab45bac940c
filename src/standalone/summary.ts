import { styleText } from 'node:util';
import type { EngineReadiness } from '../domain/engine.ts';

/** Facts for the summary that `npm start` prints. */
export type Running = {
  readonly playgroundUrl: string | null;
  readonly database: 'embedded' | 'DATABASE_URL';
  readonly tokens: 'PostgreSQL' | 'Redis';
  readonly dataDir: string;
  readonly logFile: string;
  readonly seconds: number;
};

/** Returns the summary of a start, ready to print. */
export function renderSummary(running: Running): string {
  const { playgroundUrl, database, tokens, dataDir, logFile, seconds } = running;
  const row = (label: string, value: string) => `  ${styleText('dim', label.padEnd(10))} ${value}`;
  const chat =
    playgroundUrl === null
      ? row('Chat', 'in Telegram, with your bot')
      : row('Chat', `${styleText(['bold', 'cyan'], playgroundUrl)} (open it and send a voice note)`);
  return [
    '',
    `  ${styleText('bold', 'Dabir · دبیر')} ${styleText('dim', `is ready (${seconds.toFixed(1)} s)`)}`,
    '',
    chat,
    row(
      'Admin',
      playgroundUrl === null
        ? 'send /admin to your bot (as one of ADMIN_IDS)'
        : 'send /admin in the chat (as سارا or Emma)',
    ),
    row('Database', database === 'embedded' ? 'embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL'),
    row('Queue', `on ${tokens}`),
    row('Data', dataDir),
    row('Log', logFile),
    '',
    ...(playgroundUrl === null
      ? []
      : [`  ${styleText('dim', 'For Telegram, set BOT_TOKEN (from @BotFather) in .env and start again.')}`]),
    `  ${styleText('dim', 'Press Ctrl+C to stop.')}`,
    '',
  ].join('\n');
}

/** Returns one engine's line: ready, its current stage, or what is missing and how to add it. */
export function renderEngine(name: string, readiness: EngineReadiness): string {
  const label = styleText('dim', 'Engine'.padEnd(10));
  if (readiness.state === 'ready') return `  ${label} ${name} ${styleText('green', 'is ready')}`;
  if (readiness.state === 'unavailable') {
    return `  ${label} ${name} ${styleText('yellow', 'is not available')}: ${readiness.reason}`;
  }
  if (readiness.state === 'resting') return `  ${label} ${name} failed too often; trying again soon`;
  if (readiness.state === 'paused') return `  ${label} ${name} is paused by an admin`;
  const percent = readiness.fraction === null ? '' : ` ${Math.floor(readiness.fraction * 100)}%`;
  return `  ${label} ${name} ${stages[readiness.stage]}${percent}`;
}

const stages = {
  download: 'is downloading its model (files wait in the queue)',
  install: 'is being installed (files wait in the queue)',
  verify: 'is checking its model',
  load: 'is loading its model',
};
