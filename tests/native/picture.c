/* The small pictures, the loss over two parameters, and many runs at once. */
#include "colour.h"
#include "subject.h"
#include "vector_math.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { COLUMNS = 251, ROWS = 5, PIXELS = COLUMNS * ROWS };
static const grid plane = {-3, 3, 6, 6, COLUMNS, ROWS};

static double across(const grid *g, uint32_t c) {
  return (double)g->left + (c + 0.5) * (double)g->width / g->columns;
}
static double up(const grid *g, uint32_t r) {
  return (double)g->top - (r + 0.5) * (double)g->height / g->rows;
}

/* colours[i] = i, so that a pixel says which of them it has. */
static void number_colours(uint32_t colours[256]) {
  for (uint32_t i = 0; i < 256; i++) colours[i] = i;
}

/* The right number, or its neighbour where the value is within the slack of the boundary. */
static void expect_colour(uint32_t got, double value, double slack, const char *what,
                          uint32_t pixel) {
  double least = floor(fmax(0, value - slack) * 255 + 0.5),
         most = floor(fmin(1, value + slack) * 255 + 0.5);
  check(got >= least && got <= most, "%s: pixel %u has colour %u, not that of %g", what, pixel, got,
        value);
}

/* Every cell of logits, what is beyond the last, and what is no number. */
static void shades_logits(void) {
  enum { TURNS = 8, STEPS = TURNS * 1024 };
  uint32_t colours[256], pixels[TILE];
  number_colours(colours);
  network_options o = options_of(2, 1, 2, SIGMOID);
  network *net = network_create(&o);
  for (int from = -STEPS; from <= STEPS; from += (int)TILE) {
    for (int c = 0; c < (int)TILE; c++) net->Z[c] = (float)(from + c) / 1024;
    colour_logits(net, TILE, TILE, colours, pixels);
    for (int c = 0; c < (int)TILE; c++) {
      int i = from + c;
      double p = 1 / (1 + exp(-i / 1024.0));
      check(fabs(pixels[c] - 255 * p) <= 0.5 + 255.0 / 4096, "logit %d/1024 has shade %u", i,
            pixels[c]);
      check((pixels[c] >= 128) == (i >= 0), "logit %d/1024 is on the wrong side: %u", i, pixels[c]);
    }
  }
  const float extremes[] = {-INFINITY, -3e38f, NAN, 3e38f, INFINITY, -1e-30f, 1e-30f};
  const uint32_t expected[] = {0, 0, 0, 255, 255, 128, 128};
  for (uint32_t count = 0; count <= 7; count++) {
    uint32_t out[8] = {7, 7, 7, 7, 7, 7, 7, 7};
    memcpy(net->Z, extremes, sizeof extremes);
    colour_logits(net, 8, count, colours, out);
    for (uint32_t i = 0; i < 8; i++) {
      uint32_t wanted = i < count ? expected[i] : 7;
      check(out[i] == wanted, "pixel %u of %u has colour %u, not %u", i, count, out[i], wanted);
    }
  }
  network_free(net);
}

/*
 * Weights far beyond a trained network's: units that are as steep as can be separated, with large
 * output weights; and one whose weight of x1 is infinite in the scale of its exponent.
 */
static void paints_far_weights(void) {
  static uint32_t pixels[PIXELS];
  static float z[PIXELS];
  uint32_t colours[256];
  number_colours(colours);
  for (uint32_t g = SIGMOID; g <= TANH; g++) {
    network_options o = options_of(2, 4, 2, g);
    network *net = network_create(&o);
    layers l = layers_of(net, network_parameters(net));
    float scale = g == TANH ? 2 * LOG2_E_F : LOG2_E_F;
    for (uint32_t j = 0; j < 4; j++) {
      l.W1[2 * j] = (j & 1 ? 49.9f : -49.9f) / 3 / scale;
      l.W1[2 * j + 1] = (j & 2 ? 49.9f : -49.9f) / 3 / scale;
      l.W2[j] = j % 2 ? 0x1p24f : -0x1p24f;
    }
    network_paint(net, &plane, 0, ROWS, colours, pixels);
    network_logits(net, &plane, 0, ROWS, z);
    for (uint32_t i = 0; i < PIXELS; i++) {
      double x1 = across(&plane, i % COLUMNS), x2 = up(&plane, i / COLUMNS), sum = 0;
      for (uint32_t j = 0; j < 4; j++) {
        double z1 = (double)l.W1[2 * j] * x1 + (double)l.W1[2 * j + 1] * x2;
        sum += (double)l.W2[j] * (g == TANH ? tanh(z1) : 1 / (1 + exp(-z1)));
      }
      check(fabs((double)z[i] - sum) <= 1e-5 * 0x1p26, "%s: logit %g, not %g", activation_names[g],
            (double)z[i], sum);
      check(fabs(sum) < 1000 || pixels[i] == (sum > 0 ? 255 : 0), "%s: colour %u at %g",
            activation_names[g], pixels[i], sum);
    }
    for (uint32_t j = 0; j < 4; j++) l.W1[2 * j] = l.W1[2 * j + 1] = 0, l.W2[j] = 1;
    l.W1[0] = 3e38f;
    network_paint(net, &plane, 0, 1, colours, pixels);
    check(pixels[0] < pixels[COLUMNS - 1] && pixels[0] > 0, "%s: from %u to %u",
          activation_names[g], pixels[0], pixels[COLUMNS - 1]);
    network_free(net);
  }
}

static void paints_hidden_units(void) {
  static uint32_t pixels[PIXELS], bands[PIXELS];
  uint32_t colours[256];
  number_colours(colours);
  for (uint32_t g = SIGMOID; g <= RELU; g++) {
    for (uint32_t features = 0; features < 32; features += 31) {
      network_options o = options_of(2, 5, 2 + g, g);
      o.features = features;
      subject s = subject_create(&o, 4, 3);
      subject_perturb(&s, 1);
      const float *w = network_parameters(s.net);
      for (uint32_t unit = 0; unit < 5; unit++) {
        network_paint_unit(s.net, &plane, unit, 0, ROWS, colours, pixels);
        network_paint_unit(s.net, &plane, unit, 0, 2, colours, bands);
        network_paint_unit(s.net, &plane, unit, 2, ROWS - 2, colours, bands + 2 * COLUMNS);
        check(memcmp(pixels, bands, sizeof pixels) == 0, "bands are not the whole picture");
        for (uint32_t i = 0; i < PIXELS; i++) {
          double x1 = across(&plane, i % COLUMNS), x2 = up(&plane, i / COLUMNS);
          double row[] = {x1, x2, x1 * x1, x2 * x2, x1 * x2, sin(x1), sin(x2)};
          double z = (double)w[5 * s.net->n_x + unit];
          for (uint32_t k = 0; k < s.net->n_x; k++) z += (double)w[unit * s.net->n_x + k] * row[k];
          double value = g == SIGMOID ? 1 / (1 + exp(-z))
                         : g == TANH  ? (tanh(z) + 1) / 2
                         : z > 0      ? z / (1 + z)
                                      : 0;
          expect_colour(pixels[i], value, 1e-5, activation_names[g], i);
        }
      }
      subject_free(&s);
    }
  }
}

/* p over the unit square of a1 and a2; one input, seven and two. */
static void paints_hidden_space(void) {
  static uint32_t pixels[PIXELS];
  static const uint32_t inks[] = {0x00000001u, 0x00000100u, 0x00010000u, 0x01000000u};
  const grid square = {0, 1, 1, 1, COLUMNS, ROWS};
  uint32_t colours[256];
  number_colours(colours);
  for (uint32_t inputs = 1; inputs <= 7; inputs += 3) {
    for (uint32_t classes = 2; classes <= 4; classes++) {
      network_options o = options_of(inputs, 2, classes, SIGMOID);
      subject s = subject_create(&o, 4, 3);
      subject_perturb(&s, 2);
      uint32_t n_y = s.net->n_y;
      layers l = layers_of(s.net, network_parameters(s.net));
      uint32_t bright[MAX_CLASSES];
      for (uint32_t k = 0; k < n_y; k++) bright[k] = inks[k] * 255;
      network_paint_hidden(s.net, &square, 0, ROWS, n_y == 1 ? colours : bright, pixels);
      for (uint32_t i = 0; i < PIXELS; i++) {
        double z[MAX_CLASSES], sum = 0;
        for (uint32_t k = 0; k < n_y; k++) {
          z[k] = (double)l.W2[2 * k] * across(&square, i % COLUMNS) +
                 (double)l.W2[2 * k + 1] * up(&square, i / COLUMNS) + (double)l.b2[k];
          sum += exp(z[k]);
        }
        if (n_y == 1) {
          expect_colour(pixels[i], 1 / (1 + exp(-z[0])), 1.0 / 4096 + 1e-5, "p", i);
          continue;
        }
        for (uint32_t k = 0; k < n_y; k++) {
          expect_colour(pixels[i] >> (8 * k) & 255, exp(z[k]) / sum, 1e-5, "p of a class", i);
        }
      }
      subject_free(&s);
    }
  }
}

/* J on a grid is J of a network whose two parameters are set to the grid's values. */
static void maps_the_loss(void) {
  for (uint32_t classes = 2; classes <= 4; classes++) {
    for (uint32_t g = SIGMOID; g <= RELU; g++) {
      network_options o = options_of(2, 4, classes, g);
      subject s = subject_create(&o, 250, 3);
      uint32_t count = s.net->count;
      const uint32_t pairs[][2] = {{0, 3}, {8, 9}, {count - 1, 0}, {12, count - 2}, {5, 5}};
      for (size_t p = 0; p < COUNT(pairs); p++) {
        const grid where = {-2, 3, 4, 5, 7, 6};
        float J[42], bands[42];
        uint32_t before[2], after[2];
        network_hash(s.net, before);
        check(network_loss_grid(s.net, s.d, &where, pairs[p][0], pairs[p][1], 0, 6, J) == OK,
              "network_loss_grid");
        check(network_loss_grid(s.net, s.d, &where, pairs[p][0], pairs[p][1], 0, 1, bands) == OK &&
                  network_loss_grid(s.net, s.d, &where, pairs[p][0], pairs[p][1], 1, 5,
                                    bands + 7) == OK,
              "bands");
        check(memcmp(J, bands, sizeof J) == 0, "bands are not the whole");
        network_hash(s.net, after);
        check(memcmp(before, after, sizeof before) == 0, "the network has changed");
        float *w = network_parameters(s.net);
        float kept0 = w[pairs[p][0]], kept1 = w[pairs[p][1]];
        for (uint32_t i = 0; i < 42; i++) {
          training_options t = DEFAULT_TRAINING;
          evaluation e;
          w[pairs[p][0]] = (float)across(&where, i % 7);
          w[pairs[p][1]] = (float)up(&where, i / 7);
          check(evaluate(s.net, s.d, &t, &e) == OK, "evaluate");
          double error = fabs((double)J[i] - (double)e.data_loss);
          check(p == 4 || error <= 2e-6 * (1 + (double)e.data_loss), "%s, pair %zu: J %g, not %g",
                activation_names[g], p, (double)J[i], (double)e.data_loss);
        }
        w[pairs[p][0]] = kept0;
        w[pairs[p][1]] = kept1;
      }
      float one;
      const grid tiny = {0, 0, 1, 1, 1, 1};
      check(network_loss_grid(s.net, s.d, &tiny, count, 0, 0, 1, &one) == BAD_ARGUMENT &&
                network_loss_grid(s.net, s.d, &tiny, 0, count, 0, 1, &one) == BAD_ARGUMENT,
            "takes a parameter that is not there");
      data *other = data_create(3, 0, classes);
      check(network_loss_grid(s.net, other, &tiny, 0, 1, 0, 1, &one) == BAD_ARGUMENT,
            "takes other data");
      data_free(other);
      subject_free(&s);
    }
  }
}

/* Each of many runs has the bits of a network alone, in any slicing; one that diverges stays
 * behind. */
static void many_runs_are_each_their_own(void) {
  enum { RUNS = 9 };
  for (uint32_t optimizer = SGD; optimizer <= ADAM; optimizer++) {
    network_options o = options_of(2, 4, 2, RELU);
    o.initializer = HE_UNIFORM;
    o.seed = 40;
    subject s = subject_create(&o, 60, 3);
    training_options t = DEFAULT_TRAINING;
    t.optimizer = optimizer;
    t.learning_rate = optimizer == SGD ? 20 : 0.5f; /* some diverge */
    t.batch_size = 7;
    t.shuffle = 1;
    runs *whole = runs_create(&o, RUNS), *sliced = runs_create(&o, RUNS);
    training_result results[RUNS], slice[RUNS];
    uint32_t hashes[2 * RUNS], slice_hashes[2 * RUNS];
    check(runs_train(whole, s.d, &t, 40, 0, RUNS, results, hashes) == OK, "runs_train");
    for (uint32_t round = 0; round < 4; round++) {
      for (uint32_t first = 0; first < RUNS; first += 2) {
        uint32_t count = RUNS - first < 2 ? RUNS - first : 2;
        check(runs_train(sliced, s.d, &t, 10, first, count, slice + first,
                         slice_hashes + 2 * first) == OK,
              "slice");
      }
    }
    check(memcmp(hashes, slice_hashes, sizeof hashes) == 0, "slices have other bits");
    int diverged = 0;
    for (uint32_t i = 0; i < RUNS; i++) {
      o.seed = 40 + i;
      network *alone = network_create(&o);
      training_result result;
      uint32_t hash[2], shown[2];
      enum status status = train(alone, s.d, &t, 40, NULL, &result);
      diverged += status == DIVERGED;
      network_hash(alone, hash);
      network_hash(runs_network(whole, i), shown);
      check(memcmp(hash, hashes + 2 * i, 8) == 0 && memcmp(hash, shown, 8) == 0,
            "run %u has other bits", i);
      check(result.steps == results[i].steps && result.parameter == results[i].parameter &&
                bits_of(result.loss) == bits_of(results[i].loss) &&
                bits_of(result.data_loss) == bits_of(results[i].data_loss),
            "run %u has another result", i);
      network_free(alone);
    }
    if (optimizer == SGD) printf("    %d of %d diverge\n", diverged, RUNS);
    check(optimizer != SGD || (diverged > 0 && diverged < RUNS), "%d of %d diverge", diverged,
          RUNS);
    check(runs_train(whole, s.d, &t, 1, 1, RUNS, results, hashes) == BAD_ARGUMENT &&
              runs_train(whole, s.d, &t, 1, RUNS + 1, 0, results, hashes) == BAD_ARGUMENT &&
              runs_train(whole, s.d, &t, 0, 0, 1, results, hashes) == BAD_ARGUMENT,
          "takes runs that are not there, or no steps");
    o.hidden = 0;
    check(runs_create(&o, 1) == NULL, "runs of 0 hidden units");
    o.hidden = 4;
    check(runs_create(&o, 0) == NULL, "no runs");
    check(runs_create(&o, UINT32_MAX) == NULL, "more runs than memory can hold");
    runs_free(whole);
    runs_free(sliced);
    runs_free(NULL);
    subject_free(&s);
  }
}

/* Sums over an epoch's batches: those of its steps one by one, with the examples' correct ones. */
static void an_epoch_has_the_sums_of_its_steps(void) {
  for (uint32_t classes = 2; classes <= 4; classes++) {
    network_options o = options_of(2, 4, classes, TANH);
    subject s = subject_create(&o, 53, 3);
    network *steps = network_create(&o);
    training_options t = DEFAULT_TRAINING;
    t.batch_size = 10;
    t.shuffle = 1;
    t.l2 = 0.01f;
    t.learning_rate = 0.2f;
    for (int epoch = 0; epoch < 5; epoch++) {
      training_result result, one;
      epoch_sums sums;
      double loss = 0, data_loss = 0;
      if (epoch == 2) { /* in mid-epoch what is left of it is taken */
        check(train(s.net, s.d, &t, 2, NULL, &result) == OK &&
                  train(steps, s.d, &t, 2, NULL, &one) == OK,
              "train");
      }
      uint32_t first = epoch == 2 ? 20 : 0;
      check(train_epoch(s.net, s.d, &t, &result, &sums) == OK, "train_epoch");
      for (uint32_t position = first; position < 53; position += 10) {
        uint32_t b = 53 - position < 10 ? 53 - position : 10;
        check(train(steps, s.d, &t, 1, NULL, &one) == OK, "train");
        loss += b * (double)one.loss;
        data_loss += b * (double)one.data_loss;
      }
      check(sums.examples == 53 - first, "%u examples", sums.examples);
      check(fabs(sums.loss - loss) < 1e-5 && fabs(sums.data_loss - data_loss) < 1e-5,
            "sums %g, %g, not %g, %g", sums.loss, sums.data_loss, loss, data_loss);
      check(sums.correct <= sums.examples, "%u correct", sums.correct);
      uint32_t a[2], b[2];
      network_hash(s.net, a);
      network_hash(steps, b);
      check(memcmp(a, b, sizeof a) == 0, "an epoch is not its steps");
    }
    /* At rate 0 nothing moves: an epoch's sums are those of an evaluation. */
    training_result result;
    epoch_sums sums;
    evaluation e;
    t.learning_rate = 0;
    t.batch_size = classes == 3 ? 0 : 10; /* of all, or in batches */
    check(train_epoch(s.net, s.d, &t, &result, &sums) == OK && evaluate(s.net, s.d, &t, &e) == OK,
          "evaluate");
    check(sums.correct == e.correct, "%u correct, not %u", sums.correct, e.correct);
    check(fabs(sums.loss / 53 - (double)e.loss) < 1e-6 &&
              fabs(sums.data_loss / 53 - (double)e.data_loss) < 1e-6,
          "sums");
    network_free(steps);
    subject_free(&s);
  }
}

int main(void) {
  run("a logit has the shade of its probability", shades_logits);
  run("paints weights that are far out", paints_far_weights);
  run("paints a hidden unit over the plane", paints_hidden_units);
  run("paints the output over two hidden units, for any inputs", paints_hidden_space);
  run("J over two parameters is J with them set", maps_the_loss);
  run("many runs are each their own", many_runs_are_each_their_own);
  run("an epoch has the sums of its steps", an_epoch_has_the_sums_of_its_steps);
  return finish();
}
