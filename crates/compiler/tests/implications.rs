//! Implications between conditions against a table of every state that a form can be in.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use std::collections::BTreeMap;

use counterfoil_compiler::proofs::implication::{
    Domain, Environment, FieldFacts, Required, contradict, implies, implies_present,
};
use counterfoil_engine::plan::{CompareOp, Expr, Literal};
use proptest::prelude::*;

/// A form of four fields: `kind` is always asked, each further one may hang on those before it.
#[derive(Clone, Debug)]
struct Form {
    fields: Vec<(&'static str, Domain, Option<Expr>, Required)>,
    value: Expr,
}

impl Environment for Form {
    fn field(&mut self, path: &str) -> Option<FieldFacts> {
        let (_, domain, when, required) = self.fields.iter().find(|(name, ..)| *name == path)?;
        Some(FieldFacts {
            domain: domain.clone(),
            shown: when.iter().cloned().collect(),
            required: required.clone(),
        })
    }

    fn definition(&mut self, _: &Expr) -> Option<Expr> {
        Some(self.value.clone())
    }
}

type State = BTreeMap<&'static str, Option<Literal>>;

/// Three-valued evaluation; a blank operand of anything but `==`, `!=`, `in` and `??` is unknown.
fn eval(expr: &Expr, state: &State, value: &Expr) -> Result<Option<Literal>, ()> {
    let bool_of = |expr: &Expr| match eval(expr, state, value) {
        Ok(Some(Literal::Boolean(value))) => Some(value),
        _ => None,
    };
    let known = |value: Option<bool>| value.map(|v| Some(Literal::Boolean(v))).ok_or(());
    match expr {
        Expr::Literal(literal) => Ok(Some(literal.clone())),
        Expr::Field(name) => Ok(state[name.as_str()].clone()),
        Expr::Value(_) => eval(value, state, value),
        Expr::Not(operand) => known(bool_of(operand).map(|v| !v)),
        Expr::And(parts) | Expr::Or(parts) => {
            let decisive = matches!(expr, Expr::Or(_));
            let parts: Vec<_> = parts.iter().map(bool_of).collect();
            known(if parts.contains(&Some(decisive)) {
                Some(decisive)
            } else if parts.contains(&None) {
                None
            } else {
                Some(!decisive)
            })
        }
        Expr::Compare { op, left, right } => {
            let equal = eval(left, state, value)? == eval(right, state, value)?;
            known(Some(equal == (*op == CompareOp::Equal)))
        }
        Expr::OneOf { item, list } => {
            let item = eval(item, state, value)?;
            let among = list
                .iter()
                .any(|other| eval(other, state, value) == Ok(item.clone()));
            known(Some(item.is_some() && among))
        }
        Expr::If {
            condition,
            then,
            otherwise,
        } => match bool_of(condition) {
            Some(true) => eval(then, state, value),
            Some(false) => eval(otherwise, state, value),
            None => Err(()),
        },
        Expr::Default(first, second) => match eval(first, state, value)? {
            None => eval(second, state, value),
            some => Ok(some),
        },
        Expr::Answered(operand) => known(Some(eval(operand, state, value)?.is_some())),
        _ => Err(()),
    }
}

/// Every state in which each field is hidden and blank, or shown and blank only if it may be.
fn states(form: &Form) -> Vec<State> {
    let mut states = vec![State::new()];
    for (name, domain, when, required) in &form.fields {
        let mut next = Vec::new();
        for state in states {
            let answers: Vec<_> = match domain {
                Domain::Boolean => [false, true].map(Literal::Boolean).to_vec(),
                Domain::Options(options) => options.iter().cloned().map(Literal::Text).collect(),
                Domain::Many => vec![Literal::Text("something".into())],
            };
            let holds = |condition: &Expr| {
                eval(condition, &state, &form.value) == Ok(Some(Literal::Boolean(true)))
            };
            let shown = when.as_ref().is_none_or(holds);
            let may_be_blank = match required {
                Required::Always => !shown,
                Required::Never => true,
                Required::When(condition) => !shown || !holds(condition),
            };
            if may_be_blank {
                next.push(with(&state, name, None));
            }
            if shown {
                next.extend(
                    answers
                        .into_iter()
                        .map(|answer| with(&state, name, Some(answer))),
                );
            }
        }
        states = next;
    }
    states
}

fn with(state: &State, name: &'static str, answer: Option<Literal>) -> State {
    let mut state = state.clone();
    state.insert(name, answer);
    state
}

fn field(name: &str) -> Box<Expr> {
    Box::new(Expr::Field(name.to_owned()))
}

fn option(index: usize) -> Expr {
    Expr::Literal(Literal::Text(["a", "b", "c"][index].to_owned()))
}

fn atom() -> impl Strategy<Value = Expr> {
    let op = prop_oneof![Just(CompareOp::Equal), Just(CompareOp::NotEqual)];
    let choice = prop_oneof![Just("kind"), Just("use")];
    prop_oneof![
        (op.clone(), choice.clone(), 0..3_usize, any::<bool>()).prop_map(
            |(op, name, index, swap)| {
                let (left, right) = (field(name), Box::new(option(index)));
                if swap {
                    Expr::Compare {
                        op,
                        left: right,
                        right: left,
                    }
                } else {
                    Expr::Compare { op, left, right }
                }
            }
        ),
        (op.clone()).prop_map(|op| Expr::Compare {
            op,
            left: field("kind"),
            right: field("use")
        }),
        (choice, prop::collection::vec(0..3_usize, 0..3)).prop_map(|(name, list)| Expr::OneOf {
            item: field(name),
            list: list.into_iter().map(option).collect(),
        }),
        (op, any::<bool>()).prop_map(|(op, value)| Expr::Compare {
            op,
            left: field("sells"),
            right: Box::new(Expr::Literal(Literal::Boolean(value))),
        }),
        Just(*field("sells")),
        Just(Expr::Value("computed".into())),
        any::<bool>().prop_map(|value| Expr::Default(
            field("sells"),
            Box::new(Expr::Literal(Literal::Boolean(value))),
        )),
        prop_oneof![Just("kind"), Just("use"), Just("sells"), Just("note")]
            .prop_map(|name| Expr::Answered(field(name))),
    ]
}

fn condition() -> impl Strategy<Value = Expr> {
    atom().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| Expr::Not(Box::new(a))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::Or),
            (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| Expr::If {
                condition: Box::new(a),
                then: Box::new(b),
                otherwise: Box::new(c),
            }),
        ]
    })
}

/// Conditions over fields before the one that they belong to.
fn early(names: &'static [&'static str]) -> impl Strategy<Value = Expr> {
    condition().prop_filter_map("reads a later field", move |expr| {
        let text = serde_json::to_string(&expr).unwrap();
        let reads = |name: &str| text.contains(&format!("{{\"field\":\"{name}\"}}"));
        let later = ["kind", "sells", "use", "note"]
            .iter()
            .any(|n| !names.contains(n) && reads(n));
        (!later && !text.contains("computed")).then_some(expr)
    })
}

fn required() -> impl Strategy<Value = Required> {
    prop_oneof![Just(Required::Always), Just(Required::Never)]
}

fn form() -> impl Strategy<Value = Form> {
    let options = || Domain::Options(["a", "b", "c"].map(str::to_owned).to_vec());
    (
        prop::option::of(early(&["kind"])),
        required(),
        prop::option::of(early(&["kind", "sells"])),
        prop_oneof![
            required(),
            early(&["kind", "sells"]).prop_map(Required::When)
        ],
        prop::option::of(early(&["kind", "sells", "use"])),
        early(&["kind", "sells", "use", "note"]),
    )
        .prop_map(
            move |(sells, sells_required, uses, uses_required, note, value)| Form {
                fields: vec![
                    ("kind", options(), None, Required::Always),
                    ("sells", Domain::Boolean, sells, sells_required),
                    ("use", options(), uses, uses_required),
                    ("note", Domain::Many, note, Required::Always),
                ],
                value,
            },
        )
}

/// A condition that decides in every state, as the type checker makes sure of in a form.
fn decides(form: &Form, expr: &Expr) -> bool {
    states(form).iter().all(|state| {
        matches!(
            eval(expr, state, &form.value),
            Ok(Some(Literal::Boolean(_)))
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 200_000, ..ProptestConfig::default() })]

    #[test]
    fn proves_what_holds_in_every_state(
        form in form(),
        assumptions in prop::collection::vec(condition(), 0..3),
        goal in condition(),
    ) {
        let conditions = form
            .fields
            .iter()
            .flat_map(|(_, _, when, required)| {
                let required = match required {
                    Required::When(condition) => Some(condition),
                    _ => None,
                };
                when.iter().chain(required)
            })
            .chain([&form.value, &goal]);
        prop_assume!(conditions.into_iter().all(|condition| decides(&form, condition)));

        let yes = Ok(Some(Literal::Boolean(true)));
        let possible: Vec<_> = states(&form)
            .into_iter()
            .filter(|state| assumptions.iter().all(|a| eval(a, state, &form.value) == yes))
            .collect();
        let mut environment = form.clone();

        prop_assert_eq!(contradict(&mut environment, &assumptions), possible.is_empty());
        prop_assert_eq!(
            implies(&mut environment, &assumptions, &goal),
            possible.iter().all(|state| eval(&goal, state, &form.value) == yes)
        );
        for (name, ..) in &form.fields {
            prop_assert_eq!(
                implies_present(&mut environment, &assumptions, &field(name)),
                possible.iter().all(|state| state[name].is_some()),
                "{}", name
            );
        }
    }
}
