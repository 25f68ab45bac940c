import type pg from 'pg';

/** Queries that give one line for each object of the schema `public`; `_prisma_migrations` is not Dabir's. */
const queries = [
  `SELECT format('enum %s: %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder))
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`,
  `SELECT format('relation %s %s %s %s', relkind, relname, relpersistence, reloptions) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname !~ '^_prisma_migrations'`,
  // The place of a column counts: "SELECT *" and composite types depend on it. Dropped columns leave gaps in attnum.
  `SELECT format('column %s.%s #%s %s%s%s%s%s collation %s storage %s statistics %s', c.relname, a.attname,
            row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' not null' END, ' identity ' || NULLIF(a.attidentity::text, ''),
            ' generated ' || NULLIF(a.attgenerated::text, ''), ' default ' || pg_get_expr(d.adbin, d.adrelid),
            a.attcollation::regcollation, a.attstorage, a.attstattarget)
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
      AND a.attnum > 0 AND NOT a.attisdropped`,
  // The name of a NOT NULL constraint (since PostgreSQL 18) is the column's first one, and nothing refers to it.
  `SELECT format('constraint %s on %s: %s valid %s', CASE WHEN contype <> 'n' THEN conname END, conrelid::regclass, pg_get_constraintdef(oid), convalidated)
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations'`,
  `SELECT format('index %s valid %s clustered %s', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered)
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'`,
  `SELECT format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal`,
  `SELECT format('function %s', pg_get_functiondef(oid)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
  `SELECT format('sequence %s %s from %s to %s start %s by %s cycle %s cache %s owned by %s', s.sequencename, s.data_type,
            s.min_value, s.max_value, s.start_value, s.increment_by, s.cycle, s.cache_size,
            (SELECT d.refobjid::regclass || '.' || a.attname FROM pg_depend d
               JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
              WHERE d.objid = format('public.%I', s.sequencename)::regclass AND d.deptype = 'a'))
     FROM pg_sequences s WHERE s.schemaname = 'public'`,
  `SELECT format('view %s: %s', viewname, definition) FROM pg_views WHERE schemaname = 'public'`,
  `SELECT format('policy %s on %s', policyname, tablename) FROM pg_policies WHERE schemaname = 'public'`,
  `SELECT format('extension %s', extname) FROM pg_extension`,
  `SELECT format('comment on %s: %s', pg_describe_object(classoid, objoid, objsubid), description)
     FROM pg_description WHERE pg_describe_object(classoid, objoid, objsubid) !~ 'schema pg_catalog|schema information_schema'
      AND (objoid >= 16384)`,
];

/**
 * Reads everything that migrations make: enums, tables, columns, defaults, constraints, indexes, triggers, functions,
 * sequences, views and comments.
 * @returns a line for each object, sorted; two databases with equal lines are built alike
 */
export async function readCatalogue(client: pg.Client): Promise<string[]> {
  const lines: string[] = [];
  for (const query of queries) {
    const { rows } = await client.query<{ format: string }>(query);
    lines.push(...rows.map(({ format }) => format));
  }
  return lines.sort();
}
