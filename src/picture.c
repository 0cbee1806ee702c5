/* pixels -> X -> predict -> probability -> colour */
#include <stddef.h>

#include "bits.h"
#include "forward.h"
#include "network.h"

/* Columns from ... from+count-1 of a row of the grid as a tile of examples; returns the padded count. */
static uint32_t fill_pixels(network *net, const grid *g, uint32_t row, uint32_t from,
                            uint32_t count) {
  double dx = (double)g->width / g->columns;
  double dy = (double)g->height / g->rows;
  float x2 = (float)((double)g->top - (row + 0.5) * dy);
  uint32_t columns = pad(count);
  for (uint32_t c = 0; c < columns; c++) {
    net->X[c] = (float)((double)g->left + (from + c + 0.5) * dx);
    net->X[TILE + c] = x2;
  }
  fill_features(net->X, TILE, net->options.features, 0, columns);
  return columns;
}

void network_logits(network *net, const grid *g, uint32_t first_row, uint32_t row_count,
                    float *z) {
  scale_hidden_weights(net);
  for (uint32_t row = first_row; row < first_row + row_count; row++) {
    for (uint32_t from = 0; from < g->columns; from += TILE) {
      uint32_t count = g->columns - from < TILE ? g->columns - from : TILE;
      uint32_t columns = fill_pixels(net, g, row, from, count);
      forward_hidden(net, net->X, TILE, columns);
      forward_output(net, columns);
      for (uint32_t c = 0; c < count; c++) {
        for (uint32_t k = 0; k < net->n_y; k++) *z++ = net->Z[k * columns + c];
      }
    }
  }
}

/* The colours mixed in proportion to p, byte by byte. */
static uint32_t mix(const float *p, uint32_t stride, uint32_t n_y, const uint32_t *colours) {
  uint32_t mixed = 0;
  for (uint32_t shift = 0; shift < 32; shift += 8) {
    float sum = 0.5f;
    for (uint32_t k = 0; k < n_y; k++) {
      float part = p[k * stride] * (float)((colours[k] >> shift) & 255u);
      sum = sum + part;
    }
    mixed |= (uint32_t)(sum > 255.0f ? 255.0f : sum) << shift;
  }
  return mixed;
}

void network_paint(network *net, const grid *g, uint32_t first_row, uint32_t row_count,
                   const uint32_t *colours, uint32_t *rgba) {
  scale_hidden_weights(net);
  for (uint32_t row = first_row; row < first_row + row_count; row++) {
    for (uint32_t from = 0; from < g->columns; from += TILE) {
      uint32_t count = g->columns - from < TILE ? g->columns - from : TILE;
      uint32_t columns = fill_pixels(net, g, row, from, count);
      forward_hidden(net, net->X, TILE, columns);
      forward_output(net, columns);
      activate_output(net, columns);
      for (uint32_t c = 0; c < count; c++) {
        float p = net->Z[c];
        if (net->n_y > 1) {
          *rgba++ = is_finite_f32(p) ? mix(net->Z + c, columns, net->n_y, colours) : 0;
        } else {
          *rgba++ = is_finite_f32(p) ? colours[(uint32_t)(p * 255.0f + 0.5f)] : 0;
        }
      }
    }
  }
}
