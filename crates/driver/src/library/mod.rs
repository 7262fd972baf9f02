//! Library functions that act on active data in ways of their own, as code that can be
//! differentiated.
//!
//! Where a callback decides, what it decides is found out first, by a function that is inactive, and
//! then done in the open:
//!
//! ```text
//! qsort(base, n, size, compare)
//! →  order = __ribozyme_1_order(base, n, size, compare)       ; inactive: where each element comes from
//!    old = copy of base; base[i] = old[order[i]] for all i
//!
//! p = bsearch(key, base, n, size, compare)
//! →  at = __ribozyme_1_find(key, base, n, size, compare)      ; inactive: a distance in bytes, or -1
//!    p = at == -1 ? null : base + at
//!
//! error = posix_memalign(&p, align, size)
//! →  p = aligned_alloc(align, size)                           ; unless that fails
//!
//! p = strdup(text)
//! →  p = malloc(strlen(text) + 1); copy of the text           ; so that its shadow has a size
//! ```
//!
//! Functions of the C++ library that link nodes have bodies here, `tree` and `list`; those of flang's library
//! that compute become operations, `fortran`.
//!
//! The order is found by the library's own `qsort` on copies of the elements, each followed by its
//! number, so that equal elements end up where they would have.

mod fortran;
mod links;
mod list;
mod tree;

use rz_llvm::{
    Analyses, Attribute, BinaryOp, Builder, CastOp, Function, IntPredicate, Linkage, Module,
    Opcode, Place, Type, Value,
};

/// Opens the calls of `clone`.
pub(crate) fn open(analyses: Analyses, clone: Function) {
    let kit = Kit::of(clone.module());
    for call in clone.instructions() {
        if call.opcode() != Some(Opcode::Call) {
            continue;
        }
        let Some(callee) = call.called_function().filter(|f| f.is_declaration()) else {
            continue;
        };
        let name = callee.name();
        if let Some(value) = fortran::opened(&name, call) {
            call.replace_all_uses(value);
            call.erase();
            continue;
        }
        if let Some(body) = tree::body(&kit, &name).or_else(|| list::body(&kit, &name)) {
            if body.ty() == callee.ty() {
                call.set_called_value(body.value());
            }
            continue;
        }
        let body = match name.as_str() {
            "qsort" if callee.ty() == kit.sort_type() => kit.sort(callee),
            "bsearch" if callee.ty() == kit.search_type() => kit.search(callee),
            "posix_memalign" if callee.ty() == kit.memalign_type() => kit.memalign(),
            "strdup" | "__strdup" if callee.ty() == kit.duplicate_type(false) => {
                kit.duplicate(false)
            }
            "strndup" | "__strndup" if callee.ty() == kit.duplicate_type(true) => {
                kit.duplicate(true)
            }
            _ => continue,
        };
        call.set_called_value(body.value());
        // Element sizes are constants here.
        analyses.inline(call);
    }
}

struct Kit {
    module: Module,
    ptr: Type,
    int: Type,
    void: Type,
}

impl Kit {
    fn of(module: Module) -> Self {
        let context = module.context();
        Self {
            module,
            ptr: context.pointer(0),
            int: module.int_ptr(),
            void: context.void(),
        }
    }

    fn sort_type(&self) -> Type {
        let params = [self.ptr, self.int, self.int, self.ptr];
        self.void.function(&params, false)
    }

    fn search_type(&self) -> Type {
        let params = [self.ptr, self.ptr, self.int, self.int, self.ptr];
        self.ptr.function(&params, false)
    }

    fn memalign_type(&self) -> Type {
        let params = [self.ptr, self.int, self.int];
        self.module.context().int(32).function(&params, false)
    }

    /// `strdup`, or `strndup`, which takes a limit.
    fn duplicate_type(&self, limited: bool) -> Type {
        let params = [self.ptr, self.int];
        self.ptr.function(&params[..=usize::from(limited)], false)
    }

    fn n(&self, value: u64) -> Value {
        self.int.int_const(value)
    }

    fn malloc(&self, b: &Builder, bytes: Value) -> Value {
        let ty = self.ptr.function(&[self.int], false);
        b.call(self.module.get_or_declare("malloc", ty), &[bytes])
    }

    fn free(&self, b: &Builder, pointer: Value) {
        let ty = self.void.function(&[self.ptr], false);
        b.call(self.module.get_or_declare("free", ty), &[pointer]);
    }

    /// A function written once in a module; `body` writes it.
    fn define(&self, name: &str, ty: Type, body: impl FnOnce(&Builder, Function)) -> Function {
        let name = format!("__ribozyme_1_{name}");
        if let Some(function) = self.module.function(&name) {
            return function;
        }
        let function = self.module.add_function(&name, ty, Linkage::LinkOnceOdr);
        function.value().set_hidden();
        let b = Builder::at_end(function.append_block("entry"));
        body(&b, function);
        function
    }

    /// What the callback decides carries no derivative.
    fn mark_inactive(&self, function: Function) {
        let context = self.module.context();
        let mark = Attribute::string(context, "enzyme_inactive", "");
        function.add_attribute(Place::Function, mark);
        if let Some(attribute) = Attribute::named(context, "noinline", 0) {
            function.add_attribute(Place::Function, attribute);
        }
    }

    /// Runs `each` for 0 ≤ i < `count`.
    fn repeat(&self, b: &Builder, f: Function, count: Value, each: impl FnOnce(Value)) {
        let before = b.block();
        let (test, body, done) = (
            f.append_block("test"),
            f.append_block("body"),
            f.append_block("done"),
        );
        b.br(test);
        b.position_at_end(test);
        let i = b.phi(self.int);
        i.add_incoming(self.n(0), before);
        let more = b.icmp(IntPredicate::Ult, i, count);
        b.cond_br(more, body, done);
        b.position_at_end(body);
        each(i);
        let next = b.add(i, self.n(1));
        i.add_incoming(next, b.block());
        b.br(test);
        b.position_at_end(done);
    }

    /// `order[i]`: which element the sorted array has at `i`.
    fn order(&self, sort: Function) -> Function {
        let params = [self.ptr, self.int, self.int, self.ptr];
        let ty = self.ptr.function(&params, false);
        let function = self.define("order", ty, |b, f| {
            let (base, count, size, compare) = (f.param(0), f.param(1), f.param(2), f.param(3));
            let rounded = b.add(size, self.n(7));
            let number = b.binary(BinaryOp::And, rounded, self.n(!7));
            let stride = b.add(number, self.n(8));
            let items = self.malloc(b, b.mul(count, stride));
            self.repeat(b, f, count, |i| {
                let item = b.ptr_add(items, b.mul(i, stride));
                b.memcpy(item, 1, b.ptr_add(base, b.mul(i, size)), 1, size);
                b.store(i, b.ptr_add(item, number), 8);
            });
            b.call(sort, &[items, count, stride, compare]);
            let order = self.malloc(b, b.mul(count, self.n(8)));
            self.repeat(b, f, count, |i| {
                let item = b.ptr_add(items, b.mul(i, stride));
                let from = b.load(self.int, b.ptr_add(item, number), 8);
                b.store(from, b.ptr_add(order, b.mul(i, self.n(8))), 8);
            });
            self.free(b, items);
            b.ret(Some(order));
        });
        self.mark_inactive(function);
        function
    }

    fn sort(&self, sort: Function) -> Function {
        let order = self.order(sort);
        self.define("sort", self.sort_type(), |b, f| {
            let (base, count, size, compare) = (f.param(0), f.param(1), f.param(2), f.param(3));
            let order = b.call(order, &[base, count, size, compare]);
            let bytes = b.mul(count, size);
            let old = self.malloc(b, bytes);
            b.memcpy(old, 1, base, 1, bytes);
            self.repeat(b, f, count, |i| {
                let at = b.ptr_add(order, b.mul(i, self.n(8)));
                let from = b.load(self.int, at, 8);
                let to = b.ptr_add(base, b.mul(i, size));
                b.memcpy(to, 1, b.ptr_add(old, b.mul(from, size)), 1, size);
            });
            self.free(b, old);
            self.free(b, order);
            b.ret(None);
        })
    }

    fn memalign(&self) -> Function {
        const INVALID: u64 = 22;
        const NO_MEMORY: u64 = 12;
        self.define("memalign", self.memalign_type(), |b, f| {
            let (at, align, size) = (f.param(0), f.param(1), f.param(2));
            let ty = self.ptr.function(&[self.int; 2], false);
            let aligned_alloc = self.module.get_or_declare("aligned_alloc", ty);
            let (valid, invalid) = (f.append_block("valid"), f.append_block("invalid"));
            let (failed, done) = (f.append_block("failed"), f.append_block("done"));
            // A power of two, and no less than a pointer.
            let below = b.sub(align, self.n(1));
            let lower = b.binary(BinaryOp::And, align, below);
            let small = b.icmp(IntPredicate::Ult, align, self.n(8));
            let uneven = b.icmp(IntPredicate::Ne, lower, self.n(0));
            b.cond_br(b.binary(BinaryOp::Or, small, uneven), invalid, valid);
            b.position_at_end(valid);
            // The other function only takes multiples of the alignment. What is too large stays so.
            let excess = b.binary(BinaryOp::And, b.sub(self.n(0), size), below);
            let whole = b.add(size, excess);
            let overflows = b.icmp(IntPredicate::Ult, whole, size);
            let memory = b.call(aligned_alloc, &[align, b.select(overflows, size, whole)]);
            let none = b.icmp(IntPredicate::Eq, memory, self.ptr.zero());
            b.cond_br(none, failed, done);
            b.position_at_end(done);
            b.store(memory, at, 8);
            let code = |n| self.module.context().int(32).int_const(n);
            b.ret(Some(code(0)));
            b.position_at_end(failed);
            b.ret(Some(code(NO_MEMORY)));
            b.position_at_end(invalid);
            b.ret(Some(code(INVALID)));
        })
    }

    fn duplicate(&self, limited: bool) -> Function {
        let (name, measure) = if limited {
            ("duplicate_limited", "strnlen")
        } else {
            ("duplicate", "strlen")
        };
        self.define(name, self.duplicate_type(limited), |b, f| {
            let params = [self.ptr, self.int];
            let ty = self.int.function(&params[..f.params().len()], false);
            let length = b.call(self.module.get_or_declare(measure, ty), &f.params());
            let memory = self.malloc(b, b.add(length, self.n(1)));
            let (failed, done) = (f.append_block("failed"), f.append_block("done"));
            let none = b.icmp(IntPredicate::Eq, memory, self.ptr.zero());
            b.cond_br(none, failed, done);
            b.position_at_end(done);
            // Text is never float data: a plain copy would have to know that.
            if limited {
                let ty = self.ptr.function(&[self.ptr, self.ptr, self.int], false);
                let copy = self.module.get_or_declare("strncpy", ty);
                b.call(copy, &[memory, f.param(0), length]);
                let zero = self.module.context().int(8).zero();
                b.store(zero, b.ptr_add(memory, length), 1);
            } else {
                let ty = self.ptr.function(&[self.ptr; 2], false);
                let copy = self.module.get_or_declare("strcpy", ty);
                b.call(copy, &[memory, f.param(0)]);
            }
            b.ret(Some(memory));
            b.position_at_end(failed);
            b.ret(Some(self.ptr.zero()));
        })
    }

    /// How many bytes from the start of the array the element found is; -1 for none.
    fn find(&self, search: Function) -> Function {
        let params = [self.ptr, self.ptr, self.int, self.int, self.ptr];
        let ty = self.int.function(&params, false);
        let function = self.define("find", ty, |b, f| {
            let found = b.call(search, &f.params());
            let from = b.cast(CastOp::PtrToInt, f.param(1), self.int);
            let to = b.cast(CastOp::PtrToInt, found, self.int);
            let none = b.icmp(IntPredicate::Eq, found, self.ptr.zero());
            let at = b.select(none, self.n(u64::MAX), b.sub(to, from));
            b.ret(Some(at));
        });
        self.mark_inactive(function);
        function
    }

    fn search(&self, search: Function) -> Function {
        let find = self.find(search);
        self.define("search", self.search_type(), |b, f| {
            let at = b.call(find, &f.params());
            let none = b.icmp(IntPredicate::Eq, at, self.n(u64::MAX));
            let found = b.ptr_add(f.param(1), at);
            b.ret(Some(b.select(none, self.ptr.zero(), found)));
        })
    }
}
