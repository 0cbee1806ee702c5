/*
 * A few examples, as mini-batches have them, hardly fill the lanes, and to sum a gradient over
 * them costs as much as to compute it. So here four units stand side by side, and a turn of a loop
 * takes one example: no lane is left empty, and the sums over the examples are there at its end.
 * Only Z2 is a sum across the lanes.
 */
#include "small.h"

#include "backward.h"
#include "vector_math.h"

/* What belongs to four units: the two columns of W1, b1, W2. */
typedef struct {
  vec w1, w2, b1, out;
} four_units;

ALWAYS_INLINE four_units units_from(layers l, uint32_t j) {
  vec low = load(l.W1 + 2 * j), high = load(l.W1 + 2 * j + LANES);
  four_units u = {wasm_i32x4_shuffle(low, high, 0, 2, 4, 6),
                  wasm_i32x4_shuffle(low, high, 1, 3, 5, 7), load(l.b1 + j), load(l.W2 + j)};
  return u;
}

ALWAYS_INLINE void forward_units(uint32_t activation, network *net, const batch *b) {
  layers l = layers_of(net, parameters_of(net->state));
  exp2_constants k = load_exp2_constants();
  vec factor = splat(activation == SIGMOID ? -LOG2_E_F : 2 * LOG2_E_F);
  float sums[SMALL_BATCH * LANES]; /* (columns, 4): W2 A1 before it is summed over the lanes */
  clear_floats(sums, b->columns * LANES);
  float *A = net->A; /* (n_h / 4, m, 4) */
  for (uint32_t j = 0; j < net->n_h; j += LANES) {
    four_units u = units_from(l, j);
    if (activation != RELU) {
      u.w1 = mul(factor, u.w1), u.w2 = mul(factor, u.w2), u.b1 = mul(factor, u.b1);
    }
    const float *x1 = b->x, *x2 = x1 + b->x_stride;
    float *sum = sums;
    for (const float *end = x1 + b->m; x1 != end; x1++, x2++) {
      vec z = add(add(u.b1, mul(u.w1, splat_from(x1))), mul(u.w2, splat_from(x2)));
      vec a = activation == RELU   ? larger(z, splat(0))
              : activation == TANH ? tanh_of_exponent(&k, clamp_hidden(&k, z))
                                   : sigmoid_of_exponent(&k, clamp_hidden(&k, z));
      store(A, a);
      store(sum, add(load(sum), mul(u.out, a)));
      A += LANES, sum += LANES;
    }
  }
  vec b2 = splat_from(l.b2);
  const float *s = sums;
  for (uint32_t c = 0; c < b->columns; c += LANES, s += LANES * LANES) {
    store(net->Z + c, add(b2, sum_lanes4(load(s), load(s + 4), load(s + 8), load(s + 12))));
  }
}

ALWAYS_INLINE void backward_units(uint32_t activation, network *net, const batch *b) {
  layers l = layers_of(net, parameters_of(net->state)), g = layers_of(net, net->gradient);
  const float *A = net->A;
  vec one = load_exp2_constants().one;
  for (uint32_t j = 0; j < net->n_h; j += LANES) {
    vec zero = splat(0);
    unit_sums sums = {zero, zero, zero, zero};
    const float *d = net->Z, *x1 = b->x, *x2 = x1 + b->x_stride;
    for (const float *end = x1 + b->m; x1 != end; x1++, x2++, d++, A += LANES) {
      add_to_sums(activation, &sums, load(A), splat_from(d), splat_from(x1), splat_from(x2), one);
    }
    vec w2 = load(l.W2 + j), dw1 = mul(w2, sums.dw11), dw2 = mul(w2, sums.dw12);
    store(g.W1 + 2 * j, wasm_i32x4_shuffle(dw1, dw2, 0, 4, 1, 5));
    store(g.W1 + 2 * j + LANES, wasm_i32x4_shuffle(dw1, dw2, 2, 6, 3, 7));
    store(g.b1 + j, mul(w2, sums.db1));
    store(g.W2 + j, sums.dw2);
  }
}

NOINLINE static void forward_sigmoid(network *net, const batch *b) {
  forward_units(SIGMOID, net, b);
}
NOINLINE static void forward_tanh(network *net, const batch *b) { forward_units(TANH, net, b); }
NOINLINE static void forward_relu(network *net, const batch *b) { forward_units(RELU, net, b); }

void small_forward(network *net, const batch *b) {
  switch (net->options.activation) {
    case SIGMOID: forward_sigmoid(net, b); break;
    case TANH: forward_tanh(net, b); break;
    default: forward_relu(net, b);
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
