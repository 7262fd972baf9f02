// f(dup, dup) -> const
// A copy is reversed by adding the shadow of the target to that of the source and clearing it.
struct triple { double x, y, z; };
void f(struct triple *restrict to, const struct triple *restrict from) {
  *to = *from;
  to->x *= from->x;
}
