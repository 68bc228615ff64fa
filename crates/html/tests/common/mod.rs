//! A small form, built by hand: the party of the design's example, with a question of every kind.

// Each test program uses a part of this module, and what it builds by hand is sound.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::{
    Context, Plan, Report, Words,
    date::LeapBirthday,
    evaluate, explain,
    explain::Explanation,
    hidden, input,
    number::Number,
    plan::{
        AggregateOp, Check, Choice, CompareOp, Currency, Decision, Expr, Field, FieldType, Format,
        Formats, Group, IfIneligible, Line, Literal, Page, PageContent, Param, Pattern, Period,
        Presentation, Published, Requirement, Rule, Rules, RulesOf, SEMANTICS, Sources, TextStatus,
        Texts, Type, Value, When, weekend,
    },
    words,
};
use counterfoil_html::{Links, View};

/// Where the form lies.
pub const LINKS: Links<'static> = Links {
    form: "/forms/street-party",
    catalogue: "/",
    plan: "/api/plans/4f3c",
};

/// Everything that a page is drawn from.
pub struct Case {
    pub plan: Plan,
    pub locale: &'static str,
    pub report: Report,
    pub words: Words,
    pub pairs: Vec<(String, String)>,
    pub hidden: BTreeSet<String>,
    pub why: Explanation,
    pub posted: bool,
    pub new: Vec<String>,
}

impl Case {
    /// The form with these answers typed, on a day in January 2026.
    pub fn typed(locale: &'static str, pairs: &[(&str, &str)]) -> Self {
        let plan = street_party();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let answers = input::from_text(&plan, locale, &pairs);
        let context = Context::on("2026-01-15".parse().unwrap());
        let report = evaluate(&plan, &answers, &context).unwrap();
        Self {
            words: words(&plan, locale, &report),
            hidden: hidden(&plan, &answers, &context),
            why: explain(&plan, locale, &answers, &context, "fees.total").unwrap(),
            plan,
            locale,
            report,
            pairs,
            posted: false,
            new: Vec::new(),
        }
    }

    /// The same, the page having just been posted.
    pub fn posted(mut self) -> Self {
        self.posted = true;
        self
    }

    pub fn view(&self) -> View<'_> {
        View {
            plan: &self.plan,
            locale: self.locale,
            report: &self.report,
            words: &self.words,
            pairs: &self.pairs,
            hidden: &self.hidden,
            posted: self.posted,
            new: &self.new,
            links: &LINKS,
            csrf: Some("token"),
        }
    }
}

/// Answers that complete the form.
pub const COMPLETE: &[(&str, &str)] = &[
    ("event_date.day", "27"),
    ("event_date.month", "6"),
    ("event_date.year", "2026"),
    ("organiser", "charity"),
    ("sells_food", "true"),
    ("stalls", "12"),
    ("email", "ada@example.org"),
    ("takings", "1234.5"),
    ("features", "music"),
    ("features", "games"),
    ("notes", "Tables in the road.\nAnd <b>chairs</b>."),
    ("ward", "w07"),
    ("streets[0].name", "High Street"),
    ("streets[0].metres", "120.5"),
    ("streets[1].name", "Mill Lane"),
    ("streets[1].metres", "60"),
    ("agreed", "true"),
];

/// The same with a street too many.
pub fn too_long() -> Vec<(&'static str, &'static str)> {
    let mut pairs = COMPLETE.to_vec();
    pairs.push(("streets[2].name", "Long Road"));
    pairs.push(("streets[2].metres", "400"));
    pairs
}

pub fn street_party() -> Plan {
    let rules = rules();
    let texts = ["en", "cy", "es"].map(texts);
    let sources = Sources::from([
        source("check.enough_notice", "Events Policy (invented), 4"),
        source("rule.closure.short_enough", "Events Policy (invented), 6"),
        source("fee.base", "Fees Order 2026 (invented), 2"),
        source("fee.food_stalls", "Fees Order 2026 (invented), 3"),
    ]);
    Plan::load(Published::new(rules, texts.to_vec(), sources)).unwrap()
}

fn source(key: &str, text: &str) -> (String, String) {
    (key.to_owned(), text.to_owned())
}

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

fn literal(text: &str) -> Box<Expr> {
    Box::new(Expr::Literal(Literal::Number(number(text))))
}

fn answer(path: &str) -> Box<Expr> {
    Box::new(Expr::Field(path.to_owned()))
}

fn field(id: &str, type_: FieldType) -> Field {
    Field {
        field: id.to_owned(),
        type_,
        when: None,
        required: Requirement::Always,
        presentation: Presentation::default(),
    }
}

fn options(ids: &[&str]) -> Vec<Choice> {
    ids.iter()
        .map(|id| Choice {
            option: (*id).to_owned(),
            when: None,
        })
        .collect()
}

fn text_up_to(max_length: u32) -> FieldType {
    FieldType::Text {
        min_length: 1,
        max_length,
        pattern: None,
        format: None,
    }
}

fn page(id: &str, fields: Vec<Field>) -> Page {
    Page {
        page: id.to_owned(),
        section: None,
        when: None,
        content: PageContent::Fields(fields),
    }
}

fn closed_metres() -> Expr {
    Expr::Value("closed_metres".to_owned())
}

fn fee(id: &str, when: When, amount: Expr) -> Line {
    Line {
        line: id.to_owned(),
        when,
        amount,
        omit_zero: false,
        decisions: vec!["closure".to_owned()],
    }
}

fn event_fields() -> Vec<Field> {
    let email = Format {
        format: "email".to_owned(),
        pattern: "email".to_owned(),
    };
    vec![
        field(
            "event_date",
            FieldType::Date {
                min: None,
                max: None,
            },
        ),
        field(
            "organiser",
            FieldType::Choice {
                options: options(&["neighbours", "charity"]),
            },
        ),
        field("sells_food", FieldType::Boolean { accepted: false }),
        Field {
            when: Some(*answer("sells_food")),
            ..field(
                "stalls",
                FieldType::Integer {
                    min: number("1"),
                    max: number("200"),
                },
            )
        },
        Field {
            presentation: Presentation {
                autocomplete: Some("email".to_owned()),
                ..Presentation::default()
            },
            ..field(
                "email",
                FieldType::Text {
                    min_length: 6,
                    max_length: 120,
                    pattern: None,
                    format: Some(email),
                },
            )
        },
        Field {
            required: Requirement::Never,
            ..field(
                "takings",
                FieldType::Money {
                    min: number("0"),
                    max: number("100000"),
                },
            )
        },
        Field {
            required: Requirement::Never,
            ..field(
                "features",
                FieldType::Set {
                    options: options(&["music", "games", "fireworks"]),
                },
            )
        },
        Field {
            required: Requirement::Never,
            presentation: Presentation {
                multiline: true,
                ..Presentation::default()
            },
            ..field("notes", text_up_to(500))
        },
    ]
}

fn streets() -> Group {
    Group {
        group: "streets".to_owned(),
        when: None,
        required: Requirement::Always,
        min: 1,
        max: 3,
        fields: vec![
            field("name", text_up_to(80)),
            field(
                "metres",
                FieldType::Decimal {
                    scale: 1,
                    min: number("1"),
                    max: number("2000"),
                },
            ),
        ],
        values: Vec::new(),
    }
}

fn rules() -> Rules {
    let wards: Vec<_> = (1..=16).map(|ward| format!("w{ward:02}")).collect();
    let wards: Vec<_> = wards.iter().map(String::as_str).collect();
    let ward = FieldType::Choice {
        options: options(&wards),
    };
    let agreed = field("agreed", FieldType::Boolean { accepted: true });
    let notice = Expr::Compare {
        op: CompareOp::AtLeast,
        left: Box::new(Expr::DaysBetween(
            Box::new(Expr::Today),
            answer("event_date"),
        )),
        right: literal("28"),
    };
    let short_enough = Rule {
        rule: "short_enough".to_owned(),
        when: None,
        require: Expr::Compare {
            op: CompareOp::AtMost,
            left: Box::new(closed_metres()),
            right: literal("500"),
        },
        params: vec![Param {
            name: "closed_metres".to_owned(),
            type_: Type::Decimal,
            expr: closed_metres(),
        }],
    };
    let stalls = Expr::Multiply(vec![*answer("stalls"), *literal("11.80")]);
    Rules {
        form: "street-party".to_owned(),
        semantics: SEMANTICS,
        currency: Some(Currency {
            code: "GBP".to_owned(),
            digits: 2,
        }),
        timezone: "Europe/London".to_owned(),
        effective: Period::default(),
        rules_of: RulesOf::SubmissionDay,
        leap_birthday: LeapBirthday::default(),
        weekend: weekend(),
        languages: vec!["en".to_owned(), "cy".to_owned(), "es".to_owned()],
        privacy: None,
        pages: vec![
            page("event", event_fields()),
            page("ward", vec![field("ward", ward)]),
            Page {
                page: "streets_to_close".to_owned(),
                section: None,
                when: None,
                content: PageContent::Group(Box::new(streets())),
            },
            page("declaration", vec![agreed]),
        ],
        facts: Vec::new(),
        parameters: Vec::new(),
        tables: Vec::new(),
        functions: Vec::new(),
        patterns: BTreeMap::from([("email".to_owned(), Box::new(anything()))]),
        values: vec![Value {
            value: "closed_metres".to_owned(),
            type_: Type::Decimal,
            expr: Expr::Aggregate {
                op: AggregateOp::Sum,
                group: "streets".to_owned(),
                each: answer("streets.metres"),
            },
        }],
        checks: vec![Check {
            check: "enough_notice".to_owned(),
            at: "event_date".to_owned(),
            when: None,
            require: notice,
            params: Vec::new(),
        }],
        decisions: vec![Decision {
            decision: "closure".to_owned(),
            if_ineligible: IfIneligible::MayApply,
            hides_changes: false,
            rules: vec![short_enough],
        }],
        fees: vec![
            fee("base", None, *literal("25")),
            fee("food_stalls", Some(*answer("sells_food")), stalls),
        ],
        entitlements: Vec::new(),
    }
}

/// A pattern that accepts every ASCII text.
fn anything() -> Pattern {
    Pattern {
        source: ".*".to_owned(),
        classes: vec![128, 0],
        next: vec![vec![0], vec![1]],
        accept: vec![1],
    }
}

fn texts(locale: &str) -> Texts {
    let mut texts = flat(include_str!("street-party.yaml"));
    let shipped = match locale {
        "cy" => [
            include_str!("../../../compiler/messages/cy.yaml"),
            include_str!("../../../compiler/messages/ui.cy.yaml"),
        ],
        "es" => [
            include_str!("../../../compiler/messages/es.yaml"),
            include_str!("../../../compiler/messages/ui.es.yaml"),
        ],
        _ => [
            include_str!("../../../compiler/messages/en.yaml"),
            include_str!("../../../compiler/messages/ui.en.yaml"),
        ],
    };
    for file in shipped {
        texts.extend(flat(file));
    }
    Texts {
        locale: locale.to_owned(),
        status: TextStatus::Draft,
        formats: formats(locale),
        texts,
    }
}

/// The entries of a flat YAML file: `key: text`, the text plain or in double quotes.
pub fn flat(yaml: &str) -> BTreeMap<String, String> {
    yaml.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (key, text) = line.split_once(": ").unwrap();
            (key.to_owned(), text.trim_matches('"').replace("\\n", "\n"))
        })
        .collect()
}

fn formats(locale: &str) -> Formats {
    let months = match locale {
        "es" => {
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
        }
        _ => {
            "January February March April May June July August September October November December"
        }
    };
    let (decimal, group, money, date) = match locale {
        "es" => (",", ".", "{n} £", "{d} de {m} de {y}"),
        _ => (".", ",", "£{n}", "{d} {m} {y}"),
    };
    Formats {
        direction: "ltr".to_owned(),
        decimal: decimal.to_owned(),
        group: group.to_owned(),
        money: money.to_owned(),
        date: date.to_owned(),
        months: months.split(' ').map(str::to_owned).collect(),
        list: (", ".to_owned(), " and ".to_owned()),
        plurals: Vec::new(),
    }
}
