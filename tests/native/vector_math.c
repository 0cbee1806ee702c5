/*
 * The vector kernels' sigmoid, tanh, exp against libm's in double: the bounds that
 * src/vector_math.h states.
 *
 *     vector_math            a dense sample of all floats, with the edges; under a second
 *     vector_math all        every one of the 2^32 floats; minutes (make accuracy)
 */
#include "vector_math.h"

#include <math.h>
#include <stdlib.h>

#include "check.h"

static uint32_t sample_stride = 4093; /* a prime: the low bits of the sampled floats vary */
static const float worst_cases[] = {
    1.03872323f,   -7.63558006f, 1.21972549f, 0.252619058f,
    -0.352285385f, -7.63579226f, 0,           0}; /* of all floats */

/* As the hidden layer takes it, and the output layer with its nearer clamps. */
static vec sigmoid_kernel(const exp2_constants *k, vec x) {
  return sigmoid_of_exponent(k, clamp_hidden(k, mul(x, splat(-LOG2_E_F))));
}
static vec output_kernel(const exp2_constants *k, vec x) {
  return sigmoid_of_exponent(k, clamp_output(k, mul(x, splat(-LOG2_E_F))));
}
static vec tanh_kernel(const exp2_constants *k, vec x) {
  return tanh_of_exponent(k, clamp_hidden(k, mul(x, splat(2 * LOG2_E_F))));
}
/* As the softmax takes it: of what is at most 0, and no further down than 2^-36. */
static vec exp_kernel(const exp2_constants *k, vec x) {
  return exp2_of_exponent(k, larger(mul(x, splat(LOG2_E_F)), splat(-OUTPUT_LIMIT)));
}

static double sigmoid_f64(double x) {
  return 1 / (1 + exp(-x));
}

typedef struct {
  const char *name;
  vec (*kernel)(const exp2_constants *, vec);
  double (*truth)(double);
  float least, most;     /* where absolute errors count */
  double absolute_bound; /* there */
  double ulp_bound;      /* for |x| <= 8 there */
  float ulps_from;       /* and |x| >= this: tanh near 0 is a difference of two like numbers */
} function;

static const function functions[] = {
    {"sigmoid", sigmoid_kernel, sigmoid_f64, -INFINITY, INFINITY, 1.05e-7, 9.7, 0},
    {"tanh", tanh_kernel, tanh, -INFINITY, INFINITY, 1.57e-7, 4.9, 0.25f},
    {"exp", exp_kernel, exp, -INFINITY, 0, 1.37e-7, 9.0, 0},
    {"sigmoid of the output", output_kernel, sigmoid_f64, -INFINITY, INFINITY, 1.05e-7, 9.7, 0},
};

typedef struct {
  double absolute, ulps, all_ulps; /* all_ulps: nearer to 0 than ulps_from, too */
  float absolute_at, ulps_at;
} errors;

/* The spacing of floats at the truth; rounding alone costs half of it. */
static double ulp_at(double truth) {
  int exponent;
  frexp(truth, &exponent);
  return ldexp(1, exponent - 24);
}

static void measure(const function *f, float x, float got, errors *e) {
  double truth = f->truth((double)x);
  double error = fabs((double)got - truth);
  if (error > e->absolute || error != error) {
    e->absolute = error;
    e->absolute_at = x;
  }
  if (x > 8 || x < -8) return;
  double ulps = error / ulp_at(truth);
  if (ulps > e->all_ulps) e->all_ulps = ulps;
  if (ulps > e->ulps && fabsf(x) >= f->ulps_from) {
    e->ulps = ulps;
    e->ulps_at = x;
  }
}

/* Four at a time, in all lanes, as the kernels take them. */
static void measure_four(const function *f, const float x[4], errors *e) {
  exp2_constants k = load_exp2_constants();
  float got[4];
  store(got, f->kernel(&k, load(x)));
  for (int lane = 0; lane < 4; lane++) {
    if (x[lane] != x[lane]) {
      check(got[lane] != got[lane], "%s of NaN is %g", f->name, (double)got[lane]);
    } else if (x[lane] >= f->least && x[lane] <= f->most) {
      measure(f, x[lane], got[lane], e);
    }
  }
}

static void stays_within_bounds(const function *f) {
  errors e = {0, 0, 0, 0, 0};
  float four[4];
  int filled = 0;
  for (uint64_t bits = 0; bits <= UINT32_MAX; bits += sample_stride) {
    four[filled++] = float_of((uint32_t)bits);
    if (filled < 4) continue;
    measure_four(f, four, &e);
    filled = 0;
  }
  static const float edges[] = {
      0,     -0.0f,  1e-45f, -1e-45f, 1.17549435e-38f, 3.4e38f, -3.4e38f, INFINITY,  -INFINITY, NAN,
      41.5f, -41.5f, 41.6f,  -41.6f,  88.8f,           -88.8f,  0.34657f, -0.34657f, 8,         -8};
  for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i += 4) measure_four(f, edges + i, &e);
  for (size_t i = 0; i < sizeof worst_cases / sizeof worst_cases[0]; i += 4)
    measure_four(f, worst_cases + i, &e);
  printf("    %s: %.3g absolute (at %.9g); %g <= |x| <= 8: %.2f ulp (at %.9g)", f->name, e.absolute,
         (double)e.absolute_at, (double)f->ulps_from, e.ulps, (double)e.ulps_at);
  if (f->ulps_from > 0) printf("; all |x| <= 8: %.3g ulp", e.all_ulps);
  printf("\n");
  check(e.absolute <= f->absolute_bound, "%s is off by %g", f->name, e.absolute);
  check(e.ulps <= f->ulp_bound, "%s is off by %g ulp", f->name, e.ulps);
}

static void sigmoid_is_accurate(void) {
  stays_within_bounds(&functions[0]);
}
static void tanh_is_accurate(void) {
  stays_within_bounds(&functions[1]);
}
static void exp_is_accurate(void) {
  stays_within_bounds(&functions[2]);
}
static void output_is_accurate(void) {
  stays_within_bounds(&functions[3]);
}

/* 2^f = (A + B) / (A - B), its constants in double: the formula's own error, before rounding. */
static void formula_is_accurate(void) {
  const exp2_table *t = &exp2_values;
  double most = 0;
  for (double f = -0.5; f <= 0.5; f += 0x1p-20) {
    double q = f * f;
    double B = f * ((double)t->q3 * q + (double)t->q1);
    double A = q + (double)t->q0;
    double error = fabs((A + B) / (A - B) / exp2(f) - 1);
    most = error > most ? error : most;
  }
  printf("    2^f: relative error %.2g\n", most);
  check(most <= 3.2e-9, "2^f is off by %g", most);
}

/*
 * Towards 0 the sigmoid stays right in proportion, down to 2^-59, the output's to 2^-35: gradients
 * of sure examples are small, not none. The exponent of up to n is rounded to 24 bits twice:
 * n log 2 u + 18 u.
 */
static void check_proportion(const char *what, vec (*kernel)(const exp2_constants *, vec),
                             double limit) {
  exp2_constants k = load_exp2_constants();
  double most = 0;
  for (float x = (float)((1 - limit) * log(2)); x <= 0; x += 1.0f / 512) {
    double error = fabs((double)lane0(kernel(&k, splat(x))) / sigmoid_f64((double)x) - 1);
    most = error > most ? error : most;
  }
  printf("    %s, down to 2^-%g: relative error %.2g\n", what, limit - 1, most);
  check(most <= (2 * limit * 0.7 + 18) * 0x1p-24, "%s is off by %g of itself", what, most);
}

static void is_right_in_proportion(void) {
  check_proportion("the sigmoid", sigmoid_kernel, (double)HIDDEN_LIMIT);
  check_proportion("the output's", output_kernel, (double)OUTPUT_LIMIT);
}

/* What the loss and the gradient rest on: p and 1 - p are both finite and not negative. */
static void is_never_outside(void) {
  exp2_constants k = load_exp2_constants();
  for (uint64_t bits = 0; bits <= UINT32_MAX; bits += sample_stride * 16) {
    float x = float_of((uint32_t)bits);
    if (x != x) continue;
    float p = lane0(sigmoid_kernel(&k, splat(x))), out = lane0(output_kernel(&k, splat(x)));
    check(p >= 0 && p <= 1, "sigmoid of %g is %.9g", (double)x, (double)p);
    check(out >= 0 && out <= 1, "sigmoid of %g is %.9g", (double)x, (double)out);
    float a = lane0(tanh_kernel(&k, splat(x)));
    check(a >= -1 && a <= 1, "tanh of %g is %.9g", (double)x, (double)a);
  }
}

int main(int count, char **arguments) {
  if (count > 1 && strcmp(arguments[1], "all") == 0) sample_stride = 1;
  run("the approximation of 2^f", formula_is_accurate);
  run("sigmoid within its bounds", sigmoid_is_accurate);
  run("tanh within its bounds", tanh_is_accurate);
  run("exp within its bounds, for the softmax", exp_is_accurate);
  run("the output's sigmoid within the same bounds", output_is_accurate);
  run("sigmoid is right in proportion, far down", is_right_in_proportion);
  run("sigmoid stays in [0, 1], tanh in [-1, 1]", is_never_outside);
  return finish();
}
