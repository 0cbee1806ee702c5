/* Both passes of a few examples, for two inputs and one output. */
#ifndef SMALL_H
#define SMALL_H

#include "network.h"

/* Up to so many examples it is the faster way. */
#define SMALL_BATCH 16u

ALWAYS_INLINE int is_small(const network *net, const batch *b) {
  return b->m <= SMALL_BATCH && net->n_x == 2 && net->n_y == 1 && net->n_h % LANES == 0;
}

/* Net's Z becomes Z2 (columns) of the batch, and its A what small_backward reads. */
void small_forward(network *net, const batch *b);

/* Net's Z holding dZ2/m, its gradient becomes dW1, db1 and dW2; db2 is left as it is. */
void small_backward(network *net, const batch *b);

#endif
