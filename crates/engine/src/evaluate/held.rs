//! The answers that an evaluation is of, lent or its own.

use crate::answers::{Answers, AnswersOf};

/// The answers under evaluation.
#[derive(Default)]
pub(crate) struct Held<'a> {
    /// Answers that last as long as what is made of them.
    pub lent: Option<&'a AnswersOf<'a>>,
    /// Where there are none, answers that may change before.
    pub own: Answers,
}

impl<'a> Held<'a> {
    pub const fn own(answers: Answers) -> Self {
        Self {
            lent: None,
            own: answers,
        }
    }

    pub fn get(&self) -> &AnswersOf<'a> {
        self.lent.unwrap_or(&self.own)
    }

    /// The answers, to change them.
    pub fn to_mut(&mut self) -> &mut Answers {
        if let Some(lent) = self.lent.take() {
            self.own = lent.clone().into_owned();
        }
        &mut self.own
    }
}
