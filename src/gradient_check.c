/*
 * The notes once more, in plain float64 loops and nothing shared with the kernels, beside
 * differences of the loss: what the kernels are checked against where no test can see them,
 * before the reader's eyes.
 */
#include "gradient_check.h"

#include <stddef.h>

#include "arithmetic.h"
#include "heap.h"

typedef gradient_problem problem;

/* Near the cube root of a double's rounding, where the two errors of a difference are alike. */
#define STEP 0x1p-17

/* A gradient's block is right if it is within this share of the differences. */
#define TOLERANCE 1e-6

static double size_of(double x) { return x < 0 ? -x : x; }
static double larger_of(double x, double y) { return x > y ? x : y; }

static double activation_f64(uint32_t activation, double z) {
  switch (activation) {
    case SIGMOID: return 1 / (1 + exp_f64(-z));
    case TANH: return 1 - 2 / (exp_f64(2 * z) + 1);
    default: return z > 0 ? z : 0;
  }
}

static double slope_f64(uint32_t activation, double z, double a) {
  switch (activation) {
    case SIGMOID: return a * (1 - a);
    case TANH: return (1 - a) * (1 + a);
    default: return z > 0;
  }
}

static uint32_t count_of(const problem *n) {
  return n->n_h * (n->n_x + 1) + n->n_y * (n->n_h + 1);
}

static int is_problem(const problem *n) {
  return n->m >= 1 && n->m <= MAX_EXAMPLES && n->n_h <= MAX_HIDDEN && n->n_y <= MAX_CLASSES &&
         n->activation <= RELU;
}

/* The parameters, block by block. */
typedef struct {
  const float *W1, *b1, *W2, *b2;
} blocks;

static blocks blocks_of(const problem *n) {
  blocks l;
  l.W1 = n->parameters;
  l.b1 = l.W1 + n->n_h * n->n_x;
  l.W2 = l.b1 + n->n_h;
  l.b2 = l.W2 + n->n_y * n->n_h;
  return l;
}

/* z1 of unit j and example i. */
static double hidden_f64(const problem *n, uint32_t j, uint32_t i) {
  blocks l = blocks_of(n);
  double z = (double)l.b1[j];
  for (uint32_t k = 0; k < n->n_x; k++) {
    z += (double)l.W1[j * n->n_x + k] * (double)n->x[k * n->m + i];
  }
  return z;
}

/* z1, a1 (n_h) and z2 (n_y) of example i. */
static void forward_f64(const problem *n, uint32_t i, double *z1, double *a1, double *z2) {
  blocks l = blocks_of(n);
  for (uint32_t j = 0; j < n->n_h; j++) {
    z1[j] = hidden_f64(n, j, i);
    a1[j] = activation_f64(n->activation, z1[j]);
  }
  for (uint32_t k = 0; k < n->n_y; k++) {
    z2[k] = (double)l.b2[k];
    for (uint32_t j = 0; j < n->n_h; j++) z2[k] += (double)l.W2[k * n->n_h + j] * a1[j];
  }
}

/* L from z2 (n_y), and dz2 = a2 - y unless NULL. */
static double loss_f64(uint32_t n_y, const double *z2, uint32_t label, double *dz2) {
  if (n_y == 1) {
    if (dz2) dz2[0] = activation_f64(SIGMOID, z2[0]) - label;
    return log1p_exp_f64(label ? -z2[0] : z2[0]);
  }
  double most = z2[0], sum = 0;
  for (uint32_t k = 1; k < n_y; k++) most = larger_of(most, z2[k]);
  for (uint32_t k = 0; k < n_y; k++) sum += exp_f64(z2[k] - most);
  for (uint32_t k = 0; dz2 && k < n_y; k++) dz2[k] = exp_f64(z2[k] - most) / sum - (k == label);
  return log_f64(sum) + (most - z2[label]);
}

/* Where a parameter stands: W1 and b1 feed unit j, W2 and b2 output k; input n_x or j n_h is 1. */
typedef struct {
  uint32_t block; /* 0 ... 3: W1, b1, W2, b2 */
  uint32_t to, from;
} place;

static place place_of(const problem *n, uint32_t parameter) {
  uint32_t ends[3] = {n->n_h * n->n_x, n->n_h, n->n_y * n->n_h};
  uint32_t block = 0;
  while (block < 3 && parameter >= ends[block]) parameter -= ends[block++];
  if (block == 1 || block == 3) return (place){block, parameter, 0};
  uint32_t columns = block == 0 ? n->n_x : n->n_h;
  return (place){block, parameter / columns, parameter % columns};
}

/* What the parameter multiplies in example i: x, 1, a1 or 1. */
static double factor_of(const problem *n, place p, uint32_t i) {
  switch (p.block) {
    case 0: return (double)n->x[p.from * n->m + i];
    case 2: return activation_f64(n->activation, hidden_f64(n, p.from, i));
    default: return 1;
  }
}

/* L of example i with its z2 as it is, but for the parameter at p being `moved` further on. */
static double moved_loss(const problem *n, place p, uint32_t i, const double *z2, double moved) {
  double z[MAX_CLASSES];
  for (uint32_t k = 0; k < n->n_y; k++) z[k] = z2[k];
  double shift = moved * factor_of(n, p, i);
  if (p.block >= 2) {
    z[p.to] += shift;
  } else {
    const float *W2 = blocks_of(n).W2 + p.to;
    double z1 = hidden_f64(n, p.to, i);
    double rise = activation_f64(n->activation, z1 + shift) - activation_f64(n->activation, z1);
    for (uint32_t k = 0; k < n->n_y; k++) z[k] += (double)W2[k * n->n_h] * rise;
  }
  return loss_f64(n->n_y, z, n->labels[i], NULL);
}

static double penalty_of(const problem *n, double w) {
  return (double)n->l1 * size_of(w) + (double)n->l2 * w * w;
}

static central_difference difference_of(const problem *n, uint32_t parameter, const double *Z2) {
  place p = place_of(n, parameter);
  double most = 1, weight = 1;
  for (uint32_t i = 0; i < n->m; i++) most = larger_of(most, size_of(factor_of(n, p, i)));
  for (uint32_t k = 0; k < n->n_y && p.block < 2; k++) {
    weight = larger_of(weight, size_of((double)blocks_of(n).W2[k * n->n_h + p.to]));
  }
  /* The parameter as the difference sees it: w + step and w - step are rounded. */
  double w = (double)n->parameters[parameter];
  double step = STEP / (most * weight);
  double up = (w + step) - w, down = (w - step) - w;
  central_difference result = {0, 0, 0};
  double losses = 0;
  for (uint32_t i = 0; i < n->m; i++) {
    const double *z2 = Z2 + i * n->n_y;
    double L = moved_loss(n, p, i, z2, up);
    losses += L;
    result.value += L - moved_loss(n, p, i, z2, down);
    if (n->activation != RELU || p.block >= 2) continue;
    double reach = size_of(factor_of(n, p, i)) * step;
    result.kinks += reach > 0 && size_of(hidden_f64(n, p.to, i)) <= reach;
  }
  result.value /= n->m * (up - down);
  /* L is within some roundings of 1 + L; the difference's own error is step^2 J''' / 6. */
  result.resolution = (0x1p-50 * (1 + losses / n->m) / STEP + STEP * STEP) * most * weight;
  if (p.block == 0 || p.block == 2) {
    result.value += (penalty_of(n, w + up) - penalty_of(n, w + down)) / (up - down);
    result.resolution += 0x1p-50 * (size_of(w) + step) * penalty_of(n, size_of(w) + step) / step;
    result.kinks += n->l1 > 0 && size_of(w) <= step;
  }
  return result;
}

enum status numeric_gradients(const problem *n, uint32_t first, uint32_t count,
                              central_difference *differences) {
  if (!is_problem(n) || first > count_of(n) || count > count_of(n) - first) return BAD_ARGUMENT;
  double *Z2 = heap_allocate((uint32_t)(n->m * n->n_y * sizeof(double)));
  if (!Z2) return OUT_OF_MEMORY;
  double z1[MAX_HIDDEN], a1[MAX_HIDDEN];
  for (uint32_t i = 0; i < n->m; i++) forward_f64(n, i, z1, a1, Z2 + i * n->n_y);
  for (uint32_t k = 0; k < count; k++) differences[k] = difference_of(n, first + k, Z2);
  heap_release(Z2);
  return OK;
}

/* dW of the loss, penalties included, in the parameters' order; returns the loss. */
static double gradient_f64(const problem *n, uint32_t sabotage, double *dW) {
  double z1[MAX_HIDDEN], a1[MAX_HIDDEN], z2[MAX_CLASSES], dz2[MAX_CLASSES];
  double *dW1 = dW, *db1 = dW1 + n->n_h * n->n_x;
  double *dW2 = db1 + n->n_h, *db2 = dW2 + n->n_y * n->n_h;
  const float *W2 = blocks_of(n).W2;
  double loss = 0, m = n->m;
  for (uint32_t p = 0; p < count_of(n); p++) dW[p] = 0;
  for (uint32_t i = 0; i < n->m; i++) {
    forward_f64(n, i, z1, a1, z2);
    loss += loss_f64(n->n_y, z2, n->labels[i], dz2) / m;
    for (uint32_t k = 0; k < n->n_y; k++) {
      for (uint32_t j = 0; j < n->n_h; j++) {
        dW2[k * n->n_h + j] += dz2[k] * a1[j] / (sabotage == MEAN_DROPPED ? 1 : m);
      }
      db2[k] += (sabotage == SIGN_FLIPPED ? -dz2[k] : dz2[k]) / m;
    }
    for (uint32_t j = 0; j < n->n_h; j++) {
      double dz1 = 0;
      for (uint32_t k = 0; k < n->n_y; k++) dz1 += (double)W2[k * n->n_h + j] * dz2[k];
      if (sabotage != SLOPE_DROPPED) dz1 *= slope_f64(n->activation, z1[j], a1[j]);
      for (uint32_t k = 0; k < n->n_x; k++) {
        dW1[j * n->n_x + k] += dz1 * (double)n->x[k * n->m + i] / m;
      }
      db1[j] += dz1 / m;
    }
  }
  for (uint32_t p = 0; p < count_of(n); p++) {
    if (place_of(n, p).block % 2) continue; /* biases bear no penalty */
    double w = (double)n->parameters[p];
    loss += penalty_of(n, w);
    dW[p] += (double)n->l1 * ((w > 0) - (w < 0)) + 2 * (double)n->l2 * w;
  }
  return loss;
}

/* Sums of squares over a block, for |a - b| / (|a| + |b|). */
typedef struct {
  double a, b, difference, resolution;
} comparison;

static void compare(comparison *c, double a, double b, double resolution) {
  c->a += a * a;
  c->b += b * b;
  c->difference += (a - b) * (a - b);
  c->resolution += resolution * resolution;
}

static double error_of(const comparison *c) {
  double norms = __builtin_sqrt(c->a) + __builtin_sqrt(c->b);
  double least = __builtin_sqrt(c->resolution) / TOLERANCE;
  double size = larger_of(norms, least);
  return size == 0 ? 0 : __builtin_sqrt(c->difference) / size;
}

enum status check_gradients(const problem *n, uint32_t sabotage,
                            const central_difference *differences, const float *kernels,
                            double *analytic, gradient_check *result) {
  if (!is_problem(n) || sabotage > SIGN_FLIPPED) return BAD_ARGUMENT;
  *result = (gradient_check){.loss = gradient_f64(n, sabotage, analytic)};
  comparison smooth[4] = {{0}}, all[4] = {{0}}, gap[4] = {{0}};
  for (uint32_t p = 0; p < count_of(n); p++) {
    const central_difference *numeric = &differences[p];
    uint32_t block = place_of(n, p).block;
    compare(&all[block], analytic[p], numeric->value, numeric->resolution);
    compare(&gap[block], analytic[p], (double)kernels[p], 0);
    result->kinks[block] += numeric->kinks > 0;
    if (numeric->kinks > 0) continue;
    compare(&smooth[block], analytic[p], numeric->value, numeric->resolution);
  }
  for (uint32_t block = 0; block < 4; block++) {
    result->error[block] = error_of(&smooth[block]);
    result->error_with_kinks[block] = error_of(&all[block]);
    result->float32_gap[block] = error_of(&gap[block]);
  }
  return OK;
}
