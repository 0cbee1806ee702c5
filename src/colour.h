/* predict -> colour: what a network puts out, as pixels. */
#ifndef COLOUR_H
#define COLOUR_H

#include "two_layer.h"

/*
 * A logit's cell: logits are rounded down to multiples of 1/512, and each cell has the shade of the
 * probability at its middle, within 1/4096 of that of any logit in it. No cell has logits of both
 * signs: the boundary of the two classes is exact. Beyond the last cells shades are 0 and 255.
 * z is in cell z * CELLS_OF_LOGIT + CELL_OF_0, rounded to the nearest integer; `cells` are what is to
 * be rounded (count, padded to whole vectors). NaN takes the first shade.
 */
#define CELLS_OF_LOGIT 512.0f
#define CELL_OF_0 -0.5f
void colour_cells(const float *cells, uint32_t count, const uint32_t *colours, uint32_t *rgba);

/* Shades (count, padded to whole vectors) in [0, 1] through a table of 256; NaN takes the first. */
void colour_shades(const float *shades, uint32_t count, const uint32_t *colours, uint32_t *rgba);

/* Net's Z, holding A2 (n_y, columns), as `count` pixels. */
void colour_outputs(const network *net, uint32_t columns, uint32_t count, const uint32_t *colours,
                    uint32_t *rgba);

#endif
