/*
 * The intrinsics that src/simd.h uses, as plain C on four floats: for the benchmark's scalar
 * WebAssembly. SIMDe's portable code would do, but takes two to three times as long.
 */
#ifndef SCALAR_WASM_SIMD128_H
#define SCALAR_WASM_SIMD128_H

#include <stdint.h>
#include <string.h>

typedef struct {
  float lane[4];
} v128_t;

#define SCALAR static inline __attribute__((always_inline))

SCALAR int32_t scalar_bits(float a) {
  int32_t bits;
  memcpy(&bits, &a, sizeof bits);
  return bits;
}

SCALAR float scalar_float(int32_t bits) {
  float a;
  memcpy(&a, &bits, sizeof a);
  return a;
}

SCALAR int32_t scalar_trunc_sat(float a) {
  if (!(a > -2147483648.0f)) return a != a ? 0 : INT32_MIN;
  return a < 2147483648.0f ? (int32_t)a : INT32_MAX;
}

/* One line an intrinsic: what each lane of its result is, of lanes x and y. */
#define LANES_OF_1(name, value)                                      \
  SCALAR v128_t wasm_##name(v128_t a) {                              \
    v128_t r;                                                        \
    _Pragma("clang loop unroll(full)") for (int k = 0; k < 4; k++) { \
      float x = a.lane[k];                                           \
      r.lane[k] = (value);                                           \
    }                                                                \
    return r;                                                        \
  }
#define LANES_OF_2(name, value)                                      \
  SCALAR v128_t wasm_##name(v128_t a, v128_t b) {                    \
    v128_t r;                                                        \
    _Pragma("clang loop unroll(full)") for (int k = 0; k < 4; k++) { \
      float x = a.lane[k], y = b.lane[k];                            \
      r.lane[k] = (value);                                           \
    }                                                                \
    return r;                                                        \
  }

LANES_OF_2(f32x4_add, x + y)
LANES_OF_2(f32x4_sub, x - y)
LANES_OF_2(f32x4_mul, (x * y))
LANES_OF_2(f32x4_div, x / y)
LANES_OF_1(f32x4_sqrt, __builtin_sqrtf(x))
LANES_OF_2(f32x4_pmin, y < x ? y : x)
LANES_OF_2(f32x4_pmax, x < y ? y : x)
LANES_OF_2(f32x4_eq, scalar_float(-(x == y)))
LANES_OF_2(f32x4_ne, scalar_float(-(x != y)))
LANES_OF_2(f32x4_gt, scalar_float(-(x > y)))
LANES_OF_2(v128_and, scalar_float(scalar_bits(x) & scalar_bits(y)))
LANES_OF_2(v128_or, scalar_float(scalar_bits(x) | scalar_bits(y)))
LANES_OF_2(v128_xor, scalar_float(scalar_bits(x) ^ scalar_bits(y)))
LANES_OF_2(v128_andnot, scalar_float(scalar_bits(x) & ~scalar_bits(y)))
LANES_OF_2(i32x4_add, scalar_float((int32_t)((uint32_t)scalar_bits(x) + (uint32_t)scalar_bits(y))))
LANES_OF_1(i32x4_trunc_sat_f32x4, scalar_float(scalar_trunc_sat(x)))

SCALAR v128_t wasm_f32x4_splat(float a) {
  return (v128_t){{a, a, a, a}};
}
SCALAR v128_t wasm_i32x4_splat(int32_t a) {
  return wasm_f32x4_splat(scalar_float(a));
}
SCALAR v128_t wasm_v128_load32_splat(const void *p) {
  return wasm_f32x4_splat(*(const float *)p);
}
SCALAR v128_t wasm_v128_load(const void *p) {
  return *(const v128_t *)p;
}
SCALAR void wasm_v128_store(void *p, v128_t a) {
  *(v128_t *)p = a;
}

SCALAR v128_t wasm_i32x4_shl(v128_t a, uint32_t count) {
  v128_t r;
  for (int k = 0; k < 4; k++)
    r.lane[k] = scalar_float((int32_t)((uint32_t)scalar_bits(a.lane[k]) << (count & 31)));
  return r;
}
SCALAR v128_t wasm_i32x4_shr(v128_t a, uint32_t count) {
  v128_t r;
  for (int k = 0; k < 4; k++) r.lane[k] = scalar_float(scalar_bits(a.lane[k]) >> (count & 31));
  return r;
}
SCALAR v128_t wasm_v128_bitselect(v128_t yes, v128_t no, v128_t mask) {
  return wasm_v128_or(wasm_v128_and(yes, mask), wasm_v128_andnot(no, mask));
}
SCALAR int wasm_i32x4_all_true(v128_t a) {
  return scalar_bits(a.lane[0]) && scalar_bits(a.lane[1]) && scalar_bits(a.lane[2]) &&
         scalar_bits(a.lane[3]);
}
SCALAR int wasm_v128_any_true(v128_t a) {
  return (scalar_bits(a.lane[0]) | scalar_bits(a.lane[1]) | scalar_bits(a.lane[2]) |
          scalar_bits(a.lane[3])) != 0;
}

#define scalar_pick(a, b, k) ((k) < 4 ? (a).lane[(k)&3] : (b).lane[(k)&3])
#define wasm_i32x4_shuffle(a, b, i, j, k, l) \
  ((v128_t){                                 \
      {scalar_pick(a, b, i), scalar_pick(a, b, j), scalar_pick(a, b, k), scalar_pick(a, b, l)}})
#define wasm_f32x4_extract_lane(a, k) ((a).lane[k])
#define wasm_i32x4_extract_lane(a, k) scalar_bits((a).lane[k])
#define wasm_u16x8_extract_lane(a, k) \
  ((uint16_t)(scalar_bits((a).lane[(k) / 2]) >> ((k) % 2 ? 16 : 0)))

#endif
