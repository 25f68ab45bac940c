import { findFfmpeg } from '../../src/media/find-ffmpeg.ts';
import type { Ffmpeg } from '../../src/media/protocol.ts';

/**
 * The FFmpegs that Dabir can use; each must pass the same tests. The programs are left out on a machine
 * without them, unless no test may be skipped (DABIR_REQUIRE_ALL).
 */
export const ffmpegs: readonly (readonly [name: string, ffmpeg: Ffmpeg])[] = [
  ['node-av', findFfmpeg('node-av')],
  ...programs(),
];

function programs(): [string, Ffmpeg][] {
  try {
    return [['ffmpeg', findFfmpeg('program')]];
  } catch (error) {
    if (process.env['DABIR_REQUIRE_ALL']) throw error;
    return [];
  }
}
