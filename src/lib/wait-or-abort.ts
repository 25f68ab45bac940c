/** Resolves with the result, or rejects with the signal's reason as soon as it is aborted. */
export async function waitOrAbort<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([aborted, result]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
