//! Conditions joined by `and` and `or`: what each operand may rely on of the others.

use counterfoil_engine::plan::Expr;

use super::{Assumption, Obligation, Open, Typed, lowering::Lowering};
use crate::{codes, diagnostic::Diagnostic, expression::Expr as Source, source::Span, types::Type};

impl<'f> Lowering<'_, 'f> {
    /// An operand that must be yes or no and not blank.
    pub fn boolean(&mut self, source: &Source) -> Typed {
        let typed = self.expr(source);
        match &typed.type_ {
            Type::Error => typed,
            Type::Boolean => {
                if self.present(&typed) {
                    typed
                } else {
                    Typed::error(typed.span)
                }
            }
            other => {
                let mut diagnostic = Diagnostic::error(
                    codes::TYPE_CLASH,
                    typed.span,
                    format!("a condition is yes or no, and this is {other}"),
                );
                diagnostic = match other {
                    Type::Choice(_) => {
                        diagnostic.help("compare it with an option: `… == \"option\"`")
                    }
                    Type::Set(_) => diagnostic.help("ask for an option: `\"option\" in …`"),
                    Type::Text { .. } => diagnostic.help("compare it: `… == \"text\"`"),
                    Type::Number(_) | Type::Quotient(_) => diagnostic.help("compare it: `… > 0`"),
                    Type::Range(_) => diagnostic.help("ask for a date: `date in …`"),
                    Type::Duration(_) => diagnostic.help("compare it: `… > days(0)`"),
                    _ => diagnostic.help("compare it with another date"),
                };
                self.error(diagnostic)
            }
        }
    }

    /// `and` and `or`: each operand may rely on what the others say, as long as none relies on itself.
    pub(super) fn chain(&mut self, operands: &[Source], conjunction: bool, span: Span) -> Typed {
        let mut settled: Vec<Option<Typed>> = vec![None; operands.len()];
        let mut waiting: Vec<(usize, Typed, Found)> = Vec::new();
        for (index, operand) in operands.iter().enumerate() {
            let (typed, found) = self.with_siblings(operand, &settled, conjunction);
            if found.diagnostics.iter().any(is_about_blank) && operands.len() > 1 {
                waiting.push((index, typed, found));
            } else {
                self.take(found);
                settled[index] = Some(typed);
            }
        }
        let at_once: Vec<bool> = settled.iter().map(Option::is_some).collect();
        let mut progress = true;
        while progress && !waiting.is_empty() && self.retries > 0 {
            progress = false;
            for (index, first_try, first_found) in std::mem::take(&mut waiting) {
                self.retries = self.retries.saturating_sub(1);
                let (typed, found) = self.with_siblings(&operands[index], &settled, conjunction);
                if self.retries == 0 || found.diagnostics.iter().any(is_about_blank) {
                    waiting.push((index, first_try, first_found));
                } else {
                    self.take(found);
                    settled[index] = Some(typed);
                    progress = true;
                }
            }
        }
        for (index, typed, found) in waiting {
            self.take(found);
            settled[index] = Some(typed);
        }
        self.leave_operands(&settled, &at_once, conjunction);
        let operands: Vec<Typed> = settled.into_iter().flatten().collect();
        let Some(reads) = self.join(&operands, span) else {
            return Typed::error(span);
        };
        if operands.iter().any(|operand| operand.type_.is_error()) {
            return Typed::error(span);
        }
        let operands = operands.into_iter().map(|operand| operand.expr).collect();
        let expr = if conjunction {
            Expr::And(operands)
        } else {
            Expr::Or(operands)
        };
        Typed::new(expr, Type::Boolean, span).reading(reads)
    }

    /// An operand of `and` or `or` where those that are settled are known to leave the result open.
    fn with_siblings(
        &mut self,
        operand: &Source,
        settled: &[Option<Typed>],
        conjunction: bool,
    ) -> (Typed, Found) {
        let outer = self.assumed.len();
        for sibling in settled.iter().flatten() {
            self.assumed.push(if sibling.type_.is_error() {
                Assumption::unread()
            } else {
                Assumption::leaves_open(sibling, conjunction)
            });
        }
        let (diagnostics, open) = (self.diagnostics.len(), self.open.len());
        let typed = self.boolean(operand);
        let found = Found {
            diagnostics: self.diagnostics.split_off(diagnostics),
            open: self.open.split_off(open),
        };
        self.assumed.truncate(outer);
        (typed, found)
    }

    fn take(&mut self, found: Found) {
        self.diagnostics.extend(found.diagnostics);
        self.open.extend(found.open);
    }

    /// Each operand is to make a difference where those before it leave the result open. Those that rely
    /// on another to their right do not count: it may be there for their sake alone.
    fn leave_operands(&mut self, operands: &[Option<Typed>], at_once: &[bool], conjunction: bool) {
        let outer = self.assumed.len();
        for (operand, at_once) in operands.iter().zip(at_once) {
            let Some(operand) = operand.as_ref().filter(|o| !o.type_.is_error()) else {
                break;
            };
            self.leave(Obligation::Operand, operand);
            if *at_once {
                self.assumed
                    .push(Assumption::leaves_open(operand, conjunction));
            }
        }
        self.assumed.truncate(outer);
    }
}

/// What was found while an operand was looked at, until it is settled.
#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    open: Vec<Open>,
}

fn is_about_blank(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == codes::MAY_BE_BLANK
}
