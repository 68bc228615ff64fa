//! What the compiler proves before it publishes a plan.
