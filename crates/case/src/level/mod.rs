//! A case as a level shows it: rows above the level left out as if they had never been there.

mod claims;
mod inputs;
mod models;
mod scenarios;

use std::collections::{BTreeMap, BTreeSet};

use crate::actor::{Actor, Alias};
use crate::case::{Case, Order, Unnamed};
use crate::claim::Claim;
use crate::condition::Requirement;
use crate::constraint::{Constraint, ConstraintKind};
use crate::event::Event;
use crate::factor::Factor;
use crate::ids::{Id, List};
use crate::indicator::{Evidence, Indicator};
use crate::issue::{Issue, Topic};
use crate::marking::{Level, Marking};
use crate::package::Clause;
use crate::position::{Position, Subject};
use crate::price::Price;
use crate::relation::Relation;
use crate::scenario::{Scenario, ScenarioFactor};
use crate::source::Source;
use crate::source_defaults::SourceDefaults;
use crate::stability::CaseModel;
use crate::text::natural_order;
use inputs::{KeptInputs, number_inputs, number_unnamed};

impl Case {
    /// [`Case::at_level`] of a case that is not needed otherwise: where the level shows everything, nothing is copied.
    #[must_use]
    pub fn into_level(self, level: Level) -> Case {
        let mut used = vec![false; self.sources.len()];
        let sources = self.positions.iter().map(|row| row.source).chain(self.events.iter().map(|row| row.source));
        let sources =
            sources.chain(self.relations.iter().map(|row| row.source)).chain(self.factors.iter().map(|row| row.source));
        let sources = sources.chain(self.clauses.iter().map(|row| row.source)).chain(self.input_sources());
        let sources = sources.chain(self.model_sources()).chain(self.scenario_factors.iter().map(|row| row.source));
        sources.flatten().for_each(|source| used[source.place()] = true);
        let plain = !self.has_markings
            && used.iter().all(|used| *used)
            && self.positions.iter().all(|row| self.marking_of(row) == Marking::Public);
        if level == Level::All || plain { self } else { self.at_level(level) }
    }

    /// The case without the rows that a level does not show, as if they had never been there. Principals are always shown.
    /// A row that names a hidden actor or issue is hidden with it. Actors, issues and topics without a marking in a case whose
    /// own marking is not shown are shown where a shown row names them. Where markings are in use, ids of rows are numbered
    /// anew, so that no gap tells of what is left out; so are the ids of rows that have none of their own. Statements of stability models
    /// lose the rows that are not shown.
    #[must_use]
    pub fn at_level(&self, level: Level) -> Case {
        if level == Level::All {
            return self.clone();
        }
        let shows = |marking: Option<Marking>| level.shows(marking.unwrap_or(self.settings.marking));
        let may_show = |marking: Option<Marking>| marking.is_none_or(|marking| level.shows(marking));
        // Who and what is hidden by a marking of its own. A part that has no row of its own is hidden with its whole.
        let actor_hidden = |id: Id<Actor>| {
            let actor = &self.actors[id];
            let whole = actor.parent.filter(|_| actor.implied).map_or(actor, |whole| &self.actors[whole]);
            !(self.principals.contains(&id) || (may_show(actor.marking) && may_show(whole.marking)))
        };
        let issue_hidden = |id: Id<Issue>| !may_show(self.issues[id].marking);
        let topic_hidden = |id: Id<Topic>| self.topics[id].issue.is_some_and(issue_hidden);

        let positions = Kept::of(&self.positions, |_, row| {
            let names_hidden_issue = match row.subject {
                Subject::Issue(issue) => issue_hidden(issue),
                Subject::Topic(topic) => topic_hidden(topic),
            } || required_issues(row).any(issue_hidden);
            let names_hidden_actor = actor_hidden(row.actor) || row.addressees.iter().any(|id| actor_hidden(*id));
            level.shows(self.marking_of(row)) && !names_hidden_issue && !names_hidden_actor
        });
        let events = Kept::of(&self.events, |_, row| {
            shows(row.marking)
                && !row.parties.iter().any(|id| actor_hidden(*id))
                && !row.mediators.iter().any(|mediator| actor_hidden(mediator.actor))
                && !row.topics.iter().any(|id| topic_hidden(*id))
        });
        let relations =
            Kept::of(&self.relations, |_, row| shows(row.marking) && !actor_hidden(row.from) && !actor_hidden(row.to));
        let factors = Kept::of(&self.factors, |_, row| shows(row.marking));
        let indicators = Kept::of(&self.indicators, |_, row| {
            let (any, all) = match &row.evidence {
                Evidence::Series(name) => {
                    let mut values = self.factors.with_ids().filter(|(_, value)| value.name == *name);
                    (values.any(|(id, _)| factors.keeps(id)), true)
                }
                Evidence::Rows { positions: says, events: happened, relations: ties } => {
                    let shown = says.iter().map(|id| positions.keeps(*id));
                    let shown = shown.chain(happened.iter().map(|id| events.keeps(*id)));
                    let shown: Vec<bool> = shown.chain(ties.iter().map(|id| relations.keeps(*id))).collect();
                    (shown.contains(&true), !shown.contains(&false))
                }
            };
            // An entry without a marking of its own is no more public than the rows that its reason speaks of.
            shows(row.marking) && any && (row.marking.is_some() || all) && !row.actor.is_some_and(actor_hidden)
        });
        let clauses = Kept::of(&self.clauses, |_, row| {
            let hidden = match row.subject {
                Subject::Issue(issue) => issue_hidden(issue),
                Subject::Topic(topic) => topic_hidden(topic),
            };
            // A clause without a marking of its own is no more public than the rows that it retells.
            let rows_shown = row.rows.iter().all(|id| positions.keeps(*id));
            shows(row.marking) && (row.marking.is_some() || rows_shown) && !hidden
        });

        let inputs = self.kept_inputs(&shows, &actor_hidden, &issue_hidden);
        let constraints = Kept::of(&self.constraints, |_, row| {
            let demand_hidden = matches!(row.kind, ConstraintKind::Demand(actor) if actor_hidden(actor));
            shows(row.marking) && !demand_hidden && !row.issues().into_iter().any(issue_hidden)
        });
        let stability = self.kept_models(&shows, &actor_hidden);
        let series_hidden = |name: &str| {
            let mut rows = self.factors.with_ids().filter(|(_, row)| *row.name == *name).peekable();
            rows.peek().is_some() && rows.all(|(id, _)| !factors.keeps(id))
        };
        let claims = self.kept_claims(
            &shows,
            &claims::Hidden {
                actor: &actor_hidden,
                issue: &issue_hidden,
                topic: &topic_hidden,
                series: &series_hidden,
            },
        );
        let factors_of_scenarios = Kept::of(&self.scenario_factors, |_, row| shows(row.marking));
        let scenarios = self.kept_scenarios(&shows, &factors_of_scenarios, &positions, &stability);
        let prices = self.prices.iter().filter(|price| !actor_hidden(price.actor));

        let mut used = Used {
            actors: vec![false; self.actors.len()],
            issues: vec![false; self.issues.len()],
            topics: vec![false; self.topics.len()],
            sources: vec![false; self.sources.len()],
        };
        self.principals.iter().for_each(|id| used.actor(self, *id));
        positions.old.iter().for_each(|id| used.position(self, &self.positions[*id]));
        events.old.iter().for_each(|id| used.event(self, &self.events[*id]));
        relations.old.iter().for_each(|id| used.relation(self, &self.relations[*id]));
        factors.old.iter().for_each(|id| used.source(self.factors[*id].source));
        indicators.old.iter().filter_map(|id| self.indicators[*id].actor).for_each(|id| used.actor(self, id));
        clauses.old.iter().for_each(|id| used.clause(self, &self.clauses[*id]));
        self.use_inputs(&inputs, &issue_hidden, &mut used);
        for row in constraints.old.iter().map(|id| &self.constraints[*id]) {
            if let ConstraintKind::Demand(actor) = row.kind {
                used.actor(self, actor);
            }
            row.issues().into_iter().for_each(|issue| used.issues[issue.place()] = true);
            used.source(row.source);
        }
        used.models(self, &stability);
        used.claims(self, &claims);
        factors_of_scenarios.old.iter().for_each(|id| used.source(self.scenario_factors[*id].source));
        for price in prices {
            used.actor(self, price.actor);
            used.source(price.source);
        }
        for alias in self.aliases.iter().filter(|alias| self.actors[alias.actor].implied) {
            used.actor(self, alias.actor);
        }
        let unmarked_shown = level.shows(self.settings.marking);
        let actors = Kept::of(&self.actors, |id, actor| {
            let needs_use = actor.implied || (actor.marking.is_none() && !unmarked_shown);
            !actor_hidden(id) && (used.actors[id.place()] || !needs_use)
        });
        let issues = Kept::of(&self.issues, |id, issue| {
            !issue_hidden(id) && (used.issues[id.place()] || issue.marking.is_some() || unmarked_shown)
        });
        let topics = Kept::of(&self.topics, |id, topic| {
            let by_issue = topic.issue.is_none_or(|issue| issues.keeps(issue));
            by_issue && (used.topics[id.place()] || (!topic.implied && unmarked_shown))
        });
        let sources = Kept::of(&self.sources, |id, _| used.sources[id.place()]);
        let mut case = self.reduced(&Parts {
            actors,
            issues,
            topics,
            sources,
            positions,
            events,
            relations,
            factors,
            indicators,
            clauses,
            inputs,
            constraints,
            stability,
            claims,
            scenario_factors: factors_of_scenarios,
            scenarios,
        });

        let kept_rows: BTreeSet<&str> =
            case.positions.iter().map(|row| &*row.id).chain(case.events.iter().map(|row| &*row.id)).collect();
        let kept_factors: BTreeSet<&str> = case.factors.iter().map(|row| &*row.name).collect();
        let kept_sources: BTreeSet<&str> = case.sources.iter().map(|source| &*source.id).collect();
        case.settings.contradictions.retain(|contradiction| {
            contradiction.rows.iter().all(|row| match row.strip_prefix("factor:") {
                Some(factor) => kept_factors.contains(factor),
                None => kept_rows.contains(row.as_str()),
            })
        });
        let models = case.stability.iter().map(|model| model.with_rows(|row| kept_rows.contains(row)).into_owned());
        case.stability = models.collect();
        case.settings.credits.retain(|credit| kept_sources.contains(credit.source.as_str()));
        if !self.settings.keep_ids {
            case.number_anew();
        }
        case.ordered()
    }

    /// Actors and topics that the program made from names, from the given places on, in the order of their ids: not in that
    /// of the rows that name them, which would tell of rows that are left out later.
    pub(crate) fn with_implied_sorted(self, first_actor: usize, first_topic: usize) -> Case {
        let actors = Kept::sorted(&self.actors, first_actor, |actor| &actor.id);
        let topics = Kept::sorted(&self.topics, first_topic, |topic| &topic.id);
        if actors.is_all() && topics.is_all() {
            return self;
        }
        self.reduced(&Parts {
            actors,
            issues: Kept::of(&self.issues, |_, _| true),
            topics,
            sources: Kept::of(&self.sources, |_, _| true),
            positions: Kept::of(&self.positions, |_, _| true),
            events: Kept::of(&self.events, |_, _| true),
            relations: Kept::of(&self.relations, |_, _| true),
            factors: Kept::of(&self.factors, |_, _| true),
            indicators: Kept::of(&self.indicators, |_, _| true),
            clauses: Kept::of(&self.clauses, |_, _| true),
            inputs: self.kept_inputs(&|_| true, &|_| false, &|_| false),
            constraints: Kept::of(&self.constraints, |_, _| true),
            stability: Kept::of(&self.stability, |_, _| true),
            claims: Kept::of(&self.claims, |_, _| true),
            scenario_factors: Kept::of(&self.scenario_factors, |_, _| true),
            scenarios: Kept::of(&self.scenarios, |_, _| true),
        })
    }

    /// The case with the parts that are kept, in their new order. Rows that name parts that are not kept lose the reference.
    fn reduced(&self, kept: &Parts) -> Case {
        let Parts {
            actors,
            issues,
            topics,
            sources,
            positions,
            events,
            relations,
            factors,
            indicators,
            clauses,
            inputs,
            constraints,
            stability,
            claims,
            scenario_factors,
            scenarios,
        } = kept;
        Case {
            settings: self.settings.clone(),
            principals: actors.new_ids(&self.principals),
            actors: actors.rows(&self.actors, |actor| {
                actor.parent = actor.parent.and_then(|id| actors.new_id(id));
            }),
            aliases: self
                .aliases
                .iter()
                .filter_map(|alias| Some(Alias { actor: actors.new_id(alias.actor)?, ..alias.clone() }))
                .collect(),
            issues: issues.rows(&self.issues, |_| {}),
            topics: topics.rows(&self.topics, |topic| topic.issue = topic.issue.and_then(|id| issues.new_id(id))),
            sources: sources.rows(&self.sources, |_| {}),
            source_defaults: self
                .source_defaults
                .iter()
                .filter_map(|row| Some(SourceDefaults { source: sources.new_id(row.source)?, ..row.clone() }))
                .collect(),
            positions: positions.rows(&self.positions, |row| {
                row.actor = actors.new_id(row.actor).unwrap_or(row.actor);
                row.addressees = actors.new_ids(&row.addressees);
                row.subject = match row.subject {
                    Subject::Issue(id) => Subject::Issue(issues.new_id(id).unwrap_or(id)),
                    Subject::Topic(id) => Subject::Topic(topics.new_id(id).unwrap_or(id)),
                };
                for condition in &mut row.conditions {
                    if let Requirement::Outcome(issue, _) = &mut condition.requires {
                        *issue = issues.new_id(*issue).unwrap_or(*issue);
                    }
                }
                row.source = row.source.and_then(|id| sources.new_id(id));
                row.supersedes = positions.new_ids(&row.supersedes);
            }),
            events: events.rows(&self.events, |row| {
                row.parties = actors.new_ids(&row.parties);
                row.mediators.retain_mut(|mediator| match actors.new_id(mediator.actor) {
                    Some(id) => {
                        mediator.actor = id;
                        true
                    }
                    None => false,
                });
                row.topics = topics.new_ids(&row.topics);
                row.source = row.source.and_then(|id| sources.new_id(id));
            }),
            relations: relations.rows(&self.relations, |row| {
                row.from = actors.new_id(row.from).unwrap_or(row.from);
                row.to = actors.new_id(row.to).unwrap_or(row.to);
                row.source = row.source.and_then(|id| sources.new_id(id));
            }),
            factors: factors.rows(&self.factors, |row| row.source = row.source.and_then(|id| sources.new_id(id))),
            indicators: indicators.rows(&self.indicators, |row| {
                row.actor = row.actor.and_then(|id| actors.new_id(id));
                if let Evidence::Rows { positions: says, events: happened, relations: ties } = &mut row.evidence {
                    *says = positions.new_ids(says);
                    *happened = events.new_ids(happened);
                    *ties = relations.new_ids(ties);
                }
            }),
            clauses: clauses.rows(&self.clauses, |row| {
                row.subject = match row.subject {
                    Subject::Issue(id) => Subject::Issue(issues.new_id(id).unwrap_or(id)),
                    Subject::Topic(id) => Subject::Topic(topics.new_id(id).unwrap_or(id)),
                };
                row.rows = positions.new_ids(&row.rows);
                row.source = row.source.and_then(|id| sources.new_id(id));
            }),
            salience: inputs.salience.inputs(&self.salience, kept),
            values: inputs.values.inputs(&self.values, kept),
            alternatives: inputs.alternatives.inputs(&self.alternatives, kept),
            trust: inputs.trust.inputs(&self.trust, kept),
            exposure: inputs.exposure.inputs(&self.exposure, kept),
            assurances: inputs.assurances.inputs(&self.assurances, kept),
            capabilities: inputs.capabilities.inputs(&self.capabilities, kept),
            drivers: inputs.drivers.inputs(&self.drivers, kept),
            scenario_factors: scenario_factors.rows(&self.scenario_factors, |row| {
                row.source = row.source.and_then(|id| sources.new_id(id));
            }),
            scenarios: scenarios.rows(&self.scenarios, |row| {
                row.set.retain_mut(|(factor, _)| match scenario_factors.new_id(*factor) {
                    Some(id) => {
                        *factor = id;
                        true
                    }
                    None => false,
                });
            }),
            constraints: constraints.rows(&self.constraints, |row| {
                if let ConstraintKind::Demand(actor) = &mut row.kind {
                    *actor = actors.new_id(*actor).unwrap_or(*actor);
                }
                row.rule = row.rule.clone().map_atoms(&mut |mut outcome| {
                    outcome.issue = issues.new_id(outcome.issue).unwrap_or(outcome.issue);
                    outcome
                });
                row.source = row.source.and_then(|id| sources.new_id(id));
            }),
            prices: self
                .prices
                .iter()
                .filter_map(|price| {
                    let actor = actors.new_id(price.actor)?;
                    Some(Price { actor, source: price.source.and_then(|id| sources.new_id(id)), ..price.clone() })
                })
                .collect(),
            stability: stability.models(&self.stability, kept),
            claims: claims.claims(&self.claims, kept),
            files: self.files.clone(),
            has_markings: self.has_markings,
            unnamed: Unnamed {
                positions: positions.new_ids(&self.unnamed.positions),
                events: events.new_ids(&self.unnamed.events),
                relations: relations.new_ids(&self.unnamed.relations),
                salience: inputs.salience.new_ids(&self.unnamed.salience),
                values: inputs.values.new_ids(&self.unnamed.values),
                alternatives: inputs.alternatives.new_ids(&self.unnamed.alternatives),
                trust: inputs.trust.new_ids(&self.unnamed.trust),
                exposure: inputs.exposure.new_ids(&self.unnamed.exposure),
                assurances: inputs.assurances.new_ids(&self.unnamed.assurances),
                capabilities: inputs.capabilities.new_ids(&self.unnamed.capabilities),
                drivers: inputs.drivers.new_ids(&self.unnamed.drivers),
            },
            order: Order::default(),
        }
    }

    /// Numbers rows and documents in the order of the file where markings are in use; otherwise only the rows without an id of
    /// their own, in the order in which they became known. Ids in notes and contradictions follow.
    fn number_anew(&mut self) {
        let mut new_ids: BTreeMap<Box<str>, Box<str>> = BTreeMap::new();
        if self.has_markings {
            let mut documents: BTreeMap<Box<str>, Box<str>> = BTreeMap::new();
            for (number, row) in self.positions.iter_mut().enumerate() {
                let next = format!("d{:03}", documents.len() + 1).into();
                row.document = documents.entry(row.document.clone()).or_insert(next).clone();
                let old = std::mem::replace(&mut row.id, format!("p{:03}", number + 1).into());
                new_ids.insert(old, row.id.clone());
            }
            for (number, row) in self.events.iter_mut().enumerate() {
                let old = std::mem::replace(&mut row.id, format!("e{:03}", number + 1).into());
                new_ids.insert(old, row.id.clone());
            }
            for (number, row) in self.relations.iter_mut().enumerate() {
                row.id = format!("r{:03}", number + 1).into();
            }
            number_inputs(&mut self.salience);
            number_inputs(&mut self.values);
            number_inputs(&mut self.alternatives);
            number_inputs(&mut self.trust);
            number_inputs(&mut self.exposure);
            number_inputs(&mut self.assurances);
            number_inputs(&mut self.capabilities);
            number_inputs(&mut self.drivers);
            for (number, row) in self.constraints.iter_mut().enumerate() {
                row.id = format!("c{:03}", number + 1).into();
            }
            for (number, row) in self.claims.iter_mut().enumerate() {
                row.id = format!("claim-{:03}", number + 1).into();
            }
        } else {
            let unnamed = &self.unnamed;
            for (number, place) in unnamed.positions.iter().enumerate() {
                let row = &mut self.positions[*place];
                let old = std::mem::replace(&mut row.id, Unnamed::id('p', number));
                if row.document == old {
                    row.document = row.id.clone();
                }
                new_ids.insert(old, row.id.clone());
            }
            for (number, place) in unnamed.events.iter().enumerate() {
                let row = &mut self.events[*place];
                new_ids.insert(std::mem::replace(&mut row.id, Unnamed::id('e', number)), row.id.clone());
            }
            for (number, place) in unnamed.relations.iter().enumerate() {
                self.relations[*place].id = Unnamed::id('r', number);
            }
            number_unnamed(&mut self.salience, &unnamed.salience);
            number_unnamed(&mut self.values, &unnamed.values);
            number_unnamed(&mut self.alternatives, &unnamed.alternatives);
            number_unnamed(&mut self.trust, &unnamed.trust);
            number_unnamed(&mut self.exposure, &unnamed.exposure);
            number_unnamed(&mut self.assurances, &unnamed.assurances);
            number_unnamed(&mut self.capabilities, &unnamed.capabilities);
            number_unnamed(&mut self.drivers, &unnamed.drivers);
        }
        for row in self.positions.iter_mut() {
            row.coder_note = renamed(&row.coder_note, &new_ids);
        }
        for row in self.events.iter_mut() {
            row.note = renamed(&row.note, &new_ids);
        }
        for row in self.clauses.iter_mut() {
            row.note = renamed(&row.note, &new_ids);
        }
        for row in self.indicators.iter_mut() {
            row.reason = renamed(&row.reason, &new_ids);
        }
        self.stability.iter_mut().for_each(|model| models::rename(model, &new_ids));
        for claim in self.claims.iter_mut() {
            claim.reason = renamed(&claim.reason, &new_ids);
            claim.note = renamed(&claim.note, &new_ids);
            claim.parts.iter_mut().for_each(|part| part.note = renamed(&part.note, &new_ids));
        }
        self.scenarios.iter_mut().for_each(|scenario| scenarios::rename(scenario, &new_ids));
        for row in self.settings.contradictions.iter_mut().flat_map(|contradiction| &mut contradiction.rows) {
            if let Some(new) = new_ids.get(row.as_str()) {
                *row = new.to_string();
            }
        }
    }
}

/// The issues that the conditions of a row name.
fn required_issues(row: &Position) -> impl Iterator<Item = Id<Issue>> {
    row.conditions.iter().filter_map(|condition| match condition.requires {
        Requirement::Outcome(issue, _) => Some(issue),
        Requirement::Words(_) => None,
    })
}

/// A text in which ids of rows are replaced by their new ones.
fn renamed(text: &str, new_ids: &BTreeMap<Box<str>, Box<str>>) -> Box<str> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#');
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !in_word(c)) {
        let word = part.trim_end_matches(|c: char| !in_word(c));
        // A full stop after an id ends a sentence, unless it belongs to the id.
        let id =
            [word, word.trim_end_matches('.')].into_iter().find(|id| new_ids.contains_key(*id)).unwrap_or_default();
        out.push_str(new_ids.get(id).map_or(id, |new| new));
        out.push_str(&part[id.len()..]);
    }
    out.into()
}

/// What rows that are shown name.
struct Used {
    actors: Vec<bool>,
    issues: Vec<bool>,
    topics: Vec<bool>,
    sources: Vec<bool>,
}

impl Used {
    fn actor(&mut self, case: &Case, id: Id<Actor>) {
        self.actors[id.place()] = true;
        let actor = &case.actors[id];
        if let Some(whole) = actor.parent.filter(|_| actor.implied) {
            self.actors[whole.place()] = true;
        }
    }

    fn topic(&mut self, case: &Case, id: Id<Topic>) {
        self.topics[id.place()] = true;
        if let Some(issue) = case.topics[id].issue {
            self.issues[issue.place()] = true;
        }
    }

    fn source(&mut self, id: Option<Id<Source>>) {
        if let Some(id) = id {
            self.sources[id.place()] = true;
        }
    }

    fn position(&mut self, case: &Case, row: &Position) {
        self.actor(case, row.actor);
        row.addressees.iter().for_each(|id| self.actor(case, *id));
        match row.subject {
            Subject::Issue(issue) => self.issues[issue.place()] = true,
            Subject::Topic(topic) => self.topic(case, topic),
        }
        required_issues(row).for_each(|issue| self.issues[issue.place()] = true);
        self.source(row.source);
    }

    fn clause(&mut self, case: &Case, row: &Clause) {
        match row.subject {
            Subject::Issue(issue) => self.issues[issue.place()] = true,
            Subject::Topic(topic) => self.topic(case, topic),
        }
        self.source(row.source);
    }

    fn event(&mut self, case: &Case, row: &Event) {
        row.parties.iter().for_each(|id| self.actor(case, *id));
        row.mediators.iter().for_each(|mediator| self.actor(case, mediator.actor));
        row.topics.iter().for_each(|id| self.topic(case, *id));
        self.source(row.source);
    }

    fn relation(&mut self, case: &Case, row: &Relation) {
        self.actor(case, row.from);
        self.actor(case, row.to);
        self.source(row.source);
    }
}

/// Which rows of each list are kept.
struct Parts {
    actors: Kept<Actor>,
    issues: Kept<Issue>,
    topics: Kept<Topic>,
    sources: Kept<Source>,
    positions: Kept<Position>,
    events: Kept<Event>,
    relations: Kept<Relation>,
    factors: Kept<Factor>,
    indicators: Kept<Indicator>,
    clauses: Kept<Clause>,
    inputs: KeptInputs,
    constraints: Kept<Constraint>,
    stability: Kept<CaseModel>,
    claims: Kept<Claim>,
    scenario_factors: Kept<ScenarioFactor>,
    scenarios: Kept<Scenario>,
}

/// Which rows of a list are kept, and their new places.
struct Kept<T> {
    old: Vec<Id<T>>,
    new: Vec<Option<Id<T>>>,
}

impl<T: Clone> Kept<T> {
    fn of(list: &List<T>, keep: impl Fn(Id<T>, &T) -> bool) -> Self {
        let mut kept = Kept { old: Vec::new(), new: Vec::with_capacity(list.len()) };
        for (id, row) in list.with_ids() {
            let keep = keep(id, row);
            kept.new.push(keep.then(|| Id::at(kept.old.len())));
            if keep {
                kept.old.push(id);
            }
        }
        kept
    }

    /// All rows; those from a place on in the order of a text.
    fn sorted(list: &List<T>, from: usize, key: impl Fn(&T) -> &str) -> Self {
        let mut old: Vec<Id<T>> = list.ids().collect();
        let from = from.min(old.len());
        old[from..].sort_by(|a, b| natural_order(key(&list[*a]), key(&list[*b])));
        let mut new = vec![None; old.len()];
        old.iter().enumerate().for_each(|(place, id)| new[id.place()] = Some(Id::at(place)));
        Kept { old, new }
    }

    /// Whether all rows are kept in their order.
    fn is_all(&self) -> bool {
        self.old.len() == self.new.len() && self.old.iter().enumerate().all(|(place, id)| id.place() == place)
    }

    fn new_ids(&self, ids: &[Id<T>]) -> Vec<Id<T>> {
        ids.iter().filter_map(|id| self.new_id(*id)).collect()
    }

    fn keeps(&self, id: Id<T>) -> bool {
        self.new_id(id).is_some()
    }

    fn new_id(&self, id: Id<T>) -> Option<Id<T>> {
        self.new.get(id.place()).copied().flatten()
    }

    fn rows(&self, list: &List<T>, mut change: impl FnMut(&mut T)) -> List<T> {
        self.old
            .iter()
            .map(|id| {
                let mut row = list[*id].clone();
                change(&mut row);
                row
            })
            .collect()
    }
}
