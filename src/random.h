/*
 * Random numbers by counter: number `index` of a stream of a seed is a function of the
 * three, so draws do not depend on the order or number of other draws.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include "simd.h"

#define RANDOM_GOLDEN 0x9e3779b97f4a7c15u /* 2^64 / the golden ratio, odd */

/* The output function of SplitMix64. */
ALWAYS_INLINE uint64_t random_mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* 64 random bits: SplitMix64 (Steele, Lea and Flood 2014), keyed by its own output function. */
uint64_t random_bits(uint64_t seed, uint32_t stream, uint64_t index);

/* The same for many indices: random_bits(seed, stream, i) = random_from(random_key(seed, stream), i). */
uint64_t random_key(uint64_t seed, uint32_t stream);
ALWAYS_INLINE uint64_t random_from(uint64_t key, uint64_t index) {
  return random_mix(key + RANDOM_GOLDEN * (index + 1u));
}

/* From bits: uniform in [0, 1), a multiple of 2^-53. */
static inline double uniform_from(uint64_t bits) { return (double)(bits >> 11) * 0x1p-53; }

/* From 32 bits: an integer in 0 ... n-1, each with probability 1/n within 2^-32. */
ALWAYS_INLINE uint32_t below_from(uint32_t bits, uint32_t n) {
  return (uint32_t)(((uint64_t)bits * n) >> 32);
}

/* A normal number of mean 0 and standard deviation 1 from two uniform ones (Box and Muller). */
double normal_from(double uniform1, double uniform2);

#endif
