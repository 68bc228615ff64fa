//! Moves a case, answer by answer, to where conditions come out as wanted.
//!
//! Of two figures that are compared it is known how far they are from comparing as they shall. An answer
//! that brings them nearer is kept (Korel's method of alternating variables).

use std::collections::BTreeSet;

use counterfoil_engine::{
    Plan,
    answers::Data,
    date::Day,
    evaluate,
    number::Number,
    plan::{
        CompareOp, Decision, Expr, FieldType, IfIneligible, Literal, PageContent, Param, Published,
        Requirement, Rule, Type,
    },
};

use super::{Case, Order, Pools, Wanted, case, text};
use crate::proofs::{implication::Assigned, model::Model, walk};

/// Id of what is added; no id of a form has a `$`.
const DISTANCE: &str = "$distance";
/// Evaluations that one climb may take.
const MAX_EVALUATIONS: usize = 700;
/// Places from which it starts.
const STARTS: u64 = 4;
/// Answers tried in one place.
const MAX_ANSWERS: usize = 14;
/// Digits after the point to which distances are told apart.
const FINENESS: u8 = 4;
/// Distance of what is not known at all, or is a yes for a no.
const FAR: i128 = 10_i128.pow(24);

/// A condition that is to come out in some way.
struct Goal {
    op: Option<CompareOp>,
    truth: bool,
}

/// Moves cases to where conditions come out as a search has found.
pub struct Climber<'m, 'p> {
    model: &'m Model<'p>,
    pools: &'m Pools,
    plan: Plan,
    goals: Vec<Goal>,
    /// Fields on which the conditions hang.
    fields: BTreeSet<String>,
    groups: BTreeSet<String>,
    /// Whether the conditions hang on functions of texts.
    texts: bool,
    evaluations: usize,
    most: usize,
}

impl<'m, 'p> Climber<'m, 'p> {
    /// A climber for what has been found; none where there is nothing to climb.
    pub fn of(
        published: &Published,
        model: &'m Model<'p>,
        pools: &'m Pools,
        found: &[Assigned],
    ) -> Option<Self> {
        let mut goals = Vec::new();
        let mut params = Vec::new();
        let mut reads = Reads::default();
        for assigned in found {
            let Assigned::Condition(expr, truth) = assigned else {
                continue;
            };
            reads.expr(model, expr);
            let op = match expr {
                Expr::Compare { op, left, right } => {
                    for (side, operand) in [("l", left), ("r", right)] {
                        params.push(param(format!("{}{side}", goals.len()), operand));
                    }
                    Some(*op)
                }
                _ => None,
            };
            params.push(param(format!("{}b", goals.len()), expr));
            goals.push(Goal { op, truth: *truth });
        }
        if goals.iter().all(|goal| goal.op.is_none()) && !reads.texts {
            return None;
        }
        let mut rules = published.rules.clone();
        rules.decisions.push(Decision {
            decision: DISTANCE.to_owned(),
            if_ineligible: IfIneligible::MayApply,
            hides_changes: false,
            rules: vec![Rule {
                rule: DISTANCE.to_owned(),
                when: None,
                require: Expr::Literal(Literal::Boolean(true)),
                params,
            }],
        });
        let texts = published.texts.get(rules.languages.first()?)?.clone();
        let plan = Published::new(rules, vec![texts], Default::default());
        Some(Self {
            model,
            pools,
            plan: Plan::load(plan).ok()?,
            goals,
            fields: reads.fields,
            groups: reads.groups,
            texts: reads.texts,
            evaluations: 0,
            most: MAX_EVALUATIONS,
        })
    }

    /// A case in which the conditions come out as wanted, if one is found with so many evaluations; and how
    /// many it took.
    pub fn climb(&mut self, wanted: &Wanted, most: usize) -> (Option<Case>, usize) {
        self.most = most.min(MAX_EVALUATIONS);
        let found = self.climbed(wanted);
        (found, self.evaluations)
    }

    fn climbed(&mut self, wanted: &Wanted) -> Option<Case> {
        for start in 0..STARTS {
            let mut order = Order::new(start + 7);
            let mut here = case(self.model, self.pools, wanted, &mut order);
            let mut distance = self.distance(&here);
            let mut nearer = true;
            while nearer && distance > 0 && self.evaluations < self.most {
                nearer = false;
                for path in self.fields.clone() {
                    nearer |= self.best_answer(&path, wanted, &mut here, &mut distance, &mut order);
                }
                for group in self.groups.clone() {
                    nearer |= self.best_count(&group, &mut here, &mut distance);
                }
            }
            if distance == 0 {
                return Some(here);
            }
        }
        None
    }

    /// How far the conditions are from coming out as wanted.
    fn distance(&mut self, case: &Case) -> i128 {
        self.evaluations += 1;
        let Ok(report) = evaluate(&self.plan, &case.answers, &case.context) else {
            return FAR;
        };
        let rule = report
            .decisions
            .iter()
            .find(|decision| decision.decision == DISTANCE)
            .and_then(|decision| decision.rules.first());
        let Some(rule) = rule else { return FAR };
        let mut sum: i128 = 0;
        for (index, goal) in self.goals.iter().enumerate() {
            let known = rule.params.get(&format!("{index}b"));
            let holds = match known {
                Some(Data::Bool(value)) => *value == goal.truth,
                _ => false,
            };
            if holds {
                continue;
            }
            let side = |side: &str| rule.params.get(&format!("{index}{side}")).and_then(figure);
            let apart = match (goal.op, side("l"), side("r")) {
                (Some(_), Some(left), Some(right)) => (left - right).abs().min(FAR - 2) + 1,
                _ => FAR,
            };
            sum = sum.saturating_add(apart);
        }
        sum
    }

    /// The answer of a field that brings the case nearest, if any brings it nearer.
    fn best_answer(
        &mut self,
        path: &str,
        wanted: &Wanted,
        here: &mut Case,
        distance: &mut i128,
        order: &mut Order,
    ) -> bool {
        if wanted.field(path, order).is_some() {
            return false;
        }
        let Some(at) = self.model.field_at(path) else {
            return false;
        };
        let mut answers: Vec<Option<Data>> = self.pools.first(path).map(Some).collect();
        while answers.len() < MAX_ANSWERS {
            let type_ = &at.field.type_;
            answers.push(self.pools.pick(path, type_, here.context.as_of, order));
        }
        if self.texts && matches!(at.field.type_, FieldType::Text { .. }) {
            let texts: Vec<&str> = answers.iter().flatten().filter_map(Data::as_text).collect();
            let digits = text::with_check_digits(&texts);
            let lengths = self.pools.texts_of_lengths(&at.field.type_);
            answers.extend(lengths.into_iter().chain(digits).map(Data::Text).map(Some));
        }
        let mut found = false;
        for answer in answers {
            if *distance == 0 || self.evaluations >= self.most {
                break;
            }
            let group = at.group.map(|group| group.group.as_str());
            let mut there = here.clone();
            set(&mut there, group, &at.field.field, answer);
            let distance_there = self.distance(&there);
            if distance_there < *distance {
                (*here, *distance, found) = (there, distance_there, true);
            }
        }
        found
    }

    /// The number of records that brings the case nearest, if any brings it nearer.
    fn best_count(&mut self, id: &str, here: &mut Case, distance: &mut i128) -> bool {
        let Some((group, _)) = self.model.group(id) else {
            return false;
        };
        let mut found = false;
        for count in [0, group.min, group.max.min(group.min.max(1) * 8)] {
            if *distance == 0 || (count == 0 && group.required == Requirement::Always) {
                continue;
            }
            let mut there = here.clone();
            let entry = there.answers.0.iter_mut().find(|(key, _)| key == id);
            let Some((_, Data::List(records))) = entry else {
                continue;
            };
            let Some(first) = records.first().cloned() else {
                continue;
            };
            records.resize(count as usize, first);
            let distance_there = self.distance(&there);
            if distance_there < *distance {
                (*here, *distance, found) = (there, distance_there, true);
            }
        }
        found
    }
}

fn param(name: String, expr: &Expr) -> Param {
    Param {
        name,
        type_: Type::Decimal,
        expr: expr.clone(),
    }
}

/// A figure or day as a whole number.
fn figure(data: &Data) -> Option<i128> {
    let text = match data {
        Data::Text(text) | Data::Number(text) => text,
        _ => return None,
    };
    if let Ok(day) = text.parse::<Day>() {
        return Some(i128::from(day.number()) * 10_i128.pow(FINENESS.into()));
    }
    let number = Number::parse(text).ok()?;
    let step = Number::new(1, FINENESS)?;
    number
        .round_to(step, counterfoil_engine::plan::RoundMode::HalfUp)?
        .units_at(FINENESS)
}

/// Gives a field an answer, in every record where it belongs to a group.
fn set(case: &mut Case, group: Option<&str>, field: &str, answer: Option<Data>) {
    let put = |entries: &mut Vec<(String, Data)>| {
        entries.retain(|(key, _)| key != field);
        entries.extend(answer.clone().map(|answer| (field.to_owned(), answer)));
    };
    match group {
        None => put(&mut case.answers.0),
        Some(group) => {
            let entry = case.answers.0.iter_mut().find(|(key, _)| key == group);
            if let Some((_, Data::List(records))) = entry {
                for record in records {
                    if let Data::Record(entries) = record {
                        put(entries);
                    }
                }
            }
        }
    }
}

/// What expressions hang on, however far behind.
#[derive(Default)]
struct Reads {
    fields: BTreeSet<String>,
    groups: BTreeSet<String>,
    names: BTreeSet<String>,
    /// Functions of texts are among them.
    texts: bool,
}

impl Reads {
    fn expr(&mut self, model: &Model<'_>, expr: &Expr) {
        let mut open = vec![expr];
        while let Some(expr) = open.pop() {
            walk::each_part(expr, &mut |part| match part {
                Expr::Field(path) => {
                    if let Some(at) = model.field_at(path)
                        && self.fields.insert(path.clone())
                    {
                        open.extend(&at.page.when);
                        open.extend(&at.field.when);
                    }
                }
                Expr::Count(group) | Expr::Aggregate { group, .. } => {
                    if let Some((group, page)) = model.group(group)
                        && self.groups.insert(group.group.clone())
                    {
                        open.extend(&page.when);
                        if let Requirement::When(when) = &group.required {
                            open.push(when);
                        }
                    }
                }
                Expr::Text { .. } => self.texts = true,
                Expr::Call { function, .. }
                    if self.names.insert(format!("function {function}")) =>
                {
                    let functions = model.rules.functions.iter();
                    let called = functions.filter(|f| f.function == *function);
                    open.extend(called.map(|f| &f.expr));
                }
                Expr::Value(path) if self.names.insert(format!("value {path}")) => {
                    open.extend(model.value(path));
                }
                Expr::Rule { decision, rule } => {
                    if self.names.insert(format!("rule {decision} {rule}"))
                        && let Some(rule) = model.rule(decision, rule)
                    {
                        open.extend(&rule.when);
                        open.push(&rule.require);
                    }
                }
                Expr::Fee(id) | Expr::Entitlement(id) => {
                    let fee = matches!(part, Expr::Fee(_));
                    if self.names.insert(format!("line {fee} {id}"))
                        && let Some(line) = model.line(id, fee)
                    {
                        open.extend(&line.when);
                        open.push(&line.amount);
                    }
                }
                _ => {}
            });
        }
        // Every field of a group counts in what is worked out over its records.
        for page in &model.rules.pages {
            if let PageContent::Group(group) = &page.content
                && self.fields.iter().any(|path| {
                    path.split_once('.')
                        .is_some_and(|(id, _)| id == group.group)
                })
            {
                self.groups.insert(group.group.clone());
            }
        }
    }
}
