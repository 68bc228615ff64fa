//! How long checking a form takes, and how that grows: `cargo bench -p counterfoil-benches`.

use counterfoil_benches::{Size, form};
use counterfoil_compiler::{compile, definition};

fn main() {
    divan::main();
}

/// From files to a plan, or to what stands against one: 10,000 questions may cost more to evaluate than an
/// office allows.
#[divan::bench(args = [1_000, 3_000, 10_000], sample_count = 11, sample_size = 1)]
fn whole(bencher: divan::Bencher<'_, '_>, fields: usize) {
    let files = form(Size::of_fields(fields));
    bencher.bench_local(|| compile(&files));
}

/// From files to the form as written.
#[divan::bench(args = [1_000, 3_000, 10_000], sample_count = 11, sample_size = 1)]
fn reading(bencher: divan::Bencher<'_, '_>, fields: usize) {
    let files = form(Size::of_fields(fields));
    bencher.bench_local(|| definition::read(&files));
}
