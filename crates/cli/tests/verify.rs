//! `verify` and `receipt verify`: results are computed again and compared.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod common;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use common::{ANSWERS, Fixture};
use counterfoil_engine::{Answers, Context, Plan, Report, evaluate};
use counterfoil_server::receipt::{Claims, SigningKeys};
use serde_json::{Value as Json, json};
use snapbox::str;

const DAY: &str = "2026-06-01";

fn plan(fixture: &Fixture) -> Plan {
    fixture.run(["build", "allotment"]).assert().success();
    Plan::from_json(&fixture.read("allotment.plan.json")).unwrap()
}

fn report(plan: &Plan, answers: &str) -> Report {
    let answers = Answers::from_json(answers).unwrap();
    evaluate(plan, &answers, &Context::on(DAY.parse().unwrap())).unwrap()
}

fn lines(text: &str) -> Vec<Json> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// One submission of each kind.
fn submissions(plan: &Plan) -> String {
    let answers: Json = serde_json::from_str(ANSWERS).unwrap();
    let report = report(plan, ANSWERS);
    let whole: Json = serde_json::from_str(&report.to_json()).unwrap();
    let mut forged = whole.clone();
    forged["decisions"][0]["rules"][1]["holds"] = json!(false);
    let submissions = [
        json!({"plan": plan.id(), "answers": answers, "as_of": DAY, "report_sha256": report.sha256()}),
        answers.clone(),
        json!({"answers": answers, "report": whole, "shown": {"fees.total": "57.00"}}),
        json!({"answers": answers, "report": forged}),
        json!({"answers": answers, "shown": {"fees.total": "56.00"}}),
        json!({"answers": answers, "report_sha256": "0".repeat(64)}),
        json!({"answers": {"resident": "yes"}}),
        json!({"answers": answers, "plan": "f".repeat(64)}),
        json!({"answers": answers, "as_of": "2020-01-01"}),
        json!({"answers": answers, "colour": "blue"}),
    ];
    let mut text: String = submissions.map(|line| format!("{line}\n")).concat();
    text.push_str("\nnot JSON\n");
    text
}

#[test]
fn each_line_is_told_apart() {
    let fixture = Fixture::new();
    let plan = plan(&fixture);
    fixture.write("sent.ndjson", &submissions(&plan));
    let results = lines(&fixture.stdout([
        "verify",
        "allotment.plan.json",
        "sent.ndjson",
        "--as-of",
        DAY,
        "--format",
        "json",
    ]));
    let told: Vec<_> = results
        .iter()
        .filter_map(|result| Some((result["line"].as_u64()?, result["result"].as_str()?)))
        .collect();
    assert_eq!(
        told,
        [
            (1, "matches"),
            (2, "evaluated"),
            (3, "matches"),
            (4, "differs"),
            (5, "differs"),
            (6, "differs"),
            (7, "invalid"),
            (8, "refused"),
            (9, "refused"),
            (10, "unreadable"),
            (12, "unreadable"),
        ]
    );
    assert_eq!(results[0]["report_sha256"], report(&plan, ANSWERS).sha256());
    assert_eq!(
        results[3]["difference"],
        json!({"path": "decisions[0].rules[1].holds", "claimed": "false", "computed": "true"})
    );
    assert_eq!(results.last().unwrap()["summary"]["lines"], 11);
}

#[test]
fn people_are_told_what_is_not_as_it_should_be() {
    let fixture = Fixture::new();
    let plan = plan(&fixture);
    fixture.write("sent.ndjson", &submissions(&plan));
    fixture
        .run(["verify", "allotment", "sent.ndjson", "--as-of", DAY])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
line 4: differs: decisions[0].rules[1].holds: claimed false, computed true
line 5: differs: fees.total: claimed "56.00", computed "57.00"
line 6: differs: the report's hash is claimed as 0000000000000000000000000000000000000000000000000000000000000000, not [..]
line 7: invalid: resident: type
line 8: refused: it names the plan ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, which is not [..]
line 9: refused: the form is in force from 2026-01-01 to …, not on 2020-01-01
line 10: unreadable: not a submission: unknown field `colour`, expected one of `answers`, `plan`, `as_of`, `facts`, `report`, `report_sha256`, `shown`, at column 146
line 12: unreadable: not a submission: expected ident, at column 2
11 submissions: 2 matches, 1 evaluated, 3 differs, 1 invalid, 2 refused, 2 unreadable

"#]]);
}

#[test]
fn honest_submissions_are_fine() {
    let fixture = Fixture::new();
    fixture
        .run(["verify", "allotment", "-", "--as-of", DAY])
        .stdin(format!("{ANSWERS}\n{ANSWERS}"))
        .assert()
        .success()
        .stdout_eq(str![[r#"
2 submissions: 2 evaluated

"#]]);
    fixture
        .run(["verify", "allotment", "-"])
        .stdin("")
        .assert()
        .success()
        .stdout_eq(str![[r#"
0 submissions

"#]]);
    fixture
        .run(["verify", "allotment", "nowhere.ndjson"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: cannot read the submissions nowhere.ndjson: No such file or directory (os error 2)

"#]]);
}

#[test]
fn results_come_in_the_order_of_the_lines() {
    let fixture = Fixture::new();
    let count = 10_000;
    let text: String = (0..count)
        .map(|number| ANSWERS.replace("Ada", &format!("Ada {number}")) + "\n")
        .collect();
    fixture.write("sent.ndjson", &text);
    let results = lines(&fixture.stdout([
        "verify",
        "allotment",
        "sent.ndjson",
        "--as-of",
        DAY,
        "--format",
        "json",
    ]));
    let numbers = results.iter().filter_map(|result| result["line"].as_u64());
    assert!(numbers.eq(1..=count));
    // Each line has a result of its own: the names differ, and so do the hashes.
    let plan = plan(&fixture);
    let last = text.lines().next_back().unwrap();
    let hash = &results[results.len() - 2]["report_sha256"];
    assert_eq!(hash, &json!(report(&plan, last).sha256()));
}

#[test]
fn a_closed_pipe_ends_the_work_in_silence() {
    let fixture = Fixture::new();
    fixture.write("sent.ndjson", &format!("{ANSWERS}\n").repeat(20_000));
    let mut child = Command::new(snapbox::cmd::cargo_bin!("counterfoil"))
        .args(["verify", "allotment", "sent.ndjson", "--format", "json"])
        .current_dir(fixture.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    assert!(first.contains("\"evaluated\""), "{first}");
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(told, "");
}

#[test]
fn receipts_are_proved_offline() {
    let fixture = Fixture::new();
    let plan = plan(&fixture);
    let keys = SigningKeys::open(&fixture.path().join("keys.json")).unwrap();
    let issued_at = "2026-06-01T12:00:00Z".to_owned();
    let claims = Claims::new(
        "7K3M-92QD-0XWT",
        ANSWERS,
        &report(&plan, ANSWERS),
        issued_at,
    );
    fixture.write("receipt.jws", &keys.sign(&claims));
    fixture.write("jwks.json", &serde_json::to_string(keys.public()).unwrap());
    let verify = |format| {
        fixture.run([
            "receipt",
            "verify",
            "receipt.jws",
            "--keys",
            "jwks.json",
            "--plan",
            "allotment.plan.json",
            "--answers",
            "answers.json",
            "--format",
            format,
        ])
    };

    verify("human").assert().success().stdout_eq(str![[r#"
The receipt holds.
  reference  7K3M-92QD-0XWT
  form       allotment
  plan       [..]
  day        2026-06-01
  report     [..]
  total      GBP 57.00
  issued     2026-06-01T12:00:00Z
  key        [..]

"#]]);
    let json: Json = serde_json::from_slice(&verify("json").output().unwrap().stdout).unwrap();
    assert_eq!(json["verified"], true);
    assert_eq!(json["claims"]["report_sha256"], claims.report_sha256);

    fixture.write("answers.json", &ANSWERS.replace("medium", "small"));
    verify("human").assert().code(1).stdout_eq(str![[r#"
The receipt does not hold: the answers are not those that the receipt was given for

"#]]);
    let json: Json = serde_json::from_slice(&verify("json").output().unwrap().stdout).unwrap();
    assert_eq!(json["verified"], false);
    assert!(json["problem"].is_string());
}
