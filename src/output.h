/* The loss of a tile and its gradient with respect to Z2. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "network.h"

/*
 * Net's Z (n_y, columns), holding Z2 of net's A, becomes dZ2 / m = (A2 - Y) / m; padding
 * becomes 0. Adds the sums of its rows to db2 (n_y). Returns the sum of L over the tile; what
 * it returns without `with_loss` means nothing.
 */
double output_gradient(network *net, const float *targets, uint32_t columns, float inverse_m,
                       int with_loss, float *db2);

/*
 * L of one example from its n_y logits, `stride` apart, in float64:
 *   two classes  max(z,0) - z y + log(1 + e^-|z|) = log(1 + e^-z) for y = 1, log(1 + e^z) for y = 0
 *   more         log sum_k e^z_k - z_y
 * Stays finite for every finite z.
 */
double loss_of_logits(const float *z, uint32_t stride, uint32_t n_y, uint32_t label);

#endif
