// Counts what budget.c allocates.
#include <malloc.h>
#include <stddef.h>

extern "C" {
void *__libc_malloc(size_t);
void __libc_free(void *);
size_t now, most;
void *malloc(size_t bytes) noexcept {
  void *memory = __libc_malloc(bytes);
  now += malloc_usable_size(memory);
  if (now > most)
    most = now;
  return memory;
}
void free(void *memory) noexcept {
  now -= malloc_usable_size(memory);
  __libc_free(memory);
}
}
