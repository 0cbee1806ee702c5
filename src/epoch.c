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
                   float inverse_m, float *block) {
  float *targets = block + d->n_x * columns;
  uint32_t last = pad(m) - LANES;
  for (float *row = block; row != targets; row += columns) store(row + last, splat(0));
  store(targets + last, splat(target_of_padding(d->classes)));
  for (uint32_t c = 0; c < m; c++) {
    uint32_t from = order[c], to = c;
    targets[c] = target_of(d->classes, d->labels[from], inverse_m);
    for (; to < d->n_x * columns; to += columns, from += d->stride) block[to] = d->x[from];
  }
}

/* The same for two inputs, four examples at a time, and with the padding; `scale` is of targets. */
static void gather_records(const data *d, const uint32_t *order, uint32_t m, uint32_t columns,
                           float scale, float *block) {
  vec scales = splat(scale);
  const float padding[LANES] = {0, 0, target_of_padding(d->classes), 0};
  vec nothing = load(padding);
  uint32_t c = 0;
  do {
    vec rows[LANES];
    UNROLLED
    for (uint32_t k = 0; k < LANES; k++) {
      rows[k] = c + k < m ? load(d->records + order[c + k] * LANES) : nothing;
    }
    transpose4(rows);
    store(block + c, rows[0]);
    store(block + columns + c, rows[1]);
    store(block + 2 * columns + c, mul(rows[2], scales));
    c += LANES;
  } while (c < m);
}

void gather_epoch(network *net, const data *d, const batching *how, int shuffle) {
  order_epoch(net, d->m, shuffle);
  float *block = net->epoch_columns;
  for (uint32_t position = 0; position < d->m; position += how->size) {
    uint32_t m = examples_at(d, how, position);
    const uint32_t *order = net->epoch_order + position;
    float inverse_m = 1.0f / (float)m;
    if (d->records) {
      gather_records(d, order, m, how->columns, d->classes > 2 ? 1 : inverse_m, block);
    } else {
      gather(d, order, m, how->columns, inverse_m, block);
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

batch batch_behind(const batch *before, const data *d, const batching *how, uint32_t position) {
  batch b = *before;
  b.x += how->block_floats;
  b.targets += how->block_floats;
  uint32_t m = examples_at(d, how, position);
  if (m != b.m) {
    b.m = m;
    b.columns = pad(m);
    b.inverse_m = 1.0f / (float)m;
  }
  return b;
}
