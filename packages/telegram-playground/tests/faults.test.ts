import { GrammyError, HttpError } from 'grammy';
import { describe, expect, test } from 'vitest';
import { runPlayground, sara, token } from './running-playground.ts';

describe('the fault switch', () => {
  test('the fault switch answers 429 with retry_after as many times as asked', async () => {
    const { api, playground } = await runPlayground();
    playground.faults.set('sendMessage', { kind: 'status', status: 429, retryAfter: 3 }, 1);
    const error = await api.sendMessage(sara, 'x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 3',
      parameters: { retry_after: 3 },
    });
    await expect(api.sendMessage(sara, 'x')).resolves.toMatchObject({ text: 'x' });
    expect(playground.calls().map(({ method, status }) => [method, status])).toEqual([
      ['sendMessage', 429],
      ['sendMessage', 200],
    ]);
  });

  test('the fault switch refuses with "bot was blocked" or any other description', async () => {
    const { api, playground } = await runPlayground();
    playground.faults.set('*', { kind: 'status', status: 403 });
    await expect(api.sendMessage(sara, 'x')).rejects.toMatchObject({
      description: 'Forbidden: bot was blocked by the user',
    });
    playground.faults.clear();
    playground.faults.set('*', {
      kind: 'status',
      status: 500,
      description: 'Internal Server Error: restart',
    });
    await expect(api.getMe()).rejects.toMatchObject({ error_code: 500 });
  });

  test('the fault switch breaks connections, before the work or after it', async () => {
    const { api, playground, person } = await runPlayground();
    playground.faults.set('sendMessage', { kind: 'drop' }, 1);
    await expect(api.sendMessage(sara, 'never sent')).rejects.toBeInstanceOf(HttpError);
    playground.faults.set('sendMessage', { kind: 'drop', after: true }, 1);
    await expect(api.sendMessage(sara, 'sent all the same')).rejects.toBeInstanceOf(HttpError);
    expect((await person.messages(sara)).map((message) => message.text)).toEqual(['sent all the same']);
  });

  test('the fault switch lets calls hang until it is cleared', async () => {
    const { api, playground } = await runPlayground();
    playground.faults.set('getMe', { kind: 'hang' });
    const hanging = api.getMe().catch((error: unknown) => error);
    await expect.poll(() => playground.calls().length).toBe(1);
    playground.faults.clear();
    expect(await hanging).toBeInstanceOf(HttpError);
    expect(playground.calls()[0]?.status).toBeNull();
  });

  test('the fault switch can be set over HTTP, for downloads too', async () => {
    const { api, playground, person } = await runPlayground();
    const sent = await person.sends(sara, new Uint8Array(10), { kind: 'voice' });
    const file = await api.getFile(sent.voice?.file_id ?? '');
    const address = `${playground.apiRoot}/file/bot${token}/${file.file_path}`;
    await person.request('POST', '/faults', {
      method: 'download',
      fault: { kind: 'status', status: 500 },
      times: 1,
    });
    expect((await fetch(address)).status).toBe(500);
    expect((await fetch(address)).status).toBe(200);
    await person.request('POST', '/faults', { method: 'getMe', fault: { kind: 'status', status: 400 } });
    await expect(api.getMe()).rejects.toMatchObject({ error_code: 400 });
    await person.request('DELETE', '/faults');
    await expect(api.getMe()).resolves.toMatchObject({ is_bot: true });
    expect(
      (await person.request('POST', '/faults', { method: 'getMe', fault: { kind: 'joke' } })).status,
    ).toBe(400);
  });
});
