// SANITIZED
// Objects are released through their virtual tables: the blocks and their shadows live until the derivative is
// done with them, and no longer.
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>
template <class R, class... T> R __enzyme_autodiff(T...);
template <class R, class... T> R __enzyme_fwddiff(T...);
template <class R, class... T> R __enzyme_augmentfwd(T...);
template <class R, class... T> R __enzyme_reverse(T...);
extern int enzyme_width;

struct Shape {
  double k;
  explicit Shape(double k) : k(k) {}
  virtual double area(double x) const = 0;
  virtual ~Shape() {}
};
struct Square : Shape {
  using Shape::Shape;
  double area(double x) const override { return k * x * x; }
};
// Its destructor releases memory of its own.
struct Cube : Shape {
  double *m;
  explicit Cube(double k) : Shape(k), m(new double(k * k)) {}
  ~Cube() override { delete m; }
  double area(double x) const override { return *m * x * x * x; }
};
// And this one an object through another virtual table.
struct Twice : Shape {
  Shape *inner;
  Twice(double k, Shape *inner) : Shape(k), inner(inner) {}
  ~Twice() override { delete inner; }
  double area(double x) const override { return k * inner->area(x); }
};

static __attribute__((noinline)) Shape *make(int i, double k) {
  switch (i % 3) {
  case 0: return new Square(k);
  case 1: return new Cube(k);
  default: return new Twice(k, make(i - 1, k * k));
  }
}

static double each(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    Shape *p = make(i, x + i);
    s += p->area(x);
    delete p;
  }
  return s;
}

// Deleted by another function than made them, later and in another order.
static __attribute__((noinline)) void clear(Shape **shapes, int n) {
  for (int i = n; i-- > 0;) delete shapes[i];
}
static double later(double x, int n) {
  Shape **shapes = (Shape **)std::malloc(n * sizeof *shapes);
  for (int i = 0; i < n; i++) shapes[i] = make(i, x + i);
  double s = 0;
  for (int i = 0; i < n; i++) s += shapes[i]->area(x);
  clear(shapes, n);
  std::free(shapes);
  return s;
}

static double owned(double x, int n) {
  std::vector<std::unique_ptr<Shape>> shapes;
  for (int i = 0; i < n; i++) shapes.emplace_back(make(i, x + i));
  double s = 0;
  for (auto &shape : shapes) s += shape->area(x);
  return s;
}

// The same in C: a record says how it is released.
struct box {
  void (*drop)(struct box *);
  double v, *more;
};
static void drop_plain(box *b) { std::free(b); }
static void drop_more(box *b) {
  std::free(b->more);
  std::free(b);
}
static __attribute__((noinline)) box *boxed(double v, int more) {
  box *b = (box *)std::malloc(sizeof *b);
  b->drop = more ? drop_more : drop_plain;
  b->v = v * v;
  b->more = nullptr;
  if (more) {
    b->more = (double *)std::malloc(2 * sizeof(double));
    b->more[0] = b->more[1] = v;
  }
  return b;
}
static double boxes(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    box *b = boxed(x + i, i & 1);
    s += b->more ? b->v * b->more[1] : b->v;
    b->drop(b);
  }
  return s;
}

struct Pair { double a, b; };
struct Tape { void *tape; double y; };

#define BOTH(f) \
  { \
    double g = __enzyme_autodiff<double>((void *)f, 1.5, 6); \
    double t = __enzyme_fwddiff<double>((void *)f, 1.5, 1.0, 6); \
    std::printf("%.10g %.10g", g, t); \
    Pair p = __enzyme_fwddiff<Pair>((void *)f, enzyme_width, 2, 1.5, 1.0, -2.0, 6); \
    std::printf(" %.10g %.10g\n", p.a, p.b); \
  }

int main() {
  BOTH(each)
  BOTH(later)
  BOTH(owned)
  BOTH(boxes)
  Tape t = __enzyme_augmentfwd<Tape>((void *)each, 1.5, 6);
  std::printf("%.10g", t.y);
  std::printf(" %.10g\n", __enzyme_reverse<double>((void *)each, 1.5, 6, 1.0, t.tape));
}
