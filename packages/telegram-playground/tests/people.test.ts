import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { runPlayground, sara, token } from './running-playground.ts';

/** Sends a request whose path and headers stay as they are, which fetch does not do. */
function rawRequest(
  url: string,
  options: { path: string; method?: string; headers?: Record<string, string> },
) {
  return new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    httpRequest({ hostname, port, method: 'GET', ...options }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('people', () => {
  test('people at the playground are four at the beginning, and more can be added', async () => {
    const { person } = await runPlayground();
    const { body } = await person.request('GET', '/people');
    expect(body.map((one: { language_code: string }) => one.language_code)).toEqual(['fa', 'fa', 'en', 'en']);
    const added = await person.request('POST', '/people', { first_name: 'Noor', language_code: 'ar' });
    expect([added.status, added.body.unread]).toEqual([201, 0]);
    expect((await person.says(added.body.id, 'hi')).from?.first_name).toBe('Noor');
    expect((await person.request('POST', '/people', { first_name: '' })).status).toBe(400);
    expect((await person.request('GET', '/people/7/messages')).status).toBe(404);
  });

  test('people at the playground page through their history', async () => {
    const { person } = await runPlayground();
    for (let number = 1; number <= 5; number += 1) await person.says(sara, `text ${number}`);
    const page = async (query: string) =>
      (await person.request('GET', `/people/${sara}/messages?${query}`)).body;
    const newest = await page('limit=2');
    expect([newest.messages.map((one: { text: string }) => one.text), newest.more]).toEqual([
      ['text 4', 'text 5'],
      true,
    ]);
    const oldest = await page(`limit=9&before=${newest.messages[0].message_id}`);
    expect([oldest.messages.length, oldest.more]).toEqual([3, false]);
  });

  test('people at the playground cannot send too long a text, nor write to a bot they stopped', async () => {
    const { person } = await runPlayground();
    const send = (text: string) => person.request('POST', `/people/${sara}/messages`, { text });
    expect((await send('x'.repeat(4097))).status).toBe(400);
    expect((await send('  ')).status).toBe(400);
    await person.request('PATCH', `/people/${sara}`, { blocked: true });
    expect((await send('hello?')).status).toBe(403);
  });

  test('people at the playground press only existing buttons, unless a forged press is asked for', async () => {
    const { api, person, playground } = await runPlayground();
    const { message_id } = await api.sendMessage(sara, 'x', {
      reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'real' }]] },
    });
    expect((await person.presses(sara, message_id, 'false')).status).toBe(400);
    const pressed = person.presses(sara, message_id, 'false', true);
    const [update] = await api.getUpdates({ timeout: 10 });
    expect(update?.callback_query).toMatchObject({
      data: 'false',
      from: { id: sara },
      message: { message_id },
    });
    await playground.close();
    expect((await pressed).body).toEqual({ answered: false });
  });

  test('people at the playground delete a message without an update for the bot', async () => {
    const { api, person } = await runPlayground();
    const { message_id } = await api.sendMessage(sara, 'x');
    expect((await person.request('DELETE', `/people/${sara}/messages/${message_id}`)).status).toBe(204);
    expect(await api.getUpdates()).toEqual([]);
    await expect(api.editMessageText(sara, message_id, 'y')).rejects.toMatchObject({
      description: 'Bad Request: message to edit not found',
    });
  });
});

describe('files of people', () => {
  test('files from people are sent as a Telegram client would send them', async () => {
    const { person } = await runPlayground();
    const bytes = new Uint8Array(10);
    const kinds = {
      'a.mp3': 'audio',
      'a.ogg': 'audio',
      'a.mp4': 'video',
      'a.mkv': 'document',
      'a.txt': 'document',
    };
    for (const [name, kind] of Object.entries(kinds)) {
      expect(await person.sends(sara, bytes, { kind: 'auto', name })).toHaveProperty(kind);
    }
    const note = await person.sends(sara, bytes, { kind: 'video_note', duration: '5' });
    expect(note.video_note).toMatchObject({ length: 240, duration: 5 });
  });

  test('files from people can come as forms too, with replies, captions, forwards and albums', async () => {
    const { playground, person, api } = await runPlayground();
    const { message_id } = await person.says(sara, 'first');
    const form = new FormData();
    form.append('kind', 'voice');
    form.append('caption', 'زیرنویس');
    form.append('forward', 'Somebody');
    form.append('media_group_id', 'g1');
    form.append('reply_to_message_id', String(message_id));
    form.append('file', new Blob([new Uint8Array(5)], { type: 'audio/ogg' }), 'صدا "یک".ogg');
    const response = await fetch(`${playground.url}/playground/people/${sara}/files`, {
      method: 'POST',
      body: form,
    });
    expect(response.status).toBe(201);
    const [, update] = await api.getUpdates();
    expect(update?.message).toMatchObject({
      voice: { file_size: 5 },
      caption: 'زیرنویس',
      media_group_id: 'g1',
      forward_origin: { type: 'hidden_user', sender_user_name: 'Somebody' },
      reply_to_message: { message_id },
    });
  });

  test('files from people may be empty and may have any name', async () => {
    const { person, playground } = await runPlayground();
    const name = `${'n'.repeat(4_000)}/../\u202Egpj.exe`;
    const { document } = await person.sends(sara, new Uint8Array(0), { kind: 'document', name });
    expect(document).toMatchObject({ file_size: 0, file_name: name });
    const shown = await fetch(`${playground.url}/playground/files/${document?.file_unique_id}?download=1`);
    expect([shown.status, await shown.text()]).toEqual([200, '']);
    expect(shown.headers.get('content-disposition')).toMatch(/^attachment; /);
  });

  test('files from people can be downloaded in parts, and never run as pages', async () => {
    const { person, playground } = await runPlayground();
    const bytes = new TextEncoder().encode('<script>0123456789</script>');
    const { document } = await person.sends(sara, bytes, { kind: 'document', name: 'page.html' });
    const address = `${playground.url}/playground/files/${document?.file_unique_id}`;
    const range = await fetch(address, { headers: { range: 'bytes=8-10' } });
    expect([range.status, await range.text(), range.headers.get('content-range')]).toEqual([
      206,
      '012',
      'bytes 8-10/27',
    ]);
    expect(range.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const last = await fetch(address, { headers: { range: 'bytes=-4' } });
    expect(await last.text()).toBe('ipt>');
    expect((await fetch(address, { headers: { range: 'bytes=27-' } })).status).toBe(416);
    expect((await fetch(address, { headers: { range: 'bytes=0-0,5-6' } })).status).toBe(200);
  });
});

describe('the HTTP server', () => {
  test('the playground’s HTTP server serves nothing outside the served folders', async () => {
    const { playground } = await runPlayground();
    for (const path of [
      '/page/../playground.ts',
      '/page/..%2fplayground.ts',
      '/page/%2e%2e/playground.ts',
      '/page/.hidden.js',
      `/file/bot${token}/../../journal.jsonl`,
      `/file/bot${token}/..%2fjournal.jsonl`,
      '/playground/files/..%2f..%2fjournal.jsonl',
    ]) {
      expect(await rawRequest(playground.url, { path }), path).toBe(404);
    }
  });

  test('the playground’s HTTP server refuses other origins and other host names', async () => {
    const { playground } = await runPlayground();
    const path = '/playground/people';
    const evil = 'http://evil.example';
    expect(await rawRequest(playground.url, { path, method: 'POST', headers: { origin: evil } })).toBe(403);
    expect(await rawRequest(playground.url, { path, headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403);
    expect(await rawRequest(playground.url, { path, headers: { host: 'evil.example' } })).toBe(403);
    const { port } = new URL(playground.url);
    expect(await rawRequest(playground.url, { path, headers: { host: `localhost:${port}` } })).toBe(200);
    expect(await rawRequest(playground.url, { path, headers: { origin: playground.url } })).toBe(200);
  });

  test('the playground’s HTTP server serves the page and its font with a strict policy', async () => {
    const { playground } = await runPlayground();
    const font = await fetch(`${playground.url}/page/fonts/vazirmatn.woff2`);
    expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2']);
    expect(font.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(font.headers.get('cache-control')).toBe('no-cache');
    expect((await font.arrayBuffer()).byteLength).toBeGreaterThan(50_000);
  });
});
