#include <stddef.h>

#include "arithmetic.h"
#include "bits.h"
#include "heap.h"
#include "network.h"

#define MAX_VALUE 1e6f

data *data_create(uint32_t inputs, uint32_t features, uint32_t classes) {
  uint32_t n_x = input_rows(inputs, features);
  if (!n_x || classes < 2 || classes > MAX_CLASSES) return NULL;
  data *d = heap_allocate_zeroed(sizeof(data));
  if (!d) return NULL;
  d->inputs = inputs;
  d->features = features;
  d->classes = classes;
  d->n_x = n_x;
  return d;
}

void data_free(data *d) {
  if (!d) return;
  heap_release(d->x);
  heap_release(d->targets);
  heap_release(d->records);
  heap_release(d->labels);
  heap_release(d);
}

uint32_t data_count(const data *d) { return d->m; }

/* Room for m examples; twice as many as before, so that points drawn one by one cost little. */
static int reserve(data *d, uint32_t m) {
  uint32_t stride = pad(m);
  if (stride <= d->stride) return 1;
  if (stride < 2 * d->stride) stride = 2 * d->stride;
  if (stride > pad(MAX_EXAMPLES)) stride = pad(MAX_EXAMPLES);
  float *x = heap_allocate((uint32_t)(d->n_x * stride * sizeof(float)));
  float *targets = heap_allocate((uint32_t)(stride * sizeof(float)));
  float *records = d->n_x == 2 ? heap_allocate((uint32_t)(LANES * stride * sizeof(float))) : NULL;
  uint8_t *labels = heap_allocate(stride);
  if (!x || !targets || !labels || (d->n_x == 2 && !records)) {
    heap_release(labels);
    heap_release(records);
    heap_release(targets);
    heap_release(x);
    return 0;
  }
  heap_release(d->labels);
  heap_release(d->records);
  heap_release(d->targets);
  heap_release(d->x);
  d->x = x;
  d->targets = targets;
  d->records = records;
  d->labels = labels;
  d->stride = stride;
  return 1;
}

void fill_features(float *x, uint32_t stride, uint32_t features, uint32_t from, uint32_t to) {
  const float *x1 = x;
  const float *x2 = x + stride;
  float *row = x + 2 * stride;
  for (uint32_t feature = X1_SQUARED; feature <= SIN_X2; feature <<= 1) {
    if (!(features & feature)) continue;
    for (uint32_t c = from; c < to; c++) {
      switch (feature) {
        case X1_SQUARED: row[c] = x1[c] * x1[c]; break;
        case X2_SQUARED: row[c] = x2[c] * x2[c]; break;
        case X1_X2: row[c] = x1[c] * x2[c]; break;
        case SIN_X1: row[c] = (float)sine_f64((double)x1[c]); break;
        default: row[c] = (float)sine_f64((double)x2[c]);
      }
    }
    row += stride;
  }
}

static void measure_reach(data *d) {
  for (uint32_t i = 0; i < d->n_x; i++) {
    float largest = 0;
    for (uint32_t c = 0; c < d->m; c++) {
      float x = __builtin_fabsf(d->x[i * d->stride + c]);
      if (x > largest) largest = x;
    }
    d->reach[i] = largest;
  }
}

enum status data_set(data *d, const float *x, const uint8_t *y, uint32_t m) {
  if (m > MAX_EXAMPLES) return BAD_ARGUMENT;
  for (uint32_t i = 0; i < m * d->inputs; i++) {
    if (!(x[i] <= MAX_VALUE && x[i] >= -MAX_VALUE)) return BAD_ARGUMENT;
  }
  for (uint32_t i = 0; i < m; i++) {
    if (y[i] >= d->classes) return BAD_ARGUMENT;
  }
  if (!reserve(d, m)) return OUT_OF_MEMORY;
  d->m = m;
  if (m == 0) return OK; /* perhaps there are no arrays yet */

  float inverse_m = 1.0f / (float)m;
  uint32_t columns = pad(m);
  for (uint32_t c = 0; c < m; c++) {
    for (uint32_t i = 0; i < d->inputs; i++) d->x[i * d->stride + c] = x[c * d->inputs + i];
    d->targets[c] = target_of(d->classes, y[c], inverse_m);
    d->labels[c] = y[c];
    if (!d->records) continue;
    float *record = d->records + c * LANES;
    record[0] = d->x[c];
    record[1] = d->x[d->stride + c];
    record[2] = target_of(d->classes, y[c], 1);
    record[3] = 0;
  }
  for (uint32_t c = m; c < columns; c++) {
    for (uint32_t i = 0; i < d->inputs; i++) d->x[i * d->stride + c] = 0;
    d->targets[c] = target_of_padding(d->classes);
  }
  fill_features(d->x, d->stride, d->features, 0, columns);
  measure_reach(d);
  return OK;
}

void data_read(const data *d, float *x, uint8_t *y) {
  for (uint32_t i = 0; i < d->n_x; i++) {
    for (uint32_t c = 0; c < d->m; c++) x[i * d->m + c] = d->x[i * d->stride + c];
  }
  for (uint32_t c = 0; c < d->m; c++) y[c] = d->labels[c];
}

int data_fits(const network *net, const data *d) {
  return d->m >= 1 && d->inputs == net->options.inputs && d->features == net->options.features &&
         d->classes == net->options.classes;
}

batch batch_of_all(const data *d) {
  batch b = {d->x, d->targets, d->stride, pad(d->m), d->m, 1.0f / (float)d->m, d->reach};
  return b;
}
