/** A role that finds itself broken once it is told so, and says what was asked of it. */
import { pino } from 'pino';
import { runRole } from '../../src/role.ts';

const broken = Promise.withResolvers<string>();
process.on('message', (message) => {
  if (message === 'break') broken.resolve('it takes no files');
});
await runRole(async () => ({
  log: pino(),
  role: {
    broken: broken.promise,
    stop: async () => void process.stdout.write('stopped in order\n'),
  },
}));
