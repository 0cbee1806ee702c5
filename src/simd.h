/*
 * The SIMD of the core: WebAssembly's 128-bit intrinsics, and natively the same
 * intrinsics through SIMDe. Only operations whose result IEEE 754 or the WebAssembly
 * specification fixes to the bit are used: no relaxed SIMD, no fused multiply-add, no
 * f32x4.min/max (dearer than pmin/pmax, and SIMDe differs on signed zeros), no nearest.
 *
 * The loops that count are tested at their bottom (do ... while): where a loop may have no turn at
 * all, V8 leaves in it what its body alone needs, though it never changes, and computes it anew in
 * every turn.
 */
#ifndef SIMD_H
#define SIMD_H

#include <stdint.h>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#else
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/wasm/simd128.h>
#endif

#define LANES 4u

#define ALWAYS_INLINE static inline __attribute__((always_inline))
/* The loop that follows has a constant number of turns, each with registers of its own. */
#ifdef __clang__
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define UNROLLED _Pragma("GCC unroll 8")
#endif

#define NOINLINE __attribute__((noinline))

/* Four floats, or the masks and integers that stand in for them. */
typedef v128_t vec;

ALWAYS_INLINE vec load(const float *p) { return wasm_v128_load(p); }
ALWAYS_INLINE void store(float *p, vec a) { wasm_v128_store(p, a); }
/* One float from memory into all four lanes. */
ALWAYS_INLINE vec splat_from(const float *p) { return wasm_v128_load32_splat(p); }
ALWAYS_INLINE vec splat(float a) { return wasm_f32x4_splat(a); }
ALWAYS_INLINE vec splat_bits(int32_t a) { return wasm_i32x4_splat(a); }

ALWAYS_INLINE vec add(vec a, vec b) { return wasm_f32x4_add(a, b); }
ALWAYS_INLINE vec sub(vec a, vec b) { return wasm_f32x4_sub(a, b); }
ALWAYS_INLINE vec mul(vec a, vec b) { return wasm_f32x4_mul(a, b); }
ALWAYS_INLINE vec divide(vec a, vec b) { return wasm_f32x4_div(a, b); }
ALWAYS_INLINE vec square_root(vec a) { return wasm_f32x4_sqrt(a); }

/* b < a ? b : a and a < b ? b : a: a NaN in `a` passes through. */
ALWAYS_INLINE vec smaller(vec a, vec b) { return wasm_f32x4_pmin(a, b); }
ALWAYS_INLINE vec larger(vec a, vec b) { return wasm_f32x4_pmax(a, b); }

ALWAYS_INLINE vec lane_is(vec a, vec b) { return wasm_f32x4_eq(a, b); }
ALWAYS_INLINE vec lane_above(vec a, vec b) { return wasm_f32x4_gt(a, b); }
ALWAYS_INLINE vec bits_and(vec a, vec b) { return wasm_v128_and(a, b); }
ALWAYS_INLINE vec bits_or(vec a, vec b) { return wasm_v128_or(a, b); }
ALWAYS_INLINE vec bits_xor(vec a, vec b) { return wasm_v128_xor(a, b); }
ALWAYS_INLINE vec bits_and_not(vec a, vec b) { return wasm_v128_andnot(a, b); } /* a & ~b */
ALWAYS_INLINE vec choose(vec mask, vec yes, vec no) { return wasm_v128_bitselect(yes, no, mask); }
ALWAYS_INLINE int any(vec mask) { return wasm_v128_any_true(mask) != 0; }
ALWAYS_INLINE int all(vec mask) { return wasm_i32x4_all_true(mask) != 0; }
ALWAYS_INLINE vec absolute(vec a) { return bits_and_not(a, splat_bits((int32_t)0x80000000u)); }

ALWAYS_INLINE float lane0(vec a) { return wasm_f32x4_extract_lane(a, 0); }

/* (a0 + a2) + (a1 + a3): the one order in which lanes are summed. */
ALWAYS_INLINE float sum_lanes(vec a) {
  vec pairs = add(a, wasm_i32x4_shuffle(a, a, 2, 3, 0, 1));
  return lane0(add(pairs, wasm_i32x4_shuffle(pairs, pairs, 1, 0, 3, 2)));
}

/* (sum a, sum b, sum c, sum d), each as sum_lanes orders it. */
ALWAYS_INLINE vec sum_lanes4(vec a, vec b, vec c, vec d) {
  vec ab = add(wasm_i32x4_shuffle(a, b, 0, 1, 4, 5), wasm_i32x4_shuffle(a, b, 2, 3, 6, 7));
  vec cd = add(wasm_i32x4_shuffle(c, d, 0, 1, 4, 5), wasm_i32x4_shuffle(c, d, 2, 3, 6, 7));
  return add(wasm_i32x4_shuffle(ab, cd, 0, 2, 4, 6), wasm_i32x4_shuffle(ab, cd, 1, 3, 5, 7));
}

/* Rows become columns. */
ALWAYS_INLINE void transpose4(vec rows[4]) {
  vec ab_low = wasm_i32x4_shuffle(rows[0], rows[1], 0, 4, 1, 5);
  vec ab_high = wasm_i32x4_shuffle(rows[0], rows[1], 2, 6, 3, 7);
  vec cd_low = wasm_i32x4_shuffle(rows[2], rows[3], 0, 4, 1, 5);
  vec cd_high = wasm_i32x4_shuffle(rows[2], rows[3], 2, 6, 3, 7);
  rows[0] = wasm_i32x4_shuffle(ab_low, cd_low, 0, 1, 4, 5);
  rows[1] = wasm_i32x4_shuffle(ab_low, cd_low, 2, 3, 6, 7);
  rows[2] = wasm_i32x4_shuffle(ab_high, cd_high, 0, 1, 4, 5);
  rows[3] = wasm_i32x4_shuffle(ab_high, cd_high, 2, 3, 6, 7);
}

/* Zeros, n of them; n is a multiple of LANES. */
static inline void clear_floats(float *a, uint32_t n) {
  for (uint32_t i = 0; i < n; i += LANES) store(a + i, splat(0));
}

/* A loop of our own, so that no memcpy is linked into the module. */
static inline void copy_bytes(void *to, const void *from, uint32_t bytes) {
  unsigned char *t = to;
  const unsigned char *f = from;
  for (uint32_t i = 0; i < bytes; i++) t[i] = f[i];
}

/* n rounded up to a whole number of vectors. */
ALWAYS_INLINE uint32_t pad(uint32_t n) { return (n + LANES - 1) & ~(LANES - 1); }

#endif
