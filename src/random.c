#include "random.h"

#include "arithmetic.h"
#include "two_layer.h"

uint64_t random_key(uint64_t seed, uint32_t stream) {
  return random_mix(random_mix(seed + RANDOM_GOLDEN) + RANDOM_GOLDEN * (stream + 1u));
}

uint64_t random_bits(uint64_t seed, uint32_t stream, uint64_t index) {
  return random_from(random_key(seed, stream), index);
}

double random_uniform(double seed, uint32_t stream, double index) {
  return uniform_from(random_bits((uint64_t)seed, stream, (uint64_t)index));
}

double normal_from(double uniform1, double uniform2) {
  /* 1 - u lies in (0, 1]: its logarithm is finite. */
  double radius = __builtin_sqrt(-2.0 * log_f64(1.0 - uniform1));
  return radius * cosine_f64(6.283185307179586 * uniform2);
}
