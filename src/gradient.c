#include "gradient.h"

#include "backward.h"
#include "forward.h"
#include "output.h"

double batch_gradient(network *net, const batch *b, int with_loss) {
  float *db2 = layers_of(net, net->gradient).b2;
  double loss = 0;
  scale_hidden_weights(net);
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
  scale_hidden_weights(net);
  for (uint32_t c = 0; c < b->columns; c += TILE) {
    uint32_t columns = b->columns - c < TILE ? b->columns - c : TILE;
    forward_hidden(net, b->x + c, b->x_stride, columns);
    forward_output(net, columns);
    loss += output_gradient(net, b->targets + c, columns, b->inverse_m, 1, unused);
  }
  return loss / (double)b->m;
}
