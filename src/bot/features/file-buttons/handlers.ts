import type { Button } from '../../../domain/button.ts';
import type { PressHandler } from '../../file-press.ts';
import { oneMoreFormat, withTimes } from './afterwards.ts';
import { cancelFile } from './cancel.ts';
import { again, alwaysThis, anotherEngine, lookAgain, pressEngine } from './choose.ts';
import { askWhetherToDelete, eraseFile, keepFile } from './delete.ts';
import { giveThumb } from './thumbs.ts';

/** The handler of each button under a status message. */
export type Handlers = { readonly [Action in Button['action']]: PressHandler<Action> };

/** The handlers of the buttons that open other features. */
export type HandlersOfFeatures = Pick<Handlers, 'fix' | 'low-confidence' | 'replaced'>;

/** The handlers of all other buttons. */
export const ownHandlers: Omit<Handlers, keyof HandlersOfFeatures> = {
  engine: pressEngine,
  refresh: lookAgain,
  always: alwaysThis,
  retry: again,
  reopen: again,
  cancel: cancelFile,
  other: anotherEngine,
  format: oneMoreFormat,
  times: withTimes,
  good: giveThumb,
  bad: giveThumb,
  delete: askWhetherToDelete,
  keep: keepFile,
  erase: eraseFile,
};
