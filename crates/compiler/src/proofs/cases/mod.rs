//! Cases: answers, a day and facts, made up to show something.
//!
//! What is made up here proves nothing by itself; the engine evaluates it, and what the engine says counts.

mod align;
mod observe;
mod pools;
mod reach;
mod wanted;
mod witness;

use std::borrow::Cow;

use counterfoil_engine::{
    Answers, Context,
    answers::{AnswersOf, Data},
    date::Day,
    plan::{FieldType, PageContent, Requirement},
};

pub use align::Aligner;
pub use observe::{Observer, Probe, Seen};
pub use pools::{Pools, each_expr};
pub use reach::reach;
pub use wanted::Wanted;
pub use witness::{Builder, failures};

use super::model::Model;

/// Records of a group that a case has at most, unless more are wanted.
const MAX_RECORDS: u32 = 3;

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The answers.
    pub answers: Answers,
    /// The day and the office's facts.
    pub context: Context,
}

/// Numbers in an order that looks like none, the same on every run.
#[derive(Clone, Debug)]
pub struct Order(u64);

impl Order {
    /// The order of that number.
    pub const fn new(number: u64) -> Self {
        Self(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a limit, which is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % limit.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() {
            return None;
        }
        let index = self.below(items.len());
        items.get(index)
    }
}

/// A case in which all is picked from the pools but what is wanted.
pub fn case(model: &Model<'_>, pools: &Pools, wanted: &Wanted, order: &mut Order) -> Case {
    let as_of = wanted
        .day(order)
        .or_else(|| order.pick(&pools.days).copied());
    let as_of = as_of.unwrap_or(Day::MIN);
    let mut answers = Vec::new();
    let add = |path: &str, id: &str, type_: &FieldType, order: &mut Order| {
        let data = match wanted.field(path, order) {
            Some(wanted) => wanted,
            None => pools.pick(path, type_, as_of, order),
        };
        data.map(|data| (Cow::from(id.to_owned()), data))
    };
    for page in &model.rules.pages {
        match &page.content {
            PageContent::Fields(fields) => {
                for field in fields {
                    answers.extend(add(&field.field, &field.field, &field.type_, order));
                }
            }
            PageContent::Group(group) => {
                let count = wanted.records(&group.group, order).unwrap_or_else(|| {
                    let optional = group.required != Requirement::Always;
                    if optional && order.below(3) == 0 {
                        return 0;
                    }
                    let most = group.max.min(group.min.max(MAX_RECORDS));
                    let span = most.saturating_sub(group.min) as usize + 1;
                    group.min + u32::try_from(order.below(span)).unwrap_or(0)
                });
                let records = (0..count.clamp(0, group.max)).map(|_| {
                    let fields = group.fields.iter().filter_map(|field| {
                        let path = format!("{}.{}", group.group, field.field);
                        add(&path, &field.field, &field.type_, order)
                    });
                    Data::Record(fields.collect())
                });
                answers.push((group.group.clone().into(), Data::List(records.collect())));
            }
        }
    }
    let facts = model.rules.facts.iter().filter_map(|fact| {
        let data = wanted
            .fact(&fact.fact, order)
            .or_else(|| pools.pick_fact(&fact.fact, &fact.type_, as_of, order));
        data.map(|data| (fact.fact.clone().into(), data))
    });
    let facts = facts.collect();
    Case {
        answers: AnswersOf(answers),
        context: Context { as_of, facts },
    }
}
