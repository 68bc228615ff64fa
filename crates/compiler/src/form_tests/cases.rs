//! Tables of cases: a CSV file with a test a row.
//!
//! ```text
//! test,as_of,sells_food,stalls,streets[0].metres,=fees.total,=errors.stalls
//! Three stalls,2026-06-01,true,3,12.5,60.40,
//! Too many,2026-06-01,true,201,12.5,,range
//! ```
//!
//! A column is `test`, `as_of`, the path of an answer, `facts.` with a fact, or `=` with a place in the
//! report. An empty cell answers nothing and expects nothing; `null` says that there is nothing. Options of a
//! set are separated by `|`. What all rows share can stand beside `cases:`.

use counterfoil_engine::plan::Rules;

use super::{read::SECTIONS, shape::Shape};
use crate::{
    closest::closest,
    codes,
    definition::{Context, Sheet, read_sheet},
    diagnostic::Diagnostic,
    source::{Span, Spanned, Text},
    yaml::{Entry, Node, NodeKind, Scalar, Style},
};

/// What a column is for.
enum Column {
    /// `test` or `as_of`.
    Key(&'static str),
    /// A path among the answers or facts, or in the report, under that key of a test.
    Path(&'static str, Vec<Step>, bool),
    /// Reported already.
    Error,
}

/// A step of a path.
enum Step {
    Key(String),
    Position(usize),
}

/// The tests of a table, as nodes like those of `tests.yaml`. `shared` are the entries beside `cases:`.
pub(super) fn cases(
    context: &mut Context<'_>,
    rules: &Rules,
    file: &Node,
    shared: &[Entry],
) -> Vec<Node> {
    let Some(text) = context.text(file, "the name of a table of cases") else {
        return Vec::new();
    };
    let name = Spanned::new(text.text.clone(), text.whole());
    let Some(sheet) = read_sheet(context, &name) else {
        return Vec::new();
    };
    let columns: Vec<Column> = sheet
        .header
        .iter()
        .map(|header| column(context, rules, header))
        .collect();
    let Sheet { rows, .. } = sheet;
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| {
            let mut entries: Vec<Entry> = (shared.iter())
                .filter(|entry| entry.key.value != "cases")
                .cloned()
                .collect();
            let title = format!("{}, row {}", name.value, index + 1);
            put(&mut entries, "test", scalar(title, row.span), row.span);
            // A row expects nothing where all its cells for the report are empty.
            if !entries.iter().any(|entry| entry.key.value == "expect") {
                let nothing = Node {
                    kind: NodeKind::Mapping(Vec::new()),
                    span: row.span,
                };
                put(&mut entries, "expect", nothing, row.span);
            }
            for (column, cell) in columns.iter().zip(&row.cells) {
                if cell.text.is_empty() {
                    continue;
                }
                let span = cell.whole();
                match column {
                    Column::Key(key) => {
                        let value = scalar(cell.text.clone(), span);
                        put(&mut entries, key, value, span);
                    }
                    Column::Path(section, steps, is_list) => {
                        let value = value(cell, *is_list);
                        let holder = child(&mut entries, section, span);
                        place(holder, steps, value, span);
                    }
                    Column::Error => {}
                }
            }
            Node {
                kind: NodeKind::Mapping(entries),
                span: row.span,
            }
        })
        .collect()
}

fn column(context: &mut Context<'_>, rules: &Rules, header: &Text) -> Column {
    let text = header.text.as_str();
    match text {
        "test" => return Column::Key("test"),
        "as_of" => return Column::Key("as_of"),
        _ => {}
    }
    if let Some(path) = text.strip_prefix('=') {
        let path = path.trim();
        let (section, rest) = path.split_once('.').unwrap_or((path, ""));
        let Some(section) = SECTIONS.iter().find(|known| **known == section) else {
            let names = SECTIONS.iter().map(|section| format!("={section}"));
            return unknown(
                context,
                header,
                "a part of the report",
                &names.collect::<Vec<_>>(),
            );
        };
        let mut steps = vec![Step::Key((*section).to_owned())];
        match *section {
            _ if rest.is_empty() => {}
            // Rules go by `decision.rule`, errors and the like by the path of a question.
            "rules" | "errors" | "missing" | "ignored" => steps.push(Step::Key(rest.to_owned())),
            _ => steps.extend(path_steps(rest)),
        }
        return Column::Path("expect", steps, false);
    }
    let (section, shape, path) = match text.strip_prefix("facts.") {
        Some(path) => ("facts", Shape::Facts(rules), path),
        None => ("answers", Shape::Answers(rules), text),
    };
    let steps = path_steps(path);
    let mut known = Some(shape);
    for step in &steps {
        known = known.and_then(|shape| match step {
            Step::Key(key) => shape.entry(key),
            Step::Position(_) => Some(shape.item()),
        });
    }
    match known {
        Some(shape) if !matches!(shape, Shape::Loose) => {
            let is_list = matches!(shape, Shape::Options | Shape::Records(_));
            Column::Path(section, steps, is_list)
        }
        _ => {
            let names: Vec<String> = shape
                .names()
                .iter()
                .map(|name| (*name).to_owned())
                .collect();
            unknown(context, header, "an answer", &names)
        }
    }
}

fn unknown(context: &mut Context<'_>, header: &Text, what: &str, names: &[String]) -> Column {
    let text = header.text.as_str();
    let found = Diagnostic::error(
        codes::TEST_COLUMN,
        header.whole(),
        format!("the column `{text}` is not {what} of this form"),
    );
    context.error(match closest(text, names.iter().map(String::as_str)) {
        Some(meant) => found
            .help(format!("Did you mean `{meant}`?"))
            .suggest(header.whole(), meant),
        None => found.help(
            "A column is `test`, `as_of`, the path of an answer such as `stalls` or `streets[0].metres`, \
             `facts.` with a fact, or `=` with a place in the report such as `=fees.total`.",
        ),
    });
    Column::Error
}

/// The steps of a path such as `streets[0].metres`.
fn path_steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, rest) = part.split_once('[').unwrap_or((part, ""));
        steps.push(Step::Key(key.to_owned()));
        steps.extend(
            rest.strip_suffix(']')
                .and_then(|n| n.parse().ok())
                .map(Step::Position),
        );
    }
    steps
}

/// A cell; in a column of options or of records a list, of which `[]` is the empty one.
fn value(cell: &Text, is_list: bool) -> Node {
    let span = cell.whole();
    if is_list && cell.text == "[]" {
        return Node {
            kind: NodeKind::List(Vec::new()),
            span,
        };
    }
    if !is_list || cell.text == "null" {
        return scalar(cell.text.clone(), span);
    }
    let options = cell
        .text
        .split('|')
        .map(|option| scalar(option.trim().to_owned(), span));
    Node {
        kind: NodeKind::List(options.collect()),
        span,
    }
}

/// A cell as if it were written plainly: the form says what it means.
fn scalar(text: String, span: Span) -> Node {
    Node {
        kind: NodeKind::Scalar(Scalar {
            text,
            style: Style::Plain,
            comment: None,
        }),
        span,
    }
}

fn put(entries: &mut Vec<Entry>, key: &str, value: Node, span: Span) {
    match entries.iter_mut().find(|entry| entry.key.value == key) {
        Some(entry) => entry.value = value,
        None => entries.push(Entry {
            key: Spanned::new(key.to_owned(), span),
            value,
        }),
    }
}

/// The node under a key, made where there is none.
fn child<'n>(entries: &'n mut Vec<Entry>, key: &str, span: Span) -> &'n mut Node {
    let position = entries.iter().position(|entry| entry.key.value == key);
    let position = position.unwrap_or_else(|| {
        put(entries, key, nothing(span), span);
        entries.len() - 1
    });
    &mut entries[position].value
}

const fn nothing(span: Span) -> Node {
    Node {
        kind: NodeKind::Empty,
        span,
    }
}

/// Puts a value at the end of a path, making what lies on the way.
fn place(holder: &mut Node, steps: &[Step], value: Node, span: Span) {
    /// No group has more records; a column beyond is left out.
    const MOST_RECORDS: usize = 10_000;
    let Some((step, rest)) = steps.split_first() else {
        *holder = value;
        return;
    };
    let inner = match step {
        Step::Key(key) => {
            if !matches!(holder.kind, NodeKind::Mapping(_)) {
                holder.kind = NodeKind::Mapping(Vec::new());
            }
            let NodeKind::Mapping(entries) = &mut holder.kind else {
                return;
            };
            child(entries, key, span)
        }
        Step::Position(position) => {
            if *position >= MOST_RECORDS {
                return;
            }
            if !matches!(holder.kind, NodeKind::List(_)) {
                holder.kind = NodeKind::List(Vec::new());
            }
            let NodeKind::List(items) = &mut holder.kind else {
                return;
            };
            while items.len() <= *position {
                items.push(Node {
                    kind: NodeKind::Mapping(Vec::new()),
                    span,
                });
            }
            &mut items[*position]
        }
    };
    place(inner, rest, value, span);
}
