//! Documents that are sent later: what the page asks, and what the confirmation lists.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Context, Plan};
use counterfoil_html::{
    Links,
    journey::{Journey, Pairs},
    page,
};

const FORM: &str = "form: kennel
title: Register a kennel
timezone: Europe/London
languages: [en]
pages:
  - page: papers
    title: Papers
    fields:
      - field: plan
        type: file
        label: A plan of the kennel
        hint: Send it to kennels@example.org within 10 days.
      - field: photos
        type: file
        required: false
        label: Photos
  - page: dogs_page
    title: Dogs
    group: dogs
    max: 3
    fields:
      - field: pass
        type: file
        label: The dog’s passport
";

fn pairs(typed: &[(&str, &str)]) -> Pairs {
    let typed = typed.iter();
    typed
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The page of papers and the confirmation, as they stand after these answers.
fn drawn(typed: &[(&str, &str)]) -> [String; 2] {
    let files = Files::in_memory([("form.yaml", FORM)]);
    let plan = Plan::load(compile(&files).plan.unwrap()).unwrap();
    let context = Context::on("2026-06-01".parse().unwrap());
    let journey = Journey {
        plan: &plan,
        locale: "en",
        context: &context,
        links: Links {
            form: "/f",
            catalogue: "/",
            plan: "/plan",
        },
        change: false,
    };
    let typed = pairs(typed);
    let outcome = journey.outcome(&typed).unwrap();
    let step = journey
        .step(&typed, &outcome, "papers", None, None)
        .unwrap();
    let sent = page::Confirmation {
        reference: "R",
        receipt: "",
        receipt_href: "/receipt",
        shown_sha256: None,
        office_sha256: "",
    };
    let confirmation = page::confirmation(&journey.view(&[], &outcome, None), &sent);
    [step.main.into_string(), confirmation.main.into_string()]
}

#[test]
fn a_document_is_asked_as_something_to_send_later() {
    let [page, confirmation] = drawn(&[]);
    assert!(page.contains(
        "Send it to kennels@example.org within 10 days. You cannot send files with this form yet."
    ));
    assert!(page.contains("I will send this later"));
    assert!(!page.contains(r#"type="file""#));
    assert!(!confirmation.contains("data-files"), "nothing was promised");
}

#[test]
fn the_confirmation_lists_what_was_promised() {
    let answers = [
        ("plan", "true"),
        ("dogs[0].pass", "true"),
        ("dogs[1].pass", ""),
    ];
    let [page, confirmation] = drawn(&answers);
    assert!(page.contains("checked"));
    let (_, list) = confirmation.split_once("data-files").unwrap();
    let (list, _) = list.split_once("</ul>").unwrap();
    assert_eq!(list.matches("<li>").count(), 2, "{list}");
    assert!(list.contains("A plan of the kennel") && list.contains("within 10 days"));
    assert!(list.contains("The dog’s passport") && !list.contains("Photos"));
    assert!(confirmation.contains("Quote your reference with everything that you send."));
}
