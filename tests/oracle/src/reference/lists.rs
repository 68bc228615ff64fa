//! Lists: what is done with one is done by Rhai for each of its items.

use jiff::civil::Date;
use rhai::{
    AST, Array, Dynamic, Engine, EvalAltResult, INT, ImmutableString, NativeCallContext, Scope,
    Variant,
};
use rust_decimal::Decimal;

/// One item for each record.
#[derive(Clone, Default)]
pub(super) struct List(pub(super) Vec<Dynamic>);

type Evaluated<T> = Result<T, Box<EvalAltResult>>;

/// Computes an expression of `a` and `b`.
fn evaluated(
    context: &NativeCallContext<'_>,
    ast: &AST,
    a: &Dynamic,
    b: &Dynamic,
) -> Evaluated<Dynamic> {
    let mut scope = Scope::new();
    scope.push_constant_dynamic("a", a.clone());
    scope.push_constant_dynamic("b", b.clone());
    context.engine().eval_ast_with_scope(&mut scope, ast)
}

/// Registers what maps over lists, and what makes one result of a list.
pub(super) fn register(engine: &mut Engine) -> Result<(), String> {
    for name in ["+", "-", "*", "==", "!=", "<", "<=", ">", ">=", "and", "or"] {
        two(engine, name, &format!("a {name} b"))?;
    }
    for name in [
        "min",
        "max",
        "round",
        "round_even",
        "round_up",
        "round_down",
        "days_between",
    ] {
        two(engine, name, &format!("{name}(a, b)"))?;
    }
    for (name, text) in [
        ("-", "-a"),
        ("abs", "abs(a)"),
        ("not", "not(a)"),
        ("answered", "answered(a)"),
        ("year_of", "year_of(a)"),
        ("end_of_month", "end_of_month(a)"),
        ("band", "band(a)"),
    ] {
        let ast = engine
            .compile_expression(text)
            .map_err(|error| error.to_string())?;
        engine.register_fn(name, move |context: NativeCallContext<'_>, list: List| {
            map(&list, |item| {
                evaluated(&context, &ast, item, &Dynamic::UNIT)
            })
        });
    }
    let ast = engine
        .compile_expression("a in b")
        .map_err(|error| error.to_string())?;
    engine.register_fn(
        "contains",
        move |context: NativeCallContext<'_>, of: Array, list: List| {
            let of = Dynamic::from(of);
            map(&list, |item| evaluated(&context, &ast, item, &of))
        },
    );

    let ast = engine
        .compile_expression("a + b")
        .map_err(|error| error.to_string())?;
    engine.register_fn("sum", move |context: NativeCallContext<'_>, list: List| {
        let none = Dynamic::from(0 as INT);
        list.0
            .iter()
            .try_fold(none, |sum, item| evaluated(&context, &ast, &sum, item))
    });
    for name in ["min", "max"] {
        let ast = engine
            .compile_expression(format!("{name}(a, b)"))
            .map_err(|error| error.to_string())?;
        engine.register_fn(name, move |context: NativeCallContext<'_>, list: List| {
            let mut items = list.0.iter();
            let first = items.next().cloned().unwrap_or(Dynamic::UNIT);
            items.try_fold(first, |end, item| evaluated(&context, &ast, &end, item))
        });
    }
    let holds = |item: &Dynamic| item.as_bool() == Ok(true);
    engine.register_fn("count", move |list: List| {
        list.0.iter().filter(|item| holds(item)).count() as INT
    });
    engine.register_fn("any", move |list: List| list.0.iter().any(holds));
    engine.register_fn("all", move |list: List| list.0.iter().all(holds));
    Ok(())
}

fn map(list: &List, item: impl Fn(&Dynamic) -> Evaluated<Dynamic>) -> Evaluated<List> {
    list.0.iter().map(item).collect::<Evaluated<_>>().map(List)
}

/// An operator or a function of two, of which one or both are lists.
fn two(engine: &mut Engine, name: &str, text: &str) -> Result<(), String> {
    let ast = engine
        .compile_expression(text)
        .map_err(|error| error.to_string())?;
    beside::<bool>(engine, name, &ast);
    beside::<INT>(engine, name, &ast);
    beside::<Decimal>(engine, name, &ast);
    beside::<ImmutableString>(engine, name, &ast);
    beside::<Date>(engine, name, &ast);
    beside::<super::Length>(engine, name, &ast);
    engine.register_fn(name, {
        let ast = ast.clone();
        move |context: NativeCallContext<'_>, a: List, b: List| -> Evaluated<List> {
            let pairs = a.0.iter().zip(&b.0);
            pairs
                .map(|(a, b)| evaluated(&context, &ast, a, b))
                .collect::<Evaluated<_>>()
                .map(List)
        }
    });
    Ok(())
}

fn beside<T: Variant + Clone>(engine: &mut Engine, name: &str, ast: &AST) {
    let first = ast.clone();
    engine.register_fn(
        name,
        move |context: NativeCallContext<'_>, list: List, other: T| {
            let other = Dynamic::from(other);
            map(&list, |item| evaluated(&context, &first, item, &other))
        },
    );
    let second = ast.clone();
    engine.register_fn(
        name,
        move |context: NativeCallContext<'_>, other: T, list: List| {
            let other = Dynamic::from(other);
            map(&list, |item| evaluated(&context, &second, &other, item))
        },
    );
}
