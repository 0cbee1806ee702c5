/* One update of the parameters from the gradient: penalties, optimiser, pins. */
#ifndef UPDATE_H
#define UPDATE_H

#include "network.h"

/* Adds the gradient of l1 sum |w| + l2 sum w^2 over W1 and W2 to net's gradient. */
void add_penalty_gradient(network *net, float l1, float l2);

/* l1 sum |w| + l2 sum w^2 over W1 and W2. */
double penalty(const network *net, float l1, float l2);

/*
 * Takes net's gradient one step with the options' optimiser, which starts with empty slots if it is
 * another one than before. Returns -1 if all that came of it is finite, and then it is net's state,
 * one step further. Else nothing has changed, and it returns the index of the first parameter whose
 * new value or slot is not finite.
 */
int32_t update_parameters(network *net, const training_options *options, int any_pinned);

#endif
