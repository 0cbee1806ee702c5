#include "bits.h"
#include "network.h"

/* FNV-1a, 64 bits (Fowler, Noll and Vo): offset basis and prime of its definition. */
#define FNV_BASIS 0xcbf29ce484222325u
#define FNV_PRIME 0x00000100000001b3u

static uint64_t hash_bytes(uint64_t hash, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; i++) {
    hash = (hash ^ (value & 0xff)) * FNV_PRIME;
    value >>= 8;
  }
  return hash;
}

void network_hash(network *net, uint32_t hash[2]) {
  const network_state *s = net->state;
  uint64_t h = FNV_BASIS;
  h = hash_bytes(h, (uint64_t)s->step, 8);
  h = hash_bytes(h, (uint64_t)s->epoch, 8);
  h = hash_bytes(h, (uint64_t)s->optimizer_step, 8);
  h = hash_bytes(h, s->position, 4);
  h = hash_bytes(h, s->optimizer, 4);
  /* The parameters, then the slots that the optimiser has. */
  uint32_t parts = 1 + s->optimizer;
  for (uint32_t part = 0; part < parts; part++) {
    const float *values = parameters_of(net->state) + part * net->stride;
    for (uint32_t i = 0; i < net->count; i++) h = hash_bytes(h, f32_bits(values[i]), 4);
  }
  hash[0] = (uint32_t)h;
  hash[1] = (uint32_t)(h >> 32);
}
