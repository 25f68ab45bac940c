import type { Conversation } from '@grammyjs/conversations';
import type { BotContext } from '../../../bot/context.ts';
import { linkIn } from '../../../bot/link-upload.ts';
import { isolate } from '../../../texts/format.ts';
import type { Erasures } from '../../my-data/index.ts';
import { readTemplate } from '../minutes-templates.ts';
import { maxTemplates, type Templates } from '../store/templates.ts';

export type TemplateDialogDependencies = {
  readonly templates: Templates;
  readonly erasures: Pick<Erasures, 'recordMessage'>;
};

type Talk = Conversation<BotContext, BotContext>;

/**
 * Creates the dialog that waits for a template until a valid one arrives. The conversation is replayed with every update,
 * so all side effects run in `external`.
 */
function askForTemplate(dependencies: TemplateDialogDependencies) {
  /**
   * @param question id of the message that asks
   * @param isForAll true: an admin adds it for everybody
   */
  return async (talk: Talk, _begin: BotContext, question: number, isForAll: boolean): Promise<void> => {
    for (;;) {
      const { message } = await talk.wait();
      const replied = message?.reply_to_message?.message_id ?? question;
      // An upload, a link, a press, or a reply to another message such as a transcript.
      if (message?.text === undefined || replied !== question || linkIn(message) !== null) {
        return talk.skip({ next: true });
      }
      const { text } = message;
      if (await talk.external((ctx) => addTemplate(dependencies, ctx, isForAll, text))) return;
    }
  };
}

/** The dialog that waits for a template of minutes. */
export const templateDialog = { id: 'minutes-template', presses: /^templates:/, build: askForTemplate };

/** Saves a user's template. Resolves to true when the dialog is over. */
async function addTemplate(
  { templates, erasures }: TemplateDialogDependencies,
  ctx: BotContext,
  isForAll: boolean,
  text: string,
): Promise<boolean> {
  const userId = ctx.from?.id;
  if (userId === undefined) return true;
  const template = readTemplate(text);
  if (template === null) {
    await ctx.reply(ctx.say('templates-not-understood'));
    return false;
  }
  const isAdded = await templates.add(isForAll ? null : userId, template);
  ctx.confirmUpdate();
  const { message_id } = await ctx.reply(
    ctx.say(isAdded ? 'templates-added' : 'templates-full', {
      name: isolate(template.name),
      max: maxTemplates,
    }),
  );
  await erasures.recordMessage(userId, message_id);
  return true;
}
