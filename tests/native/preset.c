/* Presets: on the grid, inside the plane, balanced, and every point with draws of its own. */
#include <math.h>

#include "check.h"
#include "two_layer.h"

#define PI 3.141592653589793

enum { N = 2000, PRESETS = HARD_SPIRAL + 1 };
static const char *const names[PRESETS] = {"gaussians", "xor",    "ring",       "moons",
                                           "stripes",   "spiral", "hard spiral"};

typedef struct {
  float x[2 * N];
  uint8_t y[N];
} points;
static points one, other;

static void fill(points *p, uint32_t preset, uint32_t n, double noise, double flip, double seed) {
  memset(p, 0, sizeof *p);
  check(preset_fill(preset, n, noise, flip, seed, p->x, p->y) == OK, "%s is refused",
        names[preset]);
}

static void is_on_the_grid(void) {
  for (uint32_t preset = 0; preset < PRESETS; preset++) {
    for (int noisy = 0; noisy < 3; noisy++) {
      fill(&one, preset, N, noisy * 1.5, 0.1, 7);
      for (uint32_t i = 0; i < 2 * N; i++) {
        double x = (double)one.x[i];
        check(x >= -3 && x <= 3, "%s: coordinate %u is %g", names[preset], i, x);
        check(x * 512 == floor(x * 512), "%s: coordinate %u is %.12g", names[preset], i, x);
      }
    }
  }
}

static void is_balanced(void) {
  for (uint32_t preset = 0; preset < PRESETS; preset++) {
    for (uint32_t n = 0; n <= 101; n++) {
      fill(&one, preset, n, 0.1, 0, 3);
      uint32_t of_class_1 = 0;
      for (uint32_t i = 0; i < n; i++) of_class_1 += one.y[i];
      check(of_class_1 == n / 2, "%s: %u of %u points are of class 1", names[preset], of_class_1,
            n);
    }
  }
}

/* Another n keeps the points that both have. */
static void keeps_points_when_n_changes(void) {
  for (uint32_t preset = 0; preset < PRESETS; preset++) {
    fill(&one, preset, N, 0.1, 0.1, 11);
    fill(&other, preset, N / 3, 0.1, 0.1, 11);
    check(memcmp(one.x, other.x, N / 3 * 2 * sizeof(float)) == 0 &&
              memcmp(one.y, other.y, N / 3) == 0,
          "%s: other points", names[preset]);
  }
}

/* Noise moves the same points, in proportion; labels stay. */
static void noise_moves_the_same_points(void) {
  for (uint32_t preset = 0; preset < PRESETS; preset++) {
    static points still;
    fill(&still, preset, N, 0, 0, 5);
    fill(&one, preset, N, 0.01, 0, 5);
    fill(&other, preset, N, 0.02, 0, 5);
    double squares = 0;
    for (uint32_t i = 0; i < 2 * N; i++) {
      double shift = (double)one.x[i] - (double)still.x[i];
      double twice = (double)other.x[i] - (double)still.x[i];
      if (fabs((double)other.x[i]) < 3) { /* not at the edge, where points are held back */
        check(fabs(2 * shift - twice) <= 1.5 / 512 + 1e-9, "%s: %g, then %g", names[preset], shift,
              twice);
      }
      squares += twice * twice / (2 * N);
    }
    check(fabs(sqrt(squares) - 0.02) < 0.002, "%s: noise of 0.02 has a deviation of %g",
          names[preset], sqrt(squares));
    check(memcmp(one.y, still.y, N) == 0, "%s: noise turns labels over", names[preset]);
  }
}

/* Flips turn labels over, a larger share those of a smaller one too; points stay. */
static void flip_turns_labels_over(void) {
  for (uint32_t preset = 0; preset < PRESETS; preset++) {
    static points none;
    fill(&none, preset, N, 0.1, 0, 5);
    fill(&one, preset, N, 0.1, 0.1, 5);
    fill(&other, preset, N, 0.1, 0.3, 5);
    check(memcmp(none.x, other.x, sizeof none.x) == 0, "%s: flips move points", names[preset]);
    uint32_t few = 0, many = 0;
    for (uint32_t i = 0; i < N; i++) {
      few += one.y[i] != none.y[i];
      many += other.y[i] != none.y[i];
      check(one.y[i] == none.y[i] || other.y[i] != none.y[i], "%s: point %u flips back",
            names[preset], i);
    }
    /* Binomial: 200 and 600 of 2,000, within four deviations (13, 20). */
    check(few > 146 && few < 254 && many > 518 && many < 682, "%s: %u and %u flips", names[preset],
          few, many);
    fill(&one, preset, N, 0.1, 1, 5);
    for (uint32_t i = 0; i < N; i++) check(one.y[i] == 1 - none.y[i], "%s: flip 1", names[preset]);
  }
}

static void another_seed_draws_others(void) {
  for (uint32_t preset = 0; preset < PRESETS; preset++) {
    fill(&one, preset, N, 0, 0, 1);
    fill(&other, preset, N, 0, 0, 2);
    uint32_t same = 0;
    for (uint32_t i = 0; i < N; i++) {
      same += one.x[2 * i] == other.x[2 * i] && one.x[2 * i + 1] == other.x[2 * i + 1];
    }
    check(same < N / 100, "%s: %u of %u points are the same", names[preset], same, N);
  }
}

/* The shapes, without noise, from the geometry of each. */
static void has_its_shape(void) {
  fill(&one, XOR, N, 0, 0, 1);
  for (uint32_t i = 0; i < N; i++) {
    int opposite = (one.x[2 * i] > 0) != (one.x[2 * i + 1] > 0);
    check(opposite == one.y[i], "xor: (%g, %g) is of class %u", (double)one.x[2 * i],
          (double)one.x[2 * i + 1], one.y[i]);
  }
  fill(&one, RING, N, 0, 0, 1);
  for (uint32_t i = 0; i < N; i++) {
    double r = hypot((double)one.x[2 * i], (double)one.x[2 * i + 1]);
    check(one.y[i] ? r > 1.79 && r < 2.51 : r < 1.11, "ring: radius %g is of class %u", r,
          one.y[i]);
  }
  for (uint32_t hard = 0; hard < 2; hard++) { /* the angle follows from radius and class */
    fill(&one, SPIRAL + hard, N, 0, 0, 1);
    for (uint32_t i = 0; i < N; i++) {
      double x = (double)one.x[2 * i], y = (double)one.x[2 * i + 1];
      double u = (hypot(x, y) - 0.3) / 2.3;
      double angle = 2 * PI * (hard ? 1.75 : 0.9) * u + (one.y[i] ? PI : 0);
      check(fabs(sin((atan2(y, x) - angle) / 2)) < 0.02, "spiral: (%g, %g), class %u", x, y,
            one.y[i]);
    }
  }
}

static void refuses_what_is_outside(void) {
  float x[2] = {9, 9};
  uint8_t y[1] = {9};
  check(preset_fill(PRESETS, 1, 0, 0, 1, x, y) == BAD_ARGUMENT, "preset 7");
  check(preset_fill(RING, MAX_EXAMPLES + 1, 0, 0, 1, x, y) == BAD_ARGUMENT, "20,001 points");
  static const double bad[] = {-0.1, 3.1, NAN, INFINITY};
  for (int i = 0; i < 4; i++) {
    check(preset_fill(RING, 1, bad[i], 0, 1, x, y) == BAD_ARGUMENT, "noise %g", bad[i]);
    check(preset_fill(RING, 1, 0, bad[i], 1, x, y) == BAD_ARGUMENT, "flip %g", bad[i]);
  }
  check(preset_fill(RING, 1, 0, 0, -1, x, y) == BAD_ARGUMENT, "seed -1");
  check(preset_fill(RING, 1, 0, 0, NAN, x, y) == BAD_ARGUMENT, "seed NaN");
  check(preset_fill(RING, 1, 0, 0, 0x1p54, x, y) == BAD_ARGUMENT, "seed 2^54");
  check(x[0] == 9 && y[0] == 9, "a refusal wrote something");
}

/* Random numbers: in [0, 1), apart for streams, seeds and indices, and evenly spread. */
static void draws_uniform_numbers(void) {
  for (uint32_t stream = STREAM_WEIGHTS; stream <= STREAM_SPRAY; stream++) {
    double mean = 0, product = 0, before = 0.5;
    uint32_t shares[10] = {0};
    for (uint32_t i = 0; i < 100000; i++) {
      double u = random_uniform(42, stream, i);
      check(u >= 0 && u < 1, "stream %u, number %u: %g", stream, i, u);
      mean += u / 100000;
      product += (u - 0.5) * (before - 0.5) / 100000;
      shares[(int)(u * 10)]++;
      before = u;
      check(u != random_uniform(43, stream, i) && u != random_uniform(42, stream + 1, i),
            "not apart");
    }
    /* Deviations of the mean: 0.29 / 316 = 0.0009; of the covariance: 1/12/316; of a share: 95. */
    check(fabs(mean - 0.5) < 0.004 && fabs(product) < 0.0011, "stream %u: mean %g, covariance %g",
          stream, mean, product);
    for (int k = 0; k < 10; k++)
      check(shares[k] > 9600 && shares[k] < 10400, "share %d: %u", k, shares[k]);
  }
  double large = random_uniform(0x1p53, STREAM_SPLIT, 0x1p53);
  check(large >= 0 && large < 1, "seed and index 2^53: %g", large);
}

int main(void) {
  run("points lie in the plane, on the grid of 1/512", is_on_the_grid);
  run("half the points are of each class", is_balanced);
  run("another n keeps the points that both have", keeps_points_when_n_changes);
  run("noise moves the same points, in proportion", noise_moves_the_same_points);
  run("flip turns over its share of labels, and moves nothing", flip_turns_labels_over);
  run("another seed draws other points", another_seed_draws_others);
  run("xor, ring and spirals have their shapes", has_its_shape);
  run("refuses what is outside, and has written nothing", refuses_what_is_outside);
  run("uniform numbers are uniform, and streams apart", draws_uniform_numbers);
  return finish();
}
