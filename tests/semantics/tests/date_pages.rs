//! Pages that ask for ranges of days and durations, drawn from compiled forms.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Context, Plan, evaluate, hidden, input, words};
use counterfoil_html::{
    Links, View,
    page::{CheckAnswers, Step, check_answers, step},
};

const FORM: &str = "form: stay
title: A stay
timezone: Europe/London
languages: [en, es, cy]
pages:
  - page: stay
    title: Your stay
    fields:
      - field: stay
        type: date_range
        label: When do you stay?
        name: your stay
        min: 2026-01-01
      - field: notice
        type: duration
        unit: weeks
        min: 1
        max: 12
        label: How much notice do you give?
        name: the notice
      - field: note
        type: text
        label: Note
        required: false
";

/// The page of questions and the page of answers, after these were posted.
fn pages(locale: &str, typed: &[(&str, &str)]) -> (String, String) {
    // Languages without a file of their own have the compiler's words.
    let files = Files::in_memory([("form.yaml", FORM)]);
    let plan = Plan::load(compile(&files).plan.expect("the form is sound")).expect("it loads");
    let pairs: Vec<(String, String)> = typed
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let answers = input::from_text(&plan, locale, &pairs);
    let context = Context::on("2026-01-15".parse().expect("a day"));
    let report = evaluate(&plan, &answers, &context).expect("the form is in force");
    let view = View {
        plan: &plan,
        locale,
        report: &report,
        words: &words(&plan, locale, &report),
        pairs: &pairs,
        hidden: &hidden(&plan, &answers, &context),
        posted: true,
        new: &[],
        links: &Links {
            form: "/f",
            catalogue: "/",
            plan: "/p",
        },
        csrf: None,
    };
    let asked = Step {
        page: "stay",
        record: None,
        back: None,
        change: false,
        why: None,
    };
    let shown = CheckAnswers {
        back: None,
        key: None,
        why: None,
    };
    let questions = step(&view, &asked).expect("the form has the page");
    (
        questions.main.into_string(),
        check_answers(&view, &shown).main.into_string(),
    )
}

fn input_with(html: &str, id: &str) -> String {
    let wanted = format!("id=\"{id}\"");
    let found = html.split("<input").find(|input| input.contains(&wanted));
    let found = found.unwrap_or_else(|| panic!("no input {id} in {html}"));
    found.split('>').next().unwrap_or_default().to_owned()
}

const SOUND: &[(&str, &str)] = &[
    ("stay.start.day", "30"),
    ("stay.start.month", "5"),
    ("stay.start.year", "2026"),
    ("stay.end.day", "2"),
    ("stay.end.month", "6"),
    ("stay.end.year", "2026"),
    ("notice", "2"),
];

#[test]
fn a_range_is_asked_as_two_dates_with_legends_of_their_own() {
    let (html, _) = pages("en", SOUND);
    assert_eq!(html.matches("<fieldset").count(), 3, "{html}");
    for (id, name, value) in [
        ("stay-start-day", "stay.start.day", "30"),
        ("stay-end-month", "stay.end.month", "6"),
        ("notice", "notice", "2"),
    ] {
        let input = input_with(&html, id);
        assert!(input.contains(&format!("name=\"{name}\"")), "{input}");
        assert!(input.contains(&format!("value=\"{value}\"")), "{input}");
        assert!(!input.contains("govuk-input--error"), "{input}");
    }
    assert!(
        html.contains("Start</legend>") && html.contains("End</legend>"),
        "{html}"
    );
    assert!(html.contains("weeks</div>"), "{html}");
    let (spanish, _) = pages("es", SOUND);
    assert!(
        spanish.contains("Inicio</legend>") && spanish.contains("semanas</div>"),
        "{spanish}"
    );
}

#[test]
fn answers_are_shown_in_words() {
    for (locale, stay, notice) in [
        ("en", "30 May 2026 to 2 June 2026", "2 weeks"),
        (
            "es",
            "del 30 de mayo de 2026 al 2 de junio de 2026",
            "2 semanas",
        ),
        ("cy", "30 Mai 2026 i 2 Mehefin 2026", "2 wythnos"),
    ] {
        let (_, html) = pages(locale, SOUND);
        assert!(html.contains(stay), "{html}");
        assert!(html.contains(notice), "{html}");
    }
}

#[test]
fn what_is_wrong_leads_to_the_end_that_is_wrong() {
    let changed = |name: &str, value: &'static str| -> String {
        let mut typed = SOUND.to_vec();
        for pair in &mut typed {
            if pair.0 == name {
                pair.1 = value;
            }
        }
        pages("en", &typed).0
    };
    let html = changed("stay.end.month", "13");
    assert!(html.contains("href=\"#stay-end-month\""), "{html}");
    assert!(
        html.contains("Your stay: the end must be a real date"),
        "{html}"
    );
    assert!(input_with(&html, "stay-end-month").contains("govuk-input--error"));
    assert!(!input_with(&html, "stay-start-month").contains("govuk-input--error"));
    let html = changed("stay.end.month", "4");
    assert!(
        html.contains("the end must not be before the start"),
        "{html}"
    );
    assert!(html.contains("href=\"#stay-end-day\""), "{html}");
    let html = changed("stay.start.year", "2025");
    assert!(
        html.contains("the start must be on or after 1 January 2026"),
        "{html}"
    );
    assert!(html.contains("href=\"#stay-start-day\""), "{html}");
    let html = changed("notice", "13");
    assert!(
        html.contains("The notice must be 12 weeks or less"),
        "{html}"
    );
    assert!(html.contains("href=\"#notice\""), "{html}");
    let (html, answers) = pages("en", &[("stay.start.day", ""), ("notice", "soon")]);
    assert!(html.contains("Enter your stay"), "{html}");
    assert!(html.contains("href=\"#stay-start-day\""), "{html}");
    assert!(
        html.contains("The notice must be a whole number of weeks, like 12"),
        "{html}"
    );
    assert!(input_with(&html, "notice").contains("value=\"soon\""));
    assert!(answers.contains("soon"), "{answers}");
}
