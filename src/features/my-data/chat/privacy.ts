import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';

/**
 * /privacy: what is stored, where uploads are sent, and how to delete it; the short form of
 * docs/privacy.md.
 */
export const privacyFeature: Feature<unknown> = {
  commands: { private: ['privacy'] },
  install() {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('privacy', (ctx) => ctx.reply(ctx.say('privacy-page')));
    return composer;
  },
};
