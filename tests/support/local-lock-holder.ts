/**
 * Holds the set-up lock of the folder in its first parameter until it is killed; prints a line when it has
 * it.
 */
import { runOneAtATime } from '../../src/engines/local/one-at-a-time.ts';

await runOneAtATime(process.argv[2] ?? '', new AbortController().signal, () => {
  console.log('held');
  return new Promise(() => setInterval(() => undefined, 1_000));
});
