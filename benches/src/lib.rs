//! Generated forms of any size, for benches and tests of growth.

pub mod growth;
pub mod permit;

use std::fmt::Write as _;

use counterfoil_compiler::Files;

/// How large a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Questions.
    pub fields: usize,
    /// Rules of decisions, and as many values.
    pub rules: usize,
    /// Decision tables.
    pub tables: usize,
    /// Rows of each table.
    pub rows: usize,
}

impl Size {
    /// A form with so many fields, half as many rules, and a table of 50 rows for 20 fields.
    pub const fn of_fields(fields: usize) -> Self {
        Self {
            fields,
            rules: fields / 2,
            tables: fields / 20,
            rows: 50,
        }
    }
}

/// Questions on a page.
const PAGE: usize = 10;
/// Rules of a decision.
const DECISION: usize = 10;
/// The greatest number that is an answer.
const MOST: usize = 1_000;

/// The files of a sound form of that size.
///
/// On each page the first question is a yes or no, the second a choice, and every third of the others is
/// asked under a condition on the two. Values use questions of several pages and earlier values; rules and
/// fees use values and tables.
pub fn form(size: Size) -> Files {
    let mut form = String::from(
        "form: generated\ntitle: Generated\ncurrency: EUR\ntimezone: Europe/Berlin\n\
         languages:\n  - en\neffective: 2026-01-01..\n",
    );
    parameters(&mut form, size);
    pages(&mut form, size);
    values(&mut form, size);
    checks(&mut form, size);
    decisions(&mut form, size);
    fees(&mut form, size);
    let mut files = vec![("form.yaml".to_owned(), String::new())];
    form.push_str("tables:\n");
    for table in 0..size.tables {
        line(
            &mut form,
            format_args!(
                "  table_{table}:\n    inputs:\n      amount:\n        type: integer\n        \
                 min: 0\n        max: {MOST}\n      kind:\n        same_as: f_{}\n    outputs:\n      \
                 fee: money\n    csv: tables/table_{table}.csv",
                kind_of(size, table * 20)
            ),
        );
        files.push((format!("tables/table_{table}.csv"), rows(size, table)));
    }
    files[0].1 = form;
    Files::in_memory(files)
}

/// Answers to all questions of a form of that size, as JSON text: every question is asked.
pub fn answers(size: Size) -> String {
    let answer = |field: usize| match field % PAGE {
        0 => "true".to_owned(),
        1 => "\"a\"".to_owned(),
        2 => "\"Harbour Street 12\"".to_owned(),
        _ => (field * 7 % 90).to_string(),
    };
    let entries = (0..size.fields).map(|field| format!("\"f_{field}\":{}", answer(field)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a text does not fail.
    let _ = writeln!(text, "{line}");
}

/// The choice on the page of a field.
fn kind_of(size: Size, field: usize) -> usize {
    (field % size.fields) / PAGE * PAGE + 1
}

/// A number that is always asked, on the page of a field.
fn number_of(size: Size, field: usize) -> usize {
    (field % size.fields) / PAGE * PAGE + 3
}

fn parameters(form: &mut String, size: Size) {
    form.push_str("parameters:\n");
    for parameter in 0..size.rules / 10 {
        line(
            form,
            format_args!(
                "  p_{parameter}:\n    type: integer\n    periods:\n      - from: 2026-01-01\n        \
                 value: {}\n      - from: 2027-01-01\n        value: {}",
                parameter + 1,
                parameter + 2
            ),
        );
    }
}

fn pages(form: &mut String, size: Size) {
    form.push_str("pages:\n");
    for field in 0..size.fields {
        let page = field / PAGE * PAGE;
        if field == page {
            let number = page / PAGE;
            line(
                form,
                format_args!("  - page: page_{number}\n    title: Page {number}\n    fields:"),
            );
        }
        line(
            form,
            format_args!("      - field: f_{field}\n        label: Question {field}"),
        );
        match field - page {
            0 => form.push_str("        type: boolean\n"),
            1 => form.push_str(
                "        type: choice\n        options:\n          a: A\n          b: B\n          c: C\n",
            ),
            2 => form.push_str("        type: text\n        max_length: 80\n"),
            _ => line(
                form,
                format_args!("        type: integer\n        min: 0\n        max: {MOST}"),
            ),
        }
        if field - page > 3 && field % 3 == 0 {
            line(
                form,
                format_args!(
                    "        when: f_{page} and f_{} in [\"a\", \"b\"]",
                    page + 1
                ),
            );
        }
    }
}

fn values(form: &mut String, size: Size) {
    form.push_str("values:\n");
    for value in 0..size.rules {
        let (a, b) = (number_of(size, value * 2), number_of(size, value * 7));
        match value % 4 {
            0 => line(form, format_args!("  v_{value}: f_{a} + 2 * f_{b}")),
            1 => line(
                form,
                format_args!("  v_{value}: max(v_{}, f_{a}) - min(f_{b}, 10)", value - 1),
            ),
            2 => {
                let page = a / PAGE * PAGE;
                let hidden = (page + 4..page + PAGE)
                    .find(|field| field % 3 == 0)
                    .unwrap_or(a);
                line(
                    form,
                    format_args!(
                        "  v_{value}: if f_{page} and f_{} == \"a\" {{ f_{hidden} + 1 }} else {{ 0 }}",
                        page + 1
                    ),
                );
            }
            _ => line(
                form,
                format_args!("  v_{value}: (v_{} + f_{a}) * 3", value - 1),
            ),
        }
    }
}

fn checks(form: &mut String, size: Size) {
    form.push_str("checks:\n");
    for check in 0..size.rules / 5 {
        let at = number_of(size, check * 10);
        line(
            form,
            format_args!(
                "  - check: check_{check}\n    at: f_{at}\n    require: f_{at} + 10 <= v_{}\n    \
                 say: Too many for {{f_{at}}}",
                check * 5
            ),
        );
    }
}

fn decisions(form: &mut String, size: Size) {
    form.push_str("decisions:\n");
    for rule in 0..size.rules {
        if rule % DECISION == 0 {
            let number = rule / DECISION;
            line(
                form,
                format_args!("  - decision: d_{number}\n    title: Decision {number}\n    rules:"),
            );
        }
        line(
            form,
            format_args!(
                "      - rule: r_{rule}\n        require: v_{rule} <= 5 * p_{} + {}\n        \
                 say: Rule {rule} allows {{p_{0}}}",
                rule / 10,
                rule * 7 % 900
            ),
        );
    }
}

fn fees(form: &mut String, size: Size) {
    form.push_str("fees:\n");
    for fee in 0..size.tables {
        let (number, kind) = (number_of(size, fee * 20), kind_of(size, fee * 20));
        line(
            form,
            format_args!(
                "  - fee: fee_{fee}\n    label: Fee {fee}\n    amount: table_{fee}(f_{number}, f_{kind})"
            ),
        );
    }
}

/// Bands of amounts, two kinds in the one row and the third in the other.
fn rows(size: Size, table: usize) -> String {
    let mut csv = String::from("amount,kind,fee\n");
    let bands = (size.rows / 2).max(1);
    for band in 0..bands {
        let (from, to) = (band * MOST / bands, (band + 1) * MOST / bands);
        let amount = if band + 1 == bands {
            format!(">= {from}")
        } else {
            format!("[{from}..{to})")
        };
        line(&mut csv, format_args!("{amount},a | b,{}.50", band + table));
        line(&mut csv, format_args!("{amount},c,{}.25", band + table));
    }
    csv
}
