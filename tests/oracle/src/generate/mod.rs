//! Well-typed expressions.
//!
//! What stands in a record's own values and in the bodies of functions is generated too; expressions of the
//! form read it as lists and calls.

mod calls;
mod days;
mod lists;
mod node;

use proptest::{collection::vec, prelude::*};

use self::node::{
    COMPARISONS, Level, Node, Nodes, call, chosen, compared, leaf, negated, pair, product,
    quotient, rounded, single, small, sum,
};

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
    days: Nodes,
}

/// What expressions can read where they stand, beside what [`Types`] begins with.
#[derive(Clone, Copy)]
struct Scope {
    /// A whole number that may be blank.
    optional: &'static str,
    /// A text that may be blank.
    optional_text: &'static str,
    /// Divisors that are never zero; those with a point are decimals in Rhai too.
    divisors: &'static [&'static str],
    /// Whether a group is read, and functions and tables are called.
    calls: bool,
    /// Whether days, groups and calls come in at this level.
    more: bool,
}

/// The form itself.
const FORM: Scope = Scope {
    optional: "o1",
    optional_text: "t2",
    divisors: &["d2", "3.0", "0.7", "12.0", "(d2 + 1)", "7.5"],
    calls: true,
    more: true,
};
/// A record of the group.
const RECORD: Scope = Scope {
    optional: "o",
    calls: false,
    ..FORM
};
/// The body of a function.
const BODY: Scope = Scope {
    optional: "v",
    calls: false,
    ..FORM
};

/// What a form is made of, beside what [`crate::form`] has in each.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Values of the form.
    pub expressions: Vec<String>,
    /// Values of each record: see [`RECORD_VALUES`].
    pub record: Vec<String>,
    /// Bodies of functions: see [`FUNCTIONS`].
    pub bodies: Vec<String>,
}

/// Names of a record's values: two conditions, two whole numbers, decimals and amounts of money each, and a
/// day.
pub const RECORD_VALUES: [&str; 9] = [
    "rb0", "rb1", "ri0", "ri1", "rd0", "rd1", "rm0", "rm1", "rw0",
];

/// Names of functions: a condition, a whole number, a decimal, an amount of money and a day. The arguments of
/// all are `x`, −50 to 50; `y`, yes or no; `z`, money of 0 to 100; `c`, a colour; `w`, a day of 2000 to 2049;
/// `v`, 0 to 20 or blank.
pub const FUNCTIONS: [&str; 5] = ["fb", "fi", "fd", "fm", "fw"];

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
        days: leaf(&[
            ("day1", 0, 0),
            ("day2", 0, 0),
            ("today", 0, 0),
            ("wday ?? day1", 0, 0),
            ("stay.start", 0, 0),
            ("date(2024, 2, 29)", 0, 0),
        ]),
    }
}

type Names<'a> = &'a [(&'static str, u32, u32)];

/// What can be read beside the form, as often as the form.
fn beside(
    booleans: Names,
    integers: Names,
    decimals: Names,
    money: Names,
    choices: Names,
    days: Names,
) -> Types {
    let form = leaves();
    let and = |form: Nodes, own: Names| prop_oneof![form, leaf(own)].boxed();
    Types {
        booleans: and(form.booleans, booleans),
        integers: and(form.integers, integers),
        decimals: and(form.decimals, decimals),
        money: and(form.money, money),
        texts: form.texts,
        choices: and(form.choices, choices),
        days: and(form.days, days),
    }
}

fn record_leaves() -> Types {
    beside(
        &[("lit", 0, 0), ("answered(h)", 0, 0)],
        &[("n", 2, 0), ("h ?? n", 2, 0), ("o ?? 3", 2, 0)],
        &[("q", 3, 1)],
        &[("paid", 3, 2)],
        &[("k", 0, 0)],
        &[("since", 0, 0)],
    )
}

fn body_leaves() -> Types {
    beside(
        &[("y", 0, 0), ("answered(v)", 0, 0)],
        &[("x", 2, 0), ("v ?? 2", 2, 0)],
        &[("0.5", 1, 1)],
        &[("z", 3, 2)],
        &[("c", 0, 0)],
        &[("w", 0, 0)],
    )
}

/// What is one level deeper than `inner`.
fn deeper(inner: &Types, scope: Scope) -> Types {
    let Types {
        booleans,
        integers,
        decimals,
        money,
        texts,
        choices,
        ..
    } = inner;
    let quotient = |nodes: &Nodes| quotient(nodes.clone(), scope.divisors);
    let add = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| sum("+", a, b));
    let subtract = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| sum("-", a, b));
    let least = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| call("min", &[a, b]));
    let greatest = |a: &Nodes, b: &Nodes| pair(a, b, |a, b| call("max", &[a, b]));
    let equality: &[&str] = &["==", "!="];
    let optional = leaf(&[(scope.optional, 2, 0)]);
    let or_else = |optional: &'static str, nodes: &Nodes| {
        let otherwise = move |a: Node| {
            let text = format!("{optional} ?? {}", a.at(Level::Negative));
            Node::number(text, Level::Default, a.whole.max(2), a.scale)
        };
        nodes.clone().prop_map(otherwise).boxed()
    };
    let text_or_blank = prop_oneof![texts.clone(), leaf(&[(scope.optional_text, 0, 0)])].boxed();
    let text_or_else = or_else(scope.optional_text, texts);
    let scalars = Types {
        booleans: prop_oneof![
            2 => booleans.clone(),
            2 => compared(integers.clone(), integers.clone(), COMPARISONS),
            2 => compared(integers.clone(), decimals.clone(), COMPARISONS),
            2 => compared(decimals.clone(), decimals.clone(), COMPARISONS),
            2 => compared(money.clone(), money.clone(), COMPARISONS),
            1 => compared(quotient(decimals), decimals.clone(), COMPARISONS),
            1 => compared(quotient(integers), quotient(decimals), COMPARISONS),
            1 => compared(quotient(money), money.clone(), COMPARISONS),
            1 => compared(texts.clone(), text_or_blank, equality),
            1 => compared(choices.clone(), choices.clone(), equality),
            1 => compared(choices.clone(), leaf(&[("\"red\"", 0, 0), ("\"blue\"", 0, 0)]), equality),
            1 => compared(optional.clone(), integers.clone(), equality),
            1 => single(&optional, |a| call("answered", &[a])),
            1 => single(choices, |choice| {
                Node::new(format!("{} in [\"red\", \"green\"]", choice.at(Level::Default)), Level::Compare)
            }),
            1 => (integers.clone(), integers.clone(), integers.clone()).prop_map(|(item, a, b)| {
                Node::new(format!("{} in [{}, {}]", item.at(Level::Default), a.text, b.text), Level::Compare)
            }),
            1 => single(booleans, |a| call("not", &[a])),
            2 => pair(booleans, booleans, node::both),
            2 => pair(booleans, booleans, node::either),
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
            1 => or_else(scope.optional, integers),
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
            2 => rounded(quotient(decimals)),
            1 => rounded(quotient(integers)),
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
            2 => rounded(quotient(money)),
        ]
        .boxed(),
        texts: prop_oneof![2 => texts.clone(), 1 => chosen(booleans, texts), 1 => text_or_else].boxed(),
        choices: prop_oneof![2 => choices.clone(), 1 => chosen(booleans, choices)].boxed(),
        days: inner.days.clone(),
    };
    let further = match scope {
        Scope { more: false, .. } => Vec::new(),
        Scope { calls: false, .. } => vec![days::of(inner)],
        _ => vec![days::of(inner), lists::of(inner), calls::of(inner)],
    };
    further.into_iter().fold(scalars, |types, more| {
        let mixed = |types: Nodes, more: Nodes| prop_oneof![4 => types, 1 => more].boxed();
        Types {
            booleans: mixed(types.booleans, more.booleans),
            integers: mixed(types.integers, more.integers),
            decimals: mixed(types.decimals, more.decimals),
            money: mixed(types.money, more.money),
            days: prop_oneof![types.days, more.days].boxed(),
            ..types
        }
    })
}

/// Days, groups and calls come once, so that expressions stay within what the checker reads.
fn down(leaves: &Types, scope: Scope) -> Types {
    let with_more = deeper(leaves, scope);
    deeper(
        &with_more,
        Scope {
            more: false,
            ..scope
        },
    )
}

/// Any expression that the checker lets pass and of which Rhai gives the same result; `more` is whether it
/// reads days and groups and calls functions and tables.
fn expression(more: bool) -> BoxedStrategy<String> {
    let scalars = Scope {
        more: false,
        ..FORM
    };
    let inner = if more {
        down(&leaves(), FORM)
    } else {
        (0..3).fold(leaves(), |inner, _| deeper(&inner, scalars))
    };
    let Types {
        booleans,
        integers,
        decimals,
        money,
        texts,
        choices,
        days,
    } = deeper(&inner, scalars);
    prop_oneof![
        3 => booleans,
        2 => integers,
        3 => decimals,
        3 => money,
        1 => texts,
        1 => choices,
        2 => days,
        1 => days::lengths(),
    ]
    .prop_map(|node| node.text)
    .boxed()
}

/// Parts of a form with so many expressions; `more` is whether they read days and groups and call functions
/// and tables.
pub fn parts(expressions: usize, more: bool) -> impl Strategy<Value = Parts> {
    let record = down(&record_leaves(), RECORD);
    let (booleans, integers) = (record.booleans, small(&record.integers, "n"));
    let (decimals, money) = (small(&record.decimals, "q"), small(&record.money, "paid"));
    let record = [
        &booleans,
        &booleans,
        &integers,
        &integers,
        &decimals,
        &decimals,
        &money,
        &money,
        &record.days,
    ];
    let record = record.map(|nodes| nodes.clone().prop_map(|node| node.text));
    let body = down(&body_leaves(), BODY);
    // What a body names with `let` is read after it as if it were an argument.
    let named = small(&body.integers, "x");
    let after = Types {
        integers: prop_oneof![2 => body.integers.clone(), 1 => leaf(&[("u", 6, 0)])].boxed(),
        ..body
    };
    let after = deeper(
        &after,
        Scope {
            more: false,
            ..BODY
        },
    );
    let results = [
        after.booleans,
        small(&after.integers, "u"),
        small(&after.decimals, "0.5"),
        small(&after.money, "z"),
        after.days,
    ];
    let bodies = results.map(|result| {
        (named.clone(), result)
            .prop_map(|(named, result)| format!("let u = {}; {}", named.text, result.text))
    });
    (
        vec(expression(more), expressions),
        record.to_vec(),
        bodies.to_vec(),
    )
        .prop_map(|(expressions, record, bodies)| Parts {
            expressions,
            record,
            bodies,
        })
}
