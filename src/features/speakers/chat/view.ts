import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { languageOf } from '../../../bot/context.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import type { Speaker } from '../../../domain/speakers.ts';
import { formatDuration, isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';

/**
 * Callback data of the buttons: an action, the id of the transcription, and the places of one speaker or two
 * (`Speaker.place`).
 * - `list`: the list of speakers
 * - `play`: sends a clip of the voice
 * - `others`: asks who of the others is the same; `same`: merges the first speaker into the second
 * - `apart`: separates a speaker again
 * - `is`: gives a speaker the name that is offered
 * - `keep`, `leave`: the answer to whether the voice is to be remembered
 */
export const speakersPress =
  /^speakers:(list|play|others|same|apart|is|keep|leave):([1-9]\d{0,14})(?::(0|[1-9]\d{0,2}))?(?::(0|[1-9]\d{0,2}))?$/;

/** Maximum number of speakers in the list; Telegram shows a hundred buttons (tdlib), and each has two or three. */
const maxListed = 25;
/** Maximum length of a name on a button, in code points. */
const maxLabelLength = 24;

type SpeakersView = { readonly text: string; readonly keyboard: InlineKeyboardMarkup };

/**
 * Returns the list of speakers: how long each speaks, a button to listen, one to merge, and one with an offered name.
 * @param merged place of the speaker that was merged just now, which a button separates again
 */
export function renderSpeakers(
  ctx: BotContext,
  texts: Texts,
  id: TranscriptionId,
  speakers: readonly Speaker[],
  merged: number | null = null,
): SpeakersView {
  const shown = speakers.slice(0, maxListed);
  const lines = shown.map(({ name, seconds }) =>
    ctx.say('speakers-line', {
      name: isolate(name),
      duration: formatDuration(texts, languageOf(ctx), seconds),
    }),
  );
  const rows = shown.flatMap(({ name, guess, place }) => {
    const play = button(`▶ ${shortened(name)}`, 'play', id, place);
    const others = button(ctx.say('speakers-button-others'), 'others', id, place);
    const named = guess === null ? [] : [[renderGuessButton(ctx, id, { name, guess, place })]];
    return [speakers.length > 1 ? [play, others] : [play], ...named];
  });
  const apart = merged === null ? [] : [[button(ctx.say('speakers-button-apart'), 'apart', id, merged)]];
  return {
    text: [ctx.say('speakers-title'), ...lines].join('\n'),
    keyboard: { inline_keyboard: [...rows, ...apart] },
  };
}

function renderGuessButton(
  ctx: BotContext,
  id: TranscriptionId,
  { name, guess, place }: { readonly name: string; readonly guess: string; readonly place: number },
): InlineKeyboardButton {
  const label = ctx.say('speakers-button-is', { speaker: shortened(name), name: shortened(guess) });
  return button(label, 'is', id, place);
}

/** Returns the question who of the others is the same speaker. */
export function renderOthers(
  ctx: BotContext,
  id: TranscriptionId,
  speakers: readonly Speaker[],
  { name, place }: Speaker,
): SpeakersView {
  const others = speakers.filter((other) => other.place !== place).slice(0, maxListed);
  return {
    text: ctx.say('speakers-others', { name: isolate(name) }),
    keyboard: {
      inline_keyboard: [
        ...others.map((other) => [
          button(
            ctx.say('speakers-button-same', { name: shortened(other.name) }),
            'same',
            id,
            place,
            other.place,
          ),
        ]),
        [button(ctx.say('speakers-button-back'), 'list', id)],
      ],
    },
  };
}

/** Returns the buttons that answer whether a voice is to be remembered. */
export function renderRememberQuestion(
  ctx: BotContext,
  id: TranscriptionId,
  place: number,
): InlineKeyboardMarkup {
  return {
    inline_keyboard: [
      [
        button(ctx.say('speakers-button-keep'), 'keep', id, place),
        button(ctx.say('speakers-button-leave'), 'leave', id, place),
      ],
    ],
  };
}

function button(
  text: string,
  action: string,
  id: TranscriptionId,
  ...places: number[]
): InlineKeyboardButton {
  return { text, callback_data: ['speakers', action, id, ...places].join(':') };
}

function shortened(name: string): string {
  const letters = [...name];
  return isolate(
    letters.length <= maxLabelLength ? name : `${letters.slice(0, maxLabelLength - 1).join('')}…`,
  );
}
