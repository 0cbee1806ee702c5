/* The loss by products against the exact one, in float64, from the same logits. */
#include "output.h"

#include "subject.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/*
 * A network whose logits are what a test chooses: ReLU units pass x and -x on, so that
 * z_k = s_k x (one class: k = 1). Two units to an input; W2 carries the scale. Two classes have an
 * input and two units more that say nothing: so few examples go the way of small batches.
 */
static subject passing(uint32_t classes, uint32_t m, const float *x, const uint8_t *y,
                       float scale) {
  uint32_t n_y = classes == 2 ? 1 : classes, inputs = classes == 2 ? 2 : classes;
  network_options o = options_of(inputs, 2 * inputs, classes, RELU);
  subject s = subject_create(&o, m, 1);
  memset(s.x, 0, m * inputs * sizeof(float));
  for (uint32_t i = 0; i < m; i++) memcpy(s.x + i * inputs, x + i * n_y, n_y * sizeof(float));
  memcpy(s.labels, y, m);
  check(data_set(s.d, s.x, y, m) == OK, "data_set");
  memset(network_parameters(s.net), 0, s.net->count * sizeof(float));
  layers l = layers_of(s.net, network_parameters(s.net));
  for (uint32_t k = 0; k < n_y; k++) {
    l.W1[2 * k * inputs + k] = 1;
    l.W1[(2 * k + 1) * inputs + k] = -1;
    l.W2[k * s.net->n_h + 2 * k] = scale;
    l.W2[k * s.net->n_h + 2 * k + 1] = -scale;
  }
  return s;
}

/* L of logits in long double: max(z, 0) - z y + log(1 + e^-|z|); log sum e^z - z_y. */
static double exact_loss(const float *z, uint32_t m, uint32_t n_y, uint32_t i, uint32_t label) {
  if (n_y == 1) {
    long double one = (long double)z[i];
    return (double)(fmaxl(one, 0) - one * label + log1pl(expl(-fabsl(one))));
  }
  long double most = -INFINITY, sum = 0;
  for (uint32_t k = 0; k < n_y; k++) most = fmaxl(most, (long double)z[k * m + i]);
  for (uint32_t k = 0; k < n_y; k++) sum += expl((long double)z[k * m + i] - most);
  return (double)(logl(sum) + most - (long double)z[label * m + i]);
}

/*
 * J of the core against the exact one of its own float32 logits. By products, an example costs
 * two roundings of its p beside p's own error (sigmoid 9 ulp, softmax 20); the exact way costs
 * none.
 */
static double compare_loss(subject *s, const char *what) {
  uint32_t n_y = s->net->n_y;
  float *Z2 = calloc(n_y * s->m, sizeof(float)), *A2 = calloc(n_y * s->m, sizeof(float));
  float dW[128];
  double J, expected = 0, size = 0;
  network_forward(s->net, s->d, NULL, NULL, Z2, A2);
  for (uint32_t i = 0; i < s->m; i++) {
    double L = exact_loss(Z2, s->m, n_y, i, s->labels[i]);
    expected += L / s->m;
    size += fabs(L) / s->m;
  }
  check(network_gradients(s->net, s->d, NULL, dW, NULL, NULL, &J) == OK, "network_gradients");
  double bound = (n_y == 1 ? 20 : 44) * U + 1e-12 * size;
  check(fabs(J - expected) <= bound, "%s: J = %.12g, not %.12g", what, J, expected);
  check(J >= -bound, "%s: J = %g is negative", what, J);
  training_options t = DEFAULT_TRAINING;
  evaluation e;
  check(evaluate(s->net, s->d, &t, &e) == OK && e.data_loss == (float)J,
        "%s: evaluate has another J", what);
  for (uint32_t i = 0; i < s->net->count; i++)
    check(isfinite(dW[i]), "%s: dW[%u] = %g", what, i, (double)dW[i]);
  for (uint32_t i = 0; i < n_y * s->m; i++) {
    check(A2[i] >= 0 && A2[i] <= 1.000001f, "%s: A2 = %.9g", what, (double)A2[i]);
  }
  free(Z2);
  free(A2);
  return fabs(J - expected);
}

static double worst_of_random(uint32_t classes, double reach, uint32_t m, const char *what) {
  uint32_t n_y = classes == 2 ? 1 : classes;
  float *x = calloc(m * n_y, sizeof(float));
  uint8_t *y = calloc(m, 1);
  for (uint32_t i = 0; i < m * n_y; i++) x[i] = (float)(reach * sample());
  for (uint32_t i = 0; i < m; i++) y[i] = (uint8_t)((sample() + 1) / 2 * classes);
  subject s = passing(classes, m, x, y, 1);
  double error = compare_loss(&s, what);
  subject_free(&s);
  free(x);
  free(y);
  return error;
}

static void agrees_at_ordinary_logits(void) {
  static const uint32_t counts[] = {1, 2, 3, 4, 5, 31, 32, 33, 239, 240, 241, 1000, 20000};
  double worst = 0;
  for (uint32_t classes = 2; classes <= 4; classes++) {
    for (size_t i = 0; i < COUNT(counts); i++) {
      char what[64];
      snprintf(what, sizeof what, "%u classes, m = %u", classes, counts[i]);
      for (double reach = 0.01; reach < 50; reach *= 7) {
        worst = fmax(worst, worst_of_random(classes, reach, counts[i], what));
      }
    }
  }
  printf("    |J - exact| <= %.2g for |z| <= 50\n", worst);
}

/* One sure example that is wrong among many right ones: p clamped at 2^-36 would say 25.0. */
static void is_exact_where_p_underflows(void) {
  static const float sizes[] = {24, 24.9f, 25, 25.1f, 26, 42, 60, 88, 100, 1000, 1e6f};
  static const float scales[] = {1, 1e6f, 1e12f, 1e24f};
  for (uint32_t classes = 2; classes <= 4; classes++) {
    uint32_t n_y = classes == 2 ? 1 : classes;
    for (size_t i = 0; i < COUNT(sizes); i++) {
      for (size_t k = 0; k < COUNT(scales); k++) {
        for (int wrong = 0; wrong < 6; wrong++) {
          uint32_t m = wrong < 3 ? 261 : 30;
          float *x = calloc(m * n_y, sizeof(float));
          uint8_t *y = calloc(m, 1);
          for (uint32_t c = 0; c < m; c++) {
            /* Class 1 where the (last) logit is large; one example, or every one, is labelled 0. */
            x[c * n_y + n_y - 1] = sizes[i];
            y[c] = (uint8_t)(classes - 1);
            if (wrong % 3 == 2 || (wrong % 3 == 1 && c == m - 11)) y[c] = 0;
          }
          subject s = passing(classes, m, x, y, scales[k]);
          char what[80];
          snprintf(what, sizeof what, "%u classes, z = %g, wrong %d", classes,
                   (double)sizes[i] * (double)scales[k], wrong);
          compare_loss(&s, what);
          subject_free(&s);
          free(x);
          free(y);
        }
      }
    }
  }
}

/* What a NaN in a weight leads to: J is NaN, training stops and changes nothing. */
static void passes_nan_on(void) {
  for (uint32_t classes = 2; classes <= 4; classes++) {
    for (uint32_t g = SIGMOID; g <= RELU; g++) {
      for (uint32_t p = 0; p < 2; p++) {
        network_options o = options_of(2, 3, classes, g);
        subject s = subject_create(&o, 10, 3);
        network_parameters(s.net)[p ? s.net->count - 1 : 0] = NAN;
        float dW[64];
        double J;
        check(network_gradients(s.net, s.d, NULL, dW, NULL, NULL, &J) == OK && isnan(J),
              "%u classes, %s: J = %g", classes, activation_names[g], J);
        training_options t = DEFAULT_TRAINING;
        training_result result;
        uint32_t before[2], after[2];
        network_hash(s.net, before);
        enum status status = train(s.net, s.d, &t, 1, NULL, &result);
        network_hash(s.net, after);
        check(status == DIVERGED && result.parameter == 0 && isnan(result.data_loss),
              "%u classes, %s: status %d, parameter %d", classes, activation_names[g], (int)status,
              result.parameter);
        check(memcmp(before, after, sizeof before) == 0, "the state has changed");
        subject_free(&s);
      }
    }
  }
}

/* The scalar form that the exact way rests on. */
static void one_example_by_the_formula(void) {
  for (uint32_t n_y = 1; n_y <= MAX_CLASSES; n_y++) {
    if (n_y == 2) continue;
    for (int i = 0; i < 20000; i++) {
      float z[MAX_CLASSES];
      for (uint32_t k = 0; k < n_y; k++) z[k] = (float)(sample() * exp(20 * sample()));
      uint32_t label = (uint32_t)i % (n_y == 1 ? 2 : n_y);
      double expected = exact_loss(z, 1, n_y, 0, label);
      double got = loss_of_logits(z, 1, n_y, label);
      /* max - z_y rounds in double; so does 1 + e. */
      check(fabs(got - expected) <= 4 * 0x1p-53 * (1 + fabs(expected)), "L = %.17g, not %.17g", got,
            expected);
    }
  }
  static const float extremes[] = {3.4e38f, -3.4e38f, 1e30f, -1e30f, 0, -0.0f, 1e-45f};
  for (size_t i = 0; i < COUNT(extremes); i++) {
    for (uint32_t label = 0; label < 2; label++) {
      double L = loss_of_logits(&extremes[i], 1, 1, label);
      check(isfinite(L) && L >= 0, "L of z = %g, y = %u is %g", (double)extremes[i], label, L);
    }
  }
}

int main(void) {
  run("one example's loss is the formula's", one_example_by_the_formula);
  run("J by products is the exact J within its roundings", agrees_at_ordinary_logits);
  run("J is exact for logits up to 1e30, right or wrong", is_exact_where_p_underflows);
  run("NaN passes through and stops training", passes_nan_on);
  return finish();
}
