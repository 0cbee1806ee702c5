#include "arithmetic.h"

#include <stdint.h>

#include "bits.h"

#define LN2_HIGH 0x1.62e42fee00000p-1 /* log 2 to 33 bits: n * LN2_HIGH is exact for |n| < 2^20 */
#define LN2_LOW 0x1.a39ef35793c76p-33
#define LOG2_E 0x1.71547652b82fep+0

/* Nearest integer of |x| < 2^51, ties to even: the sum has no bits left below 1. */
static double round_f64(double x) {
  const double magic = 0x1.8p52;
  return (x + magic) - magic;
}

/*
 * e^x = 2^n e^r, |r| <= log(2)/2. Taylor's series to r^13; the next term is below
 * 0.3466^14 / 14! = 4e-18 of the whole.
 */
double exp_f64(double x) {
  if (x != x) return x;
  if (x > 709.782712893384) return f64_from_bits(0x7ff0000000000000u);
  if (x < -745.2) return 0;
  double n = round_f64(x * LOG2_E);
  double r = (x - n * LN2_HIGH) - n * LN2_LOW;
  double factorial = 6227020800.0; /* 13! */
  double sum = 1.0 / factorial;
  for (int k = 13; k > 2; k--) {
    factorial /= k;
    sum = sum * r + 1.0 / factorial;
  }
  sum = (sum * r) * r + r + 1.0;
  /* In two steps, as 2^n may lie below the least normal double. */
  int32_t exponent = (int32_t)n;
  int32_t half = exponent / 2;
  double scale1 = f64_from_bits((uint64_t)(1023 + half) << 52);
  double scale2 = f64_from_bits((uint64_t)(1023 + exponent - half) << 52);
  return sum * scale1 * scale2;
}

/*
 * x = 2^n c, sqrt(1/2) <= c < sqrt(2); log c = 2 artanh s, s = (c-1)/(c+1), |s| <= 0.1716:
 * 2 (s + s^3/3 + ... + s^21/21); the next term is below 1e-17 of the first.
 */
double log_f64(double x) {
  if (x != x || x > 1.7976931348623157e308) return x;
  if (x == 0) return f64_from_bits(0xfff0000000000000u);
  if (x < 0) return f64_from_bits(0x7ff8000000000000u);
  int32_t n = 0;
  if (x < 0x1p-1022) { /* subnormal */
    x *= 0x1p54;
    n = -54;
  }
  uint64_t bits = f64_bits(x);
  n += (int32_t)(bits >> 52) - 1023;
  double c = f64_from_bits((bits & 0x000fffffffffffffu) | 0x3ff0000000000000u);
  if (c >= 1.4142135623730951) {
    c *= 0.5;
    n += 1;
  }
  double s = (c - 1.0) / (c + 1.0);
  double q = s * s;
  double sum = 2.0 / 21.0;
  for (int k = 19; k > 1; k -= 2) sum = sum * q + 2.0 / k;
  double low = sum * q * s + (double)n * LN2_LOW;
  return (double)n * LN2_HIGH + (2.0 * s + low);
}

/* Taylor's series of the sine and cosine of |r| <= pi/4, to r^17 and r^16. */
/* 1/k! - q/(k+2)! + ... to the k with `factorial`, by Horner's rule. */
static double alternating(double q, double factorial, int k) {
  double sum = 1.0 / factorial;
  for (; k > 3; k -= 2) {
    factorial /= -(k * (k - 1));
    sum = sum * q + 1.0 / factorial;
  }
  return sum;
}

static double sine_near_0(double r) {
  double q = r * r;
  return r + alternating(q, 355687428096000.0, 17) * q * r;
}

static double cosine_near_0(double r) {
  double q = r * r;
  return alternating(q, 20922789888000.0, 16) * q + 1.0;
}

/* The sine of x + quarter_turns pi/2. pi/2 in three parts, the first two of 33 bits, so
 * that n times a part is exact for |n| < 2^20 (Cody and Waite). */
static double sine_from(double x, int64_t quarter_turns) {
  const double high = 0x1.921fb54400000p+0;
  const double middle = 0x1.0b4611a600000p-34;
  const double low = 0x1.3198a2e037073p-69;
  if (!(x * x <= 0x1p60)) return f64_from_bits(0x7ff8000000000000u);
  double n = round_f64(x * 0x1.45f306dc9c883p-1); /* 2/pi */
  double r = ((x - n * high) - n * middle) - n * low;
  switch (((int64_t)n + quarter_turns) & 3) {
    case 0: return sine_near_0(r);
    case 1: return cosine_near_0(r);
    case 2: return -sine_near_0(r);
    default: return -cosine_near_0(r);
  }
}

double sine_f64(double x) { return sine_from(x, 0); }
double cosine_f64(double x) { return sine_from(x, 1); }

double log1p_exp_f64(double x) {
  double e = exp_f64(x > 0 ? -x : x); /* <= 1, so that 1 + e loses at most half an ulp */
  double tail = e < 0x1p-26 ? e : log_f64(1.0 + e); /* below: log(1+e) = e - e^2/2, within 2^-53 */
  return (x > 0 ? x : 0) + tail;
}
