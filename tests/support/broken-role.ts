/**
 * A role that reports itself as broken, or fails where nothing awaits it, on request, and prints what was asked of it.
 */
import { pino } from 'pino';
import { runRole } from '../../src/runtime/role.ts';

const broken = Promise.withResolvers<string>();
process.on('message', (message) => {
  if (message === 'break') broken.resolve('it takes no files');
  if (message === 'throw') void Promise.reject(new TypeError('nobody awaits this'));
});
await runRole(async () => ({
  log: pino(),
  role: {
    broken: broken.promise,
    stop: async () => void process.stdout.write('stopped in order\n'),
  },
}));
