//! How conditions come out in a case: the plan is evaluated with the conditions added to it.

use counterfoil_engine::{
    Plan,
    answers::Data,
    evaluate,
    plan::{
        Decision, Expr, IfIneligible, Literal, PageContent, Param, Published, Rule, Rules, Type,
        Value,
    },
};

use super::Case;
use crate::{check::depth, proofs::walk};

/// Id of what is added; no id of a form has a `$`.
const PROBE: &str = "$probe";
/// Deepest expression that can be added, what stands around it not counted.
const MAX_DEPTH: usize = 58;

/// A condition to be observed.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The condition.
    pub expr: Expr,
    /// What must hold for it to count.
    pub assumed: Vec<Expr>,
    /// The group whose record it reads, if it reads one.
    pub group: Option<String>,
}

/// How a condition has come out so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// True in some case.
    pub yes: bool,
    /// False in some case.
    pub no: bool,
}

impl Seen {
    /// Whether it has come out both ways.
    pub const fn both(self) -> bool {
        self.yes && self.no
    }

    /// Takes in what another case has shown; true if that is new.
    pub fn add(&mut self, other: Self) -> bool {
        let before = *self;
        self.yes |= other.yes;
        self.no |= other.no;
        before != *self
    }
}

/// Observes conditions of a plan.
pub struct Observer {
    plan: Plan,
    count: usize,
}

impl Observer {
    /// An observer of these conditions; none where the engine does not take them.
    pub fn of(published: &Published, probes: &[Probe]) -> Option<Self> {
        let mut rules = published.rules.clone();
        let mut params = Vec::new();
        for (index, probe) in probes.iter().enumerate() {
            let parts = probe.assumed.iter().chain([&probe.expr]);
            if parts.map(depth).any(|depth| depth > MAX_DEPTH) {
                continue;
            }
            let expr = counted(probe);
            let name = format!("{PROBE}{index}");
            match &probe.group {
                None => params.push(Param {
                    name,
                    type_: Type::Boolean,
                    expr,
                }),
                Some(group) if !reads_lines(&expr) => add_value(&mut rules, group, name, expr),
                Some(_) => {}
            }
        }
        rules.decisions.push(Decision {
            decision: PROBE.to_owned(),
            if_ineligible: IfIneligible::MayApply,
            hides_changes: false,
            rules: vec![Rule {
                rule: PROBE.to_owned(),
                when: None,
                require: Expr::Literal(Literal::Boolean(true)),
                params,
            }],
        });
        let texts = published.texts.values().take(1).cloned();
        let default = rules.languages.first()?;
        let texts = match published.texts.get(default) {
            Some(default) => vec![default.clone()],
            None => texts.collect(),
        };
        let published = Published::new(rules, texts, Default::default());
        Some(Self {
            plan: Plan::load(published).ok()?,
            count: probes.len(),
        })
    }

    /// How the conditions come out in a case, and whether each decision is eligible.
    pub fn observe(&self, case: &Case) -> (Vec<Seen>, Vec<Seen>) {
        use counterfoil_engine::report::Verdict;

        let mut seen = vec![Seen::default(); self.count];
        let Ok(report) = evaluate(&self.plan, &case.answers, &case.context) else {
            return (seen, Vec::new());
        };
        let mut note = |key: &str, data: &Data| {
            let index = key
                .strip_prefix(PROBE)
                .and_then(|n| n.parse::<usize>().ok());
            if let (Some(seen), Data::Bool(value)) = (index.and_then(|i| seen.get_mut(i)), data) {
                seen.add(Seen {
                    yes: *value,
                    no: !value,
                });
            }
        };
        for (_, data) in &report.values.0 {
            let Data::List(records) = data else {
                continue;
            };
            for record in records {
                if let Data::Record(entries) = record {
                    entries.iter().for_each(|(key, data)| note(key, data));
                }
            }
        }
        let mut verdicts = Vec::new();
        for decision in &report.decisions {
            if decision.decision == PROBE {
                for rule in &decision.rules {
                    rule.params.0.iter().for_each(|(key, data)| note(key, data));
                }
                continue;
            }
            verdicts.push(Seen {
                yes: decision.verdict == Verdict::Eligible,
                no: decision.verdict == Verdict::Ineligible,
            });
        }
        (seen, verdicts)
    }
}

/// The condition where what is assumed holds, and blank elsewhere.
fn counted(probe: &Probe) -> Expr {
    let expr = probe.expr.clone();
    match probe.assumed.as_slice() {
        [] => expr,
        [only] => when(only.clone(), expr),
        all => when(Expr::And(all.to_vec()), expr),
    }
}

fn when(condition: Expr, then: Expr) -> Expr {
    Expr::If {
        condition: Box::new(condition),
        then: Box::new(then),
        otherwise: Box::new(Expr::Blank),
    }
}

fn reads_lines(expr: &Expr) -> bool {
    let mut found = false;
    walk::each_part(expr, &mut |part| {
        found |= matches!(part, Expr::Fee(_) | Expr::Entitlement(_));
    });
    found
}

fn add_value(rules: &mut Rules, id: &str, value: String, expr: Expr) {
    for page in &mut rules.pages {
        if let PageContent::Group(group) = &mut page.content
            && group.group == id
        {
            group.values.push(Value {
                value,
                type_: Type::Boolean,
                expr,
            });
            return;
        }
    }
}
