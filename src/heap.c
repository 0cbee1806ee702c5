#include "heap.h"

#include <stddef.h>

#include "two_layer.h"

#define ALIGNMENT 16u

typedef struct block block;
struct block {
  uint32_t bytes; /* with this header, a multiple of ALIGNMENT */
  block *next;    /* while free: the next free block, at a higher address */
};
#define HEADER ALIGNMENT
_Static_assert(sizeof(block) <= HEADER, "a block's header fits in front of its aligned content");

/*
 * With first_free below, and the table of colour.c, the one mutable state outside networks and
 * data. An address can only be handed out once, so somebody must remember; no result depends on it.
 */
static uint32_t bytes_in_use;

/* The size of a block with its header, or 0 if it is beyond what an address can name. */
static uint32_t block_bytes(uint32_t content) {
  return content > 0x7fff0000u ? 0 : ((content + ALIGNMENT - 1) & ~(ALIGNMENT - 1)) + HEADER;
}

#if !defined(__wasm__) && !defined(HEAP_ARENA)

/* A native build leaves the finding to malloc, so that its checkers see every block. */
#include <stdlib.h>

void *heap_allocate(uint32_t bytes) {
  uint32_t needed = block_bytes(bytes);
  block *b = needed ? aligned_alloc(ALIGNMENT, needed) : NULL;
  if (!b) return NULL;
  b->bytes = needed;
  bytes_in_use += needed;
  return (unsigned char *)b + HEADER;
}

void heap_release(void *content) {
  if (!content) return;
  block *b = (block *)(void *)((unsigned char *)content - HEADER);
  bytes_in_use -= b->bytes;
  free(b);
}

#else

static block *first_free;

/* Memory that nobody has had yet: [from, to). */
typedef struct {
  unsigned char *from, *to;
} region;

#ifdef __wasm__

#define PAGE 65536u
extern unsigned char __heap_base; /* the linker's: the first byte after data and stack */
static int started;

static region grow(uint32_t bytes) {
  region grown = {NULL, NULL};
  if (!started) { /* what the initial memory has left */
    started = 1;
    size_t base = ((size_t)&__heap_base + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    grown.from = (unsigned char *)base;
    grown.to = (unsigned char *)(__builtin_wasm_memory_size(0) * (size_t)PAGE);
    if (grown.to > grown.from) return grown;
  }
  uint32_t pages = bytes / PAGE + 1;
  size_t before = __builtin_wasm_memory_grow(0, pages);
  if (before == (size_t)-1) return (region){NULL, NULL};
  grown.from = (unsigned char *)(before * PAGE);
  grown.to = grown.from + (size_t)pages * PAGE;
  return grown;
}

#else

/* For the native test of the list itself an arena of HEAP_ARENA bytes is the memory. */
static _Alignas(ALIGNMENT) unsigned char arena[HEAP_ARENA];
static uint32_t arena_used;

static region grow(uint32_t bytes) {
  if (bytes > HEAP_ARENA - arena_used) return (region){NULL, NULL};
  region grown = {arena + arena_used, arena + arena_used + bytes};
  arena_used += bytes;
  return grown;
}

#endif

/* Puts a block among the free ones and joins it with the neighbours it touches. */
static void insert_free(block *b) {
  block *before = NULL;
  block *after = first_free;
  while (after && after < b) {
    before = after;
    after = after->next;
  }
  b->next = after;
  if (after && (unsigned char *)b + b->bytes == (unsigned char *)after) {
    b->bytes += after->bytes;
    b->next = after->next;
  }
  if (!before) {
    first_free = b;
  } else if ((unsigned char *)before + before->bytes == (unsigned char *)b) {
    before->bytes += b->bytes;
    before->next = b->next;
  } else {
    before->next = b;
  }
}

static void *take_first_fit(uint32_t bytes) {
  for (block **link = &first_free; *link; link = &(*link)->next) {
    block *b = *link;
    if (b->bytes < bytes) continue;
    if (b->bytes - bytes >= HEADER + ALIGNMENT) { /* the rest is a block of its own */
      block *rest = (block *)(void *)((unsigned char *)b + bytes);
      rest->bytes = b->bytes - bytes;
      rest->next = b->next;
      *link = rest;
      b->bytes = bytes;
    } else {
      *link = b->next;
    }
    bytes_in_use += b->bytes;
    return (unsigned char *)b + HEADER;
  }
  return NULL;
}

void *heap_allocate(uint32_t bytes) {
  uint32_t needed = block_bytes(bytes);
  if (!needed) return NULL;
  for (;;) {
    void *found = take_first_fit(needed);
    if (found) return found;
    region grown = grow(needed);
    if (grown.from == NULL) return NULL;
    block *b = (block *)(void *)grown.from;
    b->bytes = (uint32_t)(grown.to - grown.from) & ~(ALIGNMENT - 1);
    insert_free(b);
  }
}

void heap_release(void *content) {
  if (!content) return;
  block *b = (block *)(void *)((unsigned char *)content - HEADER);
  bytes_in_use -= b->bytes;
  insert_free(b);
}

#endif

void *heap_allocate_zeroed(uint32_t bytes) {
  unsigned char *content = heap_allocate(bytes);
  for (uint32_t i = 0; content && i < bytes; i++) content[i] = 0;
  return content;
}

uint32_t heap_bytes_in_use(void) { return bytes_in_use; }

void *allocate(uint32_t bytes) { return heap_allocate(bytes); }
void release(void *content) { heap_release(content); }
