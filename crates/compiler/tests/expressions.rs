//! Expressions: what they are read as, and what is refused with which words.

use std::fmt::Write as _;

use counterfoil_compiler::{
    SourceMap, diagnostic,
    expression::{Expr, ExprKind, Parser},
    render,
    source::Text,
};

fn parse(source: &str) -> (Expr, String, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("form.yaml", source);
    let mut diagnostics = Vec::new();
    let text = Text::verbatim(file, 0, source);
    let expr = Parser::new().parse(&text, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let rendered = render::human(&diagnostics, &sources, false);
    (expr, rendered, sources)
}

/// The tree as nested lists, each node followed by the source at its span.
fn outline(expr: &Expr, sources: &SourceMap, depth: usize, out: &mut String) {
    let (name, children): (String, Vec<&Expr>) = match &expr.kind {
        ExprKind::Boolean(value) => (value.to_string(), vec![]),
        ExprKind::Number { value, .. } => (format!("number {value}"), vec![]),
        ExprKind::Text(text) => (format!("text {text:?}"), vec![]),
        ExprKind::Name(name) => (format!("name {name}"), vec![]),
        ExprKind::Member { base, name } => (format!("member {}", name.value), vec![base]),
        ExprKind::Call { name, arguments } => {
            (format!("call {}", name.value), arguments.iter().collect())
        }
        ExprKind::Method {
            base,
            name,
            arguments,
        } => {
            let children = std::iter::once(&**base).chain(arguments).collect();
            (format!("method {}", name.value), children)
        }
        ExprKind::Not(operand) => ("not".to_owned(), vec![operand]),
        ExprKind::Negate(operand) => ("negate".to_owned(), vec![operand]),
        ExprKind::And(operands) => ("and".to_owned(), operands.iter().collect()),
        ExprKind::Or(operands) => ("or".to_owned(), operands.iter().collect()),
        ExprKind::Binary { op, left, right } => {
            assert_eq!(sources.slice(op.span), op.value.symbol());
            (op.value.symbol().to_owned(), vec![left, right])
        }
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => ("if".to_owned(), vec![condition, then, otherwise]),
        ExprKind::List(items) => ("list".to_owned(), items.iter().collect()),
        ExprKind::Error => ("error".to_owned(), vec![]),
    };
    let indent = "  ".repeat(depth);
    let _ = writeln!(out, "{indent}{name}  ⟨{}⟩", sources.slice(expr.span));
    for child in children {
        outline(child, sources, depth + 1, out);
    }
}

#[test]
fn trees() {
    let mut all = String::new();
    for source in [
        "sells_food",
        "not(sells_food) and (stalls > 2 or organiser == \"charity\") and true",
        "a and -b > 0",
        "a or b and c",
        "days_between(today, event_date) >= notice_days",
        "-round(fees.base * 0.50, 0.01)",
        "2 - -5 + -(3) - - 4",
        "(a + b) * (c - (d))",
        "a - b - c / d",
        "(a ?? 0) + (b ?? -1)",
        "a ?? b ?? 2.50 > 5",
        "\"pool\" in features",
        "x in [\"a\", \"b\"] == y",
        "if a { 1 } else if (b) { 2 } else { (3) }",
        "1 + if a { b } else { if c { 1 } else { 2 } }",
        "zone_limits(site_zone).storeys",
        "all(structures.storeys <= highest)",
        "f() + ((a)).b",
        "if any(streets.closed) {\n  1\n} else {\n  count(streets)\n}",
        "[1, 2.0, []]",
        "fee.on(born) + (rate).on(stay.end)",
        "\"é “x” \\\"q\\\"\" == größe_x",
    ] {
        let (expr, rendered, sources) = parse(source);
        let _ = writeln!(all, "═════ {source}");
        outline(&expr, &sources, 0, &mut all);
        all.push_str(&rendered);
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[test]
fn refusals() {
    let mut all = String::new();
    for source in [
        "a && b || !c",
        "!any(a.b) and !(c or d)",
        "a !in b",
        "not a",
        "a AND b",
        "organiser = \"charity\"",
        "organiser == 'charity'",
        "organiser == 'c'",
        "organiser == “charity”",
        "organiser == `charity`",
        "organiser == \"charity",
        "a ≥ 5",
        "a % 2 == 0",
        "2 ** 3",
        "a?.b",
        "a is b",
        "a === b",
        "x == null",
        "1 < a < 5",
        "a == b == c",
        "a ?? 0 + b",
        "a * 2 ?? b",
        "switch a { 1 => 2, _ => 3 }",
        "let x = 1; x + 1",
        "for x in y { z }",
        "|x| x + 1",
        "x += 1",
        "a; b",
        "streets[0].metres",
        "x.round(2)",
        "if a { 1 }",
        "if a { b; c } else { d }",
        "#{ a: 1 }",
        "()",
        "1_000",
        "0x1F",
        "1e3",
        "1.",
        ".5",
        "12345678901234567890123456789",
        "0.12345678901234567890123456789",
        "a // why",
        "a # why",
        "a b",
        "stalls 2",
        "(a + b",
        "a + b)",
        "f(a, ",
        "a +",
        "",
        "a..b",
        "import \"x\" as y",
        "fees.",
        "£5",
        "+5",
        "this",
        "print(1)",
        "a <> b",
        "25%",
        "a =< b",
        "a => b",
        "a !== b",
    ] {
        let (expr, rendered, _) = parse(source);
        assert!(!rendered.is_empty(), "{source:?} is read as {expr:?}");
        let _ = writeln!(all, "═════ {source}\n{rendered}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn deep_and_long_expressions_are_refused_and_do_not_overflow() {
    for source in [
        format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("{}1", "(".repeat(100_000)),
        format!("{}1", "- ".repeat(100_000)),
        format!("{}1", "not(".repeat(100_000)),
        format!("1{}", " + 1".repeat(100_000)),
        format!("{}1", "if a { ".repeat(10_000)),
        format!("a{}", ".b".repeat(100_000)),
    ] {
        let (expr, rendered, _) = parse(&source);
        assert_eq!(expr.kind, ExprKind::Error);
        assert!(rendered.contains("CF0123"), "{rendered}");
    }
    // The largest that pass, within the small stack of a test's thread.
    let largest = format!("{}1{}", "(a + ".repeat(39), ")".repeat(39));
    assert_eq!(parse(&largest).1, "");
    let longest = format!("1{}", " + 1".repeat(299));
    assert_eq!(parse(&longest).1, "");
}
