//! Random programs over nodes `{double, double, ptr}` in the view's text form.

use std::fmt::Write;

/// A small deterministic generator (xorshift64*).
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n
    }

    fn pick<'a>(&mut self, list: &'a [String]) -> &'a str {
        // Recent values more often, so that chains grow long.
        let from = match self.below(2) {
            0 => 0,
            _ => list.len().saturating_sub(3),
        };
        &list[from + self.below((list.len() - from) as u64) as usize]
    }
}

/// A whole module.
pub(crate) struct Program<'r> {
    rng: &'r mut Rng,
    out: String,
    value: u32,
    block: u32,
    doubles: Vec<String>,
    ptrs: Vec<String>,
    /// Functions `h0` … `h(callees-1)` may be called: all later ones, and itself.
    index: u32,
}

/// Helpers besides `f`; even ones return a double, odd ones a pointer.
const HELPERS: u32 = 4;

impl<'r> Program<'r> {
    pub(crate) fn new(rng: &'r mut Rng) -> Self {
        Self {
            rng,
            out: String::new(),
            value: 0,
            block: 0,
            doubles: Vec::new(),
            ptrs: Vec::new(),
            index: 0,
        }
    }

    pub(crate) fn text(mut self, length: u64) -> String {
        self.out.push_str(
            "declare @malloc(i64) -> ptr library \"malloc\" effects readwrite hidden noalias_return\n\
             declare @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1) -> void intrinsic \"llvm.memcpy\" effects readwrite args\n\
             declare @llvm.floor.f64(double) -> double intrinsic \"llvm.floor\" effects none\n",
        );
        self.index = HELPERS;
        self.function("f", "double", length);
        for index in (0..HELPERS).rev() {
            self.index = index;
            let ret = if index.is_multiple_of(2) {
                "double"
            } else {
                "ptr"
            };
            self.function(&format!("h{index}"), ret, 6);
        }
        self.out
    }

    fn function(&mut self, name: &str, ret: &str, length: u64) {
        let before = std::mem::take(&mut self.out);
        self.body(name, ret, length);
        let text = in_order(&self.out);
        self.out = before + &text;
    }

    fn body(&mut self, name: &str, ret: &str, length: u64) {
        let _ = writeln!(
            self.out,
            "func @{name}(v0: ptr, v1: ptr, v2: double, v3: double, v4: i64) -> {ret} {{\nblock0:"
        );
        self.value = 5;
        self.block = 1;
        self.doubles = ["(double 1.0)", "(double 2.0)", "v2", "v3"]
            .map(String::from)
            .to_vec();
        self.ptrs = ["v0", "v1"].map(String::from).to_vec();
        for _ in 0..self.rng.below(3) {
            self.local(false);
        }
        let guard = name != "f";
        if guard {
            // Recursion ends.
            let stop = self.fresh();
            let _ = writeln!(self.out, "  {stop} = icmp(sle) i1 v4, (i64 0)");
            let _ = writeln!(self.out, "  condbr(block1, block2) {stop}\nblock1:");
            self.finish(ret);
            let _ = writeln!(self.out, "block2:");
            self.block = 3;
        }
        let length = length / 2 + self.rng.below(length / 2) + 2;
        self.statements(length, 2);
        self.finish(ret);
        self.out.push_str("}\n");
    }

    fn finish(&mut self, ret: &str) {
        let list = if ret == "ptr" {
            &self.ptrs
        } else {
            &self.doubles
        };
        let value = self.rng.pick(list);
        let _ = writeln!(self.out, "  ret {value}");
    }

    fn fresh(&mut self) -> String {
        self.value += 1;
        format!("v{}", self.value - 1)
    }

    fn fresh_block(&mut self) -> u32 {
        self.block += 1;
        self.block - 1
    }

    fn statements(&mut self, count: u64, depth: u32) {
        for _ in 0..count {
            self.statement(depth);
        }
    }

    fn statement(&mut self, depth: u32) {
        match self.rng.below(24) {
            0..=2 => self.arithmetic(),
            3..=5 => self.load_double(),
            6..=8 => self.store_double(),
            9..=11 => self.load_ptr(),
            12 | 13 => self.store_ptr(),
            14 => self.select(),
            15 | 16 => self.local(true),
            17 => self.copy(),
            18 => self.copy_as_integer(),
            19..=21 => self.call(),
            22 if depth > 0 => self.branch(depth),
            23 if depth > 0 => self.repeat(depth),
            _ => self.arithmetic(),
        }
    }

    fn arithmetic(&mut self) {
        let op = ["fadd", "fsub", "fmul"][self.rng.below(3) as usize];
        let (a, b) = (self.double(), self.double());
        let v = self.fresh();
        let _ = writeln!(self.out, "  {v} = {op} double {a}, {b}");
        self.doubles.push(v);
    }

    fn double(&mut self) -> String {
        self.rng.pick(&self.doubles).to_owned()
    }

    fn ptr(&mut self) -> String {
        self.rng.pick(&self.ptrs).to_owned()
    }

    fn field(&mut self, offset: u64) -> String {
        let p = self.ptr();
        let v = self.fresh();
        let _ = writeln!(self.out, "  {v} = gep({offset}) ptr {p}");
        v
    }

    fn any_double(&mut self) -> String {
        let offset = 8 * self.rng.below(2);
        self.field(offset)
    }

    fn load_double(&mut self) {
        let p = self.any_double();
        let v = self.fresh();
        let _ = writeln!(self.out, "  {v} = load(align 8) double {p}");
        self.doubles.push(v);
    }

    fn store_double(&mut self) {
        let (p, d) = (self.any_double(), self.double());
        let _ = writeln!(self.out, "  store(align 8) {d}, {p}");
    }

    fn load_ptr(&mut self) {
        let p = self.field(16);
        let v = self.fresh();
        let _ = writeln!(self.out, "  {v} = load(align 8) ptr {p}");
        self.ptrs.push(v);
    }

    fn store_ptr(&mut self) {
        let (p, q) = (self.field(16), self.ptr());
        let _ = writeln!(self.out, "  store(align 8) {q}, {p}");
    }

    fn condition(&mut self) -> String {
        let k = self.rng.below(4);
        let c = self.fresh();
        let _ = writeln!(self.out, "  {c} = icmp(slt) i1 v4, (i64 {k})");
        c
    }

    fn select(&mut self) {
        let c = self.condition();
        let v = self.fresh();
        if self.rng.below(2) == 0 {
            let (a, b) = (self.double(), self.double());
            let _ = writeln!(self.out, "  {v} = select double {c}, {a}, {b}");
            self.doubles.push(v);
        } else {
            let (a, b) = (self.ptr(), self.ptr());
            let _ = writeln!(self.out, "  {v} = select ptr {c}, {a}, {b}");
            self.ptrs.push(v);
        }
    }

    /// A local node that points to itself or another one.
    fn local(&mut self, heap: bool) {
        let v = self.fresh();
        if heap {
            let _ = writeln!(self.out, "  {v} = call(@malloc) ptr (i64 24)");
        } else {
            let _ = writeln!(
                self.out,
                "  {v} = alloca([3 x double] align 8 static) ptr (i64 1)"
            );
        }
        for offset in [0, 8] {
            let p = self.fresh();
            let d = if self.rng.below(2) == 0 {
                "(double 0.0)".to_owned()
            } else {
                self.double()
            };
            let _ = writeln!(self.out, "  {p} = gep({offset}) ptr {v}");
            let _ = writeln!(self.out, "  store(align 8) {d}, {p}");
        }
        let target = if self.rng.below(2) == 0 {
            v.clone()
        } else {
            self.ptr()
        };
        let p = self.fresh();
        let _ = writeln!(self.out, "  {p} = gep(16) ptr {v}");
        let _ = writeln!(self.out, "  store(align 8) {target}, {p}");
        self.ptrs.push(v);
    }

    fn copy(&mut self) {
        let (p, q) = (self.ptr(), self.ptr());
        let bytes = [8, 16][self.rng.below(2) as usize];
        if p != q {
            let _ = writeln!(
                self.out,
                "  call(@llvm.memcpy.p0.p0.i64) {p}, {q}, (i64 {bytes}), (i1 0)"
            );
        }
    }

    fn copy_as_integer(&mut self) {
        let (p, q) = (self.any_double(), self.any_double());
        let v = self.fresh();
        let _ = writeln!(self.out, "  {v} = load(align 8) i64 {p}");
        let _ = writeln!(self.out, "  store(align 8) {v}, {q}");
    }

    fn call(&mut self) {
        // Itself, or a function of lower index.
        let limit = (self.index + 1).min(HELPERS);
        let callee = self.rng.below(u64::from(limit)) as u32;
        let n = self.fresh();
        let _ = writeln!(self.out, "  {n} = sub i64 v4, (i64 1)");
        let (p, q, x, y) = (self.ptr(), self.ptr(), self.double(), self.double());
        let v = self.fresh();
        let ret = if callee.is_multiple_of(2) {
            "double"
        } else {
            "ptr"
        };
        let _ = writeln!(
            self.out,
            "  {v} = call(@h{callee}) {ret} {p}, {q}, {x}, {y}, {n}"
        );
        if ret == "ptr" {
            self.ptrs.push(v);
        } else {
            self.doubles.push(v);
        }
    }

    fn branch(&mut self, depth: u32) {
        let c = self.condition();
        let (yes, no, end) = (self.fresh_block(), self.fresh_block(), self.fresh_block());
        let (d, p) = (self.doubles.len(), self.ptrs.len());
        let _ = writeln!(self.out, "  condbr(block{yes}, block{no}) {c}");
        let mut ends = Vec::new();
        for start in [yes, no] {
            let before = self.block;
            let _ = writeln!(self.out, "block{start}:");
            let count = 1 + self.rng.below(3);
            self.statements(count, depth - 1);
            // A block of its own, so that its name is known.
            let last = self.fresh_block();
            let _ = before;
            let _ = writeln!(
                self.out,
                "  br(block{last})\nblock{last}:\n  br(block{end})"
            );
            ends.push((last, self.double(), self.ptr()));
            self.doubles.truncate(d);
            self.ptrs.truncate(p);
        }
        let (x, y) = (self.fresh(), self.fresh());
        let (a, b) = (&ends[0], &ends[1]);
        let _ = writeln!(self.out, "block{end}:");
        let _ = writeln!(
            self.out,
            "  {x} = phi(block{}, block{}) double {}, {}",
            a.0, b.0, a.1, b.1
        );
        let _ = writeln!(
            self.out,
            "  {y} = phi(block{}, block{}) ptr {}, {}",
            a.0, b.0, a.2, b.2
        );
        self.doubles.push(x);
        self.ptrs.push(y);
    }

    fn repeat(&mut self, depth: u32) {
        let (enter, head, latch, exit) = (
            self.fresh_block(),
            self.fresh_block(),
            self.fresh_block(),
            self.fresh_block(),
        );
        let (i, x, y, next, stop) = (
            self.fresh(),
            self.fresh(),
            self.fresh(),
            self.fresh(),
            self.fresh(),
        );
        let (x0, y0) = (self.double(), self.ptr());
        let (d, p) = (self.doubles.len(), self.ptrs.len());
        let _ = writeln!(
            self.out,
            "  br(block{enter})\nblock{enter}:\n  br(block{head})\nblock{head}:"
        );
        // The values around the loop are known when its body has been written.
        let at = self.out.len();
        self.doubles.push(x.clone());
        self.ptrs.push(y.clone());
        let count = 1 + self.rng.below(4);
        self.statements(count, depth - 1);
        let (x1, y1) = (self.double(), self.ptr());
        let phis = format!(
            "  {i} = phi(block{enter}, block{latch}) i64 (i64 0), {next}\n  \
             {x} = phi(block{enter}, block{latch}) double {x0}, {x1}\n  \
             {y} = phi(block{enter}, block{latch}) ptr {y0}, {y1}\n"
        );
        self.out.insert_str(at, &phis);
        let trips = 1 + self.rng.below(3);
        let _ = writeln!(self.out, "  br(block{latch})\nblock{latch}:");
        let _ = writeln!(self.out, "  {next} = add i64 {i}, (i64 1)");
        let _ = writeln!(self.out, "  {stop} = icmp(eq) i1 {next}, (i64 {trips})");
        let _ = writeln!(
            self.out,
            "  condbr(block{exit}, block{head}) {stop}\nblock{exit}:"
        );
        self.doubles.truncate(d);
        self.ptrs.truncate(p);
        self.doubles.push(x1);
        self.ptrs.push(y1);
    }
}

/// Numbers blocks in the order they are listed.
fn in_order(text: &str) -> String {
    let listed = text.lines().filter_map(|l| l.strip_suffix(':'));
    let names: std::collections::HashMap<&str, usize> = listed.zip(0..).collect();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("block") {
        out.push_str(&rest[..at]);
        let digits = rest[at + 5..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let name = &rest[at..at + 5 + digits];
        let _ = write!(out, "block{}", names[name]);
        rest = &rest[at + 5 + digits..];
    }
    out + rest
}
