import type { MediaLimits } from '../media/decoder-processes.ts';
import type { Config } from '../runtime/config-schema.ts';

/**
 * Returns the configured limits of decoding.
 * @param maxInputBytes maximum size of an upload, in bytes
 */
export function mediaLimits(config: Config, maxInputBytes: number): MediaLimits {
  return {
    maxDurationSeconds: config.MAX_DURATION_MINUTES * 60,
    maxMemoryBytes: config.DECODE_MEMORY_MB * 2 ** 20,
    timeoutMs: config.DECODE_TIMEOUT_SECONDS * 1000,
    maxInputBytes,
  };
}
