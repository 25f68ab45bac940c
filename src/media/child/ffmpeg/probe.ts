import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { DabirError } from '../../../domain/errors.ts';
import { containerWhitelist, isKnownContainer } from '../containers.ts';
import type { DeclaredDuration } from '../declared-duration.ts';
import { hopelessScore, lowScore } from '../scores.ts';
import { inputName, startProgram } from './program.ts';

const seconds = z.coerce.number().optional().catch(undefined);
const fraction = z.string().regex(/^\d+\/\d+$/);

const probed = z.object({
  format: z.object({
    format_name: z.string(),
    probe_score: z.number(),
    start_time: seconds,
    duration: seconds,
  }),
  streams: z.array(
    z.object({
      index: z.number().int().nonnegative(),
      codec_type: z.string().optional(),
      codec_name: z.string().optional(),
      channels: z.number().int().optional(),
      channel_layout: z.string().optional(),
      time_base: fraction.optional(),
      duration_ts: z.number().optional(),
      bit_rate: z.coerce.number().optional().catch(undefined),
      disposition: z.record(z.string(), z.number()).optional(),
    }),
  ),
});
type Stream = z.infer<typeof probed>['streams'][number];

/** The fields that ffprobe prints; its full output can be large. */
const entries =
  'format=format_name,probe_score,start_time,duration:' +
  'stream=index,codec_type,codec_name,channels,channel_layout,time_base,duration_ts,bit_rate:' +
  'stream_disposition=default,hearing_impaired,visual_impaired';

/** A file and its audio track. */
export type ProbedMedia = {
  /** FFmpeg's name, which may be a list such as `mov,mp4,m4a`. */
  readonly containerName: string;
  /** True if the format is a guess; if nothing can be decoded, the error is then `not_media`. */
  readonly isFormatGuessed: boolean;
  readonly trackIndex: number;
  readonly codec: string;
  readonly isStereo: boolean;
  /** Number of channels if their positions are unknown, else null. */
  readonly unplacedChannels: number | null;
  /** Timestamp of the file's start, in seconds; null if it has none. */
  readonly origin: number | null;
  readonly reported: DeclaredDuration;
};

/** Returns the input parameters of both programs: only known containers, and no file except this one. */
export function inputParameters(inputPath: string): string[] {
  const whitelists = ['-protocol_whitelist', 'file', '-format_whitelist', containerWhitelist];
  return [...whitelists, '-i', inputName(inputPath)];
}

/**
 * Detects a file's format and audio track by its content.
 * @throws DabirError `not_media`, `no_audio_track`, `media_damaged`, `internal`
 */
export async function probe(ffprobe: string, inputPath: string): Promise<ProbedMedia> {
  const messages: string[] = [];
  const parameters = ['-hide_banner', '-v', 'repeat+level+error', '-show_entries', entries, '-of', 'json'];
  const program = startProgram(
    ffprobe,
    [...parameters, ...inputParameters(inputPath)],
    inputPath,
    (message) => {
      if (messages.length < 20) messages.push(message.text);
    },
  );
  const [output, code] = await Promise.all([text(program.stdout), program.ended]);
  if (code !== 0) throw await unopened(ffprobe, inputPath, messages.join('; '));
  const { format, streams } = parse(output);
  const score = format.probe_score;
  if (score < hopelessScore) {
    throw new DabirError('not_media', `${format.format_name} with a score of only ${score}`);
  }
  const track = findAudio(streams, score);
  const { channels = 0, channel_layout: layout } = track;
  return {
    containerName: format.format_name,
    isFormatGuessed: score <= lowScore,
    trackIndex: track.index,
    codec: track.codec_name ?? 'unknown',
    isStereo: channels === 2,
    unplacedChannels: channels > 2 && (layout === undefined || layout === 'unknown') ? channels : null,
    origin: format.start_time ?? null,
    reported: { whole: Math.max(0, format.duration ?? 0), track: Math.max(0, trackSeconds(track)) },
  };
}

function parse(output: string): z.infer<typeof probed> {
  try {
    return probed.parse(JSON.parse(output));
  } catch (error) {
    throw new DabirError('internal', `ffprobe's output is invalid: ${String(error).slice(0, 500)}`);
  }
}

function trackSeconds({ duration_ts: duration, time_base: timeBase }: Stream): number {
  const [numerator = 0, denominator = 1] = (timeBase ?? '0/1').split('/').map(Number);
  return denominator === 0 ? 0 : ((duration ?? 0) * numerator) / denominator;
}

/**
 * Chooses the audio track like FFmpeg's library: the default track, no track for the deaf or blind, then the
 * highest bit rate.
 */
function findAudio(streams: readonly Stream[], score: number): Stream {
  const audio = streams.filter((stream) => stream.codec_type === 'audio');
  const rank = ({ disposition = {} }: Stream) =>
    Number(!disposition['hearing_impaired'] && !disposition['visual_impaired']) +
    Number(Boolean(disposition['default']));
  const [best] = audio.toSorted((a, b) => rank(b) - rank(a) || (b.bit_rate ?? 0) - (a.bit_rate ?? 0));
  if (best !== undefined) return best;
  if (streams.length === 0 || score <= lowScore) throw new DabirError('not_media', 'no tracks');
  throw new DabirError('no_audio_track', 'no audio track');
}

/** Returns `media_damaged` for a known format that cannot be opened, and `not_media` for an unknown one. */
async function unopened(ffprobe: string, inputPath: string, words: string): Promise<DabirError> {
  let name: string | null = null;
  let score = 0;
  const parameters = ['-hide_banner', '-v', 'repeat+level+debug', ...inputParameters(inputPath)];
  const program = startProgram(ffprobe, parameters, inputPath, ({ text: line }) => {
    const [, probedName, probedScore] =
      /^Format (\S+) (?:probed with size=\d+ and|detected only with low) score(?:=| of )(\d+)/.exec(line) ??
      [];
    if (probedName === undefined || name !== null) return;
    name = probedName;
    score = Number(probedScore);
    program.kill();
  });
  program.stdout.resume();
  await program.ended.catch(() => undefined);
  // FFmpeg builds without picture formats detect a picture as a damaged container, with the score of a guess.
  if (name === null || !isKnownContainer(name) || score <= lowScore) {
    return new DabirError('not_media', `FFmpeg: ${name ?? 'unknown'} with a score of ${score}: ${words}`);
  }
  return new DabirError('media_damaged', `${name} cannot be opened: ${words}`);
}
