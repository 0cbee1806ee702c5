/*
 * The core over an arena that runs out: whatever does not fit is refused, and nothing has
 * changed. The allocator stands here with an arena for memory, in place of the library's own.
 */
#define HEAP_ARENA (1u << 20)
#include "../../src/heap.c"

#include "problem.h"
#include "subject.h"

/* Takes all but about `left` bytes of the arena, in blocks that are given back at the end. */
static void *taken[64];
static void leave(uint32_t left) {
  int n = 0;
  void *kept = left ? heap_allocate(left) : NULL;
  for (uint32_t bytes = HEAP_ARENA; bytes >= 16; bytes /= 2) {
    void *block;
    while (n < 63 && (block = heap_allocate(bytes)) != NULL) taken[n++] = block;
  }
  taken[n] = NULL;
  heap_release(kept);
}
static void give_back(void) {
  for (int n = 0; taken[n]; n++) heap_release(taken[n]);
  taken[0] = NULL;
}

/* With more and more memory, step by step, until a call succeeds: it fails cleanly until then. */
static void each_shortage(const char *what, enum status (*call)(void)) {
  uint32_t before = heap_bytes_in_use();
  int failures = 0;
  for (uint32_t left = 0; left < HEAP_ARENA / 2; left += left < 4096 ? 16 : 1024) {
    leave(left);
    uint32_t in_use = heap_bytes_in_use();
    enum status status = call();
    if (status == OUT_OF_MEMORY) {
      failures++;
      check(heap_bytes_in_use() == in_use, "%s: a failure with %u bytes keeps %u", what, left,
            heap_bytes_in_use() - in_use);
    }
    give_back();
    if (status == OK) {
      check(failures > 0, "%s never fails", what);
      return;
    }
    check(status == OUT_OF_MEMORY && heap_bytes_in_use() == before, "%s: status %d", what,
          (int)status);
  }
  check(0, "%s never succeeds", what);
}

static network_options shape;
static subject trained;
static training_options training;
static uint8_t more_labels[300];
static float more_x[600];

static enum status create_network(void) {
  network *net = network_create(&shape);
  network_free(net);
  return net ? OK : OUT_OF_MEMORY;
}

static enum status create_data(void) {
  data *d = data_create(2, 0, 2);
  enum status status = d ? data_set(d, more_x, more_labels, 300) : OUT_OF_MEMORY;
  data_free(d);
  return status;
}

static enum status create_runs(void) {
  runs *many = runs_create(&shape, 50);
  runs_free(many);
  return many ? OK : OUT_OF_MEMORY;
}

/* Calls on a network and data that are there: a failure leaves their hash and count. */
static enum status unchanged(enum status status, const uint32_t before[2]) {
  uint32_t after[2];
  network_hash(trained.net, after);
  if (status == OUT_OF_MEMORY) {
    check(memcmp(before, after, sizeof after) == 0 && data_count(trained.d) == trained.m,
          "a failure changed something");
  }
  return status;
}

static enum status widen(void) {
  uint32_t before[2];
  network_hash(trained.net, before);
  enum status status = network_set_hidden(trained.net, 200);
  if (status == OK) check(network_set_hidden(trained.net, 4) == OK, "narrowing");
  return unchanged(status, before);
}

static enum status grow_data(void) {
  uint32_t before[2];
  network_hash(trained.net, before);
  return unchanged(data_set(trained.d, more_x, more_labels, 300), before);
}

static enum status train_in_batches(void) {
  training_result result;
  uint32_t before[2];
  network_hash(trained.net, before);
  return unchanged(train(trained.net, trained.d, &training, 3, NULL, &result), before);
}

static enum status take_differences(void) {
  central_difference one;
  problem_copy p = problem_of(trained.net, trained.d, &training);
  enum status status = numeric_gradients(&p.n, 0, 1, &one);
  problem_free(&p);
  return status;
}

static void refuses_cleanly(void) {
  shape = options_of(2, 40, 2, SIGMOID);
  network_options narrow = options_of(2, 4, 2, SIGMOID);
  trained = subject_create(&narrow, 20, 3);
  training = DEFAULT_TRAINING;
  training.batch_size = 3;
  each_shortage("network_create", create_network);
  each_shortage("data_create and data_set", create_data);
  each_shortage("runs_create", create_runs);
  each_shortage("network_set_hidden", widen);
  each_shortage("numeric_gradients", take_differences);
  uint32_t before[2];
  network_hash(trained.net, before);
  leave(0);
  check(unchanged(train_in_batches(), before) == OUT_OF_MEMORY, "batches without memory");
  check(unchanged(grow_data(), before) == OUT_OF_MEMORY, "more data without memory");
  runs *none = runs_create(&shape, 1);
  check(none == NULL, "runs without memory");
  give_back();
  check(train_in_batches() == OK, "training after it");
  subject_free(&trained);
  check(heap_bytes_in_use() == 0, "%u bytes are left", heap_bytes_in_use());
}

/* 4 hidden units, 200 points, trained in batches: what a page has 50 of. */
static void is_sized_to_its_need(void) {
  network_options o = options_of(2, 4, 2, SIGMOID);
  uint32_t before = heap_bytes_in_use();
  subject s = subject_create(&o, 200, 3);
  training = DEFAULT_TRAINING;
  training.batch_size = 10;
  training_result result;
  check(train(s.net, s.d, &training, 30, NULL, &result) == OK, "train");
  uint32_t bytes = heap_bytes_in_use() - before;
  printf("    a network of the default size with its 200 points: %u bytes\n", bytes);
  check(bytes < 32768, "%u bytes", bytes);
  subject_free(&s);
}

int main(void) {
  run("out of memory is said, and nothing has changed", refuses_cleanly);
  run("a default network needs a few kilobytes", is_sized_to_its_need);
  return finish();
}
