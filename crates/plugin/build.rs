//! Link options of the plugin.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Lazy binding, so that a host with another LLVM gets far enough to be told so: with immediate
    // binding the loader fails on the first symbol that LLVM does not have.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,lazy");
}
