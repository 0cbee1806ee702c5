/* The loss of a batch and its gradient: the forward and the backward pass, tile by tile. */
#ifndef GRADIENT_H
#define GRADIENT_H

#include "network.h"

/* J of the batch, if `with_loss`, else 0. Net's gradient becomes that of J, without penalties. */
double batch_gradient(network *net, const batch *b, int with_loss);

/* J of the batch alone: the forward pass. Leaves net's gradient. */
double batch_loss(network *net, const batch *b);

#endif
