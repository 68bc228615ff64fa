//! Every witness is evaluated again and shows what it is said to show.

use counterfoil_compiler::{Diagnostic, Severity, render};
use counterfoil_engine::{Plan, evaluate};

use crate::{QUESTIONS, compiled};

/// The warnings of a form, their witnesses evaluated with its plan.
fn witnessed(text: &str) -> Vec<Diagnostic> {
    let compiled = compiled(text);
    let human = render::human(&compiled.diagnostics, &compiled.sources, false);
    let plan = Plan::load(compiled.plan.clone().expect(&human)).unwrap();
    for found in &compiled.diagnostics {
        let Some(witness) = &found.witness else {
            continue;
        };
        let report = evaluate(&plan, &witness.answers, &witness.context).unwrap();
        let shown = report
            .errors
            .iter()
            .any(|error| error.path == witness.path && error.code == witness.error);
        assert!(shown, "{found:?}\n{:?}", report.errors);
        if ["CF0604", "CF1010"].contains(&found.code.id) {
            assert_eq!(fails_of(text, found), [witness.path.as_str()], "{found:?}");
        }
        // Nothing is in the answers that does not matter to it.
        for index in 0..witness.answers.0.len() {
            let mut fewer = witness.answers.clone();
            fewer.0.remove(index);
            let report = evaluate(&plan, &fewer, &witness.context).unwrap();
            assert!(report.errors.iter().all(|error| error.path != witness.path));
        }
    }
    compiled.diagnostics
}

/// Where the answers of a warning no longer make the evaluation fail once the operation that it is about
/// cannot: the form is written with 1 in place of a divisor that is 0, and with the first date that there is
/// in place of one that is moved.
fn fails_of(text: &str, found: &Diagnostic) -> Vec<String> {
    let witness = found.witness.as_ref().unwrap();
    let sources = compiled(text).sources;
    let written = sources.slice(found.span);
    let sound = match found.code.id {
        "CF0604" => format!("(if ({written}) == 0 {{ 1 }} else {{ {written} }})"),
        _ => "date(2026, 1, 1)".to_owned(),
    };
    let mended = format!(
        "{}{sound}{}",
        &text[..found.span.start],
        &text[found.span.end..]
    );
    let failing = |text: &str| -> Vec<String> {
        let compiled = compiled(text);
        let human = render::human(&compiled.diagnostics, &compiled.sources, false);
        let plan = Plan::load(compiled.plan.expect(&human)).unwrap();
        let report = evaluate(&plan, &witness.answers, &witness.context).unwrap();
        let errors = report.errors.into_iter();
        let failed = errors.filter(|error| error.code == "arithmetic");
        failed.map(|error| error.path.into_owned()).collect()
    };
    let still = failing(&mended);
    let mut failed = failing(text);
    failed.retain(|path| !still.contains(path));
    failed
}

fn with_value(expr: &str) -> String {
    format!("{QUESTIONS}values:\n  x:\n    label: X\n    expr: '{expr}'\n")
}

#[test]
fn divisions_by_zero_come_with_the_answers_that_do_it() {
    for (expr, severity) in [
        ("round(price / age, 0.01)", Some(Severity::Warning)),
        ("round(price / (age - 7), 0.01)", Some(Severity::Warning)),
        (
            "round(price / (age - sum(streets.metres)), 0.01)",
            Some(Severity::Warning),
        ),
        (
            "round(price / (if sells_food { stalls - 3 } else { 1 }), 0.01)",
            Some(Severity::Warning),
        ),
        ("round(price / days_between(born, today), 0.01)", None),
        (
            "round(price / age_on(born, today), 0.01)",
            Some(Severity::Warning),
        ),
        (
            "sum(round(price / (streets.metres - 5), 0.01))",
            Some(Severity::Warning),
        ),
        ("round(price / count(streets), 0.01)", None),
        ("round(price / (guests ?? 1), 0.01)", None),
        (
            "if age > 3 and guests > age { round(price / (guests - age), 0.01) } else { 0 }",
            None,
        ),
    ] {
        let expr = expr.replace("guests > age", "(guests ?? 0) > age");
        let expr = expr.replace("(guests - age)", "((guests ?? 0) - age)");
        let found = witnessed(&with_value(&expr));
        let found: Vec<_> = found.iter().filter(|d| d.code.id == "CF0604").collect();
        let severities: Vec<Severity> = found.iter().map(|d| d.severity).collect();
        let expected: Vec<Severity> = severity.into_iter().collect();
        assert!(
            severities == expected || (severity.is_none() && severities == [Severity::Note]),
            "{expr}: {found:?}"
        );
        for diagnostic in found {
            let wanted = diagnostic.severity == Severity::Warning;
            assert_eq!(diagnostic.witness.is_some(), wanted, "{expr}");
        }
    }
}

#[test]
fn dates_beyond_the_calendar_come_with_the_answers_that_do_it() {
    let text = QUESTIONS.replace("        max: 2025-12-31\n", "");
    for expr in [
        "add_days(born, 30)",
        "born + days(30)",
        "months(2) + born",
        "born + (years(1) - days(1))",
        "add_working_days(born, 10, [\"2026-12-25\"])",
    ] {
        let found = witnessed(&format!(
            "{text}values:\n  x:\n    label: X\n    expr: '{expr}'\n"
        ));
        assert_eq!(found.len(), 1, "{expr}: {found:?}");
        assert_eq!(found[0].code.id, "CF1010");
        let witness = found[0].witness.as_ref().unwrap();
        assert_eq!(witness.lines, ["Born: 31 December 9999"], "{expr}");
        assert_eq!(witnessed(&with_value(expr)), [], "{expr}");
    }
    let text = QUESTIONS.replace("        min: 1900-01-01\n", "");
    let found = witnessed(&format!(
        "{text}values:\n  x:\n    label: X\n    expr: born - weeks(1)\n"
    ));
    let lines = found
        .iter()
        .map(|d| d.witness.as_ref().unwrap().lines.clone());
    assert_eq!(lines.collect::<Vec<_>>(), [["Born: 1 January 1"]]);
}

#[test]
fn witnesses_are_shown_in_the_forms_own_terms() {
    let text = with_value("if organiser == \"charity\" { round(price / age, 0.01) } else { 0 }");
    let found = witnessed(&text);
    let witness = found[0].witness.as_ref().unwrap();
    assert_eq!(witness.lines[0], "Age: 0");
    assert_eq!(witness.lines[1], "Who: A charity");
    assert!(
        witness.lines[2].starts_with("Price: £"),
        "{:?}",
        witness.lines
    );
    let compiled = compiled(&text);
    let human = render::human(&compiled.diagnostics, &compiled.sources, false);
    assert!(
        human.contains("for example, where Age: 0; Who: A charity"),
        "{human}"
    );
    let json = render::json(&compiled.diagnostics, &compiled.sources);
    assert_eq!(json[0]["witness"]["answers"]["age"], 0);
    assert_eq!(json[0]["witness"]["error"], "arithmetic");
    assert_eq!(json[0]["witness"]["path"], "values.x");
}

/// A form with functions of whole numbers from 0 to 240, and one value.
fn with_functions(functions: &[(&str, &str, &str)], value: &str) -> String {
    let mut text = format!("{QUESTIONS}functions:\n");
    for (name, arguments, body) in functions {
        text.push_str(&format!(
            "  - function: {name}\n    label: {name}\n    arguments:\n"
        ));
        for argument in arguments.split(' ') {
            text.push_str(&format!(
                "      {argument}:\n        type: integer\n        min: 0\n        max: 240\n"
            ));
        }
        text.push_str(&format!("    expr: |\n      {body}\n"));
    }
    format!("{text}values:\n  x:\n    label: X\n    expr: '{value}'\n")
}

fn kinds(found: &[Diagnostic]) -> Vec<(&'static str, Severity, bool)> {
    let kind = |d: &Diagnostic| (d.code.id, d.severity, d.witness.is_some());
    found.iter().map(kind).collect()
}

#[test]
fn divisors_within_functions_are_proved_of_each_call() {
    let warning = ("CF0604", Severity::Warning, true);
    for (body, value, found) in [
        ("round(a / b, 0.01)", "share(age, age)", true),
        ("round(a / (b - 3), 0.01)", "share(age, age)", true),
        (
            "if b > 0 { round(a / b, 0.01) } else { 0 }",
            "share(age, age)",
            false,
        ),
        (
            "if b == 0 { 0 } else { round(a / b, 0.01) }",
            "share(age, age)",
            false,
        ),
        ("round(a / (b + 1), 0.01)", "share(age, age)", false),
        // The arguments of every call rule it out, or those of one do not.
        ("round(a / b, 0.01)", "share(age, age + 1)", false),
        (
            "round(a / b, 0.01)",
            "share(age, 12) + share(1, age + 1)",
            false,
        ),
        ("round(a / b, 0.01)", "share(age, 12) + share(1, age)", true),
        (
            "round(a / b, 0.01)",
            "if age > 0 { share(1, age) } else { 0 }",
            false,
        ),
        (
            "round(a / b, 0.01)",
            "sum(share(age, if streets.lit { 1 } else { 9 }))",
            false,
        ),
        ("let c = b - 7; round(a / c, 0.01)", "share(age, age)", true),
        (
            "let c = b + 7; round(a / c, 0.01)",
            "share(age, age)",
            false,
        ),
    ] {
        let text = with_functions(&[("share", "a b", body)], value);
        let expected = vec![warning; usize::from(found)];
        assert_eq!(kinds(&witnessed(&text)), expected, "{body} {value}");
    }
}

#[test]
fn a_function_that_another_calls_is_proved_of_what_reaches_it() {
    let functions = [
        ("inner", "b", "round(1 / b, 0.01)"),
        ("outer", "n", "inner(n) + inner(min(n + 1, 240))"),
    ];
    assert_eq!(witnessed(&with_functions(&functions, "outer(age + 1)")), []);
    let found = witnessed(&with_functions(&functions, "outer(age)"));
    assert_eq!(kinds(&found), [("CF0604", Severity::Warning, true)]);
    assert_eq!(found[0].witness.as_ref().unwrap().lines, ["Age: 0"]);
}

#[test]
fn dates_moved_within_functions_are_proved_of_each_call() {
    let function = "functions:\n  - function: due\n    label: Due\n    arguments:\n      day:\n        type: date\n    \
                    expr: day + months(3)\nvalues:\n  x:\n    label: X\n    expr: due(born)\n";
    assert_eq!(witnessed(&format!("{QUESTIONS}{function}")), []);
    let text = QUESTIONS.replace("        max: 2025-12-31\n", "");
    let found = witnessed(&format!("{text}{function}"));
    assert_eq!(kinds(&found), [("CF1010", Severity::Warning, true)]);
}

#[test]
fn what_reads_the_row_of_a_table_is_proved_of_each_row() {
    for (rows, value, expected) in [
        ([4, 5], "sum(round(age / shares().of, 0.01))", None),
        (
            [4, 0],
            "sum(round(age / shares().of, 0.01))",
            Some(Severity::Warning),
        ),
        (
            [4, 5],
            "sum(round(age / (shares().of - age), 0.01))",
            Some(Severity::Warning),
        ),
        (
            [4, 0],
            "sum(if shares().of > 0 { round(age / shares().of, 0.01) } else { 0 })",
            None,
        ),
    ] {
        let text = format!(
            "{QUESTIONS}tables:\n  shares:\n    hit: collect\n    outputs:\n      of: integer\n    rows:\n      \
             - of: {}\n      - of: {}\nvalues:\n  x:\n    label: X\n    expr: '{value}'\n",
            rows[0], rows[1]
        );
        let expected: Vec<_> = expected.map(|s| ("CF0604", s, true)).into_iter().collect();
        assert_eq!(kinds(&witnessed(&text)), expected, "{value}");
    }
}

#[test]
fn a_form_without_an_end_is_not_evaluated_at_the_end_of_the_calendar() {
    let text = QUESTIONS.replace("2026-01-01..2030-12-31", "2026-01-01..");
    for expr in [
        "add_days(today, age)",
        "add_years(today, 100)",
        "today + days(age) - months(3)",
        "add_working_days(today, age, [\"2026-12-25\"])",
    ] {
        let found = witnessed(&format!(
            "{text}values:\n  x:\n    label: X\n    expr: '{expr}'\n"
        ));
        assert_eq!(found, [], "{expr}");
    }
    let found = witnessed(&format!(
        "{text}values:\n  x: today\n  y:\n    label: Y\n    expr: add_days(x, age)\n"
    ));
    assert_eq!(found, []);
}

#[test]
fn days_on_which_a_parameter_has_no_value_come_with_a_case() {
    let parameter = |periods: &str| {
        format!("parameters:\n  rate:\n    type: integer\n    periods:\n{periods}pages:\n")
    };
    let value = "values:\n  x:\n    label: X\n    expr: age * rate\n";
    for (periods, day) in [
        ("      - from: 2026-04-01\n        value: 3\n", "2026-01-01"),
        (
            "      - to: 2026-12-31\n        value: 3\n      - from: 2027-02-01\n        value: 4\n",
            "2027-01-01",
        ),
    ] {
        let text = QUESTIONS.replace("pages:\n", &parameter(periods));
        let found = witnessed(&format!("{text}{value}"));
        assert_eq!(kinds(&found), [("CF0606", Severity::Warning, true)]);
        let witness = found[0].witness.as_ref().unwrap();
        assert_eq!(witness.context.as_of.to_string(), day);
        assert_eq!(witness.path, "values.x");
    }
    // Rules of the day of birth.
    let periods = parameter("      - from: 1950-01-01\n        value: 3\n");
    let text = QUESTIONS.replace("pages:\n", &periods);
    let text = text.replace("title: Sample\n", "title: Sample\nrules_of: born\n");
    let found = witnessed(&format!("{text}{value}"));
    assert_eq!(kinds(&found), [("CF0606", Severity::Warning, true)]);
    assert_eq!(
        found[0].witness.as_ref().unwrap().lines,
        ["Born: 1 January 1900"]
    );
}

#[test]
fn a_year_from_whatever_day_is_never_without_days() {
    for (length, expected) in [
        ("days_between(born, born + years(1))", 0),
        ("days_between(born, born + years(1)) - 364", 0),
        ("days_between(born, born + months(1)) - 27", 0),
        ("days_between(born, born + (months(13) + days(2))) - 394", 0),
        ("367 - days_between(born, born + years(1))", 0),
        // These are 0 for some day, and the compiler finds it or says that it has no proof.
        ("days_between(born, born + years(1)) - 365", 1),
        ("days_between(born, born + months(1)) - 28", 1),
        ("days_between(born, born + months(age) - months(age))", 1),
    ] {
        let found = witnessed(&format!(
            "{QUESTIONS}values:\n  x:\n    label: X\n    expr: 'round(price / ({length}), 0.01)'\n"
        ));
        let found = found.iter().filter(|d| d.code.id == "CF0604").count();
        assert_eq!(found, expected, "{length}");
    }
}

#[test]
fn a_witness_is_of_the_operation_that_it_is_said_of() {
    let text = QUESTIONS.replace("        max: 2025-12-31\n", "");
    let values = |exprs: &[&str]| {
        let lines = exprs.iter().enumerate();
        let lines = lines.map(|(n, expr)| format!("  v{n}:\n    label: V\n    expr: '{expr}'\n"));
        format!("{text}values:\n{}", lines.collect::<String>())
    };
    for exprs in [
        // The same divisor in two places, and one that is 0 in other cases.
        ["round(price / age, 0.01)", "round((price + 1) / age, 0.01)"],
        ["round(price / age, 0.01)", "round(price / (age - 7), 0.01)"],
        ["round(1 / (age * 2), 0.01)", "round(1 / (age * age), 0.01)"],
        [
            "remainder(age, stalls - 1)",
            "remainder(age + 1, stalls - 1)",
        ],
        // Both dates leave the calendar in the same cases.
        ["add_days(born, 30)", "add_days(born, 60)"],
        ["born + years(1)", "add_months(born, age)"],
        ["add_days(born, 30)", "round(price / (age - 7), 0.01)"],
    ] {
        let exprs = exprs.map(|expr| match expr.contains("stalls") {
            true => format!("if sells_food {{ {expr} }} else {{ 0 }}"),
            false => expr.to_owned(),
        });
        let exprs: Vec<&str> = exprs.iter().map(String::as_str).collect();
        let found = witnessed(&values(&exprs));
        let paths = found
            .iter()
            .map(|d| d.witness.as_ref().unwrap().path.as_str());
        assert_eq!(
            paths.collect::<Vec<_>>(),
            ["values.v0", "values.v1"],
            "{exprs:?}"
        );
    }
}

#[test]
fn operations_of_questions_checks_rules_and_lines_are_told_apart() {
    let text = QUESTIONS.replace(
        "        label: Lit?\n",
        "        label: Lit?\n        when: round(1 / (metres - 5), 0.1) > 1\n    values:\n      wide:\n        \
         label: Wide\n        expr: round(2 / (metres - 5), 0.1)\n",
    );
    let text = format!(
        "{text}checks:\n  - check: small\n    at: age\n    require: round(1 / age, 0.1) < 5\n    say: Too much\n\
         decisions:\n  - decision: permit\n    title: Permit\n    rules:\n      - rule: few\n        \
         require: round(2 / age, 0.1) < 9\n        say: Too few\n\
         fees:\n  - fee: base\n    label: Base\n    amount: price\n  \
         - fee: more\n    label: More\n    amount: round(subtotal / age, 0.01)\n"
    );
    let found = witnessed(&text);
    let found = found.iter().filter(|d| d.code.id == "CF0604");
    let paths = found.map(|d| d.witness.as_ref().map_or("", |w| w.path.as_str()));
    let paths: Vec<&str> = paths.collect();
    assert_eq!(
        paths,
        [
            "streets[0].lit",
            "values.streets[0].wide",
            "checks.small",
            "rules.permit.few",
            "fees.more"
        ]
    );
}
