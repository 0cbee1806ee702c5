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

ALWAYS_INLINE void swap_with_one_below(uint32_t *order, uint32_t i, uint32_t bits) {
  uint32_t j = below_from(bits, i + 1);
  uint32_t swapped = order[i];
  order[i] = order[j];
  order[j] = swapped;
}

/* The epoch's permutation (Fisher and Yates), a function of seed and epoch number alone. */
static void order_epoch(network *net, uint32_t m, int shuffle) {
  uint32_t *order = net->epoch_order;
  for (uint32_t i = 0; i < m; i++) order[i] = i;
  if (!shuffle || m < 2) return;
  uint64_t key = random_key((uint64_t)net->options.seed, STREAM_SHUFFLE);
  uint64_t base = (uint64_t)net->state->epoch * DRAWS_PER_EPOCH;
  /* Each draw serves two places: its high half an odd one, its low half the even one below. */
  uint32_t i = m - 1;
  if (i % 2 == 0) swap_with_one_below(order, i, (uint32_t)random_from(key, base + i / 2)), i--;
  for (; i > 1; i -= 2) {
    uint64_t bits = random_from(key, base + i / 2);
    swap_with_one_below(order, i, (uint32_t)(bits >> 32));
    swap_with_one_below(order, i - 1, (uint32_t)bits);
  }
  swap_with_one_below(order, 1, (uint32_t)(random_from(key, base) >> 32));
}

static uint32_t examples_at(const data *d, const batching *how, uint32_t position) {
  return d->m - position < how->size ? d->m - position : how->size;
}

/* Puts m examples side by side: their n_x inputs and their targets, rows `columns` apart. */
static void gather(const data *d, const uint32_t *order, uint32_t m, uint32_t columns,
                   const float *of_class, float *block) {
  for (uint32_t c = 0; c < m; c++) {
    uint32_t from = order[c], to = c;
    float target = of_class[d->labels[from]];
    for (; to < d->n_x * columns; to += columns, from += d->stride) block[to] = d->x[from];
    block[to] = target;
  }
}

/* The same for two inputs: with a shuffle every epoch, an eighth of its time less. */
static void gather_usual(const data *d, const uint32_t *order, uint32_t m, uint32_t columns,
                         const float *of_class, float *block) {
  const float *x1 = d->x, *x2 = x1 + d->stride;
  const uint8_t *labels = d->labels;
  float *to1 = block, *to2 = to1 + columns, *targets = to2 + columns;
  for (const uint32_t *end = order + m; order != end; order++) {
    uint32_t from = *order;
    *to1++ = x1[from];
    *to2++ = x2[from];
    *targets++ = of_class[labels[from]];
  }
}

void gather_epoch(network *net, const data *d, const batching *how, int shuffle) {
  order_epoch(net, d->m, shuffle);
  float *block = net->epoch_columns;
  float of_class[MAX_CLASSES];
  for (uint32_t position = 0; position < d->m; position += how->size) {
    uint32_t m = examples_at(d, how, position);
    const uint32_t *order = net->epoch_order + position;
    for (uint8_t k = 0; k < MAX_CLASSES && (position == 0 || m < how->size); k++) {
      of_class[k] = target_of(d->classes, k, 1.0f / (float)m);
    }
    float *targets = block + d->n_x * how->columns;
    /* The padding first: of short loops each costs a wrong guess of where it ends. */
    uint32_t last = pad(m) - LANES;
    for (float *row = block; row != targets; row += how->columns) store(row + last, splat(0));
    store(targets + last, splat(target_of_padding(d->classes)));
    if (d->n_x == 2) {
      gather_usual(d, order, m, how->columns, of_class, block);
    } else {
      gather(d, order, m, how->columns, of_class, block);
    }
    block += how->block_floats;
  }
}

batch batch_at(const network *net, const data *d, const batching *how, uint32_t position) {
  const float *block = net->epoch_columns + position / how->size * how->block_floats;
  uint32_t m = examples_at(d, how, position);
  batch b = {block, block + d->n_x * how->columns, how->columns, pad(m), m, 1.0f / (float)m, d->reach};
  return b;
}
