#include "backward.h"

#include "matmul.h"
#include "vector_math.h"

/*
 * The usual shape, two inputs and one output, has a kernel of its own, by the sums of backward.h.
 * unit_sums (n_h, 4) holds a unit's: sum dZ2/m a, sum s, sum s x1, sum s x2. s is never stored.
 */
static int is_usual_shape(const network *net) { return net->n_x == 2 && net->n_y == 1; }

ALWAYS_INLINE void keep_sums(const unit_sums *sums, float *out) {
  store(out, add(load(out), sum_lanes4(sums->dw2, sums->db1, sums->dw11, sums->dw12)));
}

/* Two units by all columns, their sums in registers. An odd last unit is taken twice, and its
 * second sums go to the spare row behind. */
ALWAYS_INLINE void usual_backward(uint32_t activation, const network *net, const float *x,
                                  uint32_t x_stride, uint32_t columns) {
  vec one = load_exp2_constants().one;
  for (uint32_t j = 0; j < net->n_h; j += 2) {
    vec zero = splat(0);
    unit_sums first = {zero, zero, zero, zero}, second = first;
    const float *d = net->Z, *x1 = x, *x2 = x + x_stride;
    const float *a1 = net->A + j * columns;
    const float *a2 = j + 1 < net->n_h ? a1 + columns : a1;
    const float *end = d + columns;
    do {
      vec gradient = load(d), in1 = load(x1), in2 = load(x2);
      add_to_sums(activation, &first, load(a1), gradient, in1, in2, one);
      add_to_sums(activation, &second, load(a2), gradient, in1, in2, one);
      d += LANES, a1 += LANES, a2 += LANES, x1 += LANES, x2 += LANES;
    } while (d != end);
    keep_sums(&first, net->unit_sums + j * LANES);
    keep_sums(&second, net->unit_sums + (j + 1) * LANES);
  }
}

NOINLINE static void usual_backward_sigmoid(const network *net, const float *x, uint32_t x_stride,
                                            uint32_t columns) {
  usual_backward(SIGMOID, net, x, x_stride, columns);
}
NOINLINE static void usual_backward_tanh(const network *net, const float *x, uint32_t x_stride,
                                         uint32_t columns) {
  usual_backward(TANH, net, x, x_stride, columns);
}
NOINLINE static void usual_backward_relu(const network *net, const float *x, uint32_t x_stride,
                                         uint32_t columns) {
  usual_backward(RELU, net, x, x_stride, columns);
}

static void usual_finish(network *net) {
  layers w = layers_of(net, parameters_of(net->state));
  layers g = layers_of(net, net->gradient);
  uint32_t j = 0;
  /* By vectors: single floats, written just before the update reads vectors of them, would hold
   * it up. */
  for (; j + LANES <= net->n_h; j += LANES) {
    const float *sums = net->unit_sums + j * LANES;
    vec rows[4] = {load(sums), load(sums + 4), load(sums + 8), load(sums + 12)};
    transpose4(rows);
    vec w2 = load(w.W2 + j);
    store(g.W2 + j, rows[0]);
    store(g.b1 + j, mul(w2, rows[1]));
    store_in_turns(g.W1 + 2 * j, mul(w2, rows[2]), mul(w2, rows[3]));
  }
  for (; j < net->n_h; j++) {
    const float *sums = net->unit_sums + j * LANES;
    g.W2[j] = sums[0];
    g.b1[j] = w.W2[j] * sums[1];
    g.W1[2 * j] = w.W2[j] * sums[2];
    g.W1[2 * j + 1] = w.W2[j] * sums[3];
  }
}

/*
 * g'(z) from a, for any activation: constant + a (linear - square a) where a > threshold, else 0.
 * The usual shape has its own three kernels; here one serves all, for its size.
 */
typedef struct {
  float constant, linear, square, threshold;
} slope;
static const slope slopes[] = {
    [SIGMOID] = {0, 1, 1, -2}, /* a (1 - a) */
    [TANH] = {1, 0, 1, -2},    /* 1 - a^2 */
    [RELU] = {1, 0, 0, 0},     /* 0 or 1 */
};

void hidden_gradient(const network *net, uint32_t columns) {
  const float *W2 = layers_of(net, parameters_of(net->state)).W2;
  const slope *g = &slopes[net->options.activation];
  vec constant = splat(g->constant), linear = splat(g->linear), square = splat(g->square);
  vec threshold = splat(g->threshold);
  for (uint32_t j = 0; j < net->n_h; j++) {
    float *A = net->A + j * columns;
    for (uint32_t c = 0; c < columns; c += LANES) {
      vec d = mul(splat_from(W2 + j), load(net->Z + c));
      for (uint32_t k = 1; k < net->n_y; k++) {
        d = add(d, mul(splat_from(W2 + k * net->n_h + j), load(net->Z + k * columns + c)));
      }
      vec a = load(A + c);
      vec derivative = add(constant, mul(a, sub(linear, mul(square, a))));
      store(A + c, mul(d, bits_and(derivative, lane_above(a, threshold))));
    }
  }
}

static void general_backward(network *net, const float *x, uint32_t x_stride, uint32_t columns) {
  layers g = layers_of(net, net->gradient);
  for (uint32_t k = 0; k < net->n_y; k++) {
    matmul_transposed(net->A, columns, net->Z + k * columns, columns, g.W2 + k * net->n_h, net->n_h,
                      1, columns);
  }
  hidden_gradient(net, columns);
  sum_rows(net->A, columns, g.b1, net->n_h, columns);
  matmul_transposed(net->A, columns, x, x_stride, g.W1, net->n_h, net->n_x, columns);
}

void backward_begin(network *net) {
  clear_floats(net->gradient, net->stride);
  if (is_usual_shape(net)) clear_floats(net->unit_sums, (net->n_h + 1) * LANES);
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
