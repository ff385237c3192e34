//! What would make a state an equilibrium: counts of the literature's definitions, and small models searched through entirely.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where a model or a result is wrong")]

mod support;

use std::collections::BTreeSet;

use detente_stability::inverse::*;
use detente_stability::*;
use support::definitions::Definitions;
use support::random::Random;
use support::*;

use Concept::{Gmr, Nash, Seq, Smr};

fn ranks(preferences: &[Preference]) -> Vec<Ranks> {
    preferences.iter().map(|preference| preference.ranks().clone()).collect()
}

fn ask(model: &Model, preferences: &[Preference], number: u32, concept: Concept) -> Inverse {
    inverse(model, &ranks(preferences), Question::new(State(number - 1), concept)).unwrap()
}

/// A change as text: `A3 B2` where A lowers 3 and B lowers 2, `B2^` where it raises it.
fn told(change: &Change) -> String {
    let crossing = |crossing: &Crossing| {
        let letter = ["A", "B", "C"][crossing.decision_maker.0];
        format!("{letter}{}{}", crossing.state.number(), if crossing.down { "" } else { "^" })
    };
    change.crossings.iter().map(crossing).collect::<Vec<_>>().join(" ")
}

fn found(least: &Least) -> (usize, Vec<String>) {
    match least {
        Least::Found { cost, changes, all: true } => (*cost, changes.iter().map(told).collect()),
        other => panic!("{other:?}"),
    }
}

fn two_by_two(row: &str, column: &str) -> (Model, [Preference; 2]) {
    (options("bb", &[&[1], &[2]], &[]), [ranking(row), ranking(column)])
}

#[test]
fn cooperation_in_the_prisoners_dilemma() {
    let (model, dilemma) = two_by_two("3 4 1 2", "2 4 1 3");
    let nash = ask(&model, &dilemma, 4, Nash);
    assert_eq!(nash.unstable_for, [DecisionMaker(0), DecisionMaker(1)]);
    assert_eq!(nash.pivotal(), None);
    assert_eq!(found(&nash.joint), (2, vec!["A3 B2".to_owned()]));
    assert_eq!(found(&nash.own[0]), (1, vec!["A3".to_owned()]));
    assert_eq!(nash.alone, [Least::Impossible, Least::Impossible]);
    assert_eq!(nash.margins, [Margin::NotStable, Margin::NotStable]);
    let Least::Found { changes, .. } = &nash.joint else { panic!("{nash:?}") };
    assert_eq!((&changes[0].appear, &changes[0].vanish), (&Vec::new(), &Vec::new()));
    let seq = ask(&model, &dilemma, 4, Seq);
    assert_eq!(found(&seq.joint), (0, vec![String::new()]), "it is an equilibrium already");
    assert_eq!(seq.margin(), Some((1, vec![DecisionMaker(0), DecisionMaker(1)])));
}

#[test]
fn one_decision_maker_may_be_pivotal() {
    let (model, chicken) = two_by_two("3 4 2 1", "2 4 3 1");
    let pivotal = ask(&model, &[chicken[0].clone(), ranking("4 2 3 1")], 4, Nash);
    assert_eq!(pivotal.pivotal(), Some(DecisionMaker(0)));
    assert_eq!(found(&pivotal.alone[0]), (1, vec!["A3".to_owned()]));
    assert_eq!(pivotal.alone[1], Least::Impossible);
}

#[test]
fn necessary_relations_in_plain_clauses() {
    let (model, dilemma) = two_by_two("3 4 1 2", "2 4 1 3");
    let clauses = |concept| -> Vec<(usize, Vec<u64>, bool)> {
        let clauses = ask(&model, &dilemma, 4, concept).necessary.into_iter();
        clauses.map(|clause| (clause.decision_maker.0, numbers(clause.states.into_iter()), clause.holds)).collect()
    };
    assert_eq!(clauses(Nash), [(0, vec![3], false), (1, vec![2], false)]);
    assert_eq!(clauses(Gmr), [(0, vec![1, 3], true), (1, vec![1, 2], true)]);
    assert_eq!(
        clauses(Smr),
        [(0, vec![1, 3], true), (0, vec![2, 3], true), (1, vec![1, 2], true), (1, vec![2, 3], true)]
    );
}

/// All strict rankings of four states, as values.
fn strict() -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for _ in 0..4 {
        let longer = |before: Vec<i64>| {
            (0..4).filter(|v| !before.contains(v)).map(|v| [&before[..], &[v]].concat()).collect::<Vec<_>>()
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

#[test]
fn t27_counts_of_profiles_that_make_cooperation_an_equilibrium() {
    let model = options("bb", &[&[1], &[2]], &[]);
    let rankings: Vec<Preference> = strict().iter().map(|ranks| values(ranks)).collect();
    let mut counts = [0; 5];
    let mut unchanged = [0; 5];
    for (row, column) in rankings.iter().flat_map(|row| rankings.iter().map(move |column| (row, column))) {
        let preferences = [row.clone(), column.clone()];
        let verdicts = verdicts(&model, &preferences);
        for concept in Concept::ALL {
            counts[concept.place()] += usize::from(verdicts.equilibrium(State(3), concept));
            let joint = ask(&model, &preferences, 4, concept).joint;
            unchanged[concept.place()] += usize::from(matches!(joint, Least::Found { cost: 0, .. }));
        }
    }
    assert_eq!(counts, [144, 256, 196, 193, 169]);
    assert_eq!(unchanged, counts, "nothing has to change exactly where it is an equilibrium");
    // Of one decision maker: each ranking that satisfies its clauses counts.
    for (concept, expected) in [(Nash, 12), (Gmr, 16), (Smr, 14)] {
        let count = |ranking: &&Preference| {
            let preferences = [(*ranking).clone(), rankings[0].clone()];
            let clauses = ask(&model, &preferences, 4, concept).necessary;
            clauses.iter().filter(|clause| clause.decision_maker == DecisionMaker(0)).all(|clause| clause.holds)
        };
        assert_eq!(rankings.iter().filter(count).count(), expected, "{concept:?}");
    }
}

/// A model of two to four states and one or two decision makers, or three states and three.
fn small(random: &mut Random) -> Model {
    if random.below(4) == 0 {
        let directions: String = (0..2).map(|_| ['b', 'b', 'f', 'k'][random.below(4)]).collect();
        return match random.below(2) {
            0 => options(&directions, &[&[1], &[2]], &[]),
            _ => options(&directions, &[&[1, 2], &[2]], &[]),
        };
    }
    let (states, movers) = [(2, 2), (3, 2), (4, 2), (4, 2), (3, 3), (4, 1)][random.below(6)];
    random.graph_of(states, movers)
}

type Change2 = BTreeSet<(usize, State)>;

/// The preferences after some states have crossed, written down as rankings.
fn after(preferences: &[Preference], desired: State, change: &Change2) -> Vec<Preference> {
    let one = |(mover, preference): (usize, &Preference)| -> Preference {
        let mut parts: [Vec<Vec<State>>; 5] = Default::default();
        for tied in preference.ranks().ranking() {
            let relation = preference.compare(tied[0], desired);
            let (cross, stay): (Vec<State>, Vec<State>) =
                tied.iter().partition(|state| change.contains(&(mover, **state)));
            let (stays, crosses) = match relation {
                Relation::Better => (0, 3),
                Relation::Equal => (2, 1),
                _ => (4, 1),
            };
            parts[stays].push(stay);
            parts[crosses].push(cross);
        }
        let ranking: Vec<Vec<State>> = parts.into_iter().flatten().filter(|tied| !tied.is_empty()).collect();
        Ranks::from_ranking(preference.ranks().states(), &ranking).unwrap().into()
    };
    preferences.iter().enumerate().map(one).collect()
}

struct Small<'a> {
    model: &'a Model,
    preferences: &'a [Preference],
    desired: State,
    concept: Concept,
}

impl Small<'_> {
    fn stable(&self, mover: usize, change: &Change2) -> bool {
        let preferences = after(self.preferences, self.desired, change);
        let definitions = Definitions { model: self.model, preferences: &preferences, unknowns: Unknowns::default() };
        definitions.stable(&[mover], self.desired, self.concept, false, true)
    }

    fn everywhere(&self, change: &Change2) -> bool {
        (0..self.model.decision_makers()).all(|mover| self.stable(mover, change))
    }

    /// All smallest changes of some decision makers with which something holds.
    fn smallest(&self, of: &[usize], holds: impl Fn(&Change2) -> bool) -> BTreeSet<Change2> {
        let states: Vec<State> = self.model.all_states().filter(|state| *state != self.desired).collect();
        let pairs: Vec<(usize, State)> =
            of.iter().flat_map(|mover| states.iter().map(|state| (*mover, *state))).collect();
        let change = |mask: u32| -> Change2 {
            pairs.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, pair)| *pair).collect()
        };
        let all: Vec<Change2> = (0..1 << pairs.len()).map(change).filter(holds).collect();
        let least = all.iter().map(BTreeSet::len).min().unwrap_or(0);
        all.into_iter().filter(|change| change.len() == least).collect()
    }
}

fn expect(least: &Least, expected: &BTreeSet<Change2>, what: &str) {
    match least {
        Least::Found { cost, changes, all } => {
            let pair = |crossing: &Crossing| (crossing.decision_maker.0, crossing.state);
            let found: BTreeSet<Change2> =
                changes.iter().map(|change| change.crossings.iter().map(pair).collect()).collect();
            assert!(*all && found.len() == changes.len(), "{what}");
            assert_eq!(&found, expected, "{what}");
            assert!(found.iter().all(|change| change.len() == *cost));
        }
        Least::Impossible => assert!(expected.is_empty(), "{what}: {expected:?}"),
        Least::Undecided { .. } => panic!("{what}"),
    }
}

#[test]
fn changes_and_margins_are_those_of_an_exhaustive_search() {
    let mut random = Random(61);
    let (mut costly, mut impossible, mut raised) = (0, 0, 0);
    for _ in 0..250 {
        let model = small(&mut random);
        let preferences: Vec<Preference> =
            (0..model.decision_makers()).map(|_| random.preference(model.states())).collect();
        let desired = State(u32::try_from(random.below(model.states())).unwrap());
        let movers: Vec<usize> = (0..model.decision_makers()).collect();
        for concept in Concept::ALL {
            let asked = Small { model: &model, preferences: &preferences, desired, concept };
            let question = Question { most: 1000, ..Question::new(desired, concept) };
            let answer = inverse(&model, &ranks(&preferences), question).unwrap();
            let what = format!("{concept:?} {desired:?} {model:?} {preferences:?}");
            expect(&answer.joint, &asked.smallest(&movers, |change| asked.everywhere(change)), &what);
            for mover in movers.iter().copied() {
                expect(&answer.own[mover], &asked.smallest(&[mover], |change| asked.stable(mover, change)), &what);
                expect(&answer.alone[mover], &asked.smallest(&[mover], |change| asked.everywhere(change)), &what);
                impossible += usize::from(answer.alone[mover] == Least::Impossible);
                let breaking = asked.smallest(&[mover], |change| !asked.stable(mover, change));
                match &answer.margins[mover] {
                    Margin::NotStable => assert_eq!(breaking, BTreeSet::from([Change2::new()]), "{what}"),
                    Margin::Never => assert!(breaking.is_empty(), "{what}"),
                    Margin::States(states) => {
                        assert!(breaking.contains(&states.iter().map(|state| (mover, *state)).collect()), "{what}");
                    }
                    Margin::NotFound => panic!("{what}"),
                }
            }
            if let Least::Found { cost, changes, .. } = &answer.joint {
                costly += usize::from(*cost > 1);
                raised +=
                    usize::from(changes.iter().flat_map(|change| &change.crossings).any(|crossing| !crossing.down));
            }
        }
    }
    assert!(costly > 50 && impossible > 100 && raised > 5, "{costly} {impossible} {raised}");
}

#[test]
fn clauses_hold_exactly_where_the_state_is_stable_and_are_necessary_under_seq() {
    let mut random = Random(62);
    for round in 0..300 {
        let model = small(&mut random);
        let desired = State(u32::try_from(random.below(model.states())).unwrap());
        let preferences: Vec<Preference> =
            (0..model.decision_makers()).map(|_| random.preference(model.states())).collect();
        let definitions = Definitions { model: &model, preferences: &preferences, unknowns: Unknowns::default() };
        for concept in Concept::ALL {
            let answer = inverse(&model, &ranks(&preferences), Question::new(desired, concept)).unwrap();
            assert!(answer.all_clauses && answer.sufficient != concept.by_improvements());
            for mover in 0..model.decision_makers() {
                let of = answer.necessary.iter().filter(|clause| clause.decision_maker.0 == mover);
                let hold = of.clone().all(|clause| clause.holds);
                let stable = definitions.stable(&[mover], desired, concept, false, true);
                assert!(if answer.sufficient { hold == stable } else { hold || !stable }, "{round} {concept:?}");
                let states: Vec<&Vec<State>> = of.map(|clause| &clause.states).collect();
                let within = |one: &Vec<State>, other: &Vec<State>| one.iter().all(|state| other.contains(state));
                let twice = |place: usize| {
                    (0..states.len()).any(|other| other != place && within(states[other], states[place]))
                };
                assert!(!(0..states.len()).any(twice), "no clause contains another");
            }
        }
    }
}

#[test]
fn on_larger_models_the_formulas_of_nash_and_gmr_hold() {
    let mut random = Random(63);
    let mut checked = 0;
    for _ in 0..200 {
        let Ok(model) = Model::from_options(random.form(), 128) else { continue };
        let preferences: Vec<Preference> =
            (0..model.decision_makers()).map(|_| random.preference(model.states())).collect();
        let definitions = Definitions { model: &model, preferences: &preferences, unknowns: Unknowns::default() };
        let desired = State(u32::try_from(random.below(model.states())).unwrap());
        let answer = |concept| inverse(&model, &ranks(&preferences), Question::new(desired, concept)).unwrap();
        let (nash, gmr) = (answer(Nash), answer(Gmr));
        for mover in 0..model.decision_makers() {
            let improvements = definitions.improvements(&[mover], desired);
            assert!(matches!(nash.own[mover], Least::Found { cost, .. } if cost == improvements.len()));
            if gmr.margins[mover] == Margin::NotStable {
                continue;
            }
            // The least number of accepted states that an improvement and the answers to it have together.
            let opponents: Vec<usize> = definitions.movers().into_iter().filter(|other| *other != mover).collect();
            let moves = model.reach(DecisionMaker(mover), desired).into_iter().map(|to| {
                let mut answers = definitions.reach(&opponents, to);
                answers.insert(to);
                answers
            });
            let accepted = |answers: BTreeSet<State>| {
                answers.into_iter().filter(|state| definitions.deters(mover, desired, *state)).count()
            };
            let expected = moves.filter(|answers| !answers.contains(&desired)).map(accepted).min();
            let found = match &gmr.margins[mover] {
                Margin::States(states) => Some(states.len()),
                Margin::Never => None,
                other => panic!("{other:?}"),
            };
            assert_eq!(found, expected);
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn gmr_without_one_way_options_costs_one_state_for_each_open_component() {
    let mut random = Random(64);
    for _ in 0..100 {
        let count = 3 + random.below(4);
        let owned: [Vec<usize>; 2] = [(1..=count / 2).collect(), (count / 2 + 1..=count).collect()];
        let model = options(&"b".repeat(count), &[&owned[0], &owned[1]], &[]);
        let preferences = [random.preference(model.states()), random.preference(model.states())];
        let desired = State(u32::try_from(random.below(model.states())).unwrap());
        let answer = ask(&model, &preferences, desired.0 + 1, Gmr);
        // With nothing infeasible a component is what the other can do after one move.
        let open = model.reach(DecisionMaker(0), desired).into_iter().filter(|to| {
            let component = model.reach(DecisionMaker(1), *to).into_iter().chain([*to]);
            component.into_iter().all(|state| preferences[0].compare(state, desired) == Relation::Better)
        });
        let expected = open.count();
        assert!(matches!(answer.own[0], Least::Found { cost, .. } if cost == expected));
    }
}

#[test]
fn a_change_can_be_applied_and_tells_what_else_it_does() {
    let model = options("fbbb", &[&[1, 2], &[3, 4]], &["--YY"]);
    let game = [ranking("5 7 6 8 3 2 4 1 12 10 11 9"), ranking("1 5 7 3 6 2 8 4 12 10 11 9")];
    let before = ranks(&game);
    for (concept, number) in Concept::ALL.into_iter().flat_map(|concept| (1..=12).map(move |number| (concept, number)))
    {
        let desired = State(number - 1);
        let answer = ask(&model, &game, number, concept);
        let Least::Found { cost, changes, .. } = &answer.joint else { panic!("{answer:?}") };
        for change in changes {
            assert_eq!(change.crossings.len(), *cost);
            let after: Vec<Preference> =
                crossed(&before, desired, &change.crossings).unwrap().into_iter().map(Into::into).collect();
            let (then, now) = (verdicts(&model, &after), verdicts(&model, &game));
            assert!(then.equilibrium(desired, concept));
            let mut expected: BTreeSet<State> = now.equilibria(concept).chain([desired]).collect();
            expected.extend(&change.appear);
            change.vanish.iter().for_each(|state| assert!(expected.remove(state)));
            assert_eq!(then.equilibria(concept).collect::<BTreeSet<_>>(), expected, "{concept:?} {number}");
        }
    }
}

#[test]
fn what_the_budget_does_not_suffice_for_is_told_as_such() {
    let (model, dilemma) = two_by_two("3 4 1 2", "2 4 1 3");
    let question = Question { budget: 1, ..Question::new(State(3), Nash) };
    let answer = inverse(&model, &ranks(&dilemma), question).unwrap();
    let Least::Undecided { at_least: 2, suffices: Some(change) } = &answer.joint else { panic!("{answer:?}") };
    assert_eq!(told(change), "A3 B2", "both lower what they could improve to");
    let one = Question { most: 1, ..Question::new(State(0), Gmr) };
    let model = graph(3, &["1>2", "2>3"]);
    let answer = inverse(&model, &ranks(&[values(&[0, 1, 2]), values(&[0; 3])]), one).unwrap();
    assert!(matches!(&answer.joint, Least::Found { cost: 1, changes, all: false } if changes.len() == 1));
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let (model, dilemma) = two_by_two("3 4 1 2", "2 4 1 3");
    let ranks = ranks(&dilemma);
    let refused = inverse(&model, &ranks, Question::new(State(4), Nash)).unwrap_err();
    assert_eq!(refused, InverseError::NoSuchState(State(4)));
    let short = inverse(&model, &ranks[..1], Question::new(State(0), Nash)).unwrap_err();
    assert!(matches!(short, InverseError::Analyse(AnalyseError::Preferences { given: 1, decision_makers: 2 })));
    let stranger = Crossing { decision_maker: DecisionMaker(2), state: State(0), down: true };
    assert_eq!(crossed(&ranks, State(3), &[stranger]), None);
    let large = options(&"b".repeat(17), &[&[1]], &[]);
    let refused = inverse(&large, &[Ranks::indifferent(1 << 17)], Question::new(State(0), Nash)).unwrap_err();
    assert_eq!(refused, InverseError::TooLarge);
    assert_eq!(crossed(&ranks, State(0), &[Crossing { decision_maker: DecisionMaker(0), ..stranger }]), None);
}

#[test]
fn a_model_of_a_thousand_states_is_answered() {
    let owned: Vec<Vec<usize>> = (0..3).map(|mover| (mover + 1..=10).step_by(3).collect()).collect();
    let owned: Vec<&[usize]> = owned.iter().map(Vec::as_slice).collect();
    let model = options(&"b".repeat(10), &owned, &[]);
    let mut random = Random(65);
    let mut preference = || values(&(0..1024).map(|_| random.below(1 << 20) as i64).collect::<Vec<_>>());
    let preferences = [preference(), preference(), preference()];
    for concept in Concept::ALL {
        let question = Question { budget: 1 << 20, ..Question::new(State(499), concept) };
        let answer = inverse(&model, &ranks(&preferences), question).unwrap();
        let verdicts = verdicts(&model, &preferences);
        let suffices = match &answer.joint {
            Least::Found { changes, .. } => changes[0].crossings.len(),
            Least::Undecided { at_least, suffices: Some(change) } if *at_least <= change.crossings.len() => {
                change.crossings.len()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(suffices == 0, verdicts.equilibrium(State(499), concept), "{concept:?}");
        if !concept.by_improvements() {
            assert!(
                matches!(answer.joint, Least::Found { all: true, .. }),
                "each is a question of its own: {concept:?}"
            );
        }
    }
}
