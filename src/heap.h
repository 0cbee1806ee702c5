/*
 * The allocator behind allocate and release: first fit over a list of free blocks in
 * the order of their addresses, neighbours joined when a block is released. An own one,
 * because Emscripten's malloc brings an import with it, and because few blocks live here
 * (some ten for each network), so that a list is quick enough.
 */
#ifndef HEAP_H
#define HEAP_H

#include <stdint.h>

void *heap_allocate(uint32_t bytes); /* 16-byte aligned; NULL if none is left */
void *heap_allocate_zeroed(uint32_t bytes);
void heap_release(void *block); /* or NULL */

/* Bytes in blocks that are not free, headers included: back at its old value when all that was
 * allocated since has been released. */
uint32_t heap_bytes_in_use(void);

#endif
