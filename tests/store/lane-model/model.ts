import type {
  CancelResult,
  ChooseResult,
  DeleteResult,
  LaneEntry,
  SubmitResult,
} from '../../../src/app/ports/lanes.ts';
import type { EngineId } from '../../../src/domain/engine-names.ts';
import type { Token, TranscriptionState } from '../../../src/domain/transcription.ts';

/** The time between two uploads is the clock's, not the model's. */
type Accepted = Omit<SubmitResult & { outcome: 'accepted' }, 'msSincePrevious'>;

/** Times and limits of the lane that is compared with the model. */
export const rules = {
  leaseHours: 2,
  dispatchHours: 4,
  losses: 2,
  // With jitter this is less than half an hour, and double of it is more than half an hour.
  firstLossBackoffHours: 0.4,
  openFiles: 5,
  openSeconds: 600,
};

type ModelFile = {
  readonly id: number;
  readonly message: number;
  readonly seconds: number;
  seq: number;
  state: TranscriptionState;
  engine: EngineId | null;
  attempts: number;
  /** Workers that were lost with it, and whether they had no other files. */
  losses: Record<string, boolean>;
  cancelRequested: boolean;
  error: string | null;
  hasTranscript: boolean;
  /** How the user learned of the end; null before it, and where the user ended it. */
  told: 'completed' | 'failed' | 'cancelled' | null;
};

/** A worker's claim. */
type Held = { readonly id: number; readonly fence: number };

/**
 * One person's lane without a database: the specification that the functions in prisma/routines are held against. Each
 * method is one transaction and answers as the method of `Lanes` with its name. Time passes by `pass` alone.
 */
export class ModelLane {
  files: ModelFile[] = [];
  /** The file that is QUEUED or PROCESSING. */
  active: ModelFile | null = null;
  fence = 0;
  holder: string | null = null;
  /** Hours until the holder's lease on the slot lapses. */
  leaseHours: number | null = null;
  /** True for a delay of less than half an hour, which rounds to none. */
  rests = false;
  nextSeq = 1;
  lastEngine: EngineId | null = null;

  /** @param id id of the file when it is a new one */
  submit(
    id: number,
    message: number,
    seconds: number,
    engines: readonly EngineId[],
  ): Accepted | Exclude<SubmitResult, { outcome: 'accepted' }> {
    const known = this.files.find((file) => file.message === message);
    if (known !== undefined) return this.#accepted(known, false);
    const { open, openSeconds } = this.counts;
    if (open >= rules.openFiles) return { outcome: 'full', limit: 'files', max: rules.openFiles };
    if (open > 0 && openSeconds + seconds > rules.openSeconds) {
      return { outcome: 'full', limit: 'minutes', max: Math.round(rules.openSeconds / 60) };
    }
    const file: ModelFile = {
      id,
      message,
      seconds,
      seq: this.nextSeq++,
      state: 'CHOOSING',
      engine: null,
      attempts: 0,
      losses: {},
      cancelRequested: false,
      error: null,
      hasTranscript: false,
      told: null,
    };
    this.files.push(file);
    const [only, ...others] = engines;
    const engine = others.length === 0 ? (this.lastEngine ?? only) : undefined;
    const { lastEngine } = this;
    const choice =
      engine !== undefined && engines.includes(engine) ? { engine, ...this.#chosen(file, engine) } : null;
    return { ...this.#accepted(file, true), lastEngine, choice };
  }

  choose(id: number, engine: EngineId): ChooseResult {
    const file = this.#find(id);
    if (file === undefined) return { outcome: 'unknown' };
    if (file.state !== 'CHOOSING') return { outcome: 'already', state: file.state };
    return this.#chosen(file, engine);
  }

  /** Accepts the newest token only, and once. */
  claim({ id, fence }: Held, holder: string): (Held & { readonly attempts: number }) | null {
    const file = this.#held({ id, fence });
    if (file === null) return null;
    file.state = 'PROCESSING';
    file.attempts += 1;
    this.fence += 1;
    this.holder = holder;
    this.leaseHours = rules.leaseHours;
    this.rests = false;
    return { id, fence: this.fence, attempts: file.attempts };
  }

  heartbeat(job: Held): { held: boolean; cancel: boolean } {
    const file = this.#held(job);
    if (file === null) return { held: false, cancel: false };
    this.leaseHours = rules.leaseHours;
    return { held: true, cancel: file.cancelRequested };
  }

  /** @param error null for success. A cancel that came before wins over any result. */
  finish(job: Held, error: string | null): { result: string; next: Token | null; isBundled: boolean } {
    const file = this.#held(job);
    if (file === null) return { result: 'lost', next: null, isBundled: false };
    if (file.cancelRequested)
      return { result: 'cancelled', next: this.#end(file, 'CANCELLED', null), isBundled: false };
    file.hasTranscript = error === null;
    return {
      result: 'committed',
      next: this.#end(file, error === null ? 'COMPLETED' : 'FAILED', error),
      isBundled: false,
    };
  }

  /** @param error null for a release, which is no attempt. The file keeps the slot. */
  requeue(job: Held, error: string | null, backoffHours: number) {
    const file = this.#held(job);
    if (file === null) return { result: 'lost', token: null, next: null };
    if (file.cancelRequested)
      return { result: 'cancelled', token: null, next: this.#end(file, 'CANCELLED', null) };
    if (error === null) file.attempts -= 1;
    return { result: 'requeued', token: this.#giveBack(file, error, backoffHours), next: null };
  }

  /** Asks the worker to stop; a file that no worker has ends at once. */
  cancel(id: number): CancelResult {
    const file = this.#find(id);
    if (file === undefined) return { outcome: 'unknown' };
    if (!isOpen(file)) return { outcome: 'ended', state: file.state };
    file.cancelRequested = file.state === 'PROCESSING';
    if (file.cancelRequested) return { outcome: 'requested' };
    const next = this.#end(file, 'CANCELLED', null);
    file.told = null;
    return { outcome: 'cancelled', next };
  }

  /** Starts a failed file again, at the end of the line. */
  reopen(id: number, choose: boolean): ChooseResult {
    const file = this.#find(id);
    if (file === undefined) return { outcome: 'unknown' };
    const wasFailed = file.state === 'FAILED';
    const mayMove = wasFailed || (choose && file.state === 'PENDING');
    if (!mayMove) return { outcome: 'already', state: file.state };
    const state = choose ? 'CHOOSING' : 'PENDING';
    Object.assign(file, { state, seq: this.nextSeq++, attempts: 0, error: null, told: null });
    if (wasFailed) file.losses = {};
    return this.#inLine(file);
  }

  delete(id: number): DeleteResult {
    const file = this.#find(id);
    if (file === undefined) return { outcome: 'unknown' };
    this.files = this.files.filter((other) => other !== file);
    if (this.active === file) this.#free();
    return { outcome: 'deleted', messageIds: [], renews: false, next: this.#promote() };
  }

  /**
   * Sends the token (again) of a file whose lease has lapsed; ends a file that is to blame for the loss of
   * workers.
   * @param hadOthers whether a worker has, or has lost, files other than this
   */
  sweep(hadOthers: (holder: string, file: number) => boolean): Token | null {
    const { active: file, holder } = this;
    if (file === null || this.leaseHours === null || this.leaseHours > 0 || this.rests) return null;
    if (file.state === 'QUEUED') return this.#await(file, 0);
    if (holder !== null) file.losses[holder] ??= !hadOthers(holder, file.id);
    if (file.cancelRequested) return this.#end(file, 'CANCELLED', null);
    const losses = Object.values(file.losses);
    const alone = losses.filter(Boolean).length;
    if (alone >= rules.losses || losses.length >= 2 * rules.losses)
      return this.#end(file, 'FAILED', 'worker_lost');
    file.attempts -= 1;
    const token = this.#giveBack(file, 'worker_lost', 0);
    if (losses.length < 2) return token;
    // It rests first; a later sweep sends its token.
    this.rests = losses.length === 2;
    this.leaseHours = this.rests ? 0 : 1;
    return null;
  }

  pass(hours: number): void {
    this.rests = false;
    if (this.leaseHours !== null) this.leaseHours -= hours;
  }

  /** Returns the files that have not ended: the active one, the waiting ones, and those without an engine. */
  get open(): ModelFile[] {
    const place = ({ state }: ModelFile) => ['PENDING', 'CHOOSING'].indexOf(state);
    return this.files.filter(isOpen).sort((a, b) => place(a) - place(b) || a.seq - b.seq);
  }

  /** Counts the files that come before this one. */
  before(file: ModelFile): number {
    const earlier = this.#pending.filter(({ seq }) => seq < file.seq).length;
    return this.active === file ? 0 : earlier + (this.active === null ? 0 : 1);
  }

  /**
   * Returns the counters of the lane's row: how many files are PENDING, and the sums over all that have not
   * ended.
   */
  get counts() {
    const openSeconds = this.open.reduce((sum, { seconds }) => sum + seconds, 0);
    return { pending: this.#pending.length, open: this.open.length, openSeconds };
  }

  get #pending(): ModelFile[] {
    return this.open.filter(({ state }) => state === 'PENDING');
  }

  #accepted({ id, state }: ModelFile, created: boolean): Accepted {
    return {
      outcome: 'accepted',
      id,
      created,
      state,
      defaultEngine: null,
      statusMessageId: null,
      lastEngine: this.lastEngine,
      choice: null,
    };
  }

  #find(id: number): ModelFile | undefined {
    return this.files.find((file) => file.id === id);
  }

  /** Returns the claimed file, or null when the fence is outdated. */
  #held({ id, fence }: Held): ModelFile | null {
    return this.active?.id === id && this.fence === fence ? this.active : null;
  }

  #chosen(file: ModelFile, engine: EngineId): LaneEntry {
    this.lastEngine = engine;
    file.engine = engine;
    file.state = 'PENDING';
    return this.#inLine(file);
  }

  /** Puts the file into the line, possibly as the first. */
  #inLine(file: ModelFile): LaneEntry {
    const next = this.#promote();
    return { outcome: 'chosen', state: file.state, before: this.before(file), next };
  }

  /** Gives an empty slot to the earliest waiting file. */
  #promote(): Token | null {
    const [first] = this.#pending;
    if (this.active !== null || first === undefined) return null;
    first.state = 'QUEUED';
    this.active = first;
    return this.#dispatch(first, 0);
  }

  #giveBack(file: ModelFile, error: string | null, backoffHours: number): Token | null {
    file.state = 'QUEUED';
    file.error = error;
    return this.#dispatch(file, backoffHours);
  }

  /** Creates a new token, which makes all earlier ones stale. */
  #dispatch(file: ModelFile, backoffHours: number): Token | null {
    this.fence += 1;
    this.holder = null;
    return this.#await(file, backoffHours);
  }

  /** Sends the same token again, and starts the time in which it has to be claimed. */
  #await({ id, engine }: ModelFile, backoffHours: number): Token | null {
    this.rests = false;
    this.leaseHours = backoffHours + rules.dispatchHours;
    return engine && { id, fence: this.fence, engine };
  }

  #end(file: ModelFile, state: 'COMPLETED' | 'FAILED' | 'CANCELLED', error: string | null): Token | null {
    Object.assign(file, { state, error, told: ended[state] });
    if (this.active === file) this.#free();
    return this.#promote();
  }

  #free(): void {
    this.active = null;
    this.fence += 1;
    this.holder = null;
    this.leaseHours = null;
    this.rests = false;
  }
}

const ended = { COMPLETED: 'completed', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

const isOpen = ({ state }: ModelFile) => !(state in ended);
