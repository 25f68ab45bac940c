/**
 * Fills the compile cache of the test run (NODE_COMPILE_CACHE) with the modules of the processes and threads that
 * tests start. Most of these are killed, and a killed process stores nothing. A module that cannot be loaded here, such
 * as node-av, is left out.
 */
await Promise.allSettled([
  import('../../src/compose/start-bot.ts'),
  import('../../worker/start-worker.ts'),
  import('../../src/standalone/dabir.ts'),
  import('../../src/documents/documents.ts'),
  import('../../src/media/child/node-av/tool.ts'),
  import('../../src/media/child/ffmpeg/tool.ts'),
  import('../../src/media/child/watchdog-thread.ts'),
]);
process.exit();
