//! Calls of the form's functions and look-ups in its tables, with arguments within their limits.

use proptest::prelude::*;

use super::{
    FUNCTIONS, Types,
    node::{Level, Node, Nodes, call, leaf},
};

fn limited(nodes: &Nodes, least: &'static str, most: &'static str) -> Nodes {
    let limit = move |node: Node| {
        let text = format!("min(max({}, {least}), {most})", node.text);
        Node::number(text, Level::Primary, 3, node.scale)
    };
    nodes.clone().prop_map(limit).boxed()
}

/// What functions and tables come to.
pub(super) fn of(inner: &Types) -> Types {
    let integers = limited(&inner.integers, "-50", "50");
    // Money that a function or a table is given has pence.
    let money = inner.money.clone().prop_map(|money| {
        let text = format!("min(max(round({}, 0.01), 0), 100)", money.text);
        Node::number(text, Level::Primary, 3, 2)
    });
    let money = money.boxed();
    let days = limited(&inner.days, "\"2000-01-01\"", "\"2049-12-31\"");
    let optional = leaf(&[("o1", 2, 0), ("3", 1, 0), ("20", 2, 0)]);
    let arguments = (
        integers.clone(),
        inner.booleans.clone(),
        money.clone(),
        inner.choices.clone(),
        days,
        optional,
    );
    let function = |name: &'static str, whole: u32, scale: u32| {
        arguments
            .clone()
            .prop_map(move |(x, y, z, c, w, v)| {
                let text = call(name, &[&x, &y, &z, &c, &w, &v]).text;
                Node::number(text, Level::Primary, whole, scale)
            })
            .boxed()
    };
    let [condition, integer, decimal, amount, day] = FUNCTIONS;
    let band = integers.prop_map(|a| Node::number(call("band", &[&a]).text, Level::Primary, 2, 0));
    let of_pair = |output: &'static str, whole: u32, scale: u32| {
        (inner.choices.clone(), inner.booleans.clone())
            .prop_map(move |(choice, condition)| {
                let text = format!("price({}, {}).{output}", choice.text, condition.text);
                Node::number(text, Level::Primary, whole, scale)
            })
            .boxed()
    };
    let marginal =
        money.prop_map(|a| Node::number(call("tiers", &[&a]).text, Level::Primary, 3, 4));
    Types {
        booleans: prop_oneof![function(condition, 0, 0), of_pair("open", 0, 0)].boxed(),
        integers: prop_oneof![function(integer, 6, 0), band].boxed(),
        decimals: prop_oneof![function(decimal, 6, 4), of_pair("share", 1, 2)].boxed(),
        money: prop_oneof![function(amount, 6, 4), of_pair("fee", 2, 2), marginal].boxed(),
        days: function(day, 0, 0),
        ..inner.clone()
    }
}
