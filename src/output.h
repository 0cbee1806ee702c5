/* The loss of a tile and its gradient with respect to Z2. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "network.h"

/* What output_gradient says of a tile besides dZ2. */
typedef struct {
  double loss;      /* the sum of L; means nothing without `with_loss` */
  int exact_needed; /* some p was below 2^-36, or Z2 not a number: `loss` does not hold */
} tile_loss;

/*
 * Net's Z (n_y, columns), holding Z2, becomes dZ2 / m = (A2 - Y) / m; padding becomes 0.
 * Adds the sums of its rows to db2 (n_y).
 */
tile_loss output_gradient(network *net, const float *targets, uint32_t columns, float inverse_m,
                          int with_loss, float *db2);

/* The sum of L over net's Z (n_y, columns), holding Z2, in float64. */
double exact_tile_loss(const network *net, const float *targets, uint32_t columns);

/*
 * L of one example from its n_y logits, `stride` apart, in float64:
 *   two classes  max(z,0) - z y + log(1 + e^-|z|) = log(1 + e^-z) for y = 1, log(1 + e^z) for y = 0
 *   more         log sum_k e^z_k - z_y
 * Stays finite for every finite z.
 */
double loss_of_logits(const float *z, uint32_t stride, uint32_t n_y, uint32_t label);

#endif
