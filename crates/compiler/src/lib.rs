//! Compiles a form description to a proved plan, or to diagnostics.
