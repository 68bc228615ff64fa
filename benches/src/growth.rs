//! Forms of which one thing alone grows: the records of a list, or the rows of a table.

use std::fmt::Write as _;

use counterfoil_compiler::Files;

const HEAD: &str = "\
form: growing
title: Growing
currency: EUR
timezone: Europe/Berlin
languages:
  - en
effective: 2026-01-01..
";

const LIST: &str = "
    group: items
    record: item
    min: 1
    fields:
      - field: kind
        label: Kind
        type: choice
        options:
          a: A
          b: B
          c: C
      - field: amount
        label: Amount
        type: integer
        min: 0
        max: 1000
      - field: note
        label: Note
        type: text
        max_length: 80
        when: kind == \"c\"
    values:
      fee: fees_of(kind, amount)
      counted: if kind == \"a\" { amount } else { 0 }
values:
  total: sum(items.amount)
  counted_total: sum(items.counted)
decisions:
  - decision: permit
    title: Permit
    rules:
      - rule: each
        require: all(items.amount <= 900)
        say: At most 900 each
      - rule: together
        require: counted_total <= total * 0.75
        say: At most three quarters of kind A
fees:
  - fee: items
    label: Items
    amount: sum(items.fee)
tables:
  fees_of:
    inputs:
      kind:
        same_as: items.kind
      amount:
        same_as: items.amount
    outputs:
      fee: money
    rows:
      - kind: a
        amount: \"-\"
        fee: 5.00
      - kind: b | c
        amount: \"< 500\"
        fee: 7.50
      - kind: b | c
        amount: \">= 500\"
        fee: 9.50
";

const TABLE: &str = "\
pages:
  - page: only
    title: Amount
    fields:
      - field: amount
        label: Amount
        type: integer
        min: 0
        max: 1000000
fees:
  - fee: band
    label: Band
    amount: bands(amount)
tables:
  bands:
    inputs:
      amount:
        same_as: amount
    outputs:
      fee: money
    csv: tables/bands.csv
";

/// A form with a list of at most so many records, of which each has values, a condition and a look-up, and
/// which the form sums and holds against limits.
pub fn list(most: usize) -> Files {
    let page = "pages:\n  - page: list\n    title: Items\n    max: ";
    let form = format!("{HEAD}{page}{most}{LIST}");
    Files::in_memory(vec![("form.yaml".to_owned(), form)])
}

/// Answers with so many records as JSON text; every twelfth is like the first.
pub fn list_answers(records: usize) -> String {
    let record = |index: usize| {
        let kind = ["a", "b", "c", "b"][index % 4];
        let amount = 250 * (index % 3) + 100;
        let note = if kind == "c" {
            r#","note":"Harbour Street 12""#
        } else {
            ""
        };
        format!(r#"{{"kind":"{kind}","amount":{amount}{note}}}"#)
    };
    let records: Vec<_> = (0..records).map(record).collect();
    format!(r#"{{"items":[{}]}}"#, records.join(","))
}

/// The greatest amount that is an answer to [`table`].
pub const MOST: usize = 1_000_000;

/// A form with one question, and a look-up in a table of so many rows, at least two: bands of amounts, each as
/// wide as the others.
pub fn table(rows: usize) -> Files {
    let mut csv = String::from("amount,fee\n");
    for row in 0..rows {
        let (from, to) = (row * MOST / rows, (row + 1) * MOST / rows);
        let band = if row + 1 == rows {
            format!(">= {from}")
        } else {
            format!("[{from}..{to})")
        };
        // Writing to a text does not fail.
        let _ = writeln!(csv, "{band},{row}.50");
    }
    Files::in_memory(vec![
        ("form.yaml".to_owned(), format!("{HEAD}{TABLE}")),
        ("tables/bands.csv".to_owned(), csv),
    ])
}
