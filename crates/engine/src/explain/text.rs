//! An explanation as indented text.

use super::Explanation;

impl Explanation {
    /// The tree as indented text, a line a node: the sentence, its source in brackets, the expression
    /// between backticks.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0, None);
        text
    }

    fn write(&self, text: &mut String, depth: usize, above: Option<&str>) {
        text.push_str(&"  ".repeat(depth));
        text.push_str(&self.text);
        if let Some(source) = &self.source {
            text.push_str(" [");
            text.push_str(source);
            text.push(']');
        }
        if let Some(expression) = self.own_expression(above) {
            text.push_str(" `");
            text.push_str(expression);
            text.push('`');
        }
        text.push('\n');
        for reason in &self.because {
            reason.write(text, depth + 1, self.expression.as_deref().or(above));
        }
    }

    /// The expression, unless it is the one that stands above already.
    pub fn own_expression(&self, above: Option<&str>) -> Option<&str> {
        self.expression
            .as_deref()
            .filter(|expression| Some(*expression) != above)
    }
}
