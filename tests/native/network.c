/* The kernels of the forward and the backward pass against the notes in plain float64 loops. */
#include "network.h"

#include "small.h"
#include "subject.h"
#include "vector_math.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/*
 * One unit, one example, numbers that float32 holds exactly:
 *   x = (1, 2), W1 = (0.5, -0.25), b1 = 0: z1 = 0, a1 = 0.5; W2 = 2, b2 = -1: z2 = 0, a2 = 0.5.
 *   y = 1: J = log 2, dz2 = -0.5, dW2 = -0.25, db2 = -0.5,
 *   dz1 = 2 (-0.5) 0.25 = -0.25, dW1 = (-0.25, -0.5), db1 = -0.25. Then a step of alpha = 1.
 */
static void agrees_with_the_hand(void) {
  network_options o = options_of(2, 1, 2, SIGMOID);
  network *net = network_create(&o);
  data *d = data_create(2, 0, 2);
  const float x[] = {1, 2};
  const uint8_t y[] = {1};
  check(data_set(d, x, y, 1) == OK, "data_set");
  const float start[] = {0.5f, -0.25f, 0, 2, -1};
  memcpy(network_parameters(net), start, sizeof start);

  float Z1, A1, Z2, A2, dW[5], dZ1, dZ2;
  double J;
  network_forward(net, d, &Z1, &A1, &Z2, &A2);
  check(Z1 == 0 && A1 == 0.5f && Z2 == 0 && A2 == 0.5f, "forward: %g %g %g %g", (double)Z1,
        (double)A1, (double)Z2, (double)A2);
  check(network_gradients(net, d, NULL, dW, &dZ1, &dZ2, &J) == OK, "network_gradients");
  check(dZ2 == -0.5f && dZ1 == -0.25f, "dZ2 = %g, dZ1 = %g", (double)dZ2, (double)dZ1);
  const float expected[] = {-0.25f, -0.5f, -0.25f, -0.25f, -0.5f};
  check(memcmp(dW, expected, sizeof dW) == 0, "dW1 = (%g, %g), db1 = %g, dW2 = %g, db2 = %g",
        (double)dW[0], (double)dW[1], (double)dW[2], (double)dW[3], (double)dW[4]);
  check(fabs(J - log(2)) < 1e-7, "J = %.9g", J);

  training_options t = DEFAULT_TRAINING;
  training_result result;
  float losses[1];
  check(train(net, d, &t, 1, losses, &result) == OK, "train");
  const float next[] = {0.75f, 0.25f, 0.25f, 2.25f, -0.5f};
  check(memcmp(network_parameters(net), next, sizeof next) == 0, "a step leads elsewhere");
  check(result.steps == 1 && result.parameter == -1, "result of a step");
  check(losses[0] == (float)J && result.data_loss == (float)J && result.loss == (float)J,
        "losses of a step: %.9g", (double)losses[0]);
  check(network_get_state(net)->step == 1 && network_get_state(net)->epoch == 1, "one step");
  network_free(net);
  data_free(d);
}

/* Worst cases over all shapes: the error itself, and the share of the bound that it takes. */
typedef struct {
  double error, share;
} worst;
static worst worst_J, worst_gradient, worst_column, worst_probability;

static void compare(worst *w, const char *what, float got, bounded expected, double also,
                    const char *shape) {
  double error = fabs((double)got - expected.value);
  if (error > w->error) w->error = error;
  /* Plus the rounding of the result itself to float32. */
  double bound = expected.bound + U * fabs(expected.value) + 1e-18;
  if (error / bound > w->share) w->share = error / bound;
  check(error <= bound && error <= also, "%s: %s = %.9g, not %.9g (off by %.2g, bound %.2g)", shape,
        what, (double)got, expected.value, error, fmin(bound, also));
}

static void compare_all(worst *w, const char *what, const float *got, const bounded *expected,
                        uint32_t n, double also, const char *shape) {
  for (uint32_t i = 0; i < n; i++) compare(w, what, got[i], expected[i], also, shape);
}

/* Every quantity of the notes; `absolute` holds for J, gradients and probabilities. */
static void compare_network(const subject *s, double absolute, const char *shape) {
  const network *net = s->net;
  uint32_t m = s->m, wide = net->n_h * m, narrow = net->n_y * m;
  double *parameters;
  plain_network plain = plain_of(s, &parameters);
  plain_result expected = plain_allocate(net->n_x, net->n_h, net->n_y, m);
  plain_gradient(&plain, &expected);

  float *Z1 = calloc(wide, sizeof(float)), *A1 = calloc(wide, sizeof(float));
  float *Z2 = calloc(narrow, sizeof(float)), *A2 = calloc(narrow, sizeof(float));
  float *dW = calloc(net->count, sizeof(float)), *p = calloc(narrow, sizeof(float));
  double J;
  network_forward(s->net, s->d, Z1, A1, Z2, A2);
  compare_all(&worst_column, "Z1", Z1, expected.Z1, wide, INFINITY, shape);
  compare_all(&worst_column, "A1", A1, expected.A1, wide, INFINITY, shape);
  compare_all(&worst_column, "Z2", Z2, expected.Z2, narrow, INFINITY, shape);
  compare_all(&worst_probability, "A2", A2, expected.A2, narrow, absolute, shape);
  predict(s->net, s->x, m, p);
  for (uint32_t i = 0; i < m; i++) {
    for (uint32_t k = 0; k < net->n_y; k++) {
      check(bits_of(p[i * net->n_y + k]) == bits_of(A2[k * m + i]), "%s: predict is not A2", shape);
    }
  }

  check(network_gradients(s->net, s->d, NULL, dW, Z1, Z2, &J) == OK, "%s: network_gradients", shape);
  compare_all(&worst_column, "dZ1", Z1, expected.dZ1, wide, INFINITY, shape);
  compare_all(&worst_column, "dZ2", Z2, expected.dZ2, narrow, INFINITY, shape);
  compare_all(&worst_gradient, "dW", dW, expected.dW, net->count, absolute, shape);
  compare(&worst_J, "J", (float)J, expected.J, absolute, shape);

  training_options t = DEFAULT_TRAINING;
  evaluation e;
  check(evaluate(s->net, s->d, &t, &e) == OK, "%s: evaluate", shape);
  check(e.data_loss == (float)J && e.loss == (float)J, "%s: evaluate and gradients differ in J",
        shape);
  uint32_t correct = 0;
  for (uint32_t i = 0; i < m; i++) {
    uint32_t best = net->n_y == 1 && A2[i] > 0.5f;
    for (uint32_t k = 1; k < net->n_y; k++) best = A2[k * m + i] > A2[best * m + i] ? k : best;
    correct += best == s->labels[i];
  }
  check(e.correct == correct, "%s: %u correct, not %u", shape, e.correct, correct);

  float *all[] = {Z1, A1, Z2, A2, dW, p};
  for (size_t i = 0; i < COUNT(all); i++) free(all[i]);
  free(parameters);
  plain_free(&expected);
}

static void compare_shape(uint32_t m, uint32_t n_h, uint32_t n_x, uint32_t classes,
                          uint32_t activation, uint32_t features) {
  char shape[96];
  snprintf(shape, sizeof shape, "m=%u n_h=%u n_x=%u classes=%u %s features=%u", m, n_h, n_x,
           classes, activation_names[activation], features);
  network_options o = options_of(n_x, n_h, classes, activation);
  o.features = features;
  o.seed = m * 7 + n_h;
  subject s = subject_create(&o, m, 3);
  compare_network(&s, n_h <= 64 && m <= 1000 ? 1e-6 : INFINITY, shape);
  subject_free(&s);
}

static void forget_the_worst(void) {
  worst_J = worst_gradient = worst_column = worst_probability = (worst){0, 0};
}

static void print_the_worst(void) {
  printf("    worst error (share of its bound): J %.2g (%.0f %%), gradients %.2g (%.0f %%), "
         "A2 %.2g (%.0f %%), columns %.2g (%.0f %%)\n",
         worst_J.error, 100 * worst_J.share, worst_gradient.error, 100 * worst_gradient.share,
         worst_probability.error, 100 * worst_probability.share, worst_column.error,
         100 * worst_column.share);
}

static const uint32_t counts[] = {1, 3, 4, 5, 239, 240, 241, 255, 256, 257};

/* What is not wanted is not written, and what is has the bits of the whole. */
static void gives_what_is_wanted(void) {
  enum { M = 250, WIDE = 5 * M, NARROW = 3 * M };
  static float Z1[WIDE], A1[WIDE], Z2[NARROW], A2[NARROW], dZ1[WIDE], dZ2[NARROW], dW[64],
      got[WIDE];
  double J, again;
  network_options o = options_of(2, 5, 3, TANH);
  subject s = subject_create(&o, M, 3);
  network_forward(s.net, s.d, Z1, A1, Z2, A2);
  check(network_gradients(s.net, s.d, NULL, dW, dZ1, dZ2, &J) == OK, "network_gradients");
  network_forward(s.net, s.d, got, NULL, NULL, NULL);
  check(memcmp(got, Z1, sizeof Z1) == 0, "Z1 alone");
  network_forward(s.net, s.d, NULL, got, NULL, NULL);
  check(memcmp(got, A1, sizeof A1) == 0, "A1 alone");
  network_forward(s.net, s.d, NULL, NULL, got, NULL);
  check(memcmp(got, Z2, sizeof Z2) == 0, "Z2 alone");
  network_forward(s.net, s.d, NULL, NULL, NULL, got);
  check(memcmp(got, A2, sizeof A2) == 0, "A2 alone");
  check(network_gradients(s.net, s.d, NULL, dW, got, NULL, &again) == OK && again == J, "J");
  check(memcmp(got, dZ1, sizeof dZ1) == 0, "dZ1 alone");
  check(network_gradients(s.net, s.d, NULL, dW, NULL, got, &again) == OK && again == J, "J");
  check(memcmp(got, dZ2, sizeof dZ2) == 0, "dZ2 alone");
  check(network_gradients(s.net, s.d, NULL, dW, NULL, NULL, &again) == OK && again == J, "J alone");
  subject_free(&s);
}

/* Examples drawn one by one, and all there may be: room grows, and nothing else. */
static void takes_more_and_more_examples(void) {
  network_options o = options_of(2, 3, 2, SIGMOID);
  subject s = subject_create(&o, MAX_EXAMPLES, 3);
  data *grown = data_create(2, 0, 2);
  static const uint32_t counts[] = {0, 1, 2, 3, 4, 5, 9, 1000, 10004, 15000, 20000, 7, 0};
  training_options t = DEFAULT_TRAINING;
  for (size_t i = 0; i < COUNT(counts); i++) {
    data *at_once = data_create(2, 0, 2);
    evaluation a, b;
    check(data_set(grown, s.x, s.labels, counts[i]) == OK &&
              data_set(at_once, s.x, s.labels, counts[i]) == OK,
          "data_set");
    check(data_count(grown) == counts[i], "m");
    if (counts[i]) {
      check(evaluate(s.net, grown, &t, &a) == OK && evaluate(s.net, at_once, &t, &b) == OK,
            "evaluate");
      check(bits_of(a.loss) == bits_of(b.loss) && a.correct == b.correct,
            "%u examples: other results", counts[i]);
    }
    data_free(at_once);
  }
  data_free(grown);
  subject_free(&s);
}

/* Around a vector, a tile and two tiles; every class and activation. */
static void computes_every_m(void) {
  forget_the_worst();
  static const uint32_t hidden[] = {1, 3, 4, 5, 64};
  for (size_t i = 0; i < COUNT(counts); i++) {
    for (size_t j = 0; j < COUNT(hidden); j++) {
      for (uint32_t classes = 2; classes <= 4; classes++) {
        for (uint32_t g = SIGMOID; g <= RELU; g++) {
          compare_shape(counts[i], hidden[j], 2, classes, g, 0);
        }
      }
    }
  }
  print_the_worst();
}

/* Two inputs, two classes, units by fours: the way of small batches, and just beyond it. */
static void computes_a_few_examples(void) {
  forget_the_worst();
  static const uint32_t hidden[] = {4, 8, 12, 64, 256};
  for (uint32_t m = 1; m <= SMALL_BATCH + 1; m++) {
    for (size_t j = 0; j < COUNT(hidden); j++) {
      for (uint32_t g = SIGMOID; g <= RELU; g++) compare_shape(m, hidden[j], 2, 2, g, 0);
    }
  }
  print_the_worst();
}

static void computes_every_n_x(void) {
  forget_the_worst();
  static const uint32_t hidden[] = {1, 3, 4, 5};
  for (uint32_t n_x = 1; n_x <= MAX_INPUTS; n_x++) {
    for (size_t j = 0; j < COUNT(hidden); j++) {
      for (uint32_t classes = 2; classes <= 4; classes++) {
        for (uint32_t g = SIGMOID; g <= RELU; g++)
          compare_shape(241, hidden[j], n_x, classes, g, 0);
      }
    }
  }
  print_the_worst();
}

static void computes_256_units(void) {
  forget_the_worst();
  for (size_t i = 0; i < COUNT(counts); i++) {
    for (uint32_t g = SIGMOID; g <= RELU; g++) {
      compare_shape(counts[i], 256, 2, i % 2 ? 2 : 4, g, 0);
    }
  }
  compare_shape(1000, 256, 7, 3, SIGMOID, 0);
  print_the_worst();
}

static void computes_1000_examples(void) {
  forget_the_worst();
  for (uint32_t g = SIGMOID; g <= RELU; g++) {
    for (uint32_t classes = 2; classes <= 4; classes++) compare_shape(1000, 64, 2, classes, g, 0);
  }
  print_the_worst();
}

static void computes_features(void) {
  forget_the_worst();
  for (uint32_t features = 0; features < 32; features++) {
    compare_shape(50, 5, 2, 2, features % 3, features);
  }
  print_the_worst();
}

/* Weights of some units in size and inputs up to 1e6: no absolute promise, but the bound. */
static void computes_far_from_the_start(void) {
  forget_the_worst();
  static const double reaches[] = {3, 100, 1e6};
  for (size_t r = 0; r < COUNT(reaches); r++) {
    for (uint32_t classes = 2; classes <= 4; classes++) {
      for (uint32_t i = 0; i < 2 * (RELU + 1); i++) {
        uint32_t g = i / 2;
        network_options o = i % 2 ? options_of(2, 8, classes, g) : options_of(3, 9, classes, g);
        subject s = subject_create(&o, i % 2 ? 10 : 300, reaches[r]);
        subject_perturb(&s, 10);
        char shape[64];
        snprintf(shape, sizeof shape, "|x| <= %g, %u classes, %s", reaches[r], classes,
                 activation_names[g]);
        compare_network(&s, INFINITY, shape);
        subject_free(&s);
      }
    }
  }
  print_the_worst();
}

/* Units that are beyond the clamps by one weight or their bias alone, each in turn. */
static void computes_far_units(void) {
  forget_the_worst();
  for (uint32_t g = SIGMOID; g <= TANH; g++) {
    for (uint32_t far = 0; far < 24; far++) {
      for (uint32_t m = 10; m <= 300; m += 290) {
        network_options o = options_of(2, 8, 2, g);
        subject s = subject_create(&o, m, 3);
        network_parameters(s.net)[far] = far % 4 < 2 ? 400 : -400; /* W1, then b1 */
        compare_network(&s, INFINITY, "a far unit");
        subject_free(&s);
      }
    }
  }
  print_the_worst();
}

/* From 60 on all exponents are 60: units that differ only there have the same bits. */
static void clamps_from_60_on(void) {
  for (uint32_t m = 10; m <= 300; m += 290) {
    network_options o = options_of(2, 4, 2, SIGMOID);
    o.initializer = ZEROS;
    subject s = subject_create(&o, m, 3);
    layers l = layers_of(s.net, network_parameters(s.net));
    for (uint32_t j = 0; j < 4; j++) l.b1[j] = -(60.5f + 10 * (float)j) / LOG2_E_F, l.W2[j] = 1;
    l.b2[0] = 1; /* else the gradients of the two classes cancel */
    float dW[17];
    double J;
    check(network_gradients(s.net, s.d, NULL, dW, NULL, NULL, &J) == OK, "network_gradients");
    const float *dW2 = dW + 12;
    check(dW2[0] != 0, "dW2 is 0");
    for (uint32_t j = 1; j < 4; j++) {
      check(bits_of(dW2[j]) == bits_of(dW2[0]), "m = %u: dW2 %g and %g", m, (double)dW2[0],
            (double)dW2[j]);
    }
    subject_free(&s);
  }
}

/* Nothing of one call is read by the next: whatever stands in the scratch, the bits are the same. */
static void reads_no_scratch(void) {
  static const uint32_t batch_sizes[] = {0, 1, 3, 10, 16, 100};
  for (uint32_t g = SIGMOID; g <= RELU; g++) {
    for (uint32_t classes = 2; classes <= 3; classes++) {
      for (size_t i = 0; i < COUNT(batch_sizes); i++) {
        network_options o = options_of(2, 8, classes, g);
        subject clean = subject_create(&o, 250, 3);
        network *dirty = network_create(&o);
        memset(dirty->gradient, 0xff, dirty->stride * sizeof(float));
        memset(dirty->unit_sums, 0xff, (dirty->n_h + 1) * LANES * sizeof(float));
        memset(dirty->A, 0xff, dirty->n_h * TILE * sizeof(float));
        memset(dirty->X, 0xff, dirty->n_x * TILE * sizeof(float));
        memset(dirty->Z, 0xff, dirty->n_y * TILE * sizeof(float));
        training_options t = DEFAULT_TRAINING;
        t.batch_size = batch_sizes[i];
        training_result r;
        uint32_t a[2], b[2];
        check(train(clean.net, clean.d, &t, 60, NULL, &r) == OK, "train");
        check(train(dirty, clean.d, &t, 60, NULL, &r) == OK, "train with a full scratch");
        network_hash(clean.net, a);
        network_hash(dirty, b);
        check(a[0] == b[0] && a[1] == b[1], "%s, batches of %u: other bits", activation_names[g],
              batch_sizes[i]);
        network_free(dirty);
        subject_free(&clean);
      }
    }
  }
}

/*
 * Examples far from the rest, on either side and in either input, change no bit of the rest's
 * columns: whatever is saved where no example is far must save nothing else.
 */
static void far_examples_change_no_others(void) {
  enum { M = 40 };
  static const float far[][2] = {{900, 0}, {-900, 0}, {0, 900}, {0, -900}, {-1e6f, 1e6f}};
  static float near_A1[4 * M], near_A2[M], A1[4 * (M + 1)], A2[M + 1];
  for (uint32_t g = SIGMOID; g <= RELU; g++) {
    network_options o = options_of(2, 4, 2, g);
    subject s = subject_create(&o, M + 1, 1);
    network_forward(s.net, s.d, NULL, A1, NULL, A2);
    check(data_set(s.d, s.x, s.labels, M) == OK, "data_set");
    network_forward(s.net, s.d, NULL, near_A1, NULL, near_A2);
    for (size_t k = 0; k < COUNT(far); k++) {
      memcpy(s.x + 2 * M, far[k], sizeof far[k]);
      check(data_set(s.d, s.x, s.labels, M + 1) == OK, "data_set");
      network_forward(s.net, s.d, NULL, A1, NULL, A2);
      check(memcmp(near_A2, A2, sizeof near_A2) == 0, "%s, far example %zu: other A2",
            activation_names[g], k);
      const layers l = layers_of(s.net, network_parameters(s.net));
      for (uint32_t j = 0; j < 4; j++) {
        check(memcmp(near_A1 + j * M, A1 + j * (M + 1), M * sizeof(float)) == 0,
              "%s, far example %zu: other A1", activation_names[g], k);
        double z =
            (double)l.W1[2 * j] * (double)far[k][0] + (double)l.W1[2 * j + 1] * (double)far[k][1];
        bounded a = plain_activate(g, (bounded){z, 4 * U * fabs(z) + 1e-6 * (g != RELU)});
        double error = fabs((double)A1[j * (M + 1) + M] - a.value);
        check(error <= a.bound, "%s: a1 of z1 = %g is off by %g", activation_names[g], z, error);
      }
    }
    subject_free(&s);
  }
}

/*
 * The picture may reach A1 as a product of exponentials, one of a column and one of a row: two
 * exponents, two exponentials and a product where the direct way has one of each. So four times
 * the bound of the direct way.
 */
#define PICTURE_SLACK 4

enum { COLUMNS = 259, ROWS = 7, PIXELS = ROWS * COLUMNS }; /* a row is wider than a tile */
static grid picture = {-3, 3, 6, 6, COLUMNS, ROWS};
static const uint32_t inks[] = {0xff3b2f2au, 0x80a84300u, 0x000b7a70u, 0x40141019u};

/* The colour of p lies between those of p - error and p + error, byte by byte, and on the right
 * side of 1/2. */
static int is_colour_of(uint32_t colour, const uint32_t *ramp, uint32_t n_y, const bounded *p) {
  if (n_y == 1) {
    double bound = PICTURE_SLACK * p[0].bound, slack = bound + 1.0 / 4096;
    int least = (int)floor(fmax(0, p[0].value - slack) * 255 + 0.5);
    int most = (int)floor(fmin(1, p[0].value + slack) * 255 + 0.5);
    if (p[0].value - bound > 0.5 && least < 128) least = 128;
    if (p[0].value + bound < 0.5 && most > 127) most = 127;
    for (int i = least; i <= most; i++) {
      if (colour == ramp[i]) return 1;
    }
    return 0;
  }
  for (uint32_t shift = 0; shift < 32; shift += 8) {
    double byte = 0, slack = 0.5 + 1e-4; /* half a byte, and float32 sums of some hundred */
    for (uint32_t k = 0; k < n_y; k++) {
      byte += p[k * PIXELS].value * (inks[k] >> shift & 255);
      slack += PICTURE_SLACK * p[k * PIXELS].bound * (inks[k] >> shift & 255);
    }
    if (fabs((colour >> shift & 255) - byte) > slack) return 0;
  }
  return 1;
}

static void compare_picture(uint32_t hidden, uint32_t classes, uint32_t activation,
                            uint32_t features, double size, float lift) {
  static float z[PIXELS * MAX_CLASSES];
  static uint32_t painted[PIXELS], bands[PIXELS];
  uint32_t ramp[256];
  for (uint32_t i = 0; i < 256; i++) ramp[i] = i * 0x00010203u + 0xff000000u;
  const uint32_t *colours = classes == 2 ? ramp : inks;
  network_options o = options_of(2, hidden, classes, activation);
  o.features = features;
  subject s = subject_create(&o, PIXELS, 3);
  subject_perturb(&s, size);
  layers l = layers_of(s.net, network_parameters(s.net));
  for (uint32_t j = 0; j < hidden; j++) l.b1[j] += j % 2 ? lift : -lift;
  uint32_t n_y = s.net->n_y;
  for (uint32_t r = 0; r < ROWS; r++) {
    for (uint32_t c = 0; c < COLUMNS; c++) {
      double x1 = (double)picture.left + (c + 0.5) * (double)picture.width / COLUMNS;
      double x2 = (double)picture.top - (r + 0.5) * (double)picture.height / ROWS;
      double row[] = {x1, x2, x1 * x1, x2 * x2, x1 * x2, sin(x1), sin(x2)};
      uint32_t n_x = 2;
      for (uint32_t k = 0; k < 7; k++) {
        if (k < 2) {
          s.columns[k * PIXELS + r * COLUMNS + c] = row[k];
        } else if (features >> (k - 2) & 1) {
          s.columns[n_x++ * PIXELS + r * COLUMNS + c] = row[k];
        }
      }
    }
  }
  double *parameters;
  plain_network plain = plain_of(&s, &parameters);
  plain_result expected = plain_allocate(s.net->n_x, hidden, n_y, PIXELS);
  for (uint32_t i = 0; i < PIXELS; i++) plain_example(&plain, &expected, i);

  network_logits(s.net, &picture, 0, ROWS, z);
  network_paint(s.net, &picture, 0, ROWS, colours, painted);
  for (uint32_t i = 0; i < PIXELS; i++) {
    for (uint32_t k = 0; k < n_y; k++) {
      bounded logit = expected.Z2[k * PIXELS + i];
      double error = fabs((double)z[i * n_y + k] - logit.value);
      check(error <= PICTURE_SLACK * logit.bound, "logit %u of pixel %u is off by %g, bound %g", k,
            i, error, logit.bound);
    }
    check(is_colour_of(painted[i], ramp, n_y, expected.A2 + i), "pixel %u is %08x, at p = %g", i,
          painted[i], expected.A2[i].value);
  }
  network_paint(s.net, &picture, 0, 3, colours, bands);
  network_paint(s.net, &picture, 3, ROWS - 3, colours, bands + 3 * COLUMNS);
  check(memcmp(painted, bands, sizeof painted) == 0, "bands are not the whole picture");
  free(parameters);
  plain_free(&expected);
  subject_free(&s);
}

static void paints_what_it_predicts(void) {
  static const uint32_t hidden[] = {1, 4, 7};
  for (size_t h = 0; h < COUNT(hidden); h++) {
    for (uint32_t activation = SIGMOID; activation <= RELU; activation++) {
      for (uint32_t classes = 2; classes <= 4; classes++) {
        compare_picture(hidden[h], classes, activation, 0, 3, 0);
        compare_picture(hidden[h], classes, activation, X1_SQUARED | SIN_X2, 3, 0);
        compare_picture(hidden[h], classes, activation, 31, 3, 0);
        compare_picture(hidden[h], classes, activation, 0, 300, 0); /* exponents beyond floats' */
        compare_picture(hidden[h], classes, activation, 0, 1, 120); /* by their biases alone */
        picture = (grid){-1, 3.5f, 4.5f, 4, COLUMNS, ROWS};         /* off the middle */
        compare_picture(hidden[h], classes, activation, X1_SQUARED | SIN_X2, 3, 0);
        picture = (grid){-3, 3, 6, 6, COLUMNS, ROWS};
      }
    }
  }
}

/* A weight that is not finite: the first colour or none, never what lies beyond the table. */
static void paints_no_other_colour_where_p_is_not_a_number(void) {
  uint32_t ramp[256];
  for (uint32_t i = 0; i < 256; i++) ramp[i] = i + 1;
  static uint32_t painted[PIXELS];
  for (uint32_t classes = 2; classes <= 3; classes++) {
    for (uint32_t activation = SIGMOID; activation <= RELU; activation++) {
      network_options o = options_of(2, 4, classes, activation);
      network *net = network_create(&o);
      network_parameters(net)[0] = NAN;
      const uint32_t *colours = classes == 2 ? ramp : inks;
      network_paint(net, &picture, 0, ROWS, colours, painted);
      for (uint32_t i = 0; i < PIXELS; i++) {
        check(painted[i] == colours[0] || painted[i] == 0, "%u classes, %s: pixel %u is %08x",
              classes, activation_names[activation], i, painted[i]);
      }
      network_free(net);
    }
  }
}

/* Bit for bit: the units that stay, their slots and pins; and new ones are drawn from the seed. */
static void keeps_units_when_resized(void) {
  for (uint32_t classes = 2; classes <= 4; classes++) {
    network_options o = options_of(3, 5, classes, TANH);
    subject s = subject_create(&o, 20, 3);
    training_options t = DEFAULT_TRAINING;
    training_result result;
    t.optimizer = ADAM;
    check(train(s.net, s.d, &t, 7, NULL, &result) == OK, "train");
    network_pins(s.net)[1 * 3 + 2] = 1;        /* W1 of unit 1 */
    network_pins(s.net)[5 * 3 + 4] = 1;        /* b1 of unit 4 */
    network_pins(s.net)[s.net->count - 1] = 1; /* the last b2 */
    uint32_t bytes = network_state_bytes(s.net);
    network_state *before = malloc(bytes);
    memcpy(before, network_get_state(s.net), bytes);
    network was = *s.net;

    check(network_set_hidden(s.net, 8) == OK, "grow");
    check(network_get_state(s.net)->step == 7 && s.net->options.hidden == 8, "step or size");
    o.hidden = 8;
    network *fresh = network_create(&o);
    for (uint32_t part = 0; part < 3; part++) {
      layers old = layers_of(&was, parameters_of(before) + part * was.stride);
      layers new = layers_of(s.net, network_parameters(s.net) + part * s.net->stride);
      layers drawn = layers_of(fresh, network_parameters(fresh));
      for (uint32_t j = 0; j < 8; j++) {
        for (uint32_t i = 0; i < 3; i++) {
          float expected = j < 5 ? old.W1[j * 3 + i] : part ? 0 : drawn.W1[j * 3 + i];
          check(new.W1[j * 3 + i] == expected, "W1 of unit %u, part %u", j, part);
        }
        check(new.b1[j] == (j < 5 ? old.b1[j] : 0), "b1 of unit %u, part %u", j, part);
        for (uint32_t k = 0; k < s.net->n_y; k++) {
          float expected = j < 5 ? old.W2[k * 5 + j] : part ? 0 : drawn.W2[k * 8 + j];
          check(new.W2[k * 8 + j] == expected, "W2 of unit %u, part %u", j, part);
        }
      }
      for (uint32_t k = 0; k < s.net->n_y; k++) check(new.b2[k] == old.b2[k], "b2, part %u", part);
    }
    for (uint32_t i = 0; i < s.net->count; i++) {
      int pinned = i == 1 * 3 + 2 || i == 8 * 3 + 4 || i == s.net->count - 1;
      check(s.net->pins[i] == pinned, "pin of parameter %u is %u", i, s.net->pins[i]);
    }
    check(network_set_hidden(s.net, 5) == OK, "shrink");
    check(memcmp(before, network_get_state(s.net), bytes) == 0, "there and back is not the same");
    check(train(s.net, s.d, &t, 3, NULL, &result) == OK, "train after resizing");
    free(before);
    network_free(fresh);
    subject_free(&s);
  }
}

/* A wider network's first units start in the same proportions; streams keep inits in bounds. */
static void draws_starts(void) {
  network_options o = options_of(2, 4, 2, SIGMOID);
  network *four = network_create(&o);
  o.hidden = 9;
  network *nine = network_create(&o);
  double ratio = (double)network_parameters(nine)[0] / (double)network_parameters(four)[0];
  check(fabs(ratio - sqrt(6.0 / 11) / sqrt(6.0 / 6)) < 1e-6, "Glorot's limit: ratio %g", ratio);
  for (uint32_t i = 0; i < 8; i++) {
    double w = (double)network_parameters(four)[i];
    check(fabs((double)network_parameters(nine)[i] - ratio * w) < 1e-6, "W1[%u]", i);
  }
  network_free(four);
  network_free(nine);

  for (uint32_t init = GLOROT_UNIFORM; init <= ZEROS; init++) {
    o = options_of(3, 256, 4, SIGMOID);
    o.initializer = init;
    double squares[2] = {0, 0}, most[2] = {0, 0};
    for (uint32_t seed = 0; seed < 20; seed++) {
      o.seed = seed;
      network *net = network_create(&o);
      layers l = layers_of(net, network_parameters(net));
      for (uint32_t i = 0; i < 256 * 3; i++) {
        squares[0] += (double)l.W1[i] * (double)l.W1[i] / (20 * 768);
        most[0] = fmax(most[0], fabs((double)l.W1[i]));
      }
      for (uint32_t i = 0; i < 256 * 4; i++) {
        squares[1] += (double)l.W2[i] * (double)l.W2[i] / (20 * 1024);
        most[1] = fmax(most[1], fabs((double)l.W2[i]));
      }
      for (uint32_t j = 0; j < 256; j++) check(l.b1[j] == 0, "b1 starts at %g", (double)l.b1[j]);
      for (uint32_t k = 0; k < 4; k++) check(l.b2[k] == 0, "b2 starts at %g", (double)l.b2[k]);
      network_free(net);
    }
    /* A uniform number within l has variance l^2 / 3; some 16,000 draws give it within 5 %. */
    double fans[2][2] = {{3, 256}, {256, 4}};
    for (int layer = 0; layer < 2; layer++) {
      double in = fans[layer][0], out = fans[layer][1];
      double limit = init == GLOROT_UNIFORM ? sqrt(6 / (in + out)) : sqrt(6 / in);
      double variance = init == NORMAL ? 0.0025 : init == ZEROS ? 0 : limit * limit / 3;
      check(fabs(squares[layer] - variance) <= 0.05 * variance,
            "initializer %u: variance %g, not %g", init, squares[layer], variance);
      if (init == GLOROT_UNIFORM || init == HE_UNIFORM) {
        check(most[layer] <= limit && most[layer] > 0.99 * limit, "initializer %u: limit", init);
      }
    }
  }
}

static void refuses_what_is_outside(void) {
  const network_options good = options_of(2, 4, 2, SIGMOID);
  const struct {
    const char *what;
    network_options o;
  } bad[] = {
      {"seed -1", {-1, 2, 0, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"seed 0.5", {0.5, 2, 0, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"seed NaN", {NAN, 2, 0, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"seed 2^54", {0x1p54, 2, 0, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"seed infinite", {INFINITY, 2, 0, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"no inputs", {1, 0, 0, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"8 inputs", {1, 8, 0, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"features of 3 inputs", {1, 3, 1, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"feature 32", {1, 2, 32, 4, 2, SIGMOID, GLOROT_UNIFORM}},
      {"hidden 0", {1, 2, 0, 0, 2, SIGMOID, GLOROT_UNIFORM}},
      {"hidden 257", {1, 2, 0, 257, 2, SIGMOID, GLOROT_UNIFORM}},
      {"1 class", {1, 2, 0, 4, 1, SIGMOID, GLOROT_UNIFORM}},
      {"5 classes", {1, 2, 0, 4, 5, SIGMOID, GLOROT_UNIFORM}},
      {"activation 3", {1, 2, 0, 4, 2, 3, GLOROT_UNIFORM}},
      {"initializer 4", {1, 2, 0, 4, 2, SIGMOID, 4}},
  };
  for (size_t i = 0; i < COUNT(bad); i++) {
    check(network_create(&bad[i].o) == NULL, "takes %s", bad[i].what);
  }
  check(!data_create(0, 0, 2) && !data_create(8, 0, 2) && !data_create(2, 32, 2) &&
            !data_create(3, 1, 2) && !data_create(2, 0, 1) && !data_create(2, 0, 5),
        "data_create takes what is outside");

  network *net = network_create(&good);
  data *d = data_create(2, 0, 2);
  const float x[] = {1, 2, 3, 4};
  const uint8_t y[] = {0, 1};
  check(data_set(d, x, y, 2) == OK && data_count(d) == 2, "data_set");
  static const float wrong[] = {NAN, INFINITY, -INFINITY, 1.1e6f, -1.1e6f};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    const float bad_x[] = {1, 2, 3, wrong[i]};
    check(data_set(d, bad_x, y, 2) == BAD_ARGUMENT, "takes x = %g", (double)wrong[i]);
  }
  const uint8_t bad_y[] = {0, 2};
  check(data_set(d, x, bad_y, 2) == BAD_ARGUMENT, "takes class 2 of 2");
  check(data_set(d, x, y, MAX_EXAMPLES + 1) == BAD_ARGUMENT, "takes 20,001 examples");
  check(data_count(d) == 2 && d->x[0] == 1, "a refusal changed the data");

  training_options t = DEFAULT_TRAINING;
  training_result result;
  evaluation e;
  float dW[17];
  double J;
  uint32_t before[2], after[2];
  network_hash(net, before);
  t.optimizer = 3;
  check(train(net, d, &t, 1, NULL, &result) == BAD_ARGUMENT, "takes optimizer 3");
  t.optimizer = SGD;
  check(train(net, d, &t, 0, NULL, &result) == BAD_ARGUMENT, "takes 0 steps");
  check(train(net, d, &t, NAN, NULL, &result) == BAD_ARGUMENT, "takes NaN steps");
  data *others[] = {data_create(3, 0, 2), data_create(2, 1, 2), data_create(2, 0, 3),
                    data_create(2, 0, 2)};
  for (size_t i = 0; i < COUNT(others); i++) {
    const float ones[] = {1, 1, 1};
    const uint8_t zero[] = {0};
    check(data_set(others[i], ones, zero, i < 3 ? 1 : 0) == OK, "data_set");
    check(train(net, others[i], &t, 1, NULL, &result) == BAD_ARGUMENT, "trains on data %zu", i);
    check(evaluate(net, others[i], &t, &e) == BAD_ARGUMENT, "evaluates data %zu", i);
    check(network_gradients(net, others[i], NULL, dW, NULL, NULL, &J) == BAD_ARGUMENT, "data %zu", i);
    network_forward(net, others[i], NULL, NULL, NULL, NULL);
    data_free(others[i]);
  }
  check(network_set_hidden(net, 0) == BAD_ARGUMENT &&
            network_set_hidden(net, 257) == BAD_ARGUMENT &&
            network_set_activation(net, 3) == BAD_ARGUMENT,
        "set_hidden or set_activation takes what is outside");
  network_hash(net, after);
  check(memcmp(before, after, sizeof before) == 0, "a refusal changed the network");
  network_free(net);
  data_free(d);
  network_free(NULL);
  data_free(NULL);
}

/* The state block, copied out and in again, is a rewind; slices of steps are the whole. */
static void rewinds_and_resumes(void) {
  for (uint32_t optimizer = SGD; optimizer <= ADAM; optimizer++) {
    network_options o = options_of(2, 6, 2, TANH);
    subject s = subject_create(&o, 50, 3);
    training_options t = DEFAULT_TRAINING;
    t.optimizer = optimizer;
    t.learning_rate = 0.1f;
    t.batch_size = 7;
    t.shuffle = 1;
    training_result result;
    uint32_t bytes = network_state_bytes(s.net);
    check(train(s.net, s.d, &t, 10, NULL, &result) == OK, "train");
    void *kept = malloc(bytes);
    memcpy(kept, network_get_state(s.net), bytes);
    uint32_t whole[2], sliced[2];
    check(train(s.net, s.d, &t, 20, NULL, &result) == OK, "train");
    network_hash(s.net, whole);
    memcpy(network_get_state(s.net), kept, bytes);
    for (uint32_t slice = 1; slice <= 5; slice++) {
      check(train(s.net, s.d, &t, slice, NULL, &result) == OK, "train");
    }
    check(train(s.net, s.d, &t, 5, NULL, &result) == OK, "train");
    network_hash(s.net, sliced);
    check(memcmp(whole, sliced, sizeof whole) == 0, "optimizer %u: slices differ", optimizer);
    free(kept);
    subject_free(&s);
  }
}

/* FNV-1a, 64 bits, by hand. */
static uint64_t fnv(uint64_t hash, const void *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) hash = (hash ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
  return hash;
}

/* Over step, epoch, the optimiser's step, position, the optimiser, parameters, the slots it has. */
static void hashes_all_of_the_state(void) {
  for (uint32_t optimizer = SGD; optimizer <= ADAM; optimizer++) {
    network_options o = options_of(2, 5, 3, TANH);
    subject s = subject_create(&o, 50, 3);
    training_options t = DEFAULT_TRAINING;
    training_result result;
    t.optimizer = optimizer;
    t.batch_size = 7;
    check(train(s.net, s.d, &t, 11, NULL, &result) == OK, "train");
    const network_state *state = network_get_state(s.net);
    check(state->step == 11 && state->epoch == 1 && state->position == 21, "where 11 steps lead");
    uint64_t step = 11, epoch = 1, expected = 14695981039346656037u;
    expected = fnv(expected, &step, 8);
    expected = fnv(expected, &epoch, 8);
    expected = fnv(expected, &step, 8);
    expected = fnv(expected, &state->position, 4);
    expected = fnv(expected, &optimizer, 4);
    for (uint32_t part = 0; part <= optimizer; part++) {
      expected = fnv(expected, network_parameters(s.net) + part * network_parameter_stride(s.net),
                     s.net->count * sizeof(float));
    }
    uint32_t hash[2];
    network_hash(s.net, hash);
    check(hash[0] == (uint32_t)expected && hash[1] == (uint32_t)(expected >> 32),
          "optimizer %u: %08x%08x", optimizer, hash[1], hash[0]);
    subject_free(&s);
  }
}

/* Each of four corners its class: 5,000 steps at alpha = 1, from 20 starts. */
static void learns_xor(void) {
  const float x[] = {0, 0, 0, 1, 1, 0, 1, 1};
  const uint8_t y[] = {0, 1, 1, 0};
  int solved = 0;
  for (uint32_t seed = 1; seed <= 20; seed++) {
    network_options o = options_of(2, 4, 2, SIGMOID);
    o.seed = seed;
    network *net = network_create(&o);
    data *d = data_create(2, 0, 2);
    check(data_set(d, x, y, 4) == OK, "data_set");
    training_options t = DEFAULT_TRAINING;
    training_result result;
    evaluation e;
    check(train(net, d, &t, 5000, NULL, &result) == OK, "train");
    check(evaluate(net, d, &t, &e) == OK, "evaluate");
    solved += e.data_loss < 0.1f && e.correct == 4;
    network_free(net);
    data_free(d);
  }
  printf("    %d of 20 starts\n", solved);
  check(solved >= 18, "solved from %d of 20 starts", solved);
}

int main(void) {
  run("one unit, one example, worked by hand", agrees_with_the_hand);
  run("m of 1 to 257: every quantity within its bound, J and gradients within 1e-6",
      computes_every_m);
  run("m of 1 to 33, units by fours", computes_a_few_examples);
  run("n_x of 1 to 7", computes_every_n_x);
  run("256 hidden units", computes_256_units);
  run("1,000 examples, 64 hidden units", computes_1000_examples);
  run("features", computes_features);
  run("units far from the rest", computes_far_units);
  run("exponents from 60 on are 60", clamps_from_60_on);
  run("reads nothing that it has not written", reads_no_scratch);
  run("large weights and inputs up to 1e6", computes_far_from_the_start);
  run("examples that are far away change no others", far_examples_change_no_others);
  run("paints what it predicts, band by band", paints_what_it_predicts);
  run("paints the first colour or none where p is not a number",
      paints_no_other_colour_where_p_is_not_a_number);
  run("gives what is wanted, and no more", gives_what_is_wanted);
  run("takes more and more examples", takes_more_and_more_examples);
  run("other units stay when one comes or goes", keeps_units_when_resized);
  run("initial weights have their distributions", draws_starts);
  run("refuses what is outside the limits, and nothing has changed", refuses_what_is_outside);
  run("a copied state is a rewind, and slices make the whole", rewinds_and_resumes);
  run("the hash is FNV-1a of all the state", hashes_all_of_the_state);
  run("learns XOR", learns_xor);
  return finish();
}
