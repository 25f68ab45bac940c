import type { Button } from '../../../domain/button.ts';
import type { PressHandler } from '../../file-press.ts';
import { sendOneFormat, sendSegmentTimes } from './afterwards.ts';
import { cancelFile } from './cancel-file.ts';
import { chooseAnotherEngine, pickEngine, refreshPicker, retryFile, setDefaultEngine } from './choose.ts';
import { askWhetherToDelete, eraseFile, keepFile } from './delete.ts';
import { giveThumb } from './thumbs.ts';

/** The handler of each button under a status message. */
export type Handlers = { readonly [Action in Button['action']]: PressHandler<Action> };

/** The handlers of the buttons that open other features. */
export type HandlersOfFeatures = Pick<Handlers, 'fix' | 'unsure' | 'replaced'>;

/** The handlers of all other buttons. */
export const ownHandlers: Omit<Handlers, keyof HandlersOfFeatures> = {
  engine: pickEngine,
  refresh: refreshPicker,
  always: setDefaultEngine,
  retry: retryFile,
  reopen: retryFile,
  cancel: cancelFile,
  other: chooseAnotherEngine,
  format: sendOneFormat,
  times: sendSegmentTimes,
  good: giveThumb,
  bad: giveThumb,
  delete: askWhetherToDelete,
  keep: keepFile,
  erase: eraseFile,
};
