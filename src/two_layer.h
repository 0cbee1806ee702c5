/*
 * two_layer.h - the whole story of the core.
 *
 * A two-layer network (input -> hidden -> output) that learns to tell two, three
 * or four classes apart. Examples are columns, m of them; n_x inputs, n_h hidden
 * units, n_y outputs (1 for two classes, else one for each class):
 *
 *     X (n_x, m)                Y (n_y, m)
 *     Z1 = W1 X + b1            A1 = g(Z1)         W1 (n_h, n_x)   b1 (n_h, 1)
 *     Z2 = W2 A1 + b2           A2 = s(Z2)         W2 (n_y, n_h)   b2 (n_y, 1)
 *     J  = (1/m) sum L,         L = -y log a - (1-y) log(1-a)
 *     dZ2 = A2 - Y              dW2 = (1/m) dZ2 A1'        db2 = (1/m) sum dZ2
 *     dZ1 = W2' dZ2 * g'(Z1)    dW1 = (1/m) dZ1 X'         db1 = (1/m) sum dZ1
 *     W := W - alpha dW         b := b - alpha db
 *
 * g is the sigmoid, tanh or ReLU. s is the sigmoid for two classes and the softmax
 * for three or four, with L = -sum_k y_k log a_k; dZ2 keeps its form. L is computed
 * from Z2, so it stays finite, and right to some 2^-22 (1 + L), when A2 rounds to 0 or 1.
 *
 * What it promises
 *   - The same bits everywhere. float32 arithmetic in a fixed order, with exp, log,
 *     sine and random numbers of its own: no libm, no fused multiply-add, no clock,
 *     no state that counts outside networks and data. One sequence of calls leaves one
 *     sequence of bits, in every browser, in Node and in a native build. See
 *     arithmetic_version.
 *   - It knows nothing of JavaScript or a screen: the WebAssembly module has no
 *     imports, and a C program links the same sources.
 *   - Nothing that a user can cause traps: it returns a documented value. Broken
 *     preconditions (a null network, m of 0 where 1 is the least) may trap.
 *
 * The life of a run
 *     network_create -> data_create -> data_set -> train ... train -> network_hash
 * Networks and data are separate objects, so many networks can share one data set.
 * An object's address is its handle.
 */
#ifndef TWO_LAYER_H
#define TWO_LAYER_H

#include <stdint.h>

/* Limits. A feature is an input that the core computes from x1 and x2. */
#define MAX_INPUTS 7        /* n_x, features included */
#define MAX_HIDDEN 256      /* n_h */
#define MAX_CLASSES 4
#define MAX_EXAMPLES 20000  /* m */

enum activation { SIGMOID, TANH, RELU };
enum initializer { GLOROT_UNIFORM, HE_UNIFORM, NORMAL, ZEROS };
enum optimizer { SGD, MOMENTUM, ADAM };

/* Bits of `features`, in the order in which they follow x1, x2 as rows of X. */
enum feature { X1_SQUARED = 1, X2_SQUARED = 2, X1_X2 = 4, SIN_X1 = 8, SIN_X2 = 16 };

enum status {
  OK = 0,
  OUT_OF_MEMORY = 1,
  BAD_ARGUMENT = 2, /* outside the limits above; nothing has changed */
  DIVERGED = 3,     /* the next step would leave a parameter that is not finite */
};

typedef struct network network;
typedef struct data data;

/* ---- Memory ---------------------------------------------------------------- */

/* A block of `bytes` for the caller's own use, 16-byte aligned; NULL if none is left. */
void *allocate(uint32_t bytes);
void release(void *block); /* or NULL */

/* ---- Networks -------------------------------------------------------------- */

typedef struct {
  double seed;          /* an integer, 0 ... 2^53 */
  uint32_t inputs;      /* numbers an example is given by, 1 ... MAX_INPUTS */
  uint32_t features;    /* bits of enum feature; only with two inputs */
  uint32_t hidden;      /* n_h, 1 ... MAX_HIDDEN */
  uint32_t classes;     /* 2 ... MAX_CLASSES */
  uint32_t activation;  /* enum activation, g */
  uint32_t initializer; /* enum initializer, of W1 and W2; biases start at 0 */
} network_options;

/*
 * A network at step 0. Weights are drawn from the seed, each unit's from a stream
 * of its own: the first n_h units of a wider network start in the same proportions.
 * NULL when an option is outside its range or memory is out.
 */
network *network_create(const network_options *options);
void network_free(network *); /* or NULL */

/*
 * The state: all that training changes, in one block of network_state_bytes. Copying
 * the block out and back in later (while shape and optimiser are the same) is a
 * rewind. The address holds until the network is next trained or changed.
 */
typedef struct {
  double step;            /* updates made, an exact integer <= 2^53 */
  double epoch;           /* passes over the data completed */
  double optimizer_step;  /* updates since the optimiser's slots were last empty; Adam's t */
  uint32_t position;      /* examples of the current epoch already used */
  uint32_t optimizer;     /* whose slots these are: enum optimizer */
  /* Then three arrays of parameter_stride floats each: parameters, slot 1
   * (momentum's v, Adam's m), slot 2 (Adam's v). Each holds, row by row,
   *   W1 (n_h, n_x), b1 (n_h), W2 (n_y, n_h), b2 (n_y), zeros to the stride. */
} network_state;

network_state *network_get_state(network *);
uint32_t network_state_bytes(const network *);
uint32_t network_parameter_count(const network *); /* n_h (n_x + 1) + n_y (n_h + 1) */
uint32_t network_parameter_stride(const network *);
float *network_parameters(network *); /* the first of the three arrays */

/* parameter_count bytes in the parameters' order; one that is not 0 is held still by training. */
uint8_t *network_pins(network *);

/*
 * More or fewer hidden units; the others stay as they are, with their optimiser slots.
 * A new unit draws its weights from its own stream; units leave from the end.
 */
enum status network_set_hidden(network *, uint32_t hidden);
enum status network_set_activation(network *, uint32_t activation);

/* The epoch ends here (its data or batch size has changed): position 0 of the next one. */
void network_end_epoch(network *);

/* 64-bit FNV-1a of the state (parameters, slots, step, epoch, position) as little-endian
 * bytes, into hash[0] (low) and hash[1] (high). Pins, activation and data are not in it. */
void network_hash(network *, uint32_t hash[2]);

/* ---- Data ------------------------------------------------------------------ */

data *data_create(uint32_t inputs, uint32_t features, uint32_t classes); /* or NULL */
void data_free(data *); /* or NULL */

/*
 * Takes a copy of m examples: x (m, inputs) row by row, an example a row, as Keras has
 * it; y (m), class numbers 0 ... classes-1. Computes the features. m may be 0.
 * BAD_ARGUMENT if a number is not finite, beyond 1e6 in size, or a class is outside.
 */
enum status data_set(data *, const float *x, const uint8_t *y, uint32_t m);
uint32_t data_count(const data *); /* m */

/* X (n_x, m) row by row, features included, and the class numbers (m). */
void data_read(const data *, float *x, uint8_t *y);

/* ---- Training -------------------------------------------------------------- */

typedef struct {
  float learning_rate; /* alpha */
  float momentum;      /* v := momentum v - alpha g, w := w + v */
  float beta1, beta2, epsilon; /* Adam, with "epsilon hat" as in Keras; epsilon >= 2^-40 */
  float l1, l2;        /* adds l1 sum |w| + l2 sum w^2 over W1 and W2 to the loss */
  uint32_t optimizer;  /* enum optimizer; another one than before starts with empty slots */
  uint32_t batch_size; /* examples an update, 0 for all */
  uint32_t shuffle;    /* not 0: each epoch in an order that is a function of seed and epoch */
} training_options;

typedef struct {
  double steps;      /* updates made by this call */
  float loss;        /* with penalties, before the last update, in nats */
  float data_loss;   /* J, before the last update; a batch's own J in mini-batches */
  int32_t parameter; /* DIVERGED: the first parameter that would not be finite; else -1 */
} training_result;

/*
 * Takes `steps` updates, a whole number >= 1, on m >= 1 examples of the network's inputs,
 * features and classes. `losses`, unless NULL, gets J before each update; where Z2 is beyond
 * float32 it is infinite, which stops nothing as long as the parameters are finite. DIVERGED
 * leaves the last finite state; OUT_OF_MEMORY leaves everything. Allocates only when the data
 * has grown.
 */
enum status train(network *, data *, const training_options *, double steps, float *losses,
                  training_result *);

/* Sums over an epoch's batches, of b examples each, before their updates. Divided by `examples`
 * they are what Keras's history says of the epoch. */
typedef struct {
  double loss;      /* b (J + penalties) */
  double data_loss; /* b J */
  uint32_t correct; /* examples whose class was found, as in `evaluation` */
  uint32_t examples;
} epoch_sums;

/* Takes the updates that are left of the epoch: all of it at position 0. Otherwise as `train`. */
enum status train_epoch(network *, data *, const training_options *, training_result *,
                        epoch_sums *);

typedef struct {
  float loss;       /* with penalties */
  float data_loss;  /* J */
  uint32_t correct; /* two classes: p > 0.5 says class 1; else the largest p, the first if equal */
} evaluation;

/* J of all m >= 1 examples; l1 and l2 are all it reads of the options. Changes nothing. */
enum status evaluate(network *, data *, const training_options *, evaluation *);

/* ---- Reading --------------------------------------------------------------- */

/*
 * x (m, inputs) row by row -> p: (m) probabilities of class 1 for two classes, else
 * (m, n_y) row by row.
 */
void predict(network *, const float *x, uint32_t m, float *p);

/* Z1, A1 (n_h, m) and Z2, A2 (n_y, m) of the data, row by row, each unless NULL. */
void network_forward(network *, data *, float *Z1, float *A1, float *Z2, float *A2);

/*
 * J and its gradients. dW in the parameters' order, with those of the penalties if options are
 * given: l1 and l2 are all it reads of them; dZ1 (n_h, m) and dZ2 (n_y, m) without the 1/m. dZ1,
 * dZ2 and options may be NULL. Changes nothing.
 */
enum status network_gradients(network *, data *, const training_options *, float *dW, float *dZ1,
                              float *dZ2, double *J);

/* ---- Pictures -------------------------------------------------------------- */

/* Z2 on a grid: z (rows, columns, n_y), at x1 = left + (c + 1/2) width / columns and
 * x2 = top - (r + 1/2) height / rows. Only for networks of two inputs. */
typedef struct {
  float left, top, width, height; /* in units of x1, x2; x2 points up */
  uint32_t columns, rows;
} grid;
void network_logits(network *, const grid *, uint32_t first_row, uint32_t row_count, float *z);

/*
 * Pictures of a grid in RGBA bytes, rows first_row ... first_row + row_count - 1: a picture may
 * be drawn in bands. A value in [0, 1] takes colours[floor(255 value + 1/2)] of 256 colours.
 *
 * network_paint         p of class 1 to within 1/4096, always on its side of 1/2; with three classes
 *                       and more, colours[n_y] are mixed by p in linear proportion, a byte at a time
 * network_paint_unit    a1 of a hidden unit 0 ... n_h-1: itself for the sigmoid, (a+1)/2 for tanh,
 *                       a/(1+a) for ReLU
 * network_paint_hidden  p likewise over the space of two hidden units, n_h = 2: the grid's left, top,
 *                       width and height are in units of a1 and a2. All that the output unit sees.
 */
void network_paint(network *, const grid *, uint32_t first_row, uint32_t row_count,
                   const uint32_t *colours, uint32_t *rgba);
void network_paint_unit(network *, const grid *, uint32_t unit, uint32_t first_row,
                        uint32_t row_count, const uint32_t *colours, uint32_t *rgba);
void network_paint_hidden(network *, const grid *, uint32_t first_row, uint32_t row_count,
                          const uint32_t *colours, uint32_t *rgba);

/*
 * J on a grid in the plane of two parameters: J (row_count, columns) where parameter `across`
 * has the value left + (c + 1/2) width / columns and `up` top - (r + 1/2) height / rows, all
 * others being as they are. Indices in the parameters' order. Changes nothing.
 */
enum status network_loss_grid(network *, data *, const grid *, uint32_t across, uint32_t up,
                              uint32_t first_row, uint32_t row_count, float *J);

/* ---- Many networks at once ------------------------------------------------- */

/*
 * `count` networks that differ in their start alone: options with seeds seed, seed + 1, ...
 * They share one workspace, so that a run costs no more memory than its state.
 */
typedef struct runs runs;
runs *runs_create(const network_options *, uint32_t count); /* or NULL */
void runs_free(runs *); /* or NULL */

/*
 * Takes `steps` further with runs first ... first + count - 1, each as `train` does, and gives
 * each one's result and hash (two words). Steps and runs may be cut into slices at will: a run's
 * bits are those of a network trained alone. A run that diverges stays at its last finite state,
 * and the others go on. OUT_OF_MEMORY and BAD_ARGUMENT leave everything.
 */
enum status runs_train(runs *, data *, const training_options *, double steps, uint32_t first,
                       uint32_t count, training_result *results, uint32_t *hashes);

/* Run `index` as a network, to read, paint and hash; valid until the next call with these runs. */
network *runs_network(runs *, uint32_t index);

/* ---- Random numbers and presets ------------------------------------------- */

enum stream { STREAM_WEIGHTS, STREAM_PRESET, STREAM_SHUFFLE, STREAM_SPLIT, STREAM_SPRAY };

/* Number `index` of a stream of a seed: uniform in [0, 1), a multiple of 2^-53. */
double random_uniform(double seed, uint32_t stream, double index);

enum preset { GAUSSIANS, XOR, RING, MOONS, STRIPES, SPIRAL, HARD_SPIRAL };

/*
 * n points of a preset: x (n, 2) row by row, in [-3, 3] and multiples of 1/512; y (n).
 * noise moves points (a standard deviation, in units of the plane); flip is the share
 * of labels that are turned over. 2 classes.
 */
enum status preset_fill(uint32_t preset, uint32_t n, double noise, double flip, double seed,
                        float *x, uint8_t *y);

/* Counts changes of the arithmetic: runs of two versions may differ in their bits. */
uint32_t arithmetic_version(void);

#endif
