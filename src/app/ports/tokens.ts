import type { Token } from '../../domain/transcription.ts';

/** Tokens for workers. `send` may fail, because the sweep sends tokens again. */
export type Tokens = { send(token: Token): Promise<void> };
