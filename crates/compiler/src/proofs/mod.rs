//! What the compiler proves before it publishes a plan.
//!
//! Both proofs know nothing of forms: [`table`] works on boxes of integers, [`implication`] on
//! variables with a few values each. Both cap their work and then say that they proved nothing.

pub mod implication;
pub mod table;
