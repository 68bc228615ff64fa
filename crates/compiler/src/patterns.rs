//! Text patterns: regular expressions in, small automata out.
//!
//! The plan holds each pattern as a table of states, so that no regular-expression engine is in the
//! citizen's download. Patterns are anchored at both ends, ASCII, and without look-around; within
//! that they are ordinary regular expressions.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use counterfoil_engine::plan::Pattern;
use regex_automata::{
    MatchKind,
    dfa::{Automaton, StartKind, dense},
    nfa::thompson,
    util::{primitives::StateID, start},
};
use regex_syntax::hir::{Class, Hir, HirKind};

/// Most states that a pattern may need.
pub const MAX_STATES: usize = 2_000;
/// Longest pattern, in bytes.
const MAX_SOURCE: usize = 2_000;
/// Memory that determinising may take, so that no pattern makes the compiler run long.
const MAX_MEMORY: usize = 1 << 20;
/// The dead state's number in a plan.
const DEAD: u16 = 0;
/// The start state's number in a plan.
const START: u16 = 1;

/// Automaton behind `format: email`.
pub const EMAIL: &str = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}";

/// Why a pattern was refused, in words for the form's designer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl PatternError {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }

    fn too_large() -> Self {
        Self::new(
            format!("the pattern needs more than {MAX_STATES} states"),
            "use smaller repetition counts, or check the length with `max_length`",
        )
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

/// Compiles a pattern to the smallest automaton that accepts the same texts.
///
/// # Errors
/// Where the pattern is no regular expression, leaves ASCII, looks around, accepts no text at all,
/// or needs more than [`MAX_STATES`] states.
pub fn compile(source: &str) -> Result<Pattern, PatternError> {
    let hir = parse(source)?;
    let machine = determinize(&hir)?;
    let machine = minimize(&machine);
    let pattern = tabulate(source, &machine);
    if pattern.accept.is_empty() {
        return Err(PatternError::new(
            "the pattern matches no text at all",
            "write one that some answer can match, such as `[A-Z]{2}[0-9]{6}`",
        ));
    }
    if pattern.next.len() > MAX_STATES {
        return Err(PatternError::too_large());
    }
    Ok(pattern)
}

pub(crate) fn parse(source: &str) -> Result<Hir, PatternError> {
    if source.len() > MAX_SOURCE {
        return Err(PatternError::new(
            format!("the pattern is longer than {MAX_SOURCE} characters"),
            "write a shorter one",
        ));
    }
    if let Some(other) = source.chars().find(|c| !c.is_ascii()) {
        return Err(PatternError::new(
            format!("a pattern is written in ASCII characters, and `{other}` is none"),
            "list the ASCII characters that are allowed, such as `[A-Za-z]`",
        ));
    }
    let hir = regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .nest_limit(50)
        .build()
        .parse(source)
        .map_err(|error| {
            let kind = match &error {
                regex_syntax::Error::Parse(error) => in_plain_words(error.kind()),
                regex_syntax::Error::Translate(error) => error.kind().to_string(),
                _ => "not a regular expression".to_owned(),
            };
            PatternError::new(
                format!("the pattern cannot be read: {kind}"),
                "write a regular expression such as `[A-Z]{2}[0-9]{6}`; it has no look-around and no \
                 back-references",
            )
        })?;
    check(&hir)?;
    Ok(hir)
}

/// Refuses what the automaton could not say or would say otherwise than its reader expects.
fn check(hir: &Hir) -> Result<(), PatternError> {
    match hir.kind() {
        HirKind::Look(_) => Err(PatternError::new(
            "a pattern matches the whole text and cannot look around",
            "leave out `^`, `$` and `\\b`",
        )),
        HirKind::Class(class) => {
            let ascii = match class {
                Class::Bytes(class) => class.is_ascii(),
                Class::Unicode(class) => class.is_ascii(),
            };
            if ascii {
                Ok(())
            } else {
                Err(PatternError::new(
                    "`.` and classes such as `[^,]` also mean characters outside ASCII, which no \
                     pattern can match",
                    "list the characters that are allowed, such as `[A-Za-z0-9 .,-]`",
                ))
            }
        }
        HirKind::Literal(literal) if !literal.0.is_ascii() => Err(PatternError::new(
            "a pattern matches ASCII characters only",
            "list the ASCII characters that are allowed, such as `[A-Za-z]`",
        )),
        HirKind::Empty | HirKind::Literal(_) => Ok(()),
        HirKind::Repetition(repetition) => check(&repetition.sub),
        HirKind::Capture(capture) => check(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().try_for_each(check),
    }
}

/// A complete automaton over ASCII; state 0 is the start.
struct Machine {
    next: Vec<[usize; 128]>,
    accept: Vec<bool>,
}

fn determinize(hir: &Hir) -> Result<Machine, PatternError> {
    let nfa = thompson::Compiler::new()
        .configure(
            thompson::Config::new()
                .utf8(false)
                .which_captures(thompson::WhichCaptures::None)
                .nfa_size_limit(Some(MAX_MEMORY)),
        )
        .build_from_hir(hir)
        .map_err(|_| PatternError::too_large())?;
    // Every match is wanted, not the leftmost alternative's: `a|ab` accepts `ab` as a whole.
    let dfa = dense::Builder::new()
        .configure(
            dense::Config::new()
                .match_kind(MatchKind::All)
                .start_kind(StartKind::Anchored)
                .accelerate(false)
                .dfa_size_limit(Some(MAX_MEMORY))
                .determinize_size_limit(Some(MAX_MEMORY)),
        )
        .build_from_nfa(&nfa)
        .map_err(|_| PatternError::too_large())?;
    let config = start::Config::new().anchored(regex_automata::Anchored::Yes);
    let first = dfa
        .start_state(&config)
        .map_err(|_| PatternError::too_large())?;

    let mut numbers: HashMap<StateID, usize> = HashMap::from([(first, 0)]);
    let mut states = vec![first];
    let mut machine = Machine {
        next: Vec::new(),
        accept: Vec::new(),
    };
    while let Some(&state) = states.get(machine.next.len()) {
        // `next_eoi_state` shows the match that the library reports one step late.
        machine
            .accept
            .push(dfa.is_match_state(dfa.next_eoi_state(state)));
        let mut row = [0; 128];
        for byte in 0..128_u8 {
            let target = dfa.next_state(state, byte);
            let number = *numbers.entry(target).or_insert_with(|| {
                states.push(target);
                states.len() - 1
            });
            row[usize::from(byte)] = number;
        }
        machine.next.push(row);
        // The library's states outnumber the smallest automaton's by little more than the late match.
        if states.len() > 2 * MAX_STATES {
            return Err(PatternError::too_large());
        }
    }
    Ok(machine)
}

/// Merges states that no text tells apart (Moore's refinement).
fn minimize(machine: &Machine) -> Machine {
    let mut class: Vec<usize> = machine.accept.iter().map(|&a| usize::from(a)).collect();
    let mut count = 0;
    loop {
        let mut signatures: HashMap<(usize, Vec<usize>), usize> = HashMap::new();
        let refined: Vec<usize> = machine
            .next
            .iter()
            .zip(&class)
            .map(|(row, &own)| {
                let key = (own, row.iter().map(|&next| class[next]).collect());
                let fresh = signatures.len();
                *signatures.entry(key).or_insert(fresh)
            })
            .collect();
        class = refined;
        if signatures.len() == count {
            break;
        }
        count = signatures.len();
    }
    // State 0 is met first and so keeps its number.
    let mut merged = Machine {
        next: vec![[0; 128]; count],
        accept: vec![false; count],
    };
    for (state, row) in machine.next.iter().enumerate() {
        merged.next[class[state]] = row.map(|next| class[next]);
        merged.accept[class[state]] = machine.accept[state];
    }
    merged
}

fn tabulate(source: &str, machine: &Machine) -> Pattern {
    let dead = (0..machine.next.len()).find(|&state| {
        !machine.accept[state] && machine.next[state].iter().all(|&next| next == state)
    });

    // States are numbered as they are met, so that equal patterns give equal bytes.
    let mut numbers: BTreeMap<usize, u16> = dead.map(|dead| (dead, DEAD)).into_iter().collect();
    let mut order = Vec::new();
    let mut number = |state: usize, order: &mut Vec<usize>| {
        *numbers.entry(state).or_insert_with(|| {
            order.push(state);
            u16::try_from(order.len()).unwrap_or(u16::MAX)
        })
    };
    number(0, &mut order);
    let mut rows: Vec<[u16; 128]> = vec![[DEAD; 128]];
    while let Some(&state) = order.get(rows.len() - 1) {
        let row = machine.next[state].map(|next| number(next, &mut order));
        rows.push(row);
    }

    // Bytes that lead to the same state everywhere share a column.
    let mut columns: HashMap<Vec<u16>, u8> = HashMap::new();
    let mut representatives = Vec::new();
    let mut classes: Vec<u8> = Vec::new();
    for byte in 0..128_usize {
        let signature = rows.iter().map(|row| row[byte]).collect();
        let fresh = u8::try_from(columns.len()).unwrap_or(u8::MAX);
        let column = *columns.entry(signature).or_insert_with(|| {
            representatives.push(byte);
            fresh
        });
        match classes.as_mut_slice() {
            [.., count, last] if *last == column => *count += 1,
            _ => classes.extend([1, column]),
        }
    }
    Pattern {
        source: source.to_owned(),
        classes,
        next: rows
            .iter()
            .map(|row| representatives.iter().map(|&byte| row[byte]).collect())
            .collect(),
        accept: (START..)
            .zip(&order)
            .filter(|&(_, &state)| machine.accept[state])
            .map(|(number, _)| number)
            .collect(),
    }
}
/// What is wrong with a pattern, for people who know brackets but no compilers.
fn in_plain_words(kind: &regex_syntax::ast::ErrorKind) -> String {
    use regex_syntax::ast::ErrorKind;

    let words = match kind {
        ErrorKind::ClassUnclosed => "a `[` is not closed",
        ErrorKind::GroupUnclosed => "a `(` is not closed",
        ErrorKind::GroupUnopened => "a `)` closes nothing",
        ErrorKind::RepetitionCountUnclosed => "a `{` is not closed",
        ErrorKind::RepetitionCountInvalid => "in `{a,b}` the second number is the smaller one",
        ErrorKind::RepetitionMissing => "`*`, `+`, `?` or `{…}` repeats nothing",
        ErrorKind::EscapeUnexpectedEof => "nothing stands behind the last `\\`",
        ErrorKind::ClassRangeInvalid => "a range such as `a-z` runs backwards",
        other => return other.to_string(),
    };
    words.to_owned()
}
