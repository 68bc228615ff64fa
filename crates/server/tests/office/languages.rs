//! Which languages an office offers.

use crate::{browser::Browser, support::TestOffice};

const CHOICE: &str = "/forms/stall?lang=es";

/// What the office offers: the languages that the API names, and whether the form's page and the
/// catalogue can be had in Spanish.
async fn offered(office: &TestOffice) -> (Vec<String>, bool) {
    let forms = office.get("/api/forms").await.json();
    let languages = forms[0]["languages"].as_array().unwrap();
    let languages = languages.iter().map(|tag| tag.as_str().unwrap().to_owned());
    let mut browser = Browser::default();
    let asked = browser.get(office, CHOICE).await.body;
    let catalogue = browser.get(office, "/?lang=es").await.body;
    let spanish = |page: &str| page.contains("class=\"govuk-template\" lang=\"es\"");
    assert_eq!(spanish(&asked), spanish(&catalogue));
    assert_eq!(spanish(&asked), asked.contains("Alquilar un puesto"));
    assert_eq!(spanish(&asked), catalogue.contains("Alquilar un puesto"));
    // The choice of languages, where there is one, leads to the others.
    assert_eq!(spanish(&asked), asked.contains("?lang=en"));
    assert_eq!(spanish(&asked), catalogue.contains("?lang=en"));
    (languages.collect(), spanish(&asked))
}

#[tokio::test]
async fn a_draft_is_shown_only_where_the_operator_says_so() {
    let office = TestOffice::new().await;
    let english = vec!["en".to_owned()];
    let both = vec!["en".to_owned(), "es".to_owned()];
    office.write_spanish("draft");
    assert_eq!(offered(&office).await, (english, false));
    office.write_spanish("reviewed");
    assert_eq!(offered(&office).await, (both.clone(), true));
    office.write_spanish("draft");
    let office = office.with_drafts().await;
    assert_eq!(offered(&office).await, (both, true));
}

/// A language that is held back again, after somebody began in it, costs no answer.
#[tokio::test]
async fn an_application_begun_in_a_language_goes_on_in_the_first() {
    let office = TestOffice::new().await;
    office.write_spanish("reviewed");
    let mut browser = Browser::default();
    browser.get(&office, CHOICE).await;
    browser
        .post_on(&office, "/forms/stall/check-answers/example", &[])
        .await;
    let record = browser.get(&office, "/forms/stall/team/1").await;
    assert!(record.body.contains("value=\"12,5\""), "{}", record.body);
    office.write_spanish("draft");
    let record = browser.get(&office, "/forms/stall/team/1").await;
    assert!(
        record.body.contains("govuk-template\" lang=\"en\""),
        "{}",
        record.body
    );
    assert!(record.body.contains("value=\"12.5\""), "{}", record.body);
}

/// The first language is the form's own, whatever a file of words says.
#[tokio::test]
async fn the_first_language_is_always_offered() {
    let office = TestOffice::new().await;
    std::fs::create_dir_all(office.path("forms/stall/locales")).unwrap();
    std::fs::write(
        office.path("forms/stall/locales/en.yaml"),
        "status: draft\nui.continue: Go on\n",
    )
    .unwrap();
    let page = office.get("/forms/stall").await;
    assert!(
        page.body.contains("govuk-template\" lang=\"en\""),
        "{}",
        page.body
    );
}
