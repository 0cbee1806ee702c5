#include "matmul.h"

#include "simd.h"

/* R rows by V vectors of C, in registers; R and V are constants once inlined. */
ALWAYS_INLINE void product_block(uint32_t R, uint32_t V, const float *A, const float *bias,
                                 const float *B, uint32_t B_stride, float *C, uint32_t C_stride,
                                 uint32_t depth) {
  vec sums[4][4];
  UNROLLED
  for (uint32_t r = 0; r < R; r++) {
    vec b = splat_from(bias + r);
    UNROLLED
    for (uint32_t v = 0; v < V; v++) sums[r][v] = b;
  }
  for (uint32_t k = 0; k < depth; k++) {
    UNROLLED
    for (uint32_t v = 0; v < V; v++) {
      vec x = load(B + v * LANES);
      UNROLLED
      for (uint32_t r = 0; r < R; r++) {
        sums[r][v] = add(sums[r][v], mul(splat_from(A + r * depth), x));
      }
    }
    A += 1;
    B += B_stride;
  }
  UNROLLED
  for (uint32_t r = 0; r < R; r++) {
    UNROLLED
    for (uint32_t v = 0; v < V; v++) store(C + r * C_stride + v * LANES, sums[r][v]);
  }
}

void matmul(const float *A, const float *bias, const float *B, uint32_t B_stride, float *C,
            uint32_t C_stride, uint32_t rows, uint32_t depth, uint32_t columns) {
  /* Four rows by two vectors: 8 sums, 4 weights and 2 loads stay within the 15 registers that
   * V8 has. What this leaves over, at the right and below, is taken row by row. */
  uint32_t rows4 = rows - rows % 4;
  uint32_t columns2 = columns - columns % (2 * LANES);
  for (uint32_t r = 0; r < rows4; r += 4) {
    for (uint32_t c = 0; c < columns2; c += 2 * LANES) {
      product_block(4, 2, A + r * depth, bias + r, B + c, B_stride, C + r * C_stride + c, C_stride,
                    depth);
    }
  }
  for (uint32_t r = 0; r < rows; r++) {
    const float *a = A + r * depth;
    float *out = C + r * C_stride;
    uint32_t c = r < rows4 ? columns2 : 0;
    for (; c + 4 * LANES <= columns; c += 4 * LANES) {
      product_block(1, 4, a, bias + r, B + c, B_stride, out + c, C_stride, depth);
    }
    for (; c < columns; c += LANES) {
      product_block(1, 1, a, bias + r, B + c, B_stride, out + c, C_stride, depth);
    }
  }
}

void matmul_reference(const float *A, const float *bias, const float *B, uint32_t B_stride,
                      float *C, uint32_t C_stride, uint32_t rows, uint32_t depth,
                      uint32_t columns) {
  for (uint32_t r = 0; r < rows; r++) {
    for (uint32_t c = 0; c < columns; c++) {
      float sum = bias[r];
      for (uint32_t k = 0; k < depth; k++) {
        float product = A[r * depth + k] * B[k * B_stride + c];
        sum = sum + product;
      }
      C[r * C_stride + c] = sum;
    }
  }
}

/* R rows of A against one of B. */
ALWAYS_INLINE void transposed_block(uint32_t R, const float *A, uint32_t A_stride, const float *B,
                                    float *C, uint32_t depth, uint32_t columns) {
  vec sums[4];
  UNROLLED
  for (uint32_t r = 0; r < R; r++) sums[r] = splat(0);
  for (uint32_t c = 0; c < columns; c += LANES) {
    vec b = load(B + c);
    UNROLLED
    for (uint32_t r = 0; r < R; r++) sums[r] = add(sums[r], mul(load(A + r * A_stride + c), b));
  }
  UNROLLED
  for (uint32_t r = 0; r < R; r++) C[r * depth] += sum_lanes(sums[r]);
}

void matmul_transposed(const float *A, uint32_t A_stride, const float *B, uint32_t B_stride,
                       float *C, uint32_t rows, uint32_t depth, uint32_t columns) {
  for (uint32_t k = 0; k < depth; k++) {
    const float *b = B + k * B_stride;
    uint32_t r = 0;
    for (; r + 4 <= rows; r += 4) {
      transposed_block(4, A + r * A_stride, A_stride, b, C + r * depth + k, depth, columns);
    }
    for (; r < rows; r++) {
      transposed_block(1, A + r * A_stride, A_stride, b, C + r * depth + k, depth, columns);
    }
  }
}

void matmul_transposed_reference(const float *A, uint32_t A_stride, const float *B,
                                 uint32_t B_stride, float *C, uint32_t rows, uint32_t depth,
                                 uint32_t columns) {
  for (uint32_t r = 0; r < rows; r++) {
    for (uint32_t k = 0; k < depth; k++) {
      float lanes[LANES] = {0};
      for (uint32_t c = 0; c < columns; c++) {
        float product = A[r * A_stride + c] * B[k * B_stride + c];
        lanes[c % LANES] = lanes[c % LANES] + product;
      }
      C[r * depth + k] += (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
    }
  }
}

void sum_rows(const float *A, uint32_t A_stride, float *sums, uint32_t rows, uint32_t columns) {
  for (uint32_t r = 0; r < rows; r++) {
    vec sum = splat(0);
    for (uint32_t c = 0; c < columns; c += LANES) sum = add(sum, load(A + r * A_stride + c));
    sums[r] += sum_lanes(sum);
  }
}
