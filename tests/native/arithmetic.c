/* The core's float64 exp, log, sine and cosine against libm, in units in the last place. */
#include "arithmetic.h"

#include <math.h>

#include "check.h"

#define SAMPLES 2000000

/* |got - expected| in ulps of the expected double; libm's own error, below 1 ulp, is in it. */
static double ulps(double got, double expected) {
  if (got == expected || (got != got && expected != expected)) return 0;
  double next = nextafter(fabs(expected), INFINITY);
  double ulp = next - fabs(expected);
  return fabs(got - expected) / (ulp > 0 ? ulp : 1);
}

typedef struct {
  double ulps, at;
} worst;

static void note(worst *w, double error, double x) {
  if (error > w->ulps || error != error) *w = (worst){error, x};
}

static void exp_is_accurate(void) {
  worst w = {0, 0}, small = {0, 0};
  for (int i = 0; i < SAMPLES; i++) {
    double x = 709.5 * sample();
    if (x > -708) note(&w, ulps(exp_f64(x), exp(x)), x);
    x = sample() * exp2(-30 * fabs(sample()));
    note(&small, ulps(exp_f64(x), exp(x)), x);
  }
  printf("    exp: %.2f ulp (at %.17g); |x| <= 1: %.2f ulp\n", w.ulps, w.at, small.ulps);
  check(w.ulps <= 2 && small.ulps <= 2, "exp is off by %g ulp at %.17g", w.ulps, w.at);
}

static void exp_has_edges(void) {
  check(exp_f64(0) == 1, "e^0 = %g", exp_f64(0));
  check(exp_f64(-0.0) == 1, "e^-0 = %g", exp_f64(-0.0));
  check(exp_f64(709.79) == INFINITY, "e^709.79 = %g", exp_f64(709.79));
  check(exp_f64(INFINITY) == INFINITY, "e^inf = %g", exp_f64(INFINITY));
  check(exp_f64(-INFINITY) == 0, "e^-inf = %g", exp_f64(-INFINITY));
  check(exp_f64(-746) == 0, "e^-746 = %g", exp_f64(-746));
  check(isnan(exp_f64(NAN)), "e^NaN = %g", exp_f64(NAN));
  check(isfinite(exp_f64(709.78)), "e^709.78 = %g", exp_f64(709.78));
  for (double x = -745; x < -708; x += 0.37) { /* subnormal results: one spacing */
    check(fabs(exp_f64(x) - exp(x)) <= 0x1p-1074, "e^%g = %g", x, exp_f64(x));
  }
}

static void log_is_accurate(void) {
  worst w = {0, 0}, near1 = {0, 0};
  for (int i = 0; i < SAMPLES; i++) {
    double x = exp2(1022 * sample()) * (1.5 + 0.5 * sample());
    note(&w, ulps(log_f64(x), log(x)), x);
    x = 1 + sample() * exp2(-40 * fabs(sample()));
    if (x > 0) note(&near1, ulps(log_f64(x), log(x)), x);
  }
  printf("    log: %.2f ulp (at %.17g); near 1: %.2f ulp (at %.17g)\n", w.ulps, w.at, near1.ulps,
         near1.at);
  check(w.ulps <= 2 && near1.ulps <= 2, "log is off");
}

static void log_has_edges(void) {
  check(log_f64(1) == 0, "log 1 = %g", log_f64(1));
  check(log_f64(0) == -INFINITY, "log 0 = %g", log_f64(0));
  check(isnan(log_f64(-1)), "log -1 = %g", log_f64(-1));
  check(isnan(log_f64(NAN)), "log NaN = %g", log_f64(NAN));
  check(log_f64(INFINITY) == INFINITY, "log inf = %g", log_f64(INFINITY));
  for (double x = 0x1p-1074; x < 0x1p-1000; x *= 3) {
    check(ulps(log_f64(x), log(x)) <= 2, "log %g is off", x);
  }
}

/* Near a zero of the sine an absolute bound is what can be promised. */
static void sine_is_accurate(void) {
  double plane = 0, far = 0;
  for (int i = 0; i < SAMPLES; i++) {
    double x = 6.3 * sample();
    plane = fmax(plane, fmax(fabs(sine_f64(x) - sin(x)), fabs(cosine_f64(x) - cos(x))));
    x = 1e6 * sample();
    far = fmax(far, fmax(fabs(sine_f64(x) - sin(x)), fabs(cosine_f64(x) - cos(x))));
  }
  printf("    sine, cosine: %.2g absolute for |x| <= 6.3, %.2g for |x| <= 1e6\n", plane, far);
  check(plane <= 3e-16 && far <= 3e-16, "sine or cosine is off by %g", fmax(plane, far));
  check(sine_f64(0) == 0 && cosine_f64(0) == 1, "sine or cosine of 0");
  check(isfinite(sine_f64(0x1p30)) && isnan(sine_f64(0x1.1p30)) && isnan(cosine_f64(-1e300)) &&
            isnan(sine_f64(INFINITY)) && isnan(cosine_f64(NAN)),
        "sine or cosine beyond 2^30");
}

/* Rounding 1 + e^x costs half an ulp of 1, which is many of a small result: absolute. */
static void log1p_exp_is_accurate(void) {
  double most = 0;
  for (int i = 0; i < SAMPLES; i++) {
    double x = 80 * sample() * exp2(-20 * fabs(sample()));
    double expected = x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
    double error = fabs(log1p_exp_f64(x) - expected) / (1 + expected);
    most = error > most ? error : most;
  }
  printf("    log(1 + e^x): %.2g, absolute and relative\n", most);
  check(most <= 3 * 0x1p-53, "off by %g", most);
  check(log1p_exp_f64(1e300) == 1e300, "of 1e300: %g", log1p_exp_f64(1e300));
  check(log1p_exp_f64(-1e300) == 0, "of -1e300: %g", log1p_exp_f64(-1e300));
  check(log1p_exp_f64(INFINITY) == INFINITY, "of infinity");
  check(log1p_exp_f64(-INFINITY) == 0, "of -infinity");
  check(isnan(log1p_exp_f64(NAN)), "of NaN");
}

int main(void) {
  run("exp within 2 ulp", exp_is_accurate);
  run("exp at the edges", exp_has_edges);
  run("log within 2 ulp", log_is_accurate);
  run("log at the edges", log_has_edges);
  run("sine and cosine within 3e-16", sine_is_accurate);
  run("log(1 + e^x) within 3 half-ulps of 1 + itself", log1p_exp_is_accurate);
  return finish();
}
