import type { Token } from '../../domain/transcription.ts';
import { logError } from '../log-error.ts';
import type { Log } from '../ports/log.ts';
import type { Tokens } from '../ports/tokens.ts';

/**
 * Sends a token to the workers. Best effort, never rejects: while the token backend is down, the sweep sends the token
 * again.
 */
export async function dispatch(
  { tokens, log }: { tokens: Tokens; log: Log },
  token: Token | null,
): Promise<void> {
  if (token === null) return;
  try {
    await tokens.send(token);
    log.info(
      { transcription: token.id, engine: token.engine, fence: token.fence, state: 'QUEUED' },
      'queued',
    );
  } catch (error) {
    const fields = { transcription: token.id };
    logError(log, 'warn', fields, error, 'token not sent; the sweep sends it again');
  }
}
