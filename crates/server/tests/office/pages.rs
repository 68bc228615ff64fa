//! A form filled in without any script.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use counterfoil_server::receipt::{Record, verify};

use crate::{
    browser::{Browser, hidden_value},
    support::{Answer, TestOffice},
};

const CHECK: &str = "/forms/stall/check-answers";
const SUBMIT: &str = "/forms/stall/check-answers/submit";

async fn with_example(office: &TestOffice) -> (Browser, Answer) {
    let mut browser = Browser::default();
    let (to, page) = browser
        .post_on(office, "/forms/stall/check-answers/example", &[])
        .await;
    assert_eq!((to.as_str(), page.status), (CHECK, StatusCode::OK));
    (browser, page)
}

/// What the button of a page sends.
fn sending(page: &Answer) -> Vec<(&str, &str)> {
    ["_key", "shown.fees.total", "report_sha256"]
        .into_iter()
        .map(|name| (name, hidden_value(&page.body, name)))
        .collect()
}

#[tokio::test]
async fn a_form_is_asked_page_by_page_and_sent() {
    let office = TestOffice::new().await;
    let mut browser = Browser::default();
    let catalogue = browser.get(&office, "/").await;
    assert!(
        catalogue.body.contains("href=\"/forms/stall\""),
        "{}",
        catalogue.body
    );
    let start = browser.get(&office, "/forms/stall").await;
    assert!(
        start.body.contains("href=\"/forms/stall/market\""),
        "{}",
        start.body
    );
    let page = browser.get(&office, "/forms/stall/market").await;
    assert!(page.body.contains("name=\"stalls\""), "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(
        office.count("drafts").await,
        0,
        "nothing is kept before anything is posted"
    );

    // Something is wrong: the page comes again with what was typed.
    let again = browser
        .post(
            &office,
            "/forms/stall/market",
            &[("stalls", "many"), ("name", "")],
        )
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again.body.contains("value=\"many\"") && again.body.contains("href=\"#stalls\""),
        "{}",
        again.body
    );

    let market = [("stalls", " 3 "), ("name", "Ada"), ("food", "false")];
    let (to, list) = browser
        .post_on(&office, "/forms/stall/market", &market)
        .await;
    assert_eq!(to, "/forms/stall/team");
    assert!(
        list.body.contains("href=\"/forms/stall/team/1\""),
        "{}",
        list.body
    );
    let helper = [
        ("helpers[0].hours", "12.50"),
        ("helpers[0].trained", "true"),
    ];
    let (to, _) = browser
        .post_on(&office, "/forms/stall/team/1", &helper)
        .await;
    assert_eq!(to, "/forms/stall/team");
    let (to, check) = browser.post_on(&office, "/forms/stall/team", &[]).await;
    assert_eq!(to, CHECK);
    assert_eq!(hidden_value(&check.body, "shown.fees.total"), "35.40");

    let (to, done) = browser.post_on(&office, SUBMIT, &sending(&check)).await;
    assert!(
        to.starts_with("/forms/stall/check-answers/confirmation/"),
        "{to}"
    );
    assert!(done.body.contains("data-halves=\"match\""), "{}", done.body);
    assert_eq!(office.count("submissions").await, 1);

    let record = browser.get(&office, &format!("{to}/receipt")).await;
    let record = Record::from_json(&record.body).unwrap();
    let keys = record.keys_json();
    assert_eq!(keys, office.get("/.well-known/jwks.json").await.body);
    let verified = verify(&record.receipt, &keys, &record.plan, &record.answers, &[]).unwrap();
    assert!(to.ends_with(&verified.claims.reference));
    assert_eq!(verified.claims.total.unwrap().amount, "35.40");

    // Nobody else sees the confirmation, and nothing of the draft is left.
    assert_eq!(
        Browser::default().get(&office, &to).await.status,
        StatusCode::NOT_FOUND
    );
    let start = browser.get(&office, "/forms/stall/market").await;
    assert!(!start.body.contains("value=\"Ada\""));
}

#[tokio::test]
async fn a_question_that_an_answer_brings_up_brings_its_page_back() {
    let office = TestOffice::new().await;
    let mut browser = Browser::default();
    let market = [
        ("stalls", "3"),
        ("name", "Ada"),
        ("food", "true"),
        ("ovens", ""),
    ];
    let again = browser.post(&office, "/forms/stall/market", &market).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(
        again.body.contains("href=\"#ovens\"") && !again.body.contains("govuk-error-summary"),
        "{}",
        again.body
    );
    // Asked once more and left out, it is missing like any other.
    let again = browser.post(&office, "/forms/stall/market", &market).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A page that a script has kept up to date answers all at once.
    let mut other = Browser::default();
    let market = [
        ("stalls", "3"),
        ("name", "Ada"),
        ("food", "true"),
        ("ovens", "2"),
    ];
    assert_eq!(
        other
            .post_on(&office, "/forms/stall/market", &market)
            .await
            .0,
        "/forms/stall/team"
    );
}

#[tokio::test]
async fn a_draft_is_kept_for_longer_when_asked() {
    let office = TestOffice::new().await;
    let keep = "/forms/stall/check-answers/keep";
    let mut stranger = Browser::default();
    assert_eq!(
        stranger.post(&office, keep, &[]).await.status,
        StatusCode::NOT_FOUND,
        "there is nothing to keep"
    );
    let (mut browser, page) = with_example(&office).await;
    assert!(
        page.body.contains("until 8 June 2026"),
        "the page says until when: {}",
        page.body
    );

    let office = office.restart("2026-06-08T11:59:59Z").await;
    let kept = browser.post(&office, keep, &[]).await;
    assert_eq!(kept.status, StatusCode::OK);
    assert_eq!(kept.json()["seconds"], 7 * 86_400);
    assert_eq!(
        kept.json()["said"],
        "Your answers are now kept until 15 June 2026"
    );
    assert!(kept.header("set-cookie").contains("Max-Age=604800"));
    let office = office.restart("2026-06-15T11:59:58Z").await;
    assert_eq!(browser.get(&office, CHECK).await.status, StatusCode::OK);
    let office = office.restart("2026-06-15T11:59:59Z").await;
    assert_eq!(
        browser.get(&office, CHECK).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn records_are_added_changed_and_removed() {
    let office = TestOffice::new().await;
    let (mut browser, _) = with_example(&office).await;
    let add = "/forms/stall/team/2?change";
    let empty = browser.post(&office, add, &[]).await;
    assert_eq!(
        empty.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a record without answers is there, and wrong"
    );
    let helper = [
        ("helpers[1].hours", "7"),
        ("helpers[1].trained", "false"),
        ("helpers[0].hours", "99"),
        ("name", "Eve"),
    ];
    let (to, list) = browser.post_on(&office, add, &helper).await;
    assert_eq!(to, "/forms/stall/team?change");
    assert!(list.body.contains("12.5"));
    let first = browser.get(&office, "/forms/stall/team/1").await;
    assert!(
        first.body.contains("value=\"12.5\""),
        "only the record's own questions are taken"
    );
    assert_eq!(
        browser.get(&office, "/forms/stall/team/3").await.status,
        StatusCode::NOT_FOUND
    );

    let (_, list) = browser
        .post_on(&office, "/forms/stall/team?change", &[("_remove", "1/2")])
        .await;
    assert!(!list.body.contains("12.5"), "{}", list.body);
    // The second press of the same button finds another list, and removes nothing.
    let (_, again) = browser
        .post_on(&office, "/forms/stall/team?change", &[("_remove", "1/2")])
        .await;
    assert_eq!(again.body, list.body);
    let first = browser.get(&office, "/forms/stall/team/1?change").await;
    assert!(first.body.contains("value=\"7\""), "{}", first.body);
    for wrong in ["0", "x", "99999999999999999999"] {
        assert_eq!(
            browser
                .get(&office, &format!("/forms/stall/team/{wrong}"))
                .await
                .status,
            StatusCode::NOT_FOUND
        );
    }
    let (to, _) = browser
        .post_on(&office, "/forms/stall/team?change", &[])
        .await;
    assert_eq!(to, CHECK);
}

#[tokio::test]
async fn a_change_leads_straight_back_or_to_what_it_brings_up() {
    let office = TestOffice::new().await;
    let (mut browser, _) = with_example(&office).await;
    let market = [("stalls", "4"), ("name", "Ada"), ("food", "false")];
    let (to, check) = browser
        .post_on(&office, "/forms/stall/market?change", &market)
        .await;
    assert_eq!(to, CHECK);
    assert_eq!(hidden_value(&check.body, "shown.fees.total"), "47.20");
}

#[tokio::test]
async fn an_altered_figure_is_shown_beside_the_true_one() {
    let office = TestOffice::new().await;
    let (mut browser, check) = with_example(&office).await;
    let mut pairs = sending(&check);
    pairs[1].1 = "0.40";
    let changed = browser.post(&office, SUBMIT, &pairs).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    for part in ["data-path=\"fees.total\"", "0.40", "35.40"] {
        assert!(changed.body.contains(part), "{part}: {}", changed.body);
    }
    assert_eq!(office.count("submissions").await, 0);
    // Its address without a post, as a link to the page in another language has it, leads back.
    let back = browser
        .get(&office, "/forms/stall/check-answers/submit?lang=en")
        .await;
    assert_eq!(back.header("location"), CHECK);
    // The page asks again; its button sends the true figure.
    let (to, _) = browser.post_on(&office, SUBMIT, &sending(&changed)).await;
    assert!(to.starts_with("/forms/stall/check-answers/confirmation/"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pressing_twice_sends_once() {
    let office = TestOffice::new().await;
    let (mut browser, check) = with_example(&office).await;
    let pairs = sending(&check);
    let answers = office
        .send_at_once(8, || browser.form(SUBMIT, &pairs))
        .await;
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), answers[0].header("location"));
    }
    let (to, _) = browser.post_on(&office, SUBMIT, &pairs).await;
    assert_eq!(to, answers[0].header("location"));
    let check = browser.get(&office, CHECK).await;
    assert_eq!(check.header("location"), to);
    assert_eq!(office.count("submissions").await, 1);
}

#[tokio::test]
async fn a_page_of_another_draft_sends_nothing() {
    let office = TestOffice::new().await;
    let (mut browser, old) = with_example(&office).await;
    browser.post_on(&office, SUBMIT, &sending(&old)).await;
    browser
        .post_on(&office, "/forms/stall/check-answers/example", &[])
        .await;
    let (to, _) = browser.post_on(&office, SUBMIT, &sending(&old)).await;
    assert_eq!(to, CHECK);
    assert_eq!(office.count("submissions").await, 1);
}

#[tokio::test]
async fn a_stopped_application_is_told_why() {
    let office = TestOffice::new().await;
    let (mut browser, check) = with_example(&office).await;
    let key = hidden_value(&check.body, "_key").to_owned();
    let market = [("stalls", "21"), ("name", "Ada"), ("food", "false")];
    let (_, check) = browser
        .post_on(&office, "/forms/stall/market?change", &market)
        .await;
    assert!(!check.body.contains("name=\"_key\""), "no button to send");
    let stopped = browser.post(&office, SUBMIT, &[("_key", &key)]).await;
    assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        stopped.body.contains("data-decision=\"market\""),
        "{}",
        stopped.body
    );
    assert_eq!(office.count("submissions").await, 0);
}

#[tokio::test]
async fn an_edited_form_shows_its_new_figure_on_reload() {
    let office = TestOffice::new().await;
    let (mut browser, before) = with_example(&office).await;
    let old_plan = office.plan().await;
    office.write_form("12.50");
    // The page that was drawn before sends nothing at the new figure, nor at the old one.
    let after = browser.get(&office, CHECK).await;
    let new_plan = office.plan().await;
    assert_eq!(hidden_value(&after.body, "shown.fees.total"), "37.50");
    assert!(before.body.contains(&old_plan) && after.body.contains(&new_plan));
    let (to, _) = browser.post_on(&office, SUBMIT, &sending(&before)).await;
    assert_eq!(to, CHECK);
    let (to, _) = browser.post_on(&office, SUBMIT, &sending(&after)).await;
    assert!(to.starts_with("/forms/stall/check-answers/confirmation/"));

    // A confirmation stays under its own plan.
    office.write_form("99.00");
    let confirmation = browser.get(&office, &to).await;
    assert!(confirmation.body.contains(&new_plan) && confirmation.body.contains("37.50"));
}

#[tokio::test]
async fn a_page_sends_under_the_plan_that_it_was_drawn_from() {
    let office = TestOffice::new().await;
    let (mut browser, check) = with_example(&office).await;
    let plan = office.plan().await;
    office.write_form("12.50");
    let (to, done) = browser.post_on(&office, SUBMIT, &sending(&check)).await;
    assert!(to.starts_with("/forms/stall/check-answers/confirmation/"));
    assert!(done.body.contains(&plan) && done.body.contains("35.40"));
}

#[tokio::test]
async fn another_language_writes_numbers_its_own_way_and_means_the_same() {
    let office = TestOffice::new().await;
    office.write_spanish("reviewed");
    let (mut browser, check) = with_example(&office).await;
    assert!(
        check.body.contains("lang=\"en\"")
            && check
                .body
                .contains("href=\"/forms/stall/check-answers?lang=es\"")
    );
    let record = browser.get(&office, "/forms/stall/team/1?lang=es").await;
    assert!(record.body.contains("value=\"12,5\""), "{}", record.body);
    let helper = [("helpers[0].hours", "1,25"), ("helpers[0].trained", "true")];
    browser
        .post_on(&office, "/forms/stall/team/1", &helper)
        .await;
    let record = browser.get(&office, "/forms/stall/team/1?lang=en").await;
    assert!(record.body.contains("value=\"1.25\""), "{}", record.body);
    assert!(
        browser
            .get(&office, "/forms/stall?lang=xx")
            .await
            .body
            .contains("lang=\"en\"")
    );
}

#[tokio::test]
async fn a_draft_is_gone_after_its_days() {
    let office = TestOffice::new().await;
    let (mut browser, _) = with_example(&office).await;
    let office = office.restart("2026-06-08T11:59:59Z").await;
    assert_eq!(browser.get(&office, CHECK).await.status, StatusCode::OK);
    let office = office.restart("2026-06-08T12:00:00Z").await;
    let gone = browser.get(&office, CHECK).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(!gone.body.contains("Ada"));
    // The next draft that anybody saves removes what has expired.
    assert_eq!(office.count("drafts").await, 1);
    Browser::default()
        .post(&office, "/forms/stall/market", &[("name", "Bob")])
        .await;
    assert_eq!(office.count("drafts").await, 1);
}

#[tokio::test]
async fn posts_from_other_sites_are_refused() {
    let office = TestOffice::new().await;
    let (browser, _) = with_example(&office).await;
    let mut request = browser.form("/forms/stall/check-answers/example", &[]);
    request
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    let answer = office.send(request).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::FORBIDDEN, "text/html; charset=utf-8")
    );
    assert!(answer.body.contains("could not read"), "{}", answer.body);
}

#[tokio::test]
async fn what_the_page_did_not_show_is_not_charged_unseen() {
    let office = TestOffice::new().await;
    let (mut browser, check) = with_example(&office).await;
    let pairs: Vec<_> = sending(&check)
        .into_iter()
        .filter(|(name, _)| *name != "shown.fees.total")
        .collect();
    let changed = browser.post(&office, SUBMIT, &pairs).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    assert!(changed.body.contains("Not known yet") && changed.body.contains("35.40"));
    assert_eq!(office.count("submissions").await, 0);
}

#[tokio::test]
async fn a_page_left_open_past_midnight_is_checked_again_before_it_sends() {
    let office = TestOffice::new().await;
    let (mut browser, check) = with_example(&office).await;
    let office = office.restart("2026-06-02T12:00:00Z").await;
    let again = browser.post(&office, SUBMIT, &sending(&check)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("a new day has begun"), "{}", again.body);
    assert_eq!(office.count("submissions").await, 0);
    let check = browser.get(&office, CHECK).await;
    let (to, done) = browser.post_on(&office, SUBMIT, &sending(&check)).await;
    assert!(to.contains("/confirmation/"), "{to}");
    assert!(done.body.contains("data-halves=\"match\""), "{}", done.body);
}

#[tokio::test]
async fn a_begun_application_is_never_overwritten_by_the_example() {
    let office = TestOffice::new().await;
    let mut browser = Browser::default();
    let start = browser.get(&office, "/forms/stall").await;
    assert!(start.body.contains("check-answers/example"));
    browser
        .post(&office, "/forms/stall/market", &[("stalls", "2")])
        .await;
    let start = browser.get(&office, "/forms/stall").await;
    assert!(!start.body.contains("check-answers/example"));
    // The button of a page drawn before fills nothing in either.
    let (to, _) = browser
        .post_on(&office, "/forms/stall/check-answers/example", &[])
        .await;
    assert_eq!(to, CHECK);
    let page = browser.get(&office, "/forms/stall/market").await;
    assert!(page.body.contains("value=\"2\""), "{}", page.body);
}

#[tokio::test]
async fn a_draft_holds_so_much_and_no_more() {
    let office = TestOffice::new().await;
    let mut browser = Browser::default();
    let long = "x".repeat(70 * 1024);
    let refused = browser
        .post(&office, "/forms/stall/market", &[("name", &long)])
        .await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.body.contains("too much"), "{}", refused.body);
    assert_eq!(office.count("drafts").await, 0);
}

#[tokio::test]
async fn pages_that_are_not_there_say_so_in_html() {
    let office = TestOffice::new().await;
    let mut browser = Browser::default();
    for path in [
        "/nothing",
        "/forms/none",
        "/forms/stall/none",
        "/forms/stall/market/1",
        "/forms/stall/check-answers/confirmation/7K3M-92QD-0XWT",
        "/forms/..%2Fdata",
        "/forms/stall/%ff",
    ] {
        let answer = browser.get(&office, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{path}"
        );
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
    }
    let large = "x".repeat(65 * 1024);
    let answer = browser
        .post(&office, "/forms/stall/market", &[("name", &large)])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let json = Request::post("/forms/stall/market")
        .header("content-type", "application/json")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(office.send(json).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_form_that_cannot_be_offered_is_listed_with_the_reason() {
    let office = TestOffice::new().await;
    let (mut browser, check) = with_example(&office).await;
    std::fs::write(
        office.path("forms/stall/form.yaml"),
        "form: stall\ntitel: A stall\n",
    )
    .unwrap();
    let catalogue = browser.get(&office, "/").await;
    assert!(
        catalogue.body.contains("data-unavailable=\"stall\"") && catalogue.body.contains("titel"),
        "{}",
        catalogue.body
    );
    assert_eq!(
        Browser::default().get(&office, "/forms/stall").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        office.get("/api/forms/stall/plan").await.problem(),
        "not-found"
    );
    assert_eq!(
        office.get("/api/forms").await.json()[0]["plan"],
        serde_json::Value::Null
    );
    // Who has begun can finish.
    let (to, _) = browser.post_on(&office, SUBMIT, &sending(&check)).await;
    assert!(to.starts_with("/forms/stall/check-answers/confirmation/"));
}

#[tokio::test]
async fn a_change_to_a_shared_file_publishes_a_new_plan_of_the_form_that_uses_it() {
    let office = TestOffice::new().await;
    let plan = || async { office.get("/api/forms").await.json() };
    let shared = |value: &str| {
        std::fs::create_dir_all(office.path("forms/shared")).unwrap();
        std::fs::write(
            office.path("forms/shared/rates.yaml"),
            format!("language: en\ncurrency: GBP\nparameters:\n  shared_rate:\n    type: money\n    value: {value}\n"),
        )
        .unwrap();
    };
    shared("1.00");
    let form = office.path("forms/stall/form.yaml");
    let text = std::fs::read_to_string(&form).unwrap();
    let text = text.replacen(
        "\nfees:\n",
        "\nuses:\n  - ../shared/rates.yaml\nfees:\n  - fee: pitch\n    label: Pitch\n    amount: shared_rate\n",
        1,
    );
    assert!(text.contains("uses:"));
    std::fs::write(&form, text).unwrap();
    let before = plan().await;
    // The folder of shared files is no form.
    assert_eq!(before.as_array().unwrap().len(), 1);
    assert!(before[0]["plan"].is_string(), "{before}");
    shared("22.00");
    let after = plan().await;
    assert!(after[0]["plan"].is_string());
    assert_ne!(before[0]["plan"], after[0]["plan"]);
}
