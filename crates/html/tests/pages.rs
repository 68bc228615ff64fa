//! The markup of every page. A change here is a change of the contract with themes and scripts.

use counterfoil_html::{
    Content,
    page::{
        CatalogueEntry, CheckAnswers, Confirmation, Difference, Start, Step, Stopped, Unavailable,
        catalogue, changed, check_answers, closed, confirmation, start, step, stopped,
    },
};
use insta::assert_snapshot;

mod common;

use common::{COMPLETE, Case, too_long};

/// The page's markup, a tag a line.
fn lines(content: Content) -> String {
    content.main.into_string().replace("><", ">\n<")
}

fn drawn(case: &Case, page: &str, record: Option<usize>) -> String {
    let asked = Step {
        page,
        record,
        back: None,
        change: false,
        why: Some(&case.why),
    };
    lines(step(&case.view(), &asked).expect("the form has the page"))
}

#[test]
fn questions_before_an_answer() {
    assert_snapshot!(drawn(&Case::typed("en", &[]), "event", None));
}

#[test]
fn questions_with_wrong_answers() {
    let wrong = [
        ("event_date.day", "31"),
        ("event_date.month", "14"),
        ("event_date.year", "2026"),
        ("organiser", "pirates"),
        ("sells_food", "true"),
        ("stalls", "a dozen"),
        ("email", "ada@example.org"),
        ("takings", "lots"),
        ("features", "games"),
        ("notes", "\nFirst line blank"),
    ];
    assert_snapshot!(drawn(&Case::typed("en", &wrong).posted(), "event", None));
}

#[test]
fn questions_in_spanish() {
    assert_snapshot!(drawn(&Case::typed("es", COMPLETE), "event", None));
}

#[test]
fn a_long_list_as_the_only_question() {
    assert_snapshot!(drawn(&Case::typed("en", &[]).posted(), "ward", None));
}

#[test]
fn a_statement_to_confirm() {
    assert_snapshot!(drawn(&Case::typed("en", &[]).posted(), "declaration", None));
}

#[test]
fn a_group_without_records() {
    assert_snapshot!(drawn(
        &Case::typed("en", &[]).posted(),
        "streets_to_close",
        None
    ));
}

#[test]
fn a_group_with_a_wrong_record() {
    let mut pairs = COMPLETE.to_vec();
    pairs.push(("streets[2].name", "Long Road"));
    pairs.push(("streets[2].metres", "far"));
    assert_snapshot!(drawn(
        &Case::typed("en", &pairs).posted(),
        "streets_to_close",
        None
    ));
}

#[test]
fn a_record_being_added() {
    let case = Case::typed("en", &[("streets[0].name", ""), ("ward", "w01")]);
    assert_snapshot!(drawn(&case, "streets_to_close", Some(0)));
}

#[test]
fn the_start() {
    let case = Case::typed("en", &[]);
    let shown = Start {
        begin: "/forms/street-party/event",
        begun: false,
        example: true,
    };
    assert_snapshot!(lines(start(&case.view(), &shown)));
}

#[test]
fn answers_to_check() {
    let case = Case::typed("en", COMPLETE);
    assert_snapshot!(checked(&case));
}

#[test]
fn answers_that_are_not_finished() {
    let case = Case::typed(
        "en",
        &[("event_date.day", "31"), ("streets[0].name", "High Street")],
    );
    assert_snapshot!(checked(&case));
}

#[test]
fn answers_that_do_not_qualify() {
    let case = Case::typed("en", &too_long());
    let page = checked(&case);
    let outcome = page.find("<section").unwrap();
    assert_snapshot!(&page[outcome..]);
}

/// The page of answers, with the report's hash left out: it covers the plan with its shipped texts.
fn checked(case: &Case) -> String {
    let shown = CheckAnswers {
        back: None,
        key: Some("key"),
        why: Some(&case.why),
    };
    lines(check_answers(&case.view(), &shown)).replace(&case.report.sha256(), "(hash)")
}

#[test]
fn an_application_that_is_stopped() {
    let case = Case::typed("en", &too_long());
    assert_snapshot!(lines(stopped(&case.view(), &Stopped { back: "/" })));
}

#[test]
fn a_figure_that_changed() {
    let case = Case::typed("en", COMPLETE);
    let difference = Difference {
        path: "fees.total",
        shown: "<10.00>",
        computed: Some("166.60"),
    };
    let page = changed(&case.view(), &[difference], Some("key"));
    assert_snapshot!(lines(page).replace(&case.report.sha256(), "(hash)"));
}

#[test]
fn a_confirmation() {
    let case = Case::typed("en", COMPLETE);
    let sent = Confirmation {
        reference: "SP-7K2M-49QX",
        receipt: "header.payload.signature",
        receipt_href: "/forms/street-party/receipts/SP-7K2M-49QX",
        shown_sha256: Some("ab12"),
        office_sha256: "ab12",
    };
    let page = confirmation(&case.view(), &sent);
    assert_snapshot!(lines(page).replace(case.plan.id(), "(plan)"));
}

#[test]
fn the_catalogue() {
    let case = Case::typed("en", &[]);
    let entry = |locale| CatalogueEntry {
        texts: case.plan.texts_or_default(locale),
        href: "/forms/street-party",
    };
    let broken = Unavailable {
        form: "building-permit",
        diagnostics: "error[CF0201]: there is no field `a < b`",
    };
    let page = catalogue(
        case.plan.texts_or_default("en"),
        &[entry("en"), entry("cy")],
        &[broken],
    );
    assert_snapshot!(lines(page));
}

#[test]
fn a_form_that_is_closed() {
    let case = Case::typed("en", &[]);
    assert_snapshot!(lines(closed(case.plan.texts_or_default("en"), "/")));
}
