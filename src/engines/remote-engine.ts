import type { Engine, EngineProfile } from '../domain/engine.ts';

/** Configuration of a remote engine. */
export type RemoteSettings = {
  /** Null if not set. Must not appear in any message. */
  readonly token: string | null;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Empty if the service has only one model. */
  readonly model: string;
  /** In the service's currency; null if unknown. */
  readonly pricePerMinute: number | null;
  /** Timeout of one chunk, from upload to text, in ms. */
  readonly timeoutMs: number;
  /** Maximum chunks of one file in parallel. */
  readonly maxParallelChunks: number;
  /** Tells operators, in the log. */
  readonly warn?: (message: string) => void;
};

/** Creates an engine on a remote service; it needs no set-up, so it is always ready. */
export function createRemoteEngine(
  profile: EngineProfile,
  service: Pick<Engine, 'transcribe' | 'probe' | 'close'>,
): Engine {
  return {
    profile,
    prepare: () => undefined,
    readiness: () => ({ state: 'ready' }),
    whenReady: async () => undefined,
    ...service,
  };
}
