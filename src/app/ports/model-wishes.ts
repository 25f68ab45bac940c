import type { UserId } from '../../domain/ids.ts';

/** A model of LOCAL that an admin wants on the machines of all workers, or no longer. */
export type ModelWish = {
  readonly model: string;
  /** False: it is to be removed. */
  readonly isWanted: boolean;
  /** The admin who has agreed to unclear terms; null: nobody has. */
  readonly agreedBy: UserId | null;
  readonly askedAt: Date;
};

/** The models that admins want; workers follow them. */
export type ModelWishes = {
  /** Returns the wishes, the oldest first. */
  list(): Promise<readonly ModelWish[]>;
  /** Asks for a model, or for its removal, in place of an earlier wish. */
  ask(model: string, isWanted: boolean, askedBy: UserId, isAgreed: boolean): Promise<void>;
};
