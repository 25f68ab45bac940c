import type { Job, Token } from '../../../src/domain/transcription.ts';
import { ModelLane } from './model.ts';

/** All users' lanes, in the model. */
export class Model {
  lastId = 0;
  readonly lanes = new Map<number, ModelLane>();

  constructor(users: readonly number[]) {
    for (const user of users) this.lanes.set(user, new ModelLane());
  }

  lane(user: number): ModelLane {
    const lane = this.lanes.get(user);
    if (lane === undefined) throw new Error(`there is no user ${user}`);
    return lane;
  }

  /** Returns whether a worker has another user's file, or has lost any other than the named one. */
  hadOthers(user: number): (holder: string, file: number) => boolean {
    return (holder, file) =>
      [...this.lanes].some(
        ([other, lane]) =>
          (other !== user && lane.holder === holder) ||
          lane.files.some(({ id, losses }) => id !== file && holder in losses),
      );
  }

  clone(): Model {
    const copy = new Model([]);
    copy.lastId = this.lastId;
    // A single copy, so that the active file stays one of the files.
    for (const [user, lane] of this.lanes)
      copy.lanes.set(user, Object.assign(new ModelLane(), structuredClone({ ...lane })));
    return copy;
  }
}

/** What was handed out so far, however old: bots know files, queues tokens, workers jobs. */
export class Outside {
  readonly users: readonly number[];
  readonly files: { user: number; id: number }[] = [];
  readonly tokens: { user: number; token: Token }[] = [];
  readonly jobs: { user: number; job: Job }[] = [];

  constructor(users: readonly number[]) {
    this.users = users;
  }

  /** Returns the user of a file, also of a deleted one. */
  ownerOf(id: number): number {
    return this.files.find((file) => file.id === id)?.user ?? 0;
  }

  keep(user: number, ...tokens: (Token | null)[]): void {
    for (const token of tokens) if (token !== null) this.tokens.push({ user, token });
  }
}
