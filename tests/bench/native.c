/*
 * The core in a native build, at the benchmark's command: sides/native.js starts it, gives it
 * a task, and asks for slices of it in between those of the WebAssembly build.
 *
 *     native train HIDDEN ACTIVATION M BATCH_SIZE SHUFFLE UPDATES LOSSES
 *     native paint HIDDEN ACTIVATION
 *
 * Then a line of input is answered by a line of output:
 *     slice N    does N units; the ms they took
 *     prove N    does N units from the start; numbers that tell what came out, as task.js has them
 */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "two_layer.h"

/* As in task.js. */
#define SEED 1
#define SIDE 800u
#define PROBES 64u

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

typedef struct {
  network *net;
  data *examples;
  training_options options;
  uint32_t updates; /* of one unit */
  float *losses;    /* or NULL */
  double losses_capacity;
  int with_losses;
  int shuffled;
  void *start; /* the state that every slice starts from */
} training;

static training_result train_units(training *t, double units) {
  training_result result;
  double steps = units * t->updates;
  if (t->with_losses && steps > t->losses_capacity) {
    free(t->losses);
    t->losses = malloc((size_t)steps * sizeof(float));
    t->losses_capacity = steps;
  }
  memcpy(network_get_state(t->net), t->start, network_state_bytes(t->net));
  if (train(t->net, t->examples, &t->options, steps, t->losses, &result) != OK) exit(2);
  return result;
}

static void serve_training(training *t) {
  char command[16];
  double count;
  while (scanf("%15s %lf", command, &count) == 2) {
    double started = now_ms();
    training_result result = train_units(t, count);
    double ms = now_ms() - started;
    if (strcmp(command, "slice") == 0) {
      printf("%.6f\n", ms);
    } else {
      evaluation after;
      evaluate(t->net, t->examples, &t->options, &after);
      if (!t->shuffled) printf("%.17g ", (double)result.data_loss);
      printf("%.17g\n", (double)after.data_loss);
    }
    fflush(stdout);
  }
}

static void serve_painting(network *net) {
  static uint32_t colours[256];
  static uint32_t pixels[SIDE * SIDE];
  static uint32_t copy[SIDE * SIDE]; /* as the page gets one of the WebAssembly build's */
  for (uint32_t k = 0; k < 256; k++) colours[k] = k;
  grid all = {-3, 3, 6, 6, SIDE, SIDE};
  char command[16];
  double count;
  while (scanf("%15s %lf", command, &count) == 2) {
    double started = now_ms();
    for (double k = 0; k < count; k++) {
      network_paint(net, &all, 0, SIDE, colours, pixels);
      memcpy(copy, pixels, sizeof copy);
    }
    double ms = now_ms() - started;
    if (strcmp(command, "slice") == 0) {
      printf("%.6f", ms);
    } else {
      for (uint32_t k = 0; k < PROBES; k++) printf("%u ", copy[(4999 + 9973 * k) % (SIDE * SIDE)]);
    }
    printf("\n");
    fflush(stdout);
  }
}

int main(int count, char **words) {
  if (count < 4) return 1;
  network_options shape = {SEED, 2, 0, 0, 2, 0, GLOROT_UNIFORM};
  shape.hidden = (uint32_t)atoi(words[2]);
  shape.activation = (uint32_t)atoi(words[3]);
  network *net = network_create(&shape);
  if (strcmp(words[1], "paint") == 0) {
    serve_painting(net);
    return 0;
  }
  if (count < 9) return 1;
  uint32_t m = (uint32_t)atoi(words[4]);
  float *x = malloc(m * 2 * sizeof(float));
  uint8_t *y = malloc(m);
  training t = {0};
  t.net = net;
  t.examples = data_create(2, 0, 2);
  preset_fill(XOR, m, 0.1, 0, SEED, x, y);
  data_set(t.examples, x, y, m);
  t.options.learning_rate = shape.hidden < 64 ? 1.0f : 0.3f;
  t.options.optimizer = SGD;
  t.options.batch_size = (uint32_t)atoi(words[5]);
  t.options.shuffle = (uint32_t)atoi(words[6]);
  t.updates = (uint32_t)atoi(words[7]);
  t.with_losses = atoi(words[8]);
  t.shuffled = t.options.shuffle != 0;
  t.start = malloc(network_state_bytes(net));
  memcpy(t.start, network_get_state(net), network_state_bytes(net));
  serve_training(&t);
  return 0;
}
