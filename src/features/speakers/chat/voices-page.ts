import type { Composer } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { isolate } from '../../../texts/format.ts';
import type { RememberedVoice, VoiceprintStore } from '../store/voiceprints.ts';

/** Callback data of the page of remembered voices, and of its buttons. */
const voicesPress = /^speakers:voices(?::(on|off|forget:([1-9]\d{0,14})))?$/;

type VoicesDependencies = { readonly voiceprints: VoiceprintStore };

/** Adds the page of the voices that a user has had remembered, which /settings and /mydata open. */
export function installVoicesPage(composer: Composer<BotContext>, { voiceprints }: VoicesDependencies): void {
  composer.chatType('private').callbackQuery(voicesPress, async (ctx) => {
    const [, action, voice] = ctx.match;
    const userId = ctx.from.id;
    if (action === 'on' || action === 'off') await voiceprints.switch(userId, action === 'on');
    else if (voice !== undefined) await voiceprints.remove(userId, Number(voice));
    ctx.confirmUpdate();
    await ctx.answerCallbackQuery(action === undefined ? undefined : ctx.say('settings-set'));
    const isOn = await voiceprints.isOn(userId);
    const { text, keyboard } = renderVoicesPage(ctx, await voiceprints.entries(userId), isOn);
    // Telegram refuses an edit that changes nothing.
    await ctx.editMessageText(text, { reply_markup: keyboard }).catch(() => undefined);
  });
}

function renderVoicesPage(
  ctx: BotContext,
  voices: readonly RememberedVoice[],
  isOn: boolean | null,
): { readonly text: string; readonly keyboard: InlineKeyboardMarkup } {
  const state = isOn === null ? 'ask' : isOn ? 'on' : 'off';
  const isSwitchedOff = isOn === false;
  return {
    text: [
      ctx.say('voices-page'),
      '',
      ctx.say('voices-count', { count: voices.length }),
      ctx.say('voices-state', { state }),
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...voices.map(({ id, name }) => [
          { text: `🗑 ${isolate(name)}`, callback_data: `speakers:voices:forget:${id}` },
        ]),
        [
          {
            text: ctx.say(isSwitchedOff ? 'voices-button-on' : 'voices-button-off'),
            callback_data: `speakers:voices:${isSwitchedOff ? 'on' : 'off'}`,
          },
        ],
        [{ text: ctx.say('settings-back'), callback_data: 'settings:main' }],
      ],
    },
  };
}
