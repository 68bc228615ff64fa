//! The list of the diagnostics' pages, made from the codes.

use counterfoil_compiler::codes::{ALL, Code};

/// What the codes of a family are about, by their first four characters.
const FAMILIES: &[(&str, &str)] = &[
    ("CF01", "Files, YAML and how things are written"),
    ("CF02", "Names"),
    ("CF03", "Types and units"),
    ("CF04", "Answers that may be blank"),
    ("CF05", "Tables"),
    ("CF06", "Numbers, money and rounding"),
    ("CF07", "Circles, and functions that ask for too much"),
    ("CF08", "Texts and languages"),
    ("CF09", "Tests beside the form"),
    ("CF10", "What is proved of the whole form"),
    ("CF11", "Privacy"),
];

/// The page of a code, from the repository's root.
pub fn page_of(code: &Code) -> String {
    format!("docs/diagnostics/{}.md", code.id)
}

/// The text of `docs/diagnostics/README.md`.
pub fn index() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         <!-- Made from the compiler's codes by the tests of tests/docs; change those. -->\n\n\
         Each message of `counterfoil check` and `counterfoil test` has a code. A code never changes its\n\
         meaning. Each page here shows what brings the message about and what to write instead; the same\n\
         pages are in the command: `counterfoil check --explain CF0205`.\n",
    );
    let mut family = "";
    for code in ALL {
        let of_code = &code.id[..4];
        if of_code != family {
            family = of_code;
            let title = FAMILIES.iter().find(|(id, _)| *id == family);
            let title = title.map_or(family, |(_, title)| title);
            text.push_str(&format!(
                "\n## {title}\n\n| code | what it says |\n|---|---|\n"
            ));
        }
        text.push_str(&format!("| [{0}]({0}.md) | {1} |\n", code.id, code.title));
    }
    text
}
