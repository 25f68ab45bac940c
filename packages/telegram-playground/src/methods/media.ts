import type { Core, Method, MethodResult } from '../core.ts';
import { mediaContent } from '../files/media-content.ts';
import { badRequest } from './bot-api-error.ts';
import { captionContent } from './content.ts';
import { findInputFile } from './input-file.ts';
import { readPlace } from './lookup.ts';
import type { Parameters } from './parameters.ts';
import { readResponse } from './reply.ts';
import { readReplyMarkup } from './reply-markup.ts';

const dayS = 24 * 60 * 60;

/** The methods that send one file. */
export const mediaMethods: Readonly<Record<string, Method>> = {
  sendDocument: (core, parameters) => sendFile(core, parameters, 'document'),
  sendVoice: (core, parameters) => sendFile(core, parameters, 'voice'),
  sendAudio: (core, parameters) => sendFile(core, parameters, 'audio'),
  sendPhoto: (core, parameters) => sendFile(core, parameters, 'photo'),
  sendVideo: (core, parameters) => sendFile(core, parameters, 'video'),
};

async function sendFile(
  core: Core,
  parameters: Parameters,
  kind: 'document' | 'voice' | 'audio' | 'photo' | 'video',
): Promise<MethodResult> {
  const caption = captionContent(
    parameters.text('caption'),
    parameters.text('parse_mode'),
    parameters.json('caption_entities'),
  );
  const markup = readReplyMarkup(parameters);
  const input = findInputFile(core, parameters, kind, parameters.text(kind), kind);
  if (!input) throw badRequest(`there is no ${kind} in the request`);
  const peer = readPlace(core, parameters);
  const reply = readResponse(core, parameters, peer);
  const media = mediaContent(await input.take(), {
    duration: parameters.integer('duration', 0, 0, dayS),
    title: parameters.text('title'),
    performer: parameters.text('performer'),
  });
  const content = {
    ...reply,
    ...media,
    ...caption,
    ...(markup.inline && { reply_markup: markup.inline }),
  };
  const flags = { frozen: markup.replyKeyboard, silent: parameters.flag('disable_notification') };
  return { result: core.conversation.postFromBot(peer, content, flags) };
}
