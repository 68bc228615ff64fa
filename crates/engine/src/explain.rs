//! Why a figure or verdict is what it is.

mod functions;
mod rows;

use std::{collections::BTreeSet, fmt};

use crate::{
    answers::Answers,
    context::Context,
    date::{Day, Duration, DurationUnit},
    evaluate::{
        At, Datum, EvaluateError, Evaluation, Outcome, RecordAt, State, check_day, known_day,
        matching_row, period_on, placeholders, report_of, to_data,
    },
    format,
    plan::{HitPolicy, Literal, Plan, Texts, Type},
    program::{LineNode, Node, Symbol},
    report::{Record, Report},
    words::{Words, verdict_key, words},
};

/// A tree of reasons: what was worked out, from what, under which source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What this node says, such as `Stall licences: £23.60`.
    pub text: String,
    /// The source it rests on.
    pub source: Option<String>,
    /// What it was worked out from.
    pub because: Vec<Explanation>,
}

/// Why nothing could be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainError {
    /// The form has no such node; the message lists what there is.
    UnknownNode(String),
    /// The evaluation itself was refused.
    Evaluate(EvaluateError),
}

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownNode(message) => f.write_str(message),
            Self::Evaluate(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ExplainError {}

/// Explains a node: `fees.total`, `fees.<line>`, `entitlements.…`, `values.<value>`,
/// `decisions.<decision>`, `rules.<decision>.<rule>`, `checks.<check>`.
///
/// # Errors
/// Where the form has no such node or cannot be evaluated on that day.
pub fn explain(
    plan: &Plan,
    locale: &str,
    answers: &Answers,
    context: &Context,
    node: &str,
) -> Result<Explanation, ExplainError> {
    check_day(plan, context).map_err(ExplainError::Evaluate)?;
    let evaluation = Evaluation::run(plan.program(), answers, context);
    let report = report_of(plan, Evaluation::run(plan.program(), answers, context));
    let mut explainer = Explainer {
        plan,
        texts: plan.texts_or_default(locale),
        evaluation,
        words: words(plan, locale, &report),
        report,
        told: BTreeSet::new(),
    };
    explainer
        .node(node)
        .ok_or_else(|| ExplainError::UnknownNode(unknown_node(plan, node)))
}

/// The nodes that can be explained.
pub fn explainable_nodes(plan: &Plan) -> Vec<String> {
    let program = plan.program();
    let mut nodes = Vec::new();
    for (kind, lines) in [
        ("fees", &program.fees),
        ("entitlements", &program.entitlements),
    ] {
        if !lines.is_empty() {
            nodes.push(format!("{kind}.total"));
            nodes.extend(lines.iter().map(|line| format!("{kind}.{}", line.id)));
        }
    }
    for decision in &program.decisions {
        nodes.push(format!("decisions.{}", decision.id));
        for rule in &program.rules[decision.rules.clone()] {
            nodes.push(format!("rules.{}.{}", decision.id, rule.id));
        }
    }
    nodes.extend(
        program
            .values
            .iter()
            .map(|value| format!("values.{}", value.path)),
    );
    nodes.extend(
        program
            .checks
            .iter()
            .map(|check| format!("checks.{}", check.id)),
    );
    nodes
}

fn unknown_node(plan: &Plan, node: &str) -> String {
    format!(
        "the form has nothing named `{node}` to explain; there is {}",
        explainable_nodes(plan).join(", ")
    )
}

impl Explanation {
    fn leaf(text: String, source: Option<String>) -> Self {
        Self {
            text,
            source,
            because: Vec::new(),
        }
    }

    /// The tree as indented text, a line a node.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    fn write(&self, text: &mut String, depth: usize) {
        text.push_str(&"  ".repeat(depth));
        text.push_str(&self.text);
        if let Some(source) = &self.source {
            text.push_str(" [");
            text.push_str(source);
            text.push(']');
        }
        text.push('\n');
        for reason in &self.because {
            reason.write(text, depth + 1);
        }
    }
}

struct Explainer<'a> {
    plan: &'a Plan,
    texts: &'a Texts,
    evaluation: Evaluation<'a>,
    report: Report,
    words: Words,
    /// Values already told in full; the next time their figure is enough.
    told: BTreeSet<(usize, Option<usize>)>,
}

impl<'a> Explainer<'a> {
    fn node(&mut self, node: &str) -> Option<Explanation> {
        let program = self.plan.program();
        let (kind, id) = node.split_once('.')?;
        match kind {
            "fees" => self.account_node(id, true),
            "entitlements" => self.account_node(id, false),
            "values" => {
                let index = program.values.iter().position(|value| value.path == id)?;
                match program.values[index].group {
                    None => Some(self.value(index, None)),
                    Some(group) => {
                        let count = self.evaluation.groups[group].records.len();
                        let label = self.label(&format!("value.{id}"), id);
                        let because = (0..count)
                            .map(|record| self.value(index, Some(RecordAt { group, record })))
                            .collect();
                        Some(Explanation {
                            text: label,
                            source: self.source(&format!("value.{id}")),
                            because,
                        })
                    }
                }
            }
            "decisions" => {
                let index = program.decisions.iter().position(|d| d.id == id)?;
                Some(self.decision(index))
            }
            "rules" => {
                let (decision, rule) = id.split_once('.')?;
                let decision = program.decisions.iter().find(|d| d.id == decision)?;
                let rules = decision.rules.clone();
                let index = rules
                    .into_iter()
                    .find(|&index| program.rules[index].id == rule)?;
                Some(self.rule(index))
            }
            "checks" => {
                let check = program.checks.iter().find(|check| check.id == id)?;
                let failed = self.report.errors.iter().find(|error| {
                    error.params.get("check").and_then(|data| data.as_text()) == Some(id)
                });
                let key = match failed {
                    Some(_) => "explain.fails",
                    None => "explain.not_failing",
                };
                let values = match failed {
                    Some(error) => error.params.clone(),
                    None => placeholders(&self.evaluation, &check.params, None),
                };
                let declared = self.plan.rules().checks.iter().find(|c| c.check == id)?;
                let text_key = format!("check.{id}");
                let text = self.texts.say(&text_key, &declared.params, &values);
                let mut because = Vec::new();
                self.reads(&check.require, None, &mut because);
                Some(Explanation {
                    text: format!("{text}: {}", self.texts.text(key)),
                    source: self.source(&text_key),
                    because,
                })
            }
            _ => None,
        }
    }

    fn account_node(&mut self, id: &str, fees: bool) -> Option<Explanation> {
        let program = self.plan.program();
        let lines = if fees {
            &program.fees
        } else {
            &program.entitlements
        };
        if id != "total" {
            let index = lines.iter().position(|line| line.id == id)?;
            return Some(self.line(index, fees));
        }
        if lines.is_empty() {
            return None;
        }
        let account = if fees {
            &self.report.fees
        } else {
            &self.report.entitlements
        };
        let total = account.as_ref().and_then(|account| account.total.as_ref());
        let total = total.map(|total| format::money(self.texts, total));
        let text = self.stated(self.texts.text("explain.total"), total);
        let applicable: Vec<_> = (0..lines.len())
            .filter(|&index| self.outcomes(fees)[index] != Outcome::Absent)
            .collect();
        let because = applicable
            .into_iter()
            .map(|index| self.line(index, fees))
            .collect();
        Some(Explanation {
            text,
            source: None,
            because,
        })
    }

    fn outcomes(&self, fees: bool) -> &[Outcome<crate::number::Number>] {
        if fees {
            &self.evaluation.fees
        } else {
            &self.evaluation.entitlements
        }
    }

    /// A line with its amount alone.
    fn line_head(&self, index: usize, fees: bool) -> Explanation {
        let program = self.plan.program();
        let (lines, kind) = if fees {
            (&program.fees, "fee")
        } else {
            (&program.entitlements, "entitlement")
        };
        let line: &LineNode = &lines[index];
        let key = format!("{kind}.{}", line.id);
        let amount = match &self.outcomes(fees)[index] {
            Outcome::Absent => Some(self.texts.text("explain.not_applicable").to_owned()),
            Outcome::Undecided => None,
            Outcome::Decided(amount) => {
                let amount = amount.to_string_with(program.currency_digits);
                Some(format::money(self.texts, &amount))
            }
        };
        let label = self.label(&key, &line.id);
        Explanation::leaf(self.stated(&label, amount), self.source(&key))
    }

    fn line(&mut self, index: usize, fees: bool) -> Explanation {
        let program = self.plan.program();
        let line = if fees {
            &program.fees[index]
        } else {
            &program.entitlements[index]
        };
        let mut because = Vec::new();
        if let Some(when) = &line.when {
            self.reads(when, None, &mut because);
        }
        if self.outcomes(fees)[index] != Outcome::Absent {
            self.reads(&line.amount, None, &mut because);
        }
        Explanation {
            because,
            ..self.line_head(index, fees)
        }
    }

    fn decision(&mut self, index: usize) -> Explanation {
        let decision = &self.plan.program().decisions[index];
        let title = format!("decision.{}.title", decision.id);
        let title = self.texts.text(&title);
        let verdict = self
            .texts
            .text(verdict_key(self.report.decisions[index].verdict));
        let text = format!("{title}: {verdict}");
        let applicable: Vec<_> = decision
            .rules
            .clone()
            .filter(|&rule| self.evaluation.rules[rule] != Outcome::Absent)
            .collect();
        let because = applicable.into_iter().map(|rule| self.rule(rule)).collect();
        Explanation {
            text,
            source: None,
            because,
        }
    }

    /// A rule with its result alone.
    fn rule_head(&self, index: usize) -> Explanation {
        let program = self.plan.program();
        let node = &program.rules[index];
        let decision = &program.decisions[node.decision].id;
        let key = match self.evaluation.rules[index] {
            Outcome::Absent => "explain.not_applicable",
            Outcome::Undecided => "explain.unknown",
            Outcome::Decided(true) => "explain.holds",
            Outcome::Decided(false) => "explain.fails",
        };
        let reported = self
            .words
            .decisions
            .iter()
            .find(|words| words.decision == *decision);
        let message = reported
            .and_then(|words| words.rules.iter().find(|words| words.rule == node.id))
            .map(|words| words.message.clone());
        let text_key = format!("rule.{decision}.{}", node.id);
        let message = message.unwrap_or_else(|| self.texts.say(&text_key, &[], &Record::default()));
        let text = format!("{message}: {}", self.texts.text(key));
        Explanation::leaf(text, self.source(&text_key))
    }

    fn rule(&mut self, index: usize) -> Explanation {
        let node = &self.plan.program().rules[index];
        let mut because = Vec::new();
        if let Some(when) = &node.when {
            self.reads(when, None, &mut because);
        }
        if self.evaluation.rules[index] != Outcome::Absent {
            self.reads(&node.require, None, &mut because);
        }
        Explanation {
            because,
            ..self.rule_head(index)
        }
    }

    fn value(&mut self, index: usize, at: Option<RecordAt>) -> Explanation {
        let value = &self.plan.program().values[index];
        let key = format!("value.{}", value.path);
        let state = self.slot(Symbol::Value(index), value.slot, at);
        let shown = self.shown(&state, &value.type_);
        let label = self.numbered(self.label(&key, &value.id), at);
        let mut because = Vec::new();
        if self.told.insert((index, at.map(|at| at.record))) {
            self.reads(&value.code, at, &mut because);
        }
        Explanation {
            text: self.stated(&label, shown),
            source: self.source(&key),
            because,
        }
    }

    fn slot(&self, symbol: Symbol, slot: usize, at: Option<RecordAt>) -> State<'a> {
        let in_record = match symbol {
            Symbol::Field(field) => self.plan.program().fields[field].group,
            Symbol::Value(value) => self.plan.program().values[value].group,
            _ => None,
        };
        match (in_record, at) {
            (Some(_), Some(RecordAt { group, record })) => {
                self.evaluation.groups[group].records[record].slots[slot].clone()
            }
            _ => self.evaluation.scalars[slot].clone(),
        }
    }

    /// Adds what an expression read on the way to its result.
    fn reads<'s>(
        &mut self,
        node: &'a Node,
        at: impl Into<At<'s, 'a>>,
        reasons: &mut Vec<Explanation>,
    ) where
        'a: 's,
    {
        let at = at.into();
        let program = self.plan.program();
        match node {
            Node::Scalar(slot) => {
                let reason = self.symbol(program.scalars[*slot], *slot, None);
                add(reasons, reason);
            }
            Node::Record(slot) => {
                if let Some(at) = at.record {
                    let symbol = program.groups[at.group].slots[*slot];
                    let reason = self.symbol(symbol, *slot, Some(at));
                    add(reasons, reason);
                }
            }
            Node::If(nodes) => {
                self.reads(&nodes[0], at, reasons);
                match self.evaluation.eval(&nodes[0], at) {
                    State::Known(Datum::Bool(true)) => self.reads(&nodes[1], at, reasons),
                    State::Known(_) => self.reads(&nodes[2], at, reasons),
                    _ => {}
                }
            }
            Node::Default(nodes) => {
                self.reads(&nodes[0], at, reasons);
                if self.evaluation.eval(&nodes[0], at) == State::Blank {
                    self.reads(&nodes[1], at, reasons);
                }
            }
            Node::Aggregate { group, each, .. } | Node::Each { group, each } => {
                for record in 0..self.evaluation.groups[*group].records.len() {
                    let group = *group;
                    let record = Some(RecordAt { group, record });
                    self.reads(each, At { record, ..at }, reasons);
                }
            }
            Node::Count(group) => {
                let title = self.label_of_group(*group);
                let count = self.evaluation.groups[*group]
                    .count()
                    .map(|count| count.to_string());
                let text = self.stated(&title, count);
                add(reasons, Explanation::leaf(text, None));
            }
            Node::Table {
                table,
                output,
                inputs,
            } => {
                let reason = self.table(*table, *output, inputs, at);
                add(reasons, reason);
            }
            Node::ParameterOn(parameter, day) => {
                let known = known_day(&self.evaluation.eval(day, at));
                add(reasons, self.parameter(*parameter, known));
                self.reads(day, at, reasons);
            }
            Node::Accrue(parameter, range) => {
                if let State::Known(Datum::Range(range)) = self.evaluation.eval(range, at) {
                    for (period, days) in self.evaluation.accrued(*parameter, range) {
                        add(reasons, self.accrued(*parameter, period, days));
                    }
                }
                self.reads(range, at, reasons);
            }
            Node::Apply {
                function,
                arguments,
            } => self.call(*function, node, arguments, at, reasons),
            Node::Let { values, result } => self.with_locals(values, result, at, reasons),
            Node::OverRows {
                table,
                inputs,
                each,
                ..
            } => self.rows(*table, inputs, each, at, reasons),
            Node::Collect {
                table,
                output,
                inputs,
            } => {
                let reason = self.collected(*table, inputs, &[*output], at);
                add(reasons, reason);
            }
            Node::Today => {
                let day = format::date(self.texts, self.evaluation.as_of);
                let text = self.stated(self.texts.text("explain.today"), Some(day));
                add(reasons, Explanation::leaf(text, None));
            }
            other => {
                for operand in other.operands() {
                    self.reads(operand, at, reasons);
                }
            }
        }
    }

    fn table(
        &mut self,
        index: usize,
        output: usize,
        inputs: &'a [Node],
        at: At<'_, 'a>,
    ) -> Explanation {
        let table = &self.plan.program().tables[index];
        let label = match table.id.starts_with("options/") {
            // An attribute of an option goes by its own name.
            true => self.plan.rules().tables[index].outputs[output].name.clone(),
            false => self.label(&format!("table.{}", table.id), &table.id),
        };
        let states: Vec<_> = inputs
            .iter()
            .map(|input| self.evaluation.eval(input, at))
            .collect();
        let row = match table.hit {
            HitPolicy::Marginal => None,
            _ if states
                .iter()
                .any(|state| matches!(state, State::Pending | State::Partial(_))) =>
            {
                None
            }
            _ => matching_row(table, &states),
        };
        let text = match row {
            Some(row) if table.id.starts_with("options/") => {
                let result = self.literal(&table.rows[row].then[output], &table.outputs[output]);
                self.stated(&label, Some(result))
            }
            Some(row) => {
                let result = self.literal(&table.rows[row].then[output], &table.outputs[output]);
                let place = self.row_text(row);
                self.stated(&format!("{label}, {place}"), Some(result))
            }
            None => label,
        };
        let mut because = Vec::new();
        for input in inputs {
            self.reads(input, at, &mut because);
        }
        Explanation {
            text,
            source: self.source(&format!("table.{}", table.id)),
            because,
        }
    }

    fn symbol(&mut self, symbol: Symbol, slot: usize, at: Option<RecordAt>) -> Explanation {
        let program = self.plan.program();
        match symbol {
            Symbol::Field(index) => {
                let field = &program.fields[index];
                let state = self.slot(symbol, slot, at);
                let key = format!("field.{}", field.path);
                let shown = self.shown(&state, &field.kind.type_(key.clone()));
                let label = self.numbered(self.label(&key, &field.id), at);
                Explanation::leaf(self.stated(&label, shown), None)
            }
            Symbol::Value(index) => self.value(index, at),
            Symbol::Parameter(index) => self.parameter(index, self.evaluation.rules_day),
            Symbol::Fact(index) => {
                let fact = &program.facts[index];
                let key = format!("fact.{}", fact.id);
                let label = self.label(&key, &fact.id);
                let shown = self.shown(&self.evaluation.scalars[slot], &fact.kind.type_(key));
                Explanation::leaf(self.stated(&label, shown), None)
            }
            // What another line or rule came to is enough: its own reasons stand with itself.
            Symbol::Rule(index) => self.rule_head(index),
            Symbol::Fee(index) => self.line_head(index, true),
            Symbol::Entitlement(index) => self.line_head(index, false),
        }
    }

    fn parameter(&self, index: usize, day: Option<Day>) -> Explanation {
        let parameter = &self.plan.program().parameters[index];
        match day.and_then(|day| period_on(parameter, day)) {
            Some(period) => self.period(index, period, None),
            None => Explanation::leaf(self.stated(&self.parameter_label(index), None), None),
        }
    }

    /// A period of a parameter, and how many of its days count.
    fn accrued(&self, index: usize, period: usize, days: i64) -> Explanation {
        let days = Duration::of(DurationUnit::Days, days).unwrap_or_default();
        let days = format::duration(self.texts, days, Some(DurationUnit::Days));
        self.period(index, period, Some(days))
    }

    fn period(&self, index: usize, period: usize, days: Option<String>) -> Explanation {
        let parameter = &self.plan.program().parameters[index];
        let (bounds, literal) = &parameter.periods[period];
        let mut value = self.literal(literal, &parameter.type_);
        if let Some(from) = bounds.from {
            let from = format::date(self.texts, from);
            let since = self.texts.fill("explain.since", |name| match name {
                "date" => Some(from.clone()),
                _ => None,
            });
            value = format!("{value} ({since})");
        }
        if let Some(days) = days {
            value = format!("{value}, {days}");
        }
        let source = self.source(&format!("parameter.{}.{period}", parameter.id));
        Explanation::leaf(
            self.stated(&self.parameter_label(index), Some(value)),
            source,
        )
    }

    fn parameter_label(&self, index: usize) -> String {
        let id = &self.plan.program().parameters[index].id;
        self.label(&format!("parameter.{id}"), id)
    }

    fn literal(&self, literal: &'a Literal, type_: &Type) -> String {
        self.shown(&State::literal(literal), type_)
            .unwrap_or_default()
    }

    /// A state in words; `None` while it is not known.
    fn shown(&self, state: &State<'_>, type_: &Type) -> Option<String> {
        match state {
            State::Known(datum) => {
                let data = to_data(datum, type_, self.plan.program().currency_digits);
                Some(format::value(self.texts, &data, type_))
            }
            State::Blank => Some(self.texts.text("explain.blank").to_owned()),
            _ => None,
        }
    }

    fn stated(&self, label: &str, value: Option<String>) -> String {
        let value = value.unwrap_or_else(|| self.texts.text("explain.unknown").to_owned());
        format!("{label}: {value}")
    }

    fn label(&self, key: &str, id: &str) -> String {
        self.texts
            .get(&format!("{key}.label"))
            .unwrap_or(id)
            .to_owned()
    }

    fn label_of_group(&self, group: usize) -> String {
        let id = &self.plan.program().groups[group].id;
        self.texts
            .get(&format!("group.{id}.title"))
            .unwrap_or(id)
            .to_owned()
    }

    /// The label with its record, where it belongs to a group.
    fn numbered(&self, label: String, at: Option<RecordAt>) -> String {
        let Some(RecordAt { group, record }) = at else {
            return label;
        };
        let id = &self.plan.program().groups[group].id;
        let noun = self.texts.get(&format!("group.{id}.record")).unwrap_or(id);
        format!("{noun} {}, {label}", record + 1)
    }

    fn source(&self, key: &str) -> Option<String> {
        self.plan.sources().get(key).cloned()
    }
}

/// Adds a reason unless the same one is there already.
fn add(reasons: &mut Vec<Explanation>, reason: Explanation) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}
