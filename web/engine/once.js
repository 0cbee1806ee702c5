/**
 * @template Value
 * @param {() => Value} make
 * @returns {() => Value} calls it once and keeps what it gave
 */
export function once(make) {
  /** @type {{ value: Value } | undefined} */
  let kept;
  return () => {
    kept ??= { value: make() };
    return kept.value;
  };
}
