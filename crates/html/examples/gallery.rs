//! Writes every page into `target/gallery`, to be looked at and checked:
//! `cargo run -p counterfoil-html --example gallery`.

use std::{fs, io, path::Path};

use counterfoil_html::{
    Content, Frame, Language, Site, document,
    page::{
        CatalogueEntry, CheckAnswers, Confirmation, Difference, Start, Step, Stopped, Unavailable,
        catalogue, changed, check_answers, closed, confirmation, expired, failed, not_found, start,
        step, stopped,
    },
};

#[path = "../tests/common/mod.rs"]
mod common;

use common::{COMPLETE, Case, LINKS, too_long};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
    fs::create_dir_all(&folder)?;
    let write = |name: &str, case: &Case, content: Content| {
        let languages = [
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
            Language {
                tag: "es",
                name: "Español",
                href: "?lang=es",
            },
        ];
        let site = Site {
            stylesheet: "counterfoil.css",
            frame: Frame::default(),
            script: None,
            icon: None,
            home: "/",
            languages: &languages,
            form: (!name.starts_with("site-")).then_some((&case.plan, &LINKS)),
            attended: None,
        };
        let html = document(&site, case.plan.texts_or_default(case.locale), &content);
        fs::write(folder.join(format!("{name}.html")), html)
    };

    let empty = Case::typed("en", &[]);
    let texts = empty.plan.texts_or_default("en");
    let entry = CatalogueEntry {
        texts,
        href: "/forms/street-party",
    };
    let broken = Unavailable {
        form: "dog-licence",
        diagnostics: "error[CF0201]: no field or value is called `dogs`",
    };
    write(
        "site-catalogue",
        &empty,
        catalogue(texts, &[entry.clone(), entry], &[broken]),
    )?;
    write("site-not-found", &empty, not_found(texts, "/"))?;
    write("site-failed", &empty, failed(texts, "/"))?;
    write("expired", &empty, expired(texts, "/forms/street-party"))?;
    write("closed", &empty, closed(texts, "/"))?;
    let beginning = Start {
        begin: "/forms/street-party/event",
        begun: false,
        example: true,
    };
    write("start", &empty, start(&empty.view(), &beginning))?;

    let at = |page, record| Step {
        page,
        record,
        back: Some("#"),
        change: false,
        why: None,
    };
    let draw = |name: &str, case: &Case, page, record| {
        let asked = Step {
            why: Some(&case.why),
            ..at(page, record)
        };
        match step(&case.view(), &asked) {
            Some(content) => write(name, case, content),
            None => Err(io::Error::other(format!("no page {page}"))),
        }
    };
    draw("question-empty", &empty, "event", None)?;
    draw(
        "question-missing",
        &Case::typed("en", &[]).posted(),
        "event",
        None,
    )?;
    let wrong = [
        ("event_date.day", "31"),
        ("event_date.month", "14"),
        ("event_date.year", "2026"),
        ("organiser", "charity"),
        ("sells_food", "true"),
        ("stalls", "a dozen"),
        ("email", "ada@example.org"),
        ("takings", "lots"),
    ];
    draw(
        "question-wrong",
        &Case::typed("en", &wrong).posted(),
        "event",
        None,
    )?;
    let mut brought_up = Case::typed("en", &[("sells_food", "true")]).posted();
    brought_up.new = vec!["stalls".to_owned()];
    brought_up
        .words
        .missing
        .retain(|missing| missing.path == "stalls");
    draw("question-new", &brought_up, "event", None)?;
    draw(
        "question-spanish",
        &Case::typed("es", COMPLETE),
        "event",
        None,
    )?;
    draw("single", &empty, "ward", None)?;
    draw(
        "single-missing",
        &Case::typed("en", &[]).posted(),
        "ward",
        None,
    )?;
    draw(
        "declaration",
        &Case::typed("en", &[]).posted(),
        "declaration",
        None,
    )?;
    draw(
        "group-empty",
        &Case::typed("en", &[]).posted(),
        "streets_to_close",
        None,
    )?;
    let complete = Case::typed("en", COMPLETE);
    draw("group-two", &complete, "streets_to_close", None)?;
    let full = Case::typed("en", &too_long());
    draw("group-full", &full, "streets_to_close", None)?;
    let adding = [("streets[0].name", "")];
    draw(
        "record-new",
        &Case::typed("en", &adding),
        "streets_to_close",
        Some(0),
    )?;
    draw(
        "record-wrong",
        &Case::typed("en", &adding).posted(),
        "streets_to_close",
        Some(0),
    )?;

    let check = |case: &Case| {
        let shown = CheckAnswers {
            back: Some("#"),
            key: Some("key"),
            why: Some(&case.why),
        };
        check_answers(&case.view(), &shown)
    };
    write("check-complete", &complete, check(&complete))?;
    write("check-ineligible", &full, check(&full))?;
    let unfinished = Case::typed("en", &wrong);
    write("check-unfinished", &unfinished, check(&unfinished))?;
    let spanish = Case::typed("es", COMPLETE);
    write("check-spanish", &spanish, check(&spanish))?;
    write(
        "stopped",
        &full,
        stopped(&full.view(), &Stopped { back: "#" }),
    )?;
    let difference = Difference {
        path: "fees.total",
        shown: "10.00",
        computed: Some("166.60"),
    };
    write(
        "changed",
        &complete,
        changed(&complete.view(), &[difference], Some("key")),
    )?;
    let hash = complete.report.sha256();
    let sent = Confirmation {
        reference: "SP-7K2M-49QX",
        receipt: "eyJhbGciOiJFZERTQSIsImtpZCI6IjIwMjYtMDEifQ.eyJyZWZlcmVuY2UiOiJTUC03SzJNLTQ5UVgifQ.c2lnbmF0dXJl",
        receipt_href: "#",
        shown_sha256: Some(&hash),
        office_sha256: &hash,
    };
    write(
        "confirmation",
        &complete,
        confirmation(&complete.view(), &sent),
    )
}
