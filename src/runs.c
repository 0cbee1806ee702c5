#include <stddef.h>

#include "heap.h"
#include "network.h"

/*
 * One network does the work of all: a run's state is copied in, trained, and copied out, which
 * is a few hundred bytes at ordinary sizes.
 */
struct runs {
  network *worker;
  double first_seed;
  uint32_t count, bytes; /* of a state */
  unsigned char *states; /* (count, bytes) */
};

static unsigned char *state_of(runs *r) {
  return (unsigned char *)(void *)network_get_state(r->worker);
}

static void load_run(runs *r, uint32_t index) {
  copy_bytes(state_of(r), r->states + index * r->bytes, r->bytes);
  r->worker->options.seed = r->first_seed + index;
}

static void keep_run(runs *r, uint32_t index) {
  copy_bytes(r->states + index * r->bytes, state_of(r), r->bytes);
}

runs *runs_create(const network_options *options, uint32_t count) {
  runs *r = heap_allocate_zeroed(sizeof(runs));
  if (!r) return NULL;
  r->worker = network_create(options);
  if (r->worker && count && count <= 0x7fff0000u / network_state_bytes(r->worker)) {
    r->bytes = network_state_bytes(r->worker);
    r->states = heap_allocate(count * r->bytes);
  }
  if (!r->states) {
    runs_free(r);
    return NULL;
  }
  r->count = count;
  r->first_seed = options->seed;
  for (uint32_t i = 0; i < count; i++) {
    r->worker->options.seed = r->first_seed + i;
    network_draw_start(r->worker);
    keep_run(r, i);
  }
  return r;
}

void runs_free(runs *r) {
  if (!r) return;
  heap_release(r->states);
  network_free(r->worker);
  heap_release(r);
}

enum status runs_train(runs *r, data *d, const training_options *options, double steps,
                       uint32_t first, uint32_t count, training_result *results,
                       uint32_t *hashes) {
  if (first > r->count || count > r->count - first) return BAD_ARGUMENT;
  for (uint32_t i = 0; i < count; i++) {
    load_run(r, first + i);
    enum status status = train(r->worker, d, options, steps, NULL, &results[i]);
    if (status != OK && status != DIVERGED) return status;
    network_hash(r->worker, hashes + 2 * i);
    keep_run(r, first + i);
  }
  return OK;
}

network *runs_network(runs *r, uint32_t index) {
  load_run(r, index);
  return r->worker;
}
