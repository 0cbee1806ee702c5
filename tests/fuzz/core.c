/*
 * Calls of the core in any order, with any options and numbers, from a fuzzer's bytes. Beside
 * what the sanitizers find: reading changes nothing, a refusal changes nothing, training leaves
 * only finite numbers, and all memory comes back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "../native/problem.h"
#include "network.h"

enum { SLOTS = 3, MOST_EXAMPLES = 600, MOST_WORK = 40000 };

typedef struct {
  const uint8_t *next, *end;
  network *nets[SLOTS];
  data *sets[SLOTS];
} fuzz;

static void expect(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "broken: %s\n", what);
  abort();
}

static uint32_t take_byte(fuzz *f) {
  return f->next < f->end ? *f->next++ : 0;
}
static uint32_t take_u32(fuzz *f) {
  uint32_t x = take_byte(f);
  for (int i = 0; i < 3; i++) x = x << 8 | take_byte(f);
  return x;
}

/* Mostly a number of the range; sometimes any, so that limits are tried as well. */
static uint32_t take_below(fuzz *f, uint32_t n) {
  uint32_t kind = take_byte(f);
  if (kind == 255) return take_u32(f);
  if (kind == 254) return n;
  return (n > 256 ? kind << 8 | take_byte(f) : kind) % n;
}

static float take_float(fuzz *f) {
  uint32_t kind = take_byte(f);
  if (kind < 200) return (float)((int32_t)kind - 100) / 32;
  if (kind < 230) return (float)(int32_t)take_u32(f) / 65536;
  uint32_t bits = take_u32(f); /* any: huge, tiny, infinite, not a number */
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* Exactly as long as the call needs, so that a byte too many is found. */
static void *room(size_t count, size_t size) {
  void *block = malloc(count * size + (count == 0));
  expect(block != NULL, "memory for a test");
  return block;
}

static float *take_floats(fuzz *f, uint32_t count) {
  float *x = room(count, sizeof(float));
  for (uint32_t i = 0; i < count; i++) x[i] = f->next < f->end ? take_float(f) : (float)(i % 7) - 3;
  return x;
}

static uint32_t slot_of(fuzz *f) {
  return take_byte(f) % SLOTS;
}

static network_options take_shape(fuzz *f) {
  network_options o;
  o.seed = take_byte(f) < 250 ? take_byte(f) : (double)take_float(f);
  o.inputs = 1 + take_below(f, MAX_INPUTS);
  o.features = take_byte(f) & 1 ? take_below(f, 32) : 0;
  if (o.features && take_byte(f) < 250) o.inputs = 2;
  o.hidden = 1 + take_below(f, take_byte(f) < 40 ? MAX_HIDDEN : 9);
  o.classes = 2 + take_below(f, 3);
  o.activation = take_below(f, 3);
  o.initializer = take_below(f, 4);
  return o;
}

static training_options take_training(fuzz *f) {
  training_options o = {1, 0.9f, 0.9f, 0.999f, 1e-7f, 0, 0, SGD, 0, 0};
  uint32_t which = take_byte(f);
  if (which & 1) o.learning_rate = take_float(f);
  if (which & 2) o.momentum = take_float(f);
  if (which & 4) o.beta1 = take_float(f), o.beta2 = take_float(f), o.epsilon = take_float(f);
  if (which & 8) o.l1 = take_float(f), o.l2 = take_float(f);
  o.optimizer = take_below(f, 3);
  o.batch_size = which & 16 ? take_below(f, 40) : 0;
  o.shuffle = which & 32;
  return o;
}

/* The same shape as a network half the time, so that most pairs go together. */
static void set_data(fuzz *f) {
  uint32_t slot = slot_of(f);
  const network *like = f->nets[slot_of(f)];
  if (!f->sets[slot] || take_byte(f) < 80) {
    network_options o = take_shape(f);
    if (like) o = like->options;
    data_free(f->sets[slot]);
    f->sets[slot] = data_create(o.inputs, o.features, o.classes);
    if (!f->sets[slot]) return;
  }
  data *d = f->sets[slot];
  uint32_t m = take_below(f, MOST_EXAMPLES), before = data_count(d);
  if (m > MAX_EXAMPLES) {
    float nothing = 0;
    uint8_t none = 0;
    expect(data_set(d, &nothing, &none, m) == BAD_ARGUMENT, "too many examples are refused");
    return;
  }
  float *x = take_floats(f, m * d->inputs);
  uint8_t *y = room(m, 1);
  for (uint32_t i = 0; i < m; i++)
    y[i] = (uint8_t)(take_byte(f) % (take_byte(f) < 2 ? 8 : d->classes));
  enum status status = data_set(d, x, y, m);
  expect(data_count(d) == (status == OK ? m : before), "m is that of the last data that fitted");
  free(x);
  free(y);
}

static int fits(const network *net, const data *d) {
  return net && d && data_fits(net, d) && (uint64_t)net->n_h * d->m <= MOST_WORK;
}

static void check_training(network *net, enum status status, const uint32_t before[2], double steps,
                           const training_result *result) {
  uint32_t after[2];
  network_hash(net, after);
  if (status == BAD_ARGUMENT) expect(memcmp(before, after, 8) == 0, "a refusal changes nothing");
  if (status == OK) expect(result->steps == steps || steps < 0, "all steps are made");
  if (status == DIVERGED) expect(result->steps < steps || steps < 0, "a step was not made");
  if (status == DIVERGED)
    expect(result->parameter >= -1 && result->parameter < (int32_t)net->count, "a parameter");
  for (uint32_t i = 0; status == OK && i < net->count; i++) {
    float w = network_parameters(net)[i];
    expect(w - w == 0, "parameters are finite after training");
  }
}

static void make_steps(fuzz *f, network *net, data *d) {
  training_options o = take_training(f);
  double steps = take_byte(f) % 6;
  float *losses = take_byte(f) & 1 ? room((size_t)steps, sizeof(float)) : NULL;
  training_result result;
  uint32_t before[2];
  network_hash(net, before);
  if (!fits(net, d) && d && data_fits(net, d)) steps = 1;
  enum status status = train(net, d, &o, steps, losses, &result);
  check_training(net, status, before, steps, &result);
  free(losses);
}

static void make_epoch(fuzz *f, network *net, data *d) {
  training_options o = take_training(f);
  training_result result;
  epoch_sums sums;
  uint32_t before[2];
  network_hash(net, before);
  if (o.batch_size && o.batch_size < d->m / 10) o.batch_size = d->m / 10;
  enum status status = train_epoch(net, d, &o, &result, &sums);
  check_training(net, status, before, -1, &result);
}

static void make_many(fuzz *f, data *d) {
  network_options o = take_shape(f);
  if (d && take_byte(f) < 250)
    o.inputs = d->inputs, o.features = d->features, o.classes = d->classes;
  uint32_t count = take_byte(f) % 6;
  runs *many = runs_create(&o, count);
  if (!many) return;
  training_options t = take_training(f);
  uint32_t first = take_below(f, 6), some = take_below(f, 6);
  training_result *results = room(count, sizeof *results);
  uint32_t *hashes = room(count, 8);
  if (d && (uint64_t)d->m * o.hidden <= MOST_WORK) {
    runs_train(many, d, &t, 1 + take_byte(f) % 3, first, some, results, hashes);
  }
  network *one = runs_network(many, take_byte(f) % count);
  network_hash(one, hashes);
  free(results);
  free(hashes);
  runs_free(many);
}

static void read_data(fuzz *f, network *net, data *d) {
  training_options o = take_training(f);
  evaluation e;
  uint32_t wide = net->n_h * d->m, narrow = net->n_y * d->m;
  float *dW = room(net->count, sizeof(float));
  float *Z1 = take_byte(f) & 1 ? room(wide, sizeof(float)) : NULL;
  float *A1 = take_byte(f) & 1 ? room(wide, sizeof(float)) : NULL;
  float *Z2 = take_byte(f) & 1 ? room(narrow, sizeof(float)) : NULL;
  float *A2 = take_byte(f) & 1 ? room(narrow, sizeof(float)) : NULL;
  double J;
  evaluate(net, d, &o, &e);
  network_forward(net, d, Z1, A1, Z2, A2);
  network_gradients(net, d, NULL, dW, A1, A2, &J);
  free(dW);
  free(Z1);
  free(A1);
  free(Z2);
  free(A2);
}

static void check_formulas(fuzz *f, network *net, data *d) {
  if (!data_fits(net, d)) return;
  training_options o = take_training(f);
  problem_copy p = problem_of(net, d, &o);
  uint32_t first = take_below(f, net->count), count = take_below(f, 4);
  central_difference *some = room(count > 4 ? 0 : count, sizeof *some);
  if (count <= 4 || count > net->count) numeric_gradients(&p.n, first, count, some);
  free(some);
  if (net->count <= 60 && d->m <= 60) {
    central_difference *all = room(net->count, sizeof *all);
    double *analytic = room(net->count, sizeof(double)), J;
    float *kernels = room(net->count, sizeof(float));
    gradient_check result;
    network_gradients(net, d, &o, kernels, NULL, NULL, &J);
    numeric_gradients(&p.n, 0, net->count, all);
    check_gradients(&p.n, take_below(f, 4), all, kernels, analytic, &result);
    free(all);
    free(analytic);
    free(kernels);
  }
  problem_free(&p);
}

static void draw(fuzz *f, network *net, data *d) {
  grid g = {-3, 3, 6, 6, 1 + take_byte(f) % 255, 1 + take_byte(f) % 9};
  if (take_byte(f) & 1)
    g.left = take_float(f), g.top = take_float(f), g.width = take_float(f),
    g.height = take_float(f);
  if ((uint64_t)net->n_h * g.columns * g.rows > MOST_WORK) g.rows = 1;
  uint32_t first = take_byte(f) % g.rows, rows = 1 + take_byte(f) % (g.rows - first);
  uint32_t pixels = rows * g.columns;
  uint32_t *colours = room(256, sizeof(uint32_t)), *few = room(net->n_y, sizeof(uint32_t));
  for (uint32_t i = 0; i < 256; i++) colours[i] = i * 0x01010101u;
  for (uint32_t i = 0; i < net->n_y; i++) few[i] = take_u32(f);
  uint32_t *rgba = room(pixels, sizeof(uint32_t));
  float *z = room(pixels * net->n_y, sizeof(float));
  if (net->options.inputs == 2) {
    network_paint(net, &g, first, rows, net->n_y == 1 ? colours : few, rgba);
    network_paint_unit(net, &g, take_byte(f) % net->n_h, first, rows, colours, rgba);
    network_logits(net, &g, first, rows, z);
  }
  if (net->n_h == 2)
    network_paint_hidden(net, &g, first, rows, net->n_y == 1 ? colours : few, rgba);
  if (fits(net, d) && (uint64_t)pixels * d->m * net->n_h <= 10 * MOST_WORK) {
    network_loss_grid(net, d, &g, take_below(f, net->count), take_below(f, net->count), first, rows,
                      z);
  }
  free(colours);
  free(few);
  free(rgba);
  free(z);
}

static void foresee(fuzz *f, network *net) {
  uint32_t m = take_byte(f) * 3;
  float *x = take_floats(f, m * net->options.inputs), *p = room(m * net->n_y, sizeof(float));
  predict(net, x, m, p);
  free(x);
  free(p);
}

static void fill(fuzz *f) {
  uint32_t n = take_byte(f);
  float *x = room(2 * n, sizeof(float));
  uint8_t *y = room(n, 1);
  double noise = (double)take_float(f), flip = (double)take_float(f), seed = (double)take_float(f);
  if (preset_fill(take_below(f, 7), n, noise, flip, seed, x, y) == OK) {
    for (uint32_t i = 0; i < 2 * n; i++)
      expect(x[i] >= -3 && x[i] <= 3, "presets lie in the plane");
  }
  free(x);
  free(y);
}

/* Copies the state out, trains, and copies it in again: the hash is as before. */
static void rewind_state(fuzz *f, network *net, data *d) {
  uint32_t bytes = network_state_bytes(net), before[2], after[2];
  void *kept = room(bytes, 1);
  memcpy(kept, network_get_state(net), bytes);
  network_hash(net, before);
  if (fits(net, d)) make_steps(f, net, d);
  memcpy(network_get_state(net), kept, bytes);
  network_hash(net, after);
  expect(memcmp(before, after, 8) == 0, "a copied state is a rewind");
  free(kept);
}

static void edit(fuzz *f, network *net) {
  float *w = network_parameters(net);
  uint32_t i = take_u32(f) % net->count;
  switch (take_byte(f) % 5) {
    case 0:
      w[i] = take_float(f);
      break;
    case 1:
      network_pins(net)[i] ^= 1;
      break;
    case 2:
      network_set_activation(net, take_below(f, 3));
      break;
    case 3:
      network_end_epoch(net);
      break;
    default:
      network_set_hidden(net, 1 + take_below(f, take_byte(f) < 20 ? MAX_HIDDEN : 9));
  }
}

/* Calls that only read. */
static void read_all(fuzz *f, network *net, data *d) {
  uint32_t before[2], after[2];
  network_hash(net, before);
  switch (take_byte(f) % 4) {
    case 0:
      if (d && (!data_fits(net, d) || fits(net, d))) read_data(f, net, d);
      break;
    case 1:
      if (fits(net, d)) check_formulas(f, net, d);
      break;
    case 2:
      draw(f, net, d);
      break;
    default:
      foresee(f, net);
  }
  network_hash(net, after);
  expect(memcmp(before, after, 8) == 0, "reading changes nothing");
}

static void take_call(fuzz *f) {
  uint32_t call = take_byte(f) % 12, slot = slot_of(f);
  network *net = f->nets[slot];
  data *d = f->sets[slot_of(f)];
  if (!net || call == 0) {
    network_options o = take_shape(f);
    network_free(net);
    f->nets[slot] = network_create(&o);
    return;
  }
  switch (call) {
    case 1:
      set_data(f);
      break;
    case 2:
      edit(f, net);
      break;
    case 3:
      if (d) rewind_state(f, net, d);
      break;
    case 4:
      make_many(f, d);
      break;
    case 5:
      fill(f);
      break;
    case 6:
      if (fits(net, d)) make_epoch(f, net, d);
      break;
    case 7:
    case 8:
      read_all(f, net, d);
      break;
    default:
      if (d) make_steps(f, net, d);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  fuzz f = {.next = bytes, .end = bytes + count};
  for (int calls = 0; calls < 60 && f.next < f.end; calls++) take_call(&f);
  for (int i = 0; i < SLOTS; i++) {
    network_free(f.nets[i]);
    data_free(f.sets[i]);
  }
  expect(heap_bytes_in_use() == 0, "all memory comes back");
  return 0;
}
