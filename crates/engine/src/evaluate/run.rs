//! Runs a program's steps over a set of answers.

use std::{borrow::Cow, cell::Cell};

use super::{
    expression::{Failure, known_day},
    held::Held,
    notes::Notes,
    reading::{Fault, Read, Sent, is_blank, read, type_fault},
    sent::shown_key,
    state::{Datum, State},
};
use crate::{
    answers::{AnswersOf, Data, DataOf},
    context::Context,
    date::{DateRange, Day},
    number::Number,
    plan::Literal,
    program::{Kind, LineNode, ParameterNode, Program, Required, Step},
    report::RecordOf,
};

/// A record of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordAt {
    pub group: usize,
    pub record: usize,
}

/// What became of a field, for the report.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Asked {
    /// Whether it is asked; `None` while undecided.
    pub shown: Option<bool>,
    /// Whether something was sent for it.
    pub given: bool,
    /// Whether a required answer is missing.
    pub missing: bool,
    /// Its own error, which is rare.
    pub fault: Option<Box<Fault>>,
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
    /// Positions of what was sent among the record's entries, one for each of the group's fields.
    pub sent: Vec<Option<usize>>,
    /// The position of the reserved `$id`.
    pub id: Option<usize>,
    /// What was sent is no record.
    pub fault: Option<Box<Fault>>,
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
    pub refused: Notes<(String, &'static str)>,
    /// Facts with errors.
    pub fact_faults: Vec<(String, Fault)>,
    /// Paths at which evaluation itself failed.
    pub failures: Notes<String>,
    /// The day whose parameters hold; `None` while pending.
    pub rules_day: Option<Day>,
    /// Work done so far; see [`crate::plan::Work`] for its unit.
    pub work: Cell<u64>,
    /// What is being worked out, and so makes notes: 0 for the keys of the answers, then the steps in
    /// their order from 1, then what is put together of them.
    pub at: usize,
    /// Whether what was worked out last differs from what stood there.
    pub changed: bool,
    /// The answers; owned where they may change.
    pub answers: Held<'a>,
    /// Positions of what was sent among the answers, for each field of the form and for each group.
    pub sent_fields: Vec<Option<usize>>,
    pub sent_groups: Vec<Option<usize>>,
}

impl<'a> Evaluation<'a> {
    pub fn run(program: &'a Program, answers: &'a AnswersOf<'a>, context: &'a Context) -> Self {
        let answers = Held {
            lent: Some(answers),
            ..Held::default()
        };
        Self::of(program, answers, context)
    }

    /// The same of answers that may be its own.
    pub fn of(program: &'a Program, answers: Held<'a>, context: &'a Context) -> Self {
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
            refused: Notes::default(),
            fact_faults: Vec::new(),
            failures: Notes::default(),
            rules_day: None,
            work: Cell::new(0),
            at: 0,
            // Nothing is compared where nothing stood before.
            changed: true,
            answers,
            sent_fields: Vec::new(),
            sent_groups: Vec::new(),
        };
        this.sort_answers();
        this.facts(context);
        for position in 0..program.order.len() {
            this.step(position);
        }
        this
    }

    /// Works out a step of the program's order.
    pub fn step(&mut self, position: usize) {
        let program = self.program;
        self.at = position + 1;
        match program.order[position] {
            // They are read before all else, once.
            Step::Facts => {}
            Step::Parameters => self.parameters(),
            Step::Page(page) => self.page(page),
            Step::Group(group) => self.group(group),
            Step::Field(field) => self.field(field),
            Step::Value(value) => self.value(value),
            Step::Rule(rule) => self.rule(rule),
            Step::Fee(line) => self.line(&program.fees[line], line, true),
            Step::Entitlement(line) => self.line(&program.entitlements[line], line, false),
        }
    }

    /// Puts a state in the form's slot, or in that of a record.
    fn put(&mut self, at: Option<RecordAt>, slot: usize, state: State<'a>) {
        let place = match at {
            None => &mut self.scalars[slot],
            Some(RecordAt { group, record }) => &mut self.groups[group].records[record].slots[slot],
        };
        self.changed = self.changed || !place.is_same(&state);
        *place = state;
    }

    /// Notes that evaluation failed at a path.
    pub fn failed(&mut self, path: String) {
        self.failures.add(self.at, path);
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
            let digits = self.program.currency_digits;
            let found = read(&fact.kind, Sent::Lasting(data), digits, |_| Some(true));
            let state = match found {
                // Rules read facts as never blank: one without a value is as good as absent.
                Read::Blank => match (&fact.kind, data) {
                    (Kind::Set(_), DataOf::List(_)) => State::Known(Datum::Set(Vec::new())),
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
        for parameter in &self.program.parameters {
            let period = self.rules_day.map(|day| period_on(parameter, day));
            let state = match period {
                None => State::Pending,
                Some(Some(period)) => State::literal(&parameter.periods[period].1),
                Some(None) => State::Failed,
            };
            self.put(None, parameter.slot, state);
        }
    }

    fn page(&mut self, page: usize) {
        let shown = self.program.pages[page].when.as_ref();
        let shown = self.decided(self.condition(shown, None), || format!("pages[{page}]"));
        self.changed = self.changed || self.pages[page] != shown;
        self.pages[page] = shown;
    }

    /// A condition's result; a failed one is noted at the path and counts as undecided.
    fn decided(
        &mut self,
        result: Result<Option<bool>, Failure>,
        path: impl FnOnce() -> String,
    ) -> Option<bool> {
        result.unwrap_or_else(|Failure| {
            self.failed(path());
            None
        })
    }

    fn group(&mut self, index: usize) {
        let node = &self.program.groups[index];
        let own = self.condition(node.when.as_ref(), None);
        let own = self.decided(own, || node.id.clone());
        let shown = both(self.pages[node.page], own);
        let required = match shown {
            Some(true) => self.required(&node.required, None, || node.id.clone()),
            _ => None,
        };
        // While its records are taken, the answers cannot stand in the evaluation that takes them.
        let answers = std::mem::take(&mut self.answers);
        let sent = self.sent_groups[index].map(|position| &answers.get().0[position].1);
        let mut state = GroupState {
            asked: Asked {
                shown,
                given: sent.is_some_and(|data| !is_blank(data)),
                ..Asked::default()
            },
            records: Vec::new(),
            settled: shown == Some(false),
        };
        let before = std::mem::take(&mut self.groups[index]);
        self.changed = self.changed || !before.records.is_empty();
        if shown == Some(true) {
            match sent {
                Some(DataOf::List(items)) if items.len() > node.max as usize => {
                    let max = Data::number(node.max.to_string());
                    let fault = Fault::with("items", "max", max);
                    state.asked.fault = Some(Box::new(fault));
                }
                Some(DataOf::List(items)) if !items.is_empty() => {
                    state.asked.missing = items.len() < node.min as usize;
                    state.settled = !state.asked.missing;
                    let mut before = before.records.into_iter();
                    state.records = items
                        .iter()
                        .map(|item| self.record(index, item, before.next()))
                        .collect();
                    for (position, item) in items.iter().enumerate() {
                        self.refuse_keys(index, position, item);
                    }
                    self.changed = true;
                }
                Some(data) if !is_blank(data) => {
                    state.asked.fault = Some(Box::new(type_fault("group")));
                }
                Some(DataOf::List(_)) if node.min == 0 => state.settled = true,
                _ => {
                    state.asked.missing = required == Some(true);
                    state.settled = required == Some(false);
                }
            }
        }
        self.changed =
            self.changed || before.asked != state.asked || before.settled != state.settled;
        self.groups[index] = state;
        self.answers = answers;
    }

    fn field(&mut self, index: usize) {
        let node = &self.program.fields[index];
        match node.group {
            None => {
                let (asked, state) = self.answer(index, None, self.pages[node.page]);
                self.put(None, node.slot, state);
                self.changed = self.changed || self.asked[index] != asked;
                self.asked[index] = asked;
            }
            Some(group) => {
                let offset = index - self.program.groups[group].fields.start;
                for record in 0..self.groups[group].records.len() {
                    if self.groups[group].records[record].fault.is_some() {
                        continue;
                    }
                    let at = Some(RecordAt { group, record });
                    let (asked, state) = self.answer(index, at, Some(true));
                    self.put(at, node.slot, state);
                    let known = &mut self.groups[group].records[record];
                    self.changed = self.changed || known.asked[offset] != asked;
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
    ) -> (Asked, State<'a>) {
        let program = self.program;
        let node = &program.fields[index];
        let own = self.condition(node.when.as_ref(), at);
        let own = self.decided(own, || program.field_path(index, at).into_owned());
        let shown = both(enclosing, own);
        let sent = self.sent(index, at);
        let mut asked = Asked {
            shown,
            given: sent.is_some_and(|sent| !is_blank(sent.data())),
            ..Asked::default()
        };
        match shown {
            Some(false) => return (asked, State::Blank),
            None => return (asked, State::Pending),
            Some(true) => {}
        }
        let found = match sent {
            None => Read::Blank,
            Some(sent) => read(&node.kind, sent, program.currency_digits, |option| {
                // An option whose condition failed counts as undecided; the failure shows at what it reads.
                self.condition(option.when.as_ref(), at).unwrap_or(None)
            }),
        };
        let state = match found {
            Read::Answer(datum) => State::Known(datum),
            Read::Undecided => State::Pending,
            Read::Fault(fault, state) => {
                asked.fault = Some(Box::new(fault));
                state
            }
            Read::Blank => {
                let required = self.required(&node.required, at, || {
                    program.field_path(index, at).into_owned()
                });
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
                    self.failed(format!("values.{}", node.id));
                }
                self.put(None, node.slot, state.for_readers());
            }
            Some(group) => {
                for record in 0..self.groups[group].records.len() {
                    if self.groups[group].records[record].fault.is_some() {
                        continue;
                    }
                    let at = Some(RecordAt { group, record });
                    let state = self.eval(&node.code, at);
                    if state == State::Failed {
                        let group = &self.program.groups[group].id;
                        self.failed(format!("values.{group}[{record}].{}", node.id));
                    }
                    self.put(at, node.slot, state.for_readers());
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
        let state = match outcome {
            Outcome::Absent => State::Blank,
            Outcome::Undecided => State::Pending,
            Outcome::Decided(holds) => State::bool(holds),
        };
        self.put(None, node.slot, state);
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
                    self.failed(path());
                    Outcome::Undecided
                }
            },
        };
        let state = match &outcome {
            Outcome::Absent => State::number(Some(Number::ZERO)),
            Outcome::Undecided => State::Pending,
            Outcome::Decided(amount) => State::number(Some(*amount)),
        };
        self.put(None, node.slot, state);
        let lines = if fee {
            &mut self.fees
        } else {
            &mut self.entitlements
        };
        // A line that does not apply is nothing, as one that comes to nothing is, but is not reported.
        self.changed = self.changed || lines[index] != outcome;
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

impl Program {
    /// The path of a field, in a record where it belongs to a group.
    pub fn field_path(&self, field: usize, at: Option<RecordAt>) -> Cow<'_, str> {
        let node = &self.fields[field];
        match at {
            Some(RecordAt { group, record }) if node.group == Some(group) => {
                format!("{}[{record}].{}", self.groups[group].id, node.id).into()
            }
            _ => Cow::Borrowed(&node.path),
        }
    }
}

/// The named values of a message's placeholders that are determined.
pub(crate) fn placeholders<'a>(
    evaluation: &Evaluation<'a>,
    params: &'a [crate::program::ParamNode],
    at: Option<RecordAt>,
) -> RecordOf<'a> {
    let digits = evaluation.program.currency_digits;
    RecordOf(
        params
            .iter()
            .filter_map(|param| match evaluation.eval(&param.code, at) {
                State::Known(datum) => {
                    let data = super::state::to_data(&datum, &param.type_, digits);
                    Some((Cow::Borrowed(param.name.as_str()), data))
                }
                _ => None,
            })
            .collect(),
    )
}
