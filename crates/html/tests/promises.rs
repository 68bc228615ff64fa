//! What every page keeps, whatever it shows.

use std::collections::BTreeSet;

use counterfoil_html::{
    Content, Frame, Language, Site, document, live,
    page::{CheckAnswers, Confirmation, Start, Step, check_answers, confirmation, start, step},
};

mod common;

use common::{COMPLETE, Case, LINKS, too_long};

const PAGES: [(&str, Option<usize>); 5] = [
    ("event", None),
    ("ward", None),
    ("streets_to_close", None),
    ("streets_to_close", Some(1)),
    ("declaration", None),
];

/// What somebody might type to break out of a page.
const HOSTILE: &[(&str, &str)] = &[
    ("event_date.day", "\"><script>alert(1)</script>"),
    ("organiser", "\" onclick=\"alert(1)"),
    ("sells_food", "true"),
    ("stalls", "'><img src=x onerror=alert(1)>"),
    ("email", "</script><script>alert(1)</script>"),
    ("notes", "</textarea><script>alert(1)</script>"),
    ("streets[0].name", "<b>High</b> Street"),
    ("streets[1].name", "<!--"),
];

fn asked<'a>(case: &'a Case, page: &'a str, record: Option<usize>) -> Content {
    let asked = Step {
        page,
        record,
        back: Some("/back"),
        change: true,
        why: Some(&case.why),
    };
    step(&case.view(), &asked).expect("the form has the page")
}

/// A case's pages as whole documents.
fn documents(case: &Case) -> Vec<String> {
    let view = case.view();
    let check = CheckAnswers {
        back: None,
        key: None,
        why: Some(&case.why),
    };
    let sent = Confirmation {
        reference: "\"><script>alert(1)</script>",
        receipt: "a.b.c",
        receipt_href: "/receipt",
        shown_sha256: None,
        office_sha256: "ab12",
    };
    let shown = Start {
        begin: "/begin",
        begun: true,
        example: true,
    };
    let mut contents: Vec<_> = PAGES
        .iter()
        .map(|(page, record)| asked(case, page, *record))
        .collect();
    contents.push(start(&view, &shown));
    contents.push(check_answers(&view, &check));
    contents.push(confirmation(&view, &sent));
    contents
        .iter()
        .map(|content| {
            document(
                &site(case),
                case.plan.texts_or_default(case.locale),
                content,
            )
        })
        .collect()
}

fn site(case: &Case) -> Site<'_> {
    Site {
        stylesheet: "/assets/counterfoil.css",
        frame: Frame::default(),
        script: Some("/assets/counterfoil-form.js"),
        icon: None,
        home: "/",
        languages: &[
            Language {
                tag: "en",
                name: "English",
                href: "?lang=en",
            },
            Language {
                tag: "cy",
                name: "Cymraeg",
                href: "?lang=cy",
            },
        ],
        form: Some((&case.plan, &LINKS)),
        attended: None,
    }
}

fn cases() -> Vec<Case> {
    vec![
        Case::typed("en", &[]),
        Case::typed("en", &[]).posted(),
        Case::typed("cy", COMPLETE),
        Case::typed("es", &too_long()).posted(),
        Case::typed("en", HOSTILE).posted(),
    ]
}

/// The values of an attribute, in their order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.match_indices(&opening)
        .map(|(at, _)| {
            html[at + opening.len()..]
                .split('"')
                .next()
                .unwrap_or_default()
        })
        .collect()
}

#[test]
fn ids_are_unique_and_every_reference_leads_somewhere() {
    for html in cases().iter().flat_map(documents) {
        let ids = attributes(&html, "id");
        let known: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "an id stands twice in {html}");
        let described = attributes(&html, "aria-describedby");
        let labelled = attributes(&html, "aria-labelledby");
        let mut references: Vec<_> = attributes(&html, "for");
        references.extend(
            described
                .iter()
                .chain(&labelled)
                .flat_map(|ids| ids.split(' ')),
        );
        references.extend(
            attributes(&html, "href")
                .iter()
                .filter_map(|href| href.strip_prefix('#')),
        );
        for reference in references {
            assert!(
                known.contains(reference),
                "nothing has the id {reference} in {html}"
            );
        }
    }
}

#[test]
fn no_page_holds_script_or_style_of_its_own() {
    for html in cases().iter().flat_map(documents) {
        let lower = html.to_lowercase();
        assert!(!lower.contains("<style") && !lower.contains(" style="));
        assert!(attributes(&html, "onclick").is_empty() && attributes(&html, "onerror").is_empty());
        for script in lower.split("<script").skip(1) {
            let allowed = script
                .starts_with(" type=\"application/json\" data-counterfoil=\"pairs\">")
                || script
                    .starts_with(" type=\"module\" src=\"/assets/counterfoil-form.js\"></script>");
            assert!(allowed, "<script{script}");
        }
    }
}

#[test]
fn nothing_typed_is_ever_cleared() {
    let wrong = [
        ("event_date.day", "31"),
        ("event_date.month", "Smarch"),
        ("event_date.year", "26"),
        ("stalls", " a dozen "),
        ("takings", "£lots"),
        ("notes", "\n\nIndented"),
    ];
    let html = asked(&Case::typed("en", &wrong).posted(), "event", None)
        .main
        .into_string();
    for (name, value) in &wrong[..5] {
        let name = attributes(&html, "name")
            .into_iter()
            .position(|n| n == *name);
        assert!(name.is_some());
        assert!(
            attributes(&html, "value").contains(value),
            "{value:?} was cleared"
        );
    }
    // A parser drops one line break after the tag: the answer's own two are left.
    assert!(html.contains(">\n\n\nIndented</textarea>"));
}

#[test]
fn every_error_is_said_at_the_top_and_at_its_control() {
    let case = Case::typed("en", HOSTILE).posted();
    let content = asked(&case, "event", None);
    assert!(content.has_errors);
    let html = document(&site(&case), case.plan.texts_or_default("en"), &content);
    assert!(html.contains("<title>Error: The event \u{2013} Apply to close a street"));
    let texts: Vec<_> = case
        .words
        .errors
        .iter()
        .filter(|error| !error.path.contains('['))
        .map(|error| error.message.as_str())
        .collect();
    assert!(texts.len() >= 3);
    for message in texts {
        let escaped = message.replace('"', "&quot;");
        assert_eq!(html.matches(&escaped).count(), 2, "{message} in {html}");
    }
}

#[test]
fn nothing_is_called_wrong_before_the_page_is_sent() {
    let case = Case::typed("en", HOSTILE);
    let content = asked(&case, "event", None);
    assert!(!content.has_errors);
    assert!(!content.main.into_string().contains("govuk-error"));
}

#[test]
fn questions_brought_up_by_a_post_are_pointed_out() {
    let mut case = Case::typed("en", &[("sells_food", "true")]).posted();
    case.new = vec!["stalls".to_owned()];
    case.words
        .missing
        .retain(|missing| missing.path == "stalls");
    let content = asked(&case, "event", None);
    assert!(!content.has_errors);
    let html = content.main.into_string();
    assert!(html.contains("govuk-notification-banner"));
    assert!(html.contains(
        "<a class=\"govuk-notification-banner__link\" href=\"#stalls\">How many stalls?</a>"
    ));
    assert!(!html.contains("stalls-error"));
}

#[test]
fn what_is_not_asked_is_hidden_and_not_listed() {
    let case = Case::typed("en", &[("sells_food", "false"), ("stalls", "3")]);
    let html = asked(&case, "event", None).main.into_string();
    assert!(html.contains("<div class=\"govuk-form-group\" data-path=\"stalls\" hidden>"));
    let check = CheckAnswers {
        back: None,
        key: None,
        why: None,
    };
    let html = check_answers(&case.view(), &check).main.into_string();
    assert!(!html.contains("How many stalls?"));
}

#[test]
fn an_option_that_is_not_offered_is_hidden() {
    let mut case = Case::typed("en", &[]);
    case.hidden.insert("organiser=charity".to_owned());
    case.hidden.insert("ward=w02".to_owned());
    let html = asked(&case, "event", None).main.into_string();
    assert!(html.contains("<div class=\"govuk-radios__item\" data-option=\"charity\" hidden>"));
    let html = asked(&case, "ward", None).main.into_string();
    assert!(html.contains("<option value=\"w02\" data-option=\"w02\" hidden>"));
}

#[test]
fn a_record_shows_its_own_answers_and_keeps_the_others_at_hand() {
    let case = Case::typed("en", COMPLETE);
    let content = asked(&case, "streets_to_close", Some(1));
    let own = "name=\"streets[1].name\" type=\"text\" value=\"Mill Lane\"";
    assert!(content.main.clone().into_string().contains(own));
    let site = Site {
        stylesheet: "/site.css",
        frame: Frame::default(),
        script: None,
        icon: None,
        home: "/",
        languages: &[],
        form: None,
        attended: None,
    };
    let html = document(&site, case.plan.texts_or_default("en"), &content);
    let element = "<counterfoil-form data-form=\"street-party\" data-plan-url=\"/api/plans/4f3c\" \
        data-locale=\"en\" data-as-of=\"2026-01-15\" data-page=\"streets_to_close\" data-record=\"1\">";
    assert!(html.contains(element), "{html}");
    let (_, embedded) = html.split_once("data-counterfoil=\"pairs\">").unwrap();
    assert!(embedded.contains("[\"streets[0].name\",\"High Street\"]"));
    assert!(!embedded.contains("Mill Lane"));
}

#[test]
fn a_group_has_no_record_beyond_its_greatest_number() {
    let case = Case::typed("en", COMPLETE);
    let at = |page, record| {
        let asked = Step {
            page,
            record,
            back: None,
            change: false,
            why: None,
        };
        step(&case.view(), &asked).is_some()
    };
    assert!(at("streets_to_close", Some(2)));
    assert!(!at("streets_to_close", Some(3)));
    assert!(!at("streets_to_close", Some(usize::MAX)));
    assert!(!at("event", Some(0)));
    assert!(!at("nowhere", None));
}

#[test]
fn fragments_are_what_the_pages_hold() {
    let case = Case::typed("en", &too_long()).posted();
    let html = asked(&case, "event", None).main.into_string();
    assert!(html.contains(&live::fees(&case.plan, &case.words)));
    assert!(html.contains(&live::decisions(&case.plan, &case.words)));
    assert!(html.contains(&live::why(&case.plan, "en", &case.why)));
}

#[test]
fn only_the_wrong_parts_of_a_date_are_marked() {
    let marked = |day, month, year| {
        let typed = [
            ("event_date.day", day),
            ("event_date.month", month),
            ("event_date.year", year),
        ];
        let html = asked(&Case::typed("en", &typed).posted(), "event", None)
            .main
            .into_string();
        let inputs: Vec<_> = html.split("<input").collect();
        ["day", "month", "year"].map(|part| {
            let id = format!("id=\"event_date-{part}\"");
            let input = inputs.iter().find(|input| input.contains(&id));
            input.is_some_and(|input| input.contains("govuk-input--error"))
        })
    };
    assert_eq!(marked("1", "", "2026"), [false, true, false]);
    assert_eq!(marked("32", "13", "2026"), [true, true, false]);
    assert_eq!(marked("1", "Smarch", "2026"), [false, true, false]);
    assert_eq!(marked("1", "May", "26"), [false, false, true]);
    assert_eq!(marked("30", "2", "2026"), [true; 3]);
    assert_eq!(marked("", "", ""), [true; 3]);
    // A real date that comes too soon is wrong as a whole; one in good time is not.
    assert_eq!(marked("16", "January", "2026"), [true; 3]);
    assert_eq!(marked("27", "6", "2026"), [false; 3]);
}
