/* The small pictures: a hidden unit over the plane, and the output over two hidden units. */
#include <stddef.h>

#include "colour.h"
#include "forward.h"
#include "matmul.h"
#include "network.h"
#include "picture.h"

/* A tile of a row of the grid as the rows of x (2, TILE); returns its pixels. */
static uint32_t fill_tile(float *x, const grid *g, uint32_t row, uint32_t from) {
  uint32_t count = g->columns - from < TILE ? g->columns - from : TILE;
  for (uint32_t c = 0; c < pad(count); c++) {
    x[c] = grid_across(g, from + c);
    x[TILE + c] = grid_up(g, row);
  }
  return count;
}

/* From an activity to [0, 1]. */
static void shade(uint32_t activation, float *a, uint32_t count) {
  for (uint32_t c = 0; c < count; c++) {
    if (activation == TANH) a[c] = (a[c] + 1) / 2;
    if (activation == RELU) a[c] = a[c] / (1 + a[c]);
  }
}

void network_paint_unit(network *net, const grid *g, uint32_t unit, uint32_t first_row,
                        uint32_t row_count, const uint32_t *colours, uint32_t *rgba) {
  scale_hidden_weights(net, NULL);
  const float *W = net->scaled + unit * net->n_x;
  const float *bias = net->scaled + net->n_h * net->n_x + unit;
  for (uint32_t row = first_row; row < first_row + row_count; row++) {
    for (uint32_t from = 0; from < g->columns; from += TILE) {
      uint32_t count = fill_tile(net->X, g, row, from);
      fill_features(net->X, TILE, net->options.features, 0, pad(count));
      matmul(W, bias, net->X, TILE, net->Z, TILE, 1, net->n_x, pad(count));
      activate_hidden(net, net->Z, pad(count));
      shade(net->options.activation, net->Z, count);
      colour_shades(net->Z, count, colours, rgba);
      rgba += count;
    }
  }
}

void network_paint_hidden(network *net, const grid *g, uint32_t first_row, uint32_t row_count,
                          const uint32_t *colours, uint32_t *rgba) {
  layers l = layers_of(net, parameters_of(net->state));
  for (uint32_t row = first_row; row < first_row + row_count; row++) {
    for (uint32_t from = 0; from < g->columns; from += TILE) {
      /* Not in net's X, which has a single row if there is a single input. */
      uint32_t count = fill_tile(net->A, g, row, from);
      uint32_t columns = pad(count);
      matmul(l.W2, l.b2, net->A, TILE, net->Z, columns, net->n_y, 2, columns);
      colour_logits(net, columns, count, colours, rgba);
      rgba += count;
    }
  }
}
