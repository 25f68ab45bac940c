import { toDabirError } from '../domain/errors.ts';
import type { StatusView } from '../domain/status.ts';
import type { Addressee, Log, Replies } from './ports.ts';

/** Whoever is answered sooner needs no bar, in milliseconds. */
const firstAfterMs = 400;

/** A humane rhythm for edits of one message, well under Telegram's limits, in milliseconds. */
const leastIntervalMs = 2_000;

export type Progress = {
  /** Shows this soon; of views that come faster than the rhythm only the latest is shown. */
  show(view: StatusView): void;
  /** What was to be shown last. */
  latest(): StatusView | undefined;
  /** Shows no more, and waits for an edit under way, so that it cannot overwrite the ending. */
  end(): Promise<void>;
};

/**
 * Edits a file's status message as the work goes on; failures are logged, never thrown.
 * @param isHeld false once somebody else may have the file: their status must not be overwritten
 */
export function createProgress(replies: Replies, to: Addressee, isHeld: () => boolean, log: Log): Progress {
  let latest: StatusView | undefined;
  let told: StatusView | undefined;
  let shown = '';
  let editing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let readyAt = Date.now() + firstAfterMs;
  // Without a message to edit each step would be a message of its own; an engine may speak after its end.
  let ended = to.statusMessageId === null;

  const flush = () => {
    timer = undefined;
    const view = latest;
    latest = undefined;
    if (view === undefined || key(view) === shown || !isHeld()) return;
    shown = key(view);
    editing = replies
      .showStatus(to, view)
      .then(
        () => undefined,
        (error) =>
          log.debug({ transcription: to.id, cause: toDabirError(error).message }, 'status not edited'),
      )
      .finally(() => {
        editing = undefined;
        readyAt = Date.now() + leastIntervalMs;
        schedule();
      });
  };
  const schedule = () => {
    if (latest === undefined || timer !== undefined || editing !== undefined) return;
    timer = setTimeout(flush, Math.max(0, readyAt - Date.now()));
  };
  return {
    latest: () => told,
    show(view) {
      told = view;
      if (ended) return;
      latest = view;
      schedule();
    },
    async end() {
      ended = true;
      clearTimeout(timer);
      latest = undefined;
      await editing;
    },
  };
}

/** Views that look the same to a person: percents are shown whole. */
function key(view: StatusView): string {
  return JSON.stringify(view, (name, value) =>
    name === 'fraction' && typeof value === 'number' ? Math.floor(value * 100) : value,
  );
}
