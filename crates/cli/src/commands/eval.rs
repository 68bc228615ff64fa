//! `counterfoil eval`

use std::io::{self, Write};

use counterfoil_engine::{
    evaluate,
    report::{Report, Status, Verdict},
    words,
    words::{AccountWords, DecisionWords, Words},
};

use crate::{
    args::{Eval, Format},
    load,
    outcome::{Failure, Outcome},
    output::{Out, Styles},
};

/// Evaluates answers and prints the report, in words or byte for byte.
pub fn run(args: &Eval, out: &mut Out) -> Result<Outcome, Failure> {
    let case = &args.case;
    let plan = load::plan(&case.form)?;
    let locale = load::locale(&plan, case.locale.as_deref())?;
    let answers = load::answers(&case.answers)?;
    let context = load::context(case, &plan)?;
    let report = evaluate(&plan, &answers, &context).map_err(|e| load::not_in_force(&e))?;
    match args.output.format {
        Format::Json => out.write_all(report.to_json().as_bytes())?,
        Format::Human => {
            let styles = out.styles;
            Printer { out, styles }.report(&report, &words(&plan, locale, &report))?;
        }
    }
    Ok(Outcome::fine_if(report.status == Status::Complete))
}

struct Printer<'a, W> {
    out: &'a mut W,
    styles: Styles,
}

impl<W: Write> Printer<'_, W> {
    fn report(&mut self, report: &Report, words: &Words) -> io::Result<()> {
        let Styles { title, aside, .. } = self.styles;
        writeln!(self.out, "{title}{}{title:#}", words.title)?;
        writeln!(
            self.out,
            "{aside}on {}, plan {}{aside:#}\n",
            report.as_of, report.plan
        )?;
        let (style, status) = match words.status {
            Status::Complete => (self.styles.good, "complete"),
            Status::Incomplete => (self.styles.open, "incomplete"),
            Status::Invalid => (self.styles.bad, "invalid"),
        };
        writeln!(self.out, "The answers are {style}{status}{style:#}.")?;

        let errors = words
            .errors
            .iter()
            .map(|e| (e.path.as_str(), e.message.as_str()));
        self.paths("Wrong", errors)?;
        let missing = words
            .missing
            .iter()
            .map(|m| (m.path.as_str(), m.message.as_str()));
        self.paths("Missing", missing)?;
        let ignored = report.ignored.iter().map(|path| (&**path, ""));
        self.paths("Ignored, since not asked", ignored)?;
        for decision in &words.decisions {
            self.decision(decision)?;
        }
        let accounts = [("Fees", &words.fees), ("Entitlements", &words.entitlements)];
        for (title, account) in accounts {
            if let Some(account) = account {
                self.account(title, account)?;
            }
        }
        Ok(())
    }

    fn paths<'a>(
        &mut self,
        heading: &str,
        entries: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> io::Result<()> {
        let title = self.styles.title;
        let entries: Vec<_> = entries.collect();
        if entries.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\n{title}{heading}{title:#}")?;
        let width = widest(entries.iter().map(|(path, _)| *path));
        for (path, message) in entries {
            let line = format!("  {path:width$}  {message}");
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn decision(&mut self, decision: &DecisionWords) -> io::Result<()> {
        let Styles {
            title,
            good,
            bad,
            open,
            ..
        } = self.styles;
        let style = match decision.verdict {
            Verdict::Eligible => good,
            Verdict::Ineligible => bad,
            Verdict::Undetermined => open,
        };
        writeln!(
            self.out,
            "\n{title}{}{title:#}: {style}{}{style:#}",
            decision.title, decision.verdict_text
        )?;
        for rule in &decision.rules {
            let (style, state) = match rule.holds {
                Some(true) => (good, "holds"),
                Some(false) => (bad, "does not hold"),
                None => (open, "not decided"),
            };
            write!(self.out, "  {style}{state:13}{style:#}  {}", rule.message)?;
            self.source(rule.source.as_deref())?;
        }
        for need in &decision.needs {
            writeln!(self.out, "  still needed: {} ({})", need.label, need.path)?;
        }
        Ok(())
    }

    fn account(&mut self, heading: &str, account: &AccountWords) -> io::Result<()> {
        const OPEN: &str = "not decided";
        const TOTAL: &str = "Total";
        let title = self.styles.title;
        writeln!(self.out, "\n{title}{heading}{title:#}")?;
        let amount = |amount: &Option<String>| amount.clone().unwrap_or_else(|| OPEN.to_owned());
        let total = amount(&account.total);
        let label_width = widest(
            account
                .lines
                .iter()
                .map(|l| l.label.as_str())
                .chain([TOTAL]),
        );
        let amounts: Vec<_> = account
            .lines
            .iter()
            .map(|line| amount(&line.amount))
            .collect();
        let width = widest(amounts.iter().map(String::as_str).chain([total.as_str()]));
        for (line, amount) in account.lines.iter().zip(&amounts) {
            write!(self.out, "  {:label_width$}  {amount:>width$}", line.label)?;
            self.source(line.source.as_deref())?;
        }
        writeln!(
            self.out,
            "  {title}{TOTAL:label_width$}  {total:>width$}{title:#}"
        )
    }

    /// Ends a line with the source of what it says.
    fn source(&mut self, source: Option<&str>) -> io::Result<()> {
        let aside = self.styles.aside;
        match source {
            Some(source) => writeln!(self.out, "  {aside}[{source}]{aside:#}"),
            None => writeln!(self.out),
        }
    }
}

/// The length of the longest text in characters.
fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}
