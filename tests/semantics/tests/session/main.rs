//! A session's report is that of a fresh evaluation, whatever was changed before, and what it says has
//! changed is what differs.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod change;
mod differences;
mod generated;
mod random;

use std::{collections::BTreeSet, path::Path};

use change::Change;
use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{
    Answers, Context, Plan, Report, Session, answers::Data, date::Day, evaluate, evaluate_metered,
    hidden,
};
use differences::differences;
use random::Random;

/// Generated forms that are tried.
const FORMS: u64 = 16;
/// Sequences tried for each form, and changes in each.
const SEQUENCES: u64 = 4;
const CHANGES: u64 = 40;

/// The plans of this repository's forms, by id, each with its example.
fn forms() -> Vec<(String, Plan, Answers)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
    let mut forms = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("form.yaml").is_file() {
            continue;
        }
        let compiled = compile(&Files::on_disk(&folder).unwrap());
        let plan = Plan::load(compiled.plan.unwrap()).unwrap();
        let example = std::fs::read_to_string(folder.join("example.json")).unwrap();
        let id = folder.file_name().unwrap().to_string_lossy().into_owned();
        forms.push((id, plan, Answers::from_json(&example).unwrap()));
    }
    forms.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(forms.len() >= 8, "{}", forms.len());
    forms
}

/// A form of this repository.
fn form_of(id: &str) -> (Plan, Answers) {
    let (_, plan, example) = forms().into_iter().find(|(other, ..)| other == id).unwrap();
    (plan, example)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A day on which the form is in force, and facts in a few states.
fn context(plan: &Plan, random: &mut Random) -> Context {
    let effective = plan.rules().effective;
    let mut as_of = day("2026-06-01");
    as_of = effective.from.map_or(as_of, |from| as_of.max(from));
    as_of = effective.to.map_or(as_of, |to| as_of.min(to));
    let facts = plan.rules().facts.iter().filter_map(|fact| {
        let data = match random.below(4) {
            0 => return None,
            1 => Data::Bool(true),
            2 => Data::number("5"),
            _ => Data::text("2026-01-01"),
        };
        Some((fact.fact.clone().into(), data))
    });
    Context {
        facts: facts.collect(),
        ..Context::on(as_of)
    }
}

/// What an evaluation comes to: the report and what is hidden.
fn fresh(plan: &Plan, answers: &Answers, context: &Context) -> (Report, BTreeSet<String>) {
    let report = evaluate(plan, answers, context).unwrap();
    (report, hidden(plan, answers, context))
}

/// Holds a session against fresh evaluations after each of some changes; the first difference.
fn disagreement(
    plan: &Plan,
    start: &Answers,
    context: &Context,
    changes: &[Change],
) -> Option<String> {
    let mut session = Session::new(plan, start.clone(), context).unwrap();
    let mut before = fresh(plan, start, context);
    for change in std::iter::once(None).chain(changes.iter().map(Some)) {
        if let Some(change) = change {
            change.clone().apply(&mut session);
        }
        let after = fresh(plan, session.answers(), context);
        let (wanted, got) = (after.0.to_json(), session.report().to_json());
        if wanted != got {
            return Some(format!("the report should be\n{wanted}\nand is\n{got}"));
        }
        if after.1 != session.hidden() {
            return Some(format!(
                "what is hidden should be\n{:?}\nand is\n{:?}",
                after.1,
                session.hidden()
            ));
        }
        let (wanted, got) = (differences(&before, &after), session.changed());
        if wanted != got {
            return Some(format!(
                "what has changed should be\n{wanted:?}\nand is\n{got:?}"
            ));
        }
        before = after;
    }
    None
}

/// Tries a sequence of changes drawn from a seed. Where it fails, says the shortest part of it that does.
fn try_sequence(name: &str, plan: &Plan, example: &Answers, seed: u64) {
    let random = &mut Random::new(seed);
    let context = context(plan, random);
    let start = match seed % 2 {
        0 => example.clone(),
        _ => Answers::default(),
    };
    // Drawn with the answers at hand that they suit, which a session gives.
    let mut session = Session::new(plan, start.clone(), &context).unwrap();
    let mut changes = Vec::new();
    for step in 0..CHANGES {
        let change = Change::draw(plan.rules(), session.answers(), seed << 16 | step);
        change.clone().apply(&mut session);
        changes.push(change);
    }
    let Some(mut found) = disagreement(plan, &start, &context, &changes) else {
        return;
    };
    let mut position = changes.len();
    while position > 0 {
        position -= 1;
        let mut fewer = changes.clone();
        fewer.remove(position);
        if let Some(other) = disagreement(plan, &start, &context, &fewer) {
            (changes, found) = (fewer, other);
        }
    }
    let changes: Vec<_> = changes.iter().map(Change::to_string).collect();
    panic!(
        "{name}, seed {seed}, from {} with {context:?}:\n{}\n{found}",
        start.to_json(),
        changes.join("\n")
    );
}

#[test]
fn a_session_on_a_form_of_this_repository_equals_a_fresh_evaluation() {
    for (id, plan, example) in forms() {
        for seed in 0..SEQUENCES {
            try_sequence(&id, &plan, &example, seed);
        }
    }
}

#[test]
fn a_session_on_a_generated_form_equals_a_fresh_evaluation() {
    let mut sound = 0;
    for seed in 0..FORMS {
        let text = generated::form(&mut Random::new(seed));
        let Some(plan) = compile(&Files::in_memory([("form.yaml", text.clone())])).plan else {
            continue;
        };
        sound += 1;
        let plan = Plan::load(plan).unwrap();
        for sequence in 0..SEQUENCES {
            try_sequence(&text, &plan, &Answers::default(), seed << 8 | sequence);
        }
    }
    assert!(sound * 2 >= FORMS, "only {sound} forms are sound");
}

/// Work of an evaluation from nothing, and of a session after a change.
fn work(
    plan: &Plan,
    session: &mut Session<'_>,
    context: &Context,
    path: &str,
    answer: Data,
) -> (u64, u64) {
    let before = session.work();
    session.set(path, answer).unwrap();
    let report = session.report().to_json();
    let (fresh, whole) = evaluate_metered(plan, session.answers(), context).unwrap();
    assert_eq!(fresh.to_json(), report);
    (whole, session.work() - before)
}

/// Counted, not timed: a change costs what hangs on it, and most questions of a form decide little.
#[test]
fn a_typical_change_of_the_permit_takes_at_most_half_the_work() {
    let (plan, example) = form_of("building-permit");
    let context = Context::on(day("2026-06-01"));
    let mut session = Session::new(&plan, example.clone(), &context).unwrap();
    assert!(session.changed().is_empty());
    // Each answer of the example is given anew, with another in between.
    let (mut ratios, mut wholes, mut parts) = (Vec::new(), 0, 0);
    for (key, data) in &example.0 {
        let other = match data {
            Data::Bool(value) => Data::Bool(!value),
            Data::Number(number) => Data::number(format!("{number}1")),
            Data::Text(text) => Data::text(format!("{text}x")),
            _ => continue,
        };
        for answer in [other, data.clone()] {
            let (whole, part) = work(&plan, &mut session, &context, key, answer);
            assert!(part <= whole, "{key}: {part} of {whole}");
            ratios.push(100 * part / whole);
            wholes += whole;
            parts += part;
        }
    }
    ratios.sort_unstable();
    assert!(
        ratios.len() > 20 && ratios[ratios.len() / 2] <= 50,
        "{ratios:?}"
    );
    assert!(2 * parts <= wholes, "{parts} of {wholes}");
}
