/* What the pictures share: where a grid's columns and rows lie, and shades to colours. */
#ifndef PICTURE_H
#define PICTURE_H

#include "two_layer.h"

/* The centre of a column along x1, and of a row along x2. */
static inline float grid_across(const grid *g, uint32_t column) {
  return (float)((double)g->left + (column + 0.5) * ((double)g->width / g->columns));
}
static inline float grid_up(const grid *g, uint32_t row) {
  return (float)((double)g->top - (row + 0.5) * ((double)g->height / g->rows));
}

/* Shades (count, padded to whole vectors) in [0, 1] through a table of 256; NaN takes the first. */
void colour_shades(const float *shades, uint32_t count, const uint32_t *colours, uint32_t *rgba);

/* Net's Z, holding A2 (n_y, columns), as `count` pixels. */
void colour_outputs(const network *net, uint32_t columns, uint32_t count, const uint32_t *colours,
                    uint32_t *rgba);

#endif
