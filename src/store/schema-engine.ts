import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';
import type pg from 'pg';

/** No table is exempt from migrations. BullMQ keeps its tables in a PostgreSQL schema of its own. */
export const everything: SchemaFilter = { externalTables: [], externalEnums: [] };

export type LoadedEngine = {
  readonly engine: SchemaEngine;
  /** What PostgreSQL said of the last script that it refused; the engine's own error leaves it out. */
  scriptError(): Error | undefined;
  close(): Promise<void>;
};

/**
 * Prisma's own migration engine, as WebAssembly: the `prisma migrate` command would first download a program from a
 * host that closed networks do not reach. `close` ends its connections, which `free` would leave open.
 * @param databaseUrl where migrations are to be applied
 * @param datamodel the text of prisma/schema.prisma
 */
export async function loadSchemaEngine(databaseUrl: string, datamodel: string): Promise<LoadedEngine> {
  bindings ??= instantiate();
  const { SchemaEngine } = await bindings;
  const adapters = new WholeScripts({ connectionString: databaseUrl });
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapters),
  );
  return {
    engine,
    scriptError: () => adapters.scriptError,
    async close() {
      engine.free();
      await adapters.end();
    },
  };
}

/** The glue keeps its instance to itself: a second one in the same process would never answer. */
let bindings: Promise<Bindings> | undefined;

async function instantiate(): Promise<Bindings> {
  const wasmFile = join(
    dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')),
    'schema_engine_bg.wasm',
  );
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings;
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return glue;
}

/**
 * The adapter cuts a script at every semicolon, also inside of functions. PostgreSQL takes a whole script as it is,
 * and as one transaction: a migration that fails leaves nothing behind.
 */
class WholeScripts extends PrismaPg {
  readonly #pools = new Set<pg.Pool>();
  scriptError: Error | undefined;

  async end(): Promise<void> {
    await Promise.all([...this.#pools].map((pool) => pool.end()));
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    this.#pools.add(pool);
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: Error) => {
        this.scriptError = error;
        throw error;
      });
    };
    return adapter;
  }
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
