/*
 * A few examples, as mini-batches have them, hardly fill the lanes, and to sum a gradient over
 * them costs as much as to compute it. So here four units stand side by side, and a turn of a loop
 * takes one example: no lane is left empty, and the sums over the examples are there at its end.
 * Only Z2 is a sum across the lanes. A1 is (n_h / 4, m, 4).
 */
#include "small.h"

#include "backward.h"
#include "forward.h"
#include "vector_math.h"

/* The two columns of W1 for four units. */
typedef struct {
  vec first, second;
} two_columns;

ALWAYS_INLINE two_columns load_in_turns(const float *w) {
  vec low = load(w), high = load(w + LANES);
  two_columns c = {wasm_i32x4_shuffle(low, high, 0, 2, 4, 6),
                   wasm_i32x4_shuffle(low, high, 1, 3, 5, 7)};
  return c;
}

/* Net's A becomes Z1 in the scale of the activation's exponent. */
static void linear_units(network *net, const batch *b) {
  layers l = layers_of(net, parameters_of(net->state));
  vec factor = splat(exponent_factor(net->options.activation));
  vec within = splat_bits(-1), limit = splat(HIDDEN_LIMIT);
  vec reach1 = splat_from(b->reach), reach2 = splat_from(b->reach + 1);
  float *A = net->A;
  for (uint32_t j = 0; j < net->n_h; j += LANES) {
    two_columns w = load_in_turns(l.W1 + 2 * j);
    vec w1 = mul(factor, w.first), w2 = mul(factor, w.second), b1 = mul(factor, load(l.b1 + j));
    /* By the rule of forward.c. */
    vec bound = add(add(absolute(b1), mul(absolute(w1), reach1)), mul(absolute(w2), reach2));
    within = bits_and(within, lane_above(limit, bound));
    const float *x1 = b->x, *x2 = x1 + b->x_stride, *end = x1 + b->m;
    do {
      store(A, add(add(b1, mul(w1, splat_from(x1))), mul(w2, splat_from(x2))));
      A += LANES, x1++, x2++;
    } while (x1 != end);
  }
  net->bounded = all(within);
}

/* Net's Z becomes W2 A + b2, four examples at a time; where there are fewer, the last one again. */
static void sum_units(network *net, const batch *b) {
  layers l = layers_of(net, parameters_of(net->state));
  vec b2 = splat_from(l.b2);
  uint32_t row = b->m * LANES, last = row - LANES;
  for (uint32_t c = 0; c < row; c += LANES * LANES) {
    const float *A[LANES];
    vec sums[LANES];
    UNROLLED
    for (uint32_t k = 0; k < LANES; k++) {
      A[k] = net->A + (c + k * LANES < last ? c + k * LANES : last);
      sums[k] = splat(0);
    }
    const float *W2 = l.W2, *end = W2 + net->n_h;
    do {
      vec w2 = load(W2);
      UNROLLED
      for (uint32_t k = 0; k < LANES; k++) {
        sums[k] = add(sums[k], mul(w2, load(A[k])));
        A[k] += row;
      }
      W2 += LANES;
    } while (W2 != end);
    store(net->Z + c / LANES, add(b2, sum_lanes4(sums[0], sums[1], sums[2], sums[3])));
  }
}

void small_forward(network *net, const batch *b) {
  linear_units(net, b);
  activate_hidden(net, net->A, net->n_h * b->m);
  sum_units(net, b);
}

ALWAYS_INLINE void backward_units(uint32_t activation, network *net, const batch *b) {
  layers l = layers_of(net, parameters_of(net->state)), g = layers_of(net, net->gradient);
  const float *A = net->A;
  vec one = load_exp2_constants().one;
  for (uint32_t j = 0; j < net->n_h; j += LANES) {
    vec zero = splat(0);
    unit_sums sums = {zero, zero, zero, zero};
    const float *d = net->Z, *x1 = b->x, *x2 = x1 + b->x_stride, *end = x1 + b->m;
    do {
      add_to_sums(activation, &sums, load(A), splat_from(d), splat_from(x1), splat_from(x2), one);
      A += LANES, d++, x1++, x2++;
    } while (x1 != end);
    vec w2 = load(l.W2 + j);
    store_in_turns(g.W1 + 2 * j, mul(w2, sums.dw11), mul(w2, sums.dw12));
    store(g.b1 + j, mul(w2, sums.db1));
    store(g.W2 + j, sums.dw2);
  }
}

NOINLINE static void backward_sigmoid(network *net, const batch *b) {
  backward_units(SIGMOID, net, b);
}
NOINLINE static void backward_tanh(network *net, const batch *b) { backward_units(TANH, net, b); }
NOINLINE static void backward_relu(network *net, const batch *b) { backward_units(RELU, net, b); }

void small_backward(network *net, const batch *b) {
  switch (net->options.activation) {
    case SIGMOID: backward_sigmoid(net, b); break;
    case TANH: backward_tanh(net, b); break;
    default: backward_relu(net, b);
  }
}
