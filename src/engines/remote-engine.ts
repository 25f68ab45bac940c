import type { Engine, EngineProfile } from '../domain/engine.ts';

/** What the configuration says of a service. */
export type RemoteSettings = {
  /** Null where none is set. It must appear in no message. */
  readonly token: string | null;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Empty where the service has only one. */
  readonly model: string;
  /** In the service's currency; null where nobody told us. */
  readonly pricePerMinute: number | null;
  /** For one part, from sending to its text, in milliseconds. */
  readonly timeoutMs: number;
  /** Parts of one file that it may work on at the same time. */
  readonly parallelParts: number;
};

/** An engine that is somebody else's service: there is nothing to set up, so it is always ready. */
export function remoteEngine(
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
