/* Mini-batches: the examples of an epoch in its order, batch after batch. */
#ifndef EPOCH_H
#define EPOCH_H

#include "network.h"

typedef struct {
  uint32_t size;         /* examples in a batch, but for the last */
  uint32_t columns;      /* size, padded */
  uint32_t block_floats; /* a batch's X and targets */
} batching;

batching batching_of(const data *d, uint32_t size);

/* Room in the network for an epoch of the data; 0 if memory is out, and nothing has changed. */
int reserve_epoch(network *net, const data *d, const batching *how);

/* Puts the epoch's examples side by side in the order of the state's epoch number. */
void gather_epoch(network *net, const data *d, const batching *how, int shuffle);

/* The batch that begins at a position of the gathered epoch. */
batch batch_at(const network *net, const data *d, const batching *how, uint32_t position);

/* The batch behind another, at its position in the same epoch: without batch_at's divisions. */
batch batch_behind(const batch *before, const data *d, const batching *how, uint32_t position);

#endif
