/** Resolves to the result of the work; undefined when it takes longer than `ms`, or rejects. */
export async function waitAtMost<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  const result = await Promise.race([work.catch(() => undefined), late]);
  // Not a signal that aborts a timer: its error with a stack takes ten times as long.
  clearTimeout(timer);
  return result;
}
