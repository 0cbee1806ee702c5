#include "gradient.h"

#include "backward.h"
#include "forward.h"
#include "output.h"
#include "small.h"

static void begin(network *net, const batch *b) {
  if (!is_small(net, b)) scale_hidden_weights(net, b->reach);
}

/* Net's Z becomes Z2 of the columns c ... c + columns - 1. */
static void forward(network *net, const batch *b, uint32_t c, uint32_t columns) {
  if (is_small(net, b)) {
    small_forward(net, b);
    return;
  }
  forward_hidden(net, b->x + c, b->x_stride, columns);
  forward_output(net, columns);
}

static uint32_t columns_from(const batch *b, uint32_t c) {
  return b->columns - c < TILE ? b->columns - c : TILE;
}

/* Net's Z becomes dZ2/m of the columns, and db2 the sums; returns the sum of L. */
static double gradient_of_output(network *net, const batch *b, uint32_t c, uint32_t columns,
                                 int with_loss, float *db2) {
  float before[MAX_CLASSES];
  for (uint32_t k = 0; k < net->n_y; k++) before[k] = db2[k];
  forward(net, b, c, columns);
  tile_loss tile = output_gradient(net, b->targets + c, columns, b->inverse_m, with_loss, db2);
  if (!with_loss || !tile.exact_needed) return tile.loss;

  /* Rare: the logits again, their exact loss, and the gradient again. */
  forward(net, b, c, columns);
  double loss = exact_tile_loss(net, b->targets + c, columns);
  for (uint32_t k = 0; k < net->n_y; k++) db2[k] = before[k];
  output_gradient(net, b->targets + c, columns, b->inverse_m, 0, db2);
  return loss;
}

double batch_gradient(network *net, const batch *b, int with_loss) {
  float *db2 = layers_of(net, net->gradient).b2;
  double loss = 0;
  if (is_small(net, b)) {
    *db2 = 0;
    loss = gradient_of_output(net, b, 0, b->columns, with_loss, db2);
    small_backward(net, b);
    return loss / (double)b->m;
  }
  begin(net, b);
  backward_begin(net);
  for (uint32_t c = 0; c < b->columns; c += TILE) {
    uint32_t columns = columns_from(b, c);
    loss += gradient_of_output(net, b, c, columns, with_loss, db2);
    backward_tile(net, b->x + c, b->x_stride, columns);
  }
  backward_finish(net);
  return loss / (double)b->m;
}

double batch_loss(network *net, const batch *b) {
  float unused[MAX_CLASSES] = {0};
  double loss = 0;
  begin(net, b);
  for (uint32_t c = 0; c < b->columns; c += TILE) {
    loss += gradient_of_output(net, b, c, columns_from(b, c), 1, unused);
  }
  return loss / (double)b->m;
}

/* The class of column c of a tile of A2 (n_y, columns). */
static uint32_t predicted_class(const network *net, uint32_t columns, uint32_t c) {
  if (net->n_y == 1) return net->Z[c] > 0.5f;
  uint32_t predicted = 0;
  for (uint32_t k = 1; k < net->n_y; k++) {
    if (net->Z[k * columns + c] > net->Z[predicted * columns + c]) predicted = k;
  }
  return predicted;
}

uint32_t batch_correct(network *net, const batch *b, const uint8_t *labels, const uint32_t *order) {
  uint32_t correct = 0;
  begin(net, b);
  for (uint32_t c = 0; c < b->columns; c += TILE) {
    uint32_t columns = columns_from(b, c);
    forward(net, b, c, columns);
    activate_output(net, columns);
    for (uint32_t k = 0; k < columns && c + k < b->m; k++) {
      correct += predicted_class(net, columns, k) == labels[order ? order[c + k] : c + k];
    }
  }
  return correct;
}
