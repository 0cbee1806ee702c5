/*
 * 2^z, sigmoid and tanh of four floats at once, inline, for the kernels.
 *
 * All three rest on 2^z = u/v:  with n the integer nearest to z and f = z - n,
 *
 *     2^z = 2^n (A + B) / (A - B),   q = f^2,
 *     B = f (0.057690226215 q + 7.21528525106),   A = q + 20.8189125393
 *
 * B/A is a rational approximation of tanh(f log(2)/2), fitted for the least relative error
 * of 2^f on |f| <= 1/2: 3.1e-9, well below float32's 6e-8. So u = 2^n (A + B), v = A - B, and
 *
 *     sigmoid(-z / log2 e) = v / (v + u)          tanh(z log(2)/2) = (u - v) / (u + v).
 *
 * The division that the sigmoid needs anyway is the only one. z is clamped, in the output layer to
 * +-36, where a sigmoid is 1e-11 or 1 - 1e-11, and in the hidden one to +-60, which seldom needs to
 * be done: so the product of one of each, 1/m and an input is still normal. (A subnormal result
 * takes some processors 70 ns.) A NaN stays NaN.
 *
 * Measured against libm in double over all 2^32 floats (make accuracy):
 *     sigmoid  |error| <= 1.05e-7 everywhere; <= 9.7 ulp for |x| <= 8
 *     tanh     |error| <= 1.57e-7 everywhere; <= 4.9 ulp for 1/4 <= |x| <= 8. Nearer to 0, where
 *              u and v are almost alike, the absolute bound is all there is.
 *     e^x      |error| <= 1.37e-7 for x <= 0 (the softmax's); <= 9.0 ulp for |x| <= 8
 * The logarithm of the losses is log_f64.
 */
#ifndef VECTOR_MATH_H
#define VECTOR_MATH_H

#include "simd.h"

#define LOG2_E_F 1.44269504088896341f
#define LN_2_F 0.693147180559945309f
#define MAGIC 12582912.0f /* 1.5 * 2^23: adding it rounds to an integer in the lowest bits */
#define HIDDEN_LIMIT 60.0f
#define OUTPUT_LIMIT 36.0f

/*
 * The constants live in memory behind a pointer that the compiler cannot see through:
 * V8 rebuilds a v128.const in every turn of a loop, but keeps a loaded splat in a register.
 */
typedef struct {
  float magic;
  float q3, q1, q0;
  float hidden_limit, minus_hidden_limit;
  float output_limit, minus_output_limit;
  float one;
} exp2_table;
static const exp2_table exp2_values = {MAGIC,          0.057690226215f, 7.21528525106f,
                                       20.8189125393f, HIDDEN_LIMIT,   -HIDDEN_LIMIT,
                                       OUTPUT_LIMIT,   -OUTPUT_LIMIT,  1.0f};

typedef struct {
  vec magic, q3, q1, q0;
  vec hidden_limit, minus_hidden_limit, output_limit, minus_output_limit;
  vec one;
} exp2_constants;

ALWAYS_INLINE exp2_constants load_exp2_constants(void) {
  const exp2_table *t = &exp2_values;
  __asm__("" : "+r"(t));
  exp2_constants k = {splat_from(&t->magic),
                      splat_from(&t->q3),
                      splat_from(&t->q1),
                      splat_from(&t->q0),
                      splat_from(&t->hidden_limit),
                      splat_from(&t->minus_hidden_limit),
                      splat_from(&t->output_limit),
                      splat_from(&t->minus_output_limit),
                      splat_from(&t->one)};
  return k;
}

/* 2^z = u / v for a z that is clamped already. */
typedef struct {
  vec u, v;
} ratio;

ALWAYS_INLINE ratio exp2_ratio(const exp2_constants *k, vec z) {
  vec shifted = add(z, k->magic);
  vec f = sub(z, sub(shifted, k->magic));
  vec q = mul(f, f);
  vec B = mul(f, add(mul(k->q3, q), k->q1));
  vec A = add(q, k->q0);
  ratio r;
  r.v = sub(A, B);
  r.u = wasm_i32x4_add(add(A, B), wasm_i32x4_shl(shifted, 23));
  return r;
}

ALWAYS_INLINE vec clamp_hidden(const exp2_constants *k, vec z) {
  return larger(smaller(z, k->hidden_limit), k->minus_hidden_limit);
}

ALWAYS_INLINE vec clamp_output(const exp2_constants *k, vec z) {
  return larger(smaller(z, k->output_limit), k->minus_output_limit);
}

/* 1 / (1 + 2^z): the sigmoid of -z / log2 e, for a z that is clamped already. */
ALWAYS_INLINE vec sigmoid_of_exponent(const exp2_constants *k, vec z) {
  ratio r = exp2_ratio(k, z);
  return divide(r.v, add(r.v, r.u));
}

/* (2^z - 1) / (2^z + 1): tanh of z log(2)/2, likewise. */
ALWAYS_INLINE vec tanh_of_exponent(const exp2_constants *k, vec z) {
  ratio r = exp2_ratio(k, z);
  return divide(sub(r.u, r.v), add(r.u, r.v));
}

/* 2^z for |z| <= 126. */
ALWAYS_INLINE vec exp2_of_exponent(const exp2_constants *k, vec z) {
  ratio r = exp2_ratio(k, z);
  return divide(r.u, r.v);
}

#endif
