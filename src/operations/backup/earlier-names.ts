import type { SchemaChanges } from '../../store/backup/load.ts';
import type { Manifest } from './manifest.ts';

/** Tables that had another name before 0.1.0; the baseline, which replaces those migrations, makes the new ones. */
const renamedTables: Readonly<Record<string, string>> = {
  part: 'chunk',
  forgetting: 'erasure',
  bundle: 'burst',
};

/** Columns that had another name before 0.1.0, by the present name of their table. */
const renamedColumns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  user: { announcements: 'wantsBroadcasts', forgottenAt: 'erasedAt', waitingFiles: 'maxOpenFiles' },
  lane: { waiting: 'pending' },
  setting: { keepHours: 'retentionHours' },
  transcription: { keptUntil: 'retainedUntil', bundleId: 'burstId' },
  burst: { offerLapsesAt: 'updateAfter' },
  activity: { longestWaitSeconds: 'maxWaitSeconds' },
  chunk: { heard: 'transcript' },
  engine_test: { heard: 'text' },
  export: { parts: 'archives' },
  glossary_entry: { heard: 'misspellings' },
  usage: { listenedSeconds: 'sentSeconds', listenMs: 'transcribeMs' },
};

/** How the tables differ from those of backups of before 0.1.0, apart from names. */
export const schemaChanges: SchemaChanges = {
  addedColumns: {
    transcript: ['userId', 'isSearchable'],
    transcription: ['speakers', 'pickerUntil', 'purpose'],
    burst: ['shownAt', 'shown'],
    setting: ['remembersVoices', 'offersBundles'],
  },
  // allowEarlierValues adds it, and renewEarlierValues drops it again.
  removedColumns: { setting: ['sameChoices'] },
  addedTables: [
    'voiceprint',
    'model_wish',
    'secretary_connection',
    'secretary_peer',
    'secretary_note',
    'secretary_draft',
  ],
};

/** Returns the present name of a table of a backup. */
export function presentName(table: string): string {
  return renamedTables[table] ?? table;
}

/** Returns true for a backup of before 0.1.0: its tables, columns and values have their earlier names. */
export function hasEarlierNames({ tables }: Manifest): boolean {
  return tables.some(({ name }) => name in renamedTables);
}

/**
 * Returns a manifest with the present names of its tables, columns and sequences, in the order in which PostgreSQL lists
 * tables.
 */
export function withPresentNames(manifest: Manifest): Manifest {
  const tables = manifest.tables.map((table) => {
    const name = presentName(table.name);
    const renamed = renamedColumns[name] ?? {};
    return { ...table, name, columns: table.columns.map((column) => renamed[column] ?? column) };
  });
  // The sequence of a table's ids is named after it.
  const sequences = manifest.sequences.map((sequence) => {
    const table = sequence.name.replace(/_id_seq$/, '');
    return { ...sequence, name: sequence.name.replace(table, presentName(table)) };
  });
  return {
    ...manifest,
    tables: tables.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    sequences,
  };
}

/** SQL that lets the tables take the values of a backup of before 0.1.0. */
export const allowEarlierValues = `
  ALTER TYPE burst_state RENAME VALUE 'TOGETHER' TO 'OFFERED';
  ALTER TYPE burst_state RENAME VALUE 'SEPARATE' TO 'DECLINED';
  ALTER TYPE burst_state RENAME VALUE 'BUNDLING' TO 'JOINED';
  ALTER TYPE burst_state RENAME VALUE 'BUNDLED' TO 'DONE';
  ALTER TABLE setting ADD COLUMN "sameChoices" integer`;

/**
 * SQL that gives values of before 0.1.0 their present names, in the same transaction; adopt.sql of the baseline has the
 * same statements. PostgreSQL writes a key of jsonb as `"key": `, and the quotes of a text as `\\"`, so this replaces
 * keys alone.
 */
export const renewEarlierValues = `
  ALTER TABLE setting DROP COLUMN "sameChoices";
  ALTER TYPE burst_state RENAME VALUE 'OFFERED' TO 'TOGETHER';
  ALTER TYPE burst_state RENAME VALUE 'DECLINED' TO 'SEPARATE';
  ALTER TYPE burst_state RENAME VALUE 'JOINED' TO 'BUNDLING';
  ALTER TYPE burst_state RENAME VALUE 'DONE' TO 'BUNDLED';
  UPDATE delivery SET kind = 'bundle' WHERE kind = 'joined';
  UPDATE delivery SET payload = replace(replace(replace(payload::text, '"isJoined": ', '"isBundled": '), '"unsure": ', '"lowConfidence": '),
         '"doubt": ', '"lowConfidence": ')::jsonb WHERE payload::text ~ '"(isJoined|unsure|doubt)": ';
  UPDATE transcript SET "isSearchable" = true;
  UPDATE setting SET documents = replace(documents::text, '"doubt": ', '"lowConfidence": ')::jsonb WHERE documents::text LIKE '%"doubt": %';
  UPDATE transcript SET segments = replace(segments::text, '"doubt": ', '"hallucination": ')::jsonb WHERE segments::text LIKE '%"doubt": %';
  UPDATE correction SET before = replace(before::text, '"doubt": ', '"hallucination": ')::jsonb WHERE before::text LIKE '%"doubt": %';
  UPDATE chunk SET transcript = replace(transcript::text, '"doubt": ', '"hallucination": ')::jsonb WHERE transcript::text LIKE '%"doubt": %';
  UPDATE engine_report SET profile = replace(profile::text, '"slowestPace": ', '"maxRealTimeFactor": ')::jsonb WHERE profile::text LIKE '%"slowestPace": %'`;
