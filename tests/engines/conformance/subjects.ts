import type { Engine } from '../../../src/domain/engine.ts';
import { createEbooEngine } from '../../../src/engines/eboo.ts';
import { createElevenLabsEngine, type ElevenLabsSettings } from '../../../src/engines/elevenlabs.ts';
import { createOpenAiEngine } from '../../../src/engines/openai.ts';
import { createScribeEngine } from '../../../src/engines/scribe.ts';
import { createViraEngine } from '../../../src/engines/vira.ts';
import { startEbooService } from '../../support/services/eboo-service.ts';
import { startElevenLabsService } from '../../support/services/elevenlabs-service.ts';
import { startMetisService } from '../../support/services/metis-service.ts';
import { startOpenAiService } from '../../support/services/openai-service.ts';
import type { Service } from '../../support/services/service.ts';
import { startViraService } from '../../support/services/vira-service.ts';

/** A service and the engine for it. */
export type Subject = {
  readonly engine: Engine;
  readonly service: Service;
  readonly key: string;
  close(): Promise<void>;
};

export type SubjectKind = {
  readonly name: string;
  readonly id: Engine['profile']['id'];
  /** The requests for one chunk, in order. */
  readonly steps: readonly string[];
  /** The step whose answer holds the text, and that answer with an empty one. */
  readonly empty: object;
  /** The answer of the last step while the job is pending; null where the answer comes at once. */
  readonly pending: object | null;
  start(shape?: string): Promise<Subject>;
};

/** Timeout of the engines in these tests, in ms. */
const timeoutMs = 1_500;
const pollMs = 5;

function subject<S extends Service & { key: string }>(
  service: S,
  create: (settings: ElevenLabsSettings, pollMs: number) => Engine,
  model: string,
): Subject {
  const settings = {
    token: service.key,
    baseUrl: service.url,
    model,
    pricePerMinute: null,
    timeoutMs,
    maxParallelChunks: 2,
    diarize: true,
    noVerbatim: false,
    keyterms: true,
  };
  const engine = create(settings, pollMs);
  return {
    engine,
    service,
    key: service.key,
    async close() {
      await engine.close();
      await service.close();
    },
  };
}

/** The five services. Each known form of a success is tried as well. */
export const subjectKinds: readonly SubjectKind[] = [
  {
    name: 'EBOO',
    id: 'eboo',
    steps: ['addfile', 'convert', 'checkconvert'],
    empty: { Status: 'ConvertFinished', Output: '' },
    pending: { Status: 'Data Not Found Yet' },
    start: async () => subject(await startEbooService(), createEbooEngine, ''),
  },
  {
    name: 'SCRIBE',
    id: 'scribe',
    steps: ['store', 'generate', 'check'],
    empty: { status: 'COMPLETED', generations: [{ content: '' }] },
    pending: { status: 'WAITING' },
    start: async (shape) =>
      subject(
        await startMetisService(shape as Parameters<typeof startMetisService>[0]),
        createScribeEngine,
        'scribe_v2',
      ),
  },
  {
    name: 'VIRA',
    id: 'vira',
    steps: ['request'],
    empty: { data: { status: 'success', data: { aiResponse: { result: { text: '' } } } } },
    pending: { data: { status: 'pending', data: 'job-1' } },
    start: async (shape) =>
      subject(
        await startViraService(shape as Parameters<typeof startViraService>[0]),
        createViraEngine,
        'default',
      ),
  },
  {
    name: 'OpenAI',
    id: 'openai',
    steps: ['transcribe'],
    empty: { text: '', segments: [], words: [] },
    pending: null,
    start: async (shape) => {
      const [kind, model] = (shape ?? 'openai whisper-1').split(' ');
      return subject(
        await startOpenAiService(kind?.replace('-', ' ') as 'openai'),
        createOpenAiEngine,
        model ?? 'whisper-1',
      );
    },
  },
  {
    name: 'ElevenLabs',
    id: 'elevenlabs',
    steps: ['transcribe'],
    empty: { language_code: 'fas', text: '', words: [] },
    pending: null,
    start: async () => subject(await startElevenLabsService(), createElevenLabsEngine, 'scribe_v2'),
  },
];

/** The observed forms of each service's answers, by the name that its strict server has for them. */
export const shapes: Readonly<Record<string, readonly string[]>> = {
  EBOO: ['text'],
  SCRIBE: ['content', 'text', 'url', 'rawResponse', 'raw-text', 'raw-json'],
  VIRA: [
    'nested',
    'data.text',
    'data.data.text',
    'aiResponse.text',
    'segments',
    'transcript',
    'transcription',
    'list of sentences',
    'pending',
    'pending, a number',
    'pending, id',
    'pending, request_id',
    'pending, requestId',
    'pending, tracking_id',
  ],
  OpenAI: [
    'openai whisper-1',
    'openai gpt-transcribe',
    'openai gpt-4o-transcribe',
    'openai gpt-4o-transcribe-diarize',
    'speaches Systran/faster-whisper-base',
    'whisper.cpp any',
    'LocalAI whisper-1',
    'json-only any',
    'no-logprobs gpt-4o-transcribe',
    'no-speakers gpt-4o-transcribe-diarize',
  ],
  ElevenLabs: ['scribe_v2'],
};
