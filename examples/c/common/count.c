/* Counts what the program asks of the allocator.
 *
 * Linked with -Wl,--wrap=malloc,... so that calls in every object file come here, those in generated
 * gradients included. The peak of live bytes since the reset is what a function needs at once. */
#include "demo.h"

#include <malloc.h>
#include <stdlib.h>

void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
void *__real_aligned_alloc(size_t, size_t);
void __real_free(void *);

/* Signed: memory from before the reset may be freed after it. */
static long live, peak;
static size_t calls;

static void *counted(void *memory) {
    if (memory) {
        live += (long)malloc_usable_size(memory);
        if (live > peak)
            peak = live;
        calls++;
    }
    return memory;
}

static void uncounted(void *memory) {
    if (memory)
        live -= (long)malloc_usable_size(memory);
}

void *__wrap_malloc(size_t bytes) { return counted(__real_malloc(bytes)); }

void *__wrap_calloc(size_t count, size_t bytes) { return counted(__real_calloc(count, bytes)); }

void *__wrap_aligned_alloc(size_t alignment, size_t bytes) {
    return counted(__real_aligned_alloc(alignment, bytes));
}

void *__wrap_realloc(void *memory, size_t bytes) {
    uncounted(memory);
    return counted(__real_realloc(memory, bytes));
}

void __wrap_free(void *memory) {
    uncounted(memory);
    __real_free(memory);
}

void demo_memory_reset(void) {
    live = peak = 0;
    calls = 0;
}

Memory demo_memory(void) {
    Memory memory = {.peak = (size_t)peak, .calls = calls, .leaked = live > 0 ? (size_t)live : 0};
    return memory;
}
