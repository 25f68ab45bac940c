import type { FfmpegPrograms } from '../../protocol.ts';
import type { MediaTool } from '../media-tool.ts';
import { decodeFile } from './decode-file.ts';
import { encodePart } from './encode-part.ts';

/** Returns the media tool that uses the programs ffmpeg and ffprobe, version 5 or later. */
export function createFfmpegPrograms(programs: FfmpegPrograms): MediaTool {
  return {
    decode: (job) => decodeFile(programs, job),
    encode: (job) => encodePart(programs.ffmpeg, job),
  };
}
