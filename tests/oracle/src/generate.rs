//! Well-typed expressions and operands for them.

use proptest::{option, prelude::*};
use rhai::{INT, Scope};
use rust_decimal::Decimal;

/// Values of the operands; the questions of [`crate::form`] ask for them.
#[derive(Clone, Debug)]
pub struct Operands {
    booleans: [bool; 2],
    /// −50 to 50, and 1 to 9999.
    integers: (i64, i64),
    optional: Option<i64>,
    /// Hundredths, and thousandths of at least 500.
    decimals: (i64, i64),
    /// Pence.
    money: (i64, i64),
    texts: (String, Option<String>),
    choices: [&'static str; 2],
}

/// Any operands.
pub fn operands() -> impl Strategy<Value = Operands> {
    let colour = || prop::sample::select(vec!["red", "green", "blue"]);
    let text = || prop::sample::select(vec!["a", "b", "ab", "B"]).prop_map(str::to_owned);
    (
        any::<[bool; 2]>(),
        (-50..=50_i64, 1..=9999_i64),
        option::of(0..=20_i64),
        (-10_000..=10_000_i64, 500..=999_000_i64),
        (0..=1_000_000_i64, 0..=10_000_i64),
        (text(), option::of(text())),
        [colour(), colour()],
    )
        .prop_map(
            |(booleans, integers, optional, decimals, money, texts, choices)| Operands {
                booleans,
                integers,
                optional,
                decimals,
                money,
                texts,
                choices,
            },
        )
}

impl Operands {
    fn decimals(&self) -> [(&'static str, Decimal); 4] {
        [
            ("d1", Decimal::new(self.decimals.0, 2)),
            ("d2", Decimal::new(self.decimals.1, 3)),
            ("m1", Decimal::new(self.money.0, 2)),
            ("m2", Decimal::new(self.money.1, 2)),
        ]
    }

    /// The operands as answers.
    pub fn to_json(&self) -> String {
        let mut json = format!(
            "{{\"b1\":{},\"b2\":{},\"i1\":{},\"i2\":{},\"t1\":\"{}\",\"c1\":\"{}\",\"c2\":\"{}\"",
            self.booleans[0],
            self.booleans[1],
            self.integers.0,
            self.integers.1,
            self.texts.0,
            self.choices[0],
            self.choices[1]
        );
        for (name, value) in self.decimals() {
            json.push_str(&format!(",\"{name}\":\"{value}\""));
        }
        if let Some(optional) = self.optional {
            json.push_str(&format!(",\"o1\":{optional}"));
        }
        if let Some(text) = &self.texts.1 {
            json.push_str(&format!(",\"t2\":\"{text}\""));
        }
        json.push('}');
        json
    }

    /// The operands as constants of a scope.
    pub fn constants(&self, scope: &mut Scope<'_>) {
        scope.push_constant("b1", self.booleans[0]);
        scope.push_constant("b2", self.booleans[1]);
        scope.push_constant("i1", self.integers.0 as INT);
        scope.push_constant("i2", self.integers.1 as INT);
        match self.optional {
            Some(optional) => scope.push_constant("o1", optional as INT),
            None => scope.push_constant("o1", ()),
        };
        for (name, value) in self.decimals() {
            scope.push_constant(name, value);
        }
        scope.push_constant("t1", self.texts.0.clone());
        match &self.texts.1 {
            Some(text) => scope.push_constant("t2", text.clone()),
            None => scope.push_constant("t2", ()),
        };
        scope.push_constant("c1", self.choices[0].to_owned());
        scope.push_constant("c2", self.choices[1].to_owned());
    }
}

/// How tightly an expression holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
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
struct Node {
    text: String,
    level: Level,
    /// Digits before and after the point that its values may need; texts and conditions have none.
    whole: u32,
    scale: u32,
}

impl Node {
    fn new(text: impl Into<String>, level: Level) -> Self {
        Self {
            text: text.into(),
            level,
            whole: 0,
            scale: 0,
        }
    }

    fn number(text: impl Into<String>, level: Level, whole: u32, scale: u32) -> Self {
        Self {
            whole,
            scale,
            ..Self::new(text, level)
        }
    }

    /// The text, in parentheses where it holds together less tightly than it must.
    fn at(&self, least: Level) -> String {
        if self.level < least {
            format!("({})", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// Most digits of a product: far enough below 28 that sums and Rhai's decimals stay exact.
const MOST_DIGITS: u32 = 18;

type Nodes = BoxedStrategy<Node>;

/// Expressions of each type, down to a depth. `integers` are whole numbers in Rhai too, where `decimals`
/// and `money` are its decimals.
#[derive(Clone)]
struct Types {
    booleans: Nodes,
    integers: Nodes,
    decimals: Nodes,
    money: Nodes,
    texts: Nodes,
    choices: Nodes,
}

fn leaf(names: &[(&'static str, u32, u32)]) -> Nodes {
    let names = names.to_vec();
    prop::sample::select(names)
        .prop_map(|(name, whole, scale)| {
            let level = if name.starts_with('-') {
                Level::Negative
            } else {
                Level::Primary
            };
            Node::number(name, level, whole, scale)
        })
        .boxed()
}

fn leaves() -> Types {
    Types {
        booleans: leaf(&[("b1", 0, 0), ("b2", 0, 0), ("true", 0, 0), ("false", 0, 0)]),
        integers: leaf(&[
            ("i1", 2, 0),
            ("i2", 4, 0),
            ("0", 1, 0),
            ("1", 1, 0),
            ("7", 1, 0),
            ("-3", 1, 0),
            ("120", 3, 0),
        ]),
        decimals: leaf(&[
            ("d1", 3, 2),
            ("d2", 3, 3),
            ("0.5", 1, 1),
            ("2.0", 1, 1),
            ("-0.25", 1, 2),
            ("19.99", 2, 2),
            ("0.005", 1, 3),
        ]),
        money: leaf(&[("m1", 5, 2), ("m2", 3, 2)]),
        texts: leaf(&[("t1", 0, 0), ("\"a\"", 0, 0), ("\"ab\"", 0, 0)]),
        choices: leaf(&[("c1", 0, 0), ("c2", 0, 0)]),
    }
}

/// A sum or difference; the right operand of a difference must hold together more tightly.
fn sum(sign: &'static str, a: &Node, b: &Node) -> Node {
    let text = format!("{} {sign} {}", a.at(Level::Sum), b.at(Level::Product));
    let (whole, scale) = (a.whole.max(b.whole) + 1, a.scale.max(b.scale));
    Node::number(text, Level::Sum, whole, scale)
}

/// A product, or the first operand alone where it might need too many digits.
fn product(a: &Node, b: &Node) -> Node {
    let (whole, scale) = (a.whole + b.whole, a.scale + b.scale);
    if whole + scale > MOST_DIGITS {
        return a.clone();
    }
    let text = format!("{} * {}", a.at(Level::Product), b.at(Level::Negative));
    Node::number(text, Level::Product, whole, scale)
}

fn negated(a: &Node) -> Node {
    let text = format!("-{}", a.at(Level::Primary));
    Node::number(text, Level::Negative, a.whole, a.scale)
}

fn call(name: &str, operands: &[&Node]) -> Node {
    let texts: Vec<_> = operands.iter().map(|node| node.text.as_str()).collect();
    let most = |part: fn(&Node) -> u32| operands.iter().map(|node| part(node)).max().unwrap_or(0);
    Node::number(
        format!("{name}({})", texts.join(", ")),
        Level::Primary,
        most(|node| node.whole),
        most(|node| node.scale),
    )
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
const STEPS: &[(&str, u32, u32)] = &[
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

const ROUNDINGS: &[&str] = &["round", "round_even", "round_up", "round_down"];

/// Divisors that are never zero; those with a point are decimals in Rhai too.
const DIVISORS: &[&str] = &["d2", "3.0", "0.7", "12.0", "(d2 + 1)", "7.5"];

/// Comparisons of numbers.
const COMPARISONS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];

fn rounded(value: Nodes) -> Nodes {
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
fn quotient(value: Nodes) -> Nodes {
    (value, prop::sample::select(DIVISORS))
        .prop_map(|(value, divisor)| {
            let text = format!("{} / {divisor}", value.at(Level::Product));
            Node::number(text, Level::Product, value.whole + 1, value.scale)
        })
        .boxed()
}

fn compared(a: Nodes, b: Nodes, signs: &'static [&'static str]) -> Nodes {
    (a, prop::sample::select(signs), b)
        .prop_map(|(a, sign, b)| {
            let text = format!("{} {sign} {}", a.at(Level::Default), b.at(Level::Default));
            Node::new(text, Level::Compare)
        })
        .boxed()
}

fn pair(a: &Nodes, b: &Nodes, join: fn(&Node, &Node) -> Node) -> Nodes {
    (a.clone(), b.clone())
        .prop_map(move |(a, b)| join(&a, &b))
        .boxed()
}

fn single(a: &Nodes, map: fn(&Node) -> Node) -> Nodes {
    a.clone().prop_map(move |a| map(&a)).boxed()
}

fn chosen(booleans: &Nodes, values: &Nodes) -> Nodes {
    (booleans.clone(), values.clone(), values.clone())
        .prop_map(|(condition, a, b)| branches(&condition, &a, &b))
        .boxed()
}

/// What is one level deeper than `inner`.
fn deeper(inner: &Types) -> Types {
    let Types {
        booleans,
        integers,
        decimals,
        money,
        texts,
        choices,
    } = inner;
    let add = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| sum("+", a, b));
    let subtract = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| sum("-", a, b));
    let least = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| call("min", &[a, b]));
    let greatest = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| call("max", &[a, b]));
    let equality: &[&str] = &["==", "!="];
    let either = prop_oneof![texts.clone(), leaf(&[("t2", 0, 0)])].boxed();
    Types {
        booleans: prop_oneof![
            2 => booleans.clone(),
            2 => compared(integers.clone(), integers.clone(), COMPARISONS),
            2 => compared(integers.clone(), decimals.clone(), COMPARISONS),
            2 => compared(decimals.clone(), decimals.clone(), COMPARISONS),
            2 => compared(money.clone(), money.clone(), COMPARISONS),
            1 => compared(quotient(decimals.clone()), decimals.clone(), COMPARISONS),
            1 => compared(quotient(integers.clone()), quotient(decimals.clone()), COMPARISONS),
            1 => compared(quotient(money.clone()), money.clone(), COMPARISONS),
            1 => compared(texts.clone(), either.clone(), equality),
            1 => compared(choices.clone(), choices.clone(), equality),
            1 => compared(choices.clone(), leaf(&[("\"red\"", 0, 0), ("\"blue\"", 0, 0)]), equality),
            1 => compared(leaf(&[("o1", 2, 0)]), integers.clone(), equality),
            1 => leaf(&[("answered(o1)", 0, 0), ("not(answered(t2))", 0, 0)]),
            1 => choices.clone().prop_map(|choice| {
                Node::new(format!("{} in [\"red\", \"green\"]", choice.at(Level::Default)), Level::Compare)
            }),
            1 => (integers.clone(), integers.clone(), integers.clone()).prop_map(|(item, a, b)| {
                Node::new(format!("{} in [{}, {}]", item.at(Level::Default), a.text, b.text), Level::Compare)
            }),
            1 => single(booleans, |a| call("not", &[a])),
            2 => pair(booleans, booleans, |a, b| {
                Node::new(format!("{} and {}", a.at(Level::And), b.at(Level::Compare)), Level::And)
            }),
            2 => pair(booleans, booleans, |a, b| {
                Node::new(format!("{} or {}", a.at(Level::Or), b.at(Level::And)), Level::Or)
            }),
            1 => chosen(booleans, booleans),
        ]
        .boxed(),
        integers: prop_oneof![
            2 => integers.clone(),
            2 => add(integers, integers),
            2 => subtract(integers, integers),
            2 => pair(integers, integers, product),
            1 => single(integers, negated),
            1 => single(integers, |a| call("abs", &[a])),
            1 => least(integers, integers),
            1 => greatest(integers, integers),
            1 => chosen(booleans, integers),
            1 => single(integers, |a| {
                Node::number(format!("o1 ?? {}", a.at(Level::Negative)), Level::Default, a.whole.max(2), 0)
            }),
        ]
        .boxed(),
        decimals: prop_oneof![
            2 => decimals.clone(),
            1 => add(decimals, decimals),
            1 => add(decimals, integers),
            1 => subtract(integers, decimals),
            1 => subtract(decimals, decimals),
            1 => pair(decimals, decimals, product),
            1 => pair(decimals, integers, product),
            1 => single(decimals, negated),
            1 => single(decimals, |a| call("abs", &[a])),
            1 => least(decimals, decimals),
            1 => greatest(decimals, decimals),
            1 => chosen(booleans, decimals),
            2 => rounded(decimals.clone()),
            1 => rounded(integers.clone()),
            2 => rounded(quotient(decimals.clone())),
            1 => rounded(quotient(integers.clone())),
        ]
        .boxed(),
        money: prop_oneof![
            2 => money.clone(),
            2 => add(money, money),
            2 => subtract(money, money),
            1 => add(money, &leaf(&[("10", 2, 0), ("0.05", 1, 2)])),
            2 => pair(money, integers, product),
            2 => pair(money, decimals, product),
            1 => single(money, negated),
            1 => single(money, |a| call("abs", &[a])),
            1 => least(money, money),
            1 => greatest(money, money),
            1 => chosen(booleans, money),
            2 => rounded(money.clone()),
            2 => rounded(quotient(money.clone())),
        ]
        .boxed(),
        texts: prop_oneof![2 => texts.clone(), 1 => chosen(booleans, texts), 1 => single(texts, |a| {
            Node::new(format!("t2 ?? {}", a.at(Level::Negative)), Level::Default)
        })]
        .boxed(),
        choices: prop_oneof![2 => choices.clone(), 1 => chosen(booleans, choices)].boxed(),
    }
}

/// Any expression that the checker lets pass and of which Rhai gives the same result.
pub fn expression() -> BoxedStrategy<String> {
    let mut level = leaves();
    for _ in 0..4 {
        level = deeper(&level);
    }
    let Types {
        booleans,
        integers,
        decimals,
        money,
        texts,
        choices,
    } = level;
    prop_oneof![
        3 => booleans,
        2 => integers,
        3 => decimals,
        3 => money,
        1 => texts,
        1 => choices,
    ]
    .prop_map(|node| node.text)
    .boxed()
}
