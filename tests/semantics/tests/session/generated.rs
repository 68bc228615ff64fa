//! Forms drawn from a seed, in which all hangs on all: conditions, groups, values, decisions and lines.

use std::fmt::Write as _;

use crate::random::Random;

/// A field of no group, as expressions read it.
struct Field {
    id: String,
    type_: &'static str,
    may_be_blank: bool,
}

/// Writes one form.
struct Writer<'r> {
    random: &'r mut Random,
    fields: Vec<Field>,
    values: usize,
    groups: usize,
}

/// The text of a form; not every one is sound.
pub fn form(random: &mut Random) -> String {
    let mut writer = Writer {
        random,
        fields: Vec::new(),
        values: 0,
        groups: 0,
    };
    let mut text = String::from(
        "form: sample\ntitle: A sample\ncurrency: EUR\ntimezone: Europe/Dublin\nlanguages: [en]\n\
         effective: 2020-01-01..\n",
    );
    if writer.random.one_in(2) {
        text.push_str("rules_of: from_day\n");
    }
    text.push_str(
        "facts:\n  known:\n    type: integer\n    label: Known\nparameters:\n  rate:\n    type: integer\n    \
         periods:\n      - from: 2026-01-01\n        value: 3\n      - from: 2026-07-01\n        value: 7\n  \
         price:\n    type: money\n    value: 1.50\n\
         tables:\n  band:\n    hit: first\n    inputs:\n      n:\n        type: integer\n        min: -1000000\n        max: 1000000\n    outputs:\n      out: integer\n    \
         rows:\n      - n: '< 3'\n        out: 1\n      - n: '[3..8)'\n        out: 20\n      - n: '-'\n        \
         out: 300\nfunctions:\n  - function: twice\n    arguments:\n      n:\n        type: integer\n        min: -1000\n        max: 1000\n    expr: n * 2 + rate\n",
    );
    text.push_str("pages:\n  - page: first\n    title: First\n    fields:\n      - field: from_day\n        type: date\n        min: 2025-06-01\n        max: 2027-01-01\n        label: From\n");
    for page in 0..3 {
        writer.page(&mut text, page);
        if page < 2 {
            writer.group(&mut text, page);
        }
    }
    text.push_str("values:\n");
    for _ in 0..5 {
        let number = writer.number(2);
        line(&mut text, format_args!("  v_{}: '{number}'", writer.values));
        writer.values += 1;
    }
    writer.checks(&mut text);
    writer.decisions(&mut text);
    writer.lines(&mut text, "fee", "fees");
    writer.lines(&mut text, "entitlement", "entitlements");
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a text does not fail.
    let _ = writeln!(text, "{line}");
}

impl Writer<'_> {
    fn page(&mut self, text: &mut String, page: usize) {
        line(text, format_args!("  - page: page_{page}\n    title: Page"));
        let hidden = page > 0 && self.random.one_in(2);
        if hidden {
            line(text, format_args!("    when: '{}'", self.condition(1)));
        }
        text.push_str("    fields:\n");
        let mut fields = Vec::new();
        for field in 0..4 {
            let id = format!("f_{page}_{field}");
            let types = ["boolean", "integer", "choice", "set", "text"];
            let type_ = types[self.random.below(types.len())];
            line(
                text,
                format_args!(
                    "      - field: {id}\n        label: A question\n        type: {type_}"
                ),
            );
            match type_ {
                "integer" => text.push_str("        min: 0\n        max: 20\n"),
                "text" => text.push_str("        max_length: 8\n"),
                "choice" | "set" => {
                    text.push_str("        options:\n          a: A\n          b: B\n");
                    if self.random.one_in(2) {
                        let condition = self.condition(1);
                        line(
                            text,
                            format_args!(
                                "          c:\n            label: C\n            when: '{condition}'"
                            ),
                        );
                    }
                }
                _ => {}
            }
            let conditional = self.random.one_in(3);
            if conditional {
                line(text, format_args!("        when: '{}'", self.condition(2)));
            }
            let required = self.random.below(3);
            match required {
                0 => text.push_str("        required: false\n"),
                1 => {
                    let condition = self.condition(1);
                    line(text, format_args!("        required: '{condition}'"));
                }
                _ => {}
            }
            fields.push(Field {
                id,
                type_,
                may_be_blank: hidden || conditional || required < 2,
            });
        }
        self.fields.append(&mut fields);
    }

    fn group(&mut self, text: &mut String, group: usize) {
        line(
            text,
            format_args!(
                "  - page: group_{group}\n    title: Group\n    group: g_{group}\n    record: item\n    \
                 min: {}\n    max: 4\n    required: {}",
                self.random.below(2),
                self.random.one_in(2)
            ),
        );
        if self.random.one_in(2) {
            line(text, format_args!("    when: '{}'", self.condition(1)));
        }
        let outer = self.number(1);
        line(
            text,
            format_args!(
                "    fields:\n      - field: n\n        type: integer\n        min: 0\n        max: 9\n        \
                 label: N\n      - field: yes\n        type: boolean\n        label: Yes\n      - field: note\n        \
                 type: text\n        max_length: 5\n        label: Note\n        when: 'yes'\n        \
                 required: false\n    values:\n      part: 'if yes {{ n + 1 }} else {{ {outer} }}'\n      plain: '{outer}'\n      \
                 share: '10 * n <= sum(g_{group}.n) + {}'",
                self.random.below(30)
            ),
        );
        self.groups += 1;
    }

    fn checks(&mut self, text: &mut String) {
        text.push_str("checks:\n");
        for check in 0..4 {
            let at = match self.random.below(4) {
                0 => "g_0".to_owned(),
                1 => "g_1.n".to_owned(),
                _ => self.fields[self.random.below(self.fields.len())].id.clone(),
            };
            let (require, number) = (self.condition(2), self.number(1));
            let require = match at.as_str() {
                "g_1.n" => format!("n <= {number} or {require}"),
                _ => require,
            };
            line(
                text,
                format_args!(
                    "  - check: check_{check}\n    at: {at}\n    require: '{require}'\n    say: Not {{v_{}}}",
                    self.random.below(self.values)
                ),
            );
            if self.random.one_in(2) {
                line(text, format_args!("    when: '{}'", self.condition(1)));
            }
        }
    }

    fn decisions(&mut self, text: &mut String) {
        text.push_str("decisions:\n");
        for decision in 0..2 {
            line(
                text,
                format_args!("  - decision: d_{decision}\n    title: D\n    rules:"),
            );
            for rule in 0..3 {
                let mut require = self.condition(2);
                if rule == 2 {
                    require = format!("(rules.r_0_{decision} ?? true) or {require}");
                }
                line(
                    text,
                    format_args!(
                        "      - rule: r_{rule}_{decision}\n        require: '{require}'\n        say: Because {{v_{}}}",
                        self.random.below(self.values)
                    ),
                );
                if self.random.one_in(3) {
                    line(text, format_args!("        when: '{}'", self.condition(1)));
                }
            }
        }
    }

    fn lines(&mut self, text: &mut String, key: &str, list: &str) {
        line(text, format_args!("{list}:"));
        for index in 0..3 {
            let mut amount = format!("price * ({})", self.number(1));
            if index == 2 {
                amount = format!("round({list}.{key}_0 * 0.5, 0.01) + {amount}");
            }
            line(
                text,
                format_args!("  - {key}: {key}_{index}\n    label: A line\n    amount: '{amount}'"),
            );
            if self.random.one_in(2) {
                line(text, format_args!("    when: '{}'", self.condition(1)));
            }
            if self.random.one_in(3) {
                text.push_str("    omit_zero: true\n");
            }
        }
    }

    /// A question of a type that has been written already.
    fn known(&mut self, type_: &str) -> Option<(String, bool)> {
        let fields: Vec<_> = (self.fields.iter())
            .filter(|field| field.type_ == type_)
            .collect();
        let field = fields.get(self.random.below(fields.len().max(1)))?;
        Some((field.id.clone(), field.may_be_blank))
    }

    fn number(&mut self, depth: usize) -> String {
        if depth > 0 && self.random.one_in(2) {
            let (a, b) = (self.number(depth - 1), self.number(depth - 1));
            return match self.random.below(6) {
                0 => format!("({a} + {b})"),
                1 => format!("({a} - {b})"),
                2 => format!("max({a}, {b})"),
                3 => format!("if {} {{ {a} }} else {{ {b} }}", self.condition(depth - 1)),
                4 => format!("band(max(-50, min({a}, 100)))"),
                _ => format!("twice(max(-50, min({a}, 50)))"),
            };
        }
        match self.random.below(7) {
            0 if self.values > 0 => format!("v_{}", self.random.below(self.values)),
            1 if self.groups > 0 => format!("sum(g_{}.n)", self.random.below(self.groups)),
            2 if self.groups > 0 => format!("count(g_{})", self.random.below(self.groups)),
            3 if self.values > 0 => "rate".to_owned(),
            4 if self.values > 0 => "known".to_owned(),
            _ => match self.known("integer") {
                Some((id, true)) => format!("({id} ?? {})", self.random.below(9)),
                Some((id, false)) => id,
                None => self.random.below(9).to_string(),
            },
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth > 0 && self.random.one_in(2) {
            let (a, b) = (self.condition(depth - 1), self.condition(depth - 1));
            return match self.random.below(3) {
                0 => format!("({a} and {b})"),
                1 => format!("({a} or {b})"),
                _ => format!("not({a})"),
            };
        }
        let groups = self.groups;
        match self.random.below(6) {
            0 if groups > 0 => format!("any(g_{}.yes)", self.random.below(groups)),
            1 if groups > 0 => format!("count(g_{}.yes) >= 2", self.random.below(groups)),
            2 => match self.known("choice") {
                Some((id, _)) => format!("{id} == \"a\""),
                None => "from_day > today".to_owned(),
            },
            3 => match self.known("set") {
                Some((id, _)) => format!("\"b\" in {id}"),
                None => "from_day != today".to_owned(),
            },
            4 => match self.known("text") {
                Some((id, _)) => format!("answered({id})"),
                None => "from_day > today".to_owned(),
            },
            _ => match self.known("boolean") {
                Some((id, true)) => format!("({id} ?? false)"),
                Some((id, false)) => id,
                None => {
                    let (a, b) = (self.number(1), self.number(1));
                    format!("{a} <= {b}")
                }
            },
        }
    }
}
