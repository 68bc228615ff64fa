//! Files with mistakes of structure: whatever the schema refuses, the compiler refuses at the same place,
//! all of it in one run.

use counterfoil_compiler::{
    Diagnostic, Files, SourceMap, check_shared, compile, definition, form_tests, render, yaml,
};
use counterfoil_engine::Plan;
use counterfoil_schema::{Kind, schema};
use jsonschema::Validator;

use super::{
    SAMPLE, SAMPLE_LOCALE, SAMPLE_SHARED, SAMPLE_TESTS, agree, every_form,
    tree::{Tree, Way},
    view::View,
};

/// A change to a part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Delete,
    Misspell,
    Double,
    Extra,
    Put(&'static str),
    List,
    Mapping,
    Nothing,
}

/// Forms in which several things are changed at once. One mistake may hide another: of limits nothing is told
/// where the type that they go with is none.
const CHANGED_TOGETHER: &[&str] = &["street-party/", "building-permit/", "complaint/"];
/// Changes of one file: with fewer places every change is made in turn, with more each so-manieth.
const CHANGES_OF_A_FILE: usize = 120;

pub const CHANGES: &[Change] = &[
    Change::Delete,
    Change::Misspell,
    Change::Double,
    Change::Extra,
    Change::Put("word"),
    Change::Put("\"Two words\""),
    Change::Put("7"),
    Change::Put("-7.25"),
    Change::Put("true"),
    Change::Put("2026-02-03"),
    Change::Put("[]"),
    Change::Put("{}"),
    Change::List,
    Change::Mapping,
    Change::Nothing,
];

/// A table of cases that the sample's tests name.
const CASES: &str = "test,people\nOne,3\n";

/// Applies a change; whether there was anything to change.
pub fn apply(tree: &mut Tree, way: &Way, change: Change) -> bool {
    let Some((last, above)) = way.split_last() else {
        return false;
    };
    let whole = || Tree::Scalar("whole".to_owned());
    match change {
        Change::Delete | Change::Misspell | Change::Double => match tree.at(above) {
            Some(Tree::Mapping(entries)) if *last < entries.len() => match change {
                Change::Delete => drop(entries.remove(*last)),
                Change::Misspell => {
                    let key = &mut entries[*last].0;
                    let slip = if key.ends_with('x') { 'y' } else { 'x' };
                    key.push(slip);
                }
                _ => entries.push(entries[*last].clone()),
            },
            Some(Tree::List(items)) if *last < items.len() && change == Change::Delete => {
                drop(items.remove(*last));
            }
            _ => return false,
        },
        Change::Extra => match tree.at(way) {
            Some(Tree::Mapping(entries)) => entries.push(("zzzz".to_owned(), whole())),
            Some(Tree::List(items)) => items.push(whole()),
            _ => return false,
        },
        Change::Put(text) => match tree.at(way) {
            Some(part) => *part = Tree::Scalar(text.to_owned()),
            None => return false,
        },
        Change::List => match tree.at(way) {
            Some(part) => *part = Tree::List(vec![part.clone()]),
            None => return false,
        },
        Change::Mapping => match tree.at(way) {
            Some(part) => *part = Tree::Mapping(vec![("within".to_owned(), part.clone())]),
            None => return false,
        },
        Change::Nothing => match tree.at(way) {
            Some(part) => *part = Tree::Empty,
            None => return false,
        },
    }
    true
}

/// Reads a text as the compiler does.
type Read = dyn Fn(&str, Depth) -> Vec<Diagnostic>;

/// A file whose structure is changed, with the schema and compiler that read it.
pub struct Subject {
    pub name: String,
    pub validator: Validator,
    pub tree: Tree,
    read: Box<Read>,
}

/// How much of the compiler reads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The reader alone, which is quick.
    Reader,
    /// The checker as well: it knows the names of formats and messages.
    All,
}

impl Subject {
    pub fn new(
        name: &str,
        kind: Kind,
        text: &str,
        read: impl Fn(&str, Depth) -> Vec<Diagnostic> + 'static,
    ) -> Self {
        Self {
            name: name.to_owned(),
            validator: jsonschema::draft7::new(&schema(kind)).unwrap(),
            tree: Tree::from(&parsed(text).unwrap()),
            read: Box::new(read),
        }
    }

    /// A form; of its other files none is there.
    pub fn form(name: &str, text: &str) -> Self {
        Self::new(name, Kind::Form, text, |text, depth| {
            let files = Files::in_memory([
                ("form.yaml", text),
                ("../shared/sample.yaml", SAMPLE_SHARED),
            ]);
            match depth {
                Depth::Reader => definition::read(&files).diagnostics,
                Depth::All => compile(&files).diagnostics,
            }
        })
    }

    /// Every kind of file.
    pub fn all() -> Vec<Self> {
        let compiled = compile(&Files::in_memory([
            ("form.yaml", SAMPLE),
            ("locales/cy.yaml", SAMPLE_LOCALE),
            ("../shared/sample.yaml", SAMPLE_SHARED),
        ]));
        let found = render::human(&compiled.diagnostics, &compiled.sources, false);
        let plan = Plan::load(compiled.plan.expect(&found)).unwrap();
        let forms = every_form::texts(Kind::Form);
        // Of names that a shared file may declare, which is not there, nothing is told.
        let mut subjects: Vec<Self> = forms
            .iter()
            .filter(|(_, text)| !text.contains("\nuses:"))
            .map(|(name, text)| Self::form(name, text))
            .collect();
        subjects.push(Self::form("sample", SAMPLE));
        subjects.push(Self::new(
            "sample tests",
            Kind::Tests,
            SAMPLE_TESTS,
            move |text, _| {
                form_tests::run(
                    &Files::in_memory([("tests.yaml", text), ("tests/cases.csv", CASES)]),
                    &plan,
                )
                .diagnostics
            },
        ));
        subjects.push(Self::new(
            "sample shared",
            Kind::Shared,
            SAMPLE_SHARED,
            |text, depth| {
                let files = Files::in_memory([("sample.yaml", text)]);
                match depth {
                    Depth::Reader => definition::read_shared(&files).diagnostics,
                    Depth::All => check_shared(&files).diagnostics,
                }
            },
        ));
        subjects.push(Self::new(
            "sample locale",
            Kind::Locale,
            SAMPLE_LOCALE,
            |text, _| {
                let files = Files::in_memory([
                    ("form.yaml", SAMPLE),
                    ("locales/cy.yaml", text),
                    ("../shared/sample.yaml", SAMPLE_SHARED),
                ]);
                let sources = definition::read(&files).sources;
                let locale = sources
                    .files()
                    .find(|(_, file)| file.name() == "locales/cy.yaml");
                let file = locale.unwrap().0;
                let mut found = definition::read(&files).diagnostics;
                found.retain(|diagnostic| diagnostic.span.file == file);
                // The view has a map of its own, with one file.
                for diagnostic in &mut found {
                    diagnostic.span.file = SourceMap::default().add("", "");
                }
                found
            },
        ));
        subjects
    }

    /// What the compiler says of a changed file.
    pub fn diagnostics(&self, tree: &Tree) -> Vec<Diagnostic> {
        (self.read)(&tree.yaml(), Depth::Reader)
    }

    /// Holds the schema to the compiler for a changed file; how many things the schema refuses.
    pub fn hold(&self, tree: &Tree, what: &str) -> usize {
        let text = tree.yaml();
        let mut found = (self.read)(&text, Depth::Reader);
        let Some(root) = parsed(&text) else {
            assert!(!found.is_empty(), "{}, {what}: no YAML\n{text}", self.name);
            return 0;
        };
        let view = View::new(&root);
        let (mut untold, refused) = agree::untold(&self.validator, &view, &found);
        if !untold.is_empty() {
            found = (self.read)(&text, Depth::All);
            untold = agree::untold(&self.validator, &view, &found).0;
        }
        assert!(
            untold.is_empty(),
            "{}, {what}: the compiler does not tell\n  {}\nbut\n  {}\nof\n{text}",
            self.name,
            untold.join("\n  "),
            found
                .iter()
                .map(|d| format!("{} {:?} {}", d.code.id, d.span, d.message))
                .collect::<Vec<_>>()
                .join("\n  "),
        );
        refused
    }
}

/// The tree of a text; none where it is no YAML or a key stands twice.
pub fn parsed(text: &str) -> Option<yaml::Node> {
    let mut sources = SourceMap::default();
    let file = sources.add("form.yaml", text);
    let mut found = Vec::new();
    let root = yaml::parse(&sources, file, &mut found);
    root.filter(|_| found.is_empty())
}

#[test]
fn whatever_a_schema_refuses_the_compiler_refuses_there() {
    let mut files = 0;
    let mut refused = 0;
    for subject in Subject::all() {
        assert_eq!(
            subject.hold(&subject.tree, "as it is"),
            0,
            "{}",
            subject.name
        );
        let ways = subject.tree.ways();
        // Of the samples, which hold whatever the language has, more are made.
        let wanted = match subject.name.starts_with("sample") {
            true => 8 * CHANGES_OF_A_FILE,
            false => CHANGES_OF_A_FILE,
        };
        let most = ways.len() * CHANGES.len() / wanted;
        // With 15 kinds of change, a step without a common measure meets all of them.
        let step = (most.max(7)..).find(|step| step % 3 > 0 && step % 5 > 0);
        let all = ways
            .iter()
            .flat_map(|way| CHANGES.iter().map(move |c| (way, *c)));
        for (way, change) in all.step_by(step.unwrap()) {
            let mut tree = subject.tree.clone();
            if !apply(&mut tree, way, change) || tree == subject.tree {
                continue;
            }
            files += 1;
            let count = subject.hold(&tree, &format!("{change:?} at {way:?}"));
            refused += usize::from(count > 0);
        }
    }
    assert!(files >= 2_000, "{files} files");
    assert!(
        refused >= 1_000,
        "{refused} of {files} files are refused by a schema"
    );
}

#[test]
fn all_mistakes_come_at_once() {
    let mut several = 0;
    let together = |subject: &Subject| {
        let service = subject.name.split("/forms/").nth(1);
        service.is_none_or(|name| CHANGED_TOGETHER.iter().any(|form| name.starts_with(form)))
    };
    for subject in Subject::all().into_iter().filter(together) {
        let ways = subject.tree.ways();
        for round in 0..60_usize {
            let mut tree = subject.tree.clone();
            // Any fixed numbers without a common measure scatter the changes.
            for part in 0..5_usize {
                let way = &ways[(round * 7919 + part * 104_729) % ways.len()];
                let change = CHANGES[(round * 31 + part * 17) % CHANGES.len()];
                if change != Change::Double {
                    apply(&mut tree, way, change);
                }
            }
            several += usize::from(subject.hold(&tree, &format!("round {round}")) > 2);
        }
    }
    assert!(
        several >= 100,
        "{several} files have three mistakes or more"
    );
}
