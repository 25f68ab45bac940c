import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlaygroundUser } from '../../src/demo/playground-user.ts';
import { describeWithLocal } from '../support/local-engine-folder.ts';
import { StartedDabir, temporaryDataDir } from '../support/started-dabir.ts';
import { fixture, noise, wavHeader } from './samples.ts';
import { spoken, spokenFile } from './spoken.ts';

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Returns the numbers in a transcript, in order; Whisper writes them as words or as digits. */
function heard(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  return words.map((word) => numbers[Number(word) - 1] ?? word).filter((word) => numbers.includes(word));
}

/** Every kind of file at once, as `npm start` runs it, with the real LOCAL model. */
await describeWithLocal('the whole product:', () => {
  let data: Awaited<ReturnType<typeof temporaryDataDir>>;
  let dabir: StartedDabir;

  beforeAll(async () => {
    data = await temporaryDataDir({ withLocalEngine: true });
    dabir = await StartedDabir.start(data.path);
    await dabir.says(/LOCAL is ready/);
  }, 300_000);
  afterAll(async () => {
    await dabir?.stop();
    await data?.remove();
  });

  /** Sends a file as a new person; resolves to the final status. */
  const send = async (path: string) => {
    const person = await PlaygroundUser.enter(dabir.url);
    let status = '';
    const result = await person.transcribe(path, 'local', 'en', (text) => {
      status = text;
    });
    return { ...result, status };
  };
  const write = async (name: string, content: Uint8Array) => {
    await writeFile(join(data.path, name), content);
    return join(data.path, name);
  };
  const cutOff = async (name: string) => {
    const whole = await readFile(spokenFile(name));
    return write(`cut-${name}`, whole.subarray(0, whole.length * 0.6));
  };

  test('26 files give their numbers, damaged ones what can be read, and others the right sentence', async () => {
    const whole = spoken.map(async ([name]) => {
      const { failure, text, status } = await send(spokenFile(name));
      expect(failure, name).toBeNull();
      // A synthetic voice and a small model: the last word is a guess at times.
      expect(heard(text).slice(0, 9), name).toEqual(numbers.slice(0, 9));
      expect(status, name).not.toMatch(/damaged/);
    });
    const mislabelled = async () => {
      const { text } = await send(await write('voice.mp3', await readFile(spokenFile('video.mkv'))));
      expect(heard(text)).toEqual(numbers);
    };
    const damaged = ['speech.mp3', 'voice-note.oga', 'speech.webm', 'fragmented.mp4'].map(async (name) => {
      const { failure, text, status } = await send(await cutOff(name));
      expect(failure, name).toBeNull();
      expect(heard(text).slice(0, 3), name).toEqual(numbers.slice(0, 3));
      expect(status, name).toMatch(/The file is damaged/);
    });
    const silence = Buffer.concat([
      wavHeader(64_000, { rate: 16_000, channels: 1, coding: 'pcm16' }),
      Buffer.alloc(64_000),
    ]);
    const refused: [string, RegExp][] = [
      [await write('empty.oga', new Uint8Array()), /empty/],
      [await write('random.ogg', noise(20_000)), /could not be read as audio or video/],
      [await write('notes.txt', Buffer.from('Only words.')), /is not audio or video/],
      [
        await write('picture.mp3', await readFile(fixture('picture.png'))),
        /could not be read as audio or video/,
      ],
      [fixture('video-without-sound.mp4'), /has no audio, so/],
      [fixture('five-hours-of-silence.flac'), /at most 240 minutes/],
      [await cutOff('video.mp4'), /damaged: no audio could be read/],
      [await write('silence.wav', silence), /speech/],
    ];
    const refusals = refused.map(async ([path, sentence]) => {
      const { failure } = await send(path);
      expect(failure, path).toMatch(sentence);
    });
    await Promise.all([...whole, mislabelled(), ...damaged, ...refusals]);
  }, 600_000);
});
