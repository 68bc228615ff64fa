//! From a checked form to the parts of its plan.

mod by_number;
mod currency;
mod formats;
mod messages;
mod missing;
mod own_texts;
mod own_words;
mod plurals;
mod say;
mod sources;
mod texts;
mod translation;

use counterfoil_engine::plan::{
    self, Choice, Currency, Decision, Expr, Fact, Field, FieldType, Group, HitPolicy, IfIneligible,
    Line, Page, PageContent, Parameter, Period, Presentation, Row, Rule, Rules, RulesOf, SEMANTICS,
    Table, TableColumn, Value,
};

pub use say::Said;
pub use sources::sources;
pub use texts::{default_texts, texts};
pub use translation::{Form, Piece, Translation, Translations, as_template, translations};

use crate::{
    check::{Assumption, Checker, LineParts, Reads, Site},
    closest::closest,
    codes,
    definition::{self, RetentionUnit},
    diagnostic::Diagnostic,
    names::Item,
    proofs::privacy,
    types::Type,
};

/// The `rules` of a form, and what its checks and rules say.
pub fn rules(checker: &mut Checker<'_>) -> (Rules, Said) {
    let form = checker.form;
    let mut said = Said::default();
    let period = form.effective.as_ref().map(|period| period.value);
    let pages = (0..form.pages.len())
        .map(|position| page(checker, position))
        .collect();
    let values = group_values(checker, None);
    let checks = checks(checker, &mut said);
    let decisions = decisions(checker, &mut said);
    let rules = Rules {
        form: form.form.value.clone(),
        semantics: SEMANTICS,
        currency: form.currency.as_ref().map(|currency| Currency {
            code: currency.code.value.clone(),
            digits: currency.digits,
        }),
        timezone: form.timezone.value.clone(),
        effective: period.unwrap_or_default(),
        rules_of: rules_of(checker),
        leap_birthday: form.leap_birthday,
        weekend: form.weekend.clone(),
        languages: form.languages.iter().map(|tag| tag.value.clone()).collect(),
        privacy: form.privacy.as_ref().map(privacy_of),
        pages,
        facts: facts(checker),
        parameters: parameters(checker),
        tables: tables(checker),
        functions: functions(checker),
        patterns: checker.patterns.clone(),
        values,
        checks,
        decisions,
        fees: lines(checker, &form.fees, true),
        entitlements: lines(checker, &form.entitlements, false),
    };
    checker.report_uncovered_parameters();
    (rules, said)
}

/// What the plan keeps of `privacy`; its texts and sources are in their own parts.
fn privacy_of(privacy: &definition::Privacy) -> plan::Privacy {
    let unit = |unit| match unit {
        RetentionUnit::Days => plan::RetentionUnit::Days,
        RetentionUnit::Weeks => plan::RetentionUnit::Weeks,
        RetentionUnit::Months => plan::RetentionUnit::Months,
        RetentionUnit::Years => plan::RetentionUnit::Years,
    };
    let purposes = privacy.purposes.iter().filter_map(|purpose| {
        let retention = purpose.retention.as_ref()?.value;
        Some(plan::Purpose {
            purpose: purpose.purpose.value.clone(),
            retention: plan::Retention {
                number: retention.number,
                unit: unit(retention.unit),
            },
        })
    });
    plan::Privacy {
        purposes: purposes.collect(),
    }
}

fn page(checker: &mut Checker<'_>, position: usize) -> Page {
    let form = checker.form;
    let definition = &form.pages[position];
    let group = checker
        .names
        .groups
        .iter()
        .position(|group| group.page == position);
    let content = match group {
        Some(group) => PageContent::Group(Box::new(self::group(checker, group))),
        None => {
            let fields = 0..checker.names.fields.len();
            let fields = fields.filter(|&field| checker.names.fields[field].page == position);
            let fields: Vec<_> = fields.collect();
            PageContent::Fields(fields.into_iter().map(|f| field(checker, f)).collect())
        }
    };
    Page {
        page: definition.page.value.clone(),
        section: definition.section.as_ref().map(|id| id.value.clone()),
        when: checker.page_when(position),
        content,
    }
}

fn group(checker: &mut Checker<'_>, position: usize) -> Group {
    let entry = &checker.names.groups[position];
    let (definition, fields) = (entry.group, entry.fields.clone());
    let (min, max) = (
        definition.min.as_ref().map_or(0, |min| min.value),
        definition.max.value,
    );
    if min > max || max == 0 {
        checker.diagnostics.push(
            Diagnostic::error(
                codes::LIMITS,
                definition.max.span,
                "no number of records fits between `min` and `max`",
            )
            .help("`min` must not be above `max`, and `max` is at least 1"),
        );
    }
    if max > MAX_RECORDS {
        checker.diagnostics.push(
            Diagnostic::error(
                codes::LIMITS,
                definition.max.span,
                format!("a group has at most {MAX_RECORDS} records"),
            )
            .help("lower `max`"),
        );
    }
    Group {
        group: definition.group.value.clone(),
        when: None,
        required: checker.group_requirement(position),
        min,
        max,
        fields: fields.map(|f| field(checker, f)).collect(),
        values: group_values(checker, Some(position)),
    }
}

/// Most records of a group; the engine takes no more.
const MAX_RECORDS: u32 = 10_000;

fn field(checker: &mut Checker<'_>, position: usize) -> Field {
    let entry = &checker.names.fields[position];
    let (definition, page) = (entry.field, &checker.form.pages[entry.page]);
    let purposes = privacy::purposes(page, definition);
    let mut type_ = checker.fields[position].limits.clone();
    if let FieldType::Choice { options } | FieldType::Set { options } = &mut type_ {
        offer(checker, position, options);
    }
    Field {
        field: definition.field.value.clone(),
        type_,
        when: checker.field_when(position),
        required: checker.field_requirement(position),
        presentation: Presentation {
            autocomplete: definition
                .autocomplete
                .as_ref()
                .map(|token| token.value.clone()),
            multiline: definition.multiline,
            file: definition.file,
            fixed: definition.fixed.unwrap_or(false),
            part_of: definition.part_of.clone(),
            purposes: purposes.iter().map(|id| id.value.clone()).collect(),
        },
    }
}

/// Gives the options of a field the conditions under which they are offered.
fn offer(checker: &mut Checker<'_>, field: usize, options: &mut [Choice]) {
    let site = Site::in_group(checker.names.fields[field].group);
    let assumed = checker.shown(field);
    let written = checker.fields[field].options.clone();
    for (option, written) in options.iter_mut().zip(&written) {
        let when = written.when.as_ref();
        option.when = when.and_then(|when| checker.condition(when, site, &assumed));
    }
}

fn group_values(checker: &mut Checker<'_>, group: Option<usize>) -> Vec<Value> {
    let positions = 0..checker.names.values.len();
    positions
        .filter_map(|position| {
            let entry = &checker.names.values[position];
            if entry.group != group {
                return None;
            }
            let id = entry.value.value.value.clone();
            let typed = checker.value(position);
            Some(Value {
                value: id,
                type_: typed.type_.published(),
                expr: typed.expr,
            })
        })
        .collect()
}

fn rules_of(checker: &mut Checker<'_>) -> RulesOf {
    let definition::RulesOf::Field(id) = &checker.form.rules_of else {
        return RulesOf::SubmissionDay;
    };
    let field = match checker.names.resolve(id.as_str(), None) {
        Some(Item::Field(field)) => Some(&checker.fields[field].type_),
        _ => None,
    };
    if !matches!(field, Some(Type::Date(_) | Type::Error)) {
        let dates = checker.names.fields.iter().enumerate();
        let dates = dates
            .filter(|(index, entry)| {
                entry.group.is_none() && matches!(checker.fields[*index].type_, Type::Date(_))
            })
            .map(|(_, entry)| entry.path.as_str());
        let diagnostic = Diagnostic::error(
            codes::UNKNOWN_NAME,
            id.span,
            format!("`{}` is no date field of the form", id.value),
        );
        let diagnostic = match closest(id.as_str(), dates) {
            Some(meant) => diagnostic
                .help(format!("did you mean `{meant}`?"))
                .suggest(id.span, meant),
            None => diagnostic.help("write `submission_day` or the id of a date field"),
        };
        checker.diagnostics.push(diagnostic);
    }
    RulesOf::Field(id.value.clone())
}

fn facts(checker: &Checker<'_>) -> Vec<Fact> {
    let facts = checker.form.facts.iter().zip(&checker.facts);
    facts
        .map(|(fact, declared)| Fact {
            fact: fact.fact.value.clone(),
            type_: declared.limits.clone(),
        })
        .collect()
}

fn parameters(checker: &Checker<'_>) -> Vec<Parameter> {
    let parameters = checker.form.parameters.iter();
    parameters
        .map(|parameter| {
            let mut periods: Vec<_> = parameter
                .periods
                .iter()
                .map(|period| {
                    let bounds = Period {
                        from: period.from.as_ref().map(|from| from.value),
                        to: period.to.as_ref().map(|to| to.value),
                    };
                    (bounds, period.value.value.literal())
                })
                .collect();
            periods.sort_by_key(|(period, _)| period.from);
            Parameter {
                parameter: parameter.parameter.value.clone(),
                type_: parameter.type_.value.published(),
                periods,
            }
        })
        .collect()
}

fn tables(checker: &mut Checker<'_>) -> Vec<Table> {
    let form = checker.form;
    let tables = form.tables.iter().enumerate();
    let mut tables: Vec<_> = tables
        .map(|(position, definition)| {
            let info = checker.table(position);
            let inputs = info.inputs.iter().map(|column| TableColumn {
                name: column.name.clone(),
                type_: column.type_.published(),
            });
            let outputs = definition.outputs.iter().map(|output| TableColumn {
                name: output.name.value.clone(),
                type_: output.type_.value.published(),
            });
            let rows = info.cells.iter().zip(&definition.rows);
            let rows = rows.map(|(when, row)| Row {
                when: when.clone(),
                then: row
                    .outputs
                    .iter()
                    .map(|output| output.value.literal())
                    .collect(),
            });
            Table {
                table: definition.table.value.clone(),
                hit: match definition.hit.value {
                    definition::HitPolicy::Unique => HitPolicy::Unique,
                    definition::HitPolicy::First => HitPolicy::First,
                    definition::HitPolicy::Marginal => HitPolicy::Marginal,
                    definition::HitPolicy::Collect => HitPolicy::Collect,
                },
                inputs: inputs.collect(),
                outputs: outputs.collect(),
                rows: rows.collect(),
            }
        })
        .collect();
    tables.extend(checker.attribute_tables());
    tables
}

fn functions(checker: &mut Checker<'_>) -> Vec<plan::Function> {
    let order = checker.function_order.clone();
    let functions = order.into_iter();
    functions
        .filter_map(|position| checker.published_function(position))
        .collect()
}

fn checks(checker: &mut Checker<'_>, said: &mut Said) -> Vec<plan::Check> {
    let form = checker.form;
    let mut checks = Vec::with_capacity(form.checks.len());
    for check in &form.checks {
        let at: Vec<&str> = check.at.names.iter().map(|name| name.as_str()).collect();
        let found = match at.as_slice() {
            [] => continue,
            [name] => checker.names.resolve(name, None),
            [group, name, ..] => match checker.names.resolve(group, None) {
                Some(Item::Group(group)) => checker.names.member(group, name),
                _ => None,
            },
        };
        let (group, mut assumed) = match found {
            Some(Item::Field(field)) => (checker.names.fields[field].group, checker.shown(field)),
            Some(Item::Group(group)) => {
                let page = checker.names.groups[group].page;
                (None, checker.page_assumption(page))
            }
            _ => {
                unknown_place(checker, &check.at);
                // Its expressions are looked at all the same.
                (None, Vec::new())
            }
        };
        let site = Site::last(group);
        let reads = match group {
            Some(_) => Reads::Record,
            None => Reads::Form,
        };
        let when = check.when.as_ref();
        let when = when.and_then(|when| checker.condition(when, site, &assumed));
        assumed.extend(Assumption::under(check.when.as_ref(), when.as_ref(), reads));
        let require = checker.condition(&check.require, site, &assumed);
        let key = format!("check.{}", check.check.value);
        let params = said.add(checker, key, &check.say, site, &assumed);
        checks.push(plan::Check {
            check: check.check.value.clone(),
            at: at.join("."),
            when,
            require: require.unwrap_or(Expr::Blank),
            params,
        });
    }
    checks
}

fn unknown_place(checker: &mut Checker<'_>, at: &definition::Path) {
    let written: Vec<&str> = at.names.iter().map(|name| name.as_str()).collect();
    let written = written.join(".");
    let fields = checker.names.fields.iter().map(|entry| entry.path.as_str());
    let groups = checker
        .names
        .groups
        .iter()
        .map(|entry| entry.group.group.as_str());
    let diagnostic = Diagnostic::error(
        codes::UNKNOWN_NAME,
        at.span,
        format!("the form has no field or group `{written}`"),
    );
    let diagnostic = match closest(&written, fields.chain(groups)) {
        Some(meant) => diagnostic
            .help(format!("did you mean `{meant}`?"))
            .suggest(at.span, meant),
        None => {
            diagnostic.help("a check stands at the field or group where people mend the mistake")
        }
    };
    checker.diagnostics.push(diagnostic);
}

fn decisions(checker: &mut Checker<'_>, said: &mut Said) -> Vec<Decision> {
    let form = checker.form;
    let mut decisions = Vec::with_capacity(form.decisions.len());
    for (position, decision) in form.decisions.iter().enumerate() {
        let mut rules = Vec::with_capacity(decision.rules.len());
        for (index, rule) in decision.rules.iter().enumerate() {
            let Some(parts) = checker.rule(position, index) else {
                continue;
            };
            let assumed = Assumption::under(rule.when.as_ref(), parts.when.as_ref(), Reads::Form);
            let key = format!("rule.{}.{}", decision.decision.value, rule.rule.value);
            let params = said.add(
                checker,
                key,
                &rule.say,
                Site::last(None),
                assumed.as_slice(),
            );
            rules.push(Rule {
                rule: rule.rule.value.clone(),
                when: parts.when,
                require: parts.require,
                params,
            });
        }
        decisions.push(Decision {
            decision: decision.decision.value.clone(),
            if_ineligible: match decision.if_ineligible {
                definition::IfIneligible::MayApply => IfIneligible::MayApply,
                definition::IfIneligible::Stop => IfIneligible::Stop,
            },
            hides_changes: !decision.suggest_changes,
            rules,
        });
    }
    decisions
}

fn lines(checker: &mut Checker<'_>, lines: &[definition::Line], fees: bool) -> Vec<Line> {
    let parts: Vec<LineParts> = if fees {
        checker.fees.clone()
    } else {
        checker.entitlements.clone()
    };
    let decisions = &checker.form.decisions;
    let all: Vec<&str> = decisions.iter().map(|d| d.decision.as_str()).collect();
    let mut published = Vec::with_capacity(lines.len());
    for (line, parts) in lines.iter().zip(parts) {
        for id in line.decisions.iter().flatten() {
            if all.contains(&id.as_str()) {
                continue;
            }
            let diagnostic = Diagnostic::error(
                codes::UNKNOWN_NAME,
                id.span,
                format!("the form has no decision `{}`", id.value),
            );
            checker
                .diagnostics
                .push(match closest(id.as_str(), all.iter().copied()) {
                    Some(meant) => diagnostic
                        .help(format!("did you mean `{meant}`?"))
                        .suggest(id.span, meant),
                    None => diagnostic,
                });
        }
        let decisions = match &line.decisions {
            Some(ids) => ids.iter().map(|id| id.value.clone()).collect(),
            None => all.iter().map(|&id| id.to_owned()).collect(),
        };
        published.push(Line {
            line: line.line.value.clone(),
            when: parts.when,
            amount: parts.amount.expr,
            omit_zero: line.omit_zero,
            decisions,
        });
    }
    published
}
