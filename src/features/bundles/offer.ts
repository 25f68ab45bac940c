import type { InlineKeyboardMarkup } from 'grammy/types';
import type { BundleId } from '../../domain/bundle.ts';
import type { Bundles } from './store.ts';

/** The private chat in which an upload arrived. */
type OfferChat = {
  say(key: string): string;
  reply(
    text: string,
    other: { reply_markup: InlineKeyboardMarkup; disable_notification: true },
  ): Promise<{ readonly message_id: number }>;
};

/** Offers one document in the chat, for a bundle that was just made. */
export async function offerBundle(bundles: Bundles, chat: OfferChat, bundle: BundleId): Promise<void> {
  // The files have just been sent: the user looks at the chat.
  const offer = await chat.reply(chat.say('bundle-offer'), {
    reply_markup: offerMenu(chat, bundle),
    disable_notification: true,
  });
  await bundles.offered(bundle, offer.message_id);
}

/** Returns the buttons of the offer: one document, or one for each upload (`bundle:12:all`, `bundle:12:none`). */
function offerMenu(chat: OfferChat, bundle: BundleId): InlineKeyboardMarkup {
  const button = (wish: 'all' | 'none') => ({
    text: chat.say(`bundle-button-${wish}`),
    callback_data: `bundle:${bundle}:${wish}`,
  });
  return { inline_keyboard: [[button('all')], [button('none')]] };
}
