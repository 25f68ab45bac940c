import type { Button } from '../../../domain/button.ts';
import { explainCorrecting } from '../correct/prompt.ts';
import { listReplaced } from '../glossary/replaced.ts';
import { listUncertain } from '../low-confidence/low-confidence.ts';
import { oneMoreFormat, withTimes } from './afterwards.ts';
import { cancelFile } from './cancel.ts';
import { again, alwaysThis, anotherEngine, lookAgain, pickEngine } from './choose.ts';
import { askWhetherToDelete, eraseFile, keepFile } from './delete.ts';
import type { PressHandler } from './press.ts';
import { giveThumb } from './thumbs.ts';

/** The handler of each button under a status message. */
export const handlers: { readonly [Action in Button['action']]: PressHandler<Action> } = {
  engine: pickEngine,
  refresh: lookAgain,
  always: alwaysThis,
  retry: again,
  reopen: again,
  cancel: cancelFile,
  other: anotherEngine,
  format: oneMoreFormat,
  times: withTimes,
  fix: explainCorrecting,
  unsure: listUncertain,
  replaced: listReplaced,
  good: giveThumb,
  bad: giveThumb,
  delete: askWhetherToDelete,
  keep: keepFile,
  erase: eraseFile,
};
