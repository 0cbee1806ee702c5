/*
 * Matrix products with examples along the SIMD lanes: every `columns` is a multiple of
 * LANES, rows are `..._stride` floats apart, weights are splatted. The plain references
 * say what is computed, sum by sum; the fast ones are tested against them.
 */
#ifndef MATMUL_H
#define MATMUL_H

#include <stdint.h>

/*
 * C (rows, columns) = A (rows, depth) B (depth, columns) + bias (rows, 1).
 * A's rows are contiguous. Each entry is ((bias + a_1 b_1) + a_2 b_2) + ..., so the fast
 * product has the reference's bits. C must not overlap the others.
 */
void matmul(const float *A, const float *bias, const float *B, uint32_t B_stride, float *C,
            uint32_t C_stride, uint32_t rows, uint32_t depth, uint32_t columns);
void matmul_reference(const float *A, const float *bias, const float *B, uint32_t B_stride,
                      float *C, uint32_t C_stride, uint32_t rows, uint32_t depth, uint32_t columns);

/*
 * C (rows, depth) += A (rows, columns) B (depth, columns)'. C's rows are contiguous.
 * Each entry is summed lane by lane first, then as sum_lanes orders the lanes.
 */
void matmul_transposed(const float *A, uint32_t A_stride, const float *B, uint32_t B_stride,
                       float *C, uint32_t rows, uint32_t depth, uint32_t columns);
void matmul_transposed_reference(const float *A, uint32_t A_stride, const float *B,
                                 uint32_t B_stride, float *C, uint32_t rows, uint32_t depth,
                                 uint32_t columns);

/* sums (rows) += the sum of each row of A (rows, columns), ordered as above. */
void sum_rows(const float *A, uint32_t A_stride, float *sums, uint32_t rows, uint32_t columns);

#endif
