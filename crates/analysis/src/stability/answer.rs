//! From a model, and what is asked about it, to what is told.

use std::collections::BTreeSet;
use std::fmt;

use detente_case::stability::{
    Basis, Forbidden, Form, OptionForm as Stated, Preference as StatedPreference, StabilityModel,
};
use detente_stability::certificate::{Answer, Reason, Step};
use detente_stability::coalition::{Coalition, CoalitionError, CoalitionRules, Coalitions, Sanctioners};
use detente_stability::inverse::InverseError;
use detente_stability::status_quo::{Arrival, Movement, evolve};
use detente_stability::{
    AnalyseError, Certificate, Concept, DecisionMaker, JointMoves, Preference, Relation, Returns, Rules, State,
    Unknowns, Verdicts, analyse, certificate,
};

use super::desired::desired;
use super::model::Lowered;
use super::robust::{robustness, without_statements};
use super::single::options_now;
use super::told::{
    ArrivalNow, ByConcept, CoalitionNow, CoalitionsNow, DecisionMakerNow, DeterredNow, FromStatusQuo, InfeasibleNow,
    JumpNow, MOST_DRAWN, MOST_LISTED, OpenNow, OptionNow, PreferenceKind, RulesNow, Stability, StateNow, StatementNow,
    StepNow, WhyNow,
};
use crate::about::{About, Settings};

/// Most states for which it is looked at what each statement decides.
const MOST_TRIED: usize = 1 << 14;

/// What is asked about a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The readings of the concepts.
    pub rules: Rules,
    /// States of which it is asked why they are stable or not.
    pub why: Vec<State>,
    /// Lists all states, however many.
    pub all_states: bool,
    /// Looks at sides that move together, and by whom these are answered.
    pub coalitions: Option<Sanctioners>,
    /// Asks what would have to change for a state to hold under a concept.
    pub desired: Option<(State, Concept)>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The model has no state of this number.
    NoState(u64),
    /// As the engine says.
    Analyse(AnalyseError),
    /// As the engine says of coalitions.
    Coalitions(CoalitionError),
    /// As the engine says of changes.
    Inverse(InverseError),
    /// Changes are looked for in the canonical reading, with all preferences known.
    OnlyCanonical,
    /// So many sides that not all coalitions are listed.
    TooManySides(usize),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoAnswer::NoState(number) => write!(f, "the model has no state {number}"),
            NoAnswer::Analyse(error) => error.fmt(f),
            NoAnswer::Coalitions(error) => error.fmt(f),
            NoAnswer::Inverse(error) => error.fmt(f),
            NoAnswer::OnlyCanonical => f.write_str(
                "what would have to change is looked for where all preferences are known, and with the canonical moves and returns",
            ),
            NoAnswer::TooManySides(sides) => write!(
                f,
                "all coalitions are listed for at most {} sides; this model has {sides}",
                Coalition::MOST_LISTED
            ),
        }
    }
}

impl std::error::Error for NoAnswer {}

impl From<AnalyseError> for NoAnswer {
    fn from(error: AnalyseError) -> Self {
        NoAnswer::Analyse(error)
    }
}

/// For each option Y where it is taken in a state, N where it is not; where combinations are one state, that of the smallest. Empty in graph
/// form.
pub(crate) fn letters(source: &StabilityModel, lowered: &Lowered, state: State) -> String {
    let Form::Options(form) = &source.form else { return String::new() };
    let code = lowered.model.codes(state).first().copied().unwrap_or(0);
    (0..form.options.len()).map(|option| if code >> option & 1 == 1 { 'Y' } else { 'N' }).collect()
}

/// Which outcomes of a model would hold, and how far that depends on what is uncertain about preferences.
///
/// Cost: one analysis, one for each draw, and one for each statement.
///
/// # Errors
/// See [`NoAnswer`].
pub fn stability(
    source: &StabilityModel,
    lowered: &Lowered,
    asked: &Asked,
    about: About,
    settings: Settings,
) -> Result<Stability, NoAnswer> {
    let model = &lowered.model;
    let states = model.states();
    if let Some(state) = asked.why.iter().find(|state| state.place() >= states) {
        return Err(NoAnswer::NoState(state.number()));
    }
    let verdicts = analyse(model, &lowered.preferences, asked.rules)?;
    let listed = asked.all_states || states <= MOST_LISTED;
    let robustness = robustness(source, lowered, asked.rules, settings)?;
    let without =
        if states <= MOST_TRIED { without_statements(source, lowered, asked.rules, &verdicts)? } else { Vec::new() };
    let telling = Telling { source, lowered, verdicts: &verdicts };
    let ids = source.decision_makers.iter().map(|maker| maker.id.to_string());
    let stable = (0..model.decision_makers()).map(|mover| telling.stable(DecisionMaker(mover)));
    Ok(Stability {
        title: source.title.to_string(),
        source: source.source.as_ref().map(|source| source.value.to_string()).unwrap_or_default(),
        note: source.note.to_string(),
        at: source.at.map(|day| day.to_string()),
        decision_makers: telling.decision_makers(listed),
        options: telling.options(),
        infeasible: telling.infeasible(),
        count: states,
        states: listed.then(|| telling.states()),
        moves: (states <= MOST_DRAWN).then(|| telling.moves()),
        rules: rules_now(asked.rules),
        equilibria: ByConcept::of(|concept| verdicts.equilibria(concept).map(State::number).collect()),
        stable: if listed { ids.zip(stable).collect() } else { Default::default() },
        status_quo: lowered.status_quo.map(State::number),
        from_status_quo: telling.since_status_quo(asked),
        coalitions: asked.coalitions.map(|sanctioners| telling.coalitions(asked, sanctioners)).transpose()?,
        inverse: asked
            .desired
            .map(|what| desired(source, lowered, asked.rules, what, |mover| telling.id(mover)))
            .transpose()?,
        why: telling.why(asked),
        about: About { draws: robustness.as_ref().map_or(0, |found| found.draws), ..about },
        robustness,
        without,
    })
}

/// The name of a concept in results.
#[must_use]
pub fn concept_id(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "nash",
        Concept::Gmr => "gmr",
        Concept::Smr => "smr",
        Concept::Seq => "seq",
        Concept::Sseq => "sseq",
    }
}

fn rules_now(rules: Rules) -> RulesNow {
    let joint_moves = match rules.joint_moves {
        JointMoves::Canonical => "canonical",
        JointMoves::EachOnce => "each_once",
        JointMoves::SingleMove => "single_move",
    };
    let unknown = match rules.unknowns {
        Unknowns::LeavesNotDeterred => 'a',
        Unknowns::StaysNotDeterred => 'b',
        Unknowns::LeavesDeterred => 'c',
        Unknowns::StaysDeterred => 'd',
    };
    RulesNow { joint_moves: joint_moves.to_owned(), returns_count: rules.returns == Returns::Count, unknown }
}

struct Telling<'a> {
    source: &'a StabilityModel,
    lowered: &'a Lowered,
    verdicts: &'a Verdicts,
}

impl Telling<'_> {
    fn id(&self, mover: DecisionMaker) -> String {
        self.source.decision_makers.iter().nth(mover.0).map(|maker| maker.id.to_string()).unwrap_or_default()
    }

    fn form(&self) -> Option<&Stated> {
        match &self.source.form {
            Form::Options(form) => Some(form),
            Form::Graph(_) => None,
        }
    }

    fn stable(&self, mover: DecisionMaker) -> ByConcept<Vec<u64>> {
        ByConcept::of(|concept| self.verdicts.stable_states(mover, concept).map(State::number).collect())
    }

    fn decision_makers(&self, listed: bool) -> Vec<DecisionMakerNow> {
        let told = |(place, maker): (usize, &detente_case::stability::DecisionMaker)| {
            let owned = self.form().and_then(|form| form.owned.get(place).map(|owned| (form, owned)));
            let options =
                owned.map(|(form, owned)| owned.iter().map(|option| form.options[*option].id.to_string()).collect());
            let preference = &self.lowered.preferences[place];
            let ranking = preference.ranks().ranking();
            let ranking = ranking.iter().map(|class| class.iter().map(|state| state.number()).collect());
            let (kind, statements) = match &maker.preference.value {
                StatedPreference::Ranking(_) => (PreferenceKind::Ranking, Vec::new()),
                StatedPreference::Weights(_) => (PreferenceKind::Weights, Vec::new()),
                StatedPreference::Indifferent => (PreferenceKind::Indifferent, Vec::new()),
                StatedPreference::Statements(order) => (PreferenceKind::Statements, statements(order, self.form())),
            };
            DecisionMakerNow {
                id: maker.id.to_string(),
                name: maker.name.to_string(),
                options: options.unwrap_or_default(),
                preference: kind,
                statements,
                ranking: if listed { ranking.collect() } else { Vec::new() },
                unknown: preference.unknown().iter().map(|(one, other)| [one.number(), other.number()]).collect(),
            }
        };
        self.source.decision_makers.iter().enumerate().map(told).collect()
    }

    fn options(&self) -> Vec<OptionNow> {
        self.form().map(options_now).unwrap_or_default()
    }

    fn infeasible(&self) -> Vec<InfeasibleNow> {
        let Some(form) = self.form() else { return Vec::new() };
        let name =
            |option: &detente_case::Id<detente_case::stability::ModelOption>| form.options[*option].id.to_string();
        let names = |options: &[detente_case::Id<_>]| options.iter().map(name).collect::<Vec<_>>().join(", ");
        let what = |forbidden: &Forbidden| match forbidden {
            Forbidden::When(rule) => rule.text.to_string(),
            Forbidden::Pattern(pattern) => pattern.to_string(),
            Forbidden::Exclusive(options) => format!("two of: {}", names(options)),
            Forbidden::AtLeastOne(options) => format!("none of: {}", names(options)),
            Forbidden::ExactlyOne(options) => format!("none or two of: {}", names(options)),
            Forbidden::Requires(option, needed) => format!("{} without {}", name(option), name(needed)),
        };
        let entries = form.infeasible.iter().zip(&self.lowered.removed);
        entries
            .map(|(entry, removed)| InfeasibleNow {
                what: what(&entry.what),
                why: entry.why.to_string(),
                removed: removed.and_then(|removed| removed.removed.try_into().ok()),
            })
            .collect()
    }

    fn states(&self) -> Vec<StateNow> {
        let model = &self.lowered.model;
        let told = |state: State| {
            let still = |mover: &usize| model.reach(DecisionMaker(*mover), state).is_empty();
            StateNow {
                number: state.number(),
                options: letters(self.source, self.lowered, state),
                name: self.lowered.names.get(state.place()).map(ToString::to_string).unwrap_or_default(),
                no_moves: (0..model.decision_makers())
                    .filter(still)
                    .map(|mover| self.id(DecisionMaker(mover)))
                    .collect(),
            }
        };
        model.all_states().map(told).collect()
    }

    /// All moves one by one.
    fn moves(&self) -> Vec<StepNow> {
        let model = &self.lowered.model;
        let of = |mover: DecisionMaker, preference: &Preference| {
            let step = |from: State, to: State| self.step(mover, from, to, preference.compare(to, from));
            let moves =
                model.all_states().flat_map(|from| model.reach(mover, from).into_iter().map(move |to| (from, to)));
            moves.map(|(from, to)| step(from, to)).collect::<Vec<_>>()
        };
        (0..).map(DecisionMaker).zip(&self.lowered.preferences).flat_map(|(mover, own)| of(mover, own)).collect()
    }

    /// The states that would hold under some concept, ascending.
    fn equilibria(&self) -> Vec<State> {
        let all: BTreeSet<State> =
            Concept::ALL.into_iter().flat_map(|concept| self.verdicts.equilibria(concept)).collect();
        all.into_iter().collect()
    }

    /// None without a status quo, and for models too large to be searched.
    fn since_status_quo(&self, asked: &Asked) -> Option<FromStatusQuo> {
        let status_quo = self.lowered.status_quo?;
        let (model, equilibria) = (&self.lowered.model, self.equilibria());
        let arrivals = |movement: Movement| -> Option<Vec<ArrivalNow>> {
            let evolution = evolve(model, &self.lowered.preferences, status_quo, &movement).ok()?;
            let told = |arrival: Arrival| ArrivalNow {
                state: arrival.state.number(),
                reached: arrival.path.is_some(),
                path: self.path(arrival.path.as_deref().unwrap_or_default()),
                on_the_way: arrival.on_the_way.iter().map(|state| state.number()).collect(),
            };
            Some(evolution.arrivals(&equilibria).into_iter().map(told).collect())
        };
        let improving = Movement { unknowns: asked.rules.unknowns, ..Movement::improving(model) };
        Some(FromStatusQuo { any: arrivals(Movement::any(model))?, improving: arrivals(improving)? })
    }

    /// The coalitions that the file names, after each side alone; none if it names none.
    fn chosen_coalitions(&self) -> Vec<Coalition> {
        let named = |members: &Vec<detente_case::Id<_>>| {
            Coalition::new(&members.iter().map(|member| DecisionMaker(member.place())).collect::<Vec<_>>())
        };
        let several: Vec<Coalition> = self.source.coalitions.iter().filter_map(named).collect();
        let sides = (0..self.lowered.model.decision_makers()).filter(|_| !several.is_empty());
        let mut chosen: Vec<Coalition> = sides.filter_map(|side| Coalition::new(&[DecisionMaker(side)])).collect();
        for coalition in several {
            if !chosen.contains(&coalition) {
                chosen.push(coalition);
            }
        }
        chosen
    }

    fn coalitions(&self, asked: &Asked, sanctioners: Sanctioners) -> Result<CoalitionsNow, NoAnswer> {
        let sides = self.lowered.model.decision_makers();
        let all = match self.chosen_coalitions() {
            chosen if chosen.is_empty() => Coalition::all(sides).ok_or(NoAnswer::TooManySides(sides))?,
            chosen => chosen,
        };
        let rules = CoalitionRules { sanctioners, returns: asked.rules.returns, unknowns: asked.rules.unknowns };
        let prepared =
            Coalitions::new(&self.lowered.model, &self.lowered.preferences, rules).map_err(NoAnswer::Coalitions)?;
        let verdicts = prepared.verdicts(&all).map_err(NoAnswer::Coalitions)?;
        let members = |coalition: Coalition| coalition.members().map(|member| self.id(member)).collect::<Vec<String>>();
        let of = |coalition: &Coalition| CoalitionNow {
            members: members(*coalition),
            stable: ByConcept::of(|concept| verdicts.stable_states(*coalition, concept).map(State::number).collect()),
        };
        let several: Vec<Coalition> = all.iter().copied().filter(|coalition| coalition.members().count() > 1).collect();
        let strong: Vec<State> = self.verdicts.equilibria(Concept::Sseq).collect();
        let jumps = prepared.jumps(&several, &strong).into_iter();
        Ok(CoalitionsNow {
            answered_by: match sanctioners {
                Sanctioners::Single => "single".to_owned(),
                Sanctioners::Coalitions => "coalitions".to_owned(),
            },
            of: all.iter().map(of).collect(),
            stable_for_all: ByConcept::of(|concept| {
                verdicts.stable_for_all(concept).into_iter().map(State::number).collect()
            }),
            jumps: jumps
                .map(|jump| JumpNow {
                    members: members(jump.coalition),
                    from: jump.from.number(),
                    to: jump.to.number(),
                })
                .collect(),
        })
    }

    fn why(&self, asked: &Asked) -> Vec<WhyNow> {
        let mut all = Vec::new();
        for state in &asked.why {
            for mover in (0..self.lowered.model.decision_makers()).map(DecisionMaker) {
                for concept in Concept::ALL {
                    let found = certificate(
                        &self.lowered.model,
                        &self.lowered.preferences,
                        asked.rules,
                        mover,
                        *state,
                        concept,
                    );
                    all.extend(found.map(|found| self.because(&found)));
                }
            }
        }
        all
    }

    fn because(&self, certificate: &Certificate) -> WhyNow {
        let (deterred, open) = match &certificate.reason {
            Reason::Stable(all) => {
                let told = all.iter().map(|found| DeterredNow {
                    improvement: found.improvement.number(),
                    path: self.path(&found.path),
                    outcome: found.outcome.number(),
                    countermove: found.countermove.map(State::number),
                });
                (told.collect(), None)
            }
            Reason::Unstable { improvement, answer } => (Vec::new(), Some(self.open(*improvement, answer))),
        };
        WhyNow {
            state: certificate.state.number(),
            decision_maker: self.id(certificate.decision_maker),
            concept: concept_id(certificate.concept).to_owned(),
            stable: certificate.stable(),
            deterred,
            open,
        }
    }

    fn open(&self, improvement: State, answer: &Answer) -> OpenNow {
        let (path, outcome, countermove) = match answer {
            Answer::NotAsked | Answer::None => (&[][..], None, None),
            Answer::Better { path, outcome } => (path.as_slice(), Some(*outcome), None),
            Answer::Countered { path, outcome, countermove } => (path.as_slice(), Some(*outcome), Some(*countermove)),
            Answer::Back { path } => (path.as_slice(), path.last().map(|step| step.to), None),
        };
        OpenNow {
            improvement: improvement.number(),
            path: self.path(path),
            outcome: outcome.map(State::number),
            countermove: countermove.map(State::number),
        }
    }

    fn path(&self, steps: &[Step]) -> Vec<StepNow> {
        let told = |step: &Step| self.step(step.mover, step.from, step.to, step.relation);
        steps.iter().map(told).collect()
    }

    fn step(&self, mover: DecisionMaker, from: State, to: State, relation: Relation) -> StepNow {
        StepNow { by: self.id(mover), from: from.number(), to: to.number(), better: relation == Relation::Better }
    }
}

/// The statements of a decision maker. Only option form has any: without a form there are none.
fn statements(order: &detente_case::stability::Order, form: Option<&Stated>) -> Vec<StatementNow> {
    let Some(form) = form else { return Vec::new() };
    let label = |option: &detente_case::Id<_>| form.options[*option].label.to_string();
    let count = u32::try_from(order.statements.len()).unwrap_or(u32::MAX);
    let told = |(place, statement): (u32, &detente_case::stability::Placed<detente_case::stability::Statement>)| {
        let (rows, assumption, places) = match &statement.basis {
            Basis::Given => (Vec::new(), false, [place, place]),
            Basis::Rows(rows) => (rows.iter().map(|row| row.value.to_string()).collect(), false, [place, place]),
            Basis::Assumption(None) => (Vec::new(), true, [1, count]),
            Basis::Assumption(Some(places)) => (Vec::new(), true, [places.first(), places.last()]),
        };
        StatementNow {
            holds: statement.holds.text.to_string(),
            in_words: statement.holds.rule.in_words(&label),
            rows,
            assumption,
            places,
            reason: statement.reason.to_string(),
        }
    };
    (1..).zip(&order.statements).map(told).collect()
}
