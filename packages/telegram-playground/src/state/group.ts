/** The status of a member of a group. */
export type MemberStatus = 'creator' | 'administrator' | 'member' | 'left';

/** The status of the bot in a group; `muted`: a member that may not write. */
export type BotStatus = 'administrator' | 'member' | 'muted' | 'left' | 'kicked';

/** A topic of a forum; its id is that of the message that opened it. */
export interface Topic {
  readonly id: number;
  readonly name: string;
  readonly state: 'open' | 'closed' | 'deleted';
}

/** A group of people. Its chat has the group's id, which is negative. */
export interface Group {
  readonly id: number;
  readonly type: 'group' | 'supergroup';
  readonly title: string;
  readonly isForum: boolean;
  /** By the person's id. */
  readonly members: Readonly<Record<string, MemberStatus>>;
  readonly bot: BotStatus;
  readonly topics: readonly Topic[];
  /** The supergroup that it has become. */
  readonly migratedTo: number | null;
}
