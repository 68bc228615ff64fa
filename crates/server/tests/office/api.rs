//! Submissions and plans by the JSON API.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};

use crate::support::{TODAY, TestOffice};

const SUBMISSIONS: &str = "/api/forms/stall/submissions";

async fn honest(office: &TestOffice) -> Value {
    json!({
        "plan": office.plan().await,
        "answers": {"stalls": 3, "name": "Ada"},
        "shown": {"fees.total": "35.40", "fees.stalls": "35.40", "decisions.market": "eligible"},
    })
}

async fn stored(office: &TestOffice) -> i64 {
    office.count("submissions").await
}

#[tokio::test]
async fn a_sound_submission_is_stored_and_answered_with_report_and_receipt() {
    let office = TestOffice::new().await;
    let answer = office.submit(&honest(&office).await).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    assert_eq!(body["report"]["status"], "complete");
    assert_eq!(body["report"]["as_of"], TODAY);
    assert_eq!(body["report"]["fees"]["total"], "35.40");
    assert_eq!(body["reference"].as_str().unwrap().len(), 14);
    assert_eq!(body["receipt"].as_str().unwrap().split('.').count(), 3);
    assert_eq!(body.get("matches"), None);
    assert_eq!(stored(&office).await, 1);
}

#[tokio::test]
async fn the_senders_hash_is_compared_with_the_offices() {
    let office = TestOffice::new().await;
    let mut sent = honest(&office).await;
    let hash = office.submit(&sent).await.json()["report_sha256"].clone();
    sent["report_sha256"] = hash;
    assert_eq!(office.submit(&sent).await.json()["matches"], true);
    sent["report_sha256"] = json!("0".repeat(64));
    assert_eq!(office.submit(&sent).await.json()["matches"], false);
    sent["report_sha256"] = json!("0");
    assert_eq!(office.submit(&sent).await.problem(), "malformed-request");
}

#[tokio::test]
async fn invalid_and_incomplete_answers_come_back_with_the_report() {
    let office = TestOffice::new().await;
    let mut sent = honest(&office).await;
    sent["answers"] = json!({"stalls": 3.5, "name": "Ada", "fee": 1});
    let answer = office.submit(&sent).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "answers-refused")
    );
    let errors = &answer.json()["report"]["errors"];
    assert_eq!(
        (&errors[0]["path"], &errors[0]["code"]),
        (&json!("stalls"), &json!("type"))
    );
    assert_eq!(
        (&errors[1]["path"], &errors[1]["code"]),
        (&json!("fee"), &json!("unknown"))
    );

    sent["answers"] = json!({"stalls": 3});
    let answer = office.submit(&sent).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "answers-refused")
    );
    assert_eq!(answer.json()["report"]["missing"], json!(["name"]));
    assert_eq!(stored(&office).await, 0);
}

#[tokio::test]
async fn a_figure_that_was_altered_is_named_with_both_values() {
    let office = TestOffice::new().await;
    let mut sent = honest(&office).await;
    sent["shown"] = json!({"fees.total": "0.40", "fees.stalls": "35.40", "fees.gift": "1.00", "values.none": null});
    let answer = office.submit(&sent).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::CONFLICT, "figure-differs")
    );
    assert_eq!(
        answer.json()["mismatches"],
        json!([
            {"path": "fees.gift", "shown": "1.00", "computed": null},
            {"path": "fees.total", "shown": "0.40", "computed": "35.40"},
        ])
    );
    assert_eq!(answer.json()["report"]["fees"]["total"], "35.40");
    assert_eq!(stored(&office).await, 0);
}

#[tokio::test]
async fn a_decision_that_stops_takes_no_application() {
    let office = TestOffice::new().await;
    let mut sent = honest(&office).await;
    sent["answers"]["stalls"] = json!(21);
    let answer = office.submit(&sent).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "not-eligible")
    );
    assert_eq!(answer.json()["decisions"], json!(["market"]));
    assert_eq!(stored(&office).await, 0);
}

#[tokio::test]
async fn a_plan_that_was_never_published_is_refused() {
    let office = TestOffice::new().await;
    let mut sent = honest(&office).await;
    let known = office
        .post_json("/api/forms/other/submissions", &[], sent.to_string())
        .await;
    assert_eq!(
        (known.status, known.problem().as_str()),
        (StatusCode::CONFLICT, "unknown-plan")
    );
    sent["plan"] = json!("0".repeat(64));
    let unknown = office.submit(&sent).await;
    assert_eq!(
        (unknown.status, unknown.problem().as_str()),
        (StatusCode::CONFLICT, "unknown-plan")
    );
}

#[tokio::test]
async fn a_superseded_plan_is_still_served_and_still_decides() {
    let office = TestOffice::new().await;
    let sent = honest(&office).await;
    let old = office.plan().await;
    office.write_form("12.50");
    let new = office.plan().await;
    assert_ne!(old, new);

    let office = office.restart("2026-07-01T12:00:00Z").await;
    assert_eq!(
        office.get(&format!("/api/plans/{old}")).await.status,
        StatusCode::OK
    );
    let under_old = office.submit(&sent).await;
    assert_eq!(under_old.status, StatusCode::CREATED, "{}", under_old.body);
    assert_eq!(under_old.json()["report"]["plan"], json!(old));

    let under_new = office
        .submit(&json!({"plan": new, "answers": sent["answers"]}))
        .await;
    assert_eq!(under_new.json()["report"]["fees"]["total"], "37.50");
}

#[tokio::test]
async fn a_form_is_taken_on_its_days_only_in_its_own_time_zone() {
    let office = TestOffice::new().await;
    let sent = honest(&office).await;
    // 23:30 on the last day in UTC, and in London in winter.
    let office = office.restart("2026-12-31T23:30:00Z").await;
    assert_eq!(office.submit(&sent).await.status, StatusCode::CREATED);
    let office = office.restart("2027-01-01T00:30:00Z").await;
    let answer = office.submit(&sent).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "not-in-force")
    );
}

#[tokio::test]
async fn a_repeated_send_is_the_same_record() {
    let office = TestOffice::new().await;
    let sent = honest(&office).await.to_string();
    let key = [("idempotency-key", "4f1c")];
    let first = office.post_json(SUBMISSIONS, &key, sent.clone()).await;
    assert_eq!(first.header("idempotency-replayed"), "");
    // The answer stays the first one, though the form is out of force by now.
    let office = office.restart("2027-06-01T12:00:00Z").await;
    let second = office.post_json(SUBMISSIONS, &key, sent.clone()).await;
    assert_eq!((second.status, &second.body), (first.status, &first.body));
    assert_eq!(second.header("idempotency-replayed"), "true");

    let other = office
        .post_json(SUBMISSIONS, &key, sent.replace("Ada", "Bob"))
        .await;
    assert_eq!(
        (other.status, other.problem().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "key-reused")
    );
    assert_eq!(stored(&office).await, 1);

    let too_long = "k".repeat(256);
    let refused = office
        .post_json(SUBMISSIONS, &[("idempotency-key", &too_long)], sent)
        .await;
    assert_eq!(refused.problem(), "malformed-request");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sends_that_arrive_at_once_are_the_same_record() {
    let office = TestOffice::new().await;
    let sent = honest(&office).await.to_string();
    let answers = office
        .send_at_once(24, || {
            Request::post(SUBMISSIONS)
                .header("content-type", "application/json")
                .header("idempotency-key", "at-once")
                .body(Body::from(sent.clone()))
                .unwrap()
        })
        .await;
    for answer in &answers {
        assert_eq!(
            (answer.status, &answer.body),
            (StatusCode::CREATED, &answers[0].body)
        );
    }
    assert_eq!(stored(&office).await, 1);
}

#[tokio::test]
async fn what_cannot_be_read_gets_a_problem_of_its_own() {
    let office = TestOffice::new().await;
    let plan = office.plan().await;
    let malformed = [
        "".to_owned(),
        "{\"plan\":".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        format!(r#"{{"plan":"{plan}","answers":[]}}"#),
        format!(r#"{{"plan":"{plan}","answers":{{}},"fee":1}}"#),
        format!(r#"{{"plan":"{plan}","answers":{{}},"shown":{{"fees.total":35.4}}}}"#),
        "\u{0}".to_owned(),
    ];
    for body in malformed {
        let answer = office.post_json(SUBMISSIONS, &[], body.clone()).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (StatusCode::BAD_REQUEST, "malformed-request"),
            "{body}"
        );
    }
    let large = format!(
        r#"{{"plan":"{plan}","answers":{{"name":"{}"}}}}"#,
        "x".repeat(65 * 1024)
    );
    let answer = office.post_json(SUBMISSIONS, &[], large).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "body-too-large")
    );

    let form = Request::post(SUBMISSIONS)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("stalls=3"))
        .unwrap();
    let answer = office.send(form).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type")
    );

    let answer = office.get(SUBMISSIONS).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed")
    );
    let answer = office.get("/api/nothing").await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::NOT_FOUND, "not-found")
    );
}

#[tokio::test]
async fn hostile_answers_get_codes_and_never_an_internal_error() {
    let office = TestOffice::new().await;
    let plan = office.plan().await;
    let nested = format!("{}{}", "[".repeat(9_000), "]".repeat(9_000));
    let number = "9".repeat(400);
    for value in [
        nested.as_str(),
        number.as_str(),
        "1e999999999",
        "-0",
        "null",
        "\"\\ud800\"",
        "{\"a\":{\"b\":{\"c\":{}}}}",
    ] {
        let body = format!(r#"{{"plan":"{plan}","answers":{{"stalls":{value},"name":"Ada"}}}}"#);
        let answer = office.post_json(SUBMISSIONS, &[], body).await;
        let problem = answer.problem();
        assert!(
            matches!(problem.as_str(), "answers-refused" | "malformed-request"),
            "{value:.40}: {problem}"
        );
    }
}

#[tokio::test]
async fn plans_are_served_for_ever_under_their_id() {
    let office = TestOffice::new().await;
    let current = office.get("/api/forms/stall/plan").await;
    let id = office.plan().await;
    assert_eq!(current.header("etag"), format!("\"{id}\""));
    assert_eq!(
        current.header("content-location"),
        format!("/api/plans/{id}")
    );
    assert_eq!(current.header("cache-control"), "no-cache");
    let by_id = office.get(&format!("/api/plans/{id}")).await;
    assert!(by_id.header("cache-control").contains("immutable"));
    assert_eq!(by_id.body, current.body);
    assert_eq!(
        counterfoil_engine::Plan::from_json(&by_id.body)
            .unwrap()
            .id(),
        id
    );

    let again = Request::get("/api/forms/stall/plan")
        .header("if-none-match", format!("W/\"{id}\""))
        .body(Body::empty())
        .unwrap();
    assert_eq!(office.send(again).await.status, StatusCode::NOT_MODIFIED);
    for missing in [
        "/api/forms/none/plan",
        "/api/forms/..%2Fdata/plan",
        "/api/plans/0",
    ] {
        assert_eq!(
            office.get(missing).await.problem(),
            "not-found",
            "{missing}"
        );
    }
}

#[tokio::test]
async fn the_description_covers_every_operation_and_the_report() {
    let office = TestOffice::new().await;
    let document = office.get("/openapi.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    for (path, method) in [
        ("/api/forms", "get"),
        ("/api/forms/{form}/plan", "get"),
        ("/api/plans/{id}", "get"),
        ("/api/forms/{form}/submissions", "post"),
        ("/problems/{code}", "get"),
        ("/.well-known/jwks.json", "get"),
    ] {
        assert!(paths[path][method].is_object(), "{method} {path}");
    }

    let body = office.submit(&honest(&office).await).await.json();
    let described = |schema: &str| {
        let names = document["components"]["schemas"][schema]["properties"]
            .as_object()
            .unwrap();
        names.keys().cloned().collect::<Vec<_>>()
    };
    let known = described("Report");
    for key in body["report"].as_object().unwrap().keys() {
        assert!(known.contains(key), "the description lacks `{key}`");
    }
    for key in body.as_object().unwrap().keys() {
        assert!(
            described("SubmissionResponse").contains(key),
            "the description lacks `{key}`"
        );
    }
    let problem = office
        .submit(&json!({"plan": "", "answers": {}}))
        .await
        .json();
    let help = office.get(problem["type"].as_str().unwrap()).await;
    assert_eq!(help.status, StatusCode::OK);
}

#[tokio::test]
async fn every_response_bears_the_security_headers() {
    let office = TestOffice::new().await;
    for path in [
        "/api/forms",
        "/api/nothing",
        "/openapi.json",
        "/assets/none.js",
    ] {
        let answer = office.get(path).await;
        assert!(
            answer
                .header("content-security-policy")
                .contains("script-src 'self' 'wasm-unsafe-eval'"),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn assets_have_the_types_that_browsers_insist_on() {
    let office = TestOffice::new().await;
    std::fs::create_dir(office.path("assets")).unwrap();
    for (name, type_) in [
        ("engine.wasm", "application/wasm"),
        ("form.js", "text/javascript"),
        ("theme.css", "text/css"),
    ] {
        std::fs::write(office.path("assets").join(name), "").unwrap();
        let answer = office.get(&format!("/assets/{name}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.header("content-type").starts_with(type_),
            "{name}: {}",
            answer.header("content-type")
        );
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    assert_eq!(
        office.get("/assets/../data/receipt-keys.json").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        office
            .get("/assets/..%2fdata%2freceipt-keys.json")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_begins_with_a_dot_in_the_folder_of_a_theme_is_nobodys() {
    let office = TestOffice::new().await;
    let theme = office.path("theme");
    for file in [
        "theme.css",
        "fonts/body.woff2",
        ".git/config",
        "fonts/.env",
        ".htpasswd",
    ] {
        let path = theme.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "secret").unwrap();
    }
    let office = office.restart("2026-06-01T12:00:00Z").await;
    for path in ["theme.css", "fonts/body.woff2"] {
        let answer = office.get(&format!("/theme/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
    for path in [
        ".git/config",
        "fonts/.env",
        "%2ehtpasswd",
        "%2Egit/config",
        "fonts/%2eenv",
        "fonts%2f.env",
        "fonts%2F%2eenv",
    ] {
        let answer = office.get(&format!("/theme/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("secret"), "{path}");
    }
}
