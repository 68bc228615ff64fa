//! A report in a language.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    answers::{Data, DataOf},
    format,
    json::{to_json, writes},
    letters::capitalised,
    plan::{Plan, Texts, Type},
    program::Kind,
    report::{Account, DecisionReport, RecordOf, ReportError, ReportOf, Status, Verdict},
};

/// The words of a report in one locale: messages, labels, reasons and sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// BCP 47 tag of the language used.
    pub locale: String,
    /// Writing direction, `ltr` or `rtl`.
    pub direction: String,
    /// The form's title.
    pub title: String,
    /// The report's status.
    pub status: Status,
    /// A message for each error, in the report's order.
    pub errors: Vec<ErrorWords>,
    /// A message for each missing answer, in the report's order.
    pub missing: Vec<MissingWords>,
    /// The decisions.
    pub decisions: Vec<DecisionWords>,
    /// The fees.
    pub fees: Option<AccountWords>,
    /// The entitlements.
    pub entitlements: Option<AccountWords>,
}

/// What to tell about an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorWords {
    /// Where.
    pub path: String,
    /// The report's code.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What to tell about a missing answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingWords {
    /// Where.
    pub path: String,
    /// What to enter or choose.
    pub message: String,
}

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionWords {
    /// The decision's id.
    pub decision: String,
    /// Its title.
    pub title: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// The verdict in words.
    pub verdict_text: String,
    /// Its rules that apply.
    pub rules: Vec<RuleWords>,
    /// Questions that would decide it.
    pub needs: Vec<NeedWords>,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleWords {
    /// The rule's id.
    pub rule: String,
    /// Whether it holds; `null` while undecided.
    pub holds: Option<bool>,
    /// What the rule says.
    pub message: String,
    /// Where it is laid down.
    pub source: Option<String>,
}

/// A question that would decide something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NeedWords {
    /// The question's path.
    pub path: String,
    /// Its label.
    pub label: String,
}

/// Fees or entitlements in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountWords {
    /// The lines that apply.
    pub lines: Vec<LineWords>,
    /// The total, written out; `None` while undetermined.
    pub total: Option<String>,
}

/// A line in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineWords {
    /// The line's id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its amount, written out; `None` while undetermined.
    pub amount: Option<String>,
    /// Where it is laid down.
    pub source: Option<String>,
}

impl Words {
    /// The words as JSON.
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

writes!(Words {
    required locale,
    required direction,
    required title,
    required status,
    required errors,
    required missing,
    required decisions,
    required fees,
    required entitlements,
});
writes!(ErrorWords { required path, required code, required message });
writes!(MissingWords { required path, required message });
writes!(DecisionWords {
    required decision,
    required title,
    required verdict,
    required verdict_text,
    required rules,
    required needs,
});
writes!(RuleWords { required rule, required holds, required message, required source });
writes!(NeedWords { required path, required label });
writes!(AccountWords { required lines, required total });
writes!(LineWords { required id, required label, required amount, required source });

/// Writes a report out in a locale; an unknown locale gives the form's first language.
pub fn words(plan: &Plan, locale: &str, report: &ReportOf<'_>) -> Words {
    let texts = plan.texts_or_default(locale);
    let writer = Writer { plan, texts };
    let account = |kind, account: &Option<Account>| {
        account
            .as_ref()
            .map(|account| writer.account(kind, account))
    };
    Words {
        locale: texts.locale.clone(),
        direction: texts.formats.direction.clone(),
        title: texts.text("form.title").to_owned(),
        status: report.status,
        errors: report
            .errors
            .iter()
            .map(|error| writer.error(error))
            .collect(),
        missing: report
            .missing
            .iter()
            .map(|path| writer.missing(path))
            .collect(),
        decisions: report
            .decisions
            .iter()
            .filter(|decision| !decision.rules.is_empty())
            .map(|decision| writer.decision(decision))
            .collect(),
        fees: account("fee", &report.fees),
        entitlements: account("entitlement", &report.entitlements),
    }
}

struct Writer<'a> {
    plan: &'a Plan,
    texts: &'a Texts,
}

impl Writer<'_> {
    fn error(&self, error: &ReportError) -> ErrorWords {
        let key = key_path(&error.path);
        let kind = self.plan.program().field_kind(&key);
        let own = format!("field.{key}.error.{}", error.code);
        let message = match error.params.get("check").and_then(DataOf::as_text) {
            Some(check) if error.code == "check" => self.check(check, error),
            _ if self.texts.get(&own).is_some() => self.message(&own, &key, &error.params, kind),
            _ => self.message(&message_key(error, kind), &key, &error.params, kind),
        };
        ErrorWords {
            path: error.path.to_string(),
            code: error.code.to_string(),
            message,
        }
    }

    fn check(&self, check: &str, error: &ReportError) -> String {
        let declared = self.plan.rules().checks.iter().find(|c| c.check == check);
        let params = declared.map_or(&[][..], |check| &check.params);
        self.texts
            .say(&format!("check.{check}"), params, &error.params)
    }

    fn missing(&self, path: &str) -> MissingWords {
        let key = key_path(path);
        let kind = self.plan.program().field_kind(&key);
        let own = format!("field.{key}.error.required");
        let group = self
            .plan
            .program()
            .groups
            .iter()
            .find(|group| group.id == key);
        let template = match (kind, group) {
            _ if self.texts.get(&own).is_some() => own,
            // A list that may be empty is answered with none, too: then “add at least” would be wrong.
            (_, Some(group)) if group.min == 0 => "message.required".to_owned(),
            (_, Some(_)) => "message.required.group".to_owned(),
            (Some(Kind::Boolean { accepted: true }), _) => "message.accepted".to_owned(),
            // “Select whether food is sold”, but not “Select “Will food be sold?””.
            (Some(Kind::Boolean { .. }), _)
                if self.texts.get(&format!("field.{key}.name")).is_none() =>
            {
                "message.type.boolean".to_owned()
            }
            (Some(Kind::Boolean { .. } | Kind::Choice(_) | Kind::Set(_)), _) => {
                "message.required.choice".to_owned()
            }
            _ => "message.required".to_owned(),
        };
        let least = group.map_or(1, |group| group.min);
        let params = RecordOf(vec![("min".into(), Data::number(least.to_string()))]);
        MissingWords {
            path: path.to_owned(),
            message: self.message(&template, &key, &params, kind),
        }
    }

    /// A default message: placeholders are the field's name and the error's parameters.
    fn message(
        &self,
        template: &str,
        key: &str,
        params: &RecordOf<'_>,
        kind: Option<&Kind>,
    ) -> String {
        let type_ = match kind {
            Some(Kind::Number { money: true, .. }) => Type::Money,
            Some(Kind::Number { .. }) => Type::Decimal,
            Some(Kind::Date { .. } | Kind::DateRange { .. }) => Type::Date,
            Some(Kind::Duration { unit, .. }) => Type::Duration { unit: Some(*unit) },
            _ => Type::Text,
        };
        let template = self.texts.in_number(template, params);
        self.texts.fill(&template, |name| match name {
            "name" => Some(self.name(key)),
            "unit" => match kind {
                Some(Kind::Duration { unit, .. }) => Some(
                    self.texts
                        .text(&format!("duration.{}", unit.name()))
                        .to_owned(),
                ),
                _ => None,
            },
            "Name" => Some(capitalised(&self.name(key))),
            _ => params
                .get(name)
                .map(|data| format::value(self.texts, data, &type_)),
        })
    }

    /// What a message calls a question: its short name, or its label in quotes.
    fn name(&self, key: &str) -> String {
        let text = |suffix: &str| self.texts.get(&format!("field.{key}.{suffix}"));
        if let Some(name) = text("name") {
            return name.to_owned();
        }
        let label = text("label")
            .or_else(|| self.texts.get(&format!("group.{key}.title")))
            .unwrap_or(key);
        format!("“{label}”")
    }

    fn decision(&self, decision: &DecisionReport) -> DecisionWords {
        let id = &decision.decision;
        let declared = self
            .plan
            .rules()
            .decisions
            .iter()
            .find(|d| d.decision == *id);
        let rules = decision.rules.iter().map(|rule| {
            let declared = declared.and_then(|d| d.rules.iter().find(|r| r.rule == rule.rule));
            let params = declared.map_or(&[][..], |rule| &rule.params);
            let key = format!("rule.{id}.{}", rule.rule);
            RuleWords {
                rule: rule.rule.to_string(),
                holds: rule.holds,
                message: self.texts.say(&key, params, &rule.params),
                source: self.plan.sources().get(&key).cloned(),
            }
        });
        DecisionWords {
            decision: id.to_string(),
            title: self.texts.text(&format!("decision.{id}.title")).to_owned(),
            verdict: decision.verdict,
            verdict_text: self.verdict(decision).to_owned(),
            rules: rules.collect(),
            needs: decision.needs.iter().map(|path| self.need(path)).collect(),
        }
    }

    /// The verdict in words. Where no question would decide it, what is unknown are facts.
    fn verdict(&self, decision: &DecisionReport) -> &str {
        let on_facts = decision.verdict == Verdict::Undetermined
            && decision.needs.is_empty()
            && !self.plan.rules().facts.is_empty();
        // Plans that are older than this text do without it.
        let text = self.texts.get("verdict.facts").filter(|_| on_facts);
        text.unwrap_or_else(|| self.texts.text(verdict_key(decision.verdict)))
    }

    fn need(&self, path: &str) -> NeedWords {
        let key = key_path(path);
        let label = self
            .texts
            .get(&format!("field.{key}.label"))
            .or_else(|| self.texts.get(&format!("group.{key}.title")))
            .unwrap_or(path);
        NeedWords {
            path: path.to_owned(),
            label: label.to_owned(),
        }
    }

    fn account(&self, kind: &str, account: &Account) -> AccountWords {
        let amount = |amount: &Option<Cow<'_, str>>| {
            amount
                .as_ref()
                .map(|amount| format::money(self.texts, amount))
        };
        let lines = account.lines.iter().map(|line| {
            let key = format!("{kind}.{}", line.id);
            LineWords {
                id: line.id.to_string(),
                label: self.texts.text(&format!("{key}.label")).to_owned(),
                amount: amount(&line.amount),
                source: self.plan.sources().get(&key).cloned(),
            }
        });
        AccountWords {
            lines: lines.collect(),
            total: amount(&account.total),
        }
    }
}

/// The text key of a verdict.
pub(crate) const fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "verdict.eligible",
        Verdict::Ineligible => "verdict.ineligible",
        Verdict::Undetermined => "verdict.undetermined",
    }
}

/// The default message of an error.
fn message_key(error: &ReportError, kind: Option<&Kind>) -> String {
    let code = &*error.code;
    let detail = |name: &str| error.params.get(name).and_then(DataOf::as_text);
    let given = |name: &str| error.params.get(name).is_some();
    // Which end of a range is wrong.
    let part = detail("part");
    match code {
        "date" | "type" if part.is_some() => {
            format!("message.date.{}", part.unwrap_or_default())
        }
        "type" => format!("message.type.{}", detail("type").unwrap_or("text")),
        "format" => format!("message.format.{}", detail("format").unwrap_or_default()),
        "length" if given("min_length") => "message.length.min".to_owned(),
        "length" => "message.length.max".to_owned(),
        "range" => {
            let end = if given("min") { "min" } else { "max" };
            match (kind, part) {
                (Some(Kind::DateRange { .. }), Some(part)) => format!("message.range.{part}.{end}"),
                (Some(Kind::Date { .. }), _) => format!("message.range.date.{end}"),
                _ => format!("message.range.{end}"),
            }
        }
        _ => format!("message.{code}"),
    }
}

/// A path without its positions: `streets[0].metres` is `streets.metres`.
pub(crate) fn key_path(path: &str) -> String {
    let mut key = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            _ => key.push(character),
        }
    }
    key
}
