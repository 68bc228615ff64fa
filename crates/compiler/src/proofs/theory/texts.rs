//! Texts that are compared with texts written out.

use counterfoil_engine::plan::{CompareOp, Expr, FieldType, Literal, TextFunction};

use super::{Empty, Known, MAX_NAMES, Theory};
use crate::types::Bounds;

/// The value of `Z`, the greatest of a character.
const MAX_CHARACTER: i64 = 35;

impl Theory<'_, '_> {
    /// Bounds of what a function of texts comes to, where that is a number.
    pub(super) fn of_texts(
        &mut self,
        function: TextFunction,
        operands: &[Expr],
    ) -> Known<Option<Bounds>> {
        Ok(match (function, operands) {
            // 97 says that it is no number.
            (TextFunction::Mod97, _) => Some(Bounds::of_ints(0, 97)),
            (TextFunction::Length, [text]) => self
                .lengths(text, 0)
                .map(|(least, most)| Bounds::of_ints(least.into(), most.into())),
            (TextFunction::WeightedSum, [text, weights @ ..]) => {
                let Some((_, most)) = self.lengths(text, 0) else {
                    return Ok(None);
                };
                let mut all = Bounds::of_ints(0, 0);
                for weight in weights {
                    let Some(bounds) = self.range(weight)? else {
                        return Ok(None);
                    };
                    all = all.hull(bounds);
                }
                // Each of the characters can count 0.
                let characters = Bounds::of_ints(0, i64::from(most) * MAX_CHARACTER);
                all.multiply(characters)
            }
            _ => None,
        })
    }

    /// Least and most characters of a text.
    fn lengths(&self, text: &Expr, depth: usize) -> Option<(u32, u32)> {
        if depth > MAX_NAMES {
            return None;
        }
        match text {
            Expr::Literal(Literal::Text(text)) => {
                let length = u32::try_from(text.chars().count()).ok()?;
                Some((length, length))
            }
            Expr::Field(path) => type_lengths(&self.model.field_at(path)?.field.type_),
            Expr::Fact(id) => type_lengths(self.model.fact(id)?),
            Expr::Value(path) => self.lengths(self.model.value(path)?, depth + 1),
            Expr::If {
                then, otherwise, ..
            } => {
                let (a, b) = (
                    self.lengths(then, depth + 1)?,
                    self.lengths(otherwise, depth + 1)?,
                );
                Some((a.0.min(b.0), a.1.max(b.1)))
            }
            Expr::Default(a, b) => {
                let (a, b) = (self.lengths(a, depth + 1)?, self.lengths(b, depth + 1)?);
                Some((a.0.min(b.0), a.1.max(b.1)))
            }
            Expr::Text { function, operands } => {
                let (least, most) = self.lengths(operands.first()?, depth + 1)?;
                match function {
                    TextFunction::Upper => Some((least, most)),
                    TextFunction::Digits => Some((0, most)),
                    TextFunction::Characters => {
                        let position = |operand: &Expr| match operand {
                            Expr::Literal(Literal::Number(number)) => number.to_i64(),
                            _ => None,
                        };
                        let span = match (position(operands.get(1)?), position(operands.get(2)?)) {
                            (Some(from), Some(to)) => u32::try_from(
                                to.saturating_sub(from.max(1)).saturating_add(1).max(0),
                            )
                            .unwrap_or(most),
                            _ => most,
                        };
                        Some((0, most.min(span)))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Texts that are compared with texts written out.
    pub(super) fn assert_texts(&mut self, outcomes: &[(&Expr, bool)]) -> Known<()> {
        let mut excluded: Vec<(&Expr, &str)> = Vec::new();
        for (expr, truth) in outcomes {
            let Some((term, texts, among)) = text_test(expr, *truth) else {
                continue;
            };
            if !among {
                excluded.extend(texts.into_iter().map(|text| (term, text)));
                continue;
            }
            let admitted = texts.into_iter().filter(|text| self.admits(term, text));
            let admitted: Vec<String> = admitted.map(str::to_owned).collect();
            match self.ranges.texts.iter_mut().find(|(e, _)| e == term) {
                Some((_, known)) => known.retain(|text| admitted.contains(text)),
                None => self.ranges.texts.push((term.clone(), admitted)),
            }
        }
        for (term, texts) in &mut self.ranges.texts {
            texts.retain(|text| !excluded.contains(&(&*term, text)));
            if texts.is_empty() {
                return Err(Empty);
            }
        }
        Ok(())
    }

    /// Whether a field's limits let it be that text.
    pub(super) fn admits(&self, term: &Expr, text: &str) -> bool {
        let Expr::Field(path) = term else { return true };
        match self.model.field_at(path).map(|at| &at.field.type_) {
            Some(FieldType::Text {
                min_length,
                max_length,
                ..
            }) => {
                let length = text.chars().count();
                length >= *min_length as usize && length <= *max_length as usize
            }
            Some(FieldType::Choice { options }) => options.iter().any(|o| o.option == text),
            _ => true,
        }
    }
}

fn type_lengths(type_: &FieldType) -> Option<(u32, u32)> {
    match type_ {
        FieldType::Text {
            min_length,
            max_length,
            ..
        } => Some((*min_length, *max_length)),
        _ => None,
    }
}

/// A test of a term against texts: the texts, and whether the term is among them.
fn text_test(expr: &Expr, truth: bool) -> Option<(&Expr, Vec<&str>, bool)> {
    match expr {
        Expr::Compare { op, left, right } => {
            let among = match op {
                CompareOp::Equal => truth,
                CompareOp::NotEqual => !truth,
                _ => return None,
            };
            match (&**left, &**right) {
                (term, Expr::Literal(Literal::Text(text)))
                | (Expr::Literal(Literal::Text(text)), term) => Some((term, vec![text], among)),
                _ => None,
            }
        }
        Expr::OneOf { item, list } => {
            let texts: Option<Vec<&str>> = list
                .iter()
                .map(|candidate| match candidate {
                    Expr::Literal(Literal::Text(text)) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            Some((item, texts?, truth))
        }
        _ => None,
    }
}
