//! Puts a report together from a finished evaluation.

use super::{
    needs::needs_of_decision,
    reading::Fault,
    run::{Asked, Evaluation, Outcome, RecordAt, placeholders},
    state::{State, to_data},
};
use crate::{
    answers::Data,
    number::Number,
    plan::{Plan, Type},
    program::{CheckNode, Kind, LineNode, PageItems, Symbol},
    report::{
        Account, DecisionReport, LineReport, Record, Report, ReportError, RuleReport, Status,
        Verdict,
    },
};

/// Collects what stands in field order.
#[derive(Default)]
struct Collected {
    errors: Vec<ReportError>,
    missing: Vec<String>,
    ignored: Vec<String>,
    answers: Vec<(String, Data)>,
}

pub(crate) fn report(plan: &Plan, evaluation: Evaluation<'_>) -> Report {
    metered(plan, evaluation).0
}

/// The report, and the work that it took.
pub(crate) fn metered(plan: &Plan, mut evaluation: Evaluation<'_>) -> (Report, u64) {
    let mut collected = Collected::default();
    let program = evaluation.program;
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
    let decisions = decisions(&evaluation);
    let values = values(&evaluation);
    let rules = plan.rules();
    let currency = rules
        .currency
        .as_ref()
        .map_or("", |currency| &currency.code);
    let account = |lines: &[LineNode], outcomes: &[Outcome<Number>]| {
        (!lines.is_empty()).then(|| account(&evaluation, currency, lines, outcomes, &decisions))
    };
    let fees = account(&evaluation.program.fees, &evaluation.fees);
    let entitlements = account(&evaluation.program.entitlements, &evaluation.entitlements);

    let work = evaluation.work.get();

    let error = |path: String, fault: Fault| ReportError {
        path,
        code: fault.code.to_owned(),
        params: fault.params,
    };
    let mut errors = collected.errors;
    for (path, code) in evaluation.refused {
        errors.push(error(path, Fault::new(code)));
    }
    for (path, fault) in evaluation.fact_faults {
        errors.push(error(path, fault));
    }
    for path in evaluation.failures {
        errors.push(error(path, Fault::new("arithmetic")));
    }
    let status = if !errors.is_empty() {
        Status::Invalid
    } else if !collected.missing.is_empty() {
        Status::Incomplete
    } else {
        Status::Complete
    };
    let report = Report {
        form: rules.form.clone(),
        plan: plan.id().to_owned(),
        semantics: rules.semantics,
        as_of: evaluation.as_of,
        status,
        errors,
        missing: collected.missing,
        ignored: collected.ignored,
        answers: Record(collected.answers),
        values,
        decisions,
        fees,
        entitlements,
    };
    (report, work)
}

impl Collected {
    fn field(&mut self, evaluation: &mut Evaluation<'_>, field: usize) {
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

    fn group(&mut self, evaluation: &mut Evaluation<'_>, group: usize) {
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
            self.error(node.id.clone(), fault);
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
                self.error(format!("{}[{record}]", node.id), fault);
                records.push(Data::Record(Vec::new()));
                continue;
            }
            let mut entries = Vec::new();
            if let Some(Data::Text(id)) = known.id {
                entries.push(("$id".to_owned(), Data::Text(id.clone())));
            }
            for (offset, field) in node.fields.clone().enumerate() {
                let at = Some(RecordAt { group, record });
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
            self.error(path.to_owned(), fault);
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

    fn error(&mut self, path: String, fault: Fault) {
        self.errors.push(ReportError {
            path,
            code: fault.code.to_owned(),
            params: fault.params,
        });
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
                Err(_) => evaluation.failures.push(format!("checks.{}", node.id)),
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
    let digits = program.currency_digits;
    let shown = |state: &State<'_>, type_: &Type| match state {
        State::Known(datum) => Some(to_data(datum, type_, digits)),
        State::Blank => Some(Data::Null),
        _ => None,
    };
    let mut entries = Vec::new();
    for (index, group) in program.groups.iter().enumerate() {
        if group.values.is_empty() {
            continue;
        }
        let records = evaluation.groups[index].records.iter().map(|record| {
            let values = &program.values[group.values.clone()];
            let entries = values.iter().filter_map(|value| {
                Some((
                    value.id.clone(),
                    shown(&record.slots[value.slot], &value.type_)?,
                ))
            });
            Data::Record(entries.collect())
        });
        entries.push((group.id.clone(), Data::List(records.collect())));
    }
    for symbol in &program.scalars {
        if let Symbol::Value(value) = symbol {
            let value = &program.values[*value];
            if let Some(data) = shown(&evaluation.scalars[value.slot], &value.type_) {
                entries.push((value.id.clone(), data));
            }
        }
    }
    Record(entries)
}

fn decisions(evaluation: &Evaluation<'_>) -> Vec<DecisionReport> {
    let program = evaluation.program;
    let report = |(index, decision): (usize, &crate::program::DecisionNode)| {
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
    };
    program.decisions.iter().enumerate().map(report).collect()
}

fn account(
    evaluation: &Evaluation<'_>,
    currency: &str,
    lines: &[LineNode],
    outcomes: &[Outcome<Number>],
    decisions: &[DecisionReport],
) -> Account {
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
    Account {
        currency: currency.to_owned(),
        lines: reports,
        total: total.map(|total| total.to_string_with(digits)),
    }
}
