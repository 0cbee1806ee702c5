/*
 * The allocator's own list of free blocks, over an arena in place of the wasm's memory;
 * and networks that come and go over the allocator of this build.
 */
#include "heap.h"

#include "check.h"
#include "two_layer.h"

/* The list a second time, under names of its own: a native build has malloc in its place. */
#define HEAP_ARENA 65536
#define heap_allocate arena_allocate
#define heap_allocate_zeroed arena_allocate_zeroed
#define heap_release arena_release
#define heap_bytes_in_use arena_bytes_in_use
#define allocate arena_public_allocate
#define release arena_public_release
void *arena_allocate(uint32_t bytes);
void *arena_allocate_zeroed(uint32_t bytes);
void arena_release(void *block);
uint32_t arena_bytes_in_use(void);
void *arena_public_allocate(uint32_t bytes);
void arena_public_release(void *block);
#include "../../src/heap.c"
#undef heap_allocate
#undef heap_allocate_zeroed
#undef heap_release
#undef heap_bytes_in_use
#undef allocate
#undef release

#define HEADER_BYTES 16

/* First, so that the arena is one block from then on. */
static void gives_all_there_is(void) {
  void *all = arena_allocate(HEAP_ARENA - HEADER_BYTES);
  check(all != NULL && arena_bytes_in_use() == HEAP_ARENA, "the whole arena");
  check(arena_allocate(1) == NULL, "more than there is");
  arena_release(all);
  check(arena_bytes_in_use() == 0, "%u bytes are left", arena_bytes_in_use());
}

static void aligns_every_block(void) {
  void *blocks[40];
  for (uint32_t bytes = 0; bytes < 40; bytes++) {
    blocks[bytes] = arena_allocate(bytes);
    check(blocks[bytes] && (uintptr_t)blocks[bytes] % 16 == 0, "block of %u bytes at %p", bytes,
          blocks[bytes]);
    if (blocks[bytes]) memset(blocks[bytes], (int)bytes, bytes);
  }
  for (uint32_t bytes = 0; bytes < 40; bytes++) {
    for (uint32_t i = 0; i < bytes; i++) {
      check(((uint8_t *)blocks[bytes])[i] == bytes, "blocks overlap at %u bytes", bytes);
    }
  }
  for (int i = 0; i < 40; i++) arena_release(blocks[(i * 27) % 40]);
  check(arena_bytes_in_use() == 0, "%u bytes are left", arena_bytes_in_use());
}

static void gives_a_released_block_again(void) {
  void *a = arena_allocate(100), *b = arena_allocate(100), *c = arena_allocate(100);
  arena_release(b);
  check(arena_allocate(100) == b, "another block of the same size");
  arena_release(b);
  void *part = arena_allocate(10); /* the front of it; the rest is a block of its own */
  check(part == b, "a smaller block");
  void *rest = arena_allocate(10);
  check((uint8_t *)rest == (uint8_t *)b + HEADER_BYTES + 16, "the rest of a split block");
  arena_release(a);
  arena_release(part);
  arena_release(rest);
  arena_release(c);
  arena_release(NULL);
  check(arena_bytes_in_use() == 0, "%u bytes are left", arena_bytes_in_use());
}

/* In every order of release three neighbours become one block that holds all of them. */
static void joins_neighbours(void) {
  static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                   {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  for (int o = 0; o < 6; o++) {
    void *three[3], *wall;
    for (int i = 0; i < 3; i++) three[i] = arena_allocate(1000);
    wall = arena_allocate(1000);
    for (int i = 0; i < 3; i++) arena_release(three[orders[o][i]]);
    uint32_t whole = 3 * 1008 + 2 * HEADER_BYTES; /* 1000 is padded to 1008 */
    void *joined = arena_allocate(whole);
    check(joined == three[0], "order %d: no block of %u bytes in their place", o, whole);
    arena_release(joined);
    arena_release(wall);
  }
}

static void says_when_none_is_left(void) {
  static void *blocks[HEAP_ARENA / 32 + 1];
  int count = 0;
  while ((blocks[count] = arena_allocate(16)) != NULL) count++;
  check(count == HEAP_ARENA / 32, "%d blocks of 32 bytes fit into %d", count, HEAP_ARENA);
  check(arena_allocate(1) == NULL && arena_allocate(HEAP_ARENA) == NULL, "a block of nothing");
  arena_release(blocks[count / 2]);
  void *one = arena_allocate(16);
  check(one == blocks[count / 2], "the one that is free");
  for (int i = 0; i < count; i += 2) arena_release(blocks[i]);
  check(arena_allocate(17) == NULL, "no two free neighbours, but a block of their size");
  for (int i = 1; i < count; i += 2) arena_release(blocks[i]);
  void *all = arena_allocate(HEAP_ARENA - HEADER_BYTES);
  check(all != NULL, "all released, but not joined");
  arena_release(all);
  check(arena_bytes_in_use() == 0, "%u bytes are left", arena_bytes_in_use());
  check(arena_allocate(0x7fff0001u) == NULL && arena_allocate(UINT32_MAX) == NULL,
        "a size that no header can hold");
}

static void zeroes_on_request(void) {
  uint8_t *dirty = arena_allocate(333);
  memset(dirty, 0xaa, 333);
  arena_release(dirty);
  uint8_t *clean = arena_allocate_zeroed(333);
  check(clean == dirty, "another block");
  for (int i = 0; i < 333; i++) check(clean[i] == 0, "byte %d is %u", i, clean[i]);
  arena_release(clean);
  void *mine = arena_public_allocate(8);
  check(mine && arena_bytes_in_use() == 32, "allocate is not the heap's");
  arena_public_release(mine);
  check(arena_allocate_zeroed(HEAP_ARENA + 1) == NULL, "zeroes nothing where there is nothing");
}

/* Any sequence of sizes and releases: contents stay, and nothing is lost. */
static void survives_any_order(void) {
  enum { BLOCKS = 64 };
  uint8_t *blocks[BLOCKS] = {NULL};
  uint32_t bytes[BLOCKS] = {0};
  for (int round = 0; round < 100000; round++) {
    uint32_t i = (uint32_t)((sample() + 1) / 2 * BLOCKS);
    if (blocks[i]) {
      check(blocks[i][0] == (uint8_t)i && blocks[i][bytes[i] - 1] == (uint8_t)i, "block %u changed",
            i);
      arena_release(blocks[i]);
      blocks[i] = NULL;
    } else {
      bytes[i] = 1 + (uint32_t)((sample() + 1) / 2 * 2000);
      blocks[i] = arena_allocate(bytes[i]);
      if (blocks[i]) memset(blocks[i], (int)i, bytes[i]);
    }
  }
  for (int i = 0; i < BLOCKS; i++) arena_release(blocks[i]);
  check(arena_bytes_in_use() == 0, "%u bytes are left", arena_bytes_in_use());
  void *all = arena_allocate(HEAP_ARENA - HEADER_BYTES);
  check(all != NULL, "all released, but not joined");
  arena_release(all);
}

/* Every size, optimiser and batch: what 1,000 rounds took is there again. */
static void networks_leave_nothing_behind(void) {
  static float x[2 * 300];
  static uint8_t y[300];
  check(preset_fill(RING, 300, 0.1, 0, 1, x, y) == OK, "preset_fill");
  uint32_t before = heap_bytes_in_use();
  for (uint32_t round = 0; round < 1000; round++) {
    network_options o = {.seed = round,
                         .inputs = 2,
                         .hidden = 1 + round % 40,
                         .classes = 2,
                         .features = round % 32,
                         .activation = round % 3};
    training_options t = {.learning_rate = 0.1f,
                          .momentum = 0.9f,
                          .beta1 = 0.9f,
                          .beta2 = 0.999f,
                          .epsilon = 1e-7f,
                          .optimizer = round % 3,
                          .batch_size = round % 4 * 10,
                          .shuffle = 1};
    training_result result;
    network *net = network_create(&o);
    data *d = data_create(2, o.features, 2);
    check(net && d && data_set(d, x, y, 1 + round % 300) == OK, "create");
    check(train(net, d, &t, 3, NULL, &result) == OK, "train");
    check(network_set_hidden(net, 1 + (round * 7) % 40) == OK, "set_hidden");
    check(data_set(d, x, y, 300) == OK && train(net, d, &t, 3, NULL, &result) == OK, "train");
    network_free(net);
    data_free(d);
    check(heap_bytes_in_use() == before, "round %u leaves %u bytes", round,
          heap_bytes_in_use() - before);
  }
}

int main(void) {
  run("gives all there is, and takes it back", gives_all_there_is);
  run("blocks are aligned and do not overlap", aligns_every_block);
  run("a released block is given again, whole or in parts", gives_a_released_block_again);
  run("neighbours are joined in any order of release", joins_neighbours);
  run("NULL when none is left, and all of it comes back", says_when_none_is_left);
  run("zeroed blocks, and the public allocate", zeroes_on_request);
  run("100,000 allocations and releases at random", survives_any_order);
  run("1,000 rounds of create, train, resize, free", networks_leave_nothing_behind);
  return finish();
}
