import { z } from 'zod';
import type { Core } from '../core.ts';
import type { CallRecord } from '../testing/calls.ts';
import { type Faults, faultSchema } from '../testing/faults.ts';
import { type PeopleApp, readJson } from './route.ts';

const faultsSchema = z.object({
  method: z.string().min(1),
  fault: faultSchema,
  times: z.int().positive().optional(),
});

/** Adds the routes for faults, the record of calls and the counts of a chat, for tests that speak HTTP. */
export function addTestRoutes(app: PeopleApp, core: Core, faults: Faults, calls: CallRecord): void {
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
  app.get('/counts/:chatId', (c) => c.json(core.tally.countsOf(core.state, Number(c.req.param('chatId')))));
}
