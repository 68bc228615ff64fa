use maud::{Markup, html};

/// A form's own text: blank lines part paragraphs, lines that begin with `- ` are a list.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        @for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
            @if block.lines().all(|line| line.trim_start().starts_with("- ")) {
                ul class="govuk-list govuk-list--bullet" {
                    @for line in block.lines() {
                        li { (line.trim_start().trim_start_matches("- ")) }
                    }
                }
            } @else {
                p .govuk-body { (block) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        assert_eq!(
            prose("One\n& two\n\n- a\n- b\n").into_string(),
            "<p class=\"govuk-body\">One\n&amp; two</p>\
             <ul class=\"govuk-list govuk-list--bullet\"><li>a</li><li>b</li></ul>"
        );
    }
}
