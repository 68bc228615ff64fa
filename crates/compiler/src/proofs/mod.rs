//! What the compiler proves before it publishes a plan.
//!
//! `table` works on boxes of integers, [`implication`] on variables with a few values each; both know
//! nothing of forms. All other proofs are about a plan that has no errors.
//! Every proof caps its work and then says that it proved nothing.

pub mod implication;
pub(crate) mod table;

pub(crate) mod walk;

mod model;
mod slice;
mod switches;
mod table_rows;
mod theory;

pub(crate) mod cases;

mod arithmetic;
mod conditions;
pub mod cost;
mod decisions;
mod entries;
mod holes;
mod look_ups;
pub(crate) mod privacy;
mod proposed;
mod unfolded;
mod unused;

use counterfoil_engine::Plan;

use self::{cases::Pools, conditions::Observations, model::Model};
use crate::{check::Checker, diagnostic::Diagnostic};

/// Adds what is to be said of a form that has a plan, and cases to what has been said of it.
pub(crate) fn of_plan(checker: &Checker<'_>, plan: &Plan, said: &mut Vec<Diagnostic>) {
    let published = plan.published();
    let model = Model::of(&published.rules);
    let pools = Pools::of(&published.rules);
    holes::show(checker, &model, &pools, plan, said);
    let standing = conditions::conditions(checker, &model);
    let mut observations = Observations::at_large(&model, &pools, published, &standing);
    let (found, settled) = conditions::prove(&model, &standing, &mut observations);
    said.extend(found);
    said.extend(decisions::prove(
        &model,
        checker.form,
        &mut observations,
        &settled,
    ));
    said.extend(arithmetic::prove(checker, &model, &pools, plan));
    look_ups::prove(checker, &model, said);
    said.extend(proposed::prove(checker, &model, published));
    said.extend(unused::prove(
        checker.form,
        &checker.names,
        &published.rules,
    ));
    said.extend(cost::prove(checker.form, plan));
}
