//! The command line as people type it.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use counterfoil_engine::date::Day;
use counterfoil_server::Origin;

/// Forms, rules and fees of a public service: checked before they are published, computed alike on
/// both sides of the counter.
#[derive(Debug, Parser)]
#[command(
    name = "counterfoil",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 findings (such as errors in a form, failed tests, answers that \
                  are not complete), 2 misuse, or a file that cannot be read or written."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a small form that passes `check` and `test`, to start from
    New(New),
    /// Check forms and say what to write instead of each mistake
    Check(Check),
    /// Run the tests that stand beside forms, in their tests.yaml
    Test(Test),
    /// Compare two versions of a form by what they do
    ///
    /// Both are run over the cases of their tests, over generated answers and, if given, over recorded
    /// submissions: what became dearer or cheaper, who gains or loses which verdict, what is refused
    /// now, and what breaks answers that were kept.
    Diff(Diff),
    /// Compile a form to a plan that can be published
    Build(Build),
    /// Print the JSON Schema (2020-12) of a form's answers, or that of a form's own files
    Schema(Schema),
    /// Write TypeScript types of a form's answers, values, decisions and fees
    Types(Types),
    /// Evaluate answers: errors, verdicts and fees
    Eval(Eval),
    /// Say why a figure or verdict is what it is
    Explain(Explain),
    /// Evaluate submissions again and compare them with what they claim
    ///
    /// Each line is one submission, {"answers": {…}} with any of "plan", "as_of", "facts", "report",
    /// "report_sha256" and "shown" (figures by path, such as fees.total), or one object of bare
    /// answers. Results come in the order of the lines; people are shown those that are not fine.
    Verify(Verify),
    /// Offer forms as web pages and take submissions
    Serve(Serve),
    /// Hand the texts of forms to translators, and take translations back
    #[command(subcommand)]
    I18n(I18n),
    /// Work with receipts
    #[command(subcommand)]
    Receipt(Receipt),
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// For programs; the shape is described at the end of the command's --help
    Json,
}

/// How what was found in the files of forms is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// For people
    #[default]
    Human,
    /// For programs; the shape is described at the end of the command's --help
    Json,
    /// For GitHub, which shows findings beside the lines of a pull request
    Github,
}

/// The choice of output, for commands that find something in the files of forms.
#[derive(Debug, Args)]
pub struct Findings {
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: FindingsFormat,
}

/// The choice of output, for all commands that report.
#[derive(Debug, Args)]
pub struct Output {
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

/// `counterfoil new`
#[derive(Debug, Args)]
#[command(after_long_help = "JSON: {\"form\", \"folder\", \"files\": [path, …]}")]
pub struct New {
    /// The form's folder, whose name becomes the form's id, such as street-party or
    /// forms/street-party
    pub name: PathBuf,
    /// The folder in which the form's folder is made, with those above it
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
    /// How to print the result.
    #[command(flatten)]
    pub output: Output,
}

/// `counterfoil check`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: {\"forms\": [{\"form\": folder, \"plan\": id or null, \"errors\": count, \
                       \"warnings\": count, \"notes\": count, \"diagnostics\": [{\"code\", \"severity\", \"message\", …}]}]}"
)]
pub struct Check {
    /// Folders of forms
    #[arg(required_unless_present = "explain", value_name = "FORM")]
    pub forms: Vec<PathBuf>,
    /// Say what a code such as CF0205 is about, with an example of what is wrong and what is right
    #[arg(long, value_name = "CODE", conflicts_with = "forms")]
    pub explain: Option<String>,
    /// Findings that shall count as errors
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub deny: Option<Deny>,
    /// How to print the result.
    #[command(flatten)]
    pub output: Findings,
}

/// What `--deny` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings and notes, such as what could not be proved, are findings as errors are
    Note,
    /// Warnings are findings as errors are
    Warning,
}

/// `counterfoil test`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: {\"forms\": [{\"form\": folder, \"passed\": count, \"failed\": count, \
                       \"diagnostics\": [as of check], \"tests\": [{\"test\", \"file\", \"line\", \
                       \"passed\", \"refused\": text or null, \"differences\": [{\"path\", \"line\", \
                       \"expected\", \"actual\", \"because\": text or null}]}], \"coverage\": {\"percent\", \"covered\", \"total\", \
                       \"by_category\": {category: {\"covered\", \"total\"}}, \
                       \"gaps\": [{\"site\", \"outcome\", \"category\", \"text\", \"place\": {\"file\", \
                       \"line\"} or null}], \"impossible\": [as of gaps, with \"reason\"]} or null, \"suggestions\" (with --suggest): {\"tests\": [{\"test\", \
                       \"covers\": [text], \"as_of\", \"facts\", \"answers\", \"expect\"}], \"unreached\": \
                       [as of gaps]}}]}"
)]
pub struct Test {
    /// Folders of forms
    #[arg(required = true, value_name = "FORM")]
    pub forms: Vec<PathBuf>,
    /// Least coverage that is fine, in whole per cent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min_coverage: Option<u8>,
    /// Suggest tests for what is not covered: the smallest answers, with the report as it is today,
    /// for you to confirm. They go to the end of FILE, or to the standard output
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    pub suggest: Option<PathBuf>,
    /// How to print the result.
    #[command(flatten)]
    pub output: Findings,
}

/// `counterfoil diff`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: {\"same\", \"texts_only\": true or false, \"definitions\": [{\"name\", \"text\"}], \
                       \"texts\": [{\"locale\": text or null, \"key\"}], \"drafts\": [{\"path\", \"text\"}], \
                       \"changes\": [{\"kind\", \"target\", \"causes\": [text], \"cases\", \"submissions\": \
                       count, \"between\": [least, greatest] of amounts, \"smallest\": {\"origin\", \"as_of\", \
                       \"facts\", \"answers\", \"old\", \"new\"}}], \"compared\": {\"tests\", \"generated\", \
                       \"submissions\": count}}. Exit code 0 where nothing differs, 1 where something does."
)]
pub struct Diff {
    /// Folder of the old version, or its built plan
    pub old: PathBuf,
    /// Folder of the new version, or its built plan
    pub new: PathBuf,
    /// Recorded submissions as NDJSON, as `verify` takes them
    #[arg(long, value_name = "FILE")]
    pub submissions: Option<PathBuf>,
    /// Usual day of generated cases [default: that of the first test]
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<Day>,
    /// How to print the result.
    #[command(flatten)]
    pub output: Output,
}

/// `counterfoil build`
#[derive(Debug, Args)]
#[command(after_long_help = "JSON: {\"form\", \"plan\": id, \"file\", \"bytes\": count}")]
pub struct Build {
    /// Folder of the form
    pub form: PathBuf,
    /// Where the plan goes; `-` is the standard output [default: FORM.plan.json]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

/// `counterfoil schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// Folder of the form, or a built plan
    #[arg(required_unless_present = "of")]
    pub form: Option<PathBuf>,
    /// Print the schema of a kind of file in place of that of answers, for editors
    #[arg(long, value_enum, value_name = "FILE", conflicts_with_all = ["form", "locale"])]
    pub of: Option<SourceFile>,
    /// Language of titles and descriptions [default: the form's first]
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
}

/// `counterfoil types`
#[derive(Debug, Args)]
pub struct Types {
    /// Folder of the form, or a built plan
    pub form: PathBuf,
    /// Where the types go; `-` is the standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Language of the comments [default: the form's first]
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
}

/// What `schema --of` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SourceFile {
    /// A form's form.yaml
    Form,
    /// A form's tests.yaml
    Tests,
    /// A form's texts in a further language, such as locales/cy.yaml
    Locale,
    /// A file that forms share, such as shared/holidays.yaml
    Shared,
}

/// Answers to a form and what they are evaluated with.
#[derive(Debug, Args)]
pub struct Case {
    /// Folder of the form, or a built plan
    pub form: PathBuf,
    /// File with the answers, one JSON object; `-` is the standard input
    pub answers: PathBuf,
    /// Day of evaluation, such as 2026-01-31 [default: today in the form's time zone]
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<Day>,
    /// File with the office's facts, one JSON object
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// Language of the result [default: the form's first]
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
}

/// `counterfoil eval`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: the report, byte for byte (its SHA-256 is the report's hash). Exit code 0 \
                       means that the answers are complete, whatever the verdict."
)]
pub struct Eval {
    /// What to evaluate.
    #[command(flatten)]
    pub case: Case,
    /// How to print the result.
    #[command(flatten)]
    pub output: Output,
}

/// `counterfoil explain`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: {\"kind\": what it is, such as fee, rule, parameter or calculation, \"node\": id \
                       or null, \"label\": text or null, \"value\": text or null, \"text\": the whole as a \
                       sentence, \"source\": text or null, \"expression\": text or null, \"because\": [the \
                       same, …]}"
)]
pub struct Explain {
    /// What to evaluate.
    #[command(flatten)]
    pub case: Case,
    /// What to explain: fees.total, fees.LINE, values.VALUE, decisions.DECISION,
    /// rules.DECISION.RULE, checks.CHECK, parameters.PARAMETER, tables.TABLE, facts.FACT, or the path
    /// of a question such as `streets[0].metres`
    pub node: String,
    /// Show the form's expressions as well
    #[arg(long)]
    pub expressions: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ExplainFormat,
}

/// How an explanation is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people
    #[default]
    Human,
    /// For programs; the shape is described at the end of the command's --help
    Json,
    /// For people, as a page that stands by itself
    Html,
}

/// `counterfoil verify`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: one object a line, {\"line\", \"result\": matches, evaluated (nothing was \
        claimed), differs, invalid, refused or unreadable, \"status\", \"report_sha256\", \"problem\", \
        \"difference\": {\"path\", \"claimed\", \"computed\"}}, each but the first two null where it does \
        not apply; then one line {\"summary\": {\"lines\", <result>: count, …}}. Exit code 1 where any \
        result is differs, invalid, refused or unreadable."
)]
pub struct Verify {
    /// Folder of the form, or a built plan
    #[arg(value_name = "PLAN_OR_FORM")]
    pub form: PathBuf,
    /// Submissions as NDJSON, one JSON object a line; `-` is the standard input
    pub file: PathBuf,
    /// Day of evaluation of lines without `as_of` [default: today in the form's time zone]
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<Day>,
    /// How to print the result.
    #[command(flatten)]
    pub output: Output,
}

/// `counterfoil serve`
#[derive(Debug, Args)]
#[command(
    after_help = "What happens is logged to the standard error; RUST_LOG chooses how much, such as \
                  RUST_LOG=debug."
)]
pub struct Serve {
    /// Folder that holds the folders of the forms
    pub forms: PathBuf,
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Folder for the database and the signing key
    #[arg(long, default_value = "data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// Folder of scripts and styles, repeatable; without them the pages work by themselves
    /// [default: web/dist and web/pkg]
    #[arg(long, value_name = "FOLDER")]
    pub assets: Vec<PathBuf>,
    /// Folder with the agency's own theme.css, header.html and footer.html, in place of the default look
    #[arg(long, value_name = "FOLDER")]
    pub theme: Option<PathBuf>,
    /// Take every day for this one, to preview its rules [default: today]
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<Day>,
    /// Hours for which answers on their way are kept after their last change
    #[arg(long, default_value_t = 168, value_name = "HOURS", value_parser = clap::value_parser!(u32).range(1..=8760))]
    pub draft_hours: u32,
    /// Offer languages too whose texts are drafts, which nobody who answers for the wording has
    /// reviewed
    #[arg(long)]
    pub drafts: bool,
    /// A site that may show the office's pages in a frame of its own, such as
    /// `https://www.city.example`, repeatable [default: none may]
    #[arg(long, value_name = "ORIGIN")]
    pub allow_embedding_by: Vec<Origin>,
}

/// `counterfoil i18n`
#[derive(Debug, Subcommand)]
pub enum I18n {
    /// Write the texts of a form in a language as XLIFF 2.0, with what is translated
    Extract(I18nExtract),
    /// Take the translations of an XLIFF file into a form's locale file, as a draft
    ///
    /// What the file leaves out stays as it is. Nothing is written where the file is broken, names a
    /// text that the form does not have, or has lost a placeholder.
    Merge(I18nMerge),
}

/// `counterfoil i18n extract`
#[derive(Debug, Args)]
pub struct I18nExtract {
    /// Folder of the form
    pub form: PathBuf,
    /// The language, one of the form's other than its first
    #[arg(long, value_name = "LOCALE")]
    pub locale: String,
    /// Where the texts go; `-` is the standard output [default: FORM.LOCALE.xlf]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `counterfoil i18n merge`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: {\"file\", \"changed\": [key], \"missing\": [key], \"outdated\": [key]}. Exit \
                       code 1 where translations are outdated: the text that they translate has \
                       changed, and they are left out."
)]
pub struct I18nMerge {
    /// Folder of the form
    pub form: PathBuf,
    /// The file that came back from the translators; `-` is the standard input
    pub file: PathBuf,
    /// How to print the result.
    #[command(flatten)]
    pub output: Output,
}

/// `counterfoil receipt`
#[derive(Debug, Subcommand)]
pub enum Receipt {
    /// Check a receipt's signature and evaluate its case again, offline
    Verify(ReceiptVerify),
}

/// `counterfoil receipt verify`
#[derive(Debug, Args)]
#[command(
    after_long_help = "JSON: {\"verified\": true or false, \"keys\": given (with --keys) or record (from the file \
                       itself, which proves nothing of who signed), \"problem\": text or null, \"key\": id or null, \
                       \"claims\": what the receipt states, or null}. Exit code 1 where it does not hold."
)]
pub struct ReceiptVerify {
    /// File that was downloaded after sending, or the receipt alone, a JWS; `-` is the standard input
    pub receipt: PathBuf,
    /// The office's public keys, as /.well-known/jwks.json gives them [default: those in the file]
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// The plan that the receipt names [default: the one in the file]
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// The answers that were sent, byte for byte [default: those in the file]
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// The facts that the office supplied
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// How to print the result.
    #[command(flatten)]
    pub output: Output,
}
