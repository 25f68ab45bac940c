import { toDabirError } from '../domain/errors.ts';
import type { StatusView } from '../domain/status.ts';
import { timeLeft } from '../domain/time-left.ts';
import type { Replies } from './ports/answers.ts';
import type { Addressee } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';

/** Whoever is answered sooner needs no bar, in milliseconds. */
const firstAfterMs = 400;

/** What goes on for long is looked at less often: a tenth of the time that it has taken, between these, in milliseconds. */
const shortestRestMs = 3_000;
const longestRestMs = 15_000;

/** "typing…" above a chat lasts five seconds (Bot API, `sendChatAction`). */
const activityMs = 5_000;

export type Progress = {
  /** Shows this soon; of views that come faster than the rhythm only the latest is shown. */
  show(view: StatusView): void;
  /** What was to be shown last. */
  latest(): StatusView | undefined;
  /** Shows no more, and waits for an edit under way, so that it cannot overwrite the ending. */
  end(): Promise<void>;
};

/**
 * Edits a file's status message as the work goes on, in a humane rhythm and only while Telegram's limits leave room;
 * failures are logged, never thrown.
 * @param isHeld false once somebody else may have the file: their status must not be overwritten
 */
export function createProgress(replies: Replies, to: Addressee, isHeld: () => boolean, log: Log): Progress {
  const ending = new AbortController();
  const startedAt = Date.now();
  let listeningSince: number | null = null;
  let latest: StatusView | undefined;
  let told: StatusView | undefined;
  let shown = '';
  let editing: Promise<void> | undefined;
  // Without a message to edit each step would be a message of its own; an engine may speak after its end.
  let ended = to.statusMessageId === null;
  let readyAt = startedAt + firstAfterMs;
  let timer: NodeJS.Timeout | undefined;

  const edit = async () => {
    await replies.whenSpare(to, ending.signal);
    // While it waited there may have been something newer to tell, or nothing any more.
    const view = latest && withTimeLeft(latest, listeningSince);
    latest = undefined;
    if (view === undefined || ended || key(view) === shown || !isHeld()) return;
    shown = key(view);
    await replies.showStatus(to, view);
  };
  const flush = () => {
    timer = undefined;
    editing = edit()
      .catch((error) => {
        if (!ended)
          log.debug({ transcription: to.id, cause: toDabirError(error).message }, 'status not edited');
      })
      .finally(() => {
        editing = undefined;
        const rest = (Date.now() - startedAt) / 10;
        readyAt = Date.now() + Math.min(longestRestMs, Math.max(shortestRestMs, rest));
        schedule();
      });
  };
  const schedule = () => {
    if (ended || latest === undefined || timer !== undefined || editing !== undefined) return;
    timer = setTimeout(flush, Math.max(0, readyAt - Date.now()));
  };
  const activity = setInterval(() => void replies.showActivity(to, 'typing'), activityMs);
  return {
    latest: () => told,
    show(view) {
      told = view;
      if (listeningSince === null && hasFraction(view)) listeningSince = Date.now();
      if (ended) return;
      latest = view;
      schedule();
    },
    async end() {
      ended = true;
      clearInterval(activity);
      clearTimeout(timer);
      ending.abort();
      await editing;
    },
  };
}

function hasFraction(view: StatusView): boolean {
  return view.kind === 'processing' && view.fraction !== null;
}

function withTimeLeft(view: StatusView, since: number | null): StatusView {
  if (view.kind !== 'processing' || since === null) return view;
  const leftSeconds = timeLeft((Date.now() - since) / 1000, view.fraction);
  return leftSeconds === null ? view : { ...view, leftSeconds };
}

/** Views that look the same to a person: percents are shown whole. */
function key(view: StatusView): string {
  return JSON.stringify(view, (name, value) =>
    name === 'fraction' && typeof value === 'number' ? Math.floor(value * 100) : value,
  );
}
