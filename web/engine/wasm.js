/** Makes the core's WebAssembly instance, or says why this place cannot have one. */

/** @typedef {'missing' | 'no-simd' | 'blocked' | 'broken'} WasmProblem */

/** Why there is no core. `reason` lets a page choose its words; the message is for programmers. */
export class CoreUnavailableError extends Error {
  /**
   * @param {WasmProblem} reason
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(reason, message, options) {
    super(message, options);
    this.name = 'CoreUnavailableError';
    this.reason = reason;
  }
}

/** The smallest module: none of its bytes can be wrong, so where it fails, a policy forbids modules. */
const emptyModule = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** The same with one function: i32.const 0, i8x16.splat, i8x16.popcnt. */
const simdModule = [
  ...emptyModule,
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // functions: one of type 0
  ...[0x0a, 0x0a, 0x01, 0x08, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0xfd, 0x62, 0x0b], // its code
];

/**
 * @returns {Promise<WebAssembly.Instance>} of src/two_layer.h
 * @throws {CoreUnavailableError}
 */
export function instantiateCore() {
  // A file of its own where the engine comes in parts: beside text, base64 would compress worse.
  return instantiate(() => import('../../build/two-layer-wasm.js'));
}

/**
 * @param {() => Promise<{ default: string }>} load a module, deflated, in base64
 * @returns {Promise<WebAssembly.Instance>}
 * @throws {CoreUnavailableError}
 */
export async function instantiate(load) {
  if (typeof WebAssembly !== 'object') {
    throw new CoreUnavailableError('missing', 'WebAssembly is missing here; two-layer computes with it');
  }
  if (!WebAssembly.validate(new Uint8Array(simdModule))) {
    throw new CoreUnavailableError('no-simd', "This WebAssembly has no SIMD (v128); two-layer's core needs it");
  }
  try {
    const { default: compressed } = await load();
    const { instance } = await WebAssembly.instantiate(await inflate(compressed), {});
    return instance;
  } catch (cause) {
    if (await compilesNothing()) {
      throw new CoreUnavailableError(
        'blocked',
        "WebAssembly is blocked here by a content security policy; script-src needs 'wasm-unsafe-eval'",
        { cause },
      );
    }
    throw new CoreUnavailableError('broken', `The core did not start: ${cause}`, { cause });
  }
}

/**
 * Whether even the empty module is refused. (Engines word a policy's refusal
 * differently, and one throws an EvalError: asking is surer than reading messages.)
 */
async function compilesNothing() {
  try {
    await WebAssembly.compile(new Uint8Array(emptyModule));
    return false;
  } catch {
    return true;
  }
}

/**
 * @param {string} base64 of bytes under deflate; not the raw kind, which Node has from 20.12 on only
 * @returns {Promise<ArrayBuffer>}
 */
async function inflate(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).arrayBuffer();
}
