//! Conditions over booleans and choices, as schemas that accept the answers for which they hold.
//!
//! JSON Schema can look at whether an answer is there and which of a few constants it is, so these
//! conditions can be said in it. Those that calculate, count records or read dates and facts cannot.

use std::collections::BTreeMap;

use counterfoil_engine::plan::{
    Cell, CompareOp, Expr, Field, FieldType, Group, HitPolicy, Literal, PageContent, Rules, Table,
    Value,
};
use serde_json::{Value as Json, json};

/// Most parts of one condition, with the computed values that it reads written out. A condition beyond
/// it is left to the engine, since values that read values twice would double at every step.
const MOST_PARTS: usize = 500;

/// What a question answers, as far as conditions can look at it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Boolean,
    Choice,
    Set,
    Other,
}

/// The questions whose answers stand in the object being described, by the names that expressions have
/// for them.
pub(super) struct Scope<'a> {
    fields: BTreeMap<String, (&'a str, Kind)>,
    values: BTreeMap<String, &'a Expr>,
    tables: &'a [Table],
}

impl<'a> Scope<'a> {
    /// The answers of the form itself.
    pub(super) fn form(rules: &'a Rules) -> Self {
        let fields = rules.pages.iter().flat_map(|page| match &page.content {
            PageContent::Fields(fields) => fields.as_slice(),
            PageContent::Group(_) => &[],
        });
        Self::of(rules, fields, &rules.values, "")
    }

    /// The answers of one record.
    pub(super) fn record(rules: &'a Rules, group: &'a Group) -> Self {
        let prefix = format!("{}.", group.group);
        Self::of(rules, group.fields.iter(), &group.values, &prefix)
    }

    fn of(
        rules: &'a Rules,
        fields: impl Iterator<Item = &'a Field>,
        values: &'a [Value],
        prefix: &str,
    ) -> Self {
        let kind = |field: &Field| match field.type_ {
            FieldType::Boolean { .. } => Kind::Boolean,
            FieldType::Choice { .. } => Kind::Choice,
            FieldType::Set { .. } => Kind::Set,
            _ => Kind::Other,
        };
        Self {
            fields: fields
                .map(|field| {
                    let name = format!("{prefix}{}", field.field);
                    (name, (field.field.as_str(), kind(field)))
                })
                .collect(),
            values: values
                .iter()
                .map(|value| (format!("{prefix}{}", value.value), &value.expr))
                .collect(),
            tables: &rules.tables,
        }
    }

    /// The schema of the objects for which a condition holds; none where JSON Schema cannot say it.
    pub(super) fn holds(&self, condition: &Expr) -> Option<Json> {
        let mut parts = MOST_PARTS;
        self.condition(condition, &mut parts)
    }

    /// The schema of the objects for which all conditions hold; none where one cannot be said.
    pub(super) fn all<'e>(&self, conditions: impl IntoIterator<Item = &'e Expr>) -> Option<Json> {
        let all: Option<Vec<Json>> = conditions.into_iter().map(|one| self.holds(one)).collect();
        Some(match all?.as_mut_slice() {
            [] => json!(true),
            [one] => one.take(),
            several => json!({"allOf": several}),
        })
    }

    fn condition(&self, expr: &Expr, parts: &mut usize) -> Option<Json> {
        *parts = parts.checked_sub(1)?;
        let mut each = |list: &[Expr]| -> Option<Vec<Json>> {
            list.iter().map(|one| self.condition(one, parts)).collect()
        };
        match expr {
            Expr::Literal(Literal::Boolean(value)) => Some(json!(value)),
            Expr::And(list) => Some(all_of(each(list)?)),
            Expr::Or(list) => Some(any_of(each(list)?)),
            Expr::Not(inner) => Some(not(self.condition(inner, parts)?)),
            Expr::If {
                condition,
                then,
                otherwise,
            } => Some(json!({
                "if": self.condition(condition, parts)?,
                "then": self.condition(then, parts)?,
                "else": self.condition(otherwise, parts)?,
            })),
            Expr::Value(name) => self.condition(self.values.get(name)?, parts),
            Expr::Field(_) => {
                let (key, kind) = self.field(expr)?;
                (kind == Kind::Boolean).then(|| is(key, json!({"const": true})))
            }
            Expr::Default(first, second) => self.with_default(first, second, parts),
            Expr::Compare {
                op: op @ (CompareOp::Equal | CompareOp::NotEqual),
                left,
                right,
            } => {
                let equal = self
                    .equal(left, right)
                    .or_else(|| self.equal(right, left))?;
                Some(match op {
                    CompareOp::Equal => equal,
                    _ => not(equal),
                })
            }
            Expr::OneOf { item, list } => {
                let (key, kind) = self.field(item)?;
                let constants: Option<Vec<Json>> =
                    list.iter().map(|one| constant(kind, one)).collect();
                Some(match constants?.as_slice() {
                    [] => json!(false),
                    constants => is(key, json!({"enum": constants})),
                })
            }
            Expr::Contains { set, item } => {
                let (key, kind) = self.field(set)?;
                let Expr::Literal(Literal::Text(option)) = &**item else {
                    return None;
                };
                let contains = json!({"type": "array", "contains": {"const": option}});
                (kind == Kind::Set).then(|| is(key, contains))
            }
            Expr::Answered(inner) => self.answered(inner),
            Expr::Table {
                table,
                inputs,
                output,
            } => self.look_up(table, inputs, output, parts),
            _ => None,
        }
    }

    /// `a ?? b`: the first where it is answered, else the second. An attribute of an option is blank
    /// where no option is chosen.
    fn with_default(&self, first: &Expr, second: &Expr, parts: &mut usize) -> Option<Json> {
        let (answered, first) = match first {
            Expr::If {
                condition,
                then,
                otherwise,
            } if **otherwise == Expr::Blank => (self.condition(condition, parts)?, &**then),
            first => (self.answered(first)?, first),
        };
        Some(json!({
            "if": answered,
            "then": self.condition(first, parts)?,
            "else": self.condition(second, parts)?,
        }))
    }

    /// An output of a table whose rows exclude each other: one of the rows with `true` matches.
    fn look_up(
        &self,
        table: &str,
        inputs: &[Expr],
        output: &str,
        parts: &mut usize,
    ) -> Option<Json> {
        let table = self.tables.iter().find(|one| one.table == table)?;
        let output = table.outputs.iter().position(|one| one.name == output)?;
        if table.hit != HitPolicy::Unique {
            return None;
        }
        let rows = table
            .rows
            .iter()
            .filter(|row| row.then.get(output) == Some(&Literal::Boolean(true)));
        let rows: Option<Vec<Json>> = rows
            .map(|row| {
                let cells: Option<Vec<Json>> = inputs
                    .iter()
                    .zip(&row.when)
                    .filter(|(_, cells)| !cells.is_empty())
                    .map(|(input, cells)| self.matches(input, cells, parts))
                    .collect();
                cells.map(all_of)
            })
            .collect();
        rows.map(any_of)
    }

    /// Whether an answer is one of the alternatives of a cell.
    fn matches(&self, input: &Expr, cells: &[Cell], parts: &mut usize) -> Option<Json> {
        let alternatives: Option<Vec<Json>> = cells
            .iter()
            .map(|cell| {
                *parts = parts.checked_sub(1)?;
                match cell {
                    Cell::Blank => self.equal(input, &Expr::Blank),
                    Cell::Equal(literal) => self.equal(input, &Expr::Literal(literal.clone())),
                    Cell::Range { .. } => None,
                }
            })
            .collect();
        alternatives.map(any_of)
    }

    fn answered(&self, expr: &Expr) -> Option<Json> {
        let (key, _) = self.field(expr)?;
        Some(is(key, not(json!({"$ref": "#/$defs/blank"}))))
    }

    /// Whether a question's answer is a constant, or blank.
    fn equal(&self, question: &Expr, other: &Expr) -> Option<Json> {
        let (key, kind) = self.field(question)?;
        if *other == Expr::Blank {
            return Some(not(self.answered(question)?));
        }
        Some(is(key, json!({"const": constant(kind, other)?})))
    }

    fn field(&self, expr: &Expr) -> Option<(&'a str, Kind)> {
        let Expr::Field(name) = expr else {
            return None;
        };
        self.fields.get(name).copied()
    }
}

/// Where all hold. No schema's `allOf` or `anyOf` is empty.
fn all_of(schemas: Vec<Json>) -> Json {
    match schemas.as_slice() {
        [] => json!(true),
        schemas => json!({"allOf": schemas}),
    }
}

/// Where one holds, or several.
fn any_of(schemas: Vec<Json>) -> Json {
    match schemas.as_slice() {
        [] => json!(false),
        schemas => json!({"anyOf": schemas}),
    }
}

/// A constant that answers of a kind can be compared with as they stand.
fn constant(kind: Kind, expr: &Expr) -> Option<Json> {
    match (kind, expr) {
        (Kind::Boolean, Expr::Literal(Literal::Boolean(value))) => Some(json!(value)),
        (Kind::Choice, Expr::Literal(Literal::Text(option))) => Some(json!(option)),
        _ => None,
    }
}

/// The objects that have a key whose value is of a schema.
pub(super) fn is(key: &str, schema: Json) -> Json {
    json!({"properties": {key: schema}, "required": [key]})
}

pub(super) fn not(schema: Json) -> Json {
    json!({"not": schema})
}
