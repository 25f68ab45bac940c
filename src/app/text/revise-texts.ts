import { usualChoice } from '../../domain/document-choice.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { writtenAnswer } from '../outcomes.ts';
import { type ExchangeDependencies, exchangeTexts } from './exchange.ts';
import type { SentAnswers, SentDelivery } from './ports.ts';

/** Updates the messages with a transcript's text. Each is a delivery of its own; their number may change. */
export async function reviseTexts(
  dependencies: ExchangeDependencies & { sentAnswers: SentAnswers },
  transcription: Transcription,
  sent: readonly SentDelivery[],
): Promise<void> {
  const { sentAnswers, transcripts } = dependencies;
  const old = sent.filter(({ delivery }) => delivery.kind === 'text');
  const stored = await transcripts.find(transcription.id);
  // A transcript in a bundle has no messages of its own.
  if (old.length === 0 || stored === null) return;
  const album = sent.map(({ delivery }) => delivery).find(({ kind }) => kind === 'album');
  const choice = { ...usualChoice, ...(album?.kind === 'album' ? album.payload : {}) };
  const { messages } = writtenAnswer(stored.transcript, choice);
  for (let part = 0; part < Math.max(old.length, messages.length); part += 1) {
    const before = old[part];
    const payload = messages[part];
    const said = before?.delivery.kind === 'text' ? before.delivery.payload.text : undefined;
    if (payload !== undefined && said === payload.text) continue;
    const texts = payload === undefined ? [] : [payload];
    const messageIds = await exchangeTexts(dependencies, transcription, texts, before?.messageIds ?? []);
    const now = { kind: 'text', part, payload: payload ?? { text: '' } } as const;
    await sentAnswers.keep(transcription.id, now, messageIds);
  }
}
