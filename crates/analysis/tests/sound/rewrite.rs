//! Rewrites functions so that everything activity calls inactive forgets its derivative.

use rz_analysis::activity::{Activity, Analyzer, ArgState, Context, Finding, Options, Typed};
use rz_analysis::types::TypeAnalysis;
use rz_view::body::{InstData, ValueData};
use rz_view::op::{Access, BinaryOp, CallData, Callee, CastOp, Effects};
use rz_view::{Block, Body, Func, Inst, Module, Op, Type, Value, ValueDef};
use std::collections::HashMap;
use std::fmt::Write;

pub(crate) struct Rewriter<'a> {
    module: &'a Module,
    types: &'a TypeAnalysis<'a>,
    options: Options,
}

struct Work<'a> {
    analyzer: Analyzer<'a>,
    out: Module,
    done: HashMap<Context, Func>,
    todo: Vec<Context>,
    floor: Func,
    double: Type,
}

impl<'a> Rewriter<'a> {
    pub(crate) fn new(module: &'a Module, types: &'a TypeAnalysis<'a>, options: Options) -> Self {
        Self {
            module,
            types,
            options,
        }
    }

    /// The rewritten module and the function for `root`; `None` when something is lost by convention.
    pub(crate) fn run(&self, root: &Context) -> Option<(Module, Func)> {
        let double = self.module.funcs[root.func].params[2].ty;
        let mut work = Work {
            analyzer: Analyzer::new(self.module, self.types, self.options),
            out: self.module.clone(),
            done: HashMap::new(),
            todo: Vec::new(),
            floor: self.module.func_named("llvm.floor.f64")?,
            double,
        };
        let func = work.function(root);
        while let Some(context) = work.todo.pop() {
            let types = Typed(self.types.root(context.func));
            let activity = work.analyzer.analyze(&context, &types).ok()?;
            let lost = |f: &Finding| match f {
                // Proved harmless by the caller's analysis.
                Finding::LostInArgument { .. } => context == *root,
                _ => true,
            };
            if activity.findings().iter().any(lost) {
                return None;
            }
            // Derivatives compare shadows with primals there, which the rewritten program does not.
            let body = self.module.body(context.func);
            if body.values.keys().any(|v| activity.mixed(v)) {
                return None;
            }
            consistent(body, &activity);
            let body = work.rewrite(body, &activity);
            let target = work.done[&context];
            work.out.funcs[target].body = Some(body);
        }
        Some((work.out, func))
    }

    /// The dumps of all contexts reached, for a failure's report.
    pub(crate) fn dumps(&self, root: &Context) -> String {
        let mut analyzer = Analyzer::new(self.module, self.types, self.options);
        let mut list = vec![root.clone()];
        let mut out = String::new();
        let mut next = 0;
        while let Some(context) = list.get(next).cloned() {
            next += 1;
            let Ok(activity) = analyzer.analyze_alone(&context) else {
                continue;
            };
            out.push_str(&activity.print(self.module));
            let body = self.module.body(context.func);
            for inst in body.insts.keys() {
                if let Some(callee) = callee(self.module, body, inst) {
                    let context = callee_context(&activity, body, inst, callee);
                    if !list.contains(&context) {
                        list.push(context);
                    }
                }
            }
        }
        for func in self.module.funcs.keys() {
            if let Some(summary) = analyzer.summary(func) {
                let name = &self.module.funcs[func].name;
                let _ = write!(out, "summary @{name}\n{summary}");
            }
        }
        out
    }
}

/// What the writer of a derivative relies on: shadows are there where they are used, and shadow
/// pointers in memory are valid where somebody may load them.
fn consistent(body: &Body, activity: &Activity) {
    let valid = |value: Value| activity.shadow(value) || body.constant(value).is_some();
    for (&param, &state) in body.params.iter().zip(&activity.context().args) {
        if matches!(state, ArgState::Dup { reach: true, .. }) {
            assert!(
                activity.memory_holds_shadows(param),
                "shadows behind {param} may be lost"
            );
        }
    }
    for (inst, data) in &body.insts {
        let pointers = |v: &Value| body.ty(*v) == body.ty(body.params[0]);
        let needs: Vec<Value> = match &data.op {
            Op::Load(_) => {
                let result = data.result.expect("a load");
                if activity.shadow(result) {
                    assert!(
                        activity.memory_holds_shadows(data.operands[0]),
                        "{inst} loads a shadow that nobody stores"
                    );
                }
                if activity.value(result) {
                    vec![data.operands[0]]
                } else {
                    vec![]
                }
            }
            Op::Store(_) => {
                let (value, addr) = (data.operands[0], data.operands[1]);
                let holds = pointers(&value) && activity.memory_holds_shadows(addr);
                assert!(!holds || activity.inst(inst), "{inst} stores no shadow");
                match (activity.inst(inst), holds) {
                    (true, true) => vec![addr, value],
                    (true, false) => vec![addr],
                    (false, _) => vec![],
                }
            }
            Op::Gep(_) | Op::Phi { .. } | Op::Select => match data.result {
                Some(result) if activity.shadow(result) => {
                    data.operands.iter().copied().filter(pointers).collect()
                }
                _ => vec![],
            },
            Op::Call(_) => {
                let states = activity.call_activity(inst).map(|c| &c.args[..]);
                let args = body.call_args(inst).iter().zip(states.unwrap_or_default());
                let dup = args.filter(|(_, state)| matches!(state, ArgState::Dup { .. }));
                dup.map(|(&arg, state)| {
                    let deep = matches!(state, ArgState::Dup { reach: true, .. });
                    assert!(
                        !deep || activity.memory_holds_shadows(arg),
                        "{inst} passes {arg} without shadows behind it"
                    );
                    arg
                })
                .collect()
            }
            _ => vec![],
        };
        for value in needs {
            assert!(valid(value), "{inst} needs the shadow of {value}");
        }
    }
}

fn callee(module: &Module, body: &Body, inst: Inst) -> Option<Func> {
    match body.insts[inst].op.call()?.callee {
        Callee::Direct(func) if module.funcs[func].body.is_some() => Some(func),
        _ => None,
    }
}

fn callee_context(activity: &Activity, body: &Body, inst: Inst, func: Func) -> Context {
    match activity.call_activity(inst) {
        Some(call) if activity.inst(inst) => Context {
            func,
            args: call.args.clone(),
            ret: call.ret,
        },
        _ => Context {
            func,
            args: vec![ArgState::Const; body.call_args(inst).len()],
            ret: false,
        },
    }
}

impl Work<'_> {
    fn function(&mut self, context: &Context) -> Func {
        if let Some(&func) = self.done.get(context) {
            return func;
        }
        let mut data = self.out.funcs[context.func].clone();
        data.name = format!("{}.{}", data.name, self.done.len());
        let func = self.out.funcs.push(data);
        self.done.insert(context.clone(), func);
        self.todo.push(context.clone());
        func
    }

    fn rewrite(&mut self, old: &Body, activity: &Activity) -> Body {
        let mut edit = Edit {
            body: old.clone(),
            floor: self.floor,
            double: self.double,
            renamed: HashMap::new(),
        };
        for block in old.blocks.keys() {
            let mut list = Vec::new();
            let mut late = Vec::new();
            if block.as_u32() == 0 {
                for &param in &old.params {
                    if old.ty(param) == self.double && !activity.differentiable(param) {
                        edit.forget(block, param, &mut list);
                    }
                }
            }
            for &inst in &old.blocks[block].insts {
                let data = &old.insts[inst];
                let is_phi = matches!(data.op, Op::Phi { .. });
                if !is_phi {
                    list.append(&mut late);
                }
                if let Some(func) = callee(&self.out, old, inst) {
                    let context = callee_context(activity, old, inst, func);
                    let target = self.function(&context);
                    if let Op::Call(call) = &mut edit.body.insts[inst].op {
                        call.callee = Callee::Direct(target);
                    }
                } else if data.op.call().is_some()
                    && data.operands.len() == 4
                    && !activity.inst(inst)
                {
                    edit.keep_shadow_of_copy(block, inst, &mut list);
                    continue;
                }
                if matches!(data.op, Op::Store(_)) && !activity.inst(inst) {
                    edit.keep_shadow_of_store(block, inst, &mut list);
                    continue;
                }
                list.push(inst);
                if let Some(result) = data.result
                    && !activity.differentiable(result)
                {
                    let floats = old.ty(result) == self.double;
                    let bits =
                        matches!(data.op, Op::Load(_)) && self.out.types.is_int(old.ty(result));
                    let to = if is_phi { &mut late } else { &mut list };
                    if floats {
                        edit.forget(block, result, to);
                    } else if bits {
                        edit.forget_bits(block, result, to);
                    }
                }
            }
            edit.body.blocks[block].insts = list;
        }
        edit.finish()
    }
}

/// A body being edited. Uses are renamed at the end.
struct Edit {
    body: Body,
    floor: Func,
    double: Type,
    renamed: HashMap<Value, Value>,
}

impl Edit {
    fn add(
        &mut self,
        block: Block,
        op: Op,
        operands: &[Value],
        ty: Type,
        list: &mut Vec<Inst>,
    ) -> Value {
        let inst = self.body.insts.next_key();
        let value = self.body.values.push(ValueData {
            ty,
            def: ValueDef::Inst(inst),
        });
        self.body.insts.push(InstData {
            op,
            operands: operands.iter().copied().collect(),
            ty,
            result: Some(value),
            block,
            loc: None,
            tbaa: Vec::new(),
            tbaa_base: None,
            fast: 0,
            multiple: 1,
            tags: Vec::new(),
        });
        list.push(inst);
        value
    }

    fn floor(&mut self, block: Block, value: Value, list: &mut Vec<Inst>) -> Value {
        let call = CallData {
            callee: Callee::Direct(self.floor),
            effects: Effects::NONE,
            noreturn: false,
            nounwind: true,
            byval: Vec::new(),
            args: Vec::new(),
            tags: Vec::new(),
            returns_twice: false,
        };
        let op = Op::Call(Box::new(call));
        self.add(block, op, &[value], self.double, list)
    }

    fn forget(&mut self, block: Block, value: Value, list: &mut Vec<Inst>) {
        let new = self.floor(block, value, list);
        self.renamed.insert(value, new);
    }

    fn forget_bits(&mut self, block: Block, value: Value, list: &mut Vec<Inst>) {
        let ty = self.body.ty(value);
        let number = self.add(
            block,
            Op::Cast(CastOp::BitCast),
            &[value],
            self.double,
            list,
        );
        let floor = self.floor(block, number, list);
        let new = self.add(block, Op::Cast(CastOp::BitCast), &[floor], ty, list);
        self.renamed.insert(value, new);
    }

    /// `value` with the tangent that is at `ptr`.
    fn disguise(&mut self, block: Block, value: Value, ptr: Value, list: &mut Vec<Inst>) -> Value {
        let (double, load) = (self.double, Op::Load(Access::default()));
        let old = self.add(block, load, &[ptr], double, list);
        let floor = self.floor(block, old, list);
        let tangent = self.add(
            block,
            Op::Binary(BinaryOp::FSub),
            &[old, floor],
            double,
            list,
        );
        let plain = self.floor(block, value, list);
        self.add(
            block,
            Op::Binary(BinaryOp::FAdd),
            &[plain, tangent],
            double,
            list,
        )
    }

    fn store(&mut self, block: Block, value: Value, ptr: Value, list: &mut Vec<Inst>) {
        self.add(
            block,
            Op::Store(Access::default()),
            &[value, ptr],
            self.double,
            list,
        );
        let inst = *list.last().expect("just added");
        self.body.insts[inst].result = None;
    }

    fn keep_shadow_of_store(&mut self, block: Block, inst: Inst, list: &mut Vec<Inst>) {
        let (value, ptr) = (
            self.body.insts[inst].operands[0],
            self.body.insts[inst].operands[1],
        );
        let ty = self.body.ty(value);
        if ty == self.body.ty(ptr) {
            list.push(inst);
            return;
        }
        let number = if ty == self.double {
            value
        } else {
            self.add(
                block,
                Op::Cast(CastOp::BitCast),
                &[value],
                self.double,
                list,
            )
        };
        let number = self.disguise(block, number, ptr, list);
        self.store(block, number, ptr, list);
    }

    fn keep_shadow_of_copy(&mut self, block: Block, inst: Inst, list: &mut Vec<Inst>) {
        let operands = self.body.insts[inst].operands.clone();
        let bytes = self.body.const_int(operands[2]).expect("constant length") as i64;
        let mut values = Vec::new();
        for offset in (0..bytes).step_by(8) {
            let from = self.field(block, operands[1], offset, list);
            let load = Op::Load(Access::default());
            values.push(self.add(block, load, &[from], self.double, list));
        }
        for (index, value) in values.into_iter().enumerate() {
            let to = self.field(block, operands[0], 8 * index as i64, list);
            let value = self.disguise(block, value, to, list);
            self.store(block, value, to, list);
        }
    }

    fn field(&mut self, block: Block, ptr: Value, offset: i64, list: &mut Vec<Inst>) -> Value {
        let gep = rz_view::op::GepData {
            offset,
            terms: Vec::new(),
        };
        let ty = self.body.ty(ptr);
        self.add(block, Op::Gep(gep), &[ptr], ty, list)
    }

    fn finish(mut self) -> Body {
        let news: Vec<Value> = self.renamed.values().copied().collect();
        for data in self.body.insts.values_mut() {
            // The chain that forgets reads the original.
            let own = data.result.is_some_and(|r| news.contains(&r));
            for operand in &mut data.operands {
                if let Some(&new) = self.renamed.get(operand)
                    && !own
                    && !(matches!(data.op, Op::Cast(CastOp::BitCast)))
                {
                    *operand = new;
                }
            }
        }
        self.body
    }
}
