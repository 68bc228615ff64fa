//! Texts of expressions, with how tightly they hold together and how many digits they may need.

use proptest::prelude::*;

/// How tightly an expression holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    If,
    Or,
    And,
    Compare,
    Default,
    Sum,
    Product,
    Negative,
    Primary,
}

/// A generated expression.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) text: String,
    pub(super) level: Level,
    /// Digits before and after the point that its values may need; texts and conditions have none.
    pub(super) whole: u32,
    pub(super) scale: u32,
}

impl Node {
    pub(super) fn new(text: impl Into<String>, level: Level) -> Self {
        Self {
            text: text.into(),
            level,
            whole: 0,
            scale: 0,
        }
    }

    pub(super) fn number(text: impl Into<String>, level: Level, whole: u32, scale: u32) -> Self {
        Self {
            whole,
            scale,
            ..Self::new(text, level)
        }
    }

    /// The text, in parentheses where it holds together less tightly than it must.
    pub(super) fn at(&self, least: Level) -> String {
        if self.level < least {
            format!("({})", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// Most digits of a product: far enough below 28 that sums and Rhai's decimals stay exact.
pub(super) const MOST_DIGITS: u32 = 18;

pub(super) type Nodes = BoxedStrategy<Node>;

pub(super) fn leaf(names: &[(&'static str, u32, u32)]) -> Nodes {
    let names = names.to_vec();
    prop::sample::select(names)
        .prop_map(|(name, whole, scale)| {
            let level = match name {
                _ if name.starts_with('-') => Level::Negative,
                _ if name.contains(" ?? ") => Level::Default,
                _ => Level::Primary,
            };
            Node::number(name, level, whole, scale)
        })
        .boxed()
}

/// A sum or difference; the right operand of a difference must hold together more tightly.
pub(super) fn sum(sign: &'static str, a: &Node, b: &Node) -> Node {
    let text = format!("{} {sign} {}", a.at(Level::Sum), b.at(Level::Product));
    let (whole, scale) = (a.whole.max(b.whole) + 1, a.scale.max(b.scale));
    Node::number(text, Level::Sum, whole, scale)
}

/// A product, or the first operand alone where it might need too many digits.
pub(super) fn product(a: &Node, b: &Node) -> Node {
    let (whole, scale) = (a.whole + b.whole, a.scale + b.scale);
    if whole + scale > MOST_DIGITS {
        return a.clone();
    }
    let text = format!("{} * {}", a.at(Level::Product), b.at(Level::Negative));
    Node::number(text, Level::Product, whole, scale)
}

pub(super) fn negated(a: &Node) -> Node {
    let text = format!("-{}", a.at(Level::Primary));
    Node::number(text, Level::Negative, a.whole, a.scale)
}

pub(super) fn call(name: &str, operands: &[&Node]) -> Node {
    let texts: Vec<_> = operands.iter().map(|node| node.text.as_str()).collect();
    let most = |part: fn(&Node) -> u32| operands.iter().map(|node| part(node)).max().unwrap_or(0);
    Node::number(
        format!("{name}({})", texts.join(", ")),
        Level::Primary,
        most(|node| node.whole),
        most(|node| node.scale),
    )
}

pub(super) fn both(a: &Node, b: &Node) -> Node {
    let text = format!("{} and {}", a.at(Level::And), b.at(Level::Compare));
    Node::new(text, Level::And)
}

pub(super) fn either(a: &Node, b: &Node) -> Node {
    let text = format!("{} or {}", a.at(Level::Or), b.at(Level::And));
    Node::new(text, Level::Or)
}

fn branches(condition: &Node, a: &Node, b: &Node) -> Node {
    let text = format!(
        "if {} {{ {} }} else {{ {} }}",
        condition.at(Level::Or),
        a.text,
        b.text
    );
    Node::number(text, Level::If, a.whole.max(b.whole), a.scale.max(b.scale))
}

/// Steps of roundings, with their digits; each divides a power of ten.
pub(super) const STEPS: &[(&str, u32, u32)] = &[
    ("1", 1, 0),
    ("0.1", 1, 1),
    ("0.01", 1, 2),
    ("0.5", 1, 1),
    ("0.05", 1, 2),
    ("0.25", 1, 2),
    ("5", 1, 0),
    ("10", 2, 0),
    ("50", 2, 0),
];

pub(super) const ROUNDINGS: &[&str] = &["round", "round_even", "round_up", "round_down"];

/// Comparisons of numbers.
pub(super) const COMPARISONS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];

pub(super) fn rounded(value: Nodes) -> Nodes {
    (
        value,
        prop::sample::select(ROUNDINGS),
        prop::sample::select(STEPS),
    )
        .prop_map(|(value, name, (step, whole, scale))| {
            Node::number(
                format!("{name}({}, {step})", value.text),
                Level::Primary,
                value.whole.max(whole) + 1,
                scale,
            )
        })
        .boxed()
}

/// An exact quotient, for the inside of a rounding or comparison.
pub(super) fn quotient(value: Nodes, divisors: &'static [&'static str]) -> Nodes {
    (value, prop::sample::select(divisors))
        .prop_map(|(value, divisor)| {
            let text = format!("{} / {divisor}", value.at(Level::Product));
            Node::number(text, Level::Product, value.whole + 1, value.scale)
        })
        .boxed()
}

pub(super) fn compared(a: Nodes, b: Nodes, signs: &'static [&'static str]) -> Nodes {
    (a, prop::sample::select(signs), b)
        .prop_map(|(a, sign, b)| {
            let text = format!("{} {sign} {}", a.at(Level::Default), b.at(Level::Default));
            Node::new(text, Level::Compare)
        })
        .boxed()
}

pub(super) fn pair(a: &Nodes, b: &Nodes, join: fn(&Node, &Node) -> Node) -> Nodes {
    (a.clone(), b.clone())
        .prop_map(move |(a, b)| join(&a, &b))
        .boxed()
}

pub(super) fn single(a: &Nodes, map: fn(&Node) -> Node) -> Nodes {
    a.clone().prop_map(move |a| map(&a)).boxed()
}

pub(super) fn chosen(booleans: &Nodes, values: &Nodes) -> Nodes {
    (booleans.clone(), values.clone(), values.clone())
        .prop_map(|(condition, a, b)| branches(&condition, &a, &b))
        .boxed()
}

/// The node, or another where it may need more than six digits before the point and four after it.
pub(super) fn small(nodes: &Nodes, otherwise: &'static str) -> Nodes {
    let fits = move |node: Node| match node {
        Node {
            whole: 0..=6,
            scale: 0..=4,
            ..
        } => node,
        _ => Node::number(otherwise, Level::Primary, 2, 0),
    };
    nodes.clone().prop_map(fits).boxed()
}
