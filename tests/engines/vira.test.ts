import { expect, test } from 'vitest';
import { createViraEngine } from '../../src/engines/vira.ts';
import { readViraResponse } from '../../src/engines/vira-response.ts';
import { hooks, plain } from '../support/local-transcribers.ts';
import { startViraService } from '../support/services/vira-service.ts';
import { provideChunk } from '../support/short-chunk.ts';

const chunk = provideChunk();

test('a deferred answer of VIRA without an id ends the file, and the audio is not sent and paid again', async () => {
  const service = await startViraService('pending, no id');
  const settings = {
    token: service.key,
    baseUrl: service.url,
    model: 'default',
    pricePerMinute: null,
    timeoutMs: 10_000,
    maxParallelChunks: 1,
  };
  const engine = createViraEngine(settings, 5);
  try {
    await expect(engine.transcribe(chunk(), plain, hooks())).rejects.toMatchObject({
      code: 'engine_response_unknown',
      retryable: false,
      message: 'the service answered in a form I do not know: {data: {status: string, data: {eta: number}}}',
    });
    expect(service.steps).toEqual(['request']);
  } finally {
    await engine.close();
    await service.close();
  }
});

test('an empty text beside a pending status is not taken for silence', () => {
  const pending = { data: { status: 'queued', data: { id: 7, text: '' } } };
  expect(readViraResponse(pending)).toEqual({ kind: 'pending', id: '7' });
  expect(readViraResponse({ data: { status: 'success', data: { text: ' ' } } })).toEqual({
    kind: 'text',
    text: '',
  });
});
