/**
 * For `node --import`: shifts this process's wall clock by CLOCK_SHIFT_MS milliseconds, as on a machine with
 * a wrong time. Timers and the monotonic clock stay right, as they do there.
 */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS']);
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parameters, self) =>
    Reflect.construct(target, parameters.length === 0 ? [RealDate.now() + shiftMs] : parameters, self),
  apply: () => new Date().toString(),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, name)),
});
