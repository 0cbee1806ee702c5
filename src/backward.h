/* The backward pass of a tile: dZ2 -> dW2, dZ1 -> dW1, db1. */
#ifndef BACKWARD_H
#define BACKWARD_H

#include "network.h"

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
