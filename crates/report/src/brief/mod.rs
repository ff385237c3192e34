//! The brief: two pages and an annex, from what the words say.

mod annex;
mod blocking;
mod claims;
mod history;
mod in_short;
mod others;
mod ripeness;
mod sides;
mod since;
mod stability;
mod stances;
mod uncoded;

pub(crate) use in_short::percent;

use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::agreement::{self, Detail};
use detente_analysis::blocks::{self, Blocks};
use detente_analysis::census::{self, Census};
use detente_analysis::claims::{self as under_test, Claims};
use detente_analysis::coverage::{self, Grid};
use detente_analysis::gap::{self, Comparison, MonthlyGap};
use detente_analysis::history::{self as past, History, MovementOfHistory};
use detente_analysis::now::{self, IssueNow, Now};
use detente_analysis::progress::go_on;
use detente_analysis::ripeness::{self as signs, Ripeness};
use detente_analysis::room::Values;
use detente_analysis::stability::{OfCase, of_case};
use detente_analysis::third_parties::{self, ThirdParty};
use detente_analysis::uncoded::{self as words_without_code, IssueWords};
use detente_case::actor::Actor;
use detente_case::event::{Direction as EventDirection, Event};
use detente_case::relation::RelationType;
use detente_case::{Case, Day, Id, Level, Moment, Record};
use jiff::ToSpan;

use crate::document::{Document, Section};
use crate::evidence;
use crate::labels::Labels;
use crate::words;

/// Everything that the brief tells of, computed once.
pub(crate) struct Findings<'c> {
    pub(crate) case: &'c Case,
    pub(crate) record: Record<'c>,
    pub(crate) moment: Moment,
    pub(crate) settings: Settings,
    pub(crate) now: Now,
    pub(crate) history: History,
    pub(crate) gaps: Vec<MonthlyGap>,
    /// The day since which movements are told, and why that day.
    pub(crate) since: (Day, Since),
    pub(crate) comparison: Comparison,
    pub(crate) census: Vec<Census>,
    pub(crate) third_parties: Vec<ThirdParty>,
    pub(crate) grid: Grid,
    /// What limits exclude, and what would unblock.
    pub(crate) blocks: Blocks,
    /// What room numbers leave; none where words do not become numbers.
    pub(crate) values: Option<Values>,
    /// The signs of ripeness, each by itself.
    pub(crate) ripeness: Ripeness,
    /// Which outcomes of the stability models would hold.
    pub(crate) stability: Vec<OfCase>,
    /// The claims of the case, tested against the rows.
    pub(crate) claims: Claims,
    /// The statements that carry no code, by issue or topic.
    pub(crate) words: Vec<IssueWords>,
    /// Whether any statement carries a code.
    pub(crate) coded: bool,
}

/// Why movements are told since a day.
pub(crate) enum Since {
    /// The last direct talks on the political track; the id of the event.
    LastTalks(String),
    /// There were none: a year before.
    AYearBefore,
}

/// When and after what a brief is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The day on which it is read, for the banner on its age; without it, the age is measured at the day asked about.
    pub today: Option<Day>,
    /// The day of the last brief, for what changed since.
    pub since: Option<Day>,
}

/// Writes the brief of a case (already at its level of markings) at a moment.
///
/// Cost: that of the history and the gap of every month; with a day of the last brief, twice that.
#[must_use]
pub fn brief(case: &Case, moment: Moment, settings: Settings, reading: Reading) -> Document {
    let findings = Findings::new(case, moment, settings);
    let mut sections = if findings.is_words_only() {
        vec![
            uncoded::in_short(&findings),
            uncoded::sides(&findings),
            uncoded::on_record(&findings),
            history::section(&findings),
        ]
    } else {
        vec![
            in_short::section(&findings),
            sides::section(&findings),
            in_short::coverage(&findings),
            history::section(&findings),
            stances::section(&findings),
            blocking::section(&findings),
        ]
    };
    if let Some(since) = reading.since {
        sections.insert(1, since::section(&findings, since));
    }
    sections.push(others::section(&findings));
    sections.extend(others::surroundings(&findings));
    sections.extend(blocking::values(&findings));
    sections.extend(stability::sections(&findings));
    sections.extend(claims::section(&findings));
    sections.push(ripeness::section(&findings));
    sections.extend(annex::sections(&findings));
    sections.extend(uncoded::pages(&findings));
    sections.retain(|section| !section.blocks.is_empty());
    if let Some(rows) = evidence::section(findings.record, "Annex K. Rows and sources behind this brief", &sections) {
        let place = sections.iter().position(uncoded::is_page).unwrap_or(sections.len());
        sections.insert(place, rows);
    }
    document(&findings, reading.today, sections)
}

impl<'c> Findings<'c> {
    fn new(case: &'c Case, moment: Moment, settings: Settings) -> Self {
        let record = Record::known_by(case, moment.known);
        let history = past::history(case, moment, settings);
        let political_talks = history.rounds.iter().rev().find(|round| {
            let event = case.events.iter().find(|event| *event.id == *round.id);
            event.is_some_and(|event| event.on_track(detente_case::issue::Track::Political, &case.topics))
        });
        let since = match political_talks {
            Some(round) => (round.date.first(), Since::LastTalks(round.id.clone())),
            None => (moment.at.saturating_sub(1.year()), Since::AYearBefore),
        };
        let start = past::start(record);
        Findings {
            case,
            record,
            moment,
            settings,
            now: now::stances(record, moment, history.about.clone()),
            gaps: gap::over_time(record, start, moment.at),
            comparison: gap::compare(record, since.0, moment.at, settings.seed, settings.draws),
            census: census::census(record, moment),
            third_parties: third_parties::third_parties(record, moment),
            grid: coverage::grid(record, moment),
            blocks: blocks::blocks(case, moment),
            values: agreement::values(case, moment, settings, Detail::Brief, &mut go_on).ok(),
            ripeness: signs::ripeness(case, moment, signs::STALLED_MONTHS, settings),
            stability: of_case(record, moment, settings),
            claims: under_test::claims(case, moment, settings),
            words: words_without_code::group(record, moment),
            coded: record.positions().any(|(_, row)| row.is_coded() && row.valid_from.first() <= moment.at),
            since,
            history,
        }
    }

    /// Whether there are statements and none of them carries a code: the words are all there is to tell.
    pub(crate) fn is_words_only(&self) -> bool {
        !self.coded && !self.words.is_empty()
    }

    pub(crate) fn name(&self, id: &str) -> String {
        Labels(self.case).actor(id)
    }

    pub(crate) fn principals(&self) -> impl Iterator<Item = (Id<Actor>, String)> {
        self.case.principals.iter().map(|id| (*id, self.case.actors[*id].name.to_string()))
    }

    pub(crate) fn principal_names(&self) -> Vec<String> {
        self.principals().map(|(_, name)| name).collect()
    }

    pub(crate) fn issue_title(&self, id: &str) -> String {
        Labels(self.case).title(id)
    }

    /// The label of an option in quotation marks.
    pub(crate) fn option(&self, issue: &str, option: &str) -> String {
        Labels(self.case).option(issue, option)
    }

    /// A set of options in words: one clause, or what it runs from and to.
    pub(crate) fn options(&self, issue: &str, options: &[String]) -> String {
        match options {
            [] => "nothing".to_owned(),
            [one] => self.option(issue, one),
            [one, other] => {
                format!("{} or {} (which of them is not stated)", self.option(issue, one), self.option(issue, other))
            }
            [first, .., last] => format!(
                "one of {} options, from {} to {} (which of them is not stated)",
                options.len(),
                self.option(issue, first),
                self.option(issue, last)
            ),
        }
    }

    /// Comparable issues, widest gap first: by the least steps, then the greatest, then the order of the case.
    pub(crate) fn by_gap(&self) -> Vec<&IssueNow> {
        let mut issues: Vec<&IssueNow> = self.now.issues.iter().filter(|issue| issue.gap.is_some()).collect();
        issues.sort_by_key(|issue| std::cmp::Reverse(issue.gap));
        issues
    }

    /// The events before a movement: those that are progress, a setback or a binding act first, then those on the same issue, each
    /// nearest first.
    pub(crate) fn events_before(&self, movement: &MovementOfHistory) -> Vec<&'c Event> {
        let on_issue = |event: &Event| event.topics.iter().any(|topic| *self.case.topics[*topic].id == *movement.issue);
        let mut events: Vec<&Event> = movement.events.iter().rev().filter_map(|id| self.event(id)).collect();
        events.sort_by_key(|event| (event.direction == EventDirection::Neutral, !on_issue(event)));
        events
    }

    /// Third parties with a relation of these kinds to a principal at the moment, and the rows behind it.
    pub(crate) fn tied_to(&self, principal: &str, kinds: &[RelationType]) -> (Vec<String>, Vec<String>) {
        let mut names = Vec::new();
        let mut rows = Vec::new();
        for third in &self.third_parties {
            let ties =
                third.relations.iter().filter(|tie| tie.to == principal && tie.in_force && kinds.contains(&tie.kind));
            let before = rows.len();
            rows.extend(ties.map(|tie| tie.row.clone()));
            if rows.len() > before {
                names.push(self.name(&third.actor));
            }
        }
        (names, rows)
    }

    /// The statement behind a row id, if the record knows it.
    pub(crate) fn event(&self, id: &str) -> Option<&'c Event> {
        self.record.events().map(|(_, event)| event).find(|event| *event.id == *id)
    }
}

fn document(findings: &Findings<'_>, today: Option<Day>, sections: Vec<Section>) -> Document {
    let (case, moment, settings) = (findings.case, findings.moment, findings.settings);
    let rows: Vec<_> = findings.record.positions().filter(|(_, row)| row.valid_from.first() <= moment.at).collect();
    let mut documents: Vec<&str> = rows.iter().map(|(_, row)| &*row.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut actors: Vec<_> = rows.iter().map(|(_, row)| row.actor).collect();
    actors.sort();
    actors.dedup();
    let events = findings.record.events().filter(|(_, event)| event.date.first() <= moment.at).count();
    let subject = if findings.is_words_only() {
        words::count_of(findings.words.len(), "topic", "topics")
    } else {
        words::count_of(case.issues.len(), "issue with a scale", "issues with a scale")
    };
    let documents = if documents.len() == rows.len() {
        String::new()
    } else {
        format!(" in {}", words::count_of(documents.len(), "document", "documents"))
    };
    let subtitle = format!(
        "As of {}, as known on {}. {}{documents} by {} on {subject}; {}.",
        words::day(moment.at),
        words::day(moment.known),
        words::sentence_case(&words::count_of(rows.len(), "statement", "statements")),
        words::count_of(actors.len(), "actor", "actors"),
        words::count_of(events, "event", "events"),
    );
    Document {
        title: case.settings.title.clone(),
        subtitle,
        moment: moment.into(),
        banners: banners(findings, settings.level, today),
        sections,
        about: About::new(Layer::A, "brief", false, findings.record, settings),
    }
}

fn banners(findings: &Findings<'_>, level: Level, today: Option<Day>) -> Vec<String> {
    let (case, moment) = (findings.case, findings.moment);
    let mut banners = vec![level_banner(level)];
    if let Some(last) = moment.unknown_after {
        banners.push(format!("Unknown after {}: the record ends there, and nothing is claimed about a later day. What follows is as of that day.", words::day(last)));
    }
    let newest = findings
        .record
        .positions()
        .map(|(_, row)| row.known_from.last())
        .chain(findings.record.events().map(|(_, row)| row.known_from.last()))
        .max();
    let read_on = today.unwrap_or(moment.at).max(moment.at);
    match newest {
        None => banners.push("The record holds no statement and no event that was known by this day.".to_owned()),
        Some(newest) => {
            let days = newest.until(read_on).map(|span| span.get_days()).unwrap_or_default();
            if days > i32::from(case.settings.methods.stale_after_days) {
                banners.push(format!(
                    "This may be out of date: the newest row became known on {}, {} before {}.",
                    words::day(newest),
                    words::age(newest, read_on),
                    words::day(read_on)
                ));
            }
        }
    }
    if !case.settings.intended_use.is_empty() {
        banners.push(format!("Intended use: {}", case.settings.intended_use));
    }
    banners
}

/// The line that says at which level of markings a result was computed.
#[must_use]
pub fn level_banner(level: Level) -> String {
    match level {
        Level::Public => "Public: computed from rows marked public only.".to_owned(),
        Level::Restricted => "RESTRICTED: computed from public and restricted rows. Not for publication.".to_owned(),
        Level::All => "CONFIDENTIAL: computed from all rows, whatever their marking. Not for publication.".to_owned(),
    }
}
