//! Puts a report together from a finished evaluation.

use std::borrow::Cow;

use super::{
    needs::needs_of_decision,
    reading::Fault,
    run::{Asked, Evaluation, Outcome, RecordAt, placeholders},
    state::{State, to_data},
};
use crate::{
    answers::{DataOf, Entries},
    date::Day,
    number::Number,
    plan::{Plan, Type},
    program::{CheckNode, Kind, LineNode, PageItems, Program, Symbol},
    report::{
        Account, DecisionReport, LineReport, RecordOf, ReportError, ReportOf, RuleReport, Status,
        Verdict,
    },
};

/// Collects what stands in field order.
#[derive(Default)]
pub(crate) struct Collected<'a> {
    pub errors: Vec<ReportError<'a>>,
    pub missing: Vec<Cow<'a, str>>,
    pub ignored: Vec<Cow<'a, str>>,
    pub answers: Entries<'a>,
}

pub(crate) fn report<'a>(plan: &'a Plan, evaluation: Evaluation<'a>) -> ReportOf<'a> {
    metered(plan, evaluation).0
}

/// The report, and the work that it took.
pub(crate) fn metered<'a>(plan: &'a Plan, mut evaluation: Evaluation<'a>) -> (ReportOf<'a>, u64) {
    let program = evaluation.program;
    let mut collected = Collected {
        answers: Vec::with_capacity(evaluation.answers.get().0.len()),
        ..Collected::default()
    };
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
    let account = |lines: &'a [LineNode], outcomes: &[Outcome<Number>]| {
        account(plan, &evaluation, lines, outcomes, &decisions)
    };
    let fees = account(&program.fees, &evaluation.fees);
    let entitlements = account(&program.entitlements, &evaluation.entitlements);
    let work = evaluation.work.get();

    let mut errors = collected.errors;
    errors.extend(further_errors(&evaluation));
    let report = ReportOf {
        status: status(&errors, &collected.missing),
        errors,
        missing: collected.missing,
        ignored: collected.ignored,
        answers: RecordOf(collected.answers),
        values,
        decisions,
        fees,
        entitlements,
        ..empty(plan, evaluation.as_of)
    };
    (report, work)
}

/// A report that says nothing yet.
pub(crate) fn empty(plan: &Plan, as_of: Day) -> ReportOf<'_> {
    let rules = plan.rules();
    ReportOf {
        form: Cow::Borrowed(&rules.form),
        plan: Cow::Borrowed(plan.id()),
        semantics: rules.semantics,
        as_of,
        status: Status::Complete,
        errors: Vec::new(),
        missing: Vec::new(),
        ignored: Vec::new(),
        answers: RecordOf::default(),
        values: RecordOf::default(),
        decisions: Vec::new(),
        fees: None,
        entitlements: None,
    }
}

/// The errors that belong to no question, which come after all others.
pub(crate) fn further_errors<'a>(evaluation: &Evaluation<'a>) -> Vec<ReportError<'a>> {
    let mut errors = Vec::new();
    for (path, code) in evaluation.refused.iter() {
        errors.push(error(path.clone().into(), &Fault::new(code)));
    }
    for (path, fault) in &evaluation.fact_faults {
        errors.push(error(path.clone().into(), fault));
    }
    for path in evaluation.failures.iter() {
        errors.push(error(path.clone().into(), &Fault::new("arithmetic")));
    }
    errors
}

pub(crate) const fn status(errors: &[ReportError], missing: &[Cow<'_, str>]) -> Status {
    if !errors.is_empty() {
        Status::Invalid
    } else if !missing.is_empty() {
        Status::Incomplete
    } else {
        Status::Complete
    }
}

fn error<'a>(path: Cow<'a, str>, fault: &Fault) -> ReportError<'a> {
    ReportError {
        path,
        code: Cow::Borrowed(fault.code),
        params: fault.params.clone(),
    }
}

/// What an error or an open question belongs to.
#[derive(Clone, Copy)]
enum Place {
    Field(usize, Option<RecordAt>),
    Group(usize),
}

impl Place {
    fn path(self, program: &Program) -> Cow<'_, str> {
        match self {
            Self::Field(field, at) => program.field_path(field, at),
            Self::Group(group) => Cow::Borrowed(&program.groups[group].id),
        }
    }
}

// A whole evaluation and a session call these, and each written out in both would be downloaded twice.
impl<'a> Collected<'a> {
    #[inline(never)]
    pub fn field(&mut self, evaluation: &mut Evaluation<'a>, field: usize) {
        let program = evaluation.program;
        let node = &program.fields[field];
        let asked = &evaluation.asked[field];
        let is_sound = asked.is_sound();
        let place = Place::Field(field, None);
        let state = &evaluation.scalars[node.slot];
        if let Some(data) = self.answer(asked, place, state, &node.kind, program) {
            self.answers.push((Cow::Borrowed(&node.id), data));
        }
        if is_sound {
            self.checks(evaluation, &node.checks, None, place);
        }
    }

    #[inline(never)]
    pub fn group(&mut self, evaluation: &mut Evaluation<'a>, group: usize) {
        let program = evaluation.program;
        let node = &program.groups[group];
        let asked = &evaluation.groups[group].asked;
        if asked.shown != Some(true) {
            if asked.given {
                self.ignored.push(Cow::Borrowed(&node.id));
            }
            return;
        }
        if let Some(fault) = &asked.fault {
            self.errors.push(error(Cow::Borrowed(&node.id), fault));
            return;
        }
        if asked.missing {
            self.missing.push(Cow::Borrowed(&node.id));
        } else {
            self.checks(evaluation, &node.checks, None, Place::Group(group));
        }
        let mut records = Vec::with_capacity(evaluation.groups[group].records.len());
        for record in 0..evaluation.groups[group].records.len() {
            let known = &evaluation.groups[group].records[record];
            if let Some(fault) = &known.fault {
                let path = format!("{}[{record}]", node.id);
                self.errors.push(error(path.into(), fault));
                records.push(DataOf::Record(Vec::new()));
                continue;
            }
            let mut entries = Vec::with_capacity(node.fields.len());
            let at = RecordAt { group, record };
            if let Some(id) = evaluation.record_id(at) {
                entries.push(("$id".into(), DataOf::Text(id)));
            }
            let at = Some(at);
            for (offset, field) in node.fields.clone().enumerate() {
                let place = Place::Field(field, at);
                let field = &program.fields[field];
                let known = &evaluation.groups[group].records[record];
                let asked = &known.asked[offset];
                let is_sound = asked.is_sound();
                let state = &known.slots[field.slot];
                if let Some(data) = self.answer(asked, place, state, &field.kind, program) {
                    entries.push((Cow::Borrowed(field.id.as_str()), data));
                }
                if is_sound {
                    self.checks(evaluation, &field.checks, at, place);
                }
            }
            records.push(DataOf::Record(entries));
        }
        if !records.is_empty() {
            self.answers
                .push((Cow::Borrowed(&node.id), DataOf::List(records)));
        }
    }

    /// Files what became of a field; returns its normalised answer if it counts.
    fn answer(
        &mut self,
        asked: &Asked,
        place: Place,
        state: &State<'a>,
        kind: &Kind,
        program: &'a Program,
    ) -> Option<DataOf<'a>> {
        if asked.shown != Some(true) {
            if asked.given {
                self.ignored.push(place.path(program));
            }
            return None;
        }
        if let Some(fault) = &asked.fault {
            self.errors.push(error(place.path(program), fault));
        } else if asked.missing {
            self.missing.push(place.path(program));
        }
        match state {
            State::Known(datum) => {
                let type_ = answer_type(kind);
                Some(to_data(datum, &type_, program.currency_digits))
            }
            _ => None,
        }
    }

    fn checks(
        &mut self,
        evaluation: &mut Evaluation<'a>,
        checks: &[usize],
        at: Option<RecordAt>,
        place: Place,
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
                    let mut params = placeholders(evaluation, &node.params, at);
                    params
                        .0
                        .insert(0, ("check".into(), DataOf::text(node.id.as_str())));
                    self.errors.push(ReportError {
                        path: place.path(program),
                        code: "check".into(),
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

fn values<'a>(evaluation: &Evaluation<'a>) -> RecordOf<'a> {
    let program = evaluation.program;
    let mut entries = Vec::with_capacity(program.values.len());
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
    RecordOf(entries)
}

/// The values of a group: its id and a record for each of its records.
#[inline(never)]
pub(crate) fn group_values<'a>(
    evaluation: &Evaluation<'a>,
    group: usize,
) -> (Cow<'a, str>, DataOf<'a>) {
    let program = evaluation.program;
    let node = &program.groups[group];
    let records = evaluation.groups[group].records.iter().map(|record| {
        let values = &program.values[node.values.clone()];
        let entries = values.iter().filter_map(|value| {
            let data = shown(program, &record.slots[value.slot], &value.type_)?;
            Some((Cow::Borrowed(value.id.as_str()), data))
        });
        DataOf::Record(entries.collect())
    });
    (Cow::Borrowed(&node.id), DataOf::List(records.collect()))
}

/// A value of the form, where it is determined.
pub(crate) fn value<'a>(
    evaluation: &Evaluation<'a>,
    value: usize,
) -> Option<(Cow<'a, str>, DataOf<'a>)> {
    let program = evaluation.program;
    let value = &program.values[value];
    let data = shown(program, &evaluation.scalars[value.slot], &value.type_)?;
    Some((Cow::Borrowed(&value.id), data))
}

fn shown<'a>(program: &Program, state: &State<'a>, type_: &Type) -> Option<DataOf<'a>> {
    match state {
        State::Known(datum) => Some(to_data(datum, type_, program.currency_digits)),
        State::Blank => Some(DataOf::Null),
        _ => None,
    }
}

#[inline(never)]
pub(crate) fn decision<'a>(evaluation: &Evaluation<'a>, index: usize) -> DecisionReport<'a> {
    let program = evaluation.program;
    let decision = &program.decisions[index];
    let mut rules = Vec::with_capacity(decision.rules.len());
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
            rule: Cow::Borrowed(&node.id),
            holds,
            params: placeholders(evaluation, &node.params, None),
        });
    }
    let needs = match verdict {
        Verdict::Undetermined => needs_of_decision(evaluation, index),
        _ => Vec::new(),
    };
    DecisionReport {
        decision: Cow::Borrowed(&decision.id),
        verdict,
        rules,
        needs,
    }
}

/// Fees or entitlements; nothing where the form has none.
#[inline(never)]
pub(crate) fn account<'a>(
    plan: &'a Plan,
    evaluation: &Evaluation<'a>,
    lines: &'a [LineNode],
    outcomes: &[Outcome<Number>],
    decisions: &[DecisionReport<'_>],
) -> Option<Account<'a>> {
    if lines.is_empty() {
        return None;
    }
    let currency = plan.rules().currency.as_ref();
    let digits = evaluation.program.currency_digits;
    let mut reports = Vec::with_capacity(lines.len());
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
            id: Cow::Borrowed(&line.id),
            amount: amount.map(|amount| amount.to_string_with(digits).into()),
        });
    }
    Some(Account {
        currency: currency.map_or_else(Cow::default, |currency| currency.code.as_str().into()),
        lines: reports,
        total: total.map(|total| total.to_string_with(digits).into()),
    })
}
