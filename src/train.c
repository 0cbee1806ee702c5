#include <stddef.h>

#include "epoch.h"
#include "gradient.h"
#include "network.h"
#include "update.h"

static int any_pinned(const network *net) {
  for (uint32_t i = 0; i < net->count; i++) {
    if (net->pins[i]) return 1;
  }
  return 0;
}

/* What may be wanted of every update; train and train_epoch differ in this alone. */
typedef struct {
  float *losses;    /* J before each, or NULL */
  epoch_sums *sums; /* over all of them, or NULL */
  int to_epoch_end; /* the steps are those left of the epoch */
} wanted;

static enum status take_steps(network *net, data *d, const training_options *o, double steps,
                              wanted want, training_result *result) {
  *result = (training_result){0, 0, 0, -1};
  if (!data_fits(net, d) || o->optimizer > ADAM || !(steps >= 1)) return BAD_ARGUMENT;
  int full = o->batch_size == 0 || o->batch_size >= d->m;
  batching how = batching_of(d, full ? d->m : o->batch_size);
  if (!full && !reserve_epoch(net, d, &how)) return OUT_OF_MEMORY;
  /* A position that this batch size or this data cannot have led to is another epoch's. */
  if (net->state->position % how.size != 0 || net->state->position >= d->m) {
    network_end_epoch(net);
  }
  if (want.to_epoch_end) steps = (d->m - net->state->position + how.size - 1) / how.size;

  int pinned = any_pinned(net);
  int gathered = 0;
  batch b = batch_of_all(d);
  for (double step = 0; step < steps; step++) {
    if (!full) {
      /* In their own order, the epoch's examples are the same each time. */
      if (!gathered || (net->state->position == 0 && o->shuffle)) {
        gather_epoch(net, d, &how, o->shuffle != 0);
        gathered = 1;
      }
      b = step == 0 || net->state->position == 0
              ? batch_at(net, d, &how, net->state->position)
              : batch_behind(&b, d, &how, net->state->position);
    }
    int last = step + 1 == steps;
    int with_loss = want.losses || want.sums || last;
    double J = batch_gradient(net, &b, with_loss);
    if (with_loss) {
      if (want.losses) want.losses[(uint32_t)step] = (float)J;
      result->data_loss = (float)J;
    }
    if (want.sums) {
      const uint32_t *order = full ? NULL : net->epoch_order + net->state->position;
      want.sums->loss += b.m * (J + penalty(net, o->l1, o->l2));
      want.sums->data_loss += b.m * J;
      want.sums->correct += batch_correct(net, &b, d->labels, order);
      want.sums->examples += b.m;
    }
    if (last) result->loss = (float)(J + penalty(net, o->l1, o->l2));
    add_penalty_gradient(net, o->l1, o->l2);
    result->parameter = update_parameters(net, o, pinned);
    if (result->parameter >= 0) {
      J = batch_loss(net, &b);
      result->data_loss = (float)J;
      result->loss = (float)(J + penalty(net, o->l1, o->l2));
      return DIVERGED;
    }
    result->steps += 1;
    net->state->position += b.m;
    if (net->state->position >= d->m) {
      net->state->position = 0;
      net->state->epoch += 1;
    }
  }
  return OK;
}

enum status train(network *net, data *d, const training_options *o, double steps, float *losses,
                  training_result *result) {
  return take_steps(net, d, o, steps, (wanted){losses, NULL, 0}, result);
}

enum status train_epoch(network *net, data *d, const training_options *o, training_result *result,
                        epoch_sums *sums) {
  *sums = (epoch_sums){0, 0, 0, 0};
  return take_steps(net, d, o, 1, (wanted){NULL, sums, 1}, result);
}
