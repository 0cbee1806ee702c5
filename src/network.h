/* What a network and its data are made of, for the core's own files. */
#ifndef NETWORK_H
#define NETWORK_H

#include "simd.h"
#include "two_layer.h"

/*
 * Examples are taken in tiles of at most TILE columns, so that a tile's A1 stays in the
 * first-level cache for ordinary n_h. 240 floats are 15 cache lines: an odd number, so that
 * the rows of a tile do not compete for the same cache sets as they would at 256.
 */
#define TILE 240u

struct network {
  network_options options; /* with today's hidden and activation */
  uint32_t n_x, n_h, n_y;
  uint32_t count, stride; /* of the parameters; stride is padded to whole vectors */

  /* Two blocks of state: an update is written to the other one, which becomes the
   * state if all of it is finite. */
  network_state *state, *spare;
  uint8_t *pins;      /* (count) */
  float *gradient;    /* (stride), in the parameters' order */
  int bounded;        /* no exponent of the hidden layer can be beyond the clamps */
  float *scaled;      /* W1, b1 times the factor of the activation's exponent: (n_h (n_x+1)) */
  float *unit_sums;   /* (n_h + 1, 4): a tile sequence's sums for dW2, db1, dW1 before W2 is applied */
  float *A;           /* (n_h, TILE): A1 of a tile; backward turns it into dZ1 */
  float *X;           /* (n_x, TILE): a tile of examples that are not in a data set */
  float *Z;           /* (n_y, TILE): Z2, then A2 or dZ2 / m of a tile */

  /* Mini-batches: the current epoch's examples in their order, batch after batch. */
  float *epoch_columns;
  uint32_t *epoch_order;
  uint32_t epoch_capacity; /* floats in epoch_columns */
  uint32_t order_capacity;
};

struct data {
  uint32_t inputs, features, classes, n_x;
  uint32_t m, stride; /* stride: columns there is room for, a multiple of LANES */
  float reach[MAX_INPUTS]; /* the largest |x| of each input */
  float *x;           /* (n_x, stride), zeros beyond m */
  float *targets;     /* (stride), see target_of, zeros or -1 beyond m */
  float *records;     /* with two inputs (m, 4): x1, x2, target_of for an inverse_m of 1, 0 */
  uint8_t *labels;    /* (m) */
};

/* Columns for the kernels: X, what each should become, and 1/m. */
typedef struct {
  const float *x;       /* (n_x, x_stride) */
  const float *targets; /* (columns) */
  uint32_t x_stride;
  uint32_t columns; /* padded to whole vectors: only the last vector holds padding */
  uint32_t m;
  float inverse_m;
  const float *reach; /* the data's, of each input */
} batch;

/*
 * What the output kernels know of an example.
 *   Two classes: -1/m for y = 1, +1/m for y = 0, and 0 for padding, which serves at once as
 *   label, mask and 1/m: dZ2/m = (1 - p) * target, where p is the probability of the right class.
 *   More classes: the class number, and -1 for padding.
 */
static inline float target_of(uint32_t classes, uint8_t label, float inverse_m) {
  if (classes > 2) return (float)label;
  return label ? -inverse_m : inverse_m;
}
static inline float target_of_padding(uint32_t classes) { return classes > 2 ? -1.0f : 0.0f; }

static inline float *parameters_of(network_state *state) { return (float *)(void *)(state + 1); }

/* The four parts of a parameter-shaped array of the network. */
typedef struct {
  float *W1, *b1, *W2, *b2;
} layers;

ALWAYS_INLINE layers layers_of(const network *net, float *parameters) {
  layers l;
  l.W1 = parameters;
  l.b1 = l.W1 + net->n_h * net->n_x;
  l.W2 = l.b1 + net->n_h;
  l.b2 = l.W2 + net->n_y * net->n_h;
  return l;
}

/* Draws all weights anew from the network's seed; biases, slots and counters stay. */
void network_draw_start(network *net);

/* n_x of `inputs` numbers and the features computed from them; 0 if they do not go together. */
uint32_t input_rows(uint32_t inputs, uint32_t features);

/* Writes the feature rows of x (n_x, stride) for columns from ... to-1, below its two first rows. */
void fill_features(float *x, uint32_t stride, uint32_t features, uint32_t from, uint32_t to);

/* Whether the network can take the data: the same inputs, features and classes, and m >= 1. */
int data_fits(const network *net, const data *d);

/* All m examples of the data as one batch. */
batch batch_of_all(const data *d);

#endif
