import { expect, onTestFinished, test } from 'vitest';
import { Fork } from '../support/fork.ts';

test('a role that fails is stopped in order and exits with a code other than zero, for its supervisor', async () => {
  const fork = await Fork.start(new URL('../support/broken-role.ts', import.meta.url), {});
  onTestFinished(() => fork.stop());
  fork.send('break');
  expect(await fork.end()).toBe(1);
  await fork.logs('it takes no files');
  await fork.logs('stopped in order');
});

test('an error that nothing awaits is logged with its stack, and the role exits with a code other than zero', async () => {
  const fork = await Fork.start(new URL('../support/broken-role.ts', import.meta.url), {});
  onTestFinished(() => fork.stop());
  fork.send('throw');
  expect(await fork.end()).toBe(1);
  const line = await fork.logs('unexpected error; the process ends');
  expect(JSON.parse(line)).toMatchObject({
    level: 50,
    cause: 'nobody awaits this',
    err: { type: 'TypeError', stack: expect.stringContaining('broken-role.ts') },
  });
});
