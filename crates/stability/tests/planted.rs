//! The definitions written down plainly are worth something only if they catch mistakes. Each mistake here is one that others have made;
//! on random models the plain definitions differ from it, and agree with the engine on the same models.
#![expect(clippy::unwrap_used, reason = "a test stops where a model is wrong")]

mod support;

use std::collections::BTreeSet;

use detente_stability::coalition::{Coalition, CoalitionRules, Coalitions};
use detente_stability::*;
use support::definitions::Definitions;
use support::random::Random;

/// A model and who prefers what in it.
type Conflict = (Model, Vec<Preference>);

/// What is stable: for whom, which state, under which concept.
type Stable = BTreeSet<(usize, State, Concept)>;

/// Some hundred models in either form, the same on every run; many have moves that are not transitive, one-way or common.
fn conflicts() -> Vec<Conflict> {
    let mut random = Random(71);
    let made = (0..400).filter_map(|round| {
        let model = match round % 2 {
            0 => random.graph(),
            _ => Model::from_options(random.form(), 24).ok()?,
        };
        let preferences = (0..model.decision_makers()).map(|_| random.preference(model.states())).collect();
        Some((model, preferences))
    });
    made.collect()
}

fn all(model: &Model, holds: impl Fn(usize, State, Concept) -> bool) -> Stable {
    let each = (0..model.decision_makers()).flat_map(|mover| model.all_states().map(move |state| (mover, state)));
    let each = each.flat_map(|(mover, state)| Concept::ALL.map(|concept| (mover, state, concept)));
    each.filter(|(mover, state, concept)| holds(*mover, *state, *concept)).collect()
}

fn definitions((model, preferences): &Conflict) -> Stable {
    let definitions = Definitions { model, preferences, unknowns: Unknowns::default() };
    all(model, |mover, state, concept| definitions.stable(&[mover], state, concept, false, true))
}

fn engine((model, preferences): &Conflict, rules: Rules) -> Stable {
    let verdicts = analyse(model, preferences, rules).unwrap();
    all(model, |mover, state, concept| verdicts.stable(DecisionMaker(mover), state, concept))
}

/// On how many models an answer differs from the definitions.
fn caught(answer: impl Fn(&Conflict) -> Stable) -> usize {
    conflicts().iter().filter(|conflict| answer(conflict) != definitions(conflict)).count()
}

/// A program for the canonical reading, with mistakes to be switched on.
#[derive(Clone, Copy, Default)]
struct Program {
    /// An opponent may move twice in a row.
    twice_in_a_row: bool,
    /// A move to an equal state counts as an improvement.
    ties_improve: bool,
    /// An equal state does not deter.
    ties_do_not_deter: bool,
    /// SMR and SSEQ do not look at what the decision maker does next.
    no_countermoves: bool,
    /// Of the countermoves only the first is looked at.
    first_countermove: bool,
    /// Of the answers only the first that leads to nothing better is looked at.
    first_sanction: bool,
    /// It suffices that one improvement is deterred.
    one_improvement: bool,
}

impl Program {
    fn answer(self, (model, preferences): &Conflict) -> Stable {
        let reach = |mover: usize, from| model.reach(DecisionMaker(mover), from);
        let rank = |mover: usize, state| preferences[mover].ranks().rank(state);
        let improves = |mover, from, to| match self.ties_improve {
            true => rank(mover, to) >= rank(mover, from),
            false => rank(mover, to) > rank(mover, from),
        };
        let answers = |focal: usize, begin: State, improving: bool| {
            let mut seen = BTreeSet::new();
            let mut open = vec![(begin, usize::MAX)];
            while let Some((from, last)) = open.pop() {
                for mover in (0..preferences.len()).filter(|mover| *mover != focal) {
                    if mover != last || self.twice_in_a_row {
                        let to = reach(mover, from).into_iter();
                        let to = to.filter(|to| !improving || improves(mover, from, *to)).map(|to| (to, mover));
                        open.extend(to.filter(|pair| seen.insert(*pair)));
                    }
                }
            }
            seen.into_iter().map(|(state, _)| state).collect::<BTreeSet<State>>()
        };
        all(model, |focal, state, concept| {
            let escapes = |to: &State| rank(focal, *to) > rank(focal, state);
            let deters = |to: &State| match self.ties_do_not_deter {
                true => rank(focal, *to) < rank(focal, state),
                false => !escapes(to),
            };
            let holds = |outcome: State| {
                let looked_at = if self.first_countermove { 1 } else { usize::MAX };
                !concept.with_countermoves()
                    || self.no_countermoves
                    || !reach(focal, outcome).iter().take(looked_at).any(escapes)
            };
            let deterred = |improvement: State| {
                let tried = if self.first_sanction { 1 } else { usize::MAX };
                concept != Concept::Nash
                    && answers(focal, improvement, concept.by_improvements())
                        .into_iter()
                        .filter(deters)
                        .take(tried)
                        .any(holds)
            };
            let improvements: Vec<State> =
                reach(focal, state).into_iter().filter(|to| improves(focal, state, *to)).collect();
            match self.one_improvement {
                true => improvements.is_empty() || improvements.into_iter().any(deterred),
                false => improvements.into_iter().all(deterred),
            }
        })
    }
}

#[test]
fn neither_the_engine_nor_the_program_without_mistakes_is_caught() {
    assert_eq!(caught(|conflict| engine(conflict, Rules::default())), 0);
    assert_eq!(caught(|conflict| Program::default().answer(conflict)), 0);
}

fn is_caught(program: Program) {
    let caught = caught(|conflict| program.answer(conflict));
    assert!(caught > 20, "{caught}");
}

#[test]
fn an_opponent_who_moves_twice_in_a_row_is_caught() {
    is_caught(Program { twice_in_a_row: true, ..Program::default() });
}

#[test]
fn countermoves_that_are_not_looked_at_are_caught() {
    is_caught(Program { no_countermoves: true, ..Program::default() });
    is_caught(Program { first_countermove: true, ..Program::default() });
}

#[test]
fn ties_that_count_as_improvements_are_caught() {
    is_caught(Program { ties_improve: true, ..Program::default() });
}

#[test]
fn ties_that_do_not_deter_are_caught() {
    is_caught(Program { ties_do_not_deter: true, ..Program::default() });
}

#[test]
fn a_sanction_given_up_for_the_first_one_is_caught() {
    is_caught(Program { first_sanction: true, ..Program::default() });
}

#[test]
fn one_deterred_improvement_taken_for_all_is_caught() {
    is_caught(Program { one_improvement: true, ..Program::default() });
}

#[test]
fn other_readings_of_joint_moves_and_returns_are_caught() {
    let by = |rules: Rules| caught(move |conflict| engine(conflict, rules));
    let rules = Rules::default();
    assert!(by(Rules { joint_moves: JointMoves::EachOnce, ..rules }) > 5);
    assert!(by(Rules { joint_moves: JointMoves::SingleMove, ..rules }) > 20);
    assert!(by(Rules { returns: Returns::DoNotCount, ..rules }) > 20);
}

/// On how many models with several decision makers a mistaken answer for coalitions differs from the definitions, and from the engine.
fn caught_on_coalitions(answer: impl Fn(&Definitions, &[usize], State, Concept) -> bool) -> [usize; 2] {
    let mut caught = [0; 2];
    for (model, preferences) in &conflicts() {
        let definitions = Definitions { model, preferences, unknowns: Unknowns::default() };
        let several = Coalition::all(model.decision_makers()).unwrap().into_iter();
        let several: Vec<Coalition> = several.filter(|coalition| coalition.members().count() > 1).collect();
        let coalitions = Coalitions::new(model, preferences, CoalitionRules::default()).unwrap();
        let verdicts = coalitions.verdicts(&several).unwrap();
        let (mut from_definitions, mut from_engine) = (false, false);
        for coalition in several {
            let members: Vec<usize> = coalition.members().map(|member| member.0).collect();
            for concept in Concept::ALL {
                let stable: BTreeSet<State> = verdicts.stable_states(coalition, concept).collect();
                for state in model.all_states() {
                    let given = answer(&definitions, &members, state, concept);
                    from_definitions |= given != definitions.stable(&members, state, concept, false, true);
                    from_engine |= given != stable.contains(&state);
                }
            }
        }
        caught[0] += usize::from(from_definitions);
        caught[1] += usize::from(from_engine);
    }
    caught
}

#[test]
fn coalitions_taken_for_their_members_and_content_with_one_gain_are_caught() {
    let right = |of: &Definitions, members: &[usize], state, concept| of.stable(members, state, concept, false, true);
    assert_eq!(caught_on_coalitions(right), [0, 0]);
    // A coalition taken for its members one by one: stable if it is for each.
    let one_by_one = |of: &Definitions, members: &[usize], state, concept| {
        members.iter().all(|member| of.stable(&[*member], state, concept, false, true))
    };
    let caught = caught_on_coalitions(one_by_one);
    assert!(caught[0] > 20 && caught[0] == caught[1], "{caught:?}");
    // A coalition that improves where nobody loses and somebody gains.
    let somebody = |of: &Definitions, members: &[usize], state, concept| {
        let gains = |to: &State| {
            let worse = |member: &usize| of.improves(*member, *to, state);
            !members.iter().any(worse) && members.iter().any(|member| of.improves(*member, state, *to))
        };
        match concept {
            Concept::Nash => !of.reach(members, state).iter().any(gains),
            _ => of.stable(members, state, concept, false, true),
        }
    };
    let caught = caught_on_coalitions(somebody);
    assert!(caught[0] > 20 && caught[0] == caught[1], "{caught:?}");
}
