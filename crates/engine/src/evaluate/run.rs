//! Runs a program's steps over a set of answers.

use std::cell::Cell;

use super::{
    expression::{Failure, known_day},
    reading::{Fault, Read, is_blank, read, type_fault},
    state::{Datum, State},
};
use crate::{
    answers::{Answers, Data},
    context::Context,
    date::{DateRange, Day},
    number::Number,
    plan::Literal,
    program::{Key, Kind, LineNode, ParameterNode, Program, Required, Step},
    report::Record,
};

/// A record of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordAt {
    pub group: usize,
    pub record: usize,
}

/// What became of a field, for the report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Whether it is asked; `None` while undecided.
    pub shown: Option<bool>,
    /// Whether something was sent for it.
    pub given: bool,
    /// Whether a required answer is missing.
    pub missing: bool,
    /// Its own error.
    pub fault: Option<Fault>,
}

impl Asked {
    /// Whether it is asked and has no error of its own, a missing answer being one: only then do
    /// checks apply to it.
    pub fn is_sound(&self) -> bool {
        self.shown == Some(true) && !self.missing && self.fault.is_none()
    }
}

/// A record of a group while it is evaluated.
#[derive(Clone, Debug)]
pub(crate) struct RecordState<'a> {
    pub slots: Vec<State<'a>>,
    /// One for each of the group's fields.
    pub asked: Vec<Asked>,
    /// What was sent, one for each of the group's fields.
    sent: Vec<Option<&'a Data>>,
    /// The reserved `$id`.
    pub id: Option<&'a Data>,
    /// What was sent is no record.
    pub fault: Option<Fault>,
}

/// A group while it is evaluated.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupState<'a> {
    pub asked: Asked,
    pub records: Vec<RecordState<'a>>,
    /// Whether the number of records is settled.
    settled: bool,
}

impl GroupState<'_> {
    /// The number of records, where it is settled.
    pub fn count(&self) -> Option<usize> {
        self.settled.then_some(self.records.len())
    }
}

/// A rule or line once it has been worked out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome<T> {
    /// Its condition is false.
    Absent,
    /// Not known yet.
    Undecided,
    /// Known.
    Decided(T),
}

/// One evaluation.
pub(crate) struct Evaluation<'a> {
    pub program: &'a Program,
    pub as_of: Day,
    pub scalars: Vec<State<'a>>,
    pub pages: Vec<Option<bool>>,
    pub groups: Vec<GroupState<'a>>,
    /// One for each field of the form; those of groups are in their records.
    pub asked: Vec<Asked>,
    pub rules: Vec<Outcome<bool>>,
    pub fees: Vec<Outcome<Number>>,
    pub entitlements: Vec<Outcome<Number>>,
    /// Keys that nobody may send, as path and code.
    pub refused: Vec<(String, &'static str)>,
    /// Facts with errors.
    pub fact_faults: Vec<(String, Fault)>,
    /// Paths at which evaluation itself failed.
    pub failures: Vec<String>,
    /// The day whose parameters hold; `None` while pending.
    pub rules_day: Option<Day>,
    /// Work done so far; see [`crate::plan::Work`] for its unit.
    pub work: Cell<u64>,
    sent_fields: Vec<Option<&'a Data>>,
    sent_groups: Vec<Option<&'a Data>>,
}

impl<'a> Evaluation<'a> {
    pub fn run(program: &'a Program, answers: &'a Answers, context: &'a Context) -> Self {
        let mut this = Self {
            program,
            as_of: context.as_of,
            scalars: vec![State::Pending; program.scalars.len()],
            pages: vec![None; program.pages.len()],
            groups: vec![GroupState::default(); program.groups.len()],
            asked: vec![Asked::default(); program.fields.len()],
            rules: vec![Outcome::Undecided; program.rules.len()],
            fees: vec![Outcome::Undecided; program.fees.len()],
            entitlements: vec![Outcome::Undecided; program.entitlements.len()],
            refused: Vec::new(),
            fact_faults: Vec::new(),
            failures: Vec::new(),
            rules_day: None,
            work: Cell::new(0),
            sent_fields: vec![None; program.fields.len()],
            sent_groups: vec![None; program.groups.len()],
        };
        this.sort_answers(answers);
        for &step in &program.order {
            match step {
                Step::Facts => this.facts(context),
                Step::Parameters => this.parameters(),
                Step::Page(page) => this.page(page),
                Step::Group(group) => this.group(group),
                Step::Field(field) => this.field(field),
                Step::Value(value) => this.value(value),
                Step::Rule(rule) => this.rule(rule),
                Step::Fee(line) => this.line(&program.fees[line], line, true),
                Step::Entitlement(line) => this.line(&program.entitlements[line], line, false),
            }
        }
        this
    }

    /// Puts each answer where its field finds it; notes keys that have no place.
    fn sort_answers(&mut self, answers: &'a Answers) {
        for (key, data) in &answers.0 {
            let place = match self.program.keys.get(key) {
                Some(Key::Field(field)) => &mut self.sent_fields[*field],
                Some(Key::Group(group)) => &mut self.sent_groups[*group],
                other => {
                    self.refused.push((shown_key(key), refusal(other)));
                    continue;
                }
            };
            if place.is_some() {
                self.refused.push((shown_key(key), "duplicate"));
            } else {
                *place = Some(data);
            }
        }
    }

    fn facts(&mut self, context: &'a Context) {
        let mut seen = vec![false; self.program.facts.len()];
        for (key, data) in &context.facts {
            let fault = |code| (format!("facts.{}", shown_key(key)), Fault::new(code));
            let facts = &self.program.facts;
            let Some(position) = facts.iter().position(|fact| fact.id == *key) else {
                self.fact_faults.push(fault("unknown"));
                continue;
            };
            if std::mem::replace(&mut seen[position], true) {
                self.fact_faults.push(fault("duplicate"));
                continue;
            }
            let fact = &facts[position];
            let state = match read(&fact.kind, data, self.program.currency_digits, |_| {
                Some(true)
            }) {
                // Rules read facts as never blank: one without a value is as good as absent.
                Read::Blank => match (&fact.kind, data) {
                    (Kind::Set(_), Data::List(_)) => State::Known(Datum::Set(Vec::new())),
                    _ => State::Pending,
                },
                Read::Answer(datum) => State::Known(datum),
                Read::Undecided => State::Pending,
                Read::Fault(found, state) => {
                    self.fact_faults.push((format!("facts.{key}"), found));
                    state
                }
            };
            self.scalars[fact.slot] = state;
        }
    }

    fn parameters(&mut self) {
        self.rules_day = match self.program.rules_of {
            None => Some(self.as_of),
            Some(field) => known_day(&self.scalars[self.program.fields[field].slot]),
        };
        let Some(day) = self.rules_day else { return };
        for parameter in &self.program.parameters {
            self.scalars[parameter.slot] = match period_on(parameter, day) {
                Some(period) => State::literal(&parameter.periods[period].1),
                None => State::Failed,
            };
        }
    }

    fn page(&mut self, page: usize) {
        let shown = self.program.pages[page].when.as_ref();
        self.pages[page] = self.decided(self.condition(shown, None), || format!("pages[{page}]"));
    }

    /// A condition's result; a failed one is noted at the path and counts as undecided.
    fn decided(
        &mut self,
        result: Result<Option<bool>, Failure>,
        path: impl FnOnce() -> String,
    ) -> Option<bool> {
        result.unwrap_or_else(|Failure| {
            self.failures.push(path());
            None
        })
    }

    fn group(&mut self, index: usize) {
        let node = &self.program.groups[index];
        let own = self.condition(node.when.as_ref(), None);
        let own = self.decided(own, || node.id.clone());
        let shown = both(self.pages[node.page], own);
        let sent = self.sent_groups[index];
        let mut state = GroupState {
            asked: Asked {
                shown,
                given: sent.is_some_and(|data| !is_blank(data)),
                ..Asked::default()
            },
            records: Vec::new(),
            settled: shown == Some(false),
        };
        if shown == Some(true) {
            let required = self.required(&node.required, None, || node.id.clone());
            match sent {
                Some(Data::List(items)) if items.len() > node.max as usize => {
                    let max = Data::Number(node.max.to_string());
                    state.asked.fault = Some(Fault::with("items", "max", max));
                }
                Some(Data::List(items)) if !items.is_empty() => {
                    state.asked.missing = items.len() < node.min as usize;
                    state.settled = !state.asked.missing;
                    state.records = items.iter().map(|item| self.record(index, item)).collect();
                    for (position, item) in items.iter().enumerate() {
                        self.refuse_keys(index, position, item);
                    }
                }
                Some(data) if !is_blank(data) => state.asked.fault = Some(type_fault("group")),
                Some(Data::List(_)) if node.min == 0 => state.settled = true,
                _ => {
                    state.asked.missing = required == Some(true);
                    state.settled = required == Some(false);
                }
            }
        }
        self.groups[index] = state;
    }

    fn record(&self, group: usize, item: &'a Data) -> RecordState<'a> {
        let node = &self.program.groups[group];
        let mut record = RecordState {
            slots: vec![State::Pending; node.slots.len()],
            asked: vec![Asked::default(); node.fields.len()],
            sent: vec![None; node.fields.len()],
            id: None,
            fault: None,
        };
        match item {
            Data::Record(entries) => {
                for (key, data) in entries {
                    if let Some(Key::Field(field)) = node.keys.get(key) {
                        record.sent[field - node.fields.start].get_or_insert(data);
                    } else if key == "$id" {
                        record.id = Some(data);
                    }
                }
            }
            _ => record.fault = Some(type_fault("record")),
        }
        record
    }

    fn refuse_keys(&mut self, group: usize, position: usize, item: &Data) {
        let Data::Record(entries) = item else { return };
        let node = &self.program.groups[group];
        let mut seen = vec![false; node.fields.len()];
        for (key, data) in entries {
            let code = match node.keys.get(key) {
                Some(Key::Field(field)) => {
                    if !std::mem::replace(&mut seen[field - node.fields.start], true) {
                        continue;
                    }
                    "duplicate"
                }
                None if key == "$id" => match data {
                    Data::Text(_) => continue,
                    _ => "type",
                },
                other => refusal(other),
            };
            let path = format!("{}[{position}].{}", node.id, shown_key(key));
            self.refused.push((path, code));
        }
    }

    fn field(&mut self, index: usize) {
        let node = &self.program.fields[index];
        match node.group {
            None => {
                let asked = self.pages[node.page];
                let (asked, state) = self.answer(index, None, asked, self.sent_fields[index]);
                self.scalars[node.slot] = state;
                self.asked[index] = asked;
            }
            Some(group) => {
                let offset = index - self.program.groups[group].fields.start;
                for record in 0..self.groups[group].records.len() {
                    let known = &self.groups[group].records[record];
                    if known.fault.is_some() {
                        continue;
                    }
                    let sent = known.sent[offset];
                    let at = Some(RecordAt { group, record });
                    let (asked, state) = self.answer(index, at, Some(true), sent);
                    let known = &mut self.groups[group].records[record];
                    known.slots[node.slot] = state;
                    known.asked[offset] = asked;
                }
            }
        }
    }

    /// What a field's answer comes to.
    fn answer(
        &mut self,
        index: usize,
        at: Option<RecordAt>,
        enclosing: Option<bool>,
        sent: Option<&'a Data>,
    ) -> (Asked, State<'a>) {
        let program = self.program;
        let node = &program.fields[index];
        let own = self.condition(node.when.as_ref(), at);
        let own = self.decided(own, || program.field_path(index, at));
        let shown = both(enclosing, own);
        let mut asked = Asked {
            shown,
            given: sent.is_some_and(|data| !is_blank(data)),
            ..Asked::default()
        };
        match shown {
            Some(false) => return (asked, State::Blank),
            None => return (asked, State::Pending),
            Some(true) => {}
        }
        let found = match sent {
            None => Read::Blank,
            Some(data) => read(&node.kind, data, program.currency_digits, |option| {
                // An option whose condition failed counts as undecided; the failure shows at what it reads.
                self.condition(option.when.as_ref(), at).unwrap_or(None)
            }),
        };
        let state = match found {
            Read::Answer(datum) => State::Known(datum),
            Read::Undecided => State::Pending,
            Read::Fault(fault, state) => {
                asked.fault = Some(fault);
                state
            }
            Read::Blank => {
                let required = self.required(&node.required, at, || program.field_path(index, at));
                match required {
                    Some(false) => State::Blank,
                    required => {
                        asked.missing = required == Some(true);
                        State::Pending
                    }
                }
            }
        };
        (asked, state)
    }

    fn required(
        &mut self,
        required: &'a Required,
        at: Option<RecordAt>,
        path: impl FnOnce() -> String,
    ) -> Option<bool> {
        match required {
            Required::Always => Some(true),
            Required::Never => Some(false),
            Required::When(node) => {
                let result = self.condition(Some(node), at);
                self.decided(result, path)
            }
        }
    }

    fn value(&mut self, index: usize) {
        let node = &self.program.values[index];
        match node.group {
            None => {
                let state = self.eval(&node.code, None);
                if state == State::Failed {
                    self.failures.push(format!("values.{}", node.id));
                }
                self.scalars[node.slot] = state.for_readers();
            }
            Some(group) => {
                for record in 0..self.groups[group].records.len() {
                    if self.groups[group].records[record].fault.is_some() {
                        continue;
                    }
                    let state = self.eval(&node.code, Some(RecordAt { group, record }));
                    if state == State::Failed {
                        let group = &self.program.groups[group].id;
                        self.failures
                            .push(format!("values.{group}[{record}].{}", node.id));
                    }
                    self.groups[group].records[record].slots[node.slot] = state.for_readers();
                }
            }
        }
    }

    fn rule(&mut self, index: usize) {
        let program = self.program;
        let node = &program.rules[index];
        let path = || format!("rules.{}.{}", program.decisions[node.decision].id, node.id);
        let applies = self.condition(node.when.as_ref(), None);
        let outcome = match self.decided(applies, path) {
            Some(false) => Outcome::Absent,
            None => Outcome::Undecided,
            Some(true) => {
                let holds = self.condition(Some(&node.require), None);
                match self.decided(holds, path) {
                    Some(holds) => Outcome::Decided(holds),
                    None => Outcome::Undecided,
                }
            }
        };
        self.scalars[node.slot] = match outcome {
            Outcome::Absent => State::Blank,
            Outcome::Undecided => State::Pending,
            Outcome::Decided(holds) => State::bool(holds),
        };
        self.rules[index] = outcome;
    }

    fn line(&mut self, node: &'a LineNode, index: usize, fee: bool) {
        let path = || format!("{}.{}", if fee { "fees" } else { "entitlements" }, node.id);
        let applies = self.condition(node.when.as_ref(), None);
        let outcome = match self.decided(applies, path) {
            Some(false) => Outcome::Absent,
            None => Outcome::Undecided,
            Some(true) => match self.eval(&node.amount, None) {
                State::Known(Datum::Number(amount))
                    if amount.units_at(self.program.currency_digits).is_some() =>
                {
                    Outcome::Decided(amount)
                }
                State::Pending | State::Partial(_) => Outcome::Undecided,
                _ => {
                    self.failures.push(path());
                    Outcome::Undecided
                }
            },
        };
        self.scalars[node.slot] = match &outcome {
            Outcome::Absent => State::number(Some(Number::ZERO)),
            Outcome::Undecided => State::Pending,
            Outcome::Decided(amount) => State::number(Some(*amount)),
        };
        let lines = if fee {
            &mut self.fees
        } else {
            &mut self.entitlements
        };
        lines[index] = outcome;
    }
}

/// Conjunction of two conditions of which either may be undecided.
pub(crate) const fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// The period of a parameter that holds on a day.
pub(crate) fn period_on(parameter: &ParameterNode, day: Day) -> Option<usize> {
    let begun =
        |(period, _): &(crate::plan::Period, Literal)| period.from.is_none_or(|from| from <= day);
    let last = parameter.periods.iter().rposition(begun)?;
    let (period, _) = &parameter.periods[last];
    period.to.is_none_or(|to| to >= day).then_some(last)
}

/// The days of a parameter's period; none where the next begins at once.
pub(crate) fn days_of_period(parameter: &ParameterNode, period: usize) -> DateRange {
    let (bounds, _) = &parameter.periods[period];
    let next = parameter.periods.get(period + 1);
    let before_next = next.and_then(|(next, _)| next.from?.add_days(-1));
    DateRange {
        start: bounds.from.unwrap_or(Day::MIN),
        end: [bounds.to, before_next]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(Day::MAX),
    }
}

fn refusal(key: Option<&Key>) -> &'static str {
    match key {
        Some(Key::Value) => "computed",
        Some(Key::Fact) => "fact",
        _ => "unknown",
    }
}

/// A foreign key as a report shows it: a key can be as long as its sender likes.
fn shown_key(key: &str) -> String {
    const LONGEST: usize = 100;
    match key.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &key[..end]),
        None => key.to_owned(),
    }
}

impl Program {
    /// The path of a field, in a record where it belongs to a group.
    pub fn field_path(&self, field: usize, at: Option<RecordAt>) -> String {
        let node = &self.fields[field];
        match at {
            Some(RecordAt { group, record }) if node.group == Some(group) => {
                format!("{}[{record}].{}", self.groups[group].id, node.id)
            }
            _ => node.path.clone(),
        }
    }
}

/// The named values of a message's placeholders that are determined.
pub(crate) fn placeholders<'a>(
    evaluation: &Evaluation<'a>,
    params: &'a [crate::program::ParamNode],
    at: Option<RecordAt>,
) -> Record {
    let digits = evaluation.program.currency_digits;
    Record(
        params
            .iter()
            .filter_map(|param| match evaluation.eval(&param.code, at) {
                State::Known(datum) => {
                    let data = super::state::to_data(&datum, &param.type_, digits);
                    Some((param.name.clone(), data))
                }
                _ => None,
            })
            .collect(),
    )
}
