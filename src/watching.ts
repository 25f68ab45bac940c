import { type TellAdminsDependencies, tellAdmins } from './app/operations/tell-admins.ts';
import { repeat } from './sweeping.ts';
import { within } from './within.ts';

/** Between two looks at what stands still, in milliseconds; conditions last minutes before they count. */
const lookMs = 15_000;

/** A message that is on its way when the process ends gets so long, in milliseconds. */
const closingMs = 2_000;

/** Tells admins what stands still, as long as no other process does. @returns a function that stops it in order */
export function startWatching(dependencies: TellAdminsDependencies): () => Promise<void> {
  const leaving = new AbortController();
  const stop = repeat('watch', lookMs, () => tellAdmins(dependencies, leaving.signal), dependencies.log);
  return async () => {
    leaving.abort();
    await within(closingMs, stop());
    await within(
      closingMs,
      dependencies.watch.leave(dependencies.holder).catch(() => undefined),
    );
  };
}
