import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';
import type pg from 'pg';

/** A filter that exempts no table from migrations. BullMQ keeps its tables in a PostgreSQL schema of its own. */
export const everything: SchemaFilter = { externalTables: [], externalEnums: [] };

export type LoadedEngine = {
  readonly engine: SchemaEngine;
  /** PostgreSQL's error about the last script that it refused; the engine's own error lacks it. */
  scriptError(): Error | undefined;
  close(): Promise<void>;
};

/**
 * Loads Prisma's migration engine as WebAssembly. The `prisma migrate` command would first download a program from a
 * host that closed networks cannot reach. `close` also ends the engine's connections, which `free` leaves open.
 * @param databaseUrl the database to migrate
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

/**
 * The one instance of this process. The glue code keeps state in its module, so calls to a second
 * instance would never resolve.
 */
let bindings: Promise<Bindings> | undefined;

async function instantiate(): Promise<Bindings> {
  const wasmFile = join(
    dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')),
    'schema_engine_bg.wasm',
  );
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings;
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': withoutWaiting(glue),
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return glue;
}

/**
 * Returns the glue with timers that do not keep the process alive. The engine never clears the time limit of 10 s for
 * its lock, so a command that migrates would end that much later than its work.
 */
function withoutWaiting(glue: Bindings): object {
  const [name, start] =
    Object.entries(glue as unknown as Record<string, (run: () => void, ms: number) => NodeJS.Timeout>).find(
      ([name]) => name.startsWith('__wbg_setTimeout_'),
    ) ?? [];
  if (name === undefined || start === undefined) return glue;
  return { ...glue, [name]: (run: () => void, ms: number) => start(run, ms).unref() };
}

/**
 * Runs a script as a whole. The adapter splits scripts at every semicolon, even inside functions. PostgreSQL runs an
 * unsplit script as one transaction, so a failed migration leaves nothing behind.
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

/** Exports of the generated glue that its typed interface lacks. */
type Bindings = {
  __wbg_set_wasm(exports: object): void;
  SchemaEngine: typeof SchemaEngine;
};

/** The part of the WebAssembly interface used here; TypeScript declares it only among the types of browsers. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>;
  };
};
