/*
 * Prints a line for each run of the table: its name and the hash of all that it gives.
 *
 *     driver RUNS.TXT
 *
 * The hash is FNV-1a, 64 bits, over the little-endian bytes of what the run's lines give, in
 * their order. driver.js does the same, line by line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gradient_check.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MAX_WORDS 12

static const char *const activations[] = {"sigmoid", "tanh", "relu"};
static const char *const initializers[] = {"glorot-uniform", "he-uniform", "normal", "zeros"};
static const char *const optimizers[] = {"sgd", "momentum", "adam"};
static const char *const presets[] = {"gaussians", "xor",    "ring",       "moons",
                                      "stripes",   "spiral", "hard-spiral"};

static const grid picture = {-3, 3, 6, 6, 251, 37};
static const uint32_t inks[MAX_CLASSES] = {0xff3b2f2au, 0x80a84300u, 0x000b7a70u, 0x40141019u};

typedef struct {
  uint64_t hash;
  network_options shape;
  training_options training;
  network *net;
  data *d;
  float *x; /* (m, inputs), of the data set last */
  uint32_t m;
} run;

static void fail(const char *what) {
  fprintf(stderr, "runs.txt: %s\n", what);
  exit(1);
}

static void hash_bytes(run *r, const void *bytes, size_t count) {
  const uint8_t *b = bytes;
  for (size_t i = 0; i < count; i++) r->hash = (r->hash ^ b[i]) * 0x00000100000001b3u;
}
static void hash_f32(run *r, float x) {
  hash_bytes(r, &x, 4);
}
static void hash_u32(run *r, uint32_t x) {
  hash_bytes(r, &x, 4);
}

static uint32_t number_of(const char *const *names, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(names[i], name) == 0) return (uint32_t)i;
  }
  fail(name);
  return 0;
}

/* The value of KEY=VALUE among the words, or what it is by default. */
static const char *text_of(char **words, const char *key, const char *otherwise) {
  size_t length = strlen(key);
  for (; *words; words++) {
    if (strncmp(*words, key, length) == 0 && (*words)[length] == '=') return *words + length + 1;
  }
  return otherwise;
}
static double value_of(char **words, const char *key, double otherwise) {
  const char *text = text_of(words, key, NULL);
  return text ? strtod(text, NULL) : otherwise;
}
static uint32_t whole_of(char **words, const char *key, uint32_t otherwise) {
  return (uint32_t)value_of(words, key, otherwise);
}

static void *room_for(size_t count, size_t size) {
  void *room = calloc(count, size);
  if (!room) fail("no memory");
  return room;
}

static void create(run *r, char **words) {
  r->shape = (network_options){
      .seed = value_of(words, "seed", 1),
      .inputs = whole_of(words, "inputs", 2),
      .features = whole_of(words, "features", 0),
      .hidden = whole_of(words, "hidden", 4),
      .classes = whole_of(words, "classes", 2),
      .activation =
          number_of(activations, COUNT(activations), text_of(words, "activation", "sigmoid")),
      .initializer =
          number_of(initializers, COUNT(initializers), text_of(words, "init", "glorot-uniform")),
  };
  r->net = network_create(&r->shape);
  r->d = data_create(r->shape.inputs, r->shape.features, r->shape.classes);
  if (!r->net || !r->d) fail("network");
}

static void set_data(run *r, const uint8_t *y) {
  if (data_set(r->d, r->x, y, r->m) != OK) fail("data");
}

static void set_preset(run *r, const char *name, char **words) {
  r->m = whole_of(words, "n", 200);
  free(r->x);
  r->x = room_for(r->m, 2 * sizeof(float));
  uint8_t *y = room_for(r->m, 1);
  uint32_t preset = number_of(presets, COUNT(presets), name);
  if (preset_fill(preset, r->m, value_of(words, "noise", 0.1), value_of(words, "flip", 0),
                  value_of(words, "seed", 1), r->x, y) != OK) {
    fail(name);
  }
  for (uint32_t i = 0; i < r->m && r->shape.classes > 2; i++) {
    uint32_t quadrant = (r->x[2 * i] > 0 ? 1u : 0u) + (r->x[2 * i + 1] > 0 ? 2u : 0u);
    y[i] = (uint8_t)(quadrant < r->shape.classes ? quadrant : r->shape.classes - 1);
  }
  set_data(r, y);
  free(y);
}

static void set_random(run *r, char **words) {
  r->m = whole_of(words, "n", 200);
  uint32_t numbers = r->m * r->shape.inputs;
  free(r->x);
  r->x = room_for(numbers, sizeof(float));
  uint8_t *y = room_for(r->m, 1);
  double seed = value_of(words, "seed", 1);
  for (uint32_t i = 0; i < numbers; i++)
    r->x[i] = (float)(6 * random_uniform(seed, STREAM_SPRAY, i) - 3);
  for (uint32_t i = 0; i < r->m; i++) y[i] = (uint8_t)(i % r->shape.classes);
  set_data(r, y);
  free(y);
}

static void set_options(run *r, char **words) {
  training_options *o = &r->training;
  o->learning_rate = (float)value_of(words, "rate", (double)o->learning_rate);
  o->momentum = (float)value_of(words, "momentum", (double)o->momentum);
  o->beta1 = (float)value_of(words, "beta1", (double)o->beta1);
  o->beta2 = (float)value_of(words, "beta2", (double)o->beta2);
  o->epsilon = (float)value_of(words, "epsilon", (double)o->epsilon);
  o->l1 = (float)value_of(words, "l1", (double)o->l1);
  o->l2 = (float)value_of(words, "l2", (double)o->l2);
  o->batch_size = whole_of(words, "batch", o->batch_size);
  o->shuffle = whole_of(words, "shuffle", o->shuffle);
  o->optimizer = number_of(optimizers, COUNT(optimizers),
                           text_of(words, "optimizer", optimizers[o->optimizer]));
}

static void hash_network(run *r) {
  uint32_t hash[2];
  network_hash(r->net, hash);
  hash_bytes(r, hash, sizeof hash);
}

static void hash_result(run *r, const training_result *result) {
  hash_f32(r, result->loss);
  hash_f32(r, result->data_loss);
  hash_u32(r, (uint32_t)result->steps);
  hash_u32(r, (uint32_t)result->parameter);
}

static void make_steps(run *r, uint32_t steps) {
  training_result result;
  enum status status = train(r->net, r->d, &r->training, steps, NULL, &result);
  if (status != OK && status != DIVERGED) fail("train");
  hash_network(r);
  hash_result(r, &result);
}

static void make_epochs(run *r, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    training_result result;
    epoch_sums sums;
    if (train_epoch(r->net, r->d, &r->training, &result, &sums) != OK) fail("epochs");
    double means[] = {sums.loss / sums.examples, sums.data_loss / sums.examples};
    hash_network(r);
    hash_bytes(r, means, sizeof means);
  }
}

static uint32_t outputs_of(const run *r) {
  return r->shape.classes == 2 ? 1 : r->shape.classes;
}

/* Hashes what a call has written into `floats` of room. */
static void hash_floats(run *r, float *values, uint32_t count) {
  hash_bytes(r, values, count * sizeof(float));
  free(values);
}

static void hash_evaluation(run *r) {
  evaluation e;
  if (evaluate(r->net, r->d, &r->training, &e) != OK) fail("evaluate");
  hash_f32(r, e.loss);
  hash_f32(r, e.data_loss);
  hash_u32(r, e.correct);
}

static void hash_prediction(run *r) {
  float *p = room_for(r->m * outputs_of(r), sizeof(float));
  predict(r->net, r->x, r->m, p);
  hash_floats(r, p, r->m * outputs_of(r));
}

static void hash_forward(run *r) {
  uint32_t wide = r->shape.hidden * r->m, narrow = outputs_of(r) * r->m;
  float *Z1 = room_for(wide, sizeof(float)), *A1 = room_for(wide, sizeof(float));
  float *Z2 = room_for(narrow, sizeof(float)), *A2 = room_for(narrow, sizeof(float));
  network_forward(r->net, r->d, Z1, A1, Z2, A2);
  hash_floats(r, Z1, wide);
  hash_floats(r, A1, wide);
  hash_floats(r, Z2, narrow);
  hash_floats(r, A2, narrow);
}

static void hash_gradients(run *r) {
  uint32_t count = network_parameter_count(r->net);
  uint32_t wide = r->shape.hidden * r->m, narrow = outputs_of(r) * r->m;
  float *dW = room_for(count, sizeof(float));
  float *dZ1 = room_for(wide, sizeof(float)), *dZ2 = room_for(narrow, sizeof(float));
  double J;
  if (network_gradients(r->net, r->d, NULL, dW, dZ1, dZ2, &J) != OK) fail("gradients");
  hash_bytes(r, &J, sizeof J);
  hash_floats(r, dW, count);
  hash_floats(r, dZ1, wide);
  hash_floats(r, dZ2, narrow);
}

static void hash_differences(run *r) {
  uint32_t count = network_parameter_count(r->net);
  uint32_t n_x = r->shape.inputs + (uint32_t)__builtin_popcount(r->shape.features);
  float *x = room_for(n_x * r->m, sizeof(float));
  uint8_t *labels = room_for(r->m, 1);
  data_read(r->d, x, labels);
  gradient_problem problem = {.parameters = network_parameters(r->net),
                              .x = x,
                              .labels = labels,
                              .n_x = n_x,
                              .n_h = r->shape.hidden,
                              .n_y = outputs_of(r),
                              .m = r->m,
                              .activation = r->shape.activation,
                              .l1 = r->training.l1,
                              .l2 = r->training.l2};
  central_difference *differences = room_for(count, sizeof *differences);
  double *analytic = room_for(count, sizeof(double)), J;
  float *kernels = room_for(count, sizeof(float));
  if (network_gradients(r->net, r->d, &r->training, kernels, NULL, NULL, &J) != OK ||
      numeric_gradients(&problem, 0, count, differences) != OK) {
    fail("differences");
  }
  hash_bytes(r, differences, count * sizeof *differences);
  for (uint32_t sabotage = NO_SABOTAGE; sabotage <= SIGN_FLIPPED; sabotage++) {
    gradient_check result;
    if (check_gradients(&problem, sabotage, differences, kernels, analytic, &result) != OK) {
      fail("differences");
    }
    hash_bytes(r, analytic, count * sizeof(double));
    hash_bytes(r, kernels, count * sizeof(float));
    hash_bytes(r, &result, sizeof result);
  }
  free(x);
  free(labels);
  free(differences);
  free(analytic);
  free(kernels);
}

static void hash_logits(run *r) {
  uint32_t count = picture.rows * picture.columns * outputs_of(r);
  float *z = room_for(count, sizeof(float));
  network_logits(r->net, &picture, 0, picture.rows, z);
  hash_floats(r, z, count);
}

static void hash_losses(run *r, uint32_t across, uint32_t up) {
  const grid plane = {-2, 2, 4, 4, 21, 11};
  float *J = room_for(21 * 11, sizeof(float));
  if (network_loss_grid(r->net, r->d, &plane, across, up, 0, 11, J) != OK) fail("losses");
  hash_floats(r, J, 21 * 11);
}

static void hash_picture(run *r, const char *command, uint32_t unit) {
  static uint32_t pixels[251 * 37];
  uint32_t ramp[256];
  for (uint32_t i = 0; i < 256; i++) ramp[i] = 0xff000000u + i * 0x00010203u;
  const grid unit_square = {0, 1, 1, 1, 40, 30};
  const grid *g = strcmp(command, "paint-hidden") == 0 ? &unit_square : &picture;
  if (strcmp(command, "paint-hidden") == 0) {
    network_paint_hidden(r->net, g, 0, g->rows, ramp, pixels);
  } else if (strcmp(command, "paint-unit") == 0) {
    network_paint_unit(r->net, g, unit, 0, g->rows, ramp, pixels);
  } else {
    network_paint(r->net, g, 0, g->rows, r->shape.classes == 2 ? ramp : inks, pixels);
  }
  hash_bytes(r, pixels, g->rows * g->columns * sizeof pixels[0]);
}

static void make_many(run *r, uint32_t count, uint32_t steps) {
  runs *many = runs_create(&r->shape, count);
  training_result *results = room_for(count, sizeof *results);
  uint32_t *hashes = room_for(count, 2 * sizeof(uint32_t));
  if (!many || runs_train(many, r->d, &r->training, steps, 0, count, results, hashes) != OK)
    fail("many");
  for (uint32_t i = 0; i < count; i++) {
    hash_bytes(r, hashes + 2 * i, 2 * sizeof(uint32_t));
    hash_result(r, &results[i]);
  }
  runs_free(many);
  free(results);
  free(hashes);
}

static void take_line(run *r, char **words) {
  const char *command = words[0];
  uint32_t first = words[1] ? (uint32_t)strtoul(words[1], NULL, 10) : 0;
  uint32_t second = words[1] && words[2] ? (uint32_t)strtoul(words[2], NULL, 10) : 0;
  if (strcmp(command, "network") == 0)
    create(r, words);
  else if (strcmp(command, "preset") == 0)
    set_preset(r, words[1], words);
  else if (strcmp(command, "random") == 0)
    set_random(r, words);
  else if (strcmp(command, "options") == 0)
    set_options(r, words);
  else if (strcmp(command, "train") == 0)
    make_steps(r, first);
  else if (strcmp(command, "epochs") == 0)
    make_epochs(r, first);
  else if (strcmp(command, "end-epoch") == 0)
    network_end_epoch(r->net);
  else if (strcmp(command, "evaluate") == 0)
    hash_evaluation(r);
  else if (strcmp(command, "predict") == 0)
    hash_prediction(r);
  else if (strcmp(command, "forward") == 0)
    hash_forward(r);
  else if (strcmp(command, "gradients") == 0)
    hash_gradients(r);
  else if (strcmp(command, "differences") == 0)
    hash_differences(r);
  else if (strcmp(command, "logits") == 0)
    hash_logits(r);
  else if (strcmp(command, "losses") == 0)
    hash_losses(r, first, second);
  else if (strcmp(command, "many") == 0)
    make_many(r, first, second);
  else if (strncmp(command, "paint", 5) == 0)
    hash_picture(r, command, first);
  else if (strcmp(command, "weight") == 0)
    network_parameters(r->net)[first] = strtof(words[2], NULL);
  else if (strcmp(command, "hidden") == 0) {
    if (network_set_hidden(r->net, first) != OK) fail("hidden");
    r->shape.hidden = first;
  } else if (strcmp(command, "activation") == 0) {
    r->shape.activation = number_of(activations, COUNT(activations), words[1]);
    network_set_activation(r->net, r->shape.activation);
  } else if (strcmp(command, "pin") == 0) {
    memset(network_pins(r->net), 0, network_parameter_count(r->net));
    for (int i = 1; words[i]; i++) network_pins(r->net)[strtoul(words[i], NULL, 10)] = 1;
  } else {
    fail(command);
  }
}

static void finish(run *r, const char *name) {
  if (r->net) printf("%s %08x%08x\n", name, (uint32_t)(r->hash >> 32), (uint32_t)r->hash);
  network_free(r->net);
  data_free(r->d);
  free(r->x);
}

static void begin(run *r) {
  *r = (run){
      .hash = 0xcbf29ce484222325u,
      .training = {
          .learning_rate = 1, .momentum = 0.9f, .beta1 = 0.9f, .beta2 = 0.999f, .epsilon = 1e-7f}};
}

int main(int count, char **arguments) {
  FILE *table = count == 2 ? fopen(arguments[1], "r") : NULL;
  if (!table) fail("driver RUNS.TXT");
  char line[512], name[64] = "";
  run r;
  begin(&r);
  while (fgets(line, sizeof line, table)) {
    char *words[MAX_WORDS] = {NULL};
    int n = 0;
    for (char *word = strtok(line, " \n"); word && n < MAX_WORDS - 1; word = strtok(NULL, " \n"))
      words[n++] = word;
    if (n == 0 || words[0][0] == '#') continue;
    if (strcmp(words[0], "run") == 0) {
      finish(&r, name);
      begin(&r);
      snprintf(name, sizeof name, "%s", words[1]);
    } else {
      take_line(&r, words);
    }
  }
  finish(&r, name);
  fclose(table);
  return 0;
}
