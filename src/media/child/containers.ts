/**
 * FFmpeg's demuxers for audio and video files. All others are refused, above all those that open other files or
 * the network (hls, dash, concat, sdp, rtsp, imf), pictures (image2, gif, jpeg_pipe …) and text formats (tty,
 * srt, ass …).
 */
const containers = [
  ...['mov', 'matroska', 'avi', 'flv', 'asf', 'asf_o', 'mpeg', 'mpegts', 'rm', 'wtv', 'mxf', 'nut', 'ivf'],
  ...['ogg', 'mp3', 'aac', 'loas', 'flac', 'wav', 'w64', 'aiff', 'caf', 'au', 'amr', 'amrnb', 'amrwb', 'wv'],
  ...['ape', 'tta', 'tak', 'mpc', 'mpc8', 'ac3', 'eac3', 'dts', 'truehd', 'dsf', 'voc', 'qcp', 'oma', 'xwma'],
  ...['sox', 'ircam', 'h264', 'hevc', 'm4v', 'mpegvideo'],
];

/** The list in the format of FFmpeg's option `format_whitelist`. */
export const containerWhitelist = containers.join(',');

/** Returns true if a demuxer's name, which may be a list such as `mov,mp4,m4a`, is in the list. */
export function isKnownContainer(name: string): boolean {
  return name.split(',').some((format) => containers.includes(format));
}

/**
 * Containers that store their duration or get it from the last page, instead of an estimate from the bit rate.
 */
const withDeclaredDuration = [
  'mov',
  'matroska',
  'avi',
  'asf',
  'ogg',
  'flac',
  'wav',
  'w64',
  'aiff',
  'caf',
  'wv',
];

/** Returns true if the container's duration is as reliable as a header can be. */
export function declaresDuration(container: string): boolean {
  return withDeclaredDuration.includes(container);
}

/** Returns the first of a demuxer's names: `mov` for `mov,mp4,m4a,3gp,3g2,mj2`. */
export function shortContainerName(name: string): string {
  return name.split(',')[0] ?? name;
}
