/* A network and its data as the gradient check takes them. */
#ifndef PROBLEM_H
#define PROBLEM_H

#include <stdlib.h>

#include "gradient_check.h"
#include "network.h"

typedef struct {
  gradient_problem n;
  float *x;
  uint8_t *labels;
} problem_copy;

/* Of data with m >= 1. */
static inline problem_copy problem_of(network *net, const data *d, const training_options *o) {
  problem_copy p;
  p.x = calloc(net->n_x * d->m, sizeof(float));
  p.labels = calloc(d->m, 1);
  data_read(d, p.x, p.labels);
  p.n = (gradient_problem){.parameters = network_parameters(net),
                           .x = p.x,
                           .labels = p.labels,
                           .n_x = net->n_x,
                           .n_h = net->n_h,
                           .n_y = net->n_y,
                           .m = d->m,
                           .activation = net->options.activation,
                           .l1 = o->l1,
                           .l2 = o->l2};
  return p;
}

static inline void problem_free(problem_copy *p) {
  free(p->x);
  free(p->labels);
}

#endif
