/*
 * The notes in plain float64 loops, one example after the other, with libm: what the
 * kernels are tested against. Beside every value stands a bound on the error that float32
 * kernels may make in it, in any order of summation.
 *
 * The bounds are a first-order running error analysis. u = 2^-24 is the rounding of one
 * float32 operation; an activation is within `activation_error` of the truth; a sum of n
 * terms is within n u of the sum of their sizes; an error passes through a function times
 * the function's slope.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "network.h"

#define U 0x1p-24

/* Absolute, everywhere; tests/native/vector_math.c measures them. */
static inline double activation_error(uint32_t activation) {
  return activation == SIGMOID ? 1.05e-7 : activation == TANH ? 1.57e-7 : 0;
}

typedef struct {
  double value, bound;
} bounded;

/* m examples, (inputs, m) row by row with features, and their classes. */
typedef struct {
  uint32_t n_x, n_h, n_y, m, activation;
  const double *x;       /* (n_x, m) */
  const uint8_t *labels; /* (m) */
  const double *W1, *b1, *W2, *b2;
} plain_network;

typedef struct {
  bounded J;
  bounded *dW;                            /* (count), in the parameters' order */
  bounded *Z1, *A1, *Z2, *A2, *dZ1, *dZ2; /* (n_h, m), (n_y, m) */
} plain_result;

static inline plain_result plain_allocate(uint32_t n_x, uint32_t n_h, uint32_t n_y, uint32_t m) {
  plain_result r;
  uint32_t count = n_h * (n_x + 1) + n_y * (n_h + 1);
  r.J = (bounded){0, 0};
  r.dW = calloc(count, sizeof(bounded));
  r.Z1 = calloc(n_h * m, sizeof(bounded));
  r.A1 = calloc(n_h * m, sizeof(bounded));
  r.dZ1 = calloc(n_h * m, sizeof(bounded));
  r.Z2 = calloc(n_y * m, sizeof(bounded));
  r.A2 = calloc(n_y * m, sizeof(bounded));
  r.dZ2 = calloc(n_y * m, sizeof(bounded));
  return r;
}

static inline void plain_free(plain_result *r) {
  free(r->dW);
  free(r->Z1);
  free(r->A1);
  free(r->dZ1);
  free(r->Z2);
  free(r->A2);
  free(r->dZ2);
}

static inline bounded plain_activate(uint32_t activation, bounded z) {
  switch (activation) {
    case SIGMOID:
      return (bounded){1 / (1 + exp(-z.value)), z.bound / 4 + activation_error(SIGMOID)};
    case TANH:
      return (bounded){tanh(z.value), z.bound + activation_error(TANH)};
    default:
      return (bounded){z.value > 0 ? z.value : 0, z.bound};
  }
}

/* g'(z) from a; u for each rounding of numbers of size 1, as 1 - a is formed from a. */
static inline bounded plain_slope(uint32_t activation, bounded z, bounded a) {
  switch (activation) {
    case SIGMOID:
      return (bounded){a.value * (1 - a.value), a.bound + 2 * U};
    case TANH:
      return (bounded){1 - a.value * a.value, 2 * a.bound + 4 * U};
    default:
      return (bounded){z.value > 0, fabs(z.value) <= z.bound ? 1 : 0};
  }
}

/* Column i of Z1, A1, Z2, A2, dZ2 and dZ1, and its L. */
static inline bounded plain_example(const plain_network *n, plain_result *r, uint32_t i) {
  uint32_t m = n->m;
  for (uint32_t j = 0; j < n->n_h; j++) {
    double z = n->b1[j], sizes = fabs(n->b1[j]);
    for (uint32_t k = 0; k < n->n_x; k++) {
      double product = n->W1[j * n->n_x + k] * n->x[k * m + i];
      z += product;
      sizes += fabs(product);
    }
    /* Beside the sum's n_x + 1 terms: the factor of the exponent, its product, a feature. */
    r->Z1[j * m + i] = (bounded){z, (n->n_x + 4) * U * sizes};
    r->A1[j * m + i] = plain_activate(n->activation, r->Z1[j * m + i]);
  }
  double most = -INFINITY, widest = 0;
  for (uint32_t k = 0; k < n->n_y; k++) {
    double z = n->b2[k], sizes = fabs(n->b2[k]), passed = 0;
    for (uint32_t j = 0; j < n->n_h; j++) {
      double w = n->W2[k * n->n_h + j];
      z += w * r->A1[j * m + i].value;
      sizes += fabs(w * r->A1[j * m + i].value);
      passed += fabs(w) * r->A1[j * m + i].bound;
    }
    r->Z2[k * m + i] = (bounded){z, passed + (n->n_h + 2) * U * sizes};
    most = fmax(most, z);
    widest = fmax(widest, r->Z2[k * m + i].bound + 4 * U * fabs(z));
  }
  uint32_t label = n->labels[i];
  double loss;
  if (n->n_y == 1) {
    double z = r->Z2[i].value;
    r->A2[i] = plain_activate(SIGMOID, (bounded){z, widest});
    loss = fmax(z, 0) - z * label + log1p(exp(-fabs(z)));
  } else {
    double sum = 0;
    for (uint32_t k = 0; k < n->n_y; k++) sum += exp(r->Z2[k * m + i].value - most);
    for (uint32_t k = 0; k < n->n_y; k++) {
      /* |dp_k| <= p_k (1 - p_k) 2 max |dz|; an exponential is within 9 ulp = 18 u, and so is
       * their sum. */
      double p = exp(r->Z2[k * m + i].value - most) / sum;
      r->A2[k * m + i] = (bounded){p, widest / 2 + 40 * U * p};
    }
    loss = log(sum) + most - r->Z2[label * m + i].value;
  }
  for (uint32_t k = 0; k < n->n_y; k++) {
    double y = n->n_y == 1 ? label : label == k;
    bounded a = r->A2[k * m + i];
    r->dZ2[k * m + i] = (bounded){a.value - y, a.bound + 3 * U * fabs(a.value - y)};
  }
  for (uint32_t j = 0; j < n->n_h; j++) {
    double s = 0, sizes = 0, passed = 0;
    for (uint32_t k = 0; k < n->n_y; k++) {
      double w = n->W2[k * n->n_h + j];
      bounded d = r->dZ2[k * m + i];
      s += w * d.value;
      sizes += fabs(w * d.value);
      passed += fabs(w) * d.bound;
    }
    bounded slope = plain_slope(n->activation, r->Z1[j * m + i], r->A1[j * m + i]);
    double bound = (passed + (n->n_y + 3) * U * sizes) * (fabs(slope.value) + slope.bound) +
                   fabs(s) * slope.bound;
    r->dZ1[j * m + i] = (bounded){s * slope.value, bound};
  }
  /* |dL/dz| <= 1 for two classes, 2 over all logits for more. By products: two roundings and
   * p's own error for each example; the logarithm's is far below. */
  return (bounded){loss, 2 * widest + 24 * U};
}

/* Adds d times a / m to a gradient; `roundings` bounds the depth of its sum. */
static inline void plain_add(bounded *sum, bounded d, bounded a, double m, double roundings) {
  sum->value += d.value * a.value / m;
  sum->bound += (d.bound * (fabs(a.value) + a.bound) + fabs(d.value) * a.bound +
                 roundings * U * fabs(d.value * a.value)) /
                m;
}

/* J, its gradient and the notes' quantities, of all m examples. */
static inline void plain_gradient(const plain_network *n, plain_result *r) {
  uint32_t m = n->m;
  uint32_t count = n->n_h * (n->n_x + 1) + n->n_y * (n->n_h + 1);
  bounded *dW1 = r->dW, *db1 = dW1 + n->n_h * n->n_x;
  bounded *dW2 = db1 + n->n_h, *db2 = dW2 + n->n_y * n->n_h;
  /* A lane adds at most 64 columns a tile, then tiles; 1/m, products and lanes round too. */
  double roundings = 64 + m / 64.0 + 12;
  for (uint32_t p = 0; p < count; p++) r->dW[p] = (bounded){0, 0};
  r->J = (bounded){0, 0};
  for (uint32_t i = 0; i < m; i++) {
    bounded L = plain_example(n, r, i);
    r->J.value += L.value / m;
    r->J.bound += L.bound / m;
    for (uint32_t j = 0; j < n->n_h; j++) {
      bounded d = r->dZ1[j * m + i];
      for (uint32_t k = 0; k < n->n_x; k++) {
        double x = n->x[k * m + i];
        plain_add(&dW1[j * n->n_x + k], d, (bounded){x, U * fabs(x)}, m, roundings);
      }
      plain_add(&db1[j], d, (bounded){1, 0}, m, roundings);
    }
    for (uint32_t k = 0; k < n->n_y; k++) {
      bounded d = r->dZ2[k * m + i];
      for (uint32_t j = 0; j < n->n_h; j++) {
        plain_add(&dW2[k * n->n_h + j], d, r->A1[j * m + i], m, roundings);
      }
      plain_add(&db2[k], d, (bounded){1, 0}, m, roundings);
    }
  }
}

#endif
