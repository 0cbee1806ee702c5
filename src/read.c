#include <stddef.h>

#include "backward.h"
#include "forward.h"
#include "gradient.h"
#include "matmul.h"
#include "network.h"
#include "output.h"
#include "picture.h"
#include "update.h"

enum status evaluate(network *net, data *d, const training_options *o, evaluation *result) {
  *result = (evaluation){0, 0, 0};
  if (!data_fits(net, d)) return BAD_ARGUMENT;
  batch b = batch_of_all(d);
  double J = batch_loss(net, &b);
  result->correct = batch_correct(net, &b, d->labels, NULL);
  result->data_loss = (float)J;
  result->loss = (float)(J + penalty(net, o->l1, o->l2));
  return OK;
}

enum status network_loss_grid(network *net, data *d, const grid *g, uint32_t across, uint32_t up,
                              uint32_t first_row, uint32_t row_count, float *J) {
  if (!data_fits(net, d) || across >= net->count || up >= net->count) return BAD_ARGUMENT;
  batch b = batch_of_all(d);
  float *w = parameters_of(net->state);
  float across_before = w[across], up_before = w[up];
  for (uint32_t row = first_row; row < first_row + row_count; row++) {
    for (uint32_t column = 0; column < g->columns; column++) {
      w[across] = grid_across(g, column);
      w[up] = grid_up(g, row);
      *J++ = (float)batch_loss(net, &b);
    }
  }
  w[across] = across_before;
  w[up] = up_before;
  return OK;
}

/* Rows of a tile, `columns` apart, into rows of a matrix (rows, m) from column `from`. */
static void copy_columns(const float *tile, uint32_t columns, float *matrix, uint32_t rows,
                         uint32_t m, uint32_t from) {
  uint32_t here = m - from < columns ? m - from : columns;
  for (uint32_t r = 0; r < rows; r++) {
    for (uint32_t c = 0; c < here; c++) matrix[r * m + from + c] = tile[r * columns + c];
  }
}

enum status network_gradients(network *net, data *d, const training_options *o, float *dW,
                              float *dZ1, float *dZ2, double *J) {
  if (!data_fits(net, d)) return BAD_ARGUMENT;
  batch b = batch_of_all(d);
  *J = batch_gradient(net, &b, 1);
  if (o) add_penalty_gradient(net, o->l1, o->l2);
  for (uint32_t i = 0; i < net->count; i++) dW[i] = net->gradient[i];
  if (!dZ1 && !dZ2) return OK;
  scale_hidden_weights(net, b.reach);
  for (uint32_t c = 0; c < b.columns; c += TILE) {
    uint32_t columns = b.columns - c < TILE ? b.columns - c : TILE;
    float unused[MAX_CLASSES] = {0};
    forward_hidden(net, b.x + c, b.x_stride, columns);
    forward_output(net, columns);
    output_gradient(net, b.targets + c, columns, b.inverse_m, 0, unused);
    for (uint32_t i = 0; i < net->n_y * columns; i++) net->Z[i] *= (float)d->m;
    if (dZ2) copy_columns(net->Z, columns, dZ2, net->n_y, d->m, c);
    hidden_gradient(net, columns);
    if (dZ1) copy_columns(net->A, columns, dZ1, net->n_h, d->m, c);
  }
  return OK;
}

void network_forward(network *net, data *d, float *Z1, float *A1, float *Z2, float *A2) {
  if (!data_fits(net, d)) return;
  batch b = batch_of_all(d);
  layers l = layers_of(net, parameters_of(net->state));
  scale_hidden_weights(net, b.reach);
  for (uint32_t c = 0; c < b.columns; c += TILE) {
    uint32_t columns = b.columns - c < TILE ? b.columns - c : TILE;
    if (Z1) {
      matmul(l.W1, l.b1, b.x + c, b.x_stride, net->A, columns, net->n_h, net->n_x, columns);
      copy_columns(net->A, columns, Z1, net->n_h, d->m, c);
    }
    forward_hidden(net, b.x + c, b.x_stride, columns);
    if (A1) copy_columns(net->A, columns, A1, net->n_h, d->m, c);
    forward_output(net, columns);
    if (Z2) copy_columns(net->Z, columns, Z2, net->n_y, d->m, c);
    activate_output(net, columns);
    if (A2) copy_columns(net->Z, columns, A2, net->n_y, d->m, c);
  }
}

void predict(network *net, const float *x, uint32_t m, float *p) {
  uint32_t inputs = net->options.inputs;
  scale_hidden_weights(net, NULL);
  for (uint32_t from = 0; from < m; from += TILE) {
    uint32_t here = m - from < TILE ? m - from : TILE;
    uint32_t columns = pad(here);
    for (uint32_t i = 0; i < inputs; i++) {
      float *row = net->X + i * TILE;
      for (uint32_t c = 0; c < here; c++) row[c] = x[(from + c) * inputs + i];
      for (uint32_t c = here; c < columns; c++) row[c] = 0;
    }
    fill_features(net->X, TILE, net->options.features, 0, columns);
    forward_hidden(net, net->X, TILE, columns);
    forward_output(net, columns);
    activate_output(net, columns);
    for (uint32_t c = 0; c < here; c++) {
      for (uint32_t k = 0; k < net->n_y; k++) {
        p[(from + c) * net->n_y + k] = net->Z[k * columns + c];
      }
    }
  }
}
