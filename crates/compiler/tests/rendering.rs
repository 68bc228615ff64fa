//! The two shapes of a diagnostic: for a terminal and for a program.

use counterfoil_compiler::{Diagnostic, SourceMap, Span, codes, render};

fn example() -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    let form = sources.add("form.yaml", "título: é\nwhen: !a\nsay: x\n");
    let table = sources.add("tables/t.csv", "a,b\n1,2\n");
    let diagnostics = vec![
        Diagnostic::error(codes::YAML_TRAP, Span::new(form, 18, 20), "a tag")
            .here("here it is")
            .label(Span::new(form, 0, 7), "in the same file")
            .label(Span::new(table, 4, 5), "in another file")
            .help("Write `not(…)`.")
            .suggest(Span::new(form, 18, 20), "not(a)"),
        Diagnostic::warning(codes::FILE, Span::new(table, 8, 8), "at the very end"),
        Diagnostic::note(codes::FILE, Span::new(form, 9, 11), "without a suggestion")
            .help("Help stands alone."),
    ];
    (sources, diagnostics)
}

#[test]
fn people_read_excerpts() {
    let (sources, diagnostics) = example();
    let plain = render::human(&diagnostics, &sources, false);
    assert!(!plain.contains('\u{1b}'));
    assert!(render::human(&diagnostics, &sources, true).contains('\u{1b}'));
    insta::assert_snapshot!(plain);
}

#[test]
fn programs_read_places_in_lines_columns_and_bytes() {
    let (sources, diagnostics) = example();
    let json = render::json(&diagnostics, &sources);
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn github_reads_commands() {
    let (sources, mut diagnostics) = example();
    let form = diagnostics[0].span.file;
    diagnostics.push(
        Diagnostic::error(
            codes::CYCLE,
            Span::new(form, 0, 20),
            "100 % wrong\r\nin two lines",
        )
        .suggest(Span::new(form, 0, 7), ""),
    );
    insta::assert_snapshot!(render::github(&diagnostics, &sources.within("a, b: 50%")));
}
