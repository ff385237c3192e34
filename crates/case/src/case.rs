//! A validated case: everything that is known, typed and cross-referenced.

use std::collections::{BTreeMap, BTreeSet};

use crate::actor::{Actor, Alias};
use crate::claim::Claim;
use crate::constraint::Constraint;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::event::{Event, EventColumn};
use crate::factor::Factor;
use crate::ids::{Id, List};
use crate::indicator::Indicator;
use crate::input::alternative::Alternative;
use crate::input::assurance::Assurance;
use crate::input::capability::Capability;
use crate::input::driver::Driver;
use crate::input::exposure::Exposure;
use crate::input::salience::Salience;
use crate::input::trust::Trust;
use crate::input::value::OptionValue;
use crate::input::{About, Input};
use crate::issue::{Issue, Topic};
use crate::marking::Marking;
use crate::package::Clause;
use crate::position::{Kind, Position, PositionColumn, Subject};
use crate::price::Price;
use crate::relation::{Relation, RelationColumn};
use crate::scenario::{Scenario, ScenarioFactor};
use crate::settings::Settings;
use crate::source::Source;
use crate::source_defaults::SourceDefaults;
use crate::stability::CaseModel;
use crate::text::natural_order;

/// A validated case. Nothing in it is malformed; every reference leads somewhere.
#[derive(Clone, Debug)]
pub struct Case {
    /// What `case.toml` says.
    pub settings: Settings,
    /// Those whose consent is needed, in the order of `case.toml`.
    pub principals: Vec<Id<Actor>>,
    /// Who takes part.
    pub actors: List<Actor>,
    /// Texts that stand for actors.
    pub aliases: Vec<Alias>,
    /// What is negotiated about, on a scale.
    pub issues: List<Issue>,
    /// Topics, those with a scale included if `topics.csv` lists them.
    pub topics: List<Topic>,
    /// The bibliography.
    pub sources: List<Source>,
    /// What the statements of a source have in common, in the order of the file.
    pub source_defaults: List<SourceDefaults>,
    /// Statements, in the order of the file.
    pub positions: List<Position>,
    /// Events, in the order of the file.
    pub events: List<Event>,
    /// Relations, in the order of the file.
    pub relations: List<Relation>,
    /// Values of series, in the order of the file.
    pub factors: List<Factor>,
    /// What speaks to which indicator of ripeness, in the order of the file.
    pub indicators: List<Indicator>,
    /// Clauses of plans, in the order of the file.
    pub clauses: List<Clause>,
    /// How much issues weigh for actors, in the order of the file.
    pub salience: List<Salience>,
    /// What options are worth to actors, in the order of the file.
    pub values: List<OptionValue>,
    /// What actors have without an agreement, in the order of the file.
    pub alternatives: List<Alternative>,
    /// How far actors trust each other, in the order of the file.
    pub trust: List<Trust>,
    /// What actors have performed if an agreement fails, in the order of the file.
    pub exposure: List<Exposure>,
    /// What takes off premiums, in the order of the file.
    pub assurances: List<Assurance>,
    /// What actors can bring to bear, in the order of the file.
    pub capabilities: List<Capability>,
    /// How far factors move inputs, in the order of the file.
    pub drivers: List<Driver>,
    /// What may turn out one way or another, in the order of the file.
    pub scenario_factors: List<ScenarioFactor>,
    /// Named settings of factors, in the order of the file.
    pub scenarios: List<Scenario>,
    /// Rules between options, in the order of the file.
    pub constraints: List<Constraint>,
    /// What movement costs, in the order of `case.toml`.
    pub prices: Vec<Price>,
    /// Stability models, in the order of the names of their files.
    pub stability: List<CaseModel>,
    /// Claims under test, in the order of the file.
    pub claims: List<Claim>,
    /// The files of the folder.
    pub files: Vec<String>,
    /// Whether markings are in use: a column `marking` in a table, a key `marking` of a constraint, a stability model or a claim, or a marking of
    /// the case.
    pub has_markings: bool,
    pub(crate) unnamed: Unnamed,
    pub(crate) order: Order,
}

/// Rows that have no id in their file, in the order in which they became known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unnamed {
    pub(crate) positions: Vec<Id<Position>>,
    pub(crate) events: Vec<Id<Event>>,
    pub(crate) relations: Vec<Id<Relation>>,
    pub(crate) salience: Vec<Id<Salience>>,
    pub(crate) values: Vec<Id<OptionValue>>,
    pub(crate) alternatives: Vec<Id<Alternative>>,
    pub(crate) trust: Vec<Id<Trust>>,
    pub(crate) exposure: Vec<Id<Exposure>>,
    pub(crate) assurances: Vec<Id<Assurance>>,
    pub(crate) capabilities: Vec<Id<Capability>>,
    pub(crate) drivers: Vec<Id<Driver>>,
}

impl Unnamed {
    /// The id that such a row is given, by its number from 0.
    pub(crate) fn id(letter: char, number: usize) -> Box<str> {
        format!("{letter}-{:03}", number + 1).into()
    }
}

/// Rows in the order in which analyses go through them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// Positions by actor, subject, date, rank (highest last) and id.
    pub(crate) positions: Vec<Id<Position>>,
    /// Where the positions of one actor on one subject stand in `positions`.
    pub(crate) lines: BTreeMap<(Id<Actor>, Subject), std::ops::Range<usize>>,
    /// Events by date and id.
    pub(crate) events: Vec<Id<Event>>,
    /// For each position, the rows that supersede it.
    pub(crate) superseded_by: BTreeMap<Id<Position>, Vec<Id<Position>>>,
}

impl Case {
    /// Gives ids to the rows that have none, in the order in which they became known, so that a row known later changes no earlier id.
    pub(crate) fn numbered(mut self, findings: &mut Findings) -> Self {
        fn number<T>(
            rows: &mut List<T>,
            letter: char,
            file: &str,
            known: impl Fn(&T) -> crate::Day,
            id: impl Fn(&mut T) -> &mut Box<str>,
            findings: &mut Findings,
        ) -> Vec<Id<T>> {
            let taken: BTreeSet<Box<str>> =
                rows.iter_mut().map(|row| id(row).clone()).filter(|id| !id.is_empty()).collect();
            let mut unnamed: Vec<(crate::when::Day, Id<T>)> = Vec::new();
            for place in rows.ids() {
                let known = known(&rows[place]);
                if id(&mut rows[place]).is_empty() {
                    unnamed.push((known, place));
                }
            }
            unnamed.sort();
            for (number, (_, place)) in unnamed.iter().enumerate() {
                let new = Unnamed::id(letter, number);
                if taken.contains(&new) {
                    let message =
                        format!("rows without an id are called `{letter}-…`, and `{new}` is the id of another row");
                    findings.push(Diagnostic::new(Code::DuplicateId, file, message).hint("give that row another id"));
                }
                *id(&mut rows[*place]) = new;
            }
            unnamed.into_iter().map(|(_, place)| place).collect()
        }
        self.unnamed.positions = number(
            &mut self.positions,
            'p',
            PositionColumn::FORMAT.file,
            |row| row.known_from.last(),
            |row| &mut row.id,
            findings,
        );
        self.unnamed.events = number(
            &mut self.events,
            'e',
            EventColumn::FORMAT.file,
            |row| row.known_from.last(),
            |row| &mut row.id,
            findings,
        );
        self.unnamed.relations = number(
            &mut self.relations,
            'r',
            RelationColumn::FORMAT.file,
            |row| row.valid_from.last(),
            |row| &mut row.id,
            findings,
        );
        fn number_inputs<A: About>(rows: &mut List<Input<A>>, findings: &mut Findings) -> Vec<Id<Input<A>>> {
            number(rows, A::LETTER, A::FORMAT.file, Input::known_day, |row| &mut row.id, findings)
        }
        self.unnamed.salience = number_inputs(&mut self.salience, findings);
        self.unnamed.values = number_inputs(&mut self.values, findings);
        self.unnamed.alternatives = number_inputs(&mut self.alternatives, findings);
        self.unnamed.trust = number_inputs(&mut self.trust, findings);
        self.unnamed.exposure = number_inputs(&mut self.exposure, findings);
        self.unnamed.assurances = number_inputs(&mut self.assurances, findings);
        self.unnamed.capabilities = number_inputs(&mut self.capabilities, findings);
        self.unnamed.drivers = number_inputs(&mut self.drivers, findings);
        for position in self.positions.iter_mut() {
            if position.document.is_empty() {
                position.document = position.id.clone();
            }
        }
        self
    }

    /// Puts the rows in order.
    pub(crate) fn ordered(mut self) -> Self {
        let mut positions: Vec<Id<Position>> = self.positions.ids().collect();
        let rows = &self.positions;
        positions.sort_by(|a, b| {
            let (a, b) = (&rows[*a], &rows[*b]);
            (a.actor, a.subject)
                .cmp(&(b.actor, b.subject))
                .then(a.valid_from.cmp(&b.valid_from))
                .then(b.rank().cmp(&a.rank()))
                .then_with(|| natural_order(&a.id, &b.id))
        });
        let mut lines = BTreeMap::new();
        let mut start = 0;
        for chunk in positions.chunk_by(|a, b| (rows[*a].actor, rows[*a].subject) == (rows[*b].actor, rows[*b].subject))
        {
            let first = &rows[chunk[0]];
            lines.insert((first.actor, first.subject), start..start + chunk.len());
            start += chunk.len();
        }
        let mut superseded_by: BTreeMap<Id<Position>, Vec<Id<Position>>> = BTreeMap::new();
        for (id, position) in self.positions.with_ids() {
            for target in &position.supersedes {
                superseded_by.entry(*target).or_default().push(id);
            }
        }
        let mut events: Vec<Id<Event>> = self.events.ids().collect();
        events.sort_by(|a, b| {
            let (a, b) = (&self.events[*a], &self.events[*b]);
            a.date.cmp(&b.date).then_with(|| natural_order(&a.id, &b.id))
        });
        self.order = Order { positions, lines, events, superseded_by };
        self
    }

    /// The marking of a position: its own, else the case's; readings of what a named person would accept are confidential unless marked.
    #[must_use]
    pub fn marking_of(&self, position: &Position) -> Marking {
        let person = self.actors[position.actor].kind == Some(crate::actor::ActorKind::Person);
        let default = match position.kind {
            Some(Kind::ReservationReading) if person => Marking::Confidential,
            _ => self.settings.marking,
        };
        position.marking.unwrap_or(default)
    }

    /// Reports contradictions that name rows that are not there.
    pub(crate) fn report_contradictions(&self, findings: &mut Findings) {
        let rows: BTreeSet<&str> =
            self.positions.iter().map(|row| &*row.id).chain(self.events.iter().map(|row| &*row.id)).collect();
        let factors: BTreeSet<&str> = self.factors.iter().map(|row| &*row.name).collect();
        for (number, contradiction) in self.settings.contradictions.iter().enumerate() {
            for row in &contradiction.rows {
                let found = match row.strip_prefix("factor:") {
                    Some(factor) => factors.contains(factor),
                    None => rows.contains(row.as_str()),
                };
                if !found {
                    let message = format!("[[contradiction]] `{}`: no row has the id `{row}`", contradiction.matter);
                    findings.push(in_settings(message, self.settings.places.contradictions.get(number)));
                }
            }
        }
    }

    /// Reports credits of sources that are not there.
    pub(crate) fn report_credits(&self, findings: &mut Findings) {
        let sources: BTreeSet<&str> = self.sources.iter().map(|source| &*source.id).collect();
        for (number, credit) in self.settings.credits.iter().enumerate() {
            if !sources.contains(credit.source.as_str()) {
                let message = format!("[[credit]]: no source has the id `{}`", credit.source);
                findings.push(in_settings(message, self.settings.places.credits.get(number)));
            }
        }
    }

    /// Warns where a row names one with a higher marking.
    pub(crate) fn report_hidden_references(&self, findings: &mut Findings) {
        for row in self.positions.iter() {
            for target in &row.supersedes {
                let target = &self.positions[*target];
                if self.marking_of(target) > self.marking_of(row) {
                    let message = format!("supersedes: `{}` names `{}`, which has a higher marking", row.id, target.id);
                    findings.push(Diagnostic::new(Code::NamesHiddenRow, PositionColumn::FORMAT.file, message));
                }
            }
        }
    }
}

/// A reference in `case.toml` that leads nowhere.
fn in_settings(message: String, place: Option<&(u64, u64)>) -> Diagnostic {
    let finding = Diagnostic::new(Code::UnknownReference, crate::settings::FILE, message);
    match place {
        Some((line, column)) => finding.at(*line, Some(*column)),
        None => finding,
    }
}
