//! One test a case: `arith/mul@interpreted`. The case is imported as clang emits it at -O0 and executed over
//! numbers that carry tangents; its Jacobian must be the one of the dual-number oracle.
//!
//! So the importer and the view are judged on every program there is, without types, activity, rules or a plan. A case that
//! the interpreter cannot run says so: `//! interpreted off WHY`.

use libtest_mimic::{Arguments, Trial};
use rz_import::Imported;
use rz_import::testing::Parsed;
use rz_interp::{Machine, Memory, Val};
use rz_llvm as llvm;
use rz_llvm::{TypeKind, ValueKind};
use rz_tests::case::{Case, discover};
use rz_tests::numbers::Report;
use rz_view::types::FloatKind;
use std::cell::RefCell;
use std::path::Path;

/// Instructions of one case, at all its points and columns.
const STEPS: u64 = 400_000_000;

fn main() {
    let args = Arguments::from_args();
    if std::env::var("RZ_LEVELS").is_ok_and(|l| !l.split(',').any(|l| l.trim() == "interpreted")) {
        libtest_mimic::run(&args, Vec::new()).exit();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("files/run");
    let trial = |(name, path): (String, std::path::PathBuf)| {
        Trial::test(format!("{name}@interpreted"), move || {
            let case = Case::load(&path, &name)?;
            if case.spec.interpreted {
                judge(&case)?;
            }
            Ok(())
        })
    };
    let trials = discover(&root).into_iter().map(trial).collect();
    libtest_mimic::run(&args, trials).exit();
}

fn judge(case: &Case) -> Result<(), String> {
    let text = case.intermediate_code().map_err(|e| e.to_string())?;
    let parsed = Parsed::try_parse(&text)?;
    let report = execute(&parsed.import(&[])).map_err(|e| e.to_string())?;
    let wrong = case.judge_interpreted(&report).map_err(|e| e.to_string())?;
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

/// Runs the driver's `main` and collects its rows.
fn execute(imported: &Imported) -> rz_interp::Result<Report> {
    let rows = RefCell::new(Vec::<(String, usize, Vec<f64>)>::new());
    let mut machine = Machine::new(&imported.module);
    machine.steps = STEPS;
    machine.set_external("rz_seed", |memory, args| {
        let kind = kind(&args[1]);
        let (bytes, mut shadow) = memory.read(address(&args[0]), size(kind))?;
        put(kind, 1.0, &mut shadow);
        memory.write(address(&args[0]), &bytes, &shadow)?;
        Ok(Val::int(0))
    });
    machine.set_external("rz_row", |_, args| {
        let key = if address(&args[0]) == 0 { "y" } else { "J" };
        let point = address(&args[1]) as usize;
        rows.borrow_mut().push((key.into(), point, Vec::new()));
        Ok(Val::int(0))
    });
    machine.set_external("rz_entry", |memory: &mut Memory, args| {
        let kind = kind(&args[1]);
        let (bytes, shadow) = memory.read(address(&args[0]), size(kind))?;
        if let Some((key, _, row)) = rows.borrow_mut().last_mut() {
            row.push(get(kind, if key == "J" { &shadow } else { &bytes }));
        }
        Ok(Val::int(0))
    });
    for global in imported.module.globals.keys() {
        if let Some(initializer) = imported.global(global).initializer() {
            fill(&mut machine, imported, global, initializer)?;
        }
    }
    let main = imported.module.func_named("main");
    let main = main.ok_or_else(|| rz_interp::Error::Trap("no main function".into()))?;
    machine.call(main, &[])?;
    drop(machine);
    Ok(Report {
        rows: rows.into_inner(),
        fails: Vec::new(),
        ended: true,
    })
}

fn address(value: &Val) -> u64 {
    value.scalar().0 as u64
}

/// The formats of leaves, as `harness.h` numbers them.
fn kind(value: &Val) -> FloatKind {
    match address(value) {
        1 => FloatKind::Single,
        2 => FloatKind::X86Fp80,
        3 => FloatKind::Half,
        4 => FloatKind::BFloat,
        _ => FloatKind::Double,
    }
}

fn size(kind: FloatKind) -> usize {
    if kind == FloatKind::X86Fp80 {
        10
    } else {
        kind.bytes() as usize
    }
}

fn put(kind: FloatKind, number: f64, bytes: &mut [u8]) {
    let (bits, _) = Val::float(kind, number, 0.0).scalar();
    bytes.copy_from_slice(&bits.to_le_bytes()[..bytes.len()]);
}

fn get(kind: FloatKind, bytes: &[u8]) -> f64 {
    let mut all = [0; 16];
    all[..bytes.len()].copy_from_slice(bytes);
    Val::bits(u128::from_le_bytes(all)).as_float(kind).0
}

/// Gives a global the bytes of its initializer; the addresses among them are the machine's own business.
fn fill(
    machine: &mut Machine<'_>,
    imported: &Imported,
    global: rz_view::Global,
    initializer: llvm::Value,
) -> rz_interp::Result<()> {
    let mut parts = Vec::new();
    numbers(imported.llvm(), initializer, 0, &mut parts);
    let place = machine.set_global(global, &[])?;
    for (offset, bytes) in parts {
        machine
            .memory
            .write(place + offset, &bytes, &vec![0; bytes.len()])?;
    }
    Ok(())
}

/// The numbers of a constant with their offsets.
fn numbers(module: llvm::Module, value: llvm::Value, at: u64, parts: &mut Vec<(u64, Vec<u8>)>) {
    let ty = value.ty();
    let bits = match value.kind() {
        ValueKind::Int => value.int_value(),
        ValueKind::Float => value.float_bits(),
        _ => None,
    };
    if let Some(bits) = bits {
        let size = module.store_size(ty) as usize;
        parts.push((at, bits.to_le_bytes()[..size.min(16)].to_vec()));
        return;
    }
    let (count, stride) = match ty.kind() {
        TypeKind::Array => (ty.array_len() as u32, module.alloc_size(ty.element())),
        TypeKind::Vector => (ty.vector_len(), module.alloc_size(ty.element())),
        TypeKind::Struct => (value.operand_count(), 0),
        _ => return,
    };
    if !matches!(value.kind(), ValueKind::Aggregate | ValueKind::Data) {
        return;
    }
    for index in 0..count {
        let offset = match ty.kind() {
            TypeKind::Struct => module.field_offset(ty, index),
            _ => u64::from(index) * stride,
        };
        if let Some(element) = value.aggregate_element(index) {
            numbers(module, element, at + offset, parts);
        }
    }
}
