/* A network and its data, and the same numbers in float64 for the plain loops. */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "plain.h"

static const char *const activation_names[] = {"sigmoid", "tanh", "relu"};

#define DEFAULT_TRAINING \
  ((training_options){   \
      .learning_rate = 1, .momentum = 0.9f, .beta1 = 0.9f, .beta2 = 0.999f, .epsilon = 1e-7f})

typedef struct {
  network *net;
  data *d;
  uint32_t m;
  float *x;        /* (m, inputs) row by row */
  uint8_t *labels; /* (m) */
  double *columns; /* (n_x, m), features included */
} subject;

static inline network_options options_of(uint32_t inputs, uint32_t hidden, uint32_t classes,
                                         uint32_t activation) {
  return (network_options){
      .seed = 1, .inputs = inputs, .hidden = hidden, .classes = classes, .activation = activation};
}

/* m examples with |x| <= reach; classes in turn, so that each has its share. */
static inline subject subject_create(const network_options *o, uint32_t m, double reach) {
  subject s;
  s.m = m;
  s.net = network_create(o);
  s.d = data_create(o->inputs, o->features, o->classes);
  check(s.net && s.d, "no memory for a test's network");
  uint32_t n_x = s.net->n_x;
  s.x = calloc(m * o->inputs, sizeof(float));
  s.labels = calloc(m, 1);
  s.columns = calloc(n_x * m, sizeof(double));
  for (uint32_t i = 0; i < m * o->inputs; i++) s.x[i] = (float)(reach * sample());
  for (uint32_t i = 0; i < m; i++) {
    s.labels[i] = (uint8_t)(i % o->classes);
    double row[MAX_INPUTS];
    uint32_t rows = 0;
    for (; rows < o->inputs; rows++) row[rows] = (double)s.x[i * o->inputs + rows];
    if (o->features & X1_SQUARED) row[rows++] = row[0] * row[0];
    if (o->features & X2_SQUARED) row[rows++] = row[1] * row[1];
    if (o->features & X1_X2) row[rows++] = row[0] * row[1];
    if (o->features & SIN_X1) row[rows++] = sin(row[0]);
    if (o->features & SIN_X2) row[rows++] = sin(row[1]);
    for (uint32_t k = 0; k < n_x; k++) s.columns[k * m + i] = row[k];
  }
  check(data_set(s.d, s.x, s.labels, m) == OK, "data_set refuses %u good examples", m);
  return s;
}

static inline void subject_free(subject *s) {
  network_free(s->net);
  data_free(s->d);
  free(s->x);
  free(s->labels);
  free(s->columns);
}

/* Biases away from 0, which a start has them at, and ten times as large as Glorot's weights. */
static inline void subject_perturb(subject *s, double size) {
  float *w = network_parameters(s->net);
  for (uint32_t i = 0; i < s->net->count; i++) w[i] += (float)(size * sample());
}

/* The network as it is now, in float64; the parameters are a copy, to be freed. */
static inline plain_network plain_of(const subject *s, double **parameters) {
  const network *net = s->net;
  double *w = calloc(net->count, sizeof(double));
  const float *now = network_parameters(s->net);
  for (uint32_t i = 0; i < net->count; i++) w[i] = (double)now[i];
  *parameters = w;
  uint32_t W1 = net->n_h * net->n_x, W2 = net->n_y * net->n_h;
  return (plain_network){.n_x = net->n_x,
                         .n_h = net->n_h,
                         .n_y = net->n_y,
                         .m = s->m,
                         .activation = net->options.activation,
                         .x = s->columns,
                         .labels = s->labels,
                         .W1 = w,
                         .b1 = w + W1,
                         .W2 = w + W1 + net->n_h,
                         .b2 = w + W1 + net->n_h + W2};
}

#endif
