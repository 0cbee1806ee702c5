#include "output.h"

#include "arithmetic.h"
#include "forward.h"
#include "matmul.h"
#include "vector_math.h"

#define LN_2_F64 0.693147180559945309417
#define EXPONENT_OF_ONE 127
#define MANTISSA_BITS 23

/*
 * Sums L = -log p over examples by multiplying the p: each lane holds a product in [1, 2)
 * and the power of two that was taken out of it. One logarithm serves a tile, and an example
 * costs a multiplication and some integer operations instead of a logarithm.
 * Each product rounds once: the sum's error is at most 2^-24 for each example, as is p's own. So
 * L is 0 where p rounds to 1, from about 17 nats on.
 */
typedef struct {
  vec product;   /* [1, 2) in each lane */
  vec exponents; /* int32, biased by EXPONENT_OF_ONE for each factor */
  uint32_t factors;
} log_sum;

ALWAYS_INLINE log_sum log_sum_of_nothing(void) {
  log_sum s = {splat(1), splat_bits(0), 0};
  return s;
}

/* p in [2^-38, 1], or an ulp above: of four classes the least has 2^-36 / 4. */
ALWAYS_INLINE void log_sum_add(log_sum *s, vec p) {
  vec product = mul(s->product, p);
  s->exponents = wasm_i32x4_add(s->exponents, wasm_i32x4_shr(product, MANTISSA_BITS));
  s->product = bits_or(bits_and(product, splat_bits(0x007fffff)), splat_bits(0x3f800000));
  s->factors += 1;
}

static double log_sum_value(const log_sum *s) {
  int64_t exponent = (int64_t)wasm_i32x4_extract_lane(s->exponents, 0) +
                     wasm_i32x4_extract_lane(s->exponents, 1) +
                     wasm_i32x4_extract_lane(s->exponents, 2) +
                     wasm_i32x4_extract_lane(s->exponents, 3) -
                     (int64_t)LANES * EXPONENT_OF_ONE * s->factors;
  double product = (double)wasm_f32x4_extract_lane(s->product, 0) *
                   (double)wasm_f32x4_extract_lane(s->product, 1) *
                   (double)wasm_f32x4_extract_lane(s->product, 2) *
                   (double)wasm_f32x4_extract_lane(s->product, 3);
  return (double)exponent * LN_2_F64 + log_f64(product);
}

double loss_of_logits(const float *z, uint32_t stride, uint32_t n_y, uint32_t label) {
  if (n_y == 1) return log1p_exp_f64(label ? -(double)z[0] : (double)z[0]);
  double most = (double)z[0];
  for (uint32_t k = 1; k < n_y; k++) {
    if ((double)z[k * stride] > most) most = (double)z[k * stride];
  }
  double sum = 0;
  for (uint32_t k = 0; k < n_y; k++) sum += exp_f64((double)z[k * stride] - most);
  return log_f64(sum) + (most - (double)z[label * stride]);
}

double exact_tile_loss(const network *net, const float *targets, uint32_t columns) {
  uint32_t n_y = net->n_y;
  double sum = 0;
  for (uint32_t c = 0; c < columns; c++) {
    float target = targets[c];
    if (n_y == 1 ? target == 0 : target < 0) continue; /* padding */
    uint32_t label = n_y == 1 ? target < 0 : (uint32_t)target;
    sum += loss_of_logits(net->Z + c, columns, n_y, label);
  }
  return sum;
}

/*
 * One vector of the sigmoid output. With t = +1 for y = 1, -1 for y = 0, the right class has
 * p = sigmoid(t z), and dZ2/m = -t (1 - p) / m = (1 - p) * target. 2^(t z log2 e) = u/v gives
 * both p = u / (u+v) and 1 - p = v / (u+v) without cancellation.
 * `worst` collects the least exponent t z log2 e, `db2` the gradient.
 */
ALWAYS_INLINE void sigmoid_vector(const exp2_constants *k, vec log2_e, float *z,
                                  const float *targets, int with_loss, log_sum *sum,
                                  vec *worst, vec *db2) {
  vec target = load(targets);
  vec flip = bits_and_not(splat_bits((int32_t)0x80000000u), target); /* target > 0: y = 0 */
  vec exponent = mul(bits_xor(load(z), flip), log2_e);
  ratio r = exp2_ratio(k, clamp_output(k, exponent));
  vec inverse = divide(k->one, add(r.u, r.v));
  vec d = mul(mul(r.v, inverse), target);
  store(z, d);
  *db2 = add(*db2, d);
  if (!with_loss) return;
  /* Rounded, p may pass 1 by an ulp; that is harmless, the product stays normal. */
  vec p = mul(r.u, inverse);
  vec padding = lane_is(target, splat(0));
  log_sum_add(sum, choose(padding, k->one, p));
  *worst = smaller(*worst, bits_and_not(exponent, padding));
}

NOINLINE static tile_loss sigmoid_gradient(float *Z, const float *targets, uint32_t columns,
                                           int with_loss, float *db2) {
  exp2_constants k = load_exp2_constants();
  vec log2_e = splat(LOG2_E_F);
  log_sum sum = log_sum_of_nothing();
  vec worst = splat(0);
  vec gradient = splat(0);
  uint32_t c = 0;
  do {
    sigmoid_vector(&k, log2_e, Z + c, targets + c, with_loss, &sum, &worst, &gradient);
    c += LANES;
  } while (c != columns);
  float total = sum_lanes(gradient);
  *db2 += total;
  tile_loss result = {0, 0};
  if (with_loss) {
    result.loss = 0 - log_sum_value(&sum); /* not -0 */
    result.exact_needed = any(lane_above(k.minus_output_limit, worst)) || total != total;
  }
  return result;
}

/* The same for the softmax: dZ2_k/m = (p_k - [k is the label]) / m. */
static tile_loss softmax_gradient(const network *net, const float *targets, uint32_t columns,
                                  float inverse_m, float *db2) {
  activate_output(net, columns);
  vec scale = splat(inverse_m), one = splat(1), zero = splat(0);
  log_sum sum = log_sum_of_nothing();
  vec least = one;
  for (uint32_t c = 0; c < columns; c += LANES) {
    vec label = load(targets + c);
    vec padding = lane_above(zero, label);
    vec right = bits_and(padding, one); /* p of the right class */
    for (uint32_t k = 0; k < net->n_y; k++) {
      float *z = net->Z + k * columns + c;
      vec p = load(z);
      vec mine = lane_is(label, splat((float)k));
      right = bits_or(right, bits_and(mine, p));
      store(z, bits_and_not(mul(sub(p, bits_and(mine, one)), scale), padding));
    }
    log_sum_add(&sum, right);
    least = smaller(least, right);
  }
  float before = db2[0];
  sum_rows(net->Z, columns, db2, net->n_y, columns);
  tile_loss result = {0 - log_sum_value(&sum), 0};
  /* Below 2^-35 the softmax's clamped exponents may have had a part in p. */
  result.exact_needed = any(lane_above(splat(0x1p-35f), least)) || db2[0] - before != db2[0] - before;
  return result;
}

tile_loss output_gradient(network *net, const float *targets, uint32_t columns, float inverse_m,
                          int with_loss, float *db2) {
  return net->n_y == 1 ? sigmoid_gradient(net->Z, targets, columns, with_loss, db2)
                       : softmax_gradient(net, targets, columns, inverse_m, db2);
}
