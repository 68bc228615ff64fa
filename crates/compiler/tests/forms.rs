//! The forms of this repository are read without a word.

use std::path::Path;

use counterfoil_compiler::{
    Files,
    definition::{self, LocaleFile},
    render,
};

#[test]
fn every_form_of_the_repository_is_read() {
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
    let mut read = 0;
    for entry in std::fs::read_dir(forms).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("form.yaml").is_file() {
            continue;
        }
        let reading = definition::read(&Files::on_disk(&folder).unwrap());
        let found = render::human(&reading.diagnostics, &reading.sources, false);
        assert_eq!(found, "", "{}", folder.display());
        let form = reading.definition.unwrap();
        assert_eq!(
            Some(form.form.as_str()),
            folder.file_name().unwrap().to_str()
        );
        assert!(form.tables.iter().all(|table| table.complete));
        // The first language has a file of its own only where it replaces words of the compiler.
        for language in &form.languages[1..] {
            let translated = |file: &LocaleFile| file.locale.value == language.as_str();
            assert!(form.locales.iter().any(translated), "{}", language.as_str());
        }
        read += 1;
    }
    assert!(read >= 2);
}
