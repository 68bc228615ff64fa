//! Moves an answer to where it meets another figure of the same case.

use counterfoil_engine::{
    Plan,
    answers::Data,
    date::Day,
    evaluate,
    number::Number,
    plan::{Decision, Expr, FieldType, IfIneligible, Literal, Param, Published, Rule, Type},
};

use super::{Case, Wanted, pools};
use crate::proofs::model::Model;

/// Id of what is added; no id of a form has a `$`.
const ALIGNED: &str = "$aligned";

/// Works out with what fields are to be aligned.
pub struct Aligner {
    plan: Plan,
}

impl Aligner {
    /// An aligner for what is wanted; none where nothing is to be aligned.
    pub fn of(published: &Published, model: &Model<'_>, wanted: &Wanted) -> Option<Self> {
        if wanted.aligned().is_empty() {
            return None;
        }
        let params = wanted.aligned().iter().enumerate().map(|(index, aligned)| {
            let type_ = match model.field_at(&aligned.path).map(|at| &at.field.type_) {
                Some(FieldType::Date { .. }) => Type::Date,
                Some(FieldType::Boolean { .. }) => Type::Boolean,
                Some(
                    FieldType::Integer { .. } | FieldType::Decimal { .. } | FieldType::Money { .. },
                ) => Type::Decimal,
                _ => Type::Text,
            };
            Param {
                name: index.to_string(),
                type_,
                expr: aligned.with.clone(),
            }
        });
        let mut rules = published.rules.clone();
        rules.decisions.push(Decision {
            decision: ALIGNED.to_owned(),
            if_ineligible: IfIneligible::MayApply,
            hides_changes: false,
            rules: vec![Rule {
                rule: ALIGNED.to_owned(),
                when: None,
                require: Expr::Literal(Literal::Boolean(true)),
                params: params.collect(),
            }],
        });
        let texts = published.texts.get(rules.languages.first()?)?.clone();
        let plan = Published::new(rules, vec![texts], Default::default());
        Some(Self {
            plan: Plan::load(plan).ok()?,
        })
    }

    /// The case with its fields aligned, as far as that can be.
    pub fn align(&self, model: &Model<'_>, wanted: &Wanted, mut case: Case) -> Case {
        // A field may be aligned with what hangs on another that is.
        for _ in 0..2 {
            let Ok(report) = evaluate(&self.plan, &case.answers, &case.context) else {
                return case;
            };
            let params = report
                .decisions
                .iter()
                .find(|decision| decision.decision == ALIGNED)
                .and_then(|decision| decision.rules.first())
                .map(|rule| &rule.params);
            for (index, aligned) in wanted.aligned().iter().enumerate() {
                let Some(at) = model.field_at(&aligned.path) else {
                    continue;
                };
                let with = params.and_then(|params| params.get(&index.to_string()));
                let digits = model.rules.currency.as_ref().map_or(2, |c| c.digits);
                let answer =
                    with.and_then(|with| moved(with, aligned.units, &at.field.type_, digits));
                if let Some(answer) = answer {
                    case.answers.0.retain(|(key, _)| *key != aligned.path);
                    case.answers.0.push((aligned.path.clone().into(), answer));
                }
            }
        }
        case
    }
}

/// A result as the answer of a field, so many units higher.
fn moved(with: &Data, units: i64, type_: &FieldType, digits: u8) -> Option<Data> {
    let scale = match type_ {
        FieldType::Integer { .. } => 0,
        FieldType::Decimal { scale, .. } => *scale,
        FieldType::Money { .. } => digits,
        FieldType::Date { .. } => {
            let day: Day = with.as_text()?.parse().ok()?;
            return day.add_days(units).map(pools::date);
        }
        _ => return (units == 0).then(|| with.clone()),
    };
    let text = match with {
        Data::Text(text) | Data::Number(text) => text,
        _ => return None,
    };
    let number = Number::parse(text).ok()?;
    let unit = Number::new(1, scale)?.checked_mul(Number::from_int(units))?;
    Some(pools::number(number.checked_add(unit)?, type_))
}
