//! Receipts prove a case without the office.

use counterfoil_server::receipt::{ReceiptError, verify};
use serde_json::{Value, json};

use crate::support::TestOffice;

struct Case {
    receipt: String,
    reference: Value,
    jwks: String,
    plan: String,
    answers: String,
}

async fn case(office: &TestOffice) -> Case {
    let plan = office.plan().await;
    let answers = r#"{ "stalls": 3.0,  "name": "Ada" }"#.to_owned();
    let body = office
        .post_json(
            "/api/forms/stall/submissions",
            &[],
            format!(r#"{{"plan":"{plan}", "answers": {answers} }}"#),
        )
        .await
        .json();
    Case {
        receipt: body["receipt"].as_str().unwrap().to_owned(),
        reference: body["reference"].clone(),
        jwks: office.get("/.well-known/jwks.json").await.body,
        plan: office.get(&format!("/api/plans/{plan}")).await.body,
        answers,
    }
}

impl Case {
    fn verify(&self) -> Result<counterfoil_server::receipt::Verified, ReceiptError> {
        verify(&self.receipt, &self.jwks, &self.plan, &self.answers, &[])
    }
}

#[tokio::test]
async fn a_receipt_verifies_offline_and_years_later() {
    let office = TestOffice::new().await;
    let case = case(&office).await;
    office.write_form("99.00");
    drop(office.restart("2036-01-01T00:00:00Z").await);
    let verified = case.verify().unwrap();
    assert_eq!(json!(verified.claims.reference), case.reference);
    assert_eq!(verified.claims.as_of.to_string(), "2026-06-01");
    assert_eq!(verified.claims.issued_at, "2026-06-01T12:00:00Z");
    assert_eq!(verified.claims.total.as_ref().unwrap().amount, "35.40");
    assert_eq!(
        serde_json::to_value(&verified.claims.verdicts).unwrap(),
        json!({"market": "eligible"})
    );
    assert_eq!(verified.report.sha256(), verified.claims.report_sha256);
}

#[tokio::test]
async fn white_space_around_the_files_does_no_harm() {
    let office = TestOffice::new().await;
    let mut case = case(&office).await;
    for text in [&mut case.receipt, &mut case.plan, &mut case.answers] {
        text.push('\n');
    }
    case.verify().unwrap();
}

#[tokio::test]
async fn no_part_of_a_receipt_can_be_altered() {
    let office = TestOffice::new().await;
    let case = case(&office).await;
    for place in (0..case.receipt.len()).step_by(7) {
        let mut bytes = case.receipt.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(bytes).unwrap();
        assert!(
            verify(&altered, &case.jwks, &case.plan, &case.answers, &[]).is_err(),
            "byte {place}"
        );
    }
    for cut in ["", ".", "..", case.receipt.split_once('.').unwrap().1] {
        assert!(matches!(
            verify(cut, &case.jwks, &case.plan, &case.answers, &[]),
            Err(ReceiptError::Jws(_))
        ));
    }
}

#[tokio::test]
async fn other_answers_plans_and_keys_are_told_apart() {
    let office = TestOffice::new().await;
    let case = case(&office).await;
    let other_answers = case.answers.replace("Ada", "Bob");
    assert_eq!(
        verify(&case.receipt, &case.jwks, &case.plan, &other_answers, &[]),
        Err(ReceiptError::OtherAnswers)
    );

    office.write_form("12.50");
    let other_plan = office.get("/api/forms/stall/plan").await.body;
    assert!(matches!(
        verify(&case.receipt, &case.jwks, &other_plan, &case.answers, &[]),
        Err(ReceiptError::OtherPlan { .. })
    ));
    let broken_plan = case.plan.replace("11.8", "11.9");
    assert!(matches!(
        verify(&case.receipt, &case.jwks, &broken_plan, &case.answers, &[]),
        Err(ReceiptError::Plan(_))
    ));

    let stranger = TestOffice::new().await;
    let strange_keys = stranger.get("/.well-known/jwks.json").await.body;
    assert!(matches!(
        verify(&case.receipt, &strange_keys, &case.plan, &case.answers, &[]),
        Err(ReceiptError::UnknownKey(_))
    ));
    // A stranger's key under the office's name does not pass for it: the name is the key's thumbprint.
    let mut keys: Value = serde_json::from_str(&strange_keys).unwrap();
    let ours: Value = serde_json::from_str(&case.jwks).unwrap();
    keys["keys"][0]["kid"] = ours["keys"][0]["kid"].clone();
    assert!(matches!(
        verify(
            &case.receipt,
            &keys.to_string(),
            &case.plan,
            &case.answers,
            &[]
        ),
        Err(ReceiptError::UnknownKey(_))
    ));
}
