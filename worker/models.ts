import sql from 'sql-template-tag';
import type { ModelWish, ModelWishes } from '../src/app/ports/model-wishes.ts';
import type { DueWork } from '../src/compose/due-work.ts';
import type { Engine } from '../src/domain/engine.ts';
import { areWishesNewer } from '../src/store/model-wishes.ts';

/** Pause before a model that could not be downloaded is tried again, doubled each time, in ms. */
const firstRetryMs = 60_000;
const maxRetryMs = 30 * 60_000;

/**
 * Returns the work of a worker that follows the models that admins want. It is due when a wish is new, once at the
 * start, and when a download is to be tried again. A wish that fails for good is not tried again until an admin asks
 * again.
 */
export function modelWork(
  wishes: Pick<ModelWishes, 'list'>,
  engines: readonly Engine[],
  retryMs: number = firstRetryMs,
): DueWork {
  let latest: Date | null = null;
  let retryAt = Number.POSITIVE_INFINITY;
  let pauseMs = retryMs;
  /** What was asked last of each model, and has ended. */
  const ended = new Map<string, number>();
  const isOpen = ({ model, askedAt }: ModelWish) => ended.get(model) !== askedAt.getTime();
  return {
    isDue: () => sql`(${performance.now() >= retryAt}::boolean OR ${areWishesNewer(latest)})`,
    async round(leaving) {
      const all = await wishes.list();
      latest = all.at(-1)?.askedAt ?? null;
      retryAt = Number.POSITIVE_INFINITY;
      for (const wish of all.filter(isOpen)) {
        leaving.throwIfAborted();
        const { model, isWanted, agreedBy, askedAt } = wish;
        const agreement = agreedBy === null ? null : `admin ${agreedBy}, on the admin page`;
        const results = await Promise.all(
          engines.map((engine) => engine.changeModel?.(model, { isWanted, agreement }, leaving)),
        );
        if (results.includes(false)) retryAt = performance.now() + pauseMs;
        else ended.set(model, askedAt.getTime());
      }
      const waits = retryAt < Number.POSITIVE_INFINITY;
      pauseMs = waits ? Math.min(pauseMs * 2, maxRetryMs) : retryMs;
    },
  };
}
