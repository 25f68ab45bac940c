// The menu of a chat: the bot's place in a group, topics, stopping the bot, connecting it to an account, and what the
// chat costs its reader.

import { getConnection, getCounts, setBlocked, setBotStatus } from './api.js';
import { byId } from './dom.js';
import { formatNumber, translate } from './locale.js';
import { openMenuAt } from './menu.js';
import { alertDialog } from './notices.js';

/** @import { Connection, Counts, Person, Place } from './types.js' */
/** @import { Action } from './menu.js' */

/**
 * @param {{
 *   place: () => Place | null,
 *   openNewTopic: () => void,
 *   openConnection: (person: Person, present: Connection | null) => void,
 *   onFailed: (error: unknown) => void,
 * }} hooks
 */
export function prepareHeadMenu({ place, openNewTopic, openConnection, onFailed }) {
  const button = byId('chat-menu');

  /** @param {Place} here @returns {Action[]} */
  const groupActions = (here) => {
    const bot = here.group?.bot ?? 'left';
    const isIn = bot !== 'left' && bot !== 'kicked';
    const become = (/** @type {string} */ status) => () => setBotStatus(here, status).catch(onFailed);
    return [
      isIn
        ? { label: translate('removeBot'), icon: 'close', run: become('kicked') }
        : { label: translate('addBot'), icon: 'plus', run: become('member') },
      ...(bot === 'member'
        ? [{ label: translate('promoteBot'), icon: 'check', run: become('administrator') }]
        : []),
      ...(bot === 'administrator'
        ? [{ label: translate('demoteBot'), icon: 'check', run: become('member') }]
        : []),
      ...(here.group?.isForum ? [{ label: translate('newTopic'), icon: 'plus', run: openNewTopic }] : []),
    ];
  };

  /** @param {Place} here @returns {Action[]} */
  const privateActions = ({ speaker }) => {
    const blocked = speaker.blocked ?? false;
    const run = () =>
      setBlocked(speaker.id, !blocked).then(({ blocked: now }) => {
        speaker.blocked = now ?? false;
      }, onFailed);
    return [{ label: translate(blocked ? 'restartBot' : 'stopBot'), icon: blocked ? 'retry' : 'close', run }];
  };

  /** Offers the connection of a person's account. @param {Place} here @returns {Action[]} */
  const accountActions = ({ speaker, group }) => {
    if (group) return [];
    const run = () => getConnection(speaker.id).then((present) => openConnection(speaker, present), onFailed);
    return [{ label: translate('accountConnection'), icon: 'person', run }];
  };

  button.addEventListener('click', () => {
    const here = place();
    if (!here) return;
    openMenuAt(button, [
      ...(here.group ? groupActions(here) : here.pair ? [] : privateActions(here)),
      ...accountActions(here),
      {
        label: translate('counts'),
        icon: 'count',
        run: () =>
          getCounts(here.id).then(
            (counts) => alertDialog(countLines(counts).join('\n'), translate('counts')),
            onFailed,
          ),
      },
    ]);
  });
}

/** @param {Counts} counts @returns {string[]} */
function countLines({ messages, botMessages, sounds, buttons, calls }) {
  const numbers = /** @type {const} */ ([
    ['countMessages', messages],
    ['countBotMessages', botMessages],
    ['countSounds', sounds],
    ['countButtons', buttons],
    ['countCalls', Object.values(calls).reduce((sum, count) => sum + count, 0)],
  ]);
  return [
    ...numbers.map(([name, count]) => translate(name, { count })),
    ...Object.entries(calls).map(([method, count]) => `\u2066${method}\u2069: ${formatNumber(count)}`),
  ];
}
