/* The forward pass of a tile: X -> Z1 -> A1 -> Z2 -> A2. Columns along the lanes. */
#ifndef FORWARD_H
#define FORWARD_H

#include "network.h"

/* What Z1 is multiplied by to be the exponent of its activation: -log2 e for the sigmoid
 * (1 / (1 + 2^z)), 2 log2 e for tanh ((2^z - 1) / (2^z + 1)), 1 for ReLU. */
float exponent_factor(uint32_t activation);

/*
 * That factor, folded into a copy of W1 and b1.
 * To be called whenever the parameters have changed, before forward_hidden. Of the examples
 * that follow, input i is at most reach[i] in size; NULL if that is not known.
 */
void scale_hidden_weights(network *net, const float *reach);

/* z (n), Z1 times exponent_factor, becomes g(Z1); n is a multiple of LANES. If net is `bounded`, no
 * z is beyond HIDDEN_LIMIT. */
void activate_hidden(const network *net, float *z, uint32_t n);

/* Net's A (n_h, columns) = A1 of x (n_x, columns), rows x_stride apart; columns <= TILE. */
void forward_hidden(network *net, const float *x, uint32_t x_stride, uint32_t columns);

/* Net's Z (n_y, columns) = W2 A + b2. */
void forward_output(network *net, uint32_t columns);

/* Rows of n numbers, n a multiple of LANES. */
void exp2_in_place(float *z, uint32_t n);    /* 2^z, |z| <= 126 */
void sigmoid_in_place(float *z, uint32_t n); /* 1 / (1 + 2^z), z clamped to +-60 */
void relu_in_place(float *z, uint32_t n);    /* max(z, 0); a NaN stays, as training must see it */

/* Net's Z becomes A2: the sigmoid of it, or the softmax of its columns. */
void activate_output(const network *net, uint32_t columns);

#endif
