import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputFile } from 'grammy';
import { describe, expect, test } from 'vitest';
import { startPlayground } from '../src/playground.ts';
import { runPlayground, sara, temporaryFolder, token } from './running-playground.ts';

describe('a restarted playground', () => {
  test('a restarted playground remembers messages, files, waiting updates, commands and people', async () => {
    const first = await runPlayground();
    const sent = await first.person.says(sara, 'hello');
    const { document } = await first.api.sendDocument(sara, new InputFile(Buffer.from('kept'), 'kept.txt'));
    const gone = await first.api.sendMessage(sara, 'gone');
    await first.api.deleteMessage(sara, gone.message_id);
    await first.api.setMyCommands([{ command: 'start', description: 'شروع' }], { language_code: 'fa' });
    await first.person.request('POST', '/people', { first_name: 'Zed', language_code: 'en' });
    const [update] = await first.api.getUpdates();
    await first.playground.close();

    const second = await runPlayground(first.folder);
    expect((await second.person.messages(sara)).map((message) => message.message_id)).toEqual([1, 2]);
    expect(await second.api.getUpdates()).toEqual([update]);
    const file = await second.api.getFile(document.file_id);
    const response = await fetch(`${second.playground.apiRoot}/file/bot${token}/${file.file_path}`);
    expect(await response.text()).toBe('kept');
    expect((await second.person.request('GET', '/bot?language=fa')).body.commands).toEqual([
      { command: 'start', description: 'شروع' },
    ]);
    expect((await second.person.request('GET', '/people')).body).toHaveLength(5);
    // Ids are never reused, not even that of a deleted message.
    expect((await second.api.sendMessage(sara, 'new')).message_id).toBe(gone.message_id + 1);
    await second.person.says(sara, 'again');
    expect((await second.api.getUpdates({ offset: -1 }))[0]?.update_id).toBeGreaterThan(
      update?.update_id ?? 0,
    );
    expect(sent.message_id).toBe(1);
  });

  test('a restarted playground leaves out a torn last line', async () => {
    const first = await runPlayground();
    await first.person.says(sara, 'whole');
    await first.person.says(sara, 'torn');
    await first.playground.close();
    const journal = path.join(first.folder, 'journal.jsonl');
    const lines = (await readFile(journal, 'utf8')).split('\n');
    const kept = lines.findIndex((line) => line.includes('"text":"torn"'));
    const bytes = Buffer.byteLength(`${lines.slice(0, kept).join('\n')}\n`);
    await truncate(journal, bytes + 25);

    const second = await runPlayground(first.folder);
    expect((await second.person.messages(sara)).map((message) => message.text)).toEqual(['whole']);
    await second.person.says(sara, 'next');
    await second.playground.close();
    const third = await runPlayground(first.folder);
    expect((await third.person.messages(sara)).map((message) => message.text)).toEqual(['whole', 'next']);
  });

  test('a restarted playground skips garbage and compacts a large journal', async () => {
    const first = await runPlayground();
    const { message_id } = await first.api.sendMessage(sara, 'kept');
    await first.playground.close();
    const journal = path.join(first.folder, 'journal.jsonl');
    const padding = `${JSON.stringify({ fact: 'read', chatId: sara, messageId: message_id })}\n`;
    await appendFile(journal, `not json\n{"fact":"person"}\n${padding.repeat(200_000)}`);

    const second = await runPlayground(first.folder);
    expect((await second.person.messages(sara)).map((message) => message.text)).toEqual(['kept']);
    expect((await readFile(journal)).length).toBeLessThan(10_000);
  });
});

describe('a playground', () => {
  test('a playground rejects its start with the original error when the port is taken, and touches nothing', async () => {
    const { playground } = await runPlayground();
    const dataDir = await temporaryFolder();
    await writeFile(path.join(dataDir, 'journal.jsonl'), 'something of mine');
    const port = Number(new URL(playground.url).port);
    await expect(startPlayground({ dataDir, host: '127.0.0.1', port, token })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    expect(await readFile(path.join(dataDir, 'journal.jsonl'), 'utf8')).toBe('something of mine');
  });

  test('a playground stops while the bot polls and a page listens', async () => {
    const { api, playground } = await runPlayground();
    const polling = api.getUpdates({ timeout: 50 });
    const stream = await fetch(`${playground.url}/playground/people/${sara}/events`);
    await expect.poll(() => playground.calls().length).toBe(1);
    await playground.close();
    expect(await polling).toEqual([]);
    expect(await stream.text()).toBe('retry: 1000\n\n');
  });
});
