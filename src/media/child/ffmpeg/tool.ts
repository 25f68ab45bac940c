import type { FfmpegPrograms } from '../../protocol.ts';
import type { MediaTool } from '../media-tool.ts';
import { decodeWithFfmpeg } from './decode-file.ts';
import { encodeChunkWithFfmpeg } from './encode-chunk.ts';

/** Returns the media tool that uses the programs ffmpeg and ffprobe, version 5 or later. */
export function createFfmpegPrograms(programs: FfmpegPrograms): MediaTool {
  return {
    decode: (job) => decodeWithFfmpeg(programs, job),
    encode: (job) => encodeChunkWithFfmpeg(programs.ffmpeg, job),
  };
}
