/**
 * All tables, by whether a user's export contains them. A test compares these lists with prisma/schema.prisma: each new
 * table has to be in one of them.
 */

/** Tables of the account: the column with the user's id, and a numeric column that orders the rows. */
export const accountTables = {
  user: { owner: 'id', key: 'id' },
  chat: { owner: 'id', key: 'id' },
  setting: { owner: 'userId', key: 'userId' },
  lane: { owner: 'userId', key: 'userId' },
  glossary_entry: { owner: 'userId', key: 'id' },
  voiceprint: { owner: 'userId', key: 'id' },
  burst: { owner: 'userId', key: 'id' },
  usage: { owner: 'userId', key: 'transcriptionId' },
  feedback: { owner: 'userId', key: 'transcriptionId' },
  history_view: { owner: 'userId', key: 'userId' },
  export: { owner: 'userId', key: 'userId' },
  invitation: { owner: 'madeById', key: 'id' },
  broadcast: { owner: 'madeById', key: 'id' },
  secretary_connection: { owner: 'userId', key: 'id' },
  secretary_peer: { owner: 'userId', key: 'id' },
  secretary_draft: { owner: 'userId', key: 'id' },
  understanding_task: { owner: 'userId', key: 'id' },
  understanding_spend: { owner: 'userId', key: 'id' },
  minutes_template: { owner: 'userId', key: 'id' },
} as const;

/** Tables of one transcription: the column with its id. */
export const fileTables = {
  transcription: 'id',
  transcript: 'transcriptionId',
  chunk: 'transcriptionId',
  delivery: 'transcriptionId',
  answer_message: 'transcriptionId',
  correction: 'transcriptionId',
  state_change: 'transcriptionId',
  worker_loss: 'transcriptionId',
  secretary_note: 'transcriptionId',
} as const;

/** Tables that are not exported, and why. */
export const otherTables = {
  search: 'the words of the transcript, once more',
  private_message: 'numbers of messages',
  understanding_call: 'what a language model answered, until the task ends; its result is exported',
  chat_turn: 'when a chat was last spoken in, gone within minutes',
  erasure: 'the request to delete everything',
  dialog: 'a dialog that is open now, deleted after a day',
  group_setting: 'the group’s',
  admin_link: 'a key',
  admin_session: 'a key',
  audit: 'what admins did: the operator’s record',
  bulk_change: 'what admins did: the operator’s record',
  log_line: 'of the program: ids and states, for a short time',
  engine_test: 'of engines',
  engine_pause: 'of engines',
  model_wish: 'of engines',
  engine_report: 'of engines',
  activity: 'sums over everybody',
  depth: 'sums over everybody',
  process: 'of the program',
  release: 'of the program',
  backup: 'of the program',
  reading: 'of the program',
  watch: 'of the program',
  standstill: 'of the program',
  standstill_notice: 'goes when the standstill is over',
} as const;
