import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from './project-folder.ts';

const packageSchema = z.object({ version: z.string() });

/** Returns the version of this checkout from its package.json. */
export function readVersion(): string {
  const text = readFileSync(join(projectFolder, 'package.json'), 'utf8');
  return packageSchema.parse(JSON.parse(text)).version;
}
