import type { MediaTool } from '../media-tool.ts';
import { decodeWithNodeAv } from './decode-file.ts';
import { encodeChunkWithNodeAv } from './encode-chunk.ts';
import { captureFfmpegLog } from './ffmpeg-log.ts';

/** Returns the media tool that uses FFmpeg inside this process, through the npm package node-av. */
export function createNodeAv(): MediaTool {
  captureFfmpegLog();
  return {
    decode: decodeWithNodeAv,
    encode: async (job) => encodeChunkWithNodeAv(job),
  };
}
