//! `constraints.toml`: logical rules between options, as facts that cannot be otherwise or as demands of an actor.

mod check;

use std::collections::BTreeMap;

use crate::actor::Actor;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::expression::{self, Atom, Expression, Name};
use crate::ids::{Id, List};
use crate::issue::{Issue, OptionPlace, OptionSet};
use crate::keys::{Reader, Section};
use crate::load::Loading;
use crate::marking::Marking;
use crate::source::Source;
use crate::text::line_and_column;
use crate::when::{Day, Holds, When};

/// The file's name.
pub const FILE: &str = "constraints.toml";

/// What the file unlocks.
pub const UNLOCKS: &str = "which packages are possible";

/// The keys of an entry: (key, whether every entry has it, what stands in it).
pub const KEYS: [(&str, bool, &str); 11] = [
    ("id", true, "id of the constraint"),
    ("rule", true, "the rule between options, for instance `land = none implies sea in {open, shared}`"),
    ("kind", true, "`logic` (it cannot be otherwise) or `demand` (an actor asks for it)"),
    ("actor", false, "whose demand it is; only demands have it, and all of them do"),
    ("source_id", false, "id of a source in the bibliography; a constraint without one is an assumption"),
    ("reason", false, "why it holds; an assumption has one"),
    ("valid_from", false, "first day; from the beginning if missing"),
    ("valid_to", false, "day from which it no longer holds"),
    ("known_from", false, "day on which it was known; `valid_from` if missing"),
    ("verified", false, "true if the core of it was read in the source"),
    ("marking", false, "public, restricted or confidential"),
];

/// The entry of a file.
const KEY: &str = "constraint";

/// "The option of this issue is one of these."
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcome {
    /// The issue.
    pub issue: Id<Issue>,
    /// The options; at least one.
    pub options: OptionSet,
}

/// Whether a constraint can be otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConstraintKind {
    /// It cannot be otherwise: packages that break it do not exist.
    Logic,
    /// An actor asks for it.
    Demand(Id<Actor>),
}

impl ConstraintKind {
    /// The word in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ConstraintKind::Logic => "logic",
            ConstraintKind::Demand(_) => "demand",
        }
    }
}

/// A rule between options.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// Id, as the file writes it.
    pub id: Box<str>,
    /// The rule as it is written.
    pub text: Box<str>,
    /// The rule.
    pub rule: Expression<Outcome>,
    /// Whether it can be otherwise.
    pub kind: ConstraintKind,
    /// Where it was read; a constraint without a source is an assumption.
    pub source: Option<Id<Source>>,
    /// Why it holds.
    pub reason: Box<str>,
    /// First day; from the beginning if none.
    pub valid_from: Option<When>,
    /// Day from which it no longer holds.
    pub valid_to: Option<When>,
    /// When it was known, if that is not `valid_from`.
    pub known_from: Option<When>,
    /// Whether the core of it was read in the source.
    pub verified: bool,
    /// Marking of its own.
    pub marking: Option<Marking>,
}

impl Constraint {
    /// When it was known: `known_from`, else `valid_from`; none if it was always known.
    #[must_use]
    pub fn known(&self) -> Option<When> {
        self.known_from.or(self.valid_from)
    }

    /// Whether it rests on no source.
    #[must_use]
    pub fn is_assumption(&self) -> bool {
        self.source.is_none()
    }

    /// Whether a package meets it; `option_of` says which option of an issue the package has.
    pub fn allows(&self, option_of: &impl Fn(Id<Issue>) -> OptionPlace) -> bool {
        self.rule.evaluate(&|outcome: &Outcome| outcome.options.contains(option_of(outcome.issue)))
    }

    /// The issues that it names, each once, in their order.
    #[must_use]
    pub fn issues(&self) -> Vec<Id<Issue>> {
        let mut issues: Vec<Id<Issue>> = self.rule.atoms().into_iter().map(|outcome| outcome.issue).collect();
        issues.sort_unstable();
        issues.dedup();
        issues
    }
}

/// The constraints of a case, and whether the file marks any of them.
#[derive(Debug, Default)]
pub(crate) struct ConstraintsFile {
    pub(crate) constraints: List<Constraint>,
    pub(crate) marked: bool,
}

/// Reads `constraints.toml`; what is wrong with it goes to `findings`.
pub(crate) fn read(bytes: Vec<u8>, loading: &mut Loading<'_>, findings: &mut Findings) -> ConstraintsFile {
    let text = match crate::text::decode(FILE, bytes) {
        Ok(text) => text,
        Err(problem) => {
            findings.push(problem);
            return ConstraintsFile::default();
        }
    };
    let (mut reader, table, well_formed) = Reader::open(FILE, &text, findings);
    let mut root = Section::new(table.get_ref(), "");
    let mut file = ConstraintsFile::default();
    let mut places: Vec<(u64, u64)> = Vec::new();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut without_reason = Vec::new();
    for mut section in root.tables(&mut reader, KEY) {
        file.marked |= section.has("marking");
        let place = section.start().map_or((1, 1), |start| line_and_column(&text, start));
        let entry = read_entry(&mut section, &mut reader, loading);
        section.finish(&mut reader);
        let Some(constraint) = entry else { continue };
        if let Some(first) = seen.insert(constraint.id.to_string(), place.0) {
            let message = format!("`{}` is already the id of the constraint at line {first}", constraint.id);
            let finding = Diagnostic::new(Code::DuplicateId, FILE, message).at(place.0, Some(place.1));
            reader.findings.push(finding.hint("each constraint has an id of its own"));
            continue;
        }
        if constraint.source.is_none() && constraint.reason.is_empty() {
            without_reason.push(constraint.id.clone());
        }
        places.push(place);
        file.constraints.push(constraint);
    }
    root.finish(&mut reader);
    if let Some(first) = without_reason.first() {
        let count = without_reason.len();
        let message = format!("{count} constraints have neither `source_id` nor `reason`, for instance `{first}`");
        findings.push(
            Diagnostic::new(Code::NoReason, FILE, message)
                .hint("what has no source is called an assumption in every report; `reason` says why it is made"),
        );
    }
    if well_formed {
        check::report(&file.constraints, &places, &loading.issues, findings);
    }
    file
}

fn read_entry(section: &mut Section<'_, '_>, reader: &mut Reader<'_>, loading: &mut Loading<'_>) -> Option<Constraint> {
    let id = section.needed(reader, "id", "an id such as \"c1\"");
    let span = section.span("rule");
    let text = section.needed(reader, "rule", "a rule such as \"land = none implies sea = open\"");
    let rule = text.as_deref().zip(span).and_then(|(text, span)| read_rule(text, span, reader, loading));
    let kind = read_kind(section, reader, loading);
    let source_span = section.span("source_id");
    let source_text = section.text(reader, "source_id");
    let source = at_place(reader, source_span, |finding, findings| {
        loading.source_at(
            &source_text,
            |message| finding(Code::UnknownReference, format!("source_id: {message}")),
            findings,
        )
    });
    let reason = section.text(reader, "reason");
    let valid_from = section.when(reader, "valid_from");
    let (end_span, end) = (section.span("valid_to"), section.when(reader, "valid_to"));
    let valid_to = end.filter(|end| valid_from.is_none_or(|start| start.first() <= end.last()));
    if let (Some(start), Some(end), None) = (valid_from, end, valid_to) {
        let message = format!("`valid_to` ({end}) lies before `valid_from` ({start})");
        reader.finding(Code::ReversedDates, end_span.unwrap_or_default(), message, None);
    }
    let known_from = section.when(reader, "known_from");
    let verified = section.flag(reader, "verified").unwrap_or(false);
    let marking = section.word(reader, "marking", &Marking::WORDS);
    Some(Constraint {
        id: id?.into(),
        text: text?.into(),
        rule: rule?,
        kind: kind?,
        source,
        reason: reason.into(),
        valid_from,
        valid_to,
        known_from,
        verified,
        marking,
    })
}

/// Calls `each` with a maker of findings at a place of the file.
fn at_place<T>(
    reader: &mut Reader<'_>,
    span: Option<std::ops::Range<usize>>,
    each: impl FnOnce(&dyn Fn(Code, String) -> Diagnostic, &mut Findings) -> T,
) -> T {
    let (line, column) = line_and_column(reader.text, span.unwrap_or_default().start);
    each(&|code, message| Diagnostic::new(code, FILE, message).at(line, Some(column)), reader.findings)
}

fn read_kind(
    section: &mut Section<'_, '_>,
    reader: &mut Reader<'_>,
    loading: &mut Loading<'_>,
) -> Option<ConstraintKind> {
    let is_demand = section.needed_word(reader, "kind", &[("logic", false), ("demand", true)])?;
    let span = section.span("actor");
    let actor = section.text(reader, "actor");
    match (is_demand, actor.is_empty()) {
        (true, true) => {
            section.lacks(reader, "actor", "whose demand it is");
            None
        }
        (true, false) => at_place(reader, span, |finding, findings| {
            loading.actor_at(&actor, |code, message| finding(code, format!("actor: {message}")), findings)
        })
        .map(ConstraintKind::Demand),
        (false, true) => Some(ConstraintKind::Logic),
        (false, false) => {
            let message = format!("`actor` is \"{actor}\", and a constraint of kind \"logic\" is nobody's");
            let hint = "take `actor` out, or write kind = \"demand\"".to_owned();
            reader.finding(Code::WrongType, span.unwrap_or_default(), message, Some(hint));
            None
        }
    }
}

/// The rule of an entry. `span` is that of its text with quotation marks.
fn read_rule(
    text: &str,
    span: std::ops::Range<usize>,
    reader: &mut Reader<'_>,
    loading: &Loading<'_>,
) -> Option<Expression<Outcome>> {
    let (rule, place) = reader.rule("rule", text, &span)?;
    if rule.clauses().is_err() {
        let message = format!("rule: {}", expression::TooLarge);
        let hint = "write several constraints in its place".to_owned();
        reader.finding(Code::RuleTooLarge, span, message, Some(hint));
        return None;
    }
    // All unknown names are said at once.
    let known: Vec<Option<Outcome>> =
        rule.atoms().into_iter().map(|atom| outcome(atom, &place, reader, loading)).collect();
    let mut known = known.into_iter();
    rule.try_map(&mut |_| known.next().flatten().ok_or(())).ok()
}

fn outcome(
    atom: &Atom,
    place: &impl Fn(usize) -> usize,
    reader: &mut Reader<'_>,
    loading: &Loading<'_>,
) -> Option<Outcome> {
    let span = |name: &Name| Some(place(name.span.start)..place(name.span.end));
    match atom {
        Atom::Name(name) => {
            let message = format!("rule: `{}` stands alone; expected an issue and its option", name.text);
            let hint = format!("`{name} = OPTION`, or `{name} in {{OPTION, OPTION}}`");
            reader.finding(Code::RuleSyntax, span(name).unwrap_or_default(), message, Some(hint));
            None
        }
        Atom::Question(question) => {
            reader.only_in_claims("rule", question, span(&question.name).unwrap_or_default());
            None
        }
        Atom::OneOf { name, options } => {
            let issue = at_place(reader, span(name), |finding, findings| {
                let at = |message| finding(Code::UnknownReference, format!("rule: {message}"));
                loading.issue(&name.text, at, findings)
            })?;
            let mut set = Some(OptionSet::EMPTY);
            for option in options {
                let found = at_place(reader, span(option), |finding, findings| {
                    let at = |message| finding(Code::UnknownReference, format!("rule: {message}"));
                    loading.option(&option.text, issue, at, findings)
                });
                set = set.zip(found).map(|(set, option)| set.iter().chain([option]).collect());
            }
            set.map(|options| Outcome { issue, options })
        }
    }
}

/// Whether a constraint certainly holds at a day.
fn holds_at(constraint: &Constraint, day: Day) -> bool {
    let begun = constraint.valid_from.is_none_or(|start| start.reached(day) == Holds::Yes);
    begun && constraint.valid_to.is_none_or(|end| end.reached(day) == Holds::No)
}
