//! What an office tells of the people that it serves: nothing.

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::http::StatusCode;

use crate::{
    browser::{Browser, hidden_value},
    support::TestOffice,
};

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_hold_no_answer_at_any_level() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    // For the whole process: other tests log into it besides, of other people.
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let office = TestOffice::new().await;
    let mut browser = Browser::default();
    let market = [("stalls", "3"), ("name", "Rumpelstiltskin")];
    let again = browser
        .post(
            &office,
            "/forms/stall/market?from=Rumpelstiltskin",
            &[("name", "Rumpelstiltskin")],
        )
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.post(&office, "/forms/stall/market", &market).await;
    let check = browser.get(&office, "/forms/stall/check-answers").await;
    let key = hidden_value(&check.body, "_key");
    let total = hidden_value(&check.body, "shown.fees.total");
    browser
        .post_on(
            &office,
            "/forms/stall/check-answers/submit",
            &[("_key", key), ("shown.fees.total", total)],
        )
        .await;
    let plan = office.plan().await;
    for answers in [
        r#"{"stalls":1,"name":"Rumpelstiltskin"}"#,
        r#"{"name":"Rumpelstiltskin"}"#,
        r#"["Rumpelstiltskin"]"#,
    ] {
        let body = format!(r#"{{"plan":"{plan}","answers":{answers}}}"#);
        office
            .post_json("/api/forms/stall/submissions", &[], body)
            .await;
    }
    office.get("/Rumpelstiltskin").await;

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("submission stored") && log.contains("/forms/{form}/check-answers/submit"),
        "{log}"
    );
    assert!(!log.contains("Rumpelstiltskin"), "{log}");
    for secret in browser.cookies().values() {
        assert!(!log.contains(secret));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let office = TestOffice::new().await;
    for name in [
        "data",
        "data/counterfoil.sqlite",
        "data/counterfoil.sqlite-wal",
        "data/receipt-keys.json",
    ] {
        let mode = std::fs::metadata(office.path(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}
