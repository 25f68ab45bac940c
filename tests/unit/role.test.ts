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
