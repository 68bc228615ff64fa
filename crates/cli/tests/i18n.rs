//! `i18n`: to the translators and back.

#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

mod common;

use std::{fs, path::Path};

use common::Fixture;
use rayon::prelude::*;
use serde_json::json;
use snapbox::{assert_data_eq, str};

const LOCALE: &str = "allotment/locales/fr.yaml";

/// The form `allotment` in English and French, with two texts in French and their comments.
fn fixture() -> Fixture {
    let fixture = Fixture::new();
    fixture.edit("allotment/form.yaml", "  - en\n", "  - en\n  - fr\n");
    fixture.write(
        LOCALE,
        "# Reviewed by the translation service.\nstatus: reviewed\n\n# The town's own name for it.\n\
         page.plot.title: Le jardin\nrule.tenancy.old_enough: |\n  Il faut avoir\n  {minimum_age} ans\n",
    );
    fixture
}

fn extract(fixture: &Fixture) -> String {
    fixture.stdout(["i18n", "extract", "allotment", "--locale", "fr", "-o", "-"])
}

/// Merges a file that must be refused, and says what is told; nothing may have been written.
fn refusal(fixture: &Fixture, xliff: &str) -> String {
    let before = fixture.read(LOCALE);
    fixture.write("back.xlf", xliff);
    let output = fixture
        .run(["i18n", "merge", "allotment", "back.xlf"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fixture.read(LOCALE), before);
    String::from_utf8(output.stderr).unwrap()
}

fn unit(key: &str, source: &str, target: &str) -> String {
    format!(
        "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='en' trgLang='fr'>\n\
         <file id='allotment'>\n<unit id='{key}'><segment><source>{source}</source>\n\
         <target>{target}</target></segment></unit>\n</file></xliff>"
    )
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn texts_go_out_with_their_key_place_placeholders_and_translation() {
    let xliff = extract(&fixture());
    let units = |key: &str| {
        let start = xliff.find(&format!("<unit id=\"{key}\">")).unwrap();
        let end = xliff[start..].find("</unit>").unwrap();
        xliff[start..start + end].to_owned()
    };
    assert_data_eq!(
        units("rule.tenancy.old_enough"),
        str![[r#"
<unit id="rule.tenancy.old_enough">
      <notes>
        <note category="location">allotment/form.yaml:83</note>
        <note category="placeholders">{minimum_age}</note>
      </notes>
      <segment state="translated">
        <source>Tenants must be at least <ph id="1" disp="{minimum_age}"/> years old</source>
        <target>Il faut avoir
<ph id="1" disp="{minimum_age}"/> ans</target>
      </segment>
    
"#]]
    );
    assert!(units("fee.rent.label").contains("<segment state=\"initial\">"));
    assert!(!units("fee.rent.label").contains("<target>"));
}

#[test]
fn what_comes_back_is_taken_as_a_draft_and_the_rest_stays_as_it_was_written() {
    let fixture = fixture();
    let source = "Tenants must be at least <ph id='1' disp='{minimum_age}'/> years old";
    let target = "Âge&#160;: <![CDATA[au moins]]> <ph id='1'/> ans";
    fixture.write("back.xlf", &unit("rule.tenancy.old_enough", source, target));
    fixture
        .run(["i18n", "merge", "allotment", "back.xlf"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
allotment/locales/fr.yaml: 1 text is new, and the file is a draft
  without a translation:
    form.title
    form.introduction
    page.about_you.title
    decision.tenancy.title
    fee.rent.label
    fee.water.label
    fee.second_plot.label
    field.full_name.label
    field.full_name.name
    field.birth_date.label
    and 12 more

"#]]);
    fixture.write(
        "back.xlf",
        &unit("fee.rent.label", "Rent for a year", "Loyer d’un an"),
    );
    let told = fixture.json(["i18n", "merge", "allotment", "back.xlf", "--format", "json"]);
    assert_eq!(told["changed"], json!(["fee.rent.label"]));
    assert_eq!(told["missing"].as_array().unwrap().len(), 21);
    assert_data_eq!(
        fixture.read(LOCALE),
        str![[r#"
# Reviewed by the translation service.
status: draft

# The town's own name for it.
page.plot.title: Le jardin
fee.rent.label: Loyer d’un an
rule.tenancy.old_enough: "Âge : au moins {minimum_age} ans"

"#]]
    );
    fixture.run(["check", "allotment"]).assert().success();
}

#[test]
fn a_first_translation_makes_the_locale_file() {
    let fixture = fixture();
    fs::remove_file(fixture.path().join(LOCALE)).unwrap();
    fixture.write(
        "back.xlf",
        &unit("page.plot.title", "The plot", "Le jardin"),
    );
    fixture
        .run(["i18n", "merge", "allotment", "back.xlf"])
        .assert()
        .success();
    assert_eq!(
        fixture.read(LOCALE),
        "status: draft\npage.plot.title: Le jardin\n"
    );
}

/// For every form and language: what goes out and comes back unchanged changes no byte; each text
/// changed and changed back is what it was.
#[test]
fn a_round_trip_loses_nothing_for_any_form() {
    let fixture = Fixture::empty();
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
    copy(&forms, &fixture.path().join("forms"));
    let mut names: Vec<String> = fs::read_dir(&forms)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|name| forms.join(name).join("form.yaml").exists());
    let trips = names.par_iter().map(|name| round_trips(&fixture, name));
    let trips: usize = trips.sum();
    assert!(trips >= 10, "{trips}");
}

/// Sends the texts of a form out and takes them back, in each of its languages but the first.
fn round_trips(fixture: &Fixture, name: &str) -> usize {
    let form = format!("forms/{name}");
    let plan = fixture.stdout(["build", &form, "-o", "-"]);
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let languages = plan["parts"]["rules"]["languages"].as_array().unwrap();
    for locale in languages.iter().skip(1).map(|tag| tag.as_str().unwrap()) {
        let file = format!("{form}/locales/{locale}.yaml");
        let before = fixture.read(&file);
        let out = || fixture.stdout(["i18n", "extract", &form, "--locale", locale, "-o", "-"]);
        let merge = |xliff: &str| {
            let back = format!("{name}.xlf");
            fixture.write(&back, xliff);
            let merge = fixture.run(["i18n", "merge", &form, &back]);
            merge.assert().success();
        };
        let first = out();
        let keys = before.lines().filter_map(|line| line.split_once(": "));
        for (key, _) in keys.filter(|(key, _)| key.contains('.') && !key.contains([' ', '#'])) {
            let unit = format!("<unit id=\"{key}\">");
            assert!(first.contains(&unit), "{form} {locale} {key}");
        }
        merge(&first);
        assert_eq!(fixture.read(&file), before);
        let changed = first.replace("</target>", " #: x</target>");
        merge(&changed);
        assert_eq!(out(), changed, "{form} {locale}");
        merge(&first);
        assert_eq!(out(), first, "{form} {locale}");
    }
    languages.len() - 1
}

#[test]
fn what_the_form_does_not_have_is_refused() {
    let fixture = fixture();
    let said = refusal(&fixture, &unit("page.plat.title", "The plot", "Le jardin"));
    assert_data_eq!(
        said,
        str![[r#"
counterfoil: back.xlf:3: the form has no text `page.plat.title` to translate
  nothing was written

"#]]
    );
    let said = refusal(
        &fixture,
        &unit("page.plot.title", "The plot", "Parcelle").replace("id='allotment'", "id='other'"),
    );
    assert!(said.contains("holds texts of the form `other`, and this is `allotment`"));
    let said = refusal(
        &fixture,
        &unit("page.plot.title", "The plot", "Parcelle").replace("trgLang='fr'", "trgLang='de'"),
    );
    assert!(said.contains("the form has no language `de`"), "{said}");
}

#[test]
fn a_lost_or_invented_placeholder_is_refused() {
    let fixture = fixture();
    let source = "Tenants must be at least <ph id='1' disp='{minimum_age}'/> years old";
    for (target, has) in [
        ("Il faut être adulte", "none"),
        (
            "Il faut avoir <ph id='1'/> ou <ph id='1'/> ans",
            "{minimum_age} {minimum_age}",
        ),
        ("Il faut avoir <ph id='x' disp='{age}'/> ans", "{age}"),
        ("Il faut avoir {minimum_age} ans", "none"),
    ] {
        let said = refusal(&fixture, &unit("rule.tenancy.old_enough", source, target));
        let expected = format!("are {{minimum_age}}, and the translation has {has}\n");
        assert!(said.contains(&expected), "{said}");
    }
    let target = "Il faut avoir <ph id='7'/> ans";
    let said = refusal(&fixture, &unit("rule.tenancy.old_enough", source, target));
    assert!(
        said.contains("nothing says what the placeholder `7` stands for"),
        "{said}"
    );
}

#[test]
fn a_broken_file_is_refused_with_its_line() {
    let fixture = fixture();
    let whole = unit("page.plot.title", "The plot", "Parcelle");
    let twice = whole.replace(
        "</file>",
        "<unit id='page.plot.title'><segment><source>The plot</source></segment></unit></file>",
    );
    for (xliff, said) in [
        (String::new(), "back.xlf:1: the file holds no XLIFF"),
        (
            "msgid \"\"\nmsgstr \"\"\n".to_owned(),
            "the file holds no XLIFF",
        ),
        (
            "<html></html>".to_owned(),
            "back.xlf:1: the file begins with <html>",
        ),
        (
            whole.replace("version='2.0'", "version='1.2'"),
            "the file is not of XLIFF version 2",
        ),
        (
            whole.replace("</file></xliff>", ""),
            "the file ends before `</xliff>`",
        ),
        (whole.replace("</target>", "</source>"), "back.xlf:4: "),
        (whole.replace("Parcelle", "&nosuch;"), "back.xlf:4: "),
        (
            format!("<!DOCTYPE xliff [<!ENTITY a 'b'>]>{whole}"),
            "a document type has no place in XLIFF",
        ),
        (twice, "the text `page.plot.title` is there twice"),
    ] {
        let told = refusal(&fixture, &xliff);
        assert!(told.contains(said), "{told}");
        assert!(told.contains("nothing was written"), "{told}");
    }
}

/// A translation of what the form said before may say what is no longer so.
#[test]
fn a_translation_of_a_text_that_has_changed_is_left_out() {
    let fixture = fixture();
    let before = fixture.read(LOCALE);
    fixture.write(
        "back.xlf",
        &unit("page.plot.title", "Your plot", "Votre parcelle"),
    );
    let told = fixture.run(["i18n", "merge", "allotment", "back.xlf"]);
    let told = told.output().unwrap();
    assert_eq!(told.status.code(), Some(1));
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains(
        "left out, since the text has changed that was translated:\n    page.plot.title\n"
    ));
    assert_eq!(fixture.read(LOCALE), before);
}

#[test]
fn texts_go_out_in_the_form_s_further_languages_only() {
    let fixture = fixture();
    fixture
        .run(["i18n", "extract", "allotment", "--locale", "en"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: `en` is the form's first language
  its texts stand in form.yaml; name a language to translate into

"#]]);
    fixture
        .run(["i18n", "extract", "allotment", "--locale", "de"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: the form has no language `de`
  add it to `languages` in allotment/form.yaml, where now are en, fr

"#]]);
    fixture
        .run(["i18n", "extract", "allotment", "--locale", "fr"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
allotment.fr.xlf: [..] texts, [..] of them to be translated

"#]]);
}

#[test]
fn every_form_of_a_text_goes_out_and_comes_back_by_itself() {
    let fixture = fixture();
    fixture.edit(
        "allotment/form.yaml",
        "checks:\n",
        "checks:\n  - check: wait\n    at: birth_date\n    \
         require: age_on(birth_date, today) >= waiting_years\n    say:\n      \
         one: Wait {waiting_years} year\n      other: Wait {waiting_years} years\n",
    );
    fixture.edit(
        "allotment/form.yaml",
        "parameters:\n",
        "parameters:\n  waiting_years:\n    type: integer\n    periods:\n      - value: 1\n      \
         - from: 2027-01-01\n        value: 2\n",
    );
    let xliff = extract(&fixture);
    for (form, source) in [("one", "year"), ("other", "years")] {
        let start = xliff
            .find(&format!("<unit id=\"check.wait.{form}\">"))
            .unwrap();
        let unit = &xliff[start..start + xliff[start..].find("</unit>").unwrap()];
        assert!(
            unit.contains(&format!("<note category=\"form\">{form}: for ")),
            "{unit}"
        );
        let text =
            format!("<source>Wait <ph id=\"1\" disp=\"{{waiting_years}}\"/> {source}</source>");
        assert!(unit.contains(&text), "{unit}");
    }
    assert!(!xliff.contains("<unit id=\"check.wait\">"));

    // The form of all other numbers is needed before a locale file can have the text.
    let year = "Wait <ph id='1' disp='{waiting_years}'/> year";
    fixture.write("back.xlf", &unit("check.wait.one", year, "Attendez un an"));
    let told = fixture.json(["i18n", "merge", "allotment", "back.xlf", "--format", "json"]);
    assert_eq!(told["changed"], json!([]));
    let missing = told["missing"].as_array().unwrap();
    assert!(missing.contains(&json!("check.wait.one")));

    let years = format!("{year}s");
    fixture.write(
        "back.xlf",
        &unit("check.wait.other", &years, "Attendez <ph id='1'/> ans"),
    );
    let told = fixture.json(["i18n", "merge", "allotment", "back.xlf", "--format", "json"]);
    assert_eq!(told["changed"], json!(["check.wait"]));
    fixture.write("back.xlf", &unit("check.wait.one", year, "Attendez un an"));
    let told = fixture.json(["i18n", "merge", "allotment", "back.xlf", "--format", "json"]);
    assert_eq!(told["changed"], json!(["check.wait"]));
    let locale = fixture.read(LOCALE);
    assert!(
        locale.contains(
            "check.wait:\n  one: Attendez un an\n  other: Attendez {waiting_years} ans\n"
        ),
        "{locale}"
    );
    // What went in comes out again, and is not new when it comes back.
    fixture.write("again.xlf", &extract(&fixture));
    let told = fixture.json([
        "i18n",
        "merge",
        "allotment",
        "again.xlf",
        "--format",
        "json",
    ]);
    assert_eq!(told["changed"], json!([]));
    fixture.run(["check", "allotment"]).assert().success();

    let other = unit(
        "check.wait.other",
        &years,
        "Attendez <ph id='9' disp='{age}'/> ans",
    );
    assert!(refusal(&fixture, &other).contains("`check.wait.other`"));
}
