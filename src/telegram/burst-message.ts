import type { InlineKeyboardButton } from 'grammy/types';
import {
  type BurstAction,
  type BurstCounts,
  countFiles,
  countOpen,
  minBundled,
  packBurstButton,
} from '../domain/burst.ts';
import type { StatusView } from '../domain/status.ts';
import type { Texts } from '../texts/texts.ts';
import { labelEngines } from './engine-labels.ts';
import { listRemarks } from './engine-remarks.ts';
import type { StatusMessage } from './status-message.ts';

type BurstView = StatusView & { readonly kind: 'burst' };

/**
 * Returns the message that speaks for files which arrived together: how many there are and how they stand, the question
 * for an engine where some have none, and the buttons that act on all of them.
 * @param renderActive returns how the file in the lane's slot stands, in words
 */
export function renderBurst(
  texts: Texts,
  languageCode: string | null,
  view: BurstView,
  renderActive: (active: NonNullable<BurstView['active']>) => string,
): StatusMessage {
  const say = (key: string, variables?: Record<string, string | number>) =>
    texts(languageCode, key, variables);
  const { counts, engines, isBundled, active } = view;
  const question =
    engines === undefined
      ? []
      : engines.length === 0
        ? [say('burst-no-engine')]
        : [say('burst-choosing'), ...listRemarks(texts, languageCode, engines)];
  const lines = [
    renderTitle(say, view),
    ...(active === undefined ? [] : [renderActive(active)]),
    ...question,
    ...(isBundled && countOpen(counts) > 0 ? [say('burst-bundled')] : []),
  ];
  return {
    text: lines.join('\n'),
    entities: [],
    keyboard: {
      inline_keyboard: [
        ...renderEngineButtons(texts, languageCode, view),
        ...renderButtons(view, (action) => ({
          text: say(action === 'refresh' ? 'button-refresh' : `burst-button-${action}`),
          callback_data: packBurstButton(view.burst, action),
        })),
      ],
    },
  };
}

type Say = (key: string, variables?: Record<string, string | number>) => string;

/** Numbers in the order in which the title names them, by the keys of their texts. */
const facts: readonly (readonly [key: string, count: keyof BurstCounts])[] = [
  ['burst-done', 'done'],
  ['burst-running', 'running'],
  ['burst-waiting', 'waiting'],
  ['burst-without-engine', 'choosing'],
  ['burst-failed', 'failed'],
  ['burst-cancelled', 'cancelled'],
];

/** Returns the first line, such as "8 files: 3 done, 1 running, 4 waiting". */
function renderTitle(say: Say, { counts, isBundled }: BurstView): string {
  const total = countFiles(counts);
  // The question below says the rest.
  if (counts.choosing === total && !isBundled) return say('burst-files', { files: total });
  const said = facts.flatMap(([key, name]) => (counts[name] > 0 ? [say(key, { count: counts[name] })] : []));
  const listed =
    counts.done === total
      ? say('burst-all-done')
      : counts.cancelled === total
        ? say('burst-all-cancelled')
        : said.reduce((some, more) => say('burst-and', { some, more }));
  return say(isBundled ? 'burst-title-bundled' : 'burst-title', { files: total, facts: listed });
}

function renderEngineButtons(
  texts: Texts,
  languageCode: string | null,
  { burst, engines = [], lastEngine = null, seconds = null }: BurstView,
): InlineKeyboardButton[][] {
  const nameOn = (engine: string) => texts(languageCode, 'burst-button-all', { engine });
  return labelEngines(texts, languageCode, { engines, lastEngine, seconds }, nameOn).map(
    ({ offer, label }) => [{ text: label, callback_data: packBurstButton(burst, { engine: offer.id }) }],
  );
}

function renderButtons(
  { counts, engines, isBundled, offersBundle }: BurstView,
  button: (action: BurstAction) => InlineKeyboardButton,
): InlineKeyboardButton[][] {
  const isOffered = offersBundle && countOpen(counts) + counts.done >= minBundled;
  const isOpen = countOpen(counts) > 0;
  return [
    engines?.length === 0 ? [button('refresh')] : [],
    isOffered ? [button('bundle'), button('never')] : [],
    [
      ...(engines !== undefined && !isBundled ? [button('separate')] : []),
      ...(isOpen ? [button('cancel')] : []),
    ],
  ].filter((row) => row.length > 0);
}
