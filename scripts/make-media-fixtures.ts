import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Makes tests/fixtures/media/spoken: the numbers one to ten, in English, in every kind of file that users
// send. Needs the programs ffmpeg (5 or later), espeak-ng and sox (for AMR, which Debian's FFmpeg cannot
// write). The files are committed, so tests need none of them.

const output = fileURLToPath(new URL('../tests/fixtures/media/spoken/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'dabir-fixtures-'));
const voice = join(work, 'voice.wav');
const telephone = join(work, 'telephone.amr-nb');

function run(program: string, parameters: readonly string[]): void {
  const { status, error, stderr } = spawnSync(program, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')}: ${error?.message ?? stderr}`);
}

/** Runs ffmpeg without dates or versions in its output. */
function ffmpeg(...parameters: readonly string[]): void {
  run('ffmpeg', ['-v', 'error', '-y', '-threads', '1', '-bitexact', ...parameters]);
}

/** Makes one file of the voice. */
function encode(name: string, ...parameters: readonly string[]): void {
  ffmpeg('-i', voice, '-map_metadata', '-1', '-flags', '+bitexact', ...parameters, join(output, name));
}

const picture = ['-f', 'lavfi', '-i', 'color=c=teal:s=32x32:r=2:d=7'];

/** Makes a video of one colour with the voice. */
function film(name: string, video: readonly string[], ...parameters: readonly string[]): void {
  const inputs = [...picture, '-i', voice, '-map', '0:v', '-map', '1:a', '-shortest'];
  const coded = ['-c:v', ...video, '-pix_fmt', 'yuv420p', '-flags', '+bitexact'];
  ffmpeg(...inputs, ...coded, ...parameters, join(output, name));
}

mkdirSync(output, { recursive: true });
const words = 'One, two, three, four, five, six, seven, eight, nine, ten.';
const [spoken, even] = [join(work, 'spoken.wav'), join(work, 'even.wav')];
run('espeak-ng', ['-v', 'en-us', '-s', '175', '-g', '1', '-w', spoken, words]);
// Half a second of silence before and after the speech.
const trimmed = 'silenceremove=start_periods=1:start_threshold=-50dB';
ffmpeg('-i', spoken, '-af', `${trimmed},areverse,${trimmed},areverse,aresample=16000`, even);
ffmpeg('-i', even, '-af', 'adelay=500,apad=pad_dur=0.5', voice);
run('sox', [voice, '-r', '8000', telephone]);

encode('voice-note.oga', '-c:a', 'libopus', '-b:a', '16k', '-application', 'voip');
encode('vorbis.ogg', '-c:a', 'libvorbis', '-b:a', '24k');
encode('speech.mp3', '-c:a', 'libmp3lame', '-b:a', '16k');
encode('stereo.mp3', '-ar', '16000', '-ac', '2', '-c:a', 'libmp3lame', '-b:a', '16k');
encode('speech.m4a', '-ar', '8000', '-c:a', 'aac', '-b:a', '8k', '-movflags', '+faststart');
encode('speech.aac', '-ar', '8000', '-c:a', 'aac', '-b:a', '8k', '-f', 'adts');
encode('speech.wav', '-ar', '8000', '-c:a', 'libgsm_ms');
// Quiet speech.
encode('speech.flac', '-ar', '8000', '-af', 'volume=0.05', '-sample_fmt', 's16', '-c:a', 'flac');
encode('speech.caf', '-c:a', 'libopus', '-b:a', '12k');
encode('speech.wma', '-c:a', 'wmav2', '-b:a', '24k');
encode('speech.webm', '-c:a', 'libopus', '-b:a', '16k');
encode(
  'speech.m2ts',
  '-c:a',
  'libmp3lame',
  '-b:a',
  '16k',
  '-pat_period',
  '2',
  '-sdt_period',
  '2',
  '-f',
  'mpegts',
);
encode('speech.flv', '-ar', '22050', '-c:a', 'libmp3lame', '-b:a', '16k');
ffmpeg('-f', 'amr', '-i', telephone, '-c', 'copy', '-f', 'amr', join(output, 'speech.amr'));
ffmpeg('-f', 'amr', '-i', telephone, '-c', 'copy', join(output, 'speech.3gp'));

film('video.mp4', ['libx264', '-g', '20'], '-ar', '8000', '-c:a', 'aac', '-b:a', '8k');
film('video.mkv', ['libx264', '-g', '20'], '-c:a', 'libopus', '-b:a', '16k');
film('video.mov', ['mpeg4'], '-ar', '8000', '-c:a', 'aac', '-b:a', '8k');
film('video.avi', ['mpeg4'], '-c:a', 'libmp3lame', '-b:a', '16k');
film(
  'fragmented.mp4',
  ['libx264', '-bf', '0'],
  '-ar',
  '8000',
  '-c:a',
  'aac',
  '-b:a',
  '12k',
  '-movflags',
  'frag_keyframe+empty_moov',
);

// Speech into one of eight microphones.
const eight = 'pan=7.1|FL=0*c0|FR=0*c0|FC=0*c0|LFE=0*c0|BL=0*c0|BR=0*c0|SL=0*c0|SR=c0';
encode('eight-channels.mp4', '-ar', '8000', '-af', eight, '-c:a', 'aac', '-b:a', '16k');

// A recorder that streams its output cannot write the duration (Matroska leaves it out when the output cannot seek).
ffmpeg(
  '-i',
  voice,
  '-c:a',
  'libopus',
  '-b:a',
  '16k',
  '-f',
  'webm',
  '-live',
  '1',
  join(output, 'no-duration.webm'),
);

// A music track comes first; the default track has the speech.
ffmpeg(
  ...['-f', 'lavfi', '-i', 'sine=f=880:d=6', '-i', voice, '-map', '0:a', '-map', '1:a'],
  ...['-c:a', 'libopus', '-b:a', '10k', '-disposition:a:0', '0', '-disposition:a:1', 'default'],
  join(output, 'default-track-second.mka'),
);

// The sound starts two seconds after the picture, and half a second before it.
const sound = ['-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-g', '20', '-pix_fmt', 'yuv420p'];
const late = ['-itsoffset', '2', '-i', voice, ...sound, '-ar', '8000', '-c:a', 'aac', '-b:a', '8k'];
ffmpeg(...picture, ...late, join(output, 'late-sound.mp4'));
const early = ['-itsoffset', '-0.5', '-i', voice, ...sound, '-ar', '8000', '-c:a', 'aac', '-b:a', '8k'];
ffmpeg(...picture, ...early, '-avoid_negative_ts', 'disabled', join(output, 'negative-start.mp4'));

// Two recorders one after the other: the rate and the number of channels change half-way.
const first = ['-t', '2.4', '-ar', '44100', '-ac', '2', '-c:a', 'libmp3lame', '-b:a', '32k'];
const second = ['-ss', '2.4', '-ar', '22050', '-c:a', 'libmp3lame', '-b:a', '24k'];
const bare = ['-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3'];
ffmpeg('-i', voice, ...first, ...bare, join(work, 'a.mp3'));
ffmpeg('-i', voice, ...second, ...bare, join(work, 'b.mp3'));
ffmpeg(
  '-i',
  `concat:${join(work, 'a.mp3')}|${join(work, 'b.mp3')}`,
  '-c',
  'copy',
  ...bare,
  join(output, 'changing-rate.mp3'),
);

rmSync(work, { recursive: true });
