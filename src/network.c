#include "network.h"

#include <stddef.h>

#include "arithmetic.h"
#include "heap.h"
#include "random.h"

#define MAX_SEED 9007199254740992.0 /* 2^53 */

/* Draws of a unit: its own block of indices in the stream of weights, two for each weight. */
#define DRAWS_PER_UNIT 32u
#define DRAWS_OF_W2 16u

uint32_t input_rows(uint32_t inputs, uint32_t features) {
  if (inputs < 1 || inputs > MAX_INPUTS || features > 31) return 0;
  if (features && inputs != 2) return 0;
  return inputs + (uint32_t)__builtin_popcount(features);
}

static int valid(const network_options *o) {
  return o->seed >= 0 && o->seed <= MAX_SEED && o->seed == (double)(uint64_t)o->seed &&
         input_rows(o->inputs, o->features) && o->hidden >= 1 && o->hidden <= MAX_HIDDEN &&
         o->classes >= 2 && o->classes <= MAX_CLASSES && o->activation <= RELU &&
         o->initializer <= ZEROS;
}

static uint32_t count_parameters(uint32_t n_x, uint32_t n_h, uint32_t n_y) {
  return n_h * (n_x + 1) + n_y * (n_h + 1);
}

static uint32_t state_bytes(uint32_t stride) {
  return (uint32_t)(sizeof(network_state) + 3 * stride * sizeof(float));
}

static void *allocate_floats(uint32_t n) {
  return heap_allocate_zeroed((uint32_t)(n * sizeof(float)));
}

/* Everything whose size follows from n_h; on failure what was allocated is there to be freed. */
static int allocate_for_hidden(network *net, uint32_t hidden) {
  net->n_h = net->options.hidden = hidden;
  net->count = count_parameters(net->n_x, hidden, net->n_y);
  net->stride = pad(net->count);
  net->state = heap_allocate_zeroed(state_bytes(net->stride));
  net->spare = heap_allocate_zeroed(state_bytes(net->stride));
  net->pins = heap_allocate_zeroed(net->count);
  net->gradient = allocate_floats(net->stride);
  net->scaled = allocate_floats(pad(hidden * (net->n_x + 1)));
  net->unit_sums = allocate_floats((hidden + 1) * LANES);
  net->A = allocate_floats(hidden * TILE);
  net->X = allocate_floats(net->n_x * TILE);
  net->Z = allocate_floats(net->n_y * TILE);
  return net->state && net->spare && net->pins && net->gradient && net->scaled &&
         net->unit_sums && net->A && net->X && net->Z;
}

static void release_for_hidden(network *net) {
  heap_release(net->Z);
  heap_release(net->X);
  heap_release(net->A);
  heap_release(net->unit_sums);
  heap_release(net->scaled);
  heap_release(net->gradient);
  heap_release(net->pins);
  heap_release(net->spare);
  heap_release(net->state);
}

/*
 * One weight of unit j. Glorot and Bengio 2010: uniform within sqrt(6 / (fan_in + fan_out));
 * He et al. 2015: within sqrt(6 / fan_in); normal: standard deviation 0.05, Keras's default.
 */
static float draw_weight(const network_options *o, uint32_t unit, uint32_t slot, uint32_t fan_in,
                         uint32_t fan_out) {
  uint64_t seed = (uint64_t)o->seed;
  uint64_t index = (uint64_t)unit * DRAWS_PER_UNIT + slot * 2;
  double u = uniform_from(random_bits(seed, STREAM_WEIGHTS, index));
  double limit;
  switch (o->initializer) {
    case ZEROS: return 0;
    case NORMAL:
      return (float)(0.05 *
                     normal_from(u, uniform_from(random_bits(seed, STREAM_WEIGHTS, index + 1))));
    case HE_UNIFORM: limit = __builtin_sqrt(6.0 / fan_in); break;
    default: limit = __builtin_sqrt(6.0 / (fan_in + fan_out));
  }
  return (float)((2.0 * u - 1.0) * limit);
}

static void draw_unit(network *net, uint32_t unit) {
  layers l = layers_of(net, parameters_of(net->state));
  for (uint32_t i = 0; i < net->n_x; i++) {
    l.W1[unit * net->n_x + i] = draw_weight(&net->options, unit, i, net->n_x, net->n_h);
  }
  for (uint32_t k = 0; k < net->n_y; k++) {
    l.W2[k * net->n_h + unit] =
        draw_weight(&net->options, unit, DRAWS_OF_W2 / 2 + k, net->n_h, net->n_y);
  }
}

void network_draw_start(network *net) {
  for (uint32_t j = 0; j < net->n_h; j++) draw_unit(net, j);
}

network *network_create(const network_options *options) {
  if (!valid(options)) return NULL;
  network *net = heap_allocate_zeroed(sizeof(network));
  if (!net) return NULL;
  net->options = *options;
  net->n_x = input_rows(options->inputs, options->features);
  net->n_y = options->classes == 2 ? 1 : options->classes;
  if (!allocate_for_hidden(net, options->hidden)) {
    network_free(net);
    return NULL;
  }
  network_draw_start(net);
  return net;
}

void network_free(network *net) {
  if (!net) return;
  heap_release(net->epoch_order);
  heap_release(net->epoch_columns);
  release_for_hidden(net);
  heap_release(net);
}

/* Copies the units that both have, of a parameter-shaped array whose entries have `bytes` bytes. */
static void copy_units(const network *from, const void *source, const network *to, void *target,
                       uint32_t bytes) {
  uint32_t kept = from->n_h < to->n_h ? from->n_h : to->n_h;
  const unsigned char *s = source;
  unsigned char *t = target;
  /* Runs of entries that stay together: W1, b1, each row of W2 and its bias's place at the end. */
  uint32_t runs = 2 + to->n_y + 1;
  for (uint32_t run = 0; run < runs; run++) {
    uint32_t width = run == 0 ? to->n_x : 1;
    uint32_t entries = run == runs - 1 ? to->n_y : kept * width;
    copy_bytes(t, s, entries * bytes);
    s += from->n_h * width * bytes;
    t += to->n_h * width * bytes;
  }
}

enum status network_set_hidden(network *net, uint32_t hidden) {
  if (hidden < 1 || hidden > MAX_HIDDEN) return BAD_ARGUMENT;
  if (hidden == net->n_h) return OK;
  network resized;
  copy_bytes(&resized, net, sizeof resized);
  if (!allocate_for_hidden(&resized, hidden)) {
    release_for_hidden(&resized);
    return OUT_OF_MEMORY;
  }
  *resized.state = *net->state;
  for (uint32_t j = net->n_h; j < hidden; j++) draw_unit(&resized, j);
  for (uint32_t part = 0; part < 3; part++) {
    copy_units(net, parameters_of(net->state) + part * net->stride, &resized,
               parameters_of(resized.state) + part * resized.stride, sizeof(float));
  }
  copy_units(net, net->pins, &resized, resized.pins, 1);
  release_for_hidden(net);
  copy_bytes(net, &resized, sizeof resized);
  return OK;
}

enum status network_set_activation(network *net, uint32_t activation) {
  if (activation > RELU) return BAD_ARGUMENT;
  net->options.activation = activation;
  return OK;
}

void network_end_epoch(network *net) {
  if (net->state->position == 0) return;
  net->state->position = 0;
  net->state->epoch += 1;
}

network_state *network_get_state(network *net) { return net->state; }
uint32_t network_state_bytes(const network *net) { return state_bytes(net->stride); }
uint32_t network_parameter_count(const network *net) { return net->count; }
uint32_t network_parameter_stride(const network *net) { return net->stride; }
float *network_parameters(network *net) { return parameters_of(net->state); }
uint8_t *network_pins(network *net) { return net->pins; }
uint32_t arithmetic_version(void) { return 1; }
