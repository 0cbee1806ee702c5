#include "backward.h"

#include "matmul.h"

/*
 * The usual shape, two inputs and one output, has a kernel of its own. A unit's row of dZ1 is
 * w2 dZ2 g'(Z1) with one factor w2 for all columns, so w2 can wait until after the sums:
 *
 *     s = dZ2/m g'(Z1):   dW2_j = sum dZ2/m a     db1_j = w2_j sum s     dW1_ji = w2_j sum s x_i
 *
 * unit_sums (n_h, 4) holds sum dZ2/m a, sum s, sum s x1, sum s x2. s is never stored.
 */
static int is_usual_shape(const network *net) { return net->n_x == 2 && net->n_y == 1; }

/* From a and t = d a: s = d g'(z); a (1 - a) for the sigmoid, 1 - a^2 for tanh, 0 or 1 for ReLU. */
ALWAYS_INLINE vec through_activation(uint32_t activation, vec d, vec a, vec t) {
  if (activation == SIGMOID) return sub(t, mul(t, a));
  if (activation == TANH) return sub(d, mul(t, a));
  return bits_and(d, lane_above(a, splat(0)));
}

/* `units` (1 or 2) units by all columns: 4 sums for each, in registers. */
ALWAYS_INLINE void units_backward(uint32_t activation, uint32_t units, const float *a,
                                  const float *d, const float *x1, const float *x2,
                                  uint32_t columns, float *sums) {
  vec zero = splat(0);
  vec dw2[2] = {zero, zero}, db1[2] = {zero, zero};
  vec dw11[2] = {zero, zero}, dw12[2] = {zero, zero};
  const float *second = a + columns;
  for (const float *end = d + columns; d != end; d += LANES) {
    vec gradient = load(d), in1 = load(x1), in2 = load(x2);
    UNROLLED
    for (uint32_t j = 0; j < units; j++) {
      vec activity = load(j ? second : a);
      vec t = mul(gradient, activity);
      dw2[j] = add(dw2[j], t);
      vec s = through_activation(activation, gradient, activity, t);
      db1[j] = add(db1[j], s);
      dw11[j] = add(dw11[j], mul(s, in1));
      dw12[j] = add(dw12[j], mul(s, in2));
    }
    a += LANES, second += LANES, x1 += LANES, x2 += LANES;
  }
  UNROLLED
  for (uint32_t j = 0; j < units; j++) {
    float *out = sums + j * LANES;
    store(out, add(load(out), sum_lanes4(dw2[j], db1[j], dw11[j], dw12[j])));
  }
}

ALWAYS_INLINE void usual_backward(uint32_t activation, network *net, const float *x,
                                  uint32_t x_stride, uint32_t columns) {
  uint32_t j = 0;
  for (; j + 2 <= net->n_h; j += 2) {
    units_backward(activation, 2, net->A + j * columns, net->Z, x, x + x_stride, columns,
                   net->unit_sums + j * LANES);
  }
  if (j < net->n_h) {
    units_backward(activation, 1, net->A + j * columns, net->Z, x, x + x_stride, columns,
                   net->unit_sums + j * LANES);
  }
}

NOINLINE static void usual_backward_sigmoid(network *net, const float *x, uint32_t x_stride,
                                            uint32_t columns) {
  usual_backward(SIGMOID, net, x, x_stride, columns);
}
NOINLINE static void usual_backward_tanh(network *net, const float *x, uint32_t x_stride,
                                         uint32_t columns) {
  usual_backward(TANH, net, x, x_stride, columns);
}
NOINLINE static void usual_backward_relu(network *net, const float *x, uint32_t x_stride,
                                         uint32_t columns) {
  usual_backward(RELU, net, x, x_stride, columns);
}

static void usual_finish(network *net) {
  layers w = layers_of(net, parameters_of(net->state));
  layers g = layers_of(net, net->gradient);
  for (uint32_t j = 0; j < net->n_h; j++) {
    const float *sums = net->unit_sums + j * LANES;
    g.W2[j] = sums[0];
    g.b1[j] = w.W2[j] * sums[1];
    g.W1[2 * j] = w.W2[j] * sums[2];
    g.W1[2 * j + 1] = w.W2[j] * sums[3];
  }
}

/* A (n_h, columns) becomes dZ1/m = W2' dZ2/m * g'(Z1), for any number of outputs. */
ALWAYS_INLINE void hidden_gradient(uint32_t activation, network *net, uint32_t columns) {
  const float *W2 = layers_of(net, parameters_of(net->state)).W2;
  for (uint32_t j = 0; j < net->n_h; j++) {
    float *a = net->A + j * columns;
    for (uint32_t c = 0; c < columns; c += LANES) {
      vec d = mul(splat_from(W2 + j), load(net->Z + c));
      for (uint32_t k = 1; k < net->n_y; k++) {
        d = add(d, mul(splat_from(W2 + k * net->n_h + j), load(net->Z + k * columns + c)));
      }
      vec activity = load(a + c);
      store(a + c, through_activation(activation, d, activity, mul(d, activity)));
    }
  }
}

static void general_backward(network *net, const float *x, uint32_t x_stride, uint32_t columns) {
  layers g = layers_of(net, net->gradient);
  matmul_transposed(net->Z, columns, net->A, columns, g.W2, net->n_y, net->n_h, columns);
  switch (net->options.activation) {
    case SIGMOID: hidden_gradient(SIGMOID, net, columns); break;
    case TANH: hidden_gradient(TANH, net, columns); break;
    default: hidden_gradient(RELU, net, columns);
  }
  sum_rows(net->A, columns, g.b1, net->n_h, columns);
  matmul_transposed(net->A, columns, x, x_stride, g.W1, net->n_h, net->n_x, columns);
}

void backward_begin(network *net) {
  __builtin_memset(net->gradient, 0, net->stride * sizeof(float));
  if (is_usual_shape(net)) {
    __builtin_memset(net->unit_sums, 0, net->n_h * LANES * sizeof(float));
  }
}

void backward_tile(network *net, const float *x, uint32_t x_stride, uint32_t columns) {
  if (!is_usual_shape(net)) {
    general_backward(net, x, x_stride, columns);
    return;
  }
  switch (net->options.activation) {
    case SIGMOID: usual_backward_sigmoid(net, x, x_stride, columns); break;
    case TANH: usual_backward_tanh(net, x, x_stride, columns); break;
    default: usual_backward_relu(net, x, x_stride, columns);
  }
}

void backward_finish(network *net) {
  if (is_usual_shape(net)) usual_finish(net);
}
