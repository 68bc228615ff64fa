//! `cargo xtask`: set-up, builds and checks of the workspace.
fn main() {}
