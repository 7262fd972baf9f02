//! Writing functions that walk and change linked structures: variables, fields, structured control flow.

use super::Kit;
use rz_llvm::{Builder, Function, IntPredicate, Type, Value};

/// A function that is being written.
pub(super) struct Walk<'k> {
    pub(super) kit: &'k Kit,
    pub(super) b: &'k Builder,
    pub(super) f: Function,
}

/// A local variable.
#[derive(Clone, Copy)]
pub(super) struct Var {
    slot: Value,
    ty: Type,
}

/// A field of a node: its offset in bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Field(pub(super) i64);

impl Walk<'_> {
    /// A variable that holds a pointer.
    pub(super) fn var(&self, first: Value) -> Var {
        let ty = first.ty();
        let slot = self.b.entry_alloca(ty, 8);
        self.b.store(first, slot, 8);
        Var { slot, ty }
    }

    pub(super) fn get(&self, var: Var) -> Value {
        self.b.load(var.ty, var.slot, 8)
    }

    pub(super) fn set(&self, var: Var, value: Value) {
        self.b.store(value, var.slot, 8);
    }

    pub(super) fn null(&self) -> Value {
        self.kit.ptr.zero()
    }

    /// The pointer in a field.
    pub(super) fn at(&self, node: Value, field: Field) -> Value {
        self.read(node, field, self.kit.ptr)
    }

    /// What a field of type `ty` holds.
    pub(super) fn read(&self, node: Value, field: Field, ty: Type) -> Value {
        let at = self.b.ptr_offset(node, field.0);
        let load = self.b.load(ty, at, self.kit.module.align(ty));
        self.state_type(load, ty);
        load
    }

    /// Puts a pointer, or an integer, into a field.
    pub(super) fn put(&self, node: Value, field: Field, value: Value) {
        let at = self.b.ptr_offset(node, field.0);
        let store = self.b.store(value, at, self.kit.module.align(value.ty()));
        self.state_type(store, value.ty());
    }

    /// Says what an access moves, as integer types say nothing. The tags belong to a tree of their own,
    /// which makes no statement about what is accessed under other tags.
    fn state_type(&self, access: Value, ty: Type) {
        let context = self.b.context();
        let name = if ty.is_pointer() {
            "any pointer"
        } else {
            "int"
        };
        let zero = context.int(64).int_const(0).as_metadata();
        let root = context.metadata_node(&[context.metadata_string("ribozyme nodes")]);
        let node = context.metadata_node(&[context.metadata_string(name), root, zero]);
        let tag = context.metadata_node(&[node, node, zero]);
        access.set_metadata(context.metadata_kind("tbaa"), Some(tag));
    }

    pub(super) fn same(&self, a: Value, b: Value) -> Value {
        self.b.icmp(IntPredicate::Eq, a, b)
    }

    pub(super) fn other(&self, a: Value, b: Value) -> Value {
        self.b.icmp(IntPredicate::Ne, a, b)
    }

    pub(super) fn some(&self, a: Value) -> Value {
        self.other(a, self.null())
    }

    pub(super) fn none(&self, a: Value) -> Value {
        self.same(a, self.null())
    }

    pub(super) fn truth(&self, value: bool) -> Value {
        self.b.context().int(1).int_const(value.into())
    }

    /// `if (condition) yes(); else no();`
    pub(super) fn branch(&self, condition: Value, yes: impl FnOnce(), no: impl FnOnce()) {
        let [then, otherwise, done] =
            ["then", "else", "done"].map(|name| self.f.append_block(name));
        self.b.cond_br(condition, then, otherwise);
        self.b.position_at_end(then);
        yes();
        self.b.br(done);
        self.b.position_at_end(otherwise);
        no();
        self.b.br(done);
        self.b.position_at_end(done);
    }

    /// `if (condition) yes();`
    pub(super) fn when(&self, condition: Value, yes: impl FnOnce()) {
        self.branch(condition, yes, || ());
    }

    /// `a && b()`.
    pub(super) fn and(&self, a: Value, b: impl FnOnce() -> Value) -> Value {
        let both = self.var(self.truth(false));
        self.when(a, || self.set(both, b()));
        self.get(both)
    }

    /// `a || b()`.
    pub(super) fn or(&self, a: Value, b: impl FnOnce() -> Value) -> Value {
        let any = self.var(self.truth(true));
        self.branch(a, || (), || self.set(any, b()));
        self.get(any)
    }

    /// `while (condition()) body();`
    pub(super) fn repeat_while(&self, condition: impl FnOnce() -> Value, body: impl FnOnce()) {
        let [test, run, done] = ["test", "body", "done"].map(|name| self.f.append_block(name));
        self.b.br(test);
        self.b.position_at_end(test);
        let more = condition();
        self.b.cond_br(more, run, done);
        self.b.position_at_end(run);
        body();
        self.b.br(test);
        self.b.position_at_end(done);
    }

    /// `while (node.field) node = node.field;`
    pub(super) fn go_on(&self, node: Var, field: Field) {
        self.repeat_while(
            || self.some(self.at(self.get(node), field)),
            || self.set(node, self.at(self.get(node), field)),
        );
    }
}
