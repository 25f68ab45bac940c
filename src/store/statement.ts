import { createHash } from 'node:crypto';
import pg from 'pg';
import { Sql } from 'sql-template-tag';

/** A statement with `$1`, `$2`, … for its values. */
export type Statement = {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Name under which each connection prepares the statement once; absent: parsed and planned at each call. */
  readonly name?: string;
};

/**
 * Makes a statement that each connection parses and plans once. For statements that run for every file: on the
 * server, parsing and planning a call of a routine takes about as long as a fast routine itself. After five runs
 * PostgreSQL may keep one plan for all values, so a statement whose best plan depends on its values is not prepared.
 */
export function prepared(strings: TemplateStringsArray, ...values: readonly unknown[]): Statement {
  let known = preparedStatements.get(strings);
  if (known === undefined) {
    if (values.some((value) => value instanceof Sql))
      throw new TypeError('a prepared statement has a fixed text');
    const { text } = new Sql(strings, values);
    known = { text, name: nameOf(text) };
    preparedStatements.set(strings, known);
  }
  return { ...known, values };
}

/**
 * Returns a function that makes `prepared` statements of composed ones.
 * @throws TypeError at a call whose text differs from that of the first
 */
export function preparedText(): (composed: Sql) => Statement {
  let known: { readonly text: string; readonly name: string } | undefined;
  return ({ text, values }) => {
    known ??= { text, name: nameOf(text) };
    if (known.text !== text) throw new TypeError('a prepared statement has a fixed text');
    return { ...known, values };
  };
}

/** Returns the name of a prepared statement; PostgreSQL cuts names after 63 bytes. */
function nameOf(text: string): string {
  return `dabir_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** Texts and names by the template's strings, which are the same object at every evaluation. */
const preparedStatements = new WeakMap<
  TemplateStringsArray,
  { readonly text: string; readonly name: string }
>();

/** `int8` and `int8[]` in PostgreSQL's catalogue of types (pg_type.dat). */
const [int8, int8Array] = [20, 1016];

const parseArray = pg.types.getTypeParser(int8Array) as unknown as (text: string) => (string | null)[];

/** Parses values as pg does by default, and `bigint` as BigInt: as a number, the largest would lose digits. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format !== 'binary' && oid === int8) return BigInt;
    if (format !== 'binary' && oid === int8Array) {
      return (text: string) => parseArray(text).map((item) => (item === null ? null : BigInt(item)));
    }
    return pg.types.getTypeParser(oid, format);
  },
};
