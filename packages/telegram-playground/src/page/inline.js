// Inline mode: `@bot words` in the text box asks the bot, and its results can be sent in the person's name.

import { byId } from './dom.js';
import { translate } from './locale.js';

/** @import { InlineAnswer, InlineResult } from './types.js' */
/** @import { prepareSuggestions } from './suggestions.js' */

/** Pause in typing after which the bot is asked, in ms. */
const pauseMs = 300;

/**
 * @param {{
 *   list: ReturnType<typeof prepareSuggestions>,
 *   username: () => string | undefined,
 *   ask: (query: string) => Promise<InlineAnswer>,
 *   onChosen: (queryId: string, result: InlineResult) => void,
 *   onStart: (parameter: string) => void,
 * }} hooks
 */
export function prepareInline({ list, username, ask, onChosen, onStart }) {
  const text = /** @type {HTMLTextAreaElement} */ (byId('message'));
  /** @type {number | undefined} */
  let timer;

  /** @returns {string | undefined} the words after the bot's name */
  const query = () => {
    const found = /^@(\w+)\s(.*)$/s.exec(text.value);
    return found && found[1]?.toLowerCase() === username()?.toLowerCase() ? found[2] : undefined;
  };

  const show = async () => {
    const asked = query();
    if (asked === undefined) return;
    const answer = await ask(asked).catch(() => undefined);
    // Only the answer to what stands there now.
    if (query() !== asked) return;
    const { query_id: queryId = '', results = [], button } = answer ?? {};
    const start = button && {
      id: 'inline-start',
      name: button.text,
      description: '',
      choose: () => onStart(button.start_parameter),
    };
    list.open(
      [
        ...(start ? [start] : []),
        ...results.map((result) => ({
          id: `inline-${result.id}`,
          name: result.title,
          description: result.description ?? '',
          choose: () => onChosen(queryId, result),
        })),
      ],
      translate(answer?.answered ? 'noResults' : 'noAnswer'),
    );
  };

  text.addEventListener('input', () => {
    window.clearTimeout(timer);
    if (query() !== undefined) timer = window.setTimeout(show, pauseMs);
  });
}
