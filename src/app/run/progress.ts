import { estimateProgress } from '../../domain/estimated-progress.ts';
import type { StatusView } from '../../domain/status.ts';
import { timeLeft } from '../../domain/time-left.ts';
import { logError } from '../log-error.ts';
import type { Addressee, JobProgress } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import { DeliveryError, type Messenger } from '../ports/messenger.ts';

/** Delay before the first progress edit, in ms; a file that ends sooner shows none. */
const firstAfterMs = 400;

/**
 * Limits of the delay between two edits, in ms. In between, the delay is a tenth of the time since the start, so that
 * long jobs are edited less often.
 */
const minEditIntervalMs = 3_000;
const maxEditIntervalMs = 15_000;

/** Interval at which "typing…" is shown again, in ms: Telegram shows it for five seconds (Bot API, `sendChatAction`). */
const activityIntervalMs = 5_000;

/**
 * Time in which an engine has to report progress itself, and interval at which it is estimated otherwise, in ms. Many
 * services report nothing until a chunk is done.
 */
const estimateIntervalMs = 2_000;

/** Reason of the signal at the end. Without one, each job would make an error with a stack that nobody reads. */
const endOfJob = new Error('the job has ended');

export type ProgressReporter = {
  /** Shows this view soon; of views that come faster than the edits only the latest is shown. */
  show(view: StatusView): void;
  /** Leaves the message alone while it offers other engines; afterwards it shows the progress again at once. */
  pause(isPaused: boolean): void;
  /** Stops the edits and waits for one in progress, so that it cannot overwrite the final status. */
  end(): Promise<void>;
};

/**
 * Creates the reporter that edits a status message as the work goes on, with a pause between edits and only within
 * Telegram's limits. Failures are logged, never thrown.
 * @param expectedSeconds resolves to how long the engine will take, in seconds; null when that is unknown. Asked once, and
 * only for an engine that reports no progress
 * @param mayEdit returns false once another worker may have claimed the transcription, whose status must not be
 * overwritten, or once the message speaks for a burst
 */
export function createProgressReporter(
  messenger: Messenger,
  to: Addressee,
  mayEdit: () => boolean,
  log: Log,
  expectedSeconds: () => Promise<number | null>,
): ProgressReporter {
  const ending = new AbortController();
  const startedAt = Date.now();
  /** The current stage; each has a fraction and a time of its own. */
  let stage: JobProgress['stage'] | undefined;
  let stageSince: number | null = null;
  let latest: StatusView | undefined;
  let estimates: NodeJS.Timeout | undefined;
  let reported = 0;
  let estimated = 0;
  /** The latest view is an estimate, and has its own remaining time. */
  let isEstimate = false;
  /** End of the text that is recognised so far. It rides on the edits: a new text alone makes none. */
  let text: string | undefined;
  let isTextRefused = false;
  let shown = '';
  let lastView: StatusView | undefined;
  let isPaused = false;
  let editing: Promise<void> | undefined;
  // Without a message to edit, each step would send a new one. An engine may still report progress after the end.
  let ended = to.statusMessageId === null;
  let readyAt = startedAt + firstAfterMs;
  let timer: NodeJS.Timeout | undefined;

  const edit = async () => {
    await messenger.waitForRoom(to, ending.signal);
    // A newer view may have come during the wait, or the end.
    const view = latest && (isEstimate ? latest : withTimeLeft(latest, stageSince));
    latest = undefined;
    if (view === undefined || ended || isPaused || key(view) === shown || !mayEdit()) return;
    shown = key(view);
    lastView = view;
    await messenger.showStatus(to, withText(view)).catch((error) => {
      // A bar without text is better than none.
      if (error instanceof DeliveryError && error.kind === 'refused') isTextRefused = true;
      throw error;
    });
  };
  /** Adds the text to a view of a stage that has one. */
  const withText = (view: StatusView): StatusView => {
    if (view.kind !== 'processing') return view;
    const { text: _, ...rest } = view;
    if (text === undefined || isTextRefused || !stagesWithText.has(view.stage)) return rest;
    return { ...rest, text };
  };
  const flush = () => {
    timer = undefined;
    editing = edit()
      .catch((error) => {
        if (!ended) logError(log, 'debug', { transcription: to.id }, error, 'status not edited');
      })
      .finally(() => {
        editing = undefined;
        const rest = (Date.now() - startedAt) / 10;
        readyAt = Date.now() + Math.min(maxEditIntervalMs, Math.max(minEditIntervalMs, rest));
        schedule();
      });
  };
  const schedule = () => {
    if (ended || isPaused || latest === undefined || timer !== undefined || editing !== undefined) return;
    timer = setTimeout(flush, Math.max(0, readyAt - Date.now()));
  };
  /** Asks how long the engine takes, unless it reports progress itself, and shows estimates from then on. */
  const beginEstimates = () => {
    const begunAt = Date.now();
    let expected: Promise<number | null> | undefined;
    estimates = setInterval(async () => {
      expected ??= reported > 0 ? Promise.resolve(null) : expectedSeconds().catch(() => null);
      const seconds = await expected;
      if (ended || stage !== 'transcribe' || seconds === null) return clearInterval(estimates);
      stageSince ??= begunAt;
      const { fraction, leftSeconds } = estimateProgress((Date.now() - begunAt) / 1000, seconds);
      estimated = fraction;
      isEstimate = estimated > reported;
      const left = isEstimate && leftSeconds !== null ? { leftSeconds } : {};
      latest = { kind: 'processing', stage: 'transcribe', fraction: Math.max(reported, estimated), ...left };
      schedule();
    }, estimateIntervalMs);
  };
  const activity = setInterval(() => void messenger.showActivity(to, 'typing'), activityIntervalMs);
  return {
    show(view) {
      if (view.kind === 'processing' && view.stage !== stage) {
        stage = view.stage;
        stageSince = null;
        reported = 0;
        estimated = 0;
      }
      if (stageSince === null && hasFraction(view)) stageSince = Date.now();
      if (ended) return;
      if (view.kind === 'processing') text = view.text ?? text;
      if (view.kind === 'processing' && view.stage === 'transcribe') {
        reported = view.fraction ?? 0;
        if (estimates === undefined) beginEstimates();
      }
      // The bar never goes back behind an estimate.
      if (hasFraction(view) && view.fraction < estimated) return;
      isEstimate = false;
      latest = view;
      schedule();
    },
    pause(nowPaused) {
      if (nowPaused === isPaused) return;
      isPaused = nowPaused;
      if (isPaused) return;
      latest ??= lastView;
      shown = '';
      readyAt = Date.now();
      schedule();
    },
    async end() {
      ended = true;
      clearInterval(activity);
      clearTimeout(timer);
      clearInterval(estimates);
      ending.abort(endOfJob);
      await editing;
    },
  };
}

/** The stages during which there is a text. */
const stagesWithText: ReadonlySet<JobProgress['stage']> = new Set(['transcribe', 'speakers']);

function hasFraction(view: StatusView): view is StatusView & { kind: 'processing'; fraction: number } {
  return view.kind === 'processing' && view.fraction !== null;
}

function withTimeLeft(view: StatusView, since: number | null): StatusView {
  if (view.kind !== 'processing' || since === null) return view;
  const leftSeconds = timeLeft((Date.now() - since) / 1000, view.fraction);
  return leftSeconds === null ? view : { ...view, leftSeconds };
}

/**
 * Returns a key that is equal for views that look the same, apart from their live text; percentages are shown as whole
 * numbers.
 */
function key(view: StatusView): string {
  return JSON.stringify({ ...view, text: undefined }, (name, value) =>
    name === 'fraction' && typeof value === 'number' ? Math.floor(value * 100) : value,
  );
}
