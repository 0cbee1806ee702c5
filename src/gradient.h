/* The loss of a batch and its gradient: the forward and the backward pass, tile by tile. */
#ifndef GRADIENT_H
#define GRADIENT_H

#include "network.h"

/* J of the batch, which means nothing without `with_loss`. Net's gradient becomes that of J,
 * without penalties. */
double batch_gradient(network *net, const batch *b, int with_loss);

/* J of the batch alone: the forward pass. Leaves net's gradient. */
double batch_loss(network *net, const batch *b);

/* Examples of the batch whose class is found: column c is example order[c], or c if order is
 * NULL, of the labels. Leaves net's gradient. */
uint32_t batch_correct(network *net, const batch *b, const uint8_t *labels, const uint32_t *order);

#endif
