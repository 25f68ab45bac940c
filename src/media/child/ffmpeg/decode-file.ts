import { DabirError } from '../../../domain/errors.ts';
import type { DecodeJob, DecodeResult, FfmpegPrograms } from '../../protocol.ts';
import { bytesPerSample, sampleRate } from '../../wav.ts';
import { AudioOutput } from '../audio-output.ts';
import { shortContainerName } from '../containers.ts';
import { DamageLog } from '../damage-log.ts';
import { believableDuration } from '../declared-duration.ts';
import { measureLostSeconds, toleratedLostPackets } from '../losses.ts';
import { ByteReader } from './byte-reader.ts';
import { readPackets } from './packets.ts';
import { inputParameters, type ProbedMedia, probe } from './probe.ts';
import { inputName, type Message, startProgram } from './program.ts';

/** Messages of FFmpeg 5 to 8 about a packet that is damaged or that its decoder refused. */
const lostPacketWords =
  /^Error while decoding stream|Error submitting (a )?packet to (the )?decoder|^Decoding error|corrupt (input packet|decoded frame)/;
/**
 * Message of FFmpeg 6 and later if the rest of a file cannot be read; FFmpeg 5 prints the file's name instead.
 */
const readErrorWords = /^Error during demuxing/;
/** Maximum bytes of samples per copy: one second. */
const maxChunkBytes = sampleRate * bytesPerSample;

/** Counts lost packets from FFmpeg's messages. */
class Losses {
  readonly log = new DamageLog();
  lostPackets = 0;
  readonly #inputName: string;
  readonly #isAmr: boolean;

  constructor(inputPath: string, codec: string) {
    this.#inputName = inputName(inputPath);
    this.#isAmr = codec.startsWith('amr_');
  }

  add({ level, text }: Message): void {
    const isRefused = lostPacketWords.test(text);
    // AMR has no checksums; its decoders refuse only frames without speech. Phones record these during pauses, so
    // nothing is lost.
    if (this.#isAmr && (isRefused || text === 'Corrupt bitstream')) return;
    if (level === 'error' || level === 'fatal') this.log.add(text);
    if (isRefused) this.lostPackets++;
    else if (readErrorWords.test(text) || text.startsWith(`${this.#inputName}: `)) {
      this.lostPackets += 1 + toleratedLostPackets;
    }
  }
}

/**
 * Decodes one file with the programs ffprobe and ffmpeg.
 * @throws DabirError `not_media`, `no_audio_track`, `media_damaged`, `media_too_long`, `internal`
 */
export async function decodeWithFfmpeg(programs: FfmpegPrograms, job: DecodeJob): Promise<DecodeResult> {
  const media = await probe(programs.ffprobe, job.inputPath);
  const container = shortContainerName(media.containerName);
  const declared = believableDuration(media.reported, container, job.inputPath);
  const losses = new Losses(job.inputPath, media.codec);
  const output = new AudioOutput(job, declared, media.origin);
  let packetSeconds: number;
  try {
    packetSeconds = await writeSamples(programs.ffmpeg, media, job, output, losses);
    output.finish();
  } catch (error) {
    output.abandon();
    throw error;
  }
  const { samples, timeline } = output;
  if (samples === 0) {
    const code = media.isFormatGuessed ? 'not_media' : 'media_damaged';
    throw new DabirError(code, `nothing could be decoded: ${losses.log.text}`);
  }
  const { log, lostPackets } = losses;
  return {
    durationSeconds: samples / sampleRate,
    lostSeconds: measureLostSeconds(declared, container, job.inputPath, {
      samples,
      timeline,
      lostPackets,
      packetSeconds,
      log,
    }),
    container,
    codec: media.codec,
  };
}

/** Writes the output; resolves to the duration of the last packet, in seconds. */
async function writeSamples(
  ffmpeg: string,
  media: ProbedMedia,
  job: DecodeJob,
  output: AudioOutput,
  losses: Losses,
): Promise<number> {
  const program = startProgram(ffmpeg, parameters(media, job.inputPath), job.inputPath, (message) =>
    losses.add(message),
  );
  program.stdin.end();
  const samples = new ByteReader(program.stdout);
  let packetSeconds = 0;
  let pendingBytes = 0;
  try {
    for await (const packets of readPackets(program.second)) {
      for (const { time, seconds, bytes } of packets) {
        packetSeconds = seconds;
        const gap = output.timeline.advance(time, seconds);
        if (gap > 0) {
          await copySamples(samples, pendingBytes, output, media.isStereo);
          pendingBytes = 0;
          output.writeSilence(gap);
        }
        pendingBytes += bytes;
      }
      await copySamples(samples, pendingBytes, output, media.isStereo);
      pendingBytes = 0;
    }
    samples.skipRest();
    // The exit code adds nothing to the messages: after a damaged file it is an error anyway.
    await program.ended;
  } finally {
    program.kill();
  }
  return packetSeconds;
}

/**
 * Returns ffmpeg's parameters. Samples go to standard output, and file descriptor 3 gets one line with the time
 * of each packet. The lines come first and are flushed at once, so that a packet's time is known before its
 * samples are read.
 */
function parameters(media: ProbedMedia, inputPath: string): string[] {
  const { trackIndex, unplacedChannels, isStereo } = media;
  const mixed = unplacedChannels === null ? [] : ['-af', mixAll(unplacedChannels)];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'repeat+level+warning'],
    ...['-copyts', '-threads', '1', ...inputParameters(inputPath)],
    ...[
      '-map',
      `0:${trackIndex}`,
      ...mixed,
      '-ac',
      isStereo ? '2' : '1',
      '-ar',
      `${sampleRate}`,
      '-c:a',
      'pcm_s16le',
    ],
    ...['-map_metadata', '-1', '-f', 'tee', '[f=framecrc:flush_packets=1]pipe:3|[f=s16le]pipe:1'],
  ];
}

/** Mixes all channels equally, because FFmpeg does not mix channels of unknown positions. */
function mixAll(channels: number): string {
  return `pan=mono|c0=${Array.from({ length: channels }, (_, index) => `${1 / channels}*c${index}`).join('+')}`;
}

/** Copies `bytes` bytes of samples to the output; fewer if the program ends first. */
async function copySamples(
  samples: ByteReader,
  bytes: number,
  output: AudioOutput,
  isStereo: boolean,
): Promise<void> {
  for (let left = bytes; left > 0; ) {
    const chunk = await samples.read(Math.min(left, maxChunkBytes));
    if (chunk === null) return;
    left -= chunk.length;
    if (isStereo) output.writeStereo(chunk, Math.floor(chunk.length / bytesPerSample / 2));
    else output.write(chunk, Math.floor(chunk.length / bytesPerSample));
  }
}
