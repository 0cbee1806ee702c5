/*
 * The most multiplications and additions that this engine gets out of the machine: chains of
 * each in registers, nothing loaded or stored. Six chains of each keep two multipliers and two
 * adders of three cycles' latency busy, and leave V8's 15 registers unspilled.
 */
#include <stdint.h>
#include <wasm_simd128.h>

#define CHAINS 6
#define UNROLLED _Pragma("clang loop unroll(full)")

/* Makes turns * 2 * CHAINS * 4 operations; with factor 1, the numbers stay what they are. */
float peak(uint32_t turns, float factor, float summand) {
  v128_t f = wasm_f32x4_splat(factor);
  v128_t s = wasm_f32x4_splat(summand);
  v128_t products[CHAINS];
  v128_t sums[CHAINS];
  UNROLLED
  for (int k = 0; k < CHAINS; k++) {
    products[k] = wasm_f32x4_splat((float)(k + 1));
    sums[k] = products[k];
  }
  for (uint32_t turn = 0; turn < turns; turn++) {
    UNROLLED
    for (int k = 0; k < CHAINS; k++) {
      products[k] = wasm_f32x4_mul(products[k], f);
      sums[k] = wasm_f32x4_add(sums[k], s);
    }
  }
  v128_t all = wasm_f32x4_splat(0);
  UNROLLED
  for (int k = 0; k < CHAINS; k++) all = wasm_f32x4_add(all, wasm_f32x4_add(products[k], sums[k]));
  return wasm_f32x4_extract_lane(all, 0);
}
