#include "forward.h"

#include "arithmetic.h"
#include "matmul.h"
#include "vector_math.h"

/* 4 units by all columns, for two inputs: 8 weights and 4 biases stay in registers. */
NOINLINE static void linear_2_inputs(const float *W, const float *bias, const float *x1,
                                     const float *x2, uint32_t columns, float *Z) {
  vec w11 = splat_from(W + 0), w12 = splat_from(W + 1), b1 = splat_from(bias + 0);
  vec w21 = splat_from(W + 2), w22 = splat_from(W + 3), b2 = splat_from(bias + 1);
  vec w31 = splat_from(W + 4), w32 = splat_from(W + 5), b3 = splat_from(bias + 2);
  vec w41 = splat_from(W + 6), w42 = splat_from(W + 7), b4 = splat_from(bias + 3);
  float *Z1 = Z, *Z2 = Z + columns, *Z3 = Z2 + columns, *Z4 = Z3 + columns;
  const float *end = x1 + columns;
  do {
    vec a = load(x1), b = load(x2);
    store(Z1, add(add(b1, mul(w11, a)), mul(w12, b)));
    store(Z2, add(add(b2, mul(w21, a)), mul(w22, b)));
    store(Z3, add(add(b3, mul(w31, a)), mul(w32, b)));
    store(Z4, add(add(b4, mul(w41, a)), mul(w42, b)));
    x1 += LANES, x2 += LANES, Z1 += LANES, Z2 += LANES, Z3 += LANES, Z4 += LANES;
  } while (x1 != end);
}

void exp2_in_place(float *z, uint32_t n) {
  exp2_constants k = load_exp2_constants();
  for (const float *end = z + n; z != end; z += LANES) store(z, exp2_of_exponent(&k, load(z)));
}

/* Where no exponent is beyond the limits the clamps are left out, two operations of 18: that is
 * 8 % of a training step, and changes no bit. */
ALWAYS_INLINE void exponential_in_place(uint32_t activation, int bounded, float *a, uint32_t n) {
  exp2_constants k = load_exp2_constants();
  const float *end = a + n;
  do {
    vec z = bounded ? load(a) : clamp_hidden(&k, load(a));
    store(a, activation == TANH ? tanh_of_exponent(&k, z) : sigmoid_of_exponent(&k, z));
    a += LANES;
  } while (a != end);
}

void sigmoid_in_place(float *a, uint32_t n) { exponential_in_place(SIGMOID, 0, a, n); }
NOINLINE static void tanh_in_place(float *a, uint32_t n) { exponential_in_place(TANH, 0, a, n); }
NOINLINE static void bounded_sigmoid(float *a, uint32_t n) {
  exponential_in_place(SIGMOID, 1, a, n);
}
NOINLINE static void bounded_tanh(float *a, uint32_t n) { exponential_in_place(TANH, 1, a, n); }

void relu_in_place(float *a, uint32_t n) {
  vec zero = splat(0);
  for (const float *end = a + n; a != end; a += LANES) store(a, larger(load(a), zero));
}

/* Whether |z| <= |b| + sum |w| |x| stays below the clamps. Summed as z is: as rounding is
 * monotonic, no |z| is beyond it. */
static int is_bounded(const network *net, const float *reach) {
  const float *w = net->scaled, *b = w + net->n_h * net->n_x;
  for (uint32_t j = 0; j < net->n_h; j++) {
    float z = __builtin_fabsf(b[j]);
    for (uint32_t i = 0; i < net->n_x; i++) z += __builtin_fabsf(*w++) * reach[i];
    if (!(z < HIDDEN_LIMIT)) return 0;
  }
  return 1;
}

float exponent_factor(uint32_t activation) {
  static const float factors[] = {[SIGMOID] = -LOG2_E_F, [TANH] = 2 * LOG2_E_F, [RELU] = 1};
  return factors[activation];
}

void scale_hidden_weights(network *net, const float *reach) {
  const float *W = parameters_of(net->state);
  vec factor = splat(exponent_factor(net->options.activation));
  uint32_t n = pad(net->n_h * (net->n_x + 1));
  for (uint32_t i = 0; i < n; i += LANES) store(net->scaled + i, mul(factor, load(W + i)));
  net->bounded = reach && is_bounded(net, reach);
}

void activate_hidden(const network *net, float *z, uint32_t n) {
  uint32_t activation = net->options.activation;
  if (activation == RELU) {
    relu_in_place(z, n);
  } else if (activation == TANH) {
    if (net->bounded) bounded_tanh(z, n);
    else tanh_in_place(z, n);
  } else {
    if (net->bounded) bounded_sigmoid(z, n);
    else sigmoid_in_place(z, n);
  }
}

void forward_hidden(network *net, const float *x, uint32_t x_stride, uint32_t columns) {
  const float *W = net->scaled;
  const float *bias = W + net->n_h * net->n_x;
  uint32_t units = 0;
  if (net->n_x == 2) {
    for (; units + 4 <= net->n_h; units += 4) {
      linear_2_inputs(W + units * 2, bias + units, x, x + x_stride, columns,
                      net->A + units * columns);
    }
  }
  if (units < net->n_h) {
    matmul(W + units * net->n_x, bias + units, x, x_stride, net->A + units * columns, columns,
           net->n_h - units, net->n_x, columns);
  }
  activate_hidden(net, net->A, net->n_h * columns);
}

void forward_output(network *net, uint32_t columns) {
  layers l = layers_of(net, parameters_of(net->state));
  matmul(l.W2, l.b2, net->A, columns, net->Z, columns, net->n_y, net->n_h, columns);
}

/*
 * Columns of Z2 become their softmax: 2^((z - max z) log2 e), divided by its sum. Exponents below
 * -36 count as -36: next to the largest, whose power is 1, they are nothing.
 */
static void softmax_in_place(float *Z, uint32_t n_y, uint32_t columns) {
  vec log2_e = splat(LOG2_E_F), least = splat(-OUTPUT_LIMIT);
  for (uint32_t c = 0; c < columns; c += LANES) {
    vec most = load(Z + c);
    for (uint32_t k = 1; k < n_y; k++) most = larger(most, load(Z + k * columns + c));
    for (uint32_t k = 0; k < n_y; k++) {
      float *z = Z + k * columns + c;
      store(z, larger(mul(sub(load(z), most), log2_e), least));
    }
  }
  exp2_in_place(Z, n_y * columns);
  for (uint32_t c = 0; c < columns; c += LANES) {
    vec sum = load(Z + c);
    for (uint32_t k = 1; k < n_y; k++) sum = add(sum, load(Z + k * columns + c));
    for (uint32_t k = 0; k < n_y; k++) {
      float *z = Z + k * columns + c;
      store(z, divide(load(z), sum));
    }
  }
}

void activate_output(const network *net, uint32_t columns) {
  if (net->n_y > 1) {
    softmax_in_place(net->Z, net->n_y, columns);
    return;
  }
  vec factor = splat(-LOG2_E_F);
  for (uint32_t c = 0; c < columns; c += LANES) store(net->Z + c, mul(factor, load(net->Z + c)));
  sigmoid_in_place(net->Z, columns);
}
