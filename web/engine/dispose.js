/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Symbol.dispose, for `using net = …`; where the engine does not know it yet, a symbol that does no harm.
 * @type {typeof Symbol.dispose}
 */
export const dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');
