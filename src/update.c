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

/* Zeros in the slots of a block of state from number `first` (0 or 1) on. */
static void empty_slots(const network *net, network_state *state, uint32_t first) {
  __builtin_memset(parameters_of(state) + (1 + first) * net->stride, 0,
                   (2 - first) * net->stride * sizeof(float));
}

void use_optimizer(network *net, uint32_t optimizer) {
  if (net->state->optimizer != optimizer) {
    net->state->optimizer = optimizer;
    net->state->optimizer_step = 0;
    empty_slots(net, net->state, 0);
  }
  /* An update writes only the slots that its optimiser has (SGD 0, momentum 1, Adam 2); in the
   * others a state copied in, or an update that failed, may have left something. */
  empty_slots(net, net->state, optimizer);
  empty_slots(net, net->spare, optimizer);
}

/* b^n for a whole n >= 0, by squaring: log2 n roundings instead of n. */
static double power(double b, double n) {
  double result = 1;
  for (uint64_t bits = (uint64_t)n; bits; bits >>= 1) {
    if (bits & 1) result *= b;
    b *= b;
  }
  return result;
}

/* A vector of zeros if all lanes of a are finite: 0 times infinity or NaN is NaN. */
ALWAYS_INLINE vec trace_of_infinity(vec trace, vec a) { return add(trace, mul(a, splat(0))); }

/* w := w - alpha g */
static vec sgd(const float *w, const float *g, float *next, uint32_t n, float learning_rate) {
  vec alpha = splat(learning_rate);
  vec trace = splat(0);
  for (uint32_t i = 0; i < n; i += LANES) {
    vec updated = sub(load(w + i), mul(alpha, load(g + i)));
    store(next + i, updated);
    trace = trace_of_infinity(trace, updated);
  }
  return trace;
}

/* v := beta v - alpha g, w := w + v (Keras's SGD with momentum) */
static vec momentum(const float *w, const float *g, float *next, uint32_t n, float learning_rate,
                    float beta) {
  const float *v = w + n;
  float *next_v = next + n;
  vec alpha = splat(learning_rate);
  vec decay = splat(beta);
  vec trace = splat(0);
  for (uint32_t i = 0; i < n; i += LANES) {
    vec velocity = sub(mul(decay, load(v + i)), mul(alpha, load(g + i)));
    vec updated = add(load(w + i), velocity);
    store(next_v + i, velocity);
    store(next + i, updated);
    trace = trace_of_infinity(trace, updated);
  }
  return trace;
}

/*
 * m := m + (g - m)(1 - beta1), v := v + (g^2 - v)(1 - beta2),
 * w := w - rate m / (sqrt v + epsilon), rate = alpha sqrt(1 - beta2^t) / (1 - beta1^t):
 * Kingma and Ba 2015 with "epsilon hat", as Keras computes it.
 */
static vec adam(const float *w, const float *g, float *next, uint32_t n, float rate,
                const training_options *o) {
  const float *m = w + n, *v = w + 2 * n;
  float *next_m = next + n, *next_v = next + 2 * n;
  vec new1 = splat(1 - o->beta1), new2 = splat(1 - o->beta2);
  vec alpha = splat(rate), epsilon = splat(o->epsilon);
  vec trace = splat(0);
  for (uint32_t i = 0; i < n; i += LANES) {
    vec gradient = load(g + i);
    vec first = add(load(m + i), mul(sub(gradient, load(m + i)), new1));
    vec second = add(load(v + i), mul(sub(mul(gradient, gradient), load(v + i)), new2));
    vec step = divide(mul(first, alpha), add(square_root(second), epsilon));
    vec updated = sub(load(w + i), step);
    store(next_m + i, first);
    store(next_v + i, second);
    store(next + i, updated);
    /* An infinite second moment would silently hold its weight still. */
    trace = trace_of_infinity(trace_of_infinity(trace, updated), second);
  }
  return trace;
}

static int32_t first_not_finite(const network *net, const float *next) {
  for (uint32_t i = 0; i < net->count; i++) {
    for (uint32_t part = 0; part < 3; part++) {
      if (!is_finite_f32(next[part * net->stride + i])) return (int32_t)i;
    }
  }
  return -1;
}

/* A pinned parameter keeps its value and its slots. */
static void hold_pinned(const network *net, const float *w, float *next) {
  for (uint32_t i = 0; i < net->count; i++) {
    if (!net->pins[i]) continue;
    for (uint32_t part = 0; part < 3; part++) {
      next[part * net->stride + i] = w[part * net->stride + i];
    }
  }
}

int32_t update_parameters(network *net, const training_options *o, int any_pinned) {
  const float *w = parameters_of(net->state);
  float *next = parameters_of(net->spare);
  vec trace;
  switch (net->state->optimizer) {
    case SGD: trace = sgd(w, net->gradient, next, net->stride, o->learning_rate); break;
    case MOMENTUM:
      trace = momentum(w, net->gradient, next, net->stride, o->learning_rate, o->momentum);
      break;
    default: {
      double t = net->state->optimizer_step + 1;
      double rate = (double)o->learning_rate * __builtin_sqrt(1 - power((double)o->beta2, t)) /
                    (1 - power((double)o->beta1, t));
      trace = adam(w, net->gradient, next, net->stride, (float)rate, o);
    }
  }
  if (any_pinned) hold_pinned(net, w, next);
  if (any(wasm_f32x4_ne(trace, trace))) {
    int32_t parameter = first_not_finite(net, next);
    if (parameter >= 0) return parameter; /* else it was a pinned one, which stays as it is */
  }
  network_state *before = net->state;
  *net->spare = *before; /* step, epoch and the like; the arrays behind are written already */
  net->spare->step += 1;
  net->spare->optimizer_step += 1;
  net->state = net->spare;
  net->spare = before;
  return -1;
}
