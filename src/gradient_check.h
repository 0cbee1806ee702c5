/*
 * gradient_check.h - is the gradient right?
 *
 * The gradient of the loss, penalties included, in three ways: by the kernels in float32, by the
 * notes' formulas in plain float64 loops, and by differences of the loss in float64, which know of
 * no formula for a gradient at all. The latter two share nothing with the kernels, and training
 * needs neither: so they are a WebAssembly module of their own, gradient-check.wasm, with a memory
 * of its own (allocate and release, as in two_layer.h).
 */
#ifndef GRADIENT_CHECK_H
#define GRADIENT_CHECK_H

#include "two_layer.h"

/* A network, its data and its penalties, as network_parameters and data_read give them. */
typedef struct {
  const float *parameters; /* n_h (n_x + 1) + n_y (n_h + 1) */
  const float *x;          /* X (n_x, m) row by row, features included */
  const uint8_t *labels;   /* (m) */
  uint32_t n_x, n_h, n_y, m;
  uint32_t activation;
  float l1, l2;
} gradient_problem;

/*
 * The sabotages are slips in the notes' formulas that the differences must find. Each touches
 * parts of its own: dropping g' from dZ1 spoils dW1 and db1, dropping 1/m spoils dW2 (but for
 * m = 1), a flipped sign spoils db2.
 */
enum sabotage { NO_SABOTAGE, SLOPE_DROPPED, MEAN_DROPPED, SIGN_FLIPPED };

/* (J(w + step) - J(w - step)) / (2 step) of one parameter. The step moves no Z1 and no Z2 by more
 * than 2^-17. */
typedef struct {
  double value;
  double resolution; /* how far rounding and the width of the step may lead it astray */
  double kinks;      /* examples for which a ReLU unit turns within the step; a weight at 0 under L1 */
} central_difference;

/*
 * The differences for parameters first ... first + count - 1, into differences (count). Takes
 * time in proportion to m count n_y, so a large network is better done in slices.
 */
enum status numeric_gradients(const gradient_problem *, uint32_t first, uint32_t count,
                              central_difference *differences);

/*
 * For each block W1, b1, W2, b2, as vectors: |a - b| / (|a| + |b|), but a difference below the
 * resolution is never above 1e-6. A parameter with a kink has no derivative that differences could
 * find: `error` leaves these out, `error_with_kinks` does not.
 */
typedef struct {
  double error[4];            /* analytic to numeric: above 1e-6, the formulas are wrong */
  double error_with_kinks[4];
  double float32_gap[4];      /* the kernels to analytic */
  double kinks[4];            /* parameters with kinks */
  double loss;                /* in float64 */
} gradient_check;

/* Given the differences of all parameters and the kernels' gradient (network_gradients with the
 * same penalties), the analytic one and how they agree; arrays as parameters. */
enum status check_gradients(const gradient_problem *, uint32_t sabotage,
                            const central_difference *differences, const float *kernels,
                            double *analytic, gradient_check *);

#endif
