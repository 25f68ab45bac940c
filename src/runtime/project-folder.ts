import { fileURLToPath } from 'node:url';

/** Folder of this checkout, the one that holds package.json; it ends with a separator. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
