//! `positions.csv`: one statement of one actor on one issue at one date from one source.

use std::collections::{BTreeMap, HashMap};

use crate::actor::{Actor, Extra, duplicate, extra, period};
use crate::cell;
use crate::condition::{self, Condition};
use crate::diagnostic::{Code, Findings};
use crate::ids::Id;
use crate::issue::{Issue, OptionPlace, OptionSet, Topic};
use crate::load::Loading;
use crate::marking::Marking;
use crate::source::Source;
use crate::table::{self, Row, Table, table_format};
use crate::when::When;
use crate::words::word_enum;

table_format! {
    /// Columns of `positions.csv`.
    PositionColumn, "positions.csv", row is "one statement of one actor on one issue at one date", unlocks "now, movements, the brief",
    {
        Id "id" optional "id of the row; `p-` and a number in the order of `known_from` if empty";
        Document "document" optional "the speech or text behind the row; rows that share it count once";
        Actor "actor" required "who says it";
        Addressee "addressee" optional "list of actors, where it is not the opposite principal";
        Organ "organ" optional "rank of who speaks for the actor, 1 (signed text, law) to 5 (unnamed officials)";
        Issue "issue" required "id of an issue or topic";
        Kind "kind" optional "demand, draft, offer, red_line, reported, inferred or reservation_reading; empty on uncoded rows";
        Accepts "accepts" optional "yes where another's proposal is accepted";
        LowOption "low_option" optional "first option asked for or left open as an ask";
        BestOption "best_option" optional "the option asked for; empty where the words name several";
        HighOption "high_option" optional "last option asked for or left open as an ask";
        RulesOut "rules_out" optional "list of options ruled out, on red lines";
        Condition "condition" optional "list of `issue=option` or 'words', all of which must hold";
        ValidFrom "valid_from" required "day on which it was said";
        ValidTo "valid_to" optional "first day on which it no longer stands";
        KnownFrom "known_from" optional "day on which it could be known; `valid_from` if empty";
        Statement "statement" required "what was said, in the coder's words";
        Quote "quote" optional "at most 25 words as they stand in the source";
        QuoteLang "quote_lang" optional "language of the quote";
        Locator "locator" optional "point, article or page";
        Basis "basis" optional "party_text, mediator_text, press_report, analyst_reading or law";
        SourceId "source_id" optional "id of a source in the bibliography";
        Link "link" optional "address, where there is no bibliography";
        Grade "grade" optional "Admiralty grade of the pair of claim and source, A1 to F6";
        Verified "verified" optional "yes if the core of the row was read in the source; no otherwise";
        Coder "coder" optional "who coded the row";
        Reviewer "reviewer" optional "who reviewed it";
        Marking "marking" optional "public, restricted or confidential";
        Supersedes "supersedes" optional "list of rows that this one ends";
        UncodedReason "uncoded_reason" optional "why the row carries no options";
        CoderNote "coder_note" optional "note";
    }
}

word_enum! {
    /// What a statement does.
    Kind {
        Demand "demand" "States what the actor asks for.";
        Draft "draft" "A clause of a text laid on the table.";
        Offer "offer" "Movement or acceptance.";
        RedLine "red_line" "Rules options out.";
        Reported "reported" "Known only through unnamed persons or an unconfirmed leak.";
        Inferred "inferred" "Derived from conduct.";
        ReservationReading "reservation_reading" "Somebody else's reading of what the actor would accept in the end.";
    }
}

impl Kind {
    /// Whether these are the actor's own words.
    #[must_use]
    pub fn own_words(self) -> bool {
        matches!(self, Kind::Demand | Kind::Draft | Kind::Offer | Kind::RedLine)
    }
}

word_enum! {
    /// Through what a statement is known.
    Basis {
        PartyText "party_text" "A document or verbatim words of the actor.";
        MediatorText "mediator_text" "A document of somebody acting between the sides.";
        PressReport "press_report" "Journalism.";
        AnalystReading "analyst_reading" "A think tank, scholar or blog.";
        Law "law" "A statute, decree or treaty in force.";
    }
}

/// Admiralty grade: the source's letter and the content's digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// A (completely reliable) to F (cannot be judged).
    pub letter: char,
    /// 1 (confirmed) to 6 (cannot be judged).
    pub digit: char,
}

impl Grade {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut characters = text.chars();
        let grade = Grade { letter: characters.next()?, digit: characters.next()? };
        let valid =
            ('A'..='F').contains(&grade.letter) && ('1'..='6').contains(&grade.digit) && characters.next().is_none();
        valid.then_some(grade)
    }
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.letter, self.digit)
    }
}

/// The cells of a row that a default of its source fills where they are empty, as the row itself has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The grade.
    pub grade: Option<Grade>,
    /// The basis.
    pub basis: Option<Basis>,
    /// The language of the quote.
    pub quote_lang: Box<str>,
}

/// What a row is about: an issue with a scale, or a topic without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An issue with options.
    Issue(Id<Issue>),
    /// A topic without options.
    Topic(Id<Topic>),
}

impl Subject {
    /// The issue, if there is a scale.
    #[must_use]
    pub fn issue(self) -> Option<Id<Issue>> {
        match self {
            Subject::Issue(issue) => Some(issue),
            Subject::Topic(_) => None,
        }
    }
}

/// What a row asks for: options from low to high, one of them preferred if `best` is there. Never a midpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// First option asked for.
    pub low: OptionPlace,
    /// The option asked for, where the words name one.
    pub best: Option<OptionPlace>,
    /// Last option asked for.
    pub high: OptionPlace,
}

impl Ask {
    /// The position that the row states: its best option, or the whole set where there is none.
    #[must_use]
    pub fn position(self) -> OptionSet {
        self.best.map_or_else(|| OptionSet::range(self.low, self.high), OptionSet::one)
    }

    /// The options put on the table: the best one and its alternatives. A vague row tables nothing in particular.
    #[must_use]
    pub fn tabled(self) -> OptionSet {
        match self.best {
            Some(best) => [self.low, best, self.high].into_iter().collect(),
            None => OptionSet::EMPTY,
        }
    }
}

/// One statement of one actor on one issue at one date from one source.
#[derive(Clone, Debug)]
pub struct Position {
    /// Id, as the file writes it.
    pub id: Box<str>,
    /// The speech or text behind it; the row's own id if none is named.
    pub document: Box<str>,
    /// Who says it.
    pub actor: Id<Actor>,
    /// The text in the actor cell, where it is not the actor's id.
    pub actor_text: Option<Box<str>>,
    /// To whom, where that is named.
    pub addressees: Vec<Id<Actor>>,
    /// Rank of who speaks for the actor, 1 (highest) to 5.
    pub organ: Option<u8>,
    /// What it is about.
    pub subject: Subject,
    /// What it does; none on uncoded rows.
    pub kind: Option<Kind>,
    /// Whether another's proposal is accepted.
    pub accepts: bool,
    /// What it asks for.
    pub ask: Option<Ask>,
    /// What it rules out.
    pub rules_out: OptionSet,
    /// On what conditions.
    pub conditions: Vec<Condition>,
    /// The condition cell as written.
    pub condition_text: Box<str>,
    /// When it was said.
    pub valid_from: When,
    /// First day on which it no longer stands.
    pub valid_to: Option<When>,
    /// When it could be known.
    pub known_from: When,
    /// What was said, in the coder's words.
    pub statement: Box<str>,
    /// Words as they stand in the source.
    pub quote: Box<str>,
    /// Language of the quote.
    pub quote_lang: Box<str>,
    /// Point, article or page.
    pub locator: Box<str>,
    /// Through what it is known.
    pub basis: Option<Basis>,
    /// Where it was read.
    pub source: Option<Id<Source>>,
    /// Address, where there is no source.
    pub link: Box<str>,
    /// Grade of the pair of claim and source.
    pub grade: Option<Grade>,
    /// What its own cells say where a default of its source can fill them.
    pub written: Written,
    /// Whether the core of the row was read in the source.
    pub verified: bool,
    /// Who coded it.
    pub coder: Box<str>,
    /// Who reviewed it.
    pub reviewer: Box<str>,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Rows that it ends.
    pub supersedes: Vec<Id<Position>>,
    /// Why it carries no options.
    pub uncoded_reason: Box<str>,
    /// Note.
    pub coder_note: Box<str>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

impl Position {
    /// Whether it carries options: an ask or a limit.
    #[must_use]
    pub fn is_coded(&self) -> bool {
        self.ask.is_some() || !self.rules_out.is_empty()
    }

    /// Whether it is a law, statute or decree in force.
    #[must_use]
    pub fn is_law(&self) -> bool {
        self.basis == Some(Basis::Law)
    }

    /// Whether it states, in the actor's own words, what the actor asks for.
    #[must_use]
    pub fn is_own_ask(&self) -> bool {
        self.ask.is_some() && self.kind.is_some_and(Kind::own_words)
    }

    /// Rank for comparison: rows without an organ rank lowest.
    #[must_use]
    pub fn rank(&self) -> u8 {
        self.organ.unwrap_or(6)
    }

    /// The conditions that apply to one option.
    pub fn conditions_on(&self, option: OptionPlace) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().filter(move |condition| condition.applies_to.is_none_or(|own| own == option))
    }
}

/// Reads `positions.csv`.
pub(crate) fn read(table: Table<'_>, loading: &mut Loading<'_>, findings: &mut Findings) {
    // The place is missing where the row itself could not be read.
    let mut seen: HashMap<String, (Option<Id<Position>>, u64)> = HashMap::new();
    let mut supersedes: Vec<(Id<Position>, String, u64)> = Vec::new();
    let mut supersedes_column = None;
    let mut uncoded = 0_usize;
    let mut sourceless = 0_usize;
    table::read(&PositionColumn::FORMAT, table, findings, |row, findings| {
        let id = row.get(PositionColumn::Id);
        if let Some((_, first)) = seen.get(id) {
            findings.push(duplicate(row, PositionColumn::Id, id, *first));
            return;
        }
        let Some(position) = read_row(id, row, loading, findings) else {
            if !id.is_empty() {
                seen.insert(id.to_owned(), (None, row.line));
            }
            return;
        };
        uncoded += usize::from(
            !position.is_coded()
                && position.subject.issue().is_some()
                && position.uncoded_reason.is_empty()
                && position.coder_note.is_empty(),
        );
        sourceless += usize::from(position.source.is_none() && position.link.is_empty());
        let place = loading.positions.push(position);
        if !id.is_empty() {
            seen.insert(id.to_owned(), (Some(place), row.line));
        }
        supersedes_column = row.column(PositionColumn::Supersedes);
        supersedes.extend(row.list(PositionColumn::Supersedes).map(|other| (place, other.to_owned(), row.line)));
    });
    for (place, other, line) in supersedes {
        match seen.get(&other) {
            Some((target, _)) => loading.positions[place].supersedes.extend(*target),
            None => findings.push(
                crate::Diagnostic::new(
                    Code::UnknownReference,
                    PositionColumn::FORMAT.file,
                    format!("supersedes: no row has the id `{other}`"),
                )
                .at(line, supersedes_column),
            ),
        }
    }
    let lines: HashMap<&str, u64> = seen.iter().map(|(id, (_, line))| (id.as_str(), *line)).collect();
    refuse_cycles(loading, &lines, supersedes_column, findings);
    let file = PositionColumn::FORMAT.file;
    if uncoded > 0 {
        let message = format!(
            "{uncoded} rows on issues with a scale carry no options and no reason; they are shown, not compared"
        );
        findings.push(
            crate::Diagnostic::new(Code::UncodedWithoutReason, file, message)
                .hint("fill the options, or `uncoded_reason` with a word such as `too vague`"),
        );
    }
    if sourceless > 0 {
        let message = format!("{sourceless} rows have neither `source_id` nor `link`");
        findings.push(
            crate::Diagnostic::new(Code::NoSource, file, message)
                .hint("what has no source is called an assumption in every report"),
        );
    }
}

fn read_row(id: &str, row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Position> {
    let actor_text = row.get(PositionColumn::Actor);
    let actor = loading.actor(actor_text, row, PositionColumn::Actor, findings);
    let addressees = row
        .list(PositionColumn::Addressee)
        .filter_map(|text| loading.actor(text, row, PositionColumn::Addressee, findings))
        .collect();
    let subject = loading.subject(row.get(PositionColumn::Issue), row, PositionColumn::Issue, findings);
    let kind = cell::word(row, PositionColumn::Kind, &Kind::WORDS, findings);
    let (valid_from, valid_to) = period(row, PositionColumn::ValidFrom, PositionColumn::ValidTo, findings);
    let known_from = cell::when(row, PositionColumn::KnownFrom, findings);
    let organ = cell::rank(row, PositionColumn::Organ, findings);
    let (actor, subject, valid_from) = (actor?, subject?, valid_from?);
    if let Some(known) = known_from
        && known.last() < valid_from.first()
    {
        let message = format!("known from {known}, but said on {valid_from}");
        findings.push(
            row.finding(Code::KnownBeforeMade, PositionColumn::KnownFrom, message)
                .hint("a row is known on the day it was made, or later"),
        );
    }
    let issue = subject.issue();
    let ask = read_ask(issue, row, loading, findings);
    let rules_out: OptionSet = row
        .list(PositionColumn::RulesOut)
        .filter_map(|text| option(text, issue, row, PositionColumn::RulesOut, loading, findings))
        .collect();
    if !rules_out.is_empty() {
        if kind != Some(Kind::RedLine) {
            let message = "options are ruled out, but the row is not a red line";
            findings.push(
                row.finding(Code::RulesOutKind, PositionColumn::RulesOut, message)
                    .hint("set `kind` to red_line, or split the row in two"),
            );
        }
        if let (Some(ask), Some(issue)) = (ask, issue) {
            let asked = if ask.best.is_some() { ask.tabled() } else { ask.position() };
            if let Some(both) = asked.intersection(rules_out).lowest() {
                let option = &loading.issues[issue].options[both.0 as usize].id;
                let message = format!("`{option}` is asked for and ruled out by the same row");
                findings.push(
                    row.finding(Code::RulesOutOwnAsk, PositionColumn::RulesOut, message)
                        .hint("take it out of one of the two"),
                );
            }
        }
    }
    let condition_text = row.get(PositionColumn::Condition);
    let conditions = condition::parse(condition_text, issue, &loading.issues).unwrap_or_else(|problem| {
        findings.push(row.finding(Code::UnknownReference, PositionColumn::Condition, problem));
        Vec::new()
    });
    let source = loading.source(row.get(PositionColumn::SourceId), row, PositionColumn::SourceId, findings);
    let quote = row.get(PositionColumn::Quote);
    let written = Written {
        grade: cell::grade(row, PositionColumn::Grade, findings),
        basis: cell::word(row, PositionColumn::Basis, &Basis::WORDS, findings),
        quote_lang: cell::text(row, PositionColumn::QuoteLang),
    };
    let is_empty = |column: PositionColumn| row.get(column).is_empty();
    let defaults = source.and_then(|source| loading.defaults_of(source));
    // A cell that holds something wrong is not an empty one.
    let grade = written.grade.or_else(|| defaults?.grade.filter(|_| is_empty(PositionColumn::Grade)));
    let basis = written.basis.or_else(|| defaults?.basis.filter(|_| is_empty(PositionColumn::Basis)));
    let quote_lang = match defaults {
        Some(defaults) if written.quote_lang.is_empty() && !quote.is_empty() => defaults.language.clone(),
        _ => written.quote_lang.clone(),
    };
    let verified = cell::yes(row, PositionColumn::Verified, false, findings);
    if let Some(grade) = grade.filter(|grade| verified && (grade.letter == 'F' || grade.digit == '6')) {
        let whose = if written.grade.is_some() { "" } else { " (the default of its source)" };
        findings.push(row.finding(
            Code::GradeVerified,
            PositionColumn::Verified,
            format!("grade {grade}{whose} says that no text was read"),
        ));
    }
    let uncoded_reason = cell::text(row, PositionColumn::UncodedReason);
    let coder_note = cell::text(row, PositionColumn::CoderNote);
    if kind == Some(Kind::RedLine) && rules_out.is_empty() && uncoded_reason.is_empty() && coder_note.is_empty() {
        findings.push(
            row.finding(Code::EmptyRedLine, PositionColumn::RulesOut, "this red line rules nothing out")
                .hint("list the options, or give the reason in `uncoded_reason`"),
        );
    }
    if quote.split_whitespace().count() > 25 {
        findings.push(row.finding(Code::QuoteLength, PositionColumn::Quote, "this quote has more than 25 words"));
    }
    let document = row.get(PositionColumn::Document);
    Some(Position {
        id: id.into(),
        document: if document.is_empty() { id.into() } else { document.into() },
        actor,
        actor_text: (*loading.actors[actor].id != *actor_text).then(|| actor_text.into()),
        addressees,
        organ,
        subject,
        kind,
        accepts: cell::yes(row, PositionColumn::Accepts, false, findings),
        ask,
        rules_out,
        conditions,
        condition_text: condition_text.into(),
        valid_from,
        valid_to,
        known_from: known_from.unwrap_or(valid_from),
        statement: cell::text(row, PositionColumn::Statement),
        quote: quote.into(),
        quote_lang,
        locator: cell::text(row, PositionColumn::Locator),
        basis,
        source,
        link: cell::text(row, PositionColumn::Link),
        grade,
        written,
        verified,
        coder: cell::text(row, PositionColumn::Coder),
        reviewer: cell::text(row, PositionColumn::Reviewer),
        marking: cell::marking(row, PositionColumn::Marking, findings),
        supersedes: Vec::new(),
        uncoded_reason,
        coder_note,
        extra: extra(row),
    })
}

fn read_ask(issue: Option<Id<Issue>>, row: &Row<'_>, loading: &Loading<'_>, findings: &mut Findings) -> Option<Ask> {
    use PositionColumn::{BestOption, HighOption, LowOption};
    let mut read = |column: PositionColumn| {
        let text = row.get(column);
        if text.is_empty() { None } else { option(text, issue, row, column, loading, findings) }
    };
    let (low, best, high) = (read(LowOption), read(BestOption), read(HighOption));
    let filled = |column: PositionColumn| !row.get(column).is_empty();
    if filled(LowOption) != filled(HighOption) {
        let empty = if filled(LowOption) { HighOption } else { LowOption };
        let message = "`low_option` and `high_option` are filled together";
        findings.push(
            row.finding(Code::HalfAsk, empty, message)
                .hint("for a single option fill low, best and high with it, or best alone"),
        );
    }
    let low = low.or(best)?;
    let high = high.or(best).unwrap_or(low);
    if low > high || best.is_some_and(|best| best < low || best > high) {
        let message = "options stand as low, best, high in the order of the issue";
        findings.push(row.finding(Code::LowAboveHigh, LowOption, message));
        return None;
    }
    Some(Ask { low, best, high })
}

/// The option that a cell names: by its id, or by a number that is exactly its place.
fn option(
    text: &str,
    issue: Option<Id<Issue>>,
    row: &Row<'_>,
    column: PositionColumn,
    loading: &Loading<'_>,
    findings: &mut Findings,
) -> Option<OptionPlace> {
    let Some(issue) = issue else {
        let subject = row.get(PositionColumn::Issue);
        let message = format!("`{text}`: `{subject}` has no scale, so it has no options");
        findings.push(
            row.finding(Code::UnknownReference, column, message)
                .hint(format!("add its options to issues.csv: `{subject},Title,group,{text},1,0,Label`")),
        );
        return None;
    };
    let issue = &loading.issues[issue];
    let by_place = || {
        let number: f64 = text.parse().ok()?;
        let place = issue.options.iter().position(|option| option.place == number)?;
        u8::try_from(place).ok().map(OptionPlace)
    };
    let found = issue.option(text).or_else(by_place);
    if found.is_none() {
        let ids: Vec<&str> = issue.options.iter().map(|option| &*option.id).collect();
        let message = format!("`{}` has no option `{text}`; it has {}", issue.id, ids.join(", "));
        let mut finding = row.finding(Code::UnknownReference, column, message);
        if let Some(near) = crate::text::nearest(text, ids) {
            finding = finding.hint(format!("is `{near}` meant?"));
        }
        findings.push(finding);
    }
    found
}

/// Reports circles of `supersedes` and takes them apart.
fn refuse_cycles(loading: &mut Loading<'_>, lines: &HashMap<&str, u64>, column: Option<u64>, findings: &mut Findings) {
    // 0: not visited, 1: on the way, 2: done.
    let mut state: BTreeMap<Id<Position>, u8> = BTreeMap::new();
    let starts: Vec<Id<Position>> =
        loading.positions.with_ids().filter(|(_, row)| !row.supersedes.is_empty()).map(|(id, _)| id).collect();
    for start in starts {
        let mut stack = vec![(start, 0_usize)];
        while let Some((row, next)) = stack.pop() {
            state.insert(row, 1);
            let Some(target) = loading.positions[row].supersedes.get(next).copied() else {
                state.insert(row, 2);
                continue;
            };
            stack.push((row, next + 1));
            match state.get(&target).copied().unwrap_or(0) {
                0 => stack.push((target, 0)),
                1 => {
                    let id = loading.positions[row].id.to_string();
                    let line = lines.get(id.as_str()).copied().unwrap_or_default();
                    let message = if target == row {
                        format!("supersedes: `{id}` ends itself")
                    } else {
                        format!("supersedes: `{id}` and `{}` end each other", loading.positions[target].id)
                    };
                    findings.push(
                        crate::Diagnostic::new(Code::Cycle, PositionColumn::FORMAT.file, message)
                            .at(line, column)
                            .hint("a row ends earlier rows only"),
                    );
                    loading.positions[row].supersedes.clear();
                }
                _ => {}
            }
        }
    }
}
