import { z } from 'zod';
import type { CallRecord } from '../testing/calls.ts';
import { type Faults, faultSchema } from '../testing/faults.ts';
import { type PeopleApp, readJson } from './route.ts';

const faultsSchema = z.object({
  method: z.string().min(1),
  fault: faultSchema,
  times: z.int().positive().optional(),
});

/** Adds the routes for faults and the record of calls, for tests that speak HTTP. */
export function addTestRoutes(app: PeopleApp, faults: Faults, calls: CallRecord): void {
  app.post('/faults', async (c) => {
    const { method, fault, times } = await readJson(c, faultsSchema);
    faults.set(method, fault, times);
    return c.body(null, 204);
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.get('/calls', (c) => c.json(calls.list()));
}
