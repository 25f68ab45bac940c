import type { Core, Method } from '../core.ts';
import { readConnection } from './access.ts';
import { asBusinessConnection } from './connections.ts';

const getBusinessConnection: Method = (core: Core, parameters) => ({
  result: asBusinessConnection(core, readConnection(core, parameters)),
});

/** The methods about connected accounts. */
export const businessMethods = { getBusinessConnection } as const;
