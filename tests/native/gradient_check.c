/* The formulas in float64 agree with differences, and their sabotages do not. */
#include "gradient_check.h"

#include "problem.h"
#include "subject.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define TOLERANCE 1e-6

static const char *const blocks[] = {"W1", "b1", "W2", "b2"};

typedef struct {
  central_difference *differences;
  double *analytic;
  float *kernels;
  gradient_check result;
} checked;

static checked check_of(subject *s, const training_options *o, uint32_t sabotage) {
  checked c;
  uint32_t count = s->net->count;
  c.differences = calloc(count, sizeof(central_difference));
  c.analytic = calloc(count, sizeof(double));
  c.kernels = calloc(count, sizeof(float));
  problem_copy p = problem_of(s->net, s->d, o);
  double J;
  check(network_gradients(s->net, s->d, o, c.kernels, NULL, NULL, &J) == OK, "network_gradients");
  check(numeric_gradients(&p.n, 0, count, c.differences) == OK, "numeric_gradients");
  check(check_gradients(&p.n, sabotage, c.differences, c.kernels, c.analytic, &c.result) == OK,
        "check_gradients");
  problem_free(&p);
  return c;
}

static void checked_free(checked *c) {
  free(c->differences);
  free(c->analytic);
  free(c->kernels);
}

static uint32_t block_of(const network *net, uint32_t p) {
  uint32_t W1 = net->n_h * net->n_x;
  return p < W1 ? 0 : p < W1 + net->n_h ? 1 : p < net->count - net->n_y ? 2 : 3;
}

/* The loss in plain loops with libm, from the parameters given. */
static double plain_loss(const subject *s, const double *w, const training_options *o) {
  double *unused;
  plain_network n = plain_of(s, &unused);
  free(unused);
  n.W1 = w;
  n.b1 = n.W1 + n.n_h * n.n_x;
  n.W2 = n.b1 + n.n_h;
  n.b2 = n.W2 + n.n_y * n.n_h;
  plain_result r = plain_allocate(n.n_x, n.n_h, n.n_y, n.m);
  plain_gradient(&n, &r);
  double loss = r.J.value;
  for (uint32_t p = 0; p < s->net->count; p++) {
    if (block_of(s->net, p) % 2 == 0)
      loss += (double)o->l1 * fabs(w[p]) + (double)o->l2 * w[p] * w[p];
  }
  plain_free(&r);
  return loss;
}

static const float penalties[][2] = {{0, 0}, {0.01f, 0}, {0, 0.01f}, {0.002f, 0.003f}};

/* Largest of what the blocks show, over all that a test has looked at. */
static double worst_error, worst_raw, worst_gap;

static void expect_agreement(subject *s, const training_options *o, const char *what) {
  checked c = check_of(s, o, NO_SABOTAGE);
  double differences[4] = {0}, sizes[4] = {0};
  for (uint32_t p = 0; p < s->net->count; p++) {
    if (c.differences[p].kinks > 0) continue;
    double error = c.analytic[p] - c.differences[p].value;
    differences[block_of(s->net, p)] += error * error;
    sizes[block_of(s->net, p)] += c.analytic[p] * c.analytic[p];
  }
  for (int b = 0; b < 4; b++) {
    check(c.result.error[b] < TOLERANCE, "%s: %s is off by %.2g", what, blocks[b],
          c.result.error[b]);
    worst_error = fmax(worst_error, c.result.error[b]);
    if (sqrt(sizes[b]) < 1e-3) continue; /* next to nothing: beside it, every rounding is large */
    worst_gap = fmax(worst_gap, c.result.float32_gap[b]);
    if (c.result.loss > 10) continue;
    /* Without the allowance for the resolution. */
    double raw = sqrt(differences[b] / sizes[b]) / 2;
    check(raw < TOLERANCE, "%s: %s is off by %.2g of its norm", what, blocks[b], raw);
    worst_raw = fmax(worst_raw, raw);
  }
  checked_free(&c);
}

static void agrees_on_every_option(void) {
  worst_error = worst_raw = worst_gap = 0;
  static const uint32_t counts[] = {1, 2, 5, 100};
  static const uint32_t hidden[] = {1, 4, 9};
  for (uint32_t g = SIGMOID; g <= RELU; g++) {
    for (uint32_t classes = 2; classes <= 4; classes++) {
      for (size_t l = 0; l < COUNT(penalties); l++) {
        for (uint32_t init = GLOROT_UNIFORM; init <= ZEROS; init++) {
          for (uint32_t features = 0; features < 32; features += 31) {
            network_options o = options_of(2, hidden[(init + l) % 3], classes, g);
            o.initializer = init;
            o.features = features;
            subject s = subject_create(&o, counts[(init + l + g) % 4], 3);
            training_options t = DEFAULT_TRAINING;
            t.l1 = penalties[l][0];
            t.l2 = penalties[l][1];
            char what[96];
            snprintf(what, sizeof what, "%s, %u classes, penalties %zu, init %u, features %u, m %u",
                     activation_names[g], classes, l, init, features, s.m);
            expect_agreement(&s, &t, what);
            training_result result;
            t.learning_rate = 0.1f;
            check(train(s.net, s.d, &t, 200, NULL, &result) == OK, "train");
            expect_agreement(&s, &t, what);
            subject_free(&s);
          }
        }
      }
    }
  }
  printf("    worst block error %.2g (%.2g without allowance), float32 gap %.2g\n", worst_error,
         worst_raw, worst_gap);
  /* Each number within 1e-6 (network.c), some 60 in a block, its norm at least 1e-3. */
  check(worst_gap < 4e-3, "the kernels' gradient is off by %g", worst_gap);
}

/* Inputs of 1e6, weights in the tens: the steps follow the sizes. */
static void agrees_at_every_scale(void) {
  worst_error = worst_raw = 0;
  static const double reaches[] = {1e-3, 1, 1e3, 1e6};
  for (size_t r = 0; r < COUNT(reaches); r++) {
    for (uint32_t g = SIGMOID; g <= RELU; g++) {
      for (uint32_t classes = 2; classes <= 4; classes++) {
        network_options o = options_of(3, 5, classes, g);
        subject s = subject_create(&o, 50, reaches[r]);
        training_options t = DEFAULT_TRAINING;
        char what[64];
        snprintf(what, sizeof what, "|x| <= %g, %s, %u classes", reaches[r], activation_names[g],
                 classes);
        expect_agreement(&s, &t, what);
        subject_perturb(&s, 10);
        expect_agreement(&s, &t, what);
        subject_free(&s);
      }
    }
  }
  printf("    worst block error %.2g\n", worst_error);
}

/* Only what a parameter touches is computed again for its difference; here all of it is. */
static void differences_are_those_of_the_whole_loss(void) {
  double worst = 0;
  for (uint32_t g = SIGMOID; g <= TANH; g++) {
    for (uint32_t classes = 2; classes <= 4; classes++) {
      network_options o = options_of(2, 3, classes, g);
      subject s = subject_create(&o, 20, 3);
      subject_perturb(&s, 0.5);
      training_options t = DEFAULT_TRAINING;
      t.l1 = 0.01f;
      t.l2 = 0.02f;
      checked c = check_of(&s, &t, NO_SABOTAGE);
      double *w;
      plain_of(&s, &w);
      expect_agreement(&s, &t, "0");
      double h = 0x1p-17, loss = plain_loss(&s, w, &t);
      check(fabs(c.result.loss - loss) < 1e-14 * (1 + loss), "loss %.17g, not %.17g", c.result.loss,
            loss);
      for (uint32_t p = 0; p < s.net->count; p++) {
        double kept = w[p];
        w[p] = kept + h;
        double up = plain_loss(&s, w, &t);
        w[p] = kept - h;
        double down = plain_loss(&s, w, &t);
        w[p] = kept;
        double error = fabs(c.differences[p].value - (up - down) / (2 * h));
        worst = fmax(worst, error);
        check(error < 1e-9, "parameter %u: %.12g, not %.12g", p, c.differences[p].value,
              (up - down) / (2 * h));
        check(c.differences[p].resolution < 1e-8 && c.differences[p].kinks == 0,
              "resolution %g, %g kinks", c.differences[p].resolution, c.differences[p].kinks);
      }
      free(w);
      checked_free(&c);
      subject_free(&s);
    }
  }
  printf("    within %.2g\n", worst);
}

static void each_sabotage_spoils_its_blocks_and_no_other(void) {
  static const int spoilt[4][4] = {
      {0, 0, 0, 0}, /* none */
      {1, 1, 0, 0}, /* g' dropped from dZ1: dW1, db1 */
      {0, 0, 1, 0}, /* 1/m dropped from dW2 */
      {0, 0, 0, 1}, /* the sign of db2 */
  };
  double least = INFINITY;
  for (uint32_t sabotage = NO_SABOTAGE; sabotage <= SIGN_FLIPPED; sabotage++) {
    for (uint32_t g = SIGMOID; g <= RELU; g++) {
      for (uint32_t classes = 2; classes <= 4; classes++) {
        for (size_t l = 0; l < COUNT(penalties); l++) {
          for (int trained = 0; trained < 2; trained++) {
            network_options o = options_of(2, 6, classes, g);
            subject s = subject_create(&o, 40, 3);
            training_options t = DEFAULT_TRAINING;
            training_result result;
            t.l1 = penalties[l][0];
            t.l2 = penalties[l][1];
            t.learning_rate = 0.1f;
            if (trained) check(train(s.net, s.d, &t, 30, NULL, &result) == OK, "train");
            checked c = check_of(&s, &t, sabotage);
            for (int b = 0; b < 4; b++) {
              int flagged = c.result.error[b] > TOLERANCE;
              check(flagged == spoilt[sabotage][b], "sabotage %u, %s, %u classes: %s has %.2g",
                    sabotage, activation_names[g], classes, blocks[b], c.result.error[b]);
              if (flagged) least = fmin(least, c.result.error[b]);
            }
            checked_free(&c);
            subject_free(&s);
          }
        }
      }
    }
  }
  printf("    a spoilt block shows at least %.2g\n", least);
  check(least > 1e-3, "a spoilt block shows only %g", least);
}

/* A ReLU unit that turns exactly at an example, W1 = 0 under L1: marked, and left out of `error`
 * alone. */
static void marks_kinks(void) {
  network_options o = options_of(2, 3, 2, RELU);
  subject s = subject_create(&o, 10, 3);
  training_options t = DEFAULT_TRAINING;
  layers l = layers_of(s.net, network_parameters(s.net));
  s.x[0] = 0.5f; /* example 0: x = (0.5, 0) on the edge of unit 1, w x + b = 0 */
  s.x[1] = 0;
  check(data_set(s.d, s.x, s.labels, s.m) == OK, "data_set");
  l.W1[2] = 1;
  l.b1[1] = -0.5f;
  checked c = check_of(&s, &t, NO_SABOTAGE);
  for (uint32_t p = 0; p < s.net->count; p++) {
    /* W1 of x1 and b1 of unit 1; x2 is 0 there, so that its weight turns nothing. */
    int expected = p == 2 || p == 7;
    check((c.differences[p].kinks == 1) == expected, "parameter %u has %g kinks", p,
          c.differences[p].kinks);
  }
  check(c.result.kinks[0] == 1 && c.result.kinks[1] == 1 && c.result.kinks[2] == 0 &&
            c.result.kinks[3] == 0,
        "kinks of blocks");
  for (int b = 0; b < 4; b++)
    check(c.result.error[b] < TOLERANCE, "%s: %g", blocks[b], c.result.error[b]);
  check(c.result.error_with_kinks[0] > 1e-3 && c.result.error_with_kinks[1] > 1e-3,
        "they are hidden: %g, %g", c.result.error_with_kinks[0], c.result.error_with_kinks[1]);
  checked_free(&c);

  l.W1[0] = 0;
  l.b1[0] = 0.3f; /* so that unit 0 turns at no example */
  l.W2[0] = 0;
  t.l1 = 0.1f;
  c = check_of(&s, &t, NO_SABOTAGE);
  check(c.differences[0].kinks == 1 && c.differences[9].kinks == 1, "weights at 0 under L1: %g, %g",
        c.differences[0].kinks, c.differences[9].kinks);
  check(c.result.kinks[0] == 2 && c.result.kinks[2] == 1, "kinks of blocks");
  checked_free(&c);
  subject_free(&s);

  o.activation = TANH; /* which has none */
  s = subject_create(&o, 10, 3);
  t.l1 = 0;
  c = check_of(&s, &t, NO_SABOTAGE);
  for (int b = 0; b < 4; b++)
    check(c.result.kinks[b] == 0 && c.result.error[b] == c.result.error_with_kinks[b],
          "tanh turns");
  checked_free(&c);
  subject_free(&s);
}

static void slices_make_the_whole(void) {
  network_options o = options_of(3, 7, 3, TANH);
  subject s = subject_create(&o, 30, 3);
  training_options t = DEFAULT_TRAINING;
  checked c = check_of(&s, &t, NO_SABOTAGE);
  problem_copy p = problem_of(s.net, s.d, &t);
  uint32_t count = s.net->count;
  central_difference *sliced = calloc(count, sizeof *sliced);
  for (uint32_t from = 0; from < count; from += 5) {
    uint32_t here = count - from < 5 ? count - from : 5;
    check(numeric_gradients(&p.n, from, here, sliced + from) == OK, "slice");
  }
  check(memcmp(sliced, c.differences, count * sizeof *sliced) == 0, "slices differ");
  problem_free(&p);
  free(sliced);
  checked_free(&c);
  subject_free(&s);
}

static void refuses_what_is_outside(void) {
  network_options o = options_of(3, 7, 3, TANH);
  subject s = subject_create(&o, 30, 3);
  training_options t = DEFAULT_TRAINING;
  checked c = check_of(&s, &t, NO_SABOTAGE);
  problem_copy p = problem_of(s.net, s.d, &t);
  uint32_t count = s.net->count;
  check(numeric_gradients(&p.n, 0, 0, c.differences) == OK, "an empty slice");
  check(numeric_gradients(&p.n, 1, count, c.differences) == BAD_ARGUMENT, "one too many");
  check(numeric_gradients(&p.n, count + 1, 0, c.differences) == BAD_ARGUMENT, "beyond the end");
  check(numeric_gradients(&p.n, 1, UINT32_MAX, c.differences) == BAD_ARGUMENT, "far too many");
  check(check_gradients(&p.n, 4, c.differences, c.kernels, c.analytic, &c.result) == BAD_ARGUMENT,
        "sabotage 4");
  gradient_problem outside[] = {p.n, p.n, p.n, p.n, p.n};
  outside[0].m = 0;
  outside[1].m = MAX_EXAMPLES + 1;
  outside[2].n_h = MAX_HIDDEN + 1;
  outside[3].n_y = MAX_CLASSES + 1;
  outside[4].activation = RELU + 1;
  for (size_t i = 0; i < COUNT(outside); i++) {
    check(numeric_gradients(&outside[i], 0, 1, c.differences) == BAD_ARGUMENT, "problem %zu", i);
    check(check_gradients(&outside[i], 0, c.differences, c.kernels, c.analytic, &c.result) ==
              BAD_ARGUMENT,
          "problem %zu", i);
  }
  problem_free(&p);
  checked_free(&c);
  subject_free(&s);
}

int main(void) {
  run("formulas and differences agree within 1e-6 on every option", agrees_on_every_option);
  run("and at every scale", agrees_at_every_scale);
  run("differences are those of the whole loss", differences_are_those_of_the_whole_loss);
  run("each sabotage spoils its blocks and no other", each_sabotage_spoils_its_blocks_and_no_other);
  run("kinks are marked, and hide no error", marks_kinks);
  run("slices make the whole", slices_make_the_whole);
  run("refuses what is outside the limits", refuses_what_is_outside);
  return finish();
}
