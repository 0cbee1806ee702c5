#include "epoch.h"

#include "heap.h"
#include "random.h"

/* An epoch's draws in the stream of shuffles, two places to each: none is shared with another. */
#define DRAWS_PER_EPOCH 16384u
_Static_assert(2 * DRAWS_PER_EPOCH >= MAX_EXAMPLES, "each epoch has draws of its own");

batching batching_of(const data *d, uint32_t size) {
  batching how = {size, pad(size), (d->n_x + 1) * pad(size)};
  return how;
}

int reserve_epoch(network *net, const data *d, const batching *how) {
  uint32_t batches = (d->m + how->size - 1) / how->size;
  uint32_t floats = batches * how->block_floats;
  if (floats > net->epoch_capacity) {
    float *columns = heap_allocate((uint32_t)(floats * sizeof(float)));
    if (!columns) return 0;
    heap_release(net->epoch_columns);
    net->epoch_columns = columns;
    net->epoch_capacity = floats;
  }
  if (d->m > net->order_capacity) {
    uint32_t *order = heap_allocate((uint32_t)(d->m * sizeof(uint32_t)));
    if (!order) return 0;
    heap_release(net->epoch_order);
    net->epoch_order = order;
    net->order_capacity = d->m;
  }
  return 1;
}

/* The epoch's permutation (Fisher and Yates), a function of seed and epoch number alone. */
static void order_epoch(network *net, uint32_t m, int shuffle) {
  uint32_t *order = net->epoch_order;
  for (uint32_t i = 0; i < m; i++) order[i] = i;
  if (!shuffle) return;
  uint64_t key = random_key((uint64_t)net->options.seed, STREAM_SHUFFLE);
  uint64_t base = (uint64_t)net->state->epoch * DRAWS_PER_EPOCH;
  uint64_t bits = 0;
  for (uint32_t i = m - 1; i > 0; i--) {
    /* Each draw serves two places: its low half an even one, its high half the odd one above. */
    if (i % 2 == 1 || i == m - 1) bits = random_from(key, base + i / 2);
    uint32_t j = below_from((uint32_t)(i % 2 ? bits >> 32 : bits), i + 1);
    uint32_t swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
}

static uint32_t examples_at(const data *d, const batching *how, uint32_t position) {
  return d->m - position < how->size ? d->m - position : how->size;
}

void gather_epoch(network *net, const data *d, const batching *how, int shuffle) {
  order_epoch(net, d->m, shuffle);
  float *block = net->epoch_columns;
  for (uint32_t position = 0; position < d->m; position += how->size) {
    uint32_t m = examples_at(d, how, position);
    const uint32_t *order = net->epoch_order + position;
    for (uint32_t i = 0; i < d->n_x; i++) {
      const float *row = d->x + i * d->stride;
      float *to = block + i * how->columns;
      for (uint32_t c = 0; c < m; c++) to[c] = row[order[c]];
      for (uint32_t c = m; c < how->columns; c++) to[c] = 0;
    }
    float *targets = block + d->n_x * how->columns;
    float inverse_m = 1.0f / (float)m;
    for (uint32_t c = 0; c < m; c++) {
      targets[c] = target_of(d->classes, d->labels[order[c]], inverse_m);
    }
    for (uint32_t c = m; c < how->columns; c++) targets[c] = target_of_padding(d->classes);
    block += how->block_floats;
  }
}

batch batch_at(const network *net, const data *d, const batching *how, uint32_t position) {
  const float *block = net->epoch_columns + position / how->size * how->block_floats;
  uint32_t m = examples_at(d, how, position);
  batch b = {block, block + d->n_x * how->columns, how->columns, pad(m), m, 1.0f / (float)m, d->reach};
  return b;
}
