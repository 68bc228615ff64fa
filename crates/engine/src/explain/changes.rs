//! What would change a verdict, as a part of its explanation.

use super::{Explanation, Kind, explainer::Explainer};
use crate::{
    answers::Answers,
    changes::{change_words, what_would_change},
    context::Context,
};

impl Explainer<'_> {
    /// Adds to the explanation of a decision which other answers would make it eligible.
    pub(super) fn add_changes(
        &mut self,
        explanation: &mut Explanation,
        answers: &Answers,
        context: &Context,
    ) {
        let node = explanation.node.as_deref();
        let Some(decision) = node.and_then(|node| node.strip_prefix("decisions.")) else {
            return;
        };
        let Ok(Some(found)) = what_would_change(self.plan, answers, context, decision) else {
            return;
        };
        if found.proposals.is_empty() {
            return;
        }
        let words = change_words(self.plan, &self.texts.locale, &found.proposals);
        let because = words.into_iter().map(|changes| {
            let mut stated: Vec<Explanation> = changes
                .into_iter()
                .map(|change| Explanation {
                    node: Some(change.path),
                    ..self.stated(Kind::Change, &change.label, Some(change.value))
                })
                .collect();
            if stated.len() == 1 {
                return stated.remove(0);
            }
            let texts: Vec<String> = stated.iter().map(|change| change.text.clone()).collect();
            Explanation {
                because: stated,
                ..self.step(Kind::Change, self.listed(&texts))
            }
        });
        let label = self.text("changes.if");
        let reason = Explanation {
            because: because.collect(),
            ..self.step(Kind::Changes, label)
        };
        self.add(&mut explanation.because, reason);
    }
}
