#include "update.h"

#include "bits.h"

/* The kernels: W1, then W2 after the n_h biases of the hidden layer. */
typedef struct {
  uint32_t from, to;
} range;

static void kernel_ranges(const network *net, range out[2]) {
  uint32_t W1 = net->n_h * net->n_x;
  out[0] = (range){0, W1};
  out[1] = (range){W1 + net->n_h, W1 + net->n_h + net->n_y * net->n_h};
}

void add_penalty_gradient(network *net, float l1, float l2) {
  if (l1 == 0 && l2 == 0) return;
  const float *w = parameters_of(net->state);
  range kernels[2];
  kernel_ranges(net, kernels);
  for (int r = 0; r < 2; r++) {
    for (uint32_t i = kernels[r].from; i < kernels[r].to; i++) {
      float sign = w[i] > 0 ? l1 : w[i] < 0 ? -l1 : 0;
      net->gradient[i] += sign + 2 * l2 * w[i];
    }
  }
}

double penalty(const network *net, float l1, float l2) {
  if (l1 == 0 && l2 == 0) return 0;
  const float *w = parameters_of(net->state);
  range kernels[2];
  kernel_ranges(net, kernels);
  double sizes = 0, squares = 0;
  for (int r = 0; r < 2; r++) {
    for (uint32_t i = kernels[r].from; i < kernels[r].to; i++) {
      double value = (double)w[i];
      sizes += value < 0 ? -value : value;
      squares += value * value;
    }
  }
  return (double)l1 * sizes + (double)l2 * squares;
}

/* The arrays that are an optimiser's state: the parameters, and its slots. What stands in the
 * others is nobody's. */
static uint32_t parts_of(uint32_t optimizer) { return 1 + optimizer; }
_Static_assert(SGD == 0 && MOMENTUM == 1 && ADAM == 2, "an optimiser's number counts its slots");

/* b^n for a whole n >= 0, by squaring: log2 n roundings instead of n. */
static double power(double b, double n) {
  double result = 1;
  for (uint64_t bits = (uint64_t)n; bits; bits >>= 1) {
    if (bits & 1) result *= b;
    b *= b;
  }
  return result;
}

/* What is smaller than `least` becomes 0; a NaN stays. */
ALWAYS_INLINE vec without_tiny(vec a, vec least, vec sign) {
  return bits_and_not(a, lane_above(least, bits_and_not(a, sign)));
}

/*
 * The update of all parameters w from the gradient g:
 *   SGD       w := w - alpha g
 *   momentum  v := beta v - alpha g, w := w + v (Keras's SGD with momentum)
 *   Adam      m := m + (g - m)(1 - beta1), v := v + (g^2 - v)(1 - beta2),
 *             w := w - rate m / (sqrt v + epsilon), rate = alpha sqrt(1 - beta2^t) / (1 - beta1^t):
 *             Kingma and Ba 2015 with "epsilon hat", as Keras computes it
 * w, old and next are three arrays of n floats each, parameters and slots; of w only the
 * parameters count, of old only the slots, and old may be next.
 * A slot below 2^-60 (Adam's v below 2^-100) becomes 0, as does a gradient below 2^-60 for Adam:
 * nothing to a weight, as sqrt v is then below 2^-50 and epsilon at least 2^-40. But a unit that
 * gets no gradient any more would have subnormal slots for ever, and its updates take several
 * times as long.
 * Returns a vector of zeros if all that was written is finite, else one with a NaN.
 */
ALWAYS_INLINE vec update(const float *w, const float *old, const float *g, float *next,
                         uint32_t n, uint32_t optimizer, const training_options *o, float rate) {
  vec alpha = splat(rate), decay = splat(o->momentum), zero = splat(0);
  vec new1 = splat(1 - o->beta1), new2 = splat(1 - o->beta2), epsilon = splat(o->epsilon);
  vec least = splat(0x1p-60f), least_square = splat(0x1p-100f);
  vec sign = splat_bits((int32_t)0x80000000u);
  vec trace = zero;
  for (uint32_t i = 0; i < n; i += LANES) {
    vec gradient = load(g + i);
    vec step = mul(alpha, gradient);
    if (optimizer == MOMENTUM) {
      step = without_tiny(sub(step, mul(decay, load(old + n + i))), least, sign); /* -v */
      store(next + n + i, sub(zero, step));
    } else if (optimizer == ADAM) {
      vec m = load(old + n + i), v = load(old + 2 * n + i);
      gradient = without_tiny(gradient, least, sign);
      m = without_tiny(add(m, mul(sub(gradient, m), new1)), least, sign);
      v = add(v, mul(sub(mul(gradient, gradient), v), new2));
      v = without_tiny(v, least_square, sign);
      store(next + n + i, m);
      store(next + 2 * n + i, v);
      step = divide(mul(m, alpha), add(square_root(v), epsilon));
      /* An infinite second moment would silently hold its weight still. 0 times infinity or
       * NaN is NaN. */
      trace = add(trace, mul(v, zero));
    }
    vec updated = sub(load(w + i), step);
    store(next + i, updated);
    trace = add(trace, mul(updated, zero));
  }
  return trace;
}

/* The same for parameters that penalties have pulled towards 0. */
static void drop_tiny(float *w, uint32_t n) {
  vec least = splat(0x1p-60f), sign = splat_bits((int32_t)0x80000000u);
  for (uint32_t i = 0; i < n; i += LANES) store(w + i, without_tiny(load(w + i), least, sign));
}

/* Adam's rate for its t-th update. */
static float adam_rate(const training_options *o, double t) {
  return (float)((double)o->learning_rate * __builtin_sqrt(1 - power((double)o->beta2, t)) /
                 (1 - power((double)o->beta1, t)));
}

static int32_t first_not_finite(const network *net, const float *next, uint32_t optimizer) {
  for (uint32_t i = 0; i < net->count; i++) {
    for (uint32_t part = 0; part < parts_of(optimizer); part++) {
      if (!is_finite_f32(next[part * net->stride + i])) return (int32_t)i;
    }
  }
  return -1;
}

/* A pinned parameter keeps its value and its slots, which are `empty` after another optimiser. */
static void hold_pinned(const network *net, const float *w, float *next, uint32_t optimizer,
                        int empty) {
  for (uint32_t i = 0; i < net->count; i++) {
    if (!net->pins[i]) continue;
    for (uint32_t part = 0; part < parts_of(optimizer); part++) {
      next[part * net->stride + i] = part && empty ? 0 : w[part * net->stride + i];
    }
  }
}

int32_t update_parameters(network *net, const training_options *o, int any_pinned) {
  const network_state *before = net->state;
  const float *w = parameters_of(net->state);
  float *next = parameters_of(net->spare);
  uint32_t optimizer = o->optimizer;
  int empty = optimizer != before->optimizer;
  if (empty) clear_floats(next + net->stride, 2 * net->stride);
  const float *old = empty ? next : w;
  double t = empty ? 1 : before->optimizer_step + 1;
  float rate = optimizer == ADAM ? adam_rate(o, t) : o->learning_rate;
  vec trace = optimizer == SGD
                  ? update(w, old, net->gradient, next, net->stride, SGD, o, rate)
                  : update(w, old, net->gradient, next, net->stride, optimizer, o, rate);
  if (o->l1 != 0 || o->l2 != 0) drop_tiny(next, net->stride);
  if (any_pinned) hold_pinned(net, w, next, optimizer, empty);
  if (any(wasm_f32x4_ne(trace, trace))) {
    int32_t parameter = first_not_finite(net, next, optimizer);
    if (parameter >= 0) return parameter; /* else it was a pinned one, which stays as it is */
  }
  *net->spare = *before; /* epoch and the like; the arrays behind are written already */
  net->spare->step += 1;
  net->spare->optimizer = optimizer;
  net->spare->optimizer_step = t;
  network_state *updated = net->spare;
  net->spare = net->state;
  net->state = updated;
  return -1;
}
