/* predict -> colour: what a network puts out, as pixels. */
#ifndef COLOUR_H
#define COLOUR_H

#include "two_layer.h"

/*
 * Net's Z, holding Z2 (n_y, columns), as `count` pixels; it becomes A2 where there are more than
 * two classes.
 *
 * For two classes a logit's cell has the colour: 512 cells to 1, each with the shade of the
 * probability at its middle, which is within 1/4096 of that of any logit in it. 0 is the edge of
 * two cells, so that the boundary of the classes is exact. Beyond the last cells shades are 0 and
 * 255. NaN takes the first.
 */
void colour_logits(const network *net, uint32_t columns, uint32_t count, const uint32_t *colours,
                   uint32_t *rgba);

/* Shades (count, padded to whole vectors) in [0, 1] through a table of 256; NaN takes the first. */
void colour_shades(const float *shades, uint32_t count, const uint32_t *colours, uint32_t *rgba);

#endif
