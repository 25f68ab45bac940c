import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { DabirError } from '../../../domain/errors.ts';
import { containerWhitelist, isKnownContainer } from '../containers.ts';
import type { DeclaredDuration } from '../declared-duration.ts';
import { doubtfulScore, hopelessScore } from '../scores.ts';
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

/** What ffprobe is asked for; the rest of what it knows may be large. */
const entries =
  'format=format_name,probe_score,start_time,duration:' +
  'stream=index,codec_type,codec_name,channels,channel_layout,time_base,duration_ts,bit_rate:' +
  'stream_disposition=default,hearing_impaired,visual_impaired';

/** A file and its audio track. */
export type ProbedMedia = {
  /** FFmpeg's name, which may be a list such as `mov,mp4,m4a`. */
  readonly containerName: string;
  /** True when it may be no media after all; then nothing decoded means `not_media`. */
  readonly doubtful: boolean;
  readonly trackIndex: number;
  readonly codec: string;
  /** Channels whose places the file does not tell; null where it does. */
  readonly unplacedChannels: number | null;
  /** What the file's clock shows at its start, in seconds; null where it does not say. */
  readonly origin: number | null;
  readonly reported: DeclaredDuration;
};

/** What both programs are told about their input: only our containers, and nothing but this file can be opened. */
export function inputParameters(inputPath: string): string[] {
  const whitelists = ['-protocol_whitelist', 'file', '-format_whitelist', containerWhitelist];
  return [...whitelists, '-i', inputName(inputPath)];
}

/**
 * Looks at a file by what is in it.
 * Rejects with `not_media`, `no_audio_track`, `media_damaged`, `internal`.
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
    doubtful: score <= doubtfulScore,
    trackIndex: track.index,
    codec: track.codec_name ?? 'unknown',
    unplacedChannels: channels > 2 && (layout === undefined || layout === 'unknown') ? channels : null,
    origin: format.start_time ?? null,
    reported: { whole: Math.max(0, format.duration ?? 0), track: Math.max(0, trackSeconds(track)) },
  };
}

function parse(output: string): z.infer<typeof probed> {
  try {
    return probed.parse(JSON.parse(output));
  } catch (error) {
    throw new DabirError('internal', `ffprobe gave an answer that is none: ${String(error).slice(0, 500)}`);
  }
}

function trackSeconds({ duration_ts: duration, time_base: timeBase }: Stream): number {
  const [numerator = 0, denominator = 1] = (timeBase ?? '0/1').split('/').map(Number);
  return denominator === 0 ? 0 : ((duration ?? 0) * numerator) / denominator;
}

/** As FFmpeg's own library chooses: the track marked as default, not one made for the deaf or the blind, then the richest. */
function findAudio(streams: readonly Stream[], score: number): Stream {
  const audio = streams.filter((stream) => stream.codec_type === 'audio');
  const rank = ({ disposition = {} }: Stream) =>
    Number(!disposition['hearing_impaired'] && !disposition['visual_impaired']) +
    Number(Boolean(disposition['default']));
  const [best] = audio.toSorted((a, b) => rank(b) - rank(a) || (b.bit_rate ?? 0) - (a.bit_rate ?? 0));
  if (best !== undefined) return best;
  if (streams.length === 0 || score <= doubtfulScore) throw new DabirError('not_media', 'no tracks');
  throw new DabirError('no_audio_track', 'no audio track');
}

/** A header that FFmpeg knows but cannot read is a damaged file; a header nobody knows is no media. */
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
  // A build that knows no pictures takes one for a damaged container, with the score of a guess.
  if (name === null || !isKnownContainer(name) || score <= doubtfulScore) {
    return new DabirError('not_media', `FFmpeg sees ${name ?? 'nothing'} with a score of ${score}: ${words}`);
  }
  return new DabirError('media_damaged', `${name} cannot be opened: ${words}`);
}
