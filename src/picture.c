/*
 * pixels -> X -> predict -> probability -> colour
 *
 * Every pixel of a row has the same x2 and every pixel of a column the same x1. So a hidden
 * unit's exponent z = c[column] + r[row] (+ s[row] x1 with the feature x1 x2), and where
 * 2^c and 2^r are both ordinary numbers,
 *
 *     h = 1 / (1 + 2^z) = R / (C + R),  C = 2^c[column],  R = 2^-r[row]:
 *
 * n_h (columns + rows) exponentials instead of n_h columns rows. A unit that is too steep for
 * that, and every unit with x1 x2, takes its exponential pixel by pixel; ReLU needs none. All of
 * them are h, or max(z, 0), with the output's weights adapted: tanh = 1 - 2h, so its weight is
 * -2 w and b2 takes the sum of w.
 */
#include "picture.h"

#include <stddef.h>

#include "colour.h"
#include "forward.h"
#include "matmul.h"
#include "network.h"
#include "vector_math.h"

_Static_assert(TILE % (2 * LANES) == 0, "a picture's tile is whole pairs of vectors");

/* Of |c| and |r|: the sums and products of two units' powers stay normal, and so does what they
 * divide for weights up to 2^24. Far beyond those a pixel may be infinite or not a number. */
#define STEEPEST 50.0f

/*
 * Tables for a tile of columns. Units stand in an order of their own, the separable ones first.
 * c is what x1 and its features give, r what x2, its features and the bias give: the exponent at
 * (x1, 0) and at (0, x2), as every feature but x1 x2 is 0 where its coordinate is.
 * Net's gradient, free while a picture is drawn, holds W1 in the exponent's scale and this order.
 */
typedef struct {
  network *net;
  const grid *where;
  uint32_t count, columns; /* the tile: its pixels, padded to two vectors */
  uint32_t separable;      /* units, at the front of the order */
  uint32_t product;        /* the row of X that is x1 x2, or 0 */
  /* By units in that order, four of them side by side: */
  float W1[MAX_INPUTS * MAX_HIDDEN];      /* W1' in that scale, b1 in the place of x1's row */
  float row[MAX_HIDDEN];                  /* r */
  float slope[MAX_HIDDEN];                /* s */
  float row_power[MAX_HIDDEN];            /* R of the separable units */
  float row_W2[MAX_CLASSES * MAX_HIDDEN]; /* W2 R, likewise: (n_y, MAX_HIDDEN) */
  float W2[MAX_CLASSES * MAX_HIDDEN];     /* for h: (n_y, MAX_HIDDEN) */
  float b2[MAX_CLASSES];
} picture;

static float more_of(float x, float y) { return x > y ? x : y; }

/* Which coordinate a feature other than x1 x2 is made of. */
static uint32_t coordinate_of(uint32_t feature) {
  return feature & (X1_SQUARED | SIN_X1) ? 1 : 2;
}

/* A bound of |c| (coordinate 1) or |r| (2) without the bias, for |x| <= x_max. */
static float bound_of_part(const float *W, uint32_t features, uint32_t coordinate, float x_max) {
  float bound = __builtin_fabsf(W[coordinate - 1]) * x_max;
  const float *weight = W + 2;
  for (uint32_t feature = X1_SQUARED; feature <= SIN_X2; feature <<= 1) {
    if (!(features & feature)) continue;
    if (coordinate_of(feature) == coordinate) {
      int square = feature == X1_SQUARED || feature == X2_SQUARED;
      bound = bound + __builtin_fabsf(*weight) * (square ? x_max * x_max : 1);
    }
    weight++;
  }
  return bound;
}

static int is_separable(const network *net, const grid *g, uint32_t unit) {
  uint32_t features = net->options.features;
  if (net->options.activation == RELU || features & X1_X2) return 0;
  const float *W = net->scaled + unit * net->n_x;
  float bias = net->scaled[net->n_h * net->n_x + unit];
  float x1_max = more_of(__builtin_fabsf(g->left), __builtin_fabsf(g->left + g->width));
  float x2_max = more_of(__builtin_fabsf(g->top), __builtin_fabsf(g->top - g->height));
  return bound_of_part(W, features, 1, x1_max) <= STEEPEST &&
         bound_of_part(W, features, 2, x2_max) + __builtin_fabsf(bias) <= STEEPEST;
}

/* Puts a unit at a place of the order, and its weights into the scale of h. */
static void place_unit(picture *p, uint32_t place, uint32_t unit) {
  const network *net = p->net;
  for (uint32_t i = 0; i < net->n_x; i++) {
    float w = net->scaled[unit * net->n_x + i];
    net->gradient[place * net->n_x + i] = w;
    p->W1[i * MAX_HIDDEN + place] = w;
  }
  p->W1[place] = net->scaled[net->n_h * net->n_x + unit];
  layers l = layers_of(net, parameters_of(net->state));
  for (uint32_t k = 0; k < net->n_y; k++) {
    float w = l.W2[k * net->n_h + unit];
    p->W2[k * MAX_HIDDEN + place] = net->options.activation == TANH ? -2 * w : w;
  }
}

static void begin_picture(picture *p, network *net, const grid *where) {
  p->net = net;
  p->where = where;
  uint32_t features = net->options.features;
  p->product = features & X1_X2 ? 2 + (uint32_t)__builtin_popcount(features & (X1_X2 - 1)) : 0;
  scale_hidden_weights(net, NULL);
  /* Where the units end in the midst of a vector, too, there are numbers. */
  clear_floats(p->W1, net->n_x * MAX_HIDDEN);
  clear_floats(p->W2, net->n_y * MAX_HIDDEN);
  clear_floats(p->slope, MAX_HIDDEN);
  uint32_t front = 0, back = net->n_h;
  for (uint32_t j = 0; j < net->n_h; j++) {
    place_unit(p, is_separable(net, where, j) ? front++ : --back, j);
  }
  p->separable = front;
  layers l = layers_of(net, parameters_of(net->state));
  for (uint32_t k = 0; k < net->n_y; k++) {
    p->b2[k] = l.b2[k];
    if (net->options.activation != TANH) continue;
    for (uint32_t j = 0; j < net->n_h; j++) p->b2[k] = p->b2[k] + l.W2[k * net->n_h + j];
  }
}

/* Net's A (n_h, columns) = 2^c of the separable units, c of the others; net's X holds x1. */
static void begin_tile(picture *p, uint32_t from) {
  network *net = p->net;
  const grid *g = p->where;
  p->count = g->columns - from < TILE ? g->columns - from : TILE;
  p->columns = (p->count + 2 * LANES - 1) & ~(2 * LANES - 1);
  for (uint32_t c = 0; c < p->columns; c++) {
    net->X[c] = grid_across(g, from + c);
    net->X[TILE + c] = 0;
  }
  fill_features(net->X, TILE, net->options.features, 0, p->columns);
  static const float zeros[MAX_HIDDEN];
  matmul(net->gradient, zeros, net->X, TILE, net->A, p->columns, net->n_h, net->n_x, p->columns);
  exp2_in_place(net->A, p->separable * p->columns);
}

static void begin_row(picture *p, uint32_t row) {
  const network *net = p->net;
  uint32_t separable = pad(p->separable);
  float x[MAX_INPUTS] = {0, grid_up(p->where, row)};
  fill_features(x, 1, net->options.features, 0, 1);
  for (uint32_t i = 0; i < net->n_h; i += LANES) {
    const float *W = p->W1 + i; /* first b1, then the weights of x2 and all features */
    vec r = load(W);
    for (uint32_t k = 1; k < net->n_x; k++) {
      W += MAX_HIDDEN;
      r = add(r, mul(load(W), splat_from(x + k)));
    }
    store(p->row + i, r);
    store(p->row_power + i, sub(splat(0), r));
  }
  for (uint32_t i = 0; i < net->n_h && p->product; i += LANES) {
    store(p->slope + i, mul(load(p->W1 + p->product * MAX_HIDDEN + i), splat(x[1])));
  }
  exp2_in_place(p->row_power, separable);
  for (uint32_t k = 0; k < net->n_y * MAX_HIDDEN; k += MAX_HIDDEN) {
    for (uint32_t i = 0; i < separable; i += LANES) {
      store(p->row_W2 + k + i, mul(load(p->W2 + k + i), load(p->row_power + i)));
    }
  }
}

/*
 * An output's row z = before + four separable units, two to a division:
 *     w1 R1 / d1 + w2 R2 / d2 = (w1 R1 d2 + w2 R2 d1) / (d1 d2),  d = C + R
 * `before` is a row, too, or with a step of 0 four times the bias.
 */
NOINLINE static void four_units(const float *C, uint32_t columns, const float *R, const float *wR,
                                const float *before, uint32_t step, float *z) {
  vec R1 = splat_from(R), R2 = splat_from(R + 1), R3 = splat_from(R + 2), R4 = splat_from(R + 3);
  vec w1 = splat_from(wR), w2 = splat_from(wR + 1), w3 = splat_from(wR + 2);
  vec w4 = splat_from(wR + 3);
  const float *C2 = C + columns, *C3 = C2 + columns, *C4 = C3 + columns;
  const float *end = z + columns;
  do {
    vec d1 = add(load(C), R1), d2 = add(load(C2), R2);
    vec sum = add(load(before), divide(add(mul(w1, d2), mul(w2, d1)), mul(d1, d2)));
    d1 = add(load(C3), R3), d2 = add(load(C4), R4);
    store(z, add(sum, divide(add(mul(w3, d2), mul(w4, d1)), mul(d1, d2))));
    z += LANES, before += step, C += LANES, C2 += LANES, C3 += LANES, C4 += LANES;
  } while (z != end);
}

/* An output's row z = its bias + all separable units. */
static void separable_units(const picture *p, uint32_t output, float *z) {
  const float *C = p->net->A, *R = p->row_power, *wR = p->row_W2 + output * MAX_HIDDEN;
  float bias[LANES];
  store(bias, splat(p->b2[output]));
  uint32_t i = 0;
  for (; i + 4 <= p->separable; i += 4) {
    four_units(C, p->columns, R + i, wR + i, i == 0 ? bias : z, i == 0 ? 0 : LANES, z);
    C += 4 * p->columns;
  }
  for (uint32_t c = 0; c < p->columns && i == 0; c += LANES) store(z + c, load(bias));
  for (; i < p->separable; i++) {
    vec r = splat_from(R + i), w = splat_from(wR + i);
    for (uint32_t c = 0; c < p->columns; c += LANES) {
      store(z + c, add(load(z + c), divide(w, add(load(C + c), r))));
    }
    C += p->columns;
  }
}

/* Adds a unit that is not separable to all outputs, its h computed pixel by pixel. */
static void direct_unit(const picture *p, uint32_t unit) {
  const network *net = p->net;
  const float *column = net->A + unit * p->columns;
  float *h = net->X + TILE; /* free once the tile has begun */
  vec row = splat(p->row[unit]), slope = splat(p->slope[unit]);
  for (uint32_t c = 0; c < p->columns; c += LANES) {
    store(h + c, add(add(load(column + c), row), mul(slope, load(net->X + c))));
  }
  if (net->options.activation == RELU) {
    relu_in_place(h, p->columns);
  } else {
    sigmoid_in_place(h, p->columns);
  }
  for (uint32_t k = 0; k < net->n_y; k++) {
    float *z = net->Z + k * p->columns;
    vec w = splat(p->W2[k * MAX_HIDDEN + unit]);
    for (uint32_t c = 0; c < p->columns; c += LANES) {
      store(z + c, add(load(z + c), mul(w, load(h + c))));
    }
  }
}

/* Net's Z (n_y, columns) = Z2 of the tile's pixels in a row. */
static void row_logits(picture *p, uint32_t row) {
  network *net = p->net;
  begin_row(p, row);
  for (uint32_t k = 0; k < net->n_y; k++) {
    separable_units(p, k, net->Z + k * p->columns);
  }
  for (uint32_t i = p->separable; i < net->n_h; i++) direct_unit(p, i);
}

void network_logits(network *net, const grid *g, uint32_t first_row, uint32_t row_count,
                    float *z) {
  picture p;
  begin_picture(&p, net, g);
  for (uint32_t from = 0; from < g->columns; from += TILE) {
    begin_tile(&p, from);
    for (uint32_t row = 0; row < row_count; row++) {
      row_logits(&p, first_row + row);
      float *to = z + (row * g->columns + from) * net->n_y;
      for (uint32_t c = 0; c < p.count; c++) {
        for (uint32_t k = 0; k < net->n_y; k++) *to++ = net->Z[k * p.columns + c];
      }
    }
  }
}

void network_paint(network *net, const grid *g, uint32_t first_row, uint32_t row_count,
                   const uint32_t *colours, uint32_t *rgba) {
  picture p;
  begin_picture(&p, net, g);
  for (uint32_t from = 0; from < g->columns; from += TILE) {
    begin_tile(&p, from);
    for (uint32_t row = 0; row < row_count; row++) {
      row_logits(&p, first_row + row);
      colour_logits(net, p.columns, p.count, colours, rgba + row * g->columns + from);
    }
  }
}
