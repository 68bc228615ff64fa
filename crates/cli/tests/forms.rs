//! `new` and `check`: from nothing to a sound form.

mod common;

use common::Fixture;
use snapbox::str;

#[test]
fn a_new_form_passes_check_and_test() {
    let fixture = Fixture::empty();
    fixture
        .run(["new", "street-party"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Wrote the form street-party. Now try:

  counterfoil check street-party
  counterfoil test street-party
  counterfoil eval street-party street-party/example.json --as-of 2026-06-01

"#]]);
    fixture
        .run(["check", "--deny", "warning", "street-party"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
street-party: no errors, plan [..]

"#]]);
    fixture
        .run(["test", "street-party"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
street-party: 4 passed, 0 failed
  coverage 63%, 23 of 36 (rules 7/8, conditions 6/6, table rows 2/3, periods 3/3, messages 2/13, figures 3/3)
    street-party/form.yaml:30  never: full_name is left empty
    street-party/form.yaml:30  never: full_name is too long
    street-party/form.yaml:36  never: birth_date is left empty
    street-party/form.yaml:36  never: birth_date is no date
    street-party/form.yaml:36  never: birth_date is below its minimum
    street-party/form.yaml:43  never: resident is left empty
    street-party/form.yaml:49  never: plot_size is left empty
    street-party/form.yaml:62  never: plot_number is left empty
    street-party/form.yaml:62  never: plot_number is no number
    street-party/form.yaml:62  never: plot_number is below its minimum
    street-party/form.yaml:62  never: plot_number is above its maximum
    street-party/form.yaml:85  never: rule tenancy.lives_here does not hold
    street-party/tables/plot_rent.csv:4  never: table plot_rent, row 3: `large,82.30`

"#]]);
    fixture
        .run([
            "eval",
            "street-party",
            "street-party/example.json",
            "--as-of",
            "2026-06-01",
        ])
        .assert()
        .success();
}

#[test]
fn new_never_writes_into_a_folder_that_is_there() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/form.yaml",
        "title: Allotment",
        "title: My own work",
    );
    fixture
        .run(["new", "allotment"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: allotment is there already
  choose another name; nothing is ever written over

"#]]);
    assert!(
        fixture
            .read("allotment/form.yaml")
            .contains("title: My own work")
    );
}

#[test]
fn new_refuses_names_that_are_no_form_ids() {
    let fixture = Fixture::empty();
    for name in [
        "Street",
        "forms/Party",
        "..",
        "street_party",
        "street--party",
        "party-",
        "1st",
    ] {
        fixture.run(["new", name]).assert().code(2);
    }
    assert_eq!(std::fs::read_dir(fixture.path()).unwrap().count(), 0);
    fixture
        .run(["new", "Street Party"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: `Street Party` cannot be the name of a form
  use at most 60 small letters, digits and hyphens, a letter first, such as street-party

"#]]);
}

#[test]
fn new_tells_programs_what_it_wrote() {
    let fixture = Fixture::empty();
    for (arguments, folder) in [
        (["new", "allotment", "--dir", "forms"], "forms/allotment"),
        (
            ["new", "more/forms/allotment", "--dir", "."],
            "./more/forms/allotment",
        ),
    ] {
        let [new, name, dir, parent] = arguments;
        let json = fixture.json([new, name, dir, parent, "--format", "json"]);
        assert_eq!(
            (&json["form"], &json["folder"]),
            (&"allotment".into(), &folder.into())
        );
        for file in json["files"].as_array().unwrap() {
            fixture.read(&format!("{folder}/{}", file.as_str().unwrap()));
        }
    }
}

#[test]
fn schema_of_a_kind_of_file_is_the_published_one() {
    let fixture = Fixture::empty();
    let published = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema");
    for kind in ["form", "tests", "locale"] {
        let file = published.join(format!("{kind}.schema.json"));
        let expected = std::fs::read_to_string(file).unwrap();
        assert_eq!(fixture.stdout(["schema", "--of", kind]), expected);
    }
    fixture.run(["schema"]).assert().code(2);
    let both = ["schema", "--of", "form", "allotment"];
    fixture.run(both).assert().code(2);
}

#[test]
fn editors_find_the_schemas_beside_a_new_form() {
    let fixture = Fixture::new();
    for file in ["form", "tests"] {
        let text = fixture.read(&format!("allotment/{file}.yaml"));
        let line = text.lines().next().unwrap();
        let path = line.strip_prefix("# yaml-language-server: $schema=");
        let schema = fixture.read(&format!("allotment/{}", path.unwrap()));
        assert_eq!(schema, fixture.stdout(["schema", "--of", file]));
    }
}

#[test]
fn check_shows_every_mistake_at_its_line() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/form.yaml",
        "require: resident",
        "require: residnt",
    );
    fixture.edit(
        "allotment/form.yaml",
        "amount: water_charge",
        "amount: water_charge + 1.005",
    );
    fixture
        .run(["check", "allotment"])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
error[CF0205]: [..]
  --> allotment/form.yaml:85:18
...
error[CF0601]: [..]
  --> allotment/form.yaml:97:13
...
allotment: 2 errors
More about a code: counterfoil check --explain CF0205

"#]]);
}

#[test]
fn a_form_with_ten_mistakes_gets_ten_diagnostics_in_one_run() {
    let fixture = Fixture::empty();
    let form = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../compiler/tests/fixtures/ten-mistakes"
    );
    fixture.run(["check", form]).assert().code(1);
    let json = fixture.json(["check", form, "--format", "json"]);
    let form = &json["forms"][0];
    assert_eq!(form["errors"], 10);
    let diagnostics = form["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), 10);
    for diagnostic in diagnostics {
        assert!(diagnostic["code"].as_str().unwrap().starts_with("CF"));
        assert!(diagnostic["place"]["line"].as_u64().unwrap() > 0);
    }
}

#[test]
fn check_tells_programs_the_same() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/form.yaml",
        "require: resident",
        "require: residnt",
    );
    fixture.run(["new", "sound"]).assert().success();
    let output = fixture.run(["check", "allotment", "sound", "--format", "json"]);
    let assert = output.assert().code(1);
    let json: serde_json::Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    let [broken, sound] = json["forms"].as_array().unwrap().as_slice() else {
        panic!("{json}");
    };
    assert_eq!(
        (&broken["form"], &broken["errors"]),
        (&"allotment".into(), &1.into())
    );
    assert!(broken["plan"].is_null());
    let diagnostic = &broken["diagnostics"][0];
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(diagnostic["place"]["file"], "allotment/form.yaml");
    assert_eq!(sound["errors"], 0);
    assert_eq!(sound["plan"].as_str().unwrap().len(), 64);
}

#[test]
fn warnings_are_findings_only_where_they_are_denied() {
    let fixture = Fixture::new();
    // A language without its file is a warning.
    fixture.edit("allotment/form.yaml", "  - en\n", "  - en\n  - cy\n");
    fixture.run(["check", "allotment"]).assert().success();
    fixture
        .run(["check", "--deny", "warning", "allotment"])
        .assert()
        .code(1);
}

#[test]
fn notes_are_findings_only_where_they_are_denied() {
    let fixture = Fixture::new();
    // A value that nothing reads and that has no label is a note.
    fixture.edit(
        "allotment/form.yaml",
        "pages:\n",
        "values:\n  spare: 1\npages:\n",
    );
    fixture
        .run(["check", "--deny", "warning", "allotment"])
        .assert()
        .success();
    let output = fixture
        .run(["check", "--deny", "note", "--format", "json", "allotment"])
        .assert()
        .code(1);
    let json: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(json["forms"][0]["notes"], 1);
    assert_eq!(json["forms"][0]["diagnostics"][0]["severity"], "note");
}

#[test]
fn a_folder_without_a_form_is_misuse() {
    let fixture = Fixture::empty();
    for command in ["check", "test", "build"] {
        fixture.run([command, "nowhere"]).assert().code(2);
    }
    fixture
        .run(["check", "nowhere"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: nowhere holds no form.yaml
  name the folder of a form; `counterfoil new my-form` writes one to start from

"#]]);
}

#[test]
fn github_shows_findings_at_their_lines() {
    let fixture = Fixture::new();
    fixture.edit(
        "allotment/tests.yaml",
        "        total: 57.00\n",
        "        total: 58.00\n",
    );
    let test = ["test", "allotment", "--format", "github"];
    fixture.run(test).assert().code(1).stdout_eq(str![[r#"
::error file=allotment/tests.yaml,line=20,title=failed%3A a plot with water::fees.total%0Aexpected 58.00%0Aactual 57.00

"#]]);
    fixture.edit(
        "allotment/form.yaml",
        "require: resident",
        "require: residnt",
    );
    for command in ["check", "test"] {
        let arguments = [command, "allotment", "--format", "github"];
        fixture.run(arguments).assert().code(1).stdout_eq(str![[r#"
::error file=allotment/form.yaml,line=85,endLine=85,col=18,endColumn=24,title=CF0205::[..]%0ADid you mean `resident`?%0AWrite instead: resident

"#]]);
    }
}
