/** A machine whose clock and frames are the test's own. */

/**
 * A clock that moves only as the work says, and frames at a given rate.
 *
 * @param {number} hertz
 */
export function machine(hertz) {
  let time = 0;
  /** @type {((time: number) => void) | undefined} */
  let pending;
  const clock = {
    now: () => time,
    requestFrame: (/** @type {(time: number) => void} */ callback) => {
      pending = callback;
      return 1;
    },
    cancelFrame: () => {
      pending = undefined;
    },
  };
  return {
    clock,
    spend: (/** @type {number} */ ms) => {
      time += ms;
    },
    isAsleep: () => pending === undefined,
    /**
     * Runs frames for some seconds of clock.
     *
     * @param {number} seconds
     */
    run(seconds) {
      const end = time + 1000 * seconds;
      while (time < end - 1e-9 && pending !== undefined) {
        const callback = pending;
        pending = undefined;
        const frame = time;
        callback(frame);
        time = Math.max(time, frame + 1000 / hertz);
      }
      time = Math.max(time, end);
    },
  };
}
