/** Takes tokens for LOCAL from the database in its first parameter, prints them, and never releases them. */
import { pino } from 'pino';
import { openBackend } from '../../src/queue/backend.ts';
import { consumeTokens } from '../../src/queue/token.ts';

const silent = pino({ level: 'silent' });
const backend = openBackend({ databaseUrl: process.argv[2] ?? '', redisUrl: null }, silent);
consumeTokens(
  backend,
  'local',
  (token) => {
    process.send?.(token);
    return new Promise(() => undefined);
  },
  silent,
).take(1);
process.once('disconnect', () => process.exit());
