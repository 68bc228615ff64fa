//! Functions of the form.

use super::{Id, InputType, Template};
use crate::{
    expression::Expr,
    source::{Span, Spanned},
};

/// A calculation with a name and arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its id.
    pub function: Id,
    /// `label`: what explanations call it.
    pub label: Option<Template>,
    /// `arguments`, in the order in which a call gives them.
    pub arguments: Vec<Argument>,
    /// `expr`: what it comes to.
    pub body: Body,
    /// `source`: where the law says so.
    pub source: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name within the function.
    pub argument: Id,
    /// Its type with the limits that go with it.
    pub type_: InputType,
    /// `optional`: whether a call may give something that is blank.
    pub optional: bool,
    /// `label`: what explanations call it.
    pub label: Option<Template>,
}

/// Named results, each of which can read those before it, and the expression that the function comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// `let name = …;`, in order.
    pub locals: Vec<(Id, Expr)>,
    /// What stands last.
    pub result: Expr,
}
