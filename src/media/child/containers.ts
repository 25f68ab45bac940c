/**
 * FFmpeg's demuxers that hold people's audio and video. Everything else FFmpeg knows is refused, above all what opens
 * other files or the network (hls, dash, concat, sdp, rtsp, imf), pictures (image2, gif, jpeg_pipe …) and text that
 * FFmpeg takes for media (tty, srt, ass …).
 */
const containers = [
  ...['mov', 'matroska', 'avi', 'flv', 'asf', 'asf_o', 'mpeg', 'mpegts', 'rm', 'wtv', 'mxf', 'nut', 'ivf'],
  ...['ogg', 'mp3', 'aac', 'loas', 'flac', 'wav', 'w64', 'aiff', 'caf', 'au', 'amr', 'amrnb', 'amrwb', 'wv'],
  ...['ape', 'tta', 'tak', 'mpc', 'mpc8', 'ac3', 'eac3', 'dts', 'truehd', 'dsf', 'voc', 'qcp', 'oma', 'xwma'],
  ...['sox', 'ircam', 'h264', 'hevc', 'm4v', 'mpegvideo'],
];

/** The list as FFmpeg's option `format_whitelist` wants it. */
export const containerWhitelist = containers.join(',');

/** True when an FFmpeg demuxer name, which may be a list such as `mov,mp4,m4a`, is one we read. */
export function isKnownContainer(name: string): boolean {
  return name.split(',').some((part) => containers.includes(part));
}

/** Containers whose duration is written down or read off the last page, not guessed from the bit rate. */
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

/** True when the container's duration can be believed as far as any header can. */
export function declaresDuration(container: string): boolean {
  return withDeclaredDuration.includes(container);
}

/** The first of a demuxer's names: `mov` for `mov,mp4,m4a,3gp,3g2,mj2`. */
export function shortContainerName(name: string): string {
  return name.split(',')[0] ?? name;
}
