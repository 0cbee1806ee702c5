#include "gradient.h"

#include "backward.h"
#include "forward.h"
#include "output.h"

double batch_gradient(network *net, const batch *b, int with_loss) {
  float *db2 = layers_of(net, net->gradient).b2;
  double loss = 0;
  scale_hidden_weights(net, b->reach);
  backward_begin(net);
  for (uint32_t c = 0; c < b->columns; c += TILE) {
    uint32_t columns = b->columns - c < TILE ? b->columns - c : TILE;
    forward_hidden(net, b->x + c, b->x_stride, columns);
    forward_output(net, columns);
    loss += output_gradient(net, b->targets + c, columns, b->inverse_m, with_loss, db2);
    backward_tile(net, b->x + c, b->x_stride, columns);
  }
  backward_finish(net);
  return loss / (double)b->m;
}

double batch_loss(network *net, const batch *b) {
  float unused[MAX_CLASSES] = {0};
  double loss = 0;
  scale_hidden_weights(net, b->reach);
  for (uint32_t c = 0; c < b->columns; c += TILE) {
    uint32_t columns = b->columns - c < TILE ? b->columns - c : TILE;
    forward_hidden(net, b->x + c, b->x_stride, columns);
    forward_output(net, columns);
    loss += output_gradient(net, b->targets + c, columns, b->inverse_m, 1, unused);
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
  scale_hidden_weights(net, b->reach);
  for (uint32_t c = 0; c < b->columns; c += TILE) {
    uint32_t columns = b->columns - c < TILE ? b->columns - c : TILE;
    forward_hidden(net, b->x + c, b->x_stride, columns);
    forward_output(net, columns);
    activate_output(net, columns);
    for (uint32_t k = 0; k < columns && c + k < b->m; k++) {
      correct += predicted_class(net, columns, k) == labels[order ? order[c + k] : c + k];
    }
  }
  return correct;
}
