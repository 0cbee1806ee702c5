/*
 * Scalar float64 exp, log, sine and cosine of the core's own, for what is computed once
 * (starts, presets, features, a tile's loss) and for the float64 reference.
 * Only IEEE 754 + - * / on doubles, so the bits are the same everywhere. The error is
 * at most 2 ulp for exp and log; tests/native/arithmetic.c measures it.
 */
#ifndef ARITHMETIC_H
#define ARITHMETIC_H

double exp_f64(double x);  /* any x: 0 and infinity beyond the range, NaN for NaN */
double log_f64(double x);  /* x >= 0: -infinity at 0; NaN below 0 */
double sine_f64(double x); /* within 3e-16, absolute, for |x| <= 1e6; NaN beyond 2^30 */
double cosine_f64(double x);
double log1p_exp_f64(double x); /* log(1 + e^x): the loss of a logit -x that should be large */

#endif
