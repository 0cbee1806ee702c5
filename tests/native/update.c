/* One update against the formulas by hand in float64: optimisers, penalties, pins, divergence. */
#include "subject.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const optimizer_names[] = {"sgd", "momentum", "adam"};

typedef struct {
  float *w, *first, *second; /* the parameters and the optimiser's slots, (count) each; copies */
  network_state header;
} snapshot;

static snapshot snapshot_of(network *net) {
  snapshot s;
  size_t bytes = net->count * sizeof(float);
  s.header = *network_get_state(net);
  float *parts[3];
  for (uint32_t part = 0; part < 3; part++) {
    parts[part] = malloc(bytes);
    memcpy(parts[part], network_parameters(net) + part * net->stride, bytes);
  }
  s.w = parts[0];
  s.first = parts[1];
  s.second = parts[2];
  return s;
}

static void snapshot_free(snapshot *s) {
  free(s->w);
  free(s->first);
  free(s->second);
}

static int is_kernel(const network *net, uint32_t i) {
  uint32_t W1 = net->n_h * net->n_x;
  return i < W1 || (i >= W1 + net->n_h && i < W1 + net->n_h + net->n_y * net->n_h);
}

static void expect(double got, double expected, double bound, const char *what, uint32_t i,
                   const char *setting) {
  check(fabs(got - expected) <= bound + 1e-44, "%s: %s of parameter %u is %.9g, not %.9g", setting,
        what, i, got, expected);
}

/*
 * One step from `before`, with gradients of J as the network gave them there. Bounds: u for each
 * rounding of the size that is rounded. Adam's step is computed from the new slots as they are,
 * so that their own errors are not counted twice.
 */
static void compare_step(const network *net, const snapshot *before, const snapshot *after,
                         const float *dW, const training_options *o, const char *setting) {
  double alpha = (double)o->learning_rate;
  double t = before->header.optimizer_step + 1;
  double beta1 = (double)o->beta1, beta2 = (double)o->beta2;
  double rate = alpha * sqrt(1 - pow(beta2, t)) / (1 - pow(beta1, t));
  for (uint32_t i = 0; i < net->count; i++) {
    double w = (double)before->w[i], got = (double)after->w[i];
    double m = (double)before->first[i], v = (double)before->second[i];
    double m_got = (double)after->first[i], v_got = (double)after->second[i];
    double g = (double)dW[i], error = 0;
    if (is_kernel(net, i)) {
      double pull = (double)o->l1 * ((w > 0) - (w < 0)) + 2 * (double)o->l2 * w;
      g += pull;
      error = U * (fabs(g) + 4 * fabs(pull));
    }
    switch (o->optimizer) {
      case SGD:
        expect(got, w - alpha * g, U * fabs(got) + alpha * (error + 2 * U * fabs(g)), "w", i,
               setting);
        break;
      case MOMENTUM: {
        double velocity = (double)o->momentum * m - alpha * g;
        double bound = alpha * (error + 2 * U * fabs(g)) +
                       2 * U * (fabs((double)o->momentum * m) + fabs(velocity));
        expect(m_got, velocity, bound, "v", i, setting);
        expect(got, w + m_got, U * fabs(got), "w", i, setting);
        break;
      }
      default: {
        double first = m + (g - m) * (1 - beta1), second = v + (g * g - v) * (1 - beta2);
        expect(m_got, first, error + 4 * U * (fabs(m) + fabs(g)), "m", i, setting);
        expect(v_got, second, 2 * fabs(g) * error + 4 * U * (v + g * g), "v", i, setting);
        double step = rate * m_got / (sqrt(v_got) + (double)o->epsilon);
        expect(got, w - step, U * fabs(got) + 8 * U * fabs(step), "w", i, setting);
      }
    }
  }
  check(after->header.step == before->header.step + 1, "%s: step", setting);
  check(after->header.optimizer_step == t, "%s: the optimiser's step", setting);
}

static void follows_the_formulas(void) {
  static const float penalties[][2] = {{0, 0}, {0.01f, 0}, {0, 0.02f}, {0.003f, 0.005f}};
  for (uint32_t optimizer = SGD; optimizer <= ADAM; optimizer++) {
    for (uint32_t classes = 2; classes <= 4; classes++) {
      for (size_t p = 0; p < COUNT(penalties); p++) {
        network_options o = options_of(2, 5, classes, (uint32_t)p % 3);
        subject s = subject_create(&o, 30, 3);
        training_options t = DEFAULT_TRAINING;
        t.optimizer = optimizer;
        t.learning_rate = optimizer == ADAM ? 0.02f : 0.3f;
        t.l1 = penalties[p][0];
        t.l2 = penalties[p][1];
        char setting[64];
        snprintf(setting, sizeof setting, "%s, %u classes, l1 %g, l2 %g",
                 optimizer_names[optimizer], classes, (double)t.l1, (double)t.l2);
        float *dW = calloc(s.net->count, sizeof(float));
        for (int step = 0; step < 60; step++) {
          training_result result;
          double J;
          check(network_gradients(s.net, s.d, NULL, dW, NULL, NULL, &J) == OK, "gradients");
          snapshot before = snapshot_of(s.net);
          check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
          snapshot after = snapshot_of(s.net);
          compare_step(s.net, &before, &after, dW, &t, setting);
          double penalty = 0;
          for (uint32_t i = 0; i < s.net->count; i++) {
            double w = (double)before.w[i];
            if (is_kernel(s.net, i)) penalty += (double)t.l1 * fabs(w) + (double)t.l2 * w * w;
          }
          expect((double)result.data_loss, J, U * J, "J", 0, setting);
          expect((double)result.loss, J + penalty, U * (J + penalty), "loss", 0, setting);
          snapshot_free(&before);
          snapshot_free(&after);
        }
        free(dW);
        subject_free(&s);
      }
    }
  }
}

/* A kernel at 0 has no sign: L1 leaves it where it is. */
static void l1_leaves_zero_alone(void) {
  network_options o = options_of(2, 3, 2, SIGMOID);
  o.initializer = ZEROS;
  subject s = subject_create(&o, 4, 3);
  training_options t = DEFAULT_TRAINING;
  training_result result;
  t.l1 = 0.5f;
  check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
  for (uint32_t i = 0; i < 6; i++) {
    check(network_parameters(s.net)[i] == 0, "W1[%u] is %g", i,
          (double)network_parameters(s.net)[i]);
  }
  subject_free(&s);
}

/* Another optimiser starts with empty slots and t = 0; the same one goes on with its own. */
static void empties_the_slots_of_another_optimizer(void) {
  network_options o = options_of(2, 5, 2, TANH);
  subject s = subject_create(&o, 30, 3);
  static const uint32_t sequence[] = {ADAM, ADAM, MOMENTUM, MOMENTUM, SGD,
                                      ADAM, SGD,  MOMENTUM, ADAM};
  double t_expected = 0;
  float dW[64];
  for (size_t k = 0; k < COUNT(sequence); k++) {
    training_options t = DEFAULT_TRAINING;
    training_result result;
    double J;
    t.optimizer = sequence[k];
    t.learning_rate = 0.05f;
    t_expected = k && sequence[k] == sequence[k - 1] ? t_expected : 0;
    check(network_gradients(s.net, s.d, NULL, dW, NULL, NULL, &J) == OK, "gradients");
    snapshot before = snapshot_of(s.net);
    if (t_expected == 0) {
      memset(before.first, 0, s.net->count * sizeof(float));
      memset(before.second, 0, s.net->count * sizeof(float));
      before.header.optimizer_step = 0;
    }
    check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
    snapshot after = snapshot_of(s.net);
    compare_step(s.net, &before, &after, dW, &t, optimizer_names[sequence[k]]);
    t_expected++;
    snapshot_free(&before);
    snapshot_free(&after);
  }
  subject_free(&s);
}

/* A first step that another optimiser can't take leaves the slots of the one before. */
static void keeps_the_slots_if_another_optimizer_fails(void) {
  for (uint32_t kept = SGD; kept <= ADAM; kept++) {
    for (uint32_t tried = SGD; tried <= ADAM; tried++) {
      network_options o = options_of(2, 5, 2, TANH);
      subject s = subject_create(&o, 30, 3);
      training_options t = DEFAULT_TRAINING;
      training_result result;
      t.optimizer = kept;
      t.learning_rate = 0.05f;
      check(train(s.net, s.d, &t, 7, NULL, &result) == OK, "train");
      uint32_t bytes = network_state_bytes(s.net), hash[2], after[2];
      network_state *copy = malloc(bytes);
      memcpy(copy, network_get_state(s.net), bytes);
      network_hash(s.net, hash);
      t.optimizer = tried;
      t.learning_rate = 3e38f;
      t.l2 = 1e30f; /* a gradient that 3e38 times overflows */
      check(train(s.net, s.d, &t, 3, NULL, &result) == DIVERGED && result.steps == 0, "%s after %s",
            optimizer_names[tried], optimizer_names[kept]);
      network_hash(s.net, after);
      check(memcmp(hash, after, sizeof hash) == 0, "%s after %s: another hash",
            optimizer_names[tried], optimizer_names[kept]);
      check(memcmp(copy, network_get_state(s.net), bytes) == 0, "%s after %s: another state",
            optimizer_names[tried], optimizer_names[kept]);
      free(copy);
      subject_free(&s);
    }
  }
}

/* A pinned parameter and its slots keep their bits; the first step of the others is as without. */
static void holds_what_is_pinned(void) {
  for (uint32_t optimizer = SGD; optimizer <= ADAM; optimizer++) {
    network_options o = options_of(2, 6, 3, SIGMOID);
    subject s = subject_create(&o, 25, 3);
    training_options t = DEFAULT_TRAINING;
    training_result result;
    t.optimizer = optimizer;
    t.l2 = 0.01f;
    check(train(s.net, s.d, &t, 4, NULL, &result) == OK, "train");
    uint32_t bytes = network_state_bytes(s.net);
    void *kept = malloc(bytes);
    memcpy(kept, network_get_state(s.net), bytes);
    snapshot before = snapshot_of(s.net);
    check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
    snapshot free_step = snapshot_of(s.net);
    memcpy(network_get_state(s.net), kept, bytes);
    for (uint32_t i = 0; i < s.net->count; i += 3) network_pins(s.net)[i] = 1;
    check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
    snapshot pinned = snapshot_of(s.net);
    for (uint32_t i = 0; i < s.net->count; i++) {
      const snapshot *expected = i % 3 == 0 ? &before : &free_step;
      check(bits_of(pinned.w[i]) == bits_of(expected->w[i]), "%s: parameter %u",
            optimizer_names[optimizer], i);
      if (optimizer == SGD) continue;
      check(
          bits_of(pinned.first[i]) == bits_of(expected->first[i]) &&
              (optimizer == MOMENTUM || bits_of(pinned.second[i]) == bits_of(expected->second[i])),
          "%s: slots of parameter %u", optimizer_names[optimizer], i);
    }
    check(train(s.net, s.d, &t, 20, NULL, &result) == OK, "train");
    for (uint32_t i = 0; i < s.net->count; i += 3) {
      check(bits_of(network_parameters(s.net)[i]) == bits_of(before.w[i]), "parameter %u moved", i);
    }
    snapshot_free(&before);
    snapshot_free(&free_step);
    snapshot_free(&pinned);
    free(kept);
    subject_free(&s);
  }
}

/* ReLU at a rate far too large: the state is the last finite one, the parameter is named. */
static void stops_at_the_last_finite_state(void) {
  int diverged = 0;
  for (uint32_t optimizer = SGD; optimizer <= ADAM; optimizer++) {
    for (uint32_t seed = 1; seed <= 10; seed++) {
      network_options o = options_of(2, 4, 2 + seed % 3, RELU);
      o.seed = seed;
      subject s = subject_create(&o, 20, 3);
      training_options t = DEFAULT_TRAINING;
      training_result result;
      t.optimizer = optimizer;
      t.learning_rate = 1e6f;
      if (optimizer == ADAM) t.l2 = 1e4f; /* its steps are bounded but by the penalty */
      enum status status = OK;
      uint32_t before[2], after[2];
      double steps = 0;
      while (status == OK && steps < 400) {
        network_hash(s.net, before);
        status = train(s.net, s.d, &t, 1, NULL, &result);
        steps += result.steps;
      }
      network_hash(s.net, after);
      check(steps == network_get_state(s.net)->step, "%g steps are reported", steps);
      for (uint32_t i = 0; i < s.net->count; i++) {
        check(isfinite(network_parameters(s.net)[i]), "parameter %u is left at infinity", i);
      }
      if (status == OK) {
        subject_free(&s);
        continue;
      }
      diverged++;
      check(status == DIVERGED && result.steps == 0, "status %d", (int)status);
      check(memcmp(before, after, sizeof before) == 0, "the state has changed");
      check(result.parameter >= -1 && result.parameter < (int32_t)s.net->count, "parameter %d",
            result.parameter);
      /* The same by hand, for plain descent: the first new value beyond float32. */
      if (optimizer == SGD && result.parameter >= 0) {
        float dW[64];
        double J;
        check(network_gradients(s.net, s.d, NULL, dW, NULL, NULL, &J) == OK, "gradients");
        int32_t first = -1;
        for (uint32_t i = 0; i < s.net->count && first < 0; i++) {
          float next = network_parameters(s.net)[i] - t.learning_rate * dW[i];
          if (!isfinite(next)) first = (int32_t)i;
        }
        check(first == result.parameter, "parameter %d is named, not %d", result.parameter, first);
      }
      subject_free(&s);
    }
  }
  printf("    %d of 30 runs diverged\n", diverged);
  check(diverged >= 15, "only %d of 30 runs diverged", diverged);
}

/* Whole calls stop within: the steps made count, J of the failed step is reported. */
static void counts_the_steps_before_divergence(void) {
  network_options o = options_of(2, 4, 2, RELU);
  subject s = subject_create(&o, 20, 3);
  subject again = subject_create(&o, 20, 3);
  sample_state = 99;
  check(data_set(again.d, s.x, s.labels, 20) == OK, "data_set");
  training_options t = DEFAULT_TRAINING;
  training_result whole, one;
  t.learning_rate = 1e6f;
  float losses[1000] = {0};
  check(train(s.net, s.d, &t, 1000, losses, &whole) == DIVERGED, "it does not diverge");
  double steps = 0;
  while (train(again.net, again.d, &t, 1, NULL, &one) == OK) steps++;
  check(whole.steps == steps, "%g steps in one call, %g one by one", whole.steps, steps);
  check(whole.parameter == one.parameter, "parameters %d and %d", whole.parameter, one.parameter);
  check(bits_of(whole.data_loss) == bits_of(one.data_loss), "J %g and %g", (double)whole.data_loss,
        (double)one.data_loss);
  uint32_t a[2], b[2];
  network_hash(s.net, a);
  network_hash(again.net, b);
  check(memcmp(a, b, sizeof a) == 0, "other states");
  subject_free(&s);
  subject_free(&again);
}

/*
 * What a diverged step of Adam left beyond the state must not count in a step of SGD, where a
 * pinned weight's own step would overflow: it is not made.
 */
static void forgets_a_divergence(void) {
  network_options o = options_of(2, 4, 2, SIGMOID);
  subject s = subject_create(&o, 20, 3);
  training_options t = DEFAULT_TRAINING;
  training_result result;
  float *w = network_parameters(s.net);
  for (uint32_t i = 0; i < s.net->count; i++) w[i] = 1;
  t.optimizer = ADAM;
  t.l2 = 3e38f;
  enum status status = train(s.net, s.d, &t, 1, NULL, &result);
  check(status == DIVERGED && result.parameter == 0, "parameter %d", result.parameter);
  w[0] = 1e20f;
  network_pins(s.net)[0] = 1;
  t.optimizer = SGD;
  t.l2 = 1e19f;
  t.learning_rate = 1e-20f;
  status = train(s.net, s.d, &t, 1, NULL, &result);
  check(status == OK, "parameter %d is named", result.parameter);
  check(network_parameters(s.net)[0] == 1e20f, "the pinned weight moved");
  subject_free(&s);
}

/* Bounded activations and points of the plane: alpha may be what it will. */
static void never_gives_nan_without_penalties(void) {
  static const float rates[] = {1e2f, 1e4f, 1e6f};
  static float x[2 * 200];
  static uint8_t y[200];
  int runs = 0;
  for (uint32_t g = SIGMOID; g <= TANH; g++) {
    for (uint32_t optimizer = SGD; optimizer <= ADAM; optimizer++) {
      for (size_t r = 0; r < COUNT(rates); r++) {
        for (uint32_t variant = 0; variant < 6; variant++) {
          network_options o = options_of(2, 4 + variant * 3, 2, g);
          o.features = variant == 5 ? 31 : 0;
          o.seed = variant;
          network *net = network_create(&o);
          data *d = data_create(2, o.features, 2);
          check(preset_fill(variant, 200, 0.3, 0.1, 1, x, y) == OK && data_set(d, x, y, 200) == OK,
                "data");
          training_options t = DEFAULT_TRAINING;
          training_result result;
          evaluation e;
          t.optimizer = optimizer;
          t.learning_rate = rates[r];
          t.batch_size = variant % 2 ? 10 : 0;
          t.shuffle = 1;
          float losses[200];
          for (int slice = 0; slice < 5; slice++) {
            enum status status = train(net, d, &t, 200, losses, &result);
            check(status == OK, "%s, %s, rate %g: status %d, parameter %d", activation_names[g],
                  optimizer_names[optimizer], (double)rates[r], (int)status, result.parameter);
            for (int i = 0; i < 200 && status == OK; i++)
              check(isfinite(losses[i]), "J is %g", (double)losses[i]);
          }
          check(evaluate(net, d, &t, &e) == OK && isfinite(e.data_loss), "J is %g",
                (double)e.data_loss);
          network_free(net);
          data_free(d);
          runs++;
        }
      }
    }
  }
  printf("    %d runs of 1,000 steps\n", runs);
}

/*
 * A ReLU unit that dies has gradients of 0 from then on. Its slots fall to 0 and not to subnormal
 * numbers, which 0.9 v would leave where they are for ever: 0.9 times the smallest rounds to it.
 */
static void slots_of_a_dead_unit_become_0(void) {
  for (uint32_t optimizer = MOMENTUM; optimizer <= ADAM; optimizer++) {
    network_options o = options_of(2, 3, 2, RELU);
    subject s = subject_create(&o, 20, 3);
    training_options t = DEFAULT_TRAINING;
    t.optimizer = optimizer;
    t.learning_rate = 0.01f;
    t.beta2 = 0.9f;
    training_result result;
    check(train(s.net, s.d, &t, 20, NULL, &result) == OK, "train");
    layers w = layers_of(s.net, network_parameters(s.net));
    check(s.net->state->position == 0 && network_parameters(s.net)[s.net->stride] != 0,
          "%s: no slot to fall", optimizer_names[optimizer]);
    w.b1[0] = -1000;
    for (int k = 0; k < 100; k++) {
      check(train(s.net, s.d, &t, 30, NULL, &result) == OK, "train");
      const float *slots = network_parameters(s.net) + s.net->stride;
      for (uint32_t i = 0; i < 2 * s.net->stride; i++) {
        check(slots[i] == 0 || fabsf(slots[i]) >= 0x1p-126f, "%s: slot %u is %g",
              optimizer_names[optimizer], i, (double)slots[i]);
      }
    }
    layers slots = layers_of(s.net, network_parameters(s.net) + s.net->stride);
    check(slots.W1[0] == 0 && slots.W1[1] == 0 && slots.b1[0] == 0 && slots.W2[0] == 0,
          "%s: the dead unit's slots are not 0", optimizer_names[optimizer]);
    subject_free(&s);
  }
}

/* Under L2 the weights of a dead unit shrink by the same factor every step. */
static void weights_of_a_dead_unit_become_0(void) {
  network_options o = options_of(2, 3, 2, RELU);
  subject s = subject_create(&o, 20, 3);
  layers_of(s.net, network_parameters(s.net)).b1[0] = -1000;
  training_options t = DEFAULT_TRAINING;
  t.learning_rate = 0.5f;
  t.l2 = 0.05f; /* a factor of 0.95 */
  training_result result;
  for (int k = 0; k < 100; k++) {
    check(train(s.net, s.d, &t, 25, NULL, &result) == OK, "train");
    const float *w = network_parameters(s.net);
    for (uint32_t i = 0; i < s.net->count; i++) {
      check(w[i] == 0 || fabsf(w[i]) >= 0x1p-126f, "parameter %u is %g", i, (double)w[i]);
    }
  }
  layers w = layers_of(s.net, network_parameters(s.net));
  check(w.W1[0] == 0 && w.W1[1] == 0 && w.W2[0] == 0, "the dead unit's weights are not 0");
  subject_free(&s);
}

int main(void) {
  run("SGD, momentum, Adam, L1, L2 follow their formulas", follows_the_formulas);
  run("L1 leaves a weight at 0 alone", l1_leaves_zero_alone);
  run("another optimiser starts with empty slots", empties_the_slots_of_another_optimizer);
  run("and keeps them if its first step fails", keeps_the_slots_if_another_optimizer_fails);
  run("slots of a dead unit become 0", slots_of_a_dead_unit_become_0);
  run("weights of a dead unit under L2 become 0", weights_of_a_dead_unit_become_0);
  run("pinned parameters keep their bits, others do not notice", holds_what_is_pinned);
  run("divergence leaves the last finite state and names the parameter",
      stops_at_the_last_finite_state);
  run("one call and many agree on where a run diverges", counts_the_steps_before_divergence);
  run("an old divergence is forgotten", forgets_a_divergence);
  run("sigmoid and tanh, no penalty, rates up to 1e6: never NaN",
      never_gives_nan_without_penalties);
  return finish();
}
