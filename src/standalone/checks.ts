import { checkDatabase } from '../store/check.ts';
import { silentLog } from './silent-log.ts';

/**
 * Checks that the configured PostgreSQL and Redis answer, before processes are started on them.
 * @throws Error in one sentence that names the variable, never its value
 */
export async function checkServices(databaseUrl: string, redisUrl: string | null): Promise<void> {
  await checkDatabase(databaseUrl);
  if (redisUrl === null) return;
  // BullMQ takes 15 MB of memory, which this process needs for nothing else.
  const { openBackend } = await import('../queue/backend.ts');
  const backend = openBackend({ databaseUrl, redisUrl }, silentLog);
  try {
    await backend.check();
  } catch (cause) {
    throw new Error(`Redis at REDIS_URL does not answer (${(cause as Error).message}).`, { cause });
  } finally {
    await backend.close();
  }
}
