import { afterEach } from 'vitest';
import { resets } from './resets.ts';

afterEach(({ task }) => {
  if (task.result?.state === 'fail') for (const reset of resets) reset();
});
