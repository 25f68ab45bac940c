import type { User } from 'grammy/types';
import type { EngineChoiceDependencies } from '../app/choose/apply-engine-choice.ts';
import type { ShowPickerDependencies } from '../app/choose/show-picker.ts';
import type { CancelDependencies } from '../app/lane/cancel.ts';
import type { Copies } from '../app/ports/copies.ts';
import type { Deliveries } from '../app/ports/deliveries.ts';
import type { Feedback } from '../app/ports/feedback.ts';
import type { Settings } from '../app/ports/settings.ts';
import type { AccessRules } from '../domain/account.ts';
import type { Button } from '../domain/button.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { Corrections } from '../features/corrections/index.ts';
import type { History } from '../features/history/index.ts';
import type { BotContext } from './context.ts';
import type { ReaderDependencies } from './reader.ts';

/** A press on a button under a status message. */
export type Press = {
  readonly ctx: BotContext & { from: User };
  readonly file: Transcription;
  /** Answers the press with a short text above the chat. */
  answer(key: string): void;
  /**
   * Confirms the update, because the change is safe in the database, and answers the press with a
   * short text above the chat.
   */
  confirm(key: string): void;
};

/** The dependencies of the buttons under a status message. */
export type FileButtonDependencies = ReaderDependencies &
  CancelDependencies &
  ShowPickerDependencies &
  EngineChoiceDependencies & {
    readonly copies: Copies;
    readonly deliveries: Deliveries;
    readonly settings: Settings;
    readonly history: History;
    readonly corrections: Corrections;
    readonly feedback: Feedback;
    readonly access: AccessRules;
  };

/**
 * Handles a press on one kind of button.
 * @typeParam D the dependencies that it takes
 */
export type PressHandler<Action extends Button['action'], D = FileButtonDependencies> = (
  dependencies: D,
  press: Press,
  button: Button & { readonly action: Action },
) => void | Promise<void>;
