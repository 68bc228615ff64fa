//! Goes through a finished evaluation once more and notes what it reached.

use super::{
    Distance, Goal, Guard, Observation, Seen,
    distance::{self, UNIT},
    sites::Sites,
};
use crate::{
    date::Day,
    evaluate::{Asked, At, Datum, Evaluation, Locals, Outcome, RecordAt, State, matching_row},
    number::Number,
    plan::{HitPolicy, Literal},
    program::{CheckNode, Kind, LineNode, Node, PageItems, Required, Symbol, Test},
};

/// What an evaluation reached, and how far it is from a goal where one is given.
pub(super) fn walk(
    sites: &Sites<'_>,
    evaluation: &Evaluation<'_>,
    goal: Option<Goal>,
) -> (Observation, Distance) {
    let mut walker = Walker {
        sites,
        evaluation,
        seen: vec![Seen::default(); sites.all.len()],
        tracked: Vec::new(),
        settled: true,
    };
    if let Some(goal) = goal {
        walker.track(goal);
    }
    walker.form();
    let distance = walker.distance(goal);
    (Observation { seen: walker.seen }, distance)
}

/// An outcome whose distance is wanted, and the least gap met so far.
struct Tracked {
    site: usize,
    outcome: bool,
    gap: Option<u64>,
}

struct Walker<'w, 'a> {
    sites: &'w Sites<'w>,
    evaluation: &'w Evaluation<'a>,
    seen: Vec<Seen>,
    tracked: Vec<Tracked>,
    /// Whether the expression at hand, as a whole, is known: only then do its rows and periods count as
    /// reached, since nothing depends on them otherwise.
    settled: bool,
}

impl<'a> Walker<'_, 'a> {
    fn track(&mut self, goal: Goal) {
        let mut track = |site, outcome| {
            self.tracked.push(Tracked {
                site,
                outcome,
                gap: None,
            });
        };
        let Some(site) = self.sites.all.get(goal.site) else {
            return;
        };
        track(goal.site, goal.outcome);
        for guard in &site.guards {
            if let Guard::Outcome(site, outcome) = guard {
                track(*site, *outcome);
            }
        }
    }

    /// The goal's gap where it was asked; otherwise that of the first guard that does not hold.
    fn distance(&self, goal: Option<Goal>) -> Distance {
        let gap_of = |site: usize, outcome: bool| {
            let tracked = self
                .tracked
                .iter()
                .find(|t| t.site == site && t.outcome == outcome);
            tracked.and_then(|tracked| tracked.gap)
        };
        let Some((goal, site)) = goal.and_then(|goal| Some((goal, self.sites.all.get(goal.site)?)))
        else {
            return Distance::REACHED;
        };
        let reached = Observation {
            seen: self.seen.clone(),
        };
        if reached.reaches(goal) {
            return Distance::REACHED;
        }
        let mut unmet = site.guards.len() + 1;
        for guard in &site.guards {
            let gap = match *guard {
                Guard::Record(group) if self.evaluation.groups[group].records.is_empty() => {
                    Some(UNIT)
                }
                Guard::Record(_) => None,
                Guard::Outcome(site, outcome) if !reached.reaches(Goal { site, outcome }) => {
                    Some(gap_of(site, outcome).unwrap_or(u64::MAX))
                }
                Guard::Outcome(..) => None,
            };
            if let Some(gap) = gap {
                return Distance::new(unmet, gap);
            }
            unmet -= 1;
        }
        Distance::new(unmet, gap_of(goal.site, goal.outcome).unwrap_or(u64::MAX))
    }

    fn reach(&mut self, site: usize) {
        self.seen[site].yes = true;
    }

    /// Files how far a tracked outcome is, where this is one.
    fn gap(&mut self, site: usize, gap: impl Fn(bool) -> u64) {
        for tracked in &mut self.tracked {
            if tracked.site == site {
                let gap = gap(tracked.outcome);
                tracked.gap = Some(tracked.gap.map_or(gap, |known| known.min(gap)));
            }
        }
    }

    fn form(&mut self) {
        let evaluation = self.evaluation;
        let program = evaluation.program;
        for (page, shown) in program.pages.iter().zip(&evaluation.pages) {
            self.condition(page.when.as_ref(), None);
            match &page.items {
                PageItems::Fields(fields) => {
                    for field in fields.clone() {
                        if *shown == Some(true) {
                            self.field(field, None, &evaluation.asked[field]);
                        }
                    }
                }
                PageItems::Group(group) if *shown == Some(true) => self.group(*group),
                PageItems::Group(_) => {}
            }
        }
        for value in 0..program.values.len() {
            self.value(value);
        }
        for (index, decision) in program.decisions.iter().enumerate() {
            for rule in decision.rules.clone() {
                self.rule(rule);
            }
            self.verdict(index, decision.rules.clone());
        }
        for (lines, outcomes, sites) in [
            (&program.fees, &evaluation.fees, &self.sites.fees),
            (
                &program.entitlements,
                &evaluation.entitlements,
                &self.sites.entitlements,
            ),
        ] {
            for ((line, outcome), site) in lines.iter().zip(outcomes).zip(sites) {
                self.line(line, outcome, *site);
            }
        }
    }

    fn group(&mut self, index: usize) {
        let evaluation = self.evaluation;
        let node = &evaluation.program.groups[index];
        let state = &evaluation.groups[index];
        self.condition(node.when.as_ref(), None);
        if state.asked.shown != Some(true) {
            return;
        }
        self.requirement(&node.required, None);
        self.messages(&self.sites.group_messages[index], &state.asked);
        if state.asked.fault.is_some() {
            return;
        }
        self.checks(&node.checks, None);
        for (record, known) in state.records.iter().enumerate() {
            if known.fault.is_some() {
                continue;
            }
            let at = Some(RecordAt {
                group: index,
                record,
            });
            for (field, asked) in node.fields.clone().zip(&known.asked) {
                self.field(field, at, asked);
            }
        }
    }

    fn field(&mut self, index: usize, at: Option<RecordAt>, asked: &Asked) {
        let node = &self.evaluation.program.fields[index];
        self.condition(node.when.as_ref(), at);
        if asked.shown != Some(true) {
            return;
        }
        self.requirement(&node.required, at);
        if let Kind::Choice(options) | Kind::Set(options) = &node.kind {
            for option in options {
                self.condition(option.when.as_ref(), at);
            }
        }
        self.messages(&self.sites.field_messages[index], asked);
        if asked.fault.is_none() {
            self.checks(&node.checks, at);
        }
    }

    fn requirement(&mut self, required: &'a Required, at: Option<RecordAt>) {
        if let Required::When(node) = required {
            self.condition(Some(node), at);
        }
    }

    fn messages(
        &mut self,
        messages: &[(&'static str, Option<&'static str>, usize)],
        asked: &Asked,
    ) {
        for &(code, limit, site) in messages {
            let reached = match &asked.fault {
                Some(fault) => {
                    fault.code == code
                        && limit.is_none_or(|limit| fault.params.get(limit).is_some())
                }
                None => asked.missing && code == "required",
            };
            if reached {
                self.reach(site);
            }
            self.gap(site, |_| if reached { 0 } else { UNIT });
        }
    }

    fn checks(&mut self, checks: &[usize], at: Option<RecordAt>) {
        let program = self.evaluation.program;
        for &check in checks {
            let node: &'a CheckNode = &program.checks[check];
            if self.condition(node.when.as_ref(), at) == Some(true)
                && self.condition(Some(&node.require), at) == Some(false)
            {
                for param in &node.params {
                    self.inside(&param.code, at.into());
                }
            }
        }
    }

    fn value(&mut self, index: usize) {
        let evaluation = self.evaluation;
        let node = &evaluation.program.values[index];
        let site = self.sites.values[index];
        let figure = |this: &mut Self, state: &State<'_>, at| {
            let known = matches!(state, State::Known(_) | State::Blank);
            if known {
                this.reach(site);
            }
            this.gap(site, |_| if known { 0 } else { UNIT });
            this.settled = known;
            this.inside(&node.code, At::from(at));
        };
        match node.group {
            None => figure(self, &evaluation.scalars[node.slot], None),
            Some(group) => {
                for (record, known) in evaluation.groups[group].records.iter().enumerate() {
                    if known.fault.is_none() {
                        let at = Some(RecordAt { group, record });
                        figure(self, &known.slots[node.slot], at);
                    }
                }
            }
        }
    }

    fn rule(&mut self, index: usize) {
        let node = &self.evaluation.program.rules[index];
        if self.condition(node.when.as_ref(), None) == Some(true)
            && self.condition(Some(&node.require), None).is_some()
        {
            for param in &node.params {
                self.inside(&param.code, At::default());
            }
        }
    }

    fn verdict(&mut self, index: usize, rules: std::ops::Range<usize>) {
        let evaluation = self.evaluation;
        let site = self.sites.verdicts[index];
        let outcomes = &evaluation.rules[rules.clone()];
        if outcomes.contains(&Outcome::Decided(false)) {
            self.seen[site].no = true;
        } else if outcomes.contains(&Outcome::Undecided) {
            self.seen[site].undecided = true;
        } else {
            self.seen[site].yes = true;
        }
        let program = evaluation.program;
        self.gap(site, |outcome| {
            let gaps = rules.clone().map(|rule| {
                let node = &program.rules[rule];
                let require = distance::gap(evaluation, &node.require, At::default(), outcome);
                match (outcome, &node.when) {
                    (_, None) => require,
                    (true, Some(when)) => {
                        require.min(distance::gap(evaluation, when, At::default(), false))
                    }
                    (false, Some(when)) => {
                        require.saturating_add(distance::gap(evaluation, when, At::default(), true))
                    }
                }
            });
            match outcome {
                true => gaps.fold(0, u64::saturating_add),
                false => gaps.min().unwrap_or(u64::MAX),
            }
        });
    }

    fn line(&mut self, node: &'a LineNode, outcome: &Outcome<Number>, site: usize) {
        if self.condition(node.when.as_ref(), None) != Some(true) {
            return;
        }
        let known = matches!(outcome, Outcome::Decided(_));
        self.settled = known;
        self.inside(&node.amount, At::default());
        if known {
            self.reach(site);
        }
        self.gap(site, |_| if known { 0 } else { UNIT });
    }

    /// Notes what a condition comes to, with all that it reaches inside; none means always.
    fn condition(&mut self, node: Option<&'a Node>, at: Option<RecordAt>) -> Option<bool> {
        let Some(node) = node else { return Some(true) };
        let decided = self.decided(node, at.into());
        self.settled = decided.is_some();
        self.inside(node, at.into());
        self.settled = true;
        decided
    }

    /// What a condition comes to, noted at its place if it is one.
    fn decided(&mut self, node: &'a Node, at: At<'_, 'a>) -> Option<bool> {
        let evaluation = self.evaluation;
        let state = evaluation.eval(node, at);
        let decided = match &state {
            State::Known(Datum::Bool(value)) => Some(*value),
            _ => None,
        };
        if let Some(site) = self.sites.of(node) {
            let seen = &mut self.seen[site];
            match decided {
                Some(true) => seen.yes = true,
                Some(false) => seen.no = true,
                None => seen.undecided |= matches!(state, State::Pending | State::Partial(_)),
            }
            self.gap(site, |outcome| distance::gap(evaluation, node, at, outcome));
        }
        decided
    }

    /// Notes all that an expression reaches, as far as evaluation goes.
    fn inside(&mut self, node: &'a Node, at: At<'_, 'a>) {
        let evaluation = self.evaluation;
        match node {
            Node::And(operands) | Node::Or(operands) => {
                let decisive = matches!(node, Node::Or(_));
                for operand in operands {
                    self.inside(operand, at);
                    if self.decided(operand, at) == Some(decisive) {
                        break;
                    }
                }
            }
            Node::If(nodes) => {
                self.inside(&nodes[0], at);
                match self.decided(&nodes[0], at) {
                    Some(true) => self.inside(&nodes[1], at),
                    Some(false) => self.inside(&nodes[2], at),
                    None => {}
                }
            }
            Node::Default(nodes) => {
                self.inside(&nodes[0], at);
                let first = evaluation.eval(&nodes[0], at);
                let blank = first == State::Blank;
                if let Some(site) = self.sites.of(&nodes[1]) {
                    let seen = &mut self.seen[site];
                    match first {
                        State::Known(_) => seen.yes = true,
                        State::Blank => seen.no = true,
                        State::Pending | State::Partial(_) => seen.undecided = true,
                        State::Failed => {}
                    }
                    self.gap(site, |outcome| if outcome == blank { UNIT } else { 0 });
                }
                if blank {
                    self.inside(&nodes[1], at);
                }
            }
            Node::Aggregate { group, each, .. } | Node::Each { group, each } => {
                for record in 0..evaluation.groups[*group].count().unwrap_or(0) {
                    let group = *group;
                    let record = Some(RecordAt { group, record });
                    self.inside(each, At { record, ..at });
                }
            }
            Node::OverRows {
                table,
                inputs,
                each,
                ..
            } => {
                for input in inputs {
                    self.inside(input, at);
                }
                self.rows(*table, inputs, at);
                for row in evaluation
                    .matching_rows(*table, inputs, at)
                    .unwrap_or_default()
                {
                    let row = Some(row);
                    self.inside(each, At { row, ..at });
                }
            }
            Node::Collect { table, inputs, .. } => {
                for input in inputs {
                    self.inside(input, at);
                }
                self.rows(*table, inputs, at);
            }
            Node::Apply {
                function,
                arguments,
            } => {
                for argument in arguments {
                    self.inside(argument, at);
                }
                let states: Vec<_> = arguments
                    .iter()
                    .map(|argument| evaluation.eval(argument, at))
                    .collect();
                let locals = Locals {
                    states: &states,
                    before: None,
                };
                let inner = At {
                    locals: Some(&locals),
                    ..At::default()
                };
                self.inside(&evaluation.program.functions[*function].code, inner);
            }
            Node::Let { values, result } => {
                let states = evaluation.named(values, at);
                let locals = |count: usize| Locals {
                    states: &states[..count],
                    before: at.locals,
                };
                for (position, value) in values.iter().enumerate() {
                    let before = locals(position);
                    let locals = Some(&before);
                    self.inside(value, At { locals, ..at });
                }
                let all = locals(values.len());
                let locals = Some(&all);
                self.inside(result, At { locals, ..at });
            }
            Node::Table { table, inputs, .. } => {
                for input in inputs {
                    self.inside(input, at);
                }
                self.rows(*table, inputs, at);
            }
            Node::Scalar(slot) => {
                if let Symbol::Parameter(parameter) = evaluation.program.scalars[*slot]
                    && let Some(day) = evaluation.rules_day
                {
                    self.period(parameter, day, day);
                }
            }
            Node::ParameterOn(parameter, inner) | Node::Accrue(parameter, inner) => {
                self.inside(inner, at);
                match evaluation.eval(inner, at) {
                    State::Known(Datum::Date(day)) => self.period(*parameter, day, day),
                    State::Known(Datum::Range(range)) if !range.is_empty() => {
                        self.period(*parameter, range.start, range.end);
                    }
                    _ => {}
                }
            }
            _ => {
                for operand in node.operands() {
                    self.inside(operand, at);
                }
            }
        }
    }

    fn rows(&mut self, index: usize, inputs: &'a [Node], at: At<'_, 'a>) {
        let Some(first) = self.sites.rows[index] else {
            return;
        };
        let evaluation = self.evaluation;
        let table = &evaluation.program.tables[index];
        let states: Vec<_> = inputs
            .iter()
            .map(|input| evaluation.eval(input, at))
            .collect();
        let known = |state: &State<'_>| matches!(state, State::Known(_) | State::Blank);
        if self.settled && states.iter().all(known) {
            if table.hit == HitPolicy::Collect {
                for row in evaluation
                    .matching_rows(index, inputs, at)
                    .unwrap_or_default()
                {
                    self.reach(first + row);
                }
            } else if table.hit == HitPolicy::Marginal {
                for (row, node) in table.rows.iter().enumerate() {
                    if in_band(node.when[0].first(), &states[0]) {
                        self.reach(first + row);
                    }
                }
            } else if let Some(row) = matching_row(table, &states) {
                self.reach(first + row);
            }
        }
        for (row, node) in table.rows.iter().enumerate() {
            let site = first + row;
            if self.tracked.iter().any(|tracked| tracked.site == site) {
                let missed = u64::from(!self.seen[site].yes);
                let gap = distance::row(node, &states).saturating_add(missed);
                self.gap(site, |_| gap);
            }
        }
    }

    /// A parameter is read on the days from `start` to `end`.
    fn period(&mut self, index: usize, start: Day, end: Day) {
        let Some(site) = self.sites.periods[index] else {
            return;
        };
        let parameter = &self.evaluation.program.parameters[index];
        let open = u64::from(!self.settled);
        for (position, (period, _)) in parameter.periods.iter().enumerate() {
            let next = parameter.periods.get(position + 1);
            let next = next.and_then(|(next, _)| next.from?.add_days(-1));
            let last = [period.to, next].into_iter().flatten().min();
            let early = period.from.map_or(0, |from| end.days_until(from).max(0));
            let late = last.map_or(0, |last| last.days_until(start).max(0));
            let apart = early.max(late).unsigned_abs();
            if apart == 0 && self.settled {
                self.reach(site + position);
            }
            let gap = apart.saturating_add(open).saturating_mul(UNIT);
            self.gap(site + position, |_| gap);
        }
    }
}

/// Whether some of a number lies in a band.
fn in_band(band: Option<&Test>, input: &State<'_>) -> bool {
    let State::Known(Datum::Number(input)) = input else {
        return false;
    };
    let from = match band {
        Some(Test::Range {
            from: Some(Literal::Number(from)),
            ..
        }) => *from,
        _ => Number::ZERO,
    };
    *input > from
}
