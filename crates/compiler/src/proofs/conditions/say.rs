//! What is said of conditions.

use super::{Condition, Place, Possible};
use crate::{codes, diagnostic::Diagnostic};

/// It is never true.
pub fn never(condition: &Condition) -> Diagnostic {
    let (code, message, help) = match &condition.place {
        Place::Page(page) => (
            codes::UNREACHABLE,
            format!("no answers lead to the page `{page}`: this is never true"),
            "mend the condition, or leave the page out",
        ),
        Place::Field(path) => (
            codes::UNREACHABLE,
            format!("no answers lead to the question `{path}`: this is never true"),
            "mend the condition, or leave the question out",
        ),
        Place::Option(path, option) => (
            codes::UNREACHABLE,
            format!("the option `{option}` of `{path}` is never offered: this is never true"),
            "mend the condition, or leave the option out",
        ),
        Place::Line(line) => (
            codes::UNREACHABLE,
            format!("the line `{line}` never applies: this is never true"),
            "mend the condition, or leave the line out",
        ),
        Place::RuleWhen(rule) => (
            codes::UNREACHABLE,
            format!("the rule `{rule}` never applies: this is never true"),
            "mend the condition, or leave the rule out",
        ),
        Place::CheckWhen(check) => (
            codes::UNREACHABLE,
            format!("the check `{check}` never applies: this is never true"),
            "mend the condition, or leave the check out",
        ),
        Place::Rule(rule) => (
            codes::NEVER_TRUE,
            format!("no answers satisfy the rule `{rule}`: this is never true"),
            "compare it with the limits of the fields that it reads",
        ),
        Place::Check(check) => (
            codes::NEVER_TRUE,
            format!("no answers pass the check `{check}`: this is never true"),
            "compare it with the limits of the fields that it reads",
        ),
        Place::Required(path) => (
            codes::NEVER_TRUE,
            format!("`{path}` need never be answered: this is never true"),
            "write `required: false` if that is meant",
        ),
        Place::Operand => (
            codes::NEVER_TRUE,
            "this part is never true where the parts before it leave the matter open".to_owned(),
            "mend it, or leave it out",
        ),
        Place::Branch => (
            codes::NEVER_TRUE,
            "this is never true, so the first branch is never taken".to_owned(),
            "mend the condition, or write the second branch alone",
        ),
    };
    Diagnostic::warning(code, condition.span, message).help(help)
}

/// It is always true.
pub fn always(condition: &Condition) -> Diagnostic {
    let (message, help) = match &condition.place {
        Place::Rule(rule) => (
            format!("every answer satisfies the rule `{rule}`: this is always true"),
            "compare it with the limits of the fields that it reads; a rule that all satisfy decides \
             nothing",
        ),
        Place::Check(check) => (
            format!("every answer passes the check `{check}`: this is always true"),
            "compare it with the limits of the fields that it reads; a check that all pass checks \
             nothing",
        ),
        Place::Required(path) => (
            format!("`{path}` must always be answered: this is always true"),
            "leave `required` out, which says the same",
        ),
        Place::Operand => (
            "this part adds nothing: it is always true where the parts before it leave the matter open".to_owned(),
            "mend it, or leave it out",
        ),
        Place::Branch => (
            "this is always true, so the second branch is never taken".to_owned(),
            "mend the condition, or write the first branch alone",
        ),
        Place::Page(_)
        | Place::Field(_)
        | Place::Option(..)
        | Place::Line(_)
        | Place::RuleWhen(_)
        | Place::CheckWhen(_) => (
            "this is always true".to_owned(),
            "leave `when` out, or mend it",
        ),
    };
    Diagnostic::warning(codes::ALWAYS_TRUE, condition.span, message).help(help)
}

/// It could not be shown that it can come out both ways, nor that it cannot.
pub fn not_proved(condition: &Condition, yes: Possible, no: Possible) -> Diagnostic {
    let open = match (yes, no) {
        (Possible::Open, Possible::Open) => "this can come out true, and false",
        (Possible::Open, _) => "this can come out true",
        _ => "this can come out false",
    };
    Diagnostic::note(
        codes::NOT_PROVED,
        condition.span,
        format!("not proved: {open}"),
    )
    .help("no case was found that shows it, and none was ruled out; a test beside the form can show it")
}
