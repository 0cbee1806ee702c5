/*
 * Data sets drawn from a seed. Every point has draws of its own, so another n adds points
 * or takes them away, and another noise moves the same points.
 * Class 0 and class 1 take turns.
 */
#include "arithmetic.h"
#include "random.h"
#include "two_layer.h"

#define DRAWS_PER_POINT 8u
enum draw { SHAPE1, SHAPE2, NOISE1, NOISE2, FLIP };

#define PI 3.141592653589793
#define HALF_PLANE 3.0 /* the plane is [-3, 3] squared */
#define GRID 512.0     /* coordinates are multiples of 1/512: exact in binary */

typedef struct {
  double x1, x2;
} point;

static point polar(double radius, double angle) {
  return (point){radius * cosine_f64(angle), radius * sine_f64(angle)};
}

/* Uniform over the ring between two radii, or the disc if the first is 0: area grows as r^2. */
static point in_ring(double inner, double outer, double u1, double u2) {
  return polar(__builtin_sqrt(inner * inner + u1 * (outer * outer - inner * inner)), 2 * PI * u2);
}

/* Archimedes' spiral, evenly along its radius; the classes half a turn apart. */
static point on_spiral(double turns, uint32_t class, double u) {
  double radius = 0.3 + 2.3 * u;
  return polar(radius, 2 * PI * turns * u + (class ? PI : 0));
}

static point shape(uint32_t preset, uint32_t i, uint32_t class, double u1, double u2) {
  switch (preset) {
    case GAUSSIANS: {
      double z1 = normal_from(u1, u2);
      double z2 = normal_from(u1, u2 < 0.75 ? u2 + 0.25 : u2 - 0.75); /* sine from the cosine */
      double centre = class ? 1.1 : -1.1;
      return (point){centre + 0.6 * z1, centre + 0.6 * z2};
    }
    case XOR: { /* four blobs; class 1 top left and bottom right */
      point p = in_ring(0, 0.75, u1, u2);
      double right = (i / 2) % 2 ? 1.35 : -1.35;
      p.x1 += right;
      p.x2 += class ? -right : right;
      return p;
    }
    case RING: return class ? in_ring(1.8, 2.5, u1, u2) : in_ring(0, 1.1, u1, u2);
    case MOONS: { /* two half circles that reach into each other */
      point p = polar(1.5, PI * u1);
      return class ? (point){0.75 - p.x1, 0.35 - p.x2} : (point){p.x1 - 0.75, p.x2 - 0.35};
    }
    case STRIPES: { /* five upright stripes of equal width */
      uint32_t stripe = class ? 1 + 2 * ((i / 2) % 2) : 2 * ((i / 2) % 3);
      return (point){-2.5 + stripe + 0.15 + 0.7 * u1, -2.5 + 5 * u2};
    }
    case SPIRAL: return on_spiral(0.9, class, u1);
    default: return on_spiral(1.75, class, u1);
  }
}

/* The nearest multiple of 1/512 within the plane. */
static float snap(double x) {
  const double magic = 0x1.8p52;
  double rounded = ((x * GRID + magic) - magic) / GRID;
  if (rounded > HALF_PLANE) rounded = HALF_PLANE;
  if (rounded < -HALF_PLANE) rounded = -HALF_PLANE;
  return (float)rounded;
}

enum status preset_fill(uint32_t preset, uint32_t n, double noise, double flip, double seed,
                        float *x, uint8_t *y) {
  if (preset > HARD_SPIRAL || n > MAX_EXAMPLES || !(noise >= 0 && noise <= HALF_PLANE) ||
      !(flip >= 0 && flip <= 1) || !(seed >= 0 && seed <= 0x1p53)) {
    return BAD_ARGUMENT;
  }
  for (uint32_t i = 0; i < n; i++) {
    double u[DRAWS_PER_POINT];
    for (uint32_t k = 0; k < DRAWS_PER_POINT; k++) {
      u[k] = random_uniform(seed, STREAM_PRESET, (double)i * DRAWS_PER_POINT + k);
    }
    uint32_t class = i % 2;
    point p = shape(preset, i, class, u[SHAPE1], u[SHAPE2]);
    p.x1 += noise * normal_from(u[NOISE1], u[NOISE2]);
    p.x2 += noise * normal_from(u[NOISE1], u[NOISE2] < 0.75 ? u[NOISE2] + 0.25 : u[NOISE2] - 0.75);
    x[2 * i] = snap(p.x1);
    x[2 * i + 1] = snap(p.x2);
    y[i] = (uint8_t)(u[FLIP] < flip ? 1 - class : class);
  }
  return OK;
}
