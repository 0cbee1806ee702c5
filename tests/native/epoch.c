/* Mini-batches: every example once an epoch, in an order that seed and epoch number give. */
#include "epoch.h"

#include "random.h"
#include "subject.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static training_options batches_of(uint32_t size, uint32_t shuffle) {
  training_options t = DEFAULT_TRAINING;
  t.learning_rate = 0.2f;
  t.batch_size = size;
  t.shuffle = shuffle;
  return t;
}

/* Fisher and Yates by hand, from the stream of shuffles: 16,384 numbers for each epoch, each of
 * which serves two places, an odd one by its high half and the even one below by its low half. */
static void order_by_hand(uint32_t *order, uint32_t m, uint64_t seed, uint64_t epoch) {
  for (uint32_t i = 0; i < m; i++) order[i] = i;
  for (uint32_t i = m - 1; i > 0; i--) {
    uint64_t bits = random_bits(seed, STREAM_SHUFFLE, epoch * 16384 + i / 2);
    uint64_t half = i % 2 ? bits >> 32 : bits & 0xffffffffu;
    uint32_t j = (uint32_t)((half * (i + 1)) >> 32);
    uint32_t swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
}

/*
 * Training in batches is training on each batch's examples as a data set of their own: so the
 * same steps are made twice, once by batches and once by hand, and compared bit for bit.
 */
static void compare_batches(uint32_t m, uint32_t size, uint32_t classes, uint32_t shuffle) {
  network_options o = options_of(2, 5, classes, TANH);
  o.seed = 12345;
  subject s = subject_create(&o, m, 3);
  network *by_hand = network_create(&o), *by_epochs = network_create(&o);
  data *d = data_create(2, 0, classes);
  uint32_t *order = calloc(m, sizeof(uint32_t));
  uint8_t *seen = calloc(m, 1);
  float *x = calloc(2 * m, sizeof(float));
  uint8_t *y = calloc(m, 1);
  training_options t = batches_of(size, shuffle), full = batches_of(0, 0);
  t.l1 = full.l1 = 0.01f;
  t.l2 = full.l2 = 0.02f;
  training_result result, expected;
  evaluation before;
  epoch_sums sums;
  for (uint32_t epoch = 0; epoch < 3; epoch++) {
    double loss = 0, data_loss = 0;
    uint32_t correct = 0;
    if (shuffle) {
      order_by_hand(order, m, 12345, epoch);
    } else {
      for (uint32_t i = 0; i < m; i++) order[i] = i;
    }
    memset(seen, 0, m);
    for (uint32_t position = 0; position < m; position += size) {
      uint32_t count = m - position < size ? m - position : size;
      for (uint32_t i = 0; i < count; i++) {
        uint32_t from = order[position + i];
        seen[from]++;
        x[2 * i] = s.x[2 * from];
        x[2 * i + 1] = s.x[2 * from + 1];
        y[i] = s.labels[from];
      }
      check(data_set(d, x, y, count) == OK, "data_set");
      check(evaluate(by_hand, d, &full, &before) == OK, "evaluate");
      loss += count * (double)before.loss;
      data_loss += count * (double)before.data_loss;
      correct += before.correct;
      check(train(by_hand, d, &full, 1, NULL, &expected) == OK, "train");
      check(network_get_state(s.net)->epoch == epoch &&
                network_get_state(s.net)->position == position,
            "m %u, batches of %u: position", m, size);
      check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
      check(memcmp(network_parameters(by_hand), network_parameters(s.net),
                   s.net->count * sizeof(float)) == 0,
            "m %u, batches of %u, epoch %u, position %u: other parameters", m, size, epoch,
            position);
      check(bits_of(expected.data_loss) == bits_of(result.data_loss), "m %u, batches of %u: J", m,
            size);
    }
    for (uint32_t i = 0; i < m; i++)
      check(seen[i] == 1, "example %u is taken %u times", i, seen[i]);
    /* The whole epoch by one call: the same state, and sums of what was so before each update. An
     * evaluation's losses are rounded to 24 bits. */
    check(train_epoch(by_epochs, s.d, &t, &result, &sums) == OK, "train_epoch");
    check(memcmp(network_get_state(by_epochs), network_get_state(s.net),
                 network_state_bytes(s.net)) == 0,
          "m %u, batches of %u, epoch %u: another state", m, size, epoch);
    check(sums.correct == correct && sums.examples == m,
          "m %u, batches of %u: %u of %u correct, not %u", m, size, sums.correct, sums.examples,
          correct);
    check(fabs(sums.loss - loss) <= loss * 0x1p-23 &&
              fabs(sums.data_loss - data_loss) <= data_loss * 0x1p-23,
          "m %u, batches of %u: sums %g and %g, not %g and %g", m, size, sums.loss, sums.data_loss,
          loss, data_loss);
  }
  check(network_get_state(s.net)->epoch == 3 && network_get_state(s.net)->position == 0, "end");
  free(order);
  free(seen);
  free(x);
  free(y);
  network_free(by_hand);
  network_free(by_epochs);
  data_free(d);
  subject_free(&s);
}

static void takes_every_example_once(void) {
  static const uint32_t counts[] = {1, 2, 3, 7, 10, 11, 100, 241, 500};
  static const uint32_t sizes[] = {1, 2, 3, 4, 5, 10, 32, 240, 241, 499};
  for (size_t i = 0; i < COUNT(counts); i++) {
    for (size_t k = 0; k < COUNT(sizes); k++) {
      if (sizes[k] >= counts[i]) continue;
      compare_batches(counts[i], sizes[k], 2 + (uint32_t)k % 3, 1);
      compare_batches(counts[i], sizes[k], 2 + (uint32_t)k % 3, 0);
    }
  }
}

/* A batch of all is the full batch, shuffled or not, and counts an epoch a step. */
static void a_batch_of_all_is_the_full_batch(void) {
  static const uint32_t sizes[] = {0, 50, 51, 4000000000u};
  uint32_t first[2];
  for (size_t k = 0; k < COUNT(sizes); k++) {
    for (uint32_t shuffle = 0; shuffle < 2; shuffle++) {
      network_options o = options_of(2, 4, 2, SIGMOID);
      sample_state = 5;
      subject s = subject_create(&o, 50, 3);
      training_options t = batches_of(sizes[k], shuffle);
      training_result result;
      uint32_t hash[2];
      check(train(s.net, s.d, &t, 10, NULL, &result) == OK, "train");
      check(network_get_state(s.net)->epoch == 10, "10 steps are %g epochs",
            network_get_state(s.net)->epoch);
      network_hash(s.net, k == 0 && shuffle == 0 ? first : hash);
      if (k || shuffle)
        check(memcmp(first, hash, sizeof hash) == 0, "batch size %u differs", sizes[k]);
      subject_free(&s);
    }
  }
}

/* Epochs differ, seeds differ, and the same two give the same order. */
static void orders_are_functions_of_seed_and_epoch(void) {
  enum { M = 300, EPOCHS = 20 };
  static uint32_t orders[EPOCHS][M];
  network_options o = options_of(2, 2, 2, SIGMOID);
  subject s = subject_create(&o, M, 3);
  batching how = batching_of(s.d, 10);
  check(reserve_epoch(s.net, s.d, &how), "no memory");
  for (uint32_t epoch = 0; epoch < EPOCHS; epoch++) {
    network_get_state(s.net)->epoch = epoch;
    gather_epoch(s.net, s.d, &how, 1);
    memcpy(orders[epoch], s.net->epoch_order, sizeof orders[epoch]);
    uint32_t seen[M] = {0}, fixed = 0;
    for (uint32_t i = 0; i < M; i++) {
      check(orders[epoch][i] < M && ++seen[orders[epoch][i]] == 1, "epoch %u is no permutation",
            epoch);
      fixed += orders[epoch][i] == i;
    }
    check(fixed < 8, "epoch %u leaves %u examples in place", epoch, fixed); /* 1 is expected */
    for (uint32_t other = 0; other < epoch; other++) {
      check(memcmp(orders[epoch], orders[other], sizeof orders[0]) != 0, "epochs %u and %u", epoch,
            other);
    }
  }
  network_get_state(s.net)->epoch = 7;
  gather_epoch(s.net, s.d, &how, 1);
  check(memcmp(orders[7], s.net->epoch_order, sizeof orders[7]) == 0, "epoch 7 has two orders");
  s.net->options.seed = 2;
  gather_epoch(s.net, s.d, &how, 1);
  check(memcmp(orders[7], s.net->epoch_order, sizeof orders[7]) != 0,
        "seeds 1 and 2 have one order");
  subject_free(&s);
}

/* Each place gets each example equally often, over 3,000 epochs of 10: 300 +- 5 deviations. */
static void orders_are_evenly_spread(void) {
  enum { M = 10, EPOCHS = 3000 };
  uint32_t times[M][M] = {{0}};
  network_options o = options_of(2, 2, 2, SIGMOID);
  subject s = subject_create(&o, M, 3);
  batching how = batching_of(s.d, 5);
  check(reserve_epoch(s.net, s.d, &how), "no memory");
  for (uint32_t epoch = 0; epoch < EPOCHS; epoch++) {
    network_get_state(s.net)->epoch = epoch;
    gather_epoch(s.net, s.d, &how, 1);
    for (uint32_t i = 0; i < M; i++) times[i][s.net->epoch_order[i]]++;
  }
  for (uint32_t i = 0; i < M; i++) {
    for (uint32_t k = 0; k < M; k++) {
      check(times[i][k] > 215 && times[i][k] < 385, "example %u stands at %u %u times", k, i,
            times[i][k]);
    }
  }
  subject_free(&s);
}

/* Data or batch size changed in mid-epoch: the epoch ends, and the next one begins. */
static void an_edit_ends_the_epoch(void) {
  network_options o = options_of(2, 4, 2, SIGMOID);
  subject s = subject_create(&o, 25, 3);
  training_options t = batches_of(10, 1);
  training_result result;
  network_state *state = network_get_state(s.net);
  network_end_epoch(s.net);
  check(state->epoch == 0, "an epoch ends that has not begun");
  check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
  network_end_epoch(s.net);
  state = network_get_state(s.net);
  check(state->epoch == 1 && state->position == 0, "epoch %g, position %u", state->epoch,
        state->position);
  check(train(s.net, s.d, &t, 2, NULL, &result) == OK, "train");
  check(data_set(s.d, s.x, s.labels, 15) == OK, "data_set"); /* position 20 of 15 */
  check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
  state = network_get_state(s.net);
  check(state->epoch == 2 && state->position == 10, "epoch %g, position %u", state->epoch,
        state->position);
  t.batch_size = 4; /* position 10 is not a multiple */
  check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
  state = network_get_state(s.net);
  check(state->epoch == 3 && state->position == 4, "epoch %g, position %u", state->epoch,
        state->position);
  check(data_set(s.d, s.x, s.labels, 25) == OK, "data_set"); /* more room is needed in mid-epoch */
  check(train(s.net, s.d, &t, 20, NULL, &result) == OK && result.steps == 20, "train");
  t.batch_size = 0;
  check(train(s.net, s.d, &t, 1, NULL, &result) == OK, "train");
  subject_free(&s);
}

/* The largest: 20,000 examples, one at a time. */
static void takes_20000_examples(void) {
  network_options o = options_of(2, 2, 2, SIGMOID);
  subject s = subject_create(&o, MAX_EXAMPLES, 3);
  training_options t = batches_of(1, 1);
  training_result result;
  check(train(s.net, s.d, &t, MAX_EXAMPLES + 5, NULL, &result) == OK, "train");
  check(network_get_state(s.net)->epoch == 1 && network_get_state(s.net)->position == 5,
        "one epoch and 5");
  subject_free(&s);
}

int main(void) {
  run("a batch's step is the full step on its examples; each is taken once",
      takes_every_example_once);
  run("a batch of all is the full batch", a_batch_of_all_is_the_full_batch);
  run("orders are permutations, functions of seed and epoch",
      orders_are_functions_of_seed_and_epoch);
  run("orders are evenly spread", orders_are_evenly_spread);
  run("an edit ends the epoch", an_edit_ends_the_epoch);
  run("20,000 examples in batches of one", takes_20000_examples);
  return finish();
}
