/* The backward pass of a tile: dZ2 -> dW2, dZ1 -> dW1, db1. */
#ifndef BACKWARD_H
#define BACKWARD_H

#include "network.h"

/*
 * With two inputs and one output, a unit's row of dZ1 is w2 dZ2 g'(Z1) with one factor w2 for all
 * columns, so w2 can wait until after the sums:
 *
 *     s = dZ2/m g'(Z1):   dW2_j = sum dZ2/m a     db1_j = w2_j sum s     dW1_ji = w2_j sum s x_i
 */

/* From a and t = d a: s = d g'(z), with g' = a (1-a) for the sigmoid, 1 - a^2 for tanh, 0 or 1.
 * Not t - t a: where a is 2^-60, t a may be subnormal. */
ALWAYS_INLINE vec through_activation(uint32_t activation, vec d, vec a, vec t, vec one) {
  if (activation == SIGMOID) return mul(t, sub(one, a));
  if (activation == TANH) return sub(d, mul(t, a));
  return bits_and(d, lane_above(a, splat(0)));
}

/* The four sums of a unit. */
typedef struct {
  vec dw2, db1, dw11, dw12;
} unit_sums;

ALWAYS_INLINE void add_to_sums(uint32_t activation, unit_sums *sums, vec a, vec d, vec x1, vec x2,
                               vec one) {
  vec t = mul(d, a);
  sums->dw2 = add(sums->dw2, t);
  vec s = through_activation(activation, d, a, t, one);
  sums->db1 = add(sums->db1, s);
  sums->dw11 = add(sums->dw11, mul(s, x1));
  sums->dw12 = add(sums->dw12, mul(s, x2));
}

/* The gradients of W1's two columns, for four units, as they lie in W1: in turns. */
ALWAYS_INLINE void store_in_turns(float *dW1, vec first, vec second) {
  store(dW1, wasm_i32x4_shuffle(first, second, 0, 4, 1, 5));
  store(dW1 + LANES, wasm_i32x4_shuffle(first, second, 2, 6, 3, 7));
}

/*
 * Begins a gradient: zeros in net's gradient. Then, for each tile, output_gradient and
 * backward_tile; then backward_finish, after which net's gradient is dW1, db1, dW2, db2.
 */
void backward_begin(network *net);

/*
 * Adds a tile: net's A holds A1 (n_h, columns), its Z holds dZ2/m (n_y, columns).
 *   dW2 += dZ2 A1' / m     dZ1 = W2' dZ2 * g'(Z1)     dW1 += dZ1 X' / m     db1 += sum dZ1 / m
 * A is used up.
 */
void backward_tile(network *net, const float *x, uint32_t x_stride, uint32_t columns);
void backward_finish(network *net);

/* Net's A, holding A1 (n_h, columns), becomes dZ1 = W2' Z * g'(Z1), its Z holding dZ2 (n_y, columns). */
void hidden_gradient(const network *net, uint32_t columns);

#endif
