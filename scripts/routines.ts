import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

/** The SQL functions of this checkout: a file for each, `<name>.sql`. */
export const routinesFolder = new URL('../prisma/routines/', import.meta.url);

/** One routine whose file and whose database differ. */
export type RoutineDifference = {
  /** Name and argument types, as `DROP FUNCTION` takes them. */
  readonly signature: string;
  readonly what: 'changed' | 'not in the database' | 'without a file';
  /** The text of its file; null without a file. */
  readonly text: string | null;
  /** True when `CREATE OR REPLACE` cannot make the change: argument names, defaults or the result are others. */
  readonly needsDrop: boolean;
};

/** Files are run in this schema, so that what they make is seen beside what the database has. */
const draft = 'routine_files';

/**
 * Compares the routines of a database with their files. Everything happens in a transaction that is rolled back.
 * @param client a connection to a migrated database; no transaction may be open
 * @returns the differences, sorted by signature; empty when there are none
 * @throws Error when a file is not valid SQL, or makes anything but one routine of its own name
 */
export async function compareRoutines(
  client: pg.Client,
  folder: URL = routinesFolder,
): Promise<RoutineDifference[]> {
  const files = await readRoutines(folder);
  await client.query('BEGIN');
  try {
    const present = await readDefinitions(client, 'public', 'public');
    await client.query(`CREATE SCHEMA ${draft}`);
    await client.query(`SET LOCAL search_path = ${draft}, public`);
    // A body may name a routine of a file that comes later.
    await client.query('SET LOCAL check_function_bodies = off');
    for (const [name, text] of files) {
      await client.query(text).catch((cause: Error) => {
        throw new Error(`prisma/routines/${name}.sql: ${cause.message}`, { cause });
      });
    }
    const made = [...(await readDefinitions(client, draft, `${draft}, public`))];
    for (const name of files.keys()) {
      if (made.filter(([, definition]) => definition.name === name).length !== 1)
        throw new Error(`prisma/routines/${name}.sql must make one routine, ${name}, and nothing else.`);
    }
    const wanted = new Map<string, Definition & { text: string }>();
    for (const [signature, definition] of made) {
      const text = files.get(definition.name);
      if (text === undefined) throw new Error(`The routine ${definition.name} is not in a file of its own.`);
      wanted.set(signature, { ...definition, text });
    }
    return difference(present, wanted);
  } finally {
    await client.query('ROLLBACK');
  }
}

/**
 * Writes the SQL that makes the routines of a database those of the files.
 * @param differences from `compareRoutines`
 * @returns an empty text when there are none
 */
export function routineMigration(differences: readonly RoutineDifference[]): string {
  const drops = differences.filter(({ needsDrop }) => needsDrop);
  const texts = differences.flatMap(({ text }) => text ?? []);
  return [
    ...(drops.length > 0 ? [drops.map(({ signature }) => `DROP FUNCTION ${signature};\n`).join('')] : []),
    ...inOrderOfUse(texts),
  ].join('\n');
}

/** Reads all files. @returns their texts by name, sorted */
export async function readRoutines(folder: URL = routinesFolder): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return new Map(names.map((name, index) => [name.slice(0, -'.sql'.length), texts[index] ?? '']));
}

/** Sorts routines so that each comes after those that it uses. @param texts of files */
export function inOrderOfUse(texts: readonly string[]): string[] {
  const byName = new Map(
    texts.map((text) => [/^CREATE OR REPLACE FUNCTION (\w+)/m.exec(text)?.[1] ?? '', text]),
  );
  const sorted = new Set<string>();
  const visit = (name: string, text: string, path: readonly string[]) => {
    if (sorted.has(text) || path.includes(name)) return;
    const code = text.replaceAll(/--.*$/gm, '');
    for (const [other, otherText] of byName) {
      if (other !== name && new RegExp(`\\b${other}\\(`).test(code)) visit(other, otherText, [...path, name]);
    }
    sorted.add(text);
  };
  for (const [name, text] of byName) visit(name, text, []);
  return [...sorted];
}

type Definition = { readonly name: string; readonly definition: string; readonly shape: string };

/** Reads the routines of a schema, with names as this search path resolves them. */
async function readDefinitions(
  client: pg.Client,
  schema: string,
  searchPath: string,
): Promise<Map<string, Definition>> {
  await client.query(`SET LOCAL search_path = ${searchPath}`);
  const { rows } = await client.query<Definition & { signature: string }>(
    `SELECT proname AS name, format('%I(%s)', proname, oidvectortypes(proargtypes)) AS signature,
            pg_get_functiondef(oid) AS definition,
            pg_get_function_result(oid) || ' ' || pg_get_function_arguments(oid) AS shape
       FROM pg_proc WHERE pronamespace = $1::regnamespace ORDER BY signature`,
    [schema],
  );
  return new Map(
    rows.map(({ signature, ...row }) => [
      signature,
      { ...row, definition: row.definition.replaceAll(new RegExp(`\\b(public|${draft})\\.`, 'g'), '') },
    ]),
  );
}

function difference(
  present: ReadonlyMap<string, Definition>,
  wanted: ReadonlyMap<string, Definition & { text: string }>,
): RoutineDifference[] {
  const signatures = [...new Set([...present.keys(), ...wanted.keys()])].sort();
  return signatures.flatMap((signature): RoutineDifference[] => {
    const [is, shall] = [present.get(signature), wanted.get(signature)];
    if (shall === undefined) return [{ signature, what: 'without a file', text: null, needsDrop: true }];
    const { text } = shall;
    if (is === undefined) return [{ signature, what: 'not in the database', text, needsDrop: false }];
    if (is.definition === shall.definition) return [];
    return [{ signature, what: 'changed', text, needsDrop: is.shape !== shall.shape }];
  });
}
