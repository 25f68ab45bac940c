import { fixture } from './samples.ts';

/**
 * The committed audio files of "One, two, three … ten": file, container, codec, and where the speech begins.
 * The speech takes 5.3 seconds; scripts/make-media-fixtures.ts makes them.
 */
export const spoken: readonly (readonly [file: string, container: string, codec: string, start: number])[] = [
  ['voice-note.oga', 'ogg', 'opus', 0.5],
  ['vorbis.ogg', 'ogg', 'vorbis', 0.5],
  ['speech.mp3', 'mp3', 'mp3', 0.5],
  ['stereo.mp3', 'mp3', 'mp3', 0.5],
  ['changing-rate.mp3', 'mp3', 'mp3', 0.5],
  ['speech.m4a', 'mov', 'aac', 0.5],
  ['speech.aac', 'aac', 'aac', 0.6],
  ['speech.wav', 'wav', 'gsm_ms', 0.5],
  ['speech.flac', 'flac', 'flac', 0.5],
  ['speech.caf', 'caf', 'opus', 0.5],
  ['speech.amr', 'amr', 'amr_nb', 0.5],
  ['speech.3gp', 'mov', 'amr_nb', 0.5],
  ['speech.wma', 'asf', 'wmav2', 0.5],
  ['speech.webm', 'matroska', 'opus', 0.5],
  ['no-duration.webm', 'matroska', 'opus', 0.5],
  ['speech.m2ts', 'mpegts', 'mp3', 0.5],
  ['speech.flv', 'flv', 'mp3', 0.5],
  ['video.mp4', 'mov', 'aac', 0.5],
  ['fragmented.mp4', 'mov', 'aac', 0.6],
  ['video.mov', 'mov', 'aac', 0.5],
  ['video.mkv', 'matroska', 'opus', 0.5],
  ['video.avi', 'avi', 'mp3', 0.5],
  ['eight-channels.mp4', 'mov', 'aac', 0.5],
  ['default-track-second.mka', 'matroska', 'opus', 0.5],
  // As a player shows it: the sound begins two seconds after the picture; what comes before the film is not
  // shown.
  ['late-sound.mp4', 'mov', 'aac', 2.5],
  ['negative-start.mp4', 'mov', 'aac', 0],
];

/** Returns the path of such a file. */
export const spokenFile = (name: string): string => fixture(`spoken/${name}`);
