import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Group } from '../../support/group.ts';
import { type LinkServer, startLinkServer, testWeb } from '../../support/link-server.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
let server: LinkServer;
let isThere = true;
beforeAll(async () => {
  const sound = await readFile(new URL('../../fixtures/media/tone.mp3', import.meta.url));
  server = await startLinkServer((request, response) => {
    if (!isThere) response.writeHead(404).end();
    else if (request.url?.includes('.mp3'))
      response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(sound);
    else response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  });
  const linkRules = testWeb({ 'radio.example': () => '127.0.0.1', 'intranet.example': () => '127.0.0.2' });
  dabir = await startScriptedDabir({ linkRules, others: [] });
});
afterAll(async () => {
  await dabir.close();
  await server.close();
});

describe.each(['fa', 'en'])('a link (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    isThere = true;
  });
  let links = 0;
  /** Returns another link each time: a link that was transcribed before is answered at once. */
  const link = (path = 'talk.mp3', host = 'radio.example') =>
    `http://${host}:${server.port}/${++links}/${language}/${path}`;

  /** Sends a text as Sara and picks LOCAL; returns the message's id. */
  const asksFor = async (text: string) => {
    const note = await sara.says(text);
    await sara.chooses(note);
    return note;
  };

  test('a link is transcribed like any file, and its documents bear its name', async () => {
    const note = await asksFor(`به این گوش بده: ${link('%D8%B1%D8%A7%D8%AF%DB%8C%D9%88.mp3')}`);
    expect(await sara.ending(note)).toMatch(/^✓/);
    await sara.reads('سلام دنیا', note);
    const names = sara.answers(note).flatMap(({ document }) => document?.file_name ?? []);
    expect(names).toEqual(['رادیو.txt', 'رادیو.docx', 'رادیو.pdf']);
  });

  test('a link may have options beside it', async () => {
    const note = await sara.says(`${link()} local srt`);
    expect(await sara.ending(note)).toMatch(/^✓/);
    const names = sara.answers(note).flatMap(({ document }) => document?.file_name ?? []);
    expect(names).toEqual(['talk.srt']);
  });

  test('a link to nothing, to a page or to an internal host gets a sentence with advice, and a retry fetches again', async () => {
    isThere = false;
    const missing = await asksFor(link());
    expect(await sara.ending(missing)).toContain(sara.word('error-link_missing'));
    isThere = true;
    const { message_id } = await sara.status(missing);
    await sara.presses(message_id, sara.word('button-retry'));
    await sara.reads('سلام دنیا', missing);

    expect(await sara.ending(await asksFor(link('page')))).toContain(sara.word('error-link_is_page'));
    const inside = await asksFor(link('a.mp3', 'intranet.example'));
    expect(await sara.ending(inside)).toContain(sara.word('error-link_refused'));
  });

  test.each([
    ['http://192.168.1.1/admin.mp3', 'links-private'],
    ['http://radio.example/a.mp3', 'links-private'],
    ['http://sara:secret@radio.example:8080/a.mp3', 'links-password'],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'links-video-site'],
    ['https://youtu.be/dQw4w9WgXcQ', 'links-video-site'],
  ])('a link is refused at once and stored nowhere: %s', async (text, key) => {
    const note = await sara.says(text);
    await sara.reads(sara.word(key), note);
    expect(await dabir.shared.database.transcription.count({ where: { userId: sara.id } })).toBe(0);
    expect(dabir.logged.join('\n')).not.toContain('secret');
  });

  test('a link is not seen in a bare host name', async () => {
    const note = await sara.says('https://radio.example');
    await sara.reads(sara.word('send-me-audio'));
    expect(sara.answers(note)).toEqual([]);
  });

  test('a link waits in a group for /transcribe', async () => {
    const group = await Group.found(dabir.playground.url, sara, []);
    const note = await group.says(sara, link());
    await group.says(sara, '/transcribe', { replyTo: note });
    await group.ends(note);
    const asked = await group.says(sara, `/transcribe ${link()}`);
    await group.ends(asked);
    const refused = await group.says(sara, '/transcribe https://youtu.be/x');
    await group.reads(sara.word('links-video-site'), refused);
  });
});

test('no log names a link', () => {
  expect(dabir.logged.join('\n')).not.toMatch(/radio\.example|intranet\.example/);
});
