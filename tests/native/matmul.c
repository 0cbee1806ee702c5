/* The fast matrix products give the bits of the plain references, and write nothing else. */
#include "matmul.h"

#include "check.h"

static const uint32_t sizes[] = {1, 3, 4, 5, 8, 9};
static const uint32_t widths[] = {4, 8, 12, 16, 20, 36}; /* columns: whole vectors */
#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define GAP 4 /* floats between rows that belong to nobody */

static guarded A, B, bias, fast, plain;

static void fill(guarded *g, uint32_t length) {
  guard(g, length);
  for (uint32_t i = 0; i < length; i++) g->values[i] = (float)(3 * sample());
}

static int same_bits(const guarded *a, const guarded *b) {
  return memcmp(a->room, b->room, (a->length + 2 * SENTINELS) * sizeof(float)) == 0;
}

static void each_shape(void (*test)(uint32_t rows, uint32_t depth, uint32_t columns)) {
  for (uint32_t r = 0; r < COUNT(sizes); r++) {
    for (uint32_t d = 0; d < COUNT(sizes); d++) {
      for (uint32_t c = 0; c < COUNT(widths); c++) test(sizes[r], sizes[d], widths[c]);
    }
  }
}

static void compare_product(uint32_t rows, uint32_t depth, uint32_t columns) {
  uint32_t stride = columns + GAP;
  fill(&A, rows * depth);
  fill(&bias, rows);
  fill(&B, depth * stride);
  guard(&fast, rows * stride);
  guard(&plain, rows * stride);
  matmul(A.values, bias.values, B.values, stride, fast.values, stride, rows, depth, columns);
  matmul_reference(A.values, bias.values, B.values, stride, plain.values, stride, rows, depth,
                   columns);
  check(same_bits(&fast, &plain), "(%u, %u) (%u, %u): other bits", rows, depth, depth, columns);
  check(is_intact(&fast), "(%u, %u) (%u, %u): wrote beyond C", rows, depth, depth, columns);
}

static void compare_transposed(uint32_t rows, uint32_t depth, uint32_t columns) {
  uint32_t stride = columns + GAP;
  fill(&A, rows * stride);
  fill(&B, depth * stride);
  fill(&fast, rows * depth); /* it adds to what is there */
  guard(&plain, rows * depth);
  memcpy(plain.room, fast.room, sizeof plain.room);
  matmul_transposed(A.values, stride, B.values, stride, fast.values, rows, depth, columns);
  matmul_transposed_reference(A.values, stride, B.values, stride, plain.values, rows, depth,
                              columns);
  check(same_bits(&fast, &plain), "(%u, %u) (%u, %u)': other bits", rows, columns, depth, columns);
  check(is_intact(&fast), "(%u, %u) (%u, %u)': wrote beyond C", rows, columns, depth, columns);
}

/* A row's sum is its product with a row of ones. */
static void compare_sums(uint32_t rows, uint32_t depth, uint32_t columns) {
  if (depth > 1) return;
  uint32_t stride = columns + GAP;
  fill(&A, rows * stride);
  guard(&B, columns);
  for (uint32_t i = 0; i < columns; i++) B.values[i] = 1;
  fill(&fast, rows);
  guard(&plain, rows);
  memcpy(plain.room, fast.room, sizeof plain.room);
  sum_rows(A.values, stride, fast.values, rows, columns);
  matmul_transposed_reference(A.values, stride, B.values, columns, plain.values, rows, 1, columns);
  check(same_bits(&fast, &plain), "sums of (%u, %u): other bits", rows, columns);
  check(is_intact(&fast), "sums of (%u, %u): wrote beyond", rows, columns);
}

/* The reference itself, by hand. */
static void multiplies_by_hand(void) {
  const float W[] = {1, 2, 3, 4, 5, 6};                      /* (2, 3) */
  const float b[] = {10, 20};                                /* (2) */
  const float X[] = {1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1};    /* (3, 4): unit columns, then ones */
  const float expected[] = {11, 12, 13, 16, 24, 25, 26, 35}; /* (2, 4) */
  float C[8];
  matmul_reference(W, b, X, 4, C, 4, 2, 3, 4);
  check(memcmp(C, expected, sizeof C) == 0, "C is not W X + b");
  float P[4] = {100, 0, 0, 0};                    /* (2, 2) += (2, 4) (2, 4)' */
  const float right[] = {1, 1, 1, 1, 0, 1, 2, 3}; /* (2, 4) */
  matmul_transposed_reference(C, 4, right, 4, P, 2, 2, 4);
  const float products[] = {152, 86, 110, 182};
  check(memcmp(P, products, sizeof P) == 0, "P is not P + C right'");
}

static void gives_reference_bits(void) {
  each_shape(compare_product);
}
static void gives_transposed_reference_bits(void) {
  each_shape(compare_transposed);
}
static void sums_rows_in_reference_order(void) {
  each_shape(compare_sums);
}

int main(void) {
  run("multiplies an example that is worked by hand", multiplies_by_hand);
  run("matmul has the reference's bits and leaves the neighbours alone", gives_reference_bits);
  run("matmul_transposed has the reference's bits", gives_transposed_reference_bits);
  run("sum_rows has the reference's bits", sums_rows_in_reference_order);
  return finish();
}
