//! Lists of what the records of a group hold, and what is made of them. Operators, functions and tables map
//! over lists; `if` and `??` stand in the values of a record.

use proptest::prelude::*;

use super::{
    Types,
    node::{
        COMPARISONS, Level, Node, Nodes, both, call, compared, either, leaf, negated, pair,
        product, rounded, single, sum,
    },
};

/// What is read of the records.
fn lists() -> Types {
    Types {
        booleans: leaf(&[
            ("rows.lit", 0, 0),
            ("rows.rb0", 0, 0),
            ("rows.rb1", 0, 0),
            ("answered(rows.o)", 0, 0),
        ]),
        integers: leaf(&[("rows.n", 2, 0), ("rows.ri0", 6, 0), ("rows.ri1", 6, 0)]),
        decimals: leaf(&[("rows.q", 3, 1), ("rows.rd0", 6, 4), ("rows.rd1", 6, 4)]),
        money: leaf(&[("rows.paid", 3, 2), ("rows.rm0", 6, 4), ("rows.rm1", 6, 4)]),
        texts: leaf(&[("t1", 0, 0)]),
        choices: leaf(&[("rows.k", 0, 0)]),
        days: leaf(&[("rows.since", 0, 0), ("rows.rw0", 0, 0)]),
    }
}

/// The lists, or what an operator or a function makes of each of their items, with what stands beside them.
fn mapped(of: &Types, beside: &Types) -> Types {
    let booleans = prop_oneof![
        2 => of.booleans.clone(),
        2 => compared(of.integers.clone(), beside.integers.clone(), COMPARISONS),
        1 => compared(beside.decimals.clone(), of.decimals.clone(), COMPARISONS),
        1 => compared(of.money.clone(), of.money.clone(), COMPARISONS),
        1 => compared(of.days.clone(), beside.days.clone(), COMPARISONS),
        1 => compared(of.choices.clone(), beside.choices.clone(), &["==", "!="]),
        1 => compared(of.choices.clone(), leaf(&[("\"red\"", 0, 0)]), &["==", "!="]),
        1 => single(&of.booleans, |a| call("not", &[a])),
        1 => pair(&of.booleans, &beside.booleans, both),
        1 => pair(&beside.booleans, &of.booleans, either),
        1 => single(&of.choices, |choice| {
            Node::new(format!("{} in [\"red\", \"green\"]", choice.at(Level::Default)), Level::Compare)
        }),
    ];
    let numbers = |of: &Nodes, beside: &Nodes, factors: &Nodes| {
        prop_oneof![
            2 => of.clone(),
            1 => pair(of, beside, |a, b| sum("+", a, b)),
            1 => pair(beside, of, |a, b| sum("-", a, b)),
            1 => pair(of, of, |a, b| sum("+", a, b)),
            1 => pair(of, factors, product),
            1 => single(of, negated),
            1 => single(of, |a| call("abs", &[a])),
            1 => pair(of, beside, |a, b| call("min", &[a, b])),
            1 => pair(beside, of, |a, b| call("max", &[a, b])),
        ]
        .boxed()
    };
    let integers = prop_oneof![
        4 => numbers(&of.integers, &beside.integers, &of.integers),
        1 => pair(&of.days, &beside.days, |a, b| {
            Node::number(call("days_between", &[a, b]).text, Level::Primary, 6, 0)
        }),
        1 => single(&of.days, |day| Node::number(call("year_of", &[day]).text, Level::Primary, 4, 0)),
        1 => single(&of.integers, |a| {
            Node::number(format!("band(min(max({}, -50), 50))", a.text), Level::Primary, 2, 0)
        }),
    ];
    let decimals = prop_oneof![
        2 => numbers(&of.decimals, &beside.decimals, &of.integers),
        1 => rounded(of.decimals.clone()),
    ];
    let days = prop_oneof![
        2 => of.days.clone(),
        1 => single(&of.days, |day| Node::new(format!("{} + days(9)", day.at(Level::Sum)), Level::Sum)),
        1 => single(&of.days, |day| call("end_of_month", &[day])),
        1 => pair(&of.days, &beside.days, |a, b| call("min", &[a, b])),
    ];
    Types {
        booleans: booleans.boxed(),
        integers: integers.boxed(),
        decimals: decimals.boxed(),
        money: numbers(&of.money, &beside.money, &of.decimals),
        days: days.boxed(),
        ..of.clone()
    }
}

/// One result of many.
pub(super) fn of(inner: &Types) -> Types {
    let lists = mapped(&mapped(&lists(), inner), inner);
    let added = |list: &Nodes| {
        single(list, |list| {
            Node::number(
                call("sum", &[list]).text,
                Level::Primary,
                list.whole + 1,
                list.scale,
            )
        })
    };
    let ends = |list: &Nodes, otherwise: &Nodes| {
        (
            prop::sample::select(&["min", "max"][..]),
            list.clone(),
            otherwise.clone(),
        )
            .prop_map(|(name, list, otherwise)| {
                let text = format!("{name}({}) ?? {}", list.text, otherwise.at(Level::Negative));
                let (whole, scale) = (
                    list.whole.max(otherwise.whole),
                    list.scale.max(otherwise.scale),
                );
                Node::number(text, Level::Default, whole, scale)
            })
            .boxed()
    };
    Types {
        booleans: prop_oneof![
            single(&lists.booleans, |list| call("any", &[list])),
            single(&lists.booleans, |list| call("all", &[list])),
        ]
        .boxed(),
        integers: prop_oneof![
            3 => added(&lists.integers),
            2 => ends(&lists.integers, &inner.integers),
            2 => single(&lists.booleans, |list| {
                Node::number(call("count", &[list]).text, Level::Primary, 1, 0)
            }),
            1 => leaf(&[("count(rows)", 1, 0)]),
        ]
        .boxed(),
        decimals: prop_oneof![
            added(&lists.decimals),
            ends(&lists.decimals, &inner.decimals),
        ]
        .boxed(),
        money: prop_oneof![added(&lists.money), ends(&lists.money, &inner.money)].boxed(),
        days: ends(&lists.days, &inner.days),
        ..inner.clone()
    }
}
