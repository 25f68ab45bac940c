import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';

/** No table is exempt from migrations. BullMQ keeps its tables in a PostgreSQL schema of its own. */
export const everything: SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own migration engine, as WebAssembly: the `prisma migrate` command would first download a program from a
 * host that closed networks do not reach. Call `free()` when done.
 * @param databaseUrl where migrations are to be applied
 * @param datamodel the text of prisma/schema.prisma
 */
export async function loadSchemaEngine(databaseUrl: string, datamodel: string): Promise<SchemaEngine> {
  const wasmUrl = new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm'));
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings;
  const { instance } = await WebAssembly.instantiate(await readFile(wasmUrl), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return bindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl })),
  );
}

/** What the generated glue exports beyond its typed interface. */
type Bindings = {
  __wbg_set_wasm(exports: object): void;
  SchemaEngine: typeof SchemaEngine;
};

/** The part of the WebAssembly interface used here; TypeScript has it only among the types of browsers. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>;
  };
};
