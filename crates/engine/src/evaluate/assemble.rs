//! Puts a report together from a finished evaluation.

use super::{
    needs::needs_of_decision,
    reading::Fault,
    run::{Asked, Evaluation, Outcome, RecordAt, placeholders},
    state::{State, to_data},
};
use crate::{
    answers::Data,
    date::Day,
    number::Number,
    plan::{Plan, Type},
    program::{CheckNode, Kind, LineNode, PageItems, Program, Symbol},
    report::{
        Account, DecisionReport, LineReport, Record, Report, ReportError, RuleReport, Status,
        Verdict,
    },
};

/// Collects what stands in field order.
#[derive(Default)]
pub(crate) struct Collected {
    pub errors: Vec<ReportError>,
    pub missing: Vec<String>,
    pub ignored: Vec<String>,
    pub answers: Vec<(String, Data)>,
}

pub(crate) fn report(plan: &Plan, evaluation: Evaluation<'_>) -> Report {
    metered(plan, evaluation).0
}

/// The report, and the work that it took.
pub(crate) fn metered(plan: &Plan, mut evaluation: Evaluation<'_>) -> (Report, u64) {
    let mut collected = Collected::default();
    let program = evaluation.program;
    // The checks come after all steps.
    evaluation.at = usize::MAX;
    for page in &program.pages {
        match &page.items {
            PageItems::Fields(fields) => {
                for field in fields.clone() {
                    collected.field(&mut evaluation, field);
                }
            }
            PageItems::Group(group) => collected.group(&mut evaluation, *group),
        }
    }
    let decisions: Vec<_> = (0..program.decisions.len())
        .map(|index| decision(&evaluation, index))
        .collect();
    let values = values(&evaluation);
    let account = |lines: &[LineNode], outcomes: &[Outcome<Number>]| {
        account(plan, &evaluation, lines, outcomes, &decisions)
    };
    let fees = account(&program.fees, &evaluation.fees);
    let entitlements = account(&program.entitlements, &evaluation.entitlements);
    let work = evaluation.work.get();

    let mut errors = collected.errors;
    errors.extend(further_errors(&evaluation));
    let report = Report {
        status: status(&errors, &collected.missing),
        errors,
        missing: collected.missing,
        ignored: collected.ignored,
        answers: Record(collected.answers),
        values,
        decisions,
        fees,
        entitlements,
        ..empty(plan, evaluation.as_of)
    };
    (report, work)
}

/// A report that says nothing yet.
pub(crate) fn empty(plan: &Plan, as_of: Day) -> Report {
    let rules = plan.rules();
    Report {
        form: rules.form.clone(),
        plan: plan.id().to_owned(),
        semantics: rules.semantics,
        as_of,
        status: Status::Complete,
        errors: Vec::new(),
        missing: Vec::new(),
        ignored: Vec::new(),
        answers: Record::default(),
        values: Record::default(),
        decisions: Vec::new(),
        fees: None,
        entitlements: None,
    }
}

/// The errors that belong to no question, which come after all others.
pub(crate) fn further_errors(evaluation: &Evaluation<'_>) -> Vec<ReportError> {
    let mut errors = Vec::new();
    for (path, code) in evaluation.refused.iter() {
        errors.push(error(path.clone(), Fault::new(code)));
    }
    for (path, fault) in &evaluation.fact_faults {
        errors.push(error(path.clone(), fault.clone()));
    }
    for path in evaluation.failures.iter() {
        errors.push(error(path.clone(), Fault::new("arithmetic")));
    }
    errors
}

pub(crate) const fn status(errors: &[ReportError], missing: &[String]) -> Status {
    if !errors.is_empty() {
        Status::Invalid
    } else if !missing.is_empty() {
        Status::Incomplete
    } else {
        Status::Complete
    }
}

fn error(path: String, fault: Fault) -> ReportError {
    ReportError {
        path,
        code: fault.code.to_owned(),
        params: fault.params,
    }
}

// A whole evaluation and a session call these, and each written out in both would be downloaded twice.
impl Collected {
    #[inline(never)]
    pub fn field(&mut self, evaluation: &mut Evaluation<'_>, field: usize) {
        let program = evaluation.program;
        let node = &program.fields[field];
        let asked = evaluation.asked[field].clone();
        if let Some(data) = self.answer(
            asked,
            &node.path,
            &evaluation.scalars[node.slot],
            &node.kind,
            evaluation,
        ) {
            self.answers.push((node.id.clone(), data));
        }
        if evaluation.asked[field].is_sound() {
            self.checks(evaluation, &node.checks, None, &node.path);
        }
    }

    #[inline(never)]
    pub fn group(&mut self, evaluation: &mut Evaluation<'_>, group: usize) {
        let program = evaluation.program;
        let node = &program.groups[group];
        let asked = evaluation.groups[group].asked.clone();
        if asked.shown != Some(true) {
            if asked.given {
                self.ignored.push(node.id.clone());
            }
            return;
        }
        if let Some(fault) = asked.fault {
            self.errors.push(error(node.id.clone(), fault));
            return;
        }
        if asked.missing {
            self.missing.push(node.id.clone());
        } else {
            self.checks(evaluation, &node.checks, None, &node.id);
        }
        let mut records = Vec::with_capacity(evaluation.groups[group].records.len());
        for record in 0..evaluation.groups[group].records.len() {
            let known = &evaluation.groups[group].records[record];
            if let Some(fault) = known.fault.clone() {
                let path = format!("{}[{record}]", node.id);
                self.errors.push(error(path, fault));
                records.push(Data::Record(Vec::new()));
                continue;
            }
            let mut entries = Vec::new();
            let at = RecordAt { group, record };
            if let Some(id) = evaluation.record_id(at) {
                entries.push(("$id".to_owned(), Data::Text(id.to_owned())));
            }
            let at = Some(at);
            for (offset, field) in node.fields.clone().enumerate() {
                let path = program.field_path(field, at);
                let field = &program.fields[field];
                let known = &evaluation.groups[group].records[record];
                let asked = known.asked[offset].clone();
                let checked = asked.is_sound();
                let state = &known.slots[field.slot];
                if let Some(data) = self.answer(asked, &path, state, &field.kind, evaluation) {
                    entries.push((field.id.clone(), data));
                }
                if checked {
                    self.checks(evaluation, &field.checks, at, &path);
                }
            }
            records.push(Data::Record(entries));
        }
        if !records.is_empty() {
            self.answers.push((node.id.clone(), Data::List(records)));
        }
    }

    /// Files what became of a field; returns its normalised answer if it counts.
    fn answer(
        &mut self,
        asked: Asked,
        path: &str,
        state: &State<'_>,
        kind: &Kind,
        evaluation: &Evaluation<'_>,
    ) -> Option<Data> {
        if asked.shown != Some(true) {
            if asked.given {
                self.ignored.push(path.to_owned());
            }
            return None;
        }
        if let Some(fault) = asked.fault {
            self.errors.push(error(path.to_owned(), fault));
        } else if asked.missing {
            self.missing.push(path.to_owned());
        }
        match state {
            State::Known(datum) => Some(to_data(
                datum,
                &answer_type(kind),
                evaluation.program.currency_digits,
            )),
            _ => None,
        }
    }

    fn checks<'a>(
        &mut self,
        evaluation: &mut Evaluation<'a>,
        checks: &[usize],
        at: Option<RecordAt>,
        path: &str,
    ) {
        let program = evaluation.program;
        for &check in checks {
            let node: &CheckNode = &program.checks[check];
            let applies = evaluation.condition(node.when.as_ref(), at);
            let holds = match applies {
                Ok(Some(true)) => evaluation.condition(Some(&node.require), at),
                Ok(_) => Ok(None),
                Err(failure) => Err(failure),
            };
            match holds {
                Ok(Some(false)) => {
                    let mut params =
                        Record(vec![("check".to_owned(), Data::Text(node.id.clone()))]);
                    params
                        .0
                        .extend(placeholders(evaluation, &node.params, at).0);
                    self.errors.push(ReportError {
                        path: path.to_owned(),
                        code: "check".to_owned(),
                        params,
                    });
                }
                Ok(_) => {}
                Err(_) => evaluation.failed(format!("checks.{}", node.id)),
            }
        }
    }
}

/// How an answer of a field is written out.
fn answer_type(kind: &Kind) -> Type {
    match kind {
        Kind::Number { integer: true, .. } => Type::Integer,
        Kind::Number { money: true, .. } => Type::Money,
        Kind::Number { .. } => Type::Decimal,
        _ => Type::Text,
    }
}

fn values(evaluation: &Evaluation<'_>) -> Record {
    let program = evaluation.program;
    let mut entries = Vec::new();
    for (index, group) in program.groups.iter().enumerate() {
        if !group.values.is_empty() {
            entries.push(group_values(evaluation, index));
        }
    }
    for symbol in &program.scalars {
        if let Symbol::Value(index) = symbol {
            entries.extend(value(evaluation, *index));
        }
    }
    Record(entries)
}

/// The values of a group: its id and a record for each of its records.
#[inline(never)]
pub(crate) fn group_values(evaluation: &Evaluation<'_>, group: usize) -> (String, Data) {
    let program = evaluation.program;
    let node = &program.groups[group];
    let records = evaluation.groups[group].records.iter().map(|record| {
        let values = &program.values[node.values.clone()];
        let entries = values.iter().filter_map(|value| {
            let data = shown(program, &record.slots[value.slot], &value.type_)?;
            Some((value.id.clone(), data))
        });
        Data::Record(entries.collect())
    });
    (node.id.clone(), Data::List(records.collect()))
}

/// A value of the form, where it is determined.
pub(crate) fn value(evaluation: &Evaluation<'_>, value: usize) -> Option<(String, Data)> {
    let program = evaluation.program;
    let value = &program.values[value];
    let data = shown(program, &evaluation.scalars[value.slot], &value.type_)?;
    Some((value.id.clone(), data))
}

fn shown(program: &Program, state: &State<'_>, type_: &Type) -> Option<Data> {
    match state {
        State::Known(datum) => Some(to_data(datum, type_, program.currency_digits)),
        State::Blank => Some(Data::Null),
        _ => None,
    }
}

#[inline(never)]
pub(crate) fn decision(evaluation: &Evaluation<'_>, index: usize) -> DecisionReport {
    let program = evaluation.program;
    let decision = &program.decisions[index];
    let mut rules = Vec::new();
    let mut verdict = Verdict::Eligible;
    for rule in decision.rules.clone() {
        let node = &program.rules[rule];
        let holds = match evaluation.rules[rule] {
            Outcome::Absent => continue,
            Outcome::Undecided => None,
            Outcome::Decided(holds) => Some(holds),
        };
        match holds {
            Some(false) => verdict = Verdict::Ineligible,
            None if verdict == Verdict::Eligible => verdict = Verdict::Undetermined,
            _ => {}
        }
        rules.push(RuleReport {
            rule: node.id.clone(),
            holds,
            params: placeholders(evaluation, &node.params, None),
        });
    }
    let needs = match verdict {
        Verdict::Undetermined => needs_of_decision(evaluation, index),
        _ => Vec::new(),
    };
    DecisionReport {
        decision: decision.id.clone(),
        verdict,
        rules,
        needs,
    }
}

/// Fees or entitlements; nothing where the form has none.
#[inline(never)]
pub(crate) fn account(
    plan: &Plan,
    evaluation: &Evaluation<'_>,
    lines: &[LineNode],
    outcomes: &[Outcome<Number>],
    decisions: &[DecisionReport],
) -> Option<Account> {
    if lines.is_empty() {
        return None;
    }
    let currency = plan.rules().currency.as_ref();
    let digits = evaluation.program.currency_digits;
    let mut reports = Vec::new();
    let mut total = Some(Number::ZERO);
    for (line, outcome) in lines.iter().zip(outcomes) {
        let amount = match outcome {
            Outcome::Absent => continue,
            Outcome::Undecided => None,
            Outcome::Decided(amount) => Some(*amount),
        };
        let granted = line
            .decisions
            .iter()
            .all(|&index| decisions[index].verdict == Verdict::Eligible);
        total = match (total, amount) {
            (Some(total), Some(amount)) if granted => total.checked_add(amount),
            _ => None,
        };
        if line.omit_zero && amount.is_some_and(Number::is_zero) {
            continue;
        }
        reports.push(LineReport {
            id: line.id.clone(),
            amount: amount.map(|amount| amount.to_string_with(digits)),
        });
    }
    Some(Account {
        currency: currency.map_or_else(String::new, |currency| currency.code.clone()),
        lines: reports,
        total: total.map(|total| total.to_string_with(digits)),
    })
}
