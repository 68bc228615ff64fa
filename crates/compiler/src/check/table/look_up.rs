//! Looking something up in a table.

use counterfoil_engine::plan::Expr;

use super::{Column, TableInfo};
use crate::{
    check::{Obligation, Typed, limits, lowering::Lowering},
    closest::closest,
    codes,
    definition::HitPolicy,
    diagnostic::Diagnostic,
    expression::Expr as Source,
    source::{Span, Spanned},
    types::{Bounds, Days, Type},
};

impl Lowering<'_, '_> {
    /// A look-up in a table; of several outputs one is named.
    pub(in crate::check) fn look_up(
        &mut self,
        position: usize,
        arguments: &[Source],
        output: Option<&Spanned<String>>,
        span: Span,
    ) -> Typed {
        let definition = &self.checker.form.tables[position];
        let id = definition.table.as_str();
        let table = self.checker.table(position);
        let bounded = definition.hit.value != HitPolicy::Collect;
        let arguments: Vec<Typed> = arguments.iter().map(|source| self.expr(source)).collect();
        // A table whose file could not be read has no columns, which has been reported.
        if table.inputs.is_empty() && !definition.complete {
            return Typed::error(span);
        }
        if table.inputs.len() != arguments.len() {
            let inputs: Vec<_> = definition.inputs.iter().map(|i| i.name.as_str()).collect();
            let message = format!(
                "the table `{id}` has {} input{}, and here {} {}",
                inputs.len(),
                if inputs.len() == 1 { "" } else { "s" },
                if arguments.len() == 1 { "is" } else { "are" },
                arguments.len()
            );
            let help = format!("write `{id}({})`", inputs.join(", "));
            return self.clash(codes::ARGUMENTS, span, message, Some(help));
        }
        let mut sound = true;
        let mut inputs = Vec::with_capacity(arguments.len());
        for (argument, column) in arguments.into_iter().zip(&table.inputs) {
            let argument = self.coerced(argument, &column.type_);
            sound &= self.fits_column(&argument, column, id, bounded);
            inputs.push(argument);
        }
        let joined = self.join(&inputs, span);
        let Some(reads) = joined.filter(|_| sound) else {
            return Typed::error(span);
        };
        let Some((name, type_)) = self.output(position, &table, output, span) else {
            return Typed::error(span);
        };
        let expr = Expr::Table {
            table: id.to_owned(),
            inputs: inputs.iter().map(|input| input.expr.clone()).collect(),
            output: name.clone(),
        };
        let looked_up = Typed::new(expr.clone(), type_.clone(), span).reading(reads);
        self.leave(Obligation::LookedUp, &looked_up);
        if definition.hit.value == HitPolicy::Collect {
            return self.rows_of(position, inputs, (name, type_), reads, span);
        }
        let type_ = match (&table.bands, &inputs[..]) {
            (
                Some(bands),
                [
                    Typed {
                        type_: Type::Number(input),
                        ..
                    },
                ],
            ) => bands.result(*input, &type_),
            // Of bands that do not meet nothing more is said where they are read.
            _ if definition.hit.value == HitPolicy::Marginal => return Typed::error(span),
            _ => Ok(type_),
        };
        self.numeric_result(type_, expr, reads, span)
    }

    /// Whether an argument goes into a column: its type, limits if the rows are to leave nothing out,
    /// digits and presence.
    fn fits_column(
        &mut self,
        argument: &Typed,
        column: &Column,
        table: &str,
        bounded: bool,
    ) -> bool {
        let text = self.checker.text(argument.span);
        let outside = |inner: [String; 2], outer: [String; 2]| {
            let slot = format!("the column `{}` of `{table}`", column.name);
            let message = limits::beyond(text, &slot, &inner, &outer);
            Diagnostic::error(codes::TABLE_INPUT, argument.span, message)
                .help("widen the column's limits and add rows, or look up a narrower value")
        };
        let problem = match (&argument.type_, &column.type_) {
            (Type::Error, _) | (_, Type::Error) => return false,
            (Type::Number(number), Type::Number(domain)) => {
                if number.unit.same(domain.unit).is_none() {
                    let message = format!(
                        "the column `{}` of `{table}` is {}, and this is {}",
                        column.name, column.type_, argument.type_
                    );
                    Some(Diagnostic::error(codes::UNIT_CLASH, argument.span, message))
                } else if number.scale > domain.scale {
                    Some(
                        Diagnostic::error(
                            codes::TABLE_INPUT,
                            argument.span,
                            format!(
                                "`{text}` can have {} digits after the point, and the column `{}` of \
                                 `{table}` has {}",
                                number.scale, column.name, domain.scale
                            ),
                        )
                        .help("round it first, or declare the column with that `scale`"),
                    )
                } else if bounded && !domain.bounds.covers(number.bounds) {
                    let show = |bounds: Bounds| [bounds.min, bounds.max].map(|n| n.to_string());
                    Some(outside(show(number.bounds), show(domain.bounds)))
                } else {
                    None
                }
            }
            (Type::Date(days), Type::Date(domain)) => {
                (bounded && !domain.covers(*days)).then(|| {
                    let show = |days: &Days| [days.min, days.max].map(|day| day.to_string());
                    outside(show(days), show(domain))
                })
            }
            (Type::Choice(a), Type::Choice(b)) if a == b => None,
            (Type::Boolean, Type::Boolean) | (Type::Text { .. }, Type::Text { .. }) => None,
            (Type::Quotient(_), Type::Number(_)) => {
                let rounded = self.rounded(argument.clone(), "an input of a table");
                return !rounded.type_.is_error();
            }
            (given, wanted) => Some(Diagnostic::error(
                codes::TYPE_CLASH,
                argument.span,
                format!(
                    "the column `{}` of `{table}` holds {wanted}, and this is {given}",
                    column.name
                ),
            )),
        };
        if let Some(diagnostic) = problem {
            self.diagnostics.push(diagnostic);
            return false;
        }
        column.blank || self.present(argument)
    }

    /// The output column that is read, with its type.
    fn output(
        &mut self,
        position: usize,
        table: &TableInfo,
        wanted: Option<&Spanned<String>>,
        span: Span,
    ) -> Option<(String, Type)> {
        let definition = &self.checker.form.tables[position];
        let id = definition.table.as_str();
        let outputs = &definition.outputs;
        let names = || outputs.iter().map(|output| output.name.as_str());
        let index = match wanted {
            Some(wanted) => names().position(|name| name == wanted.value),
            None => (outputs.len() == 1).then_some(0),
        };
        if let Some(index) = index {
            let name = outputs[index].name.value.clone();
            return Some((name, table.outputs.get(index)?.clone()));
        }
        if outputs.is_empty() {
            // What is wrong with its columns has been reported.
            return None;
        }
        let all = names().collect::<Vec<_>>().join("`, `.");
        let diagnostic = match wanted {
            Some(wanted) => {
                let diagnostic = Diagnostic::error(
                    codes::UNKNOWN_NAME,
                    wanted.span,
                    format!("the table `{id}` has no output `{}`", wanted.value),
                );
                match closest(wanted.as_str(), names()) {
                    Some(meant) => diagnostic
                        .help(format!("did you mean `{meant}`?"))
                        .suggest(wanted.span, meant),
                    None => diagnostic.help(format!("its outputs are `.{all}`")),
                }
            }
            None => Diagnostic::error(
                codes::ARGUMENTS,
                span,
                format!("the table `{id}` has several outputs"),
            )
            .help(format!("say which one, after the parenthesis: `.{all}`")),
        };
        self.diagnostics.push(diagnostic);
        None
    }
}
