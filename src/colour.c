#include "colour.h"

#include "forward.h"
#include "network.h"
#include "vector_math.h"

/* The first `count` of four pixels. */
static void put_pixels(uint32_t *to, const uint32_t *from, uint32_t count) {
  for (uint32_t l = 0; l < LANES && l < count; l++) to[l] = from[l];
}

void colour_shades(const float *shades, uint32_t count, const uint32_t *colours, uint32_t *rgba) {
  for (uint32_t c = 0; c < count; c += LANES) {
    vec rounded = add(mul(load(shades + c), splat(255)), splat(MAGIC));
    uint32_t pixels[LANES];
    wasm_v128_store(pixels, rounded);
    for (uint32_t l = 0; l < LANES; l++) pixels[l] = colours[pixels[l] & 255];
    put_pixels(rgba + c, pixels, count - c);
  }
}

#define CELLS_OF_LOGIT 512
#define CELLS 6400 /* shades are 0 or 255 beyond logits of -6.24 and 6.24 */
#define CELL_OF_0 3200

/* A constant, but computed when it is first needed, so that the module need not bring it along. */
static uint8_t shade_of_cell[CELLS];
static int have_shades;

static void compute_shades(void) {
  for (uint32_t c = 0; c < CELLS; c += LANES) {
    float p[LANES];
    for (uint32_t l = 0; l < LANES; l++) {
      p[l] = -LOG2_E_F * (((float)(c + l) - CELL_OF_0 + 0.5f) / CELLS_OF_LOGIT);
    }
    sigmoid_in_place(p, LANES);
    for (uint32_t l = 0; l < LANES; l++) shade_of_cell[c + l] = (uint8_t)(255 * p[l] + 0.5f);
  }
  have_shades = 1;
}

/*
 * With `magic` the number of a cell stands in the low half of a lane: 512 z - 1/2, rounded to the
 * nearest. A tie goes to the even number: 0 to CELL_OF_0, as that is even, and so belongs to the
 * upper class.
 */
typedef struct {
  float cells, half, least, most, magic;
} cell_table;
static const cell_table cell_values = {CELLS_OF_LOGIT, 0.5f, -CELL_OF_0, CELLS - 1 - CELL_OF_0,
                                       MAGIC + CELL_OF_0};
_Static_assert(CELL_OF_0 % 2 == 0, "the cell of 0 is even");

NOINLINE static void colour_vectors(const float *z, const float *end, const uint32_t *colours,
                                    uint32_t *rgba) {
  const cell_table *t = &cell_values;
  __asm__("" : "+r"(t));
  vec cells = splat_from(&t->cells), half = splat_from(&t->half), least = splat_from(&t->least);
  vec most = splat_from(&t->most), magic = splat_from(&t->magic);
  const uint8_t *shades = shade_of_cell;
  for (; z != end; z += LANES, rgba += LANES) {
    vec cell = smaller(most, larger(least, sub(mul(load(z), cells), half)));
    vec number = add(cell, magic);
    rgba[0] = colours[shades[wasm_u16x8_extract_lane(number, 0)]];
    rgba[1] = colours[shades[wasm_u16x8_extract_lane(number, 2)]];
    rgba[2] = colours[shades[wasm_u16x8_extract_lane(number, 4)]];
    rgba[3] = colours[shades[wasm_u16x8_extract_lane(number, 6)]];
  }
}

static void colour_two_classes(const float *z, uint32_t count, const uint32_t *colours,
                               uint32_t *rgba) {
  if (!have_shades) compute_shades();
  uint32_t whole = count & ~(LANES - 1);
  colour_vectors(z, z + whole, colours, rgba);
  if (whole == count) return;
  uint32_t pixels[LANES];
  colour_vectors(z + whole, z + whole + LANES, colours, pixels);
  put_pixels(rgba + whole, pixels, count - whole);
}

/*
 * A vector of pixels whose colours are mixed in proportion to p (n_y, stride), a byte at a time:
 * floor(sum of p times colour + 1/2), at most 255. NaN becomes 0.
 */
static vec mix_colours(const float *p, uint32_t stride, uint32_t n_y, const uint32_t *colours) {
  vec mixed = splat_bits(0);
  for (uint32_t shift = 0; shift < 32; shift += 8) {
    vec sum = splat(0.5f);
    for (uint32_t k = 0; k < n_y; k++) {
      sum = add(sum, mul(load(p + k * stride), splat((float)((colours[k] >> shift) & 255u))));
    }
    vec byte = wasm_i32x4_trunc_sat_f32x4(smaller(sum, splat(255.0f)));
    mixed = bits_or(mixed, wasm_i32x4_shl(byte, shift));
  }
  return mixed;
}

void colour_logits(const network *net, uint32_t columns, uint32_t count, const uint32_t *colours,
                   uint32_t *rgba) {
  if (net->n_y == 1) {
    colour_two_classes(net->Z, count, colours, rgba);
    return;
  }
  activate_output(net, columns);
  for (uint32_t c = 0; c < count; c += LANES) {
    uint32_t pixels[LANES];
    wasm_v128_store(pixels, mix_colours(net->Z + c, columns, net->n_y, colours));
    put_pixels(rgba + c, pixels, count - c);
  }
}
