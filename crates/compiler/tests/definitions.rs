//! What the reader of forms says about mistakes of structure: unknown and missing keys, wrong shapes,
//! literals, ids, tables and CSV files.

use std::fmt::Write as _;

use counterfoil_compiler::{Files, definition, diagnostic, render};

const HEAD: &str = "form: fair
title: Hold a fair
currency: GBP
timezone: Europe/London
languages: [en]
";
const PAGES: &str = "pages:
  - page: event
    title: The event
    fields:
      - field: stalls
        type: integer
        label: How many stalls?
";

/// The diagnostics of a form in one file.
fn found(form: &str) -> String {
    found_with(form, &[])
}

/// The diagnostics of a form with further files.
fn found_with(form: &str, files: &[(&str, &[u8])]) -> String {
    let mut all = vec![("form.yaml", form.as_bytes())];
    all.extend_from_slice(files);
    let mut reading = definition::read(&Files::in_memory(all));
    diagnostic::sort(&mut reading.diagnostics);
    render::human(&reading.diagnostics, &reading.sources, false)
}

/// What is found in a sound form with some lines behind it, for each of the cases.
fn after_pages(cases: &[&str]) -> String {
    let mut all = String::new();
    for case in cases {
        let found = found(&format!("{HEAD}{PAGES}{case}"));
        let _ = writeln!(all, "═════\n{case}─────\n{found}");
    }
    all
}

/// What is found in a form with one field, for each of the cases.
fn in_field(cases: &[&str]) -> String {
    let mut all = String::new();
    for case in cases {
        let lines: String = case.lines().map(|l| format!("        {l}\n")).collect();
        let page = "pages:\n  - page: event\n    title: The event\n    fields:\n      - field: x\n";
        let found = found(&format!("{HEAD}{page}{lines}"));
        let _ = writeln!(all, "═════\n{case}\n─────\n{found}");
    }
    all
}

#[test]
fn the_smallest_form_is_sound() {
    assert_eq!(found(&format!("{HEAD}{PAGES}")), "");
}

#[test]
fn files() {
    let mut all = String::new();
    let form = format!("{HEAD}{PAGES}");
    let latin1 = form.replace("How", "H\u{f6}w");
    let latin1: Vec<u8> = latin1.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let large = vec![b'#'; (4 << 20) + 1];
    for (what, bytes) in [
        (
            "a byte order mark is no mistake",
            format!("\u{feff}{form}").into_bytes(),
        ),
        (
            "Windows line ends are no mistake",
            form.replace('\n', "\r\n").into_bytes(),
        ),
        ("Latin-1", latin1),
        (
            "a control character",
            form.replace("a fair", "a\u{8}fair").into_bytes(),
        ),
        ("too large", large),
        ("a list", b"- a\n- b\n".to_vec()),
    ] {
        let mut reading = definition::read(&Files::in_memory([("form.yaml", bytes)]));
        diagnostic::sort(&mut reading.diagnostics);
        let found = render::human(&reading.diagnostics, &reading.sources, false);
        let _ = writeln!(all, "═════ {what}\n{found}");
    }
    let unused: &[(&str, &[u8])] = &[("tables/t.csv", b"a"), ("locales/fr.yaml", b"a: b")];
    all.push_str(&found_with(&form, unused));
    let none = definition::read(&Files::default());
    assert!(none.definition.is_none());
    all.push_str(&render::human(&none.diagnostics, &none.sources, false));
    insta::assert_snapshot!(all);
}

#[test]
fn heads() {
    let mut all = String::new();
    for (from, to) in [
        ("title", "titel"),
        ("title: Hold a fair\n", ""),
        ("form: fair", "form: Summer Fair"),
        ("GBP", "gbp"),
        ("GBP", "GPB"),
        ("Europe/London", "Europe/Lodnon"),
        ("[en]", "[en, english, en]"),
        ("[en]", "[]"),
        ("[en]", "en"),
        ("title: Hold a fair", "title: Form #12"),
        ("title: Hold a fair", "title: Form # 12"),
        ("title: Hold a fair", "title: Form  # a comment"),
        ("title: Hold a fair", "title: Hold a {kind} fair"),
        ("title: Hold a fair", "title: Hold {{a}} fair"),
        ("title: Hold a fair", "title: [Hold, a fair]"),
        ("title: Hold a fair", "title:"),
        ("title: Hold a fair", "title: >5"),
        ("GBP", "GBP\neffective: 2026-01-01"),
        ("GBP", "GBP\neffective: 2026-13-01..01/02/2026"),
        ("GBP", "GBP\neffective: 2026-02-01..2026-01-01"),
        ("GBP", "GBP\nrounding: bankers"),
        ("GBP", "GBP\nrules_of: streets.day"),
    ] {
        let found = found(&format!("{HEAD}{PAGES}").replace(from, to));
        let _ = writeln!(all, "═════ {to}\n{found}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn fields() {
    let all = in_field(&[
        "type: number\nlabel: X",
        "type: int\nlabel: X",
        "typ: integer\nlable: X",
        "type: integer\nlabel: X\nmax_length: 5\nscale: 2",
        "type: text\nlabel: X\nmin: 5",
        "type: decimal\nlabel: X",
        "type: decimal\nscale: 13\nlabel: X",
        "type: integer\nlabel: X\nmin: 1,000\nmax: 1 000 000",
        "type: integer\nlabel: X\nmin: '5'\nmax: 5%",
        "type: money\nlabel: X\nmin: £5\nmax: 1,250.50",
        "type: date\nlabel: X\nmin: 1/4/26\nmax: 2026-02-30",
        "type: date\nlabel: X\nmin: 2026-1-5\nmax: tomorrow",
        "type: boolean\nlabel: X\naccepted: yes",
        "type: choice\nlabel: X",
        "type: choice\nlabel: X\noptions:\n  - a\n  - b",
        "type: choice\nlabel: X\noptions:\n  Yes please: Yes\n  blank: Nothing\n  R1: Fine\n  no:",
        "type: choice\nlabel: X\noptions:\n  a:\n    lable: A\n    when: a ==",
        "type: text\nlabel: X\nrequired: no",
        "type: text\nlabel: X\nrequired: x ==\nmultiline: 1",
        "type: text\nlabel: X\nerrors:\n  required: Enter {}\n  pattern: Enter {x",
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn ids() {
    let mut all = String::new();
    for id in [
        "Event Date",
        "2nd",
        "event-date",
        "use",
        "if",
        "and",
        "sum",
        "fees",
        "today",
        "_x",
    ] {
        let pages = PAGES.replace("stalls", id);
        let found = found(&format!("{HEAD}{pages}"));
        let _ = writeln!(all, "═════ {id}\n{found}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn pages_and_groups() {
    let mut all = String::new();
    for pages in [
        "pages:\n  page: event\n",
        "pages:\n  - event\n",
        "pages:\n  - page: event\n    fields: []\n",
        "pages:\n  - page: event\n    title: X\n    max: 5\n    fields: []\n",
        "pages:\n  - page: event\n    title: X\n    group: streets\n    fields: []\n",
        "pages:\n  - page: event\n    title: X\n    group: streets\n    max: many\n    min: -1\n    feilds: []\n",
    ] {
        let _ = writeln!(
            all,
            "═════\n{pages}─────\n{}",
            found(&format!("{HEAD}{pages}"))
        );
    }
    insta::assert_snapshot!(all);
}

#[test]
fn parts() {
    let all = after_pages(&[
        "parameters:\n  fee: 12.50\n",
        "parameters:\n  fee:\n    type: money\n",
        "parameters:\n  fee:\n    type: moneys\n    value: 1\n",
        "parameters:\n  fee:\n    type: integer\n    value: 1.5\n    periods:\n      - value: 2.5\n        from: 01.04.2026\n",
        "parameters:\n  fee:\n    type: decimal\n    value: 0.12345678901234567890123456789\n",
        "facts:\n  income:\n    type: money\n    label: Income\n    field: x\n",
        "values:\n  total:\n    label: Total\n  other: 1 +\n",
        "checks:\n  - check: x\n    at: a.b.c\n    require: stalls > 5\n",
        "checks:\n  - check: x\n    at: stalls\n    require: stalls == \"5 #1\"\n    say: At most {stalls > } of {stalls}}\n",
        "decisions:\n  - decision: x\n    title: X\n    if_ineligible: reject\n    rules:\n      - rule: y\n        requires: true\n        say: no\n",
        "fees:\n  - fee: base\n    label: Base\n    amount: 5 €\n    omit_zero: yes\n  - entitlement: x\n    label: Y\n",
        "tabels: x\n",
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn tables() {
    let all = after_pages(&[
        "tables:\n  t:\n    label: T\n",
        "tables:\n  t:\n    rows:\n      - a: 1\n        b: 2\n",
        "tables:\n  t:\n    outputs:\n      fee: money\n    rows:\n      - a: '1'\n        fee: 2\n      - a: '2'\n        fees: 3\n      - a: '3'\n",
        "tables:\n  t:\n    inputs:\n      a: stalls\n    outputs:\n      fee: sum\n    rows:\n      - a: '1'\n        fee: 2\n",
        "tables:\n  t:\n    inputs:\n      a:\n        same_as: stalls\n        type: integer\n      c:\n        type: integer\n    outputs:\n      fee: money\n    rows:\n      - a: 1\n        fee: 1\n",
        "tables:\n  t:\n    hit: uniqe\n    outputs:\n      fee: money\n    rows: []\n",
        "tables:\n  t:\n    csv: tables/t.csv\n    rows: []\n",
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn cells() {
    let mut all = String::new();
    for cell in [
        "0..5",
        "[..]",
        "[1..5",
        "1-5",
        "[5]",
        "a, b",
        "a |",
        "- | 5",
        "<",
        "< 5 | > 7..",
        "= 5",
        "!= 5",
        "≤ 5",
        "> 1 < 5",
        "\"a",
        "1,5",
    ] {
        let quoted = format!("'{cell}'");
        let table = format!(
            "tables:\n  t:\n    outputs:\n      fee: money\n    rows:\n      - a: {quoted}\n        fee: 1\n"
        );
        let _ = writeln!(
            all,
            "═════ {cell}\n{}",
            found(&format!("{HEAD}{PAGES}{table}"))
        );
    }
    for cell in [
        "-",
        "blank",
        "5",
        "-5",
        "a | b",
        "\"a | b\" | c",
        "< 5",
        ">= -5",
        "[1..5)",
        "(..5]",
        "[2026-01-01..)",
        "blank | 0",
    ] {
        let table = format!(
            "tables:\n  t:\n    outputs:\n      fee: money\n    rows:\n      - a: '{cell}'\n        fee: 1\n"
        );
        assert_eq!(found(&format!("{HEAD}{PAGES}{table}")), "", "{cell}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn csv_files() {
    let table = "tables:\n  t:\n    inputs:\n      day:\n        type: date\n    outputs:\n      fee: money\n      from: date\n    csv: tables/t.csv\n";
    let form = format!("{HEAD}{PAGES}{table}");
    let mut all = String::new();
    for csv in [
        "",
        "day;fee;from\n2026-01-01;1;2026-01-01\n",
        "day,fee,from\n-,1,1/4/26\n-,2,01.04.2026\n-,3,Apr-26\n-,4,46113\n-,5,2026-04-01 00:00\n",
        "day,fee,from\n-,\"1,5\",2026-01-01\n-,£2,2026-01-01\n",
        "day,fee,from\n-,1,5,2026-01-01\n\n,,\n-,,2026-01-01\n,1,2026-01-01\n",
        "Day,fee,fee\n-,1,2\n",
        "day,fee,from\n\"a | \"\"b\",1,2026-01-01\n",
        "day,fee\n-,1\n",
        "day,fee,from,more\n-,1,2026-01-01,x\n",
    ] {
        let found = found_with(&form, &[("tables/t.csv", csv.as_bytes())]);
        let _ = writeln!(all, "═════\n{csv}─────\n{found}");
    }
    let absent = found_with(&form, &[("tables/tt.csv", b"a,b\n")]);
    let _ = writeln!(all, "═════ absent\n{absent}");
    insta::assert_snapshot!(all);
}

#[test]
fn locale_files() {
    let form = format!("{HEAD}{PAGES}").replace("[en]", "[en, cy]");
    let locale = "status: done\nform.title: Ffair {{x}}\ncheck.x: '{n + }'\nform.title: Eto\n";
    let found = found_with(&form, &[("locales/cy.yaml", locale.as_bytes())]);
    insta::assert_snapshot!(found);
}
