/* What the pictures share: where a grid's columns and rows lie. */
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

#endif
