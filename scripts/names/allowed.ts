/** A name that is right although it holds a refused word. */
type AllowedName = {
  /** A word that is allowed in every name, or the names in which their words are allowed. */
  readonly names: string | readonly string[];
  /** Matches the paths of the files where they are allowed. */
  readonly place: RegExp;
  readonly why: string;
};

export const allowedNames: readonly AllowedName[] = [
  {
    names: ['part', 'p_part'],
    place: /^(src\/(app|domain|store|admin)\/|bench\/support\/|prisma\/)/,
    why: 'The number of a delivery within its kind: the third message of a long text has part 2.',
  },
  {
    names: ['Part', 'part'],
    place: /^packages\/telegram-playground\/src\//,
    why: 'RFC 7578 calls a field of a multipart body a part.',
  },
  {
    names: 'person',
    place: /^(packages|bench)\/|^src\/demo\.ts$/,
    why: 'A simulated user of Telegram; no account of Dabir.',
  },
  { names: 'people', place: /^(packages|bench)\//, why: 'Simulated users of Telegram.' },
  {
    names: [
      'heard',
      'longestWaitSeconds',
      'listenMs',
      'listenedSeconds',
      'part',
      'parts',
      'forgetting',
      'forgottenAt',
      'announcements',
    ],
    place: /^src\/operations\/backup\/earlier-names\.ts$/,
    why: 'The names in backups of before 0.1.0.',
  },
  { names: ['can_join_groups'], place: /^packages\//, why: "A field of Telegram's Bot API." },
  {
    names: ['faceOfJoined', 'joined', 'join'],
    place: /^src\/documents\/fonts\//,
    why: 'Unicode calls letters that connect joining.',
  },
  {
    names: ['TextOperators', 'operator', 'operators', '#operators'],
    place: /^src\/documents\/pdf\/draw-runs\.ts$/,
    why: 'ISO 32000 calls the commands of a PDF page operators.',
  },
];
