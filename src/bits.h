/* Numbers as their bits, and back. */
#ifndef BITS_H
#define BITS_H

#include <stdint.h>

static inline uint64_t f64_bits(double x) {
  union { double f; uint64_t u; } v = {.f = x};
  return v.u;
}

static inline double f64_from_bits(uint64_t u) {
  union { uint64_t u; double f; } v = {.u = u};
  return v.f;
}

static inline uint32_t f32_bits(float x) {
  union { float f; uint32_t u; } v = {.f = x};
  return v.u;
}

/* Neither infinite nor NaN: the exponent is not all ones. */
static inline int is_finite_f32(float x) { return (f32_bits(x) & 0x7f800000u) != 0x7f800000u; }

#endif
