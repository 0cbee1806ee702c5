#include "colour.h"

#include "forward.h"
#include "network.h"
#include "vector_math.h"

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

/* Up to four pixels; what is beyond `count` is left alone. With `magic` the nearest integer to
 * 255 times a shade stands in its lowest bits. */
ALWAYS_INLINE void colour_vector(const exp2_constants *k, vec shades, uint32_t count,
                                 const uint32_t *colours, uint32_t *rgba) {
  vec rounded = add(mul(shades, k->most_shade), k->magic);
  rgba[0] = colours[wasm_i32x4_extract_lane(rounded, 0) & 255];
  if (count > 1) rgba[1] = colours[wasm_i32x4_extract_lane(rounded, 1) & 255];
  if (count > 2) rgba[2] = colours[wasm_i32x4_extract_lane(rounded, 2) & 255];
  if (count > 3) rgba[3] = colours[wasm_i32x4_extract_lane(rounded, 3) & 255];
}

void colour_shades(const float *shades, uint32_t count, const uint32_t *colours, uint32_t *rgba) {
  exp2_constants k = load_exp2_constants();
  for (uint32_t c = 0; c < count; c += LANES) {
    colour_vector(&k, load(shades + c), count - c, colours, rgba + c);
  }
}

/* Shades are 0 or 255 beyond logits of -6.24 and 6.24. */
#define CELLS 6400
#define MIDDLE 3200

/* A constant, but computed when it is first needed, so that the module need not bring it along. */
static uint8_t shade_of_cell[CELLS];
static int have_shades;

static void compute_shades(void) {
  for (int32_t c = 0; c < CELLS; c += (int32_t)LANES) {
    float p[LANES];
    for (int32_t l = 0; l < (int32_t)LANES; l++) {
      float z = ((float)(c + l - MIDDLE) - CELL_OF_0) / CELLS_OF_LOGIT;
      p[l] = -LOG2_E_F * z;
    }
    sigmoid_in_place(p, LANES);
    for (uint32_t l = 0; l < LANES; l++) shade_of_cell[(uint32_t)c + l] = (uint8_t)(255 * p[l] + 0.5f);
  }
  have_shades = 1;
}

typedef struct {
  float least, most, magic;
} cell_table;
/* With `magic` a cell's place in the table stands in the low half of a lane. */
static const cell_table cell_values = {-MIDDLE, MIDDLE - 1, 12582912.0f + MIDDLE};

NOINLINE static void colour_whole_vectors(const float *cells, const float *end,
                                          const uint32_t *colours, uint32_t *rgba) {
  const cell_table *t = &cell_values;
  __asm__("" : "+r"(t));
  vec least = splat_from(&t->least), most = splat_from(&t->most), magic = splat_from(&t->magic);
  const uint8_t *shades = shade_of_cell;
  for (; cells != end; cells += LANES, rgba += LANES) {
    vec cell = add(smaller(most, larger(least, load(cells))), magic);
    rgba[0] = colours[shades[wasm_u16x8_extract_lane(cell, 0)]];
    rgba[1] = colours[shades[wasm_u16x8_extract_lane(cell, 2)]];
    rgba[2] = colours[shades[wasm_u16x8_extract_lane(cell, 4)]];
    rgba[3] = colours[shades[wasm_u16x8_extract_lane(cell, 6)]];
  }
}

void colour_cells(const float *cells, uint32_t count, const uint32_t *colours, uint32_t *rgba) {
  if (!have_shades) compute_shades();
  uint32_t whole = count & ~(LANES - 1);
  colour_whole_vectors(cells, cells + whole, colours, rgba);
  if (whole == count) return;
  uint32_t pixels[LANES];
  colour_whole_vectors(cells + whole, cells + whole + LANES, colours, pixels);
  copy_bytes(rgba + whole, pixels, (count - whole) * 4);
}

void colour_outputs(const network *net, uint32_t columns, uint32_t count, const uint32_t *colours,
                    uint32_t *rgba) {
  if (net->n_y == 1) {
    colour_shades(net->Z, count, colours, rgba);
    return;
  }
  uint32_t pixels[LANES];
  for (uint32_t c = 0; c < count; c += LANES) {
    wasm_v128_store(pixels, mix_colours(net->Z + c, columns, net->n_y, colours));
    for (uint32_t l = 0; l < LANES && c + l < count; l++) rgba[c + l] = pixels[l];
  }
}
