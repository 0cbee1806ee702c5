/*
 * The frame of a C test program: a few named tests, a line for each, a count at the end.
 *
 *     static void sums_rows(void) { check(sum == 6, "the sum is %g", sum); }
 *     int main(void) {
 *       run("sums rows", sums_rows);
 *       return finish();
 *     }
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_FAILURES 5 /* of one test: the first ones say enough */

static int tests_passed, tests_failed, failures_of_test;

__attribute__((format(printf, 2, 3))) static inline void check(int holds, const char *format, ...) {
  if (holds || ++failures_of_test > SHOWN_FAILURES) return;
  va_list arguments;
  va_start(arguments, format);
  printf("    ");
  vprintf(format, arguments);
  printf("\n");
  va_end(arguments);
}

static inline void run(const char *behaviour, void (*test)(void)) {
  failures_of_test = 0;
  test();
  printf("%s %s\n", failures_of_test ? "FAILED" : "ok    ", behaviour);
  if (failures_of_test) {
    tests_failed++;
  } else {
    tests_passed++;
  }
  fflush(stdout);
}

static inline int finish(void) {
  printf("%d passed, %d failed\n", tests_passed, tests_failed);
  return tests_failed > 0;
}

/* A reproducible sequence of test inputs, in [-1, 1). (Knuth's MMIX generator, high bits.) */
static uint64_t sample_state = 1;
static inline double sample(void) {
  sample_state = sample_state * 6364136223846793005u + 1442695040888963407u;
  return (double)(sample_state >> 11) * 0x1p-52 - 1;
}

/* Floats between sentinels: a kernel that writes beyond its rows is seen. */
#define SENTINEL 7.0e7f
#define SENTINELS 8
typedef struct {
  uint32_t length;
  float *values; /* 16-byte aligned, `length` of them */
  _Alignas(16) float room[2 * SENTINELS + 4096];
} guarded;

static inline void guard(guarded *g, uint32_t length) {
  g->length = length;
  g->values = g->room + SENTINELS;
  for (uint32_t i = 0; i < length + 2 * SENTINELS; i++) g->room[i] = SENTINEL;
}

static inline int is_intact(const guarded *g) {
  for (uint32_t i = 0; i < SENTINELS; i++) {
    if (g->room[i] != SENTINEL || g->values[g->length + i] != SENTINEL) return 0;
  }
  return 1;
}

static inline uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline float float_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

#endif
