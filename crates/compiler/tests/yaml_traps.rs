//! Each trap of YAML gets its own diagnostic, with the text to write instead.

use counterfoil_compiler::{SourceMap, diagnostic, render, yaml};

/// The diagnostics of one file, as people read them, and whether a tree came out.
fn read(text: &str) -> String {
    let mut sources = SourceMap::default();
    let file = sources.add("form.yaml", text);
    let mut diagnostics = Vec::new();
    let node = yaml::parse(&sources, file, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let outcome = if node.is_some() { "read" } else { "not read" };
    format!(
        "{outcome}\n\n{}",
        render::human(&diagnostics, &sources, false)
    )
}

fn read_all(texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| format!("═════ {text:?}: {}", read(text)))
        .collect()
}

#[test]
fn traps() {
    let all = read_all(&[
        "when: !sells_food\n",
        "when: !sells_food and stalls > 2 # why\n",
        "when: !(a or b) and c\n",
        "when: !any(streets.closed)\n",
        "title: !!str 12\n",
        "when: \"charity\" == organiser\ntitle: x\n",
        "when: \"pool\" in features and x\n",
        "label: 'What's new?'\n",
        "label: \"What's new?\ntitle: x\n",
        "options:\n  a: {label: Yes, please, hint: x}\n",
        "say: {notice_days} days at least\n",
        "say: {notice_days}\n",
        "rows:\n  - area: > 5\n    fee: 1\n",
        "rows:\n  - area: [0..100)\n    fee: 1\n  - area: (5..]\n    fee: 2\n",
        "rows:\n  - area: -\n    fee: 1\n",
        "say: Note: at least 5 days\n",
        "label: % of the area\n",
        "label: *foo\n",
        "a: &x b\nc: *x\n",
        "a: &x\n  b: c\nd:\n  <<: *x\n",
        "a:\n\t- b\n",
        "a:\tb\n",
        "\ta: b\n",
        "a: 1\nb: 2\na: 3\n",
        "a: 1\n---\nb: 2\n",
        "a: b\nc:d\ne: f\n",
        "a: b\nand more\nc: d\n",
        "a: b\n  c: d\n",
        "a: [b, c\nd: e\n",
        "# nothing\n",
        "a:\n  : b\n",
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn several_mistakes_come_out_of_one_run() {
    let text = "a: !x\nb: > 5\nc: \"y\" == z\na: again\nd: [0..1)\n";
    insta::assert_snapshot!(read(text));
}
