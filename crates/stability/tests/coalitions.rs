//! Stability against coalitions: textbook conflicts, traps, and random models against the definitions.
#![expect(clippy::unwrap_used, reason = "a test stops where a model is wrong")]

mod support;

use detente_stability::coalition::*;
use detente_stability::*;
use support::definitions::Definitions;
use support::random::Random;
use support::*;

use Concept::{Gmr, Nash, Seq, Smr, Sseq};

fn of(members: &[usize]) -> Coalition {
    Coalition::new(&members.iter().copied().map(DecisionMaker).collect::<Vec<_>>()).unwrap()
}

/// The states that are stable for all coalitions.
fn universal(model: &Model, preferences: &[Preference], concept: Concept) -> Vec<u64> {
    let coalitions = Coalitions::new(model, preferences, CoalitionRules::default()).unwrap();
    let all = Coalition::all(model.decision_makers()).unwrap();
    numbers(coalitions.verdicts(&all).unwrap().stable_for_all(concept).into_iter())
}

fn two_by_two(row: &str, column: &str) -> (Model, [Preference; 2]) {
    (options("bb", &[&[1], &[2]], &[]), [ranking(row), ranking(column)])
}

#[test]
fn t15_a_coalition_is_not_one_decision_maker() {
    let (model, dilemma) = two_by_two("3 4 1 2", "2 4 1 3");
    assert_eq!(universal(&model, &dilemma, Nash), []);
    for concept in [Gmr, Smr, Seq] {
        assert_eq!(universal(&model, &dilemma, concept), [4], "{concept:?}");
    }
}

#[test]
fn chicken_and_stag_hunt() {
    let (model, chicken) = two_by_two("3 4 2 1", "2 4 3 1");
    for (concept, states) in [(Nash, vec![2, 3]), (Seq, vec![2, 3]), (Gmr, vec![2, 3, 4]), (Smr, vec![2, 3, 4])] {
        assert_eq!(universal(&model, &chicken, concept), states, "{concept:?}");
    }
    let (model, hunt) = two_by_two("4 3 1 2", "4 2 1 3");
    for concept in [Nash, Gmr, Smr, Seq] {
        assert_eq!(universal(&model, &hunt, concept), [4], "{concept:?}");
    }
}

#[test]
fn t16_a_coalition_improves_only_if_all_members_do() {
    let model = graph(2, &["1>2", ""]);
    let preferences = [values(&[1, 2]), values(&[1, 1])];
    let coalitions = Coalitions::new(&model, &preferences, CoalitionRules::default()).unwrap();
    assert_eq!(coalitions.improvements(of(&[0, 1]), State(0)), []);
    assert_eq!(coalitions.improvements(of(&[0]), State(0)), [State(1)]);
}

#[test]
fn t17_one_unhappy_member_deters_a_coalition() {
    let model = graph(3, &["1>2", "", "2>3"]);
    let preferences = [values(&[1, 2, 0]), values(&[1, 2, 3]), values(&[0; 3])];
    let coalitions = Coalitions::new(&model, &preferences, CoalitionRules::default()).unwrap();
    let verdicts = coalitions.verdicts(&[of(&[0, 1])]).unwrap();
    assert_eq!(numbers(verdicts.stable_states(of(&[0, 1]), Gmr)), [1, 2, 3]);
    assert_eq!(numbers(verdicts.stable_states(of(&[0, 1]), Nash)), [2, 3]);
}

#[test]
fn cuban_missile_crisis() {
    let game = [ranking("5 7 6 8 3 2 4 1 12 10 11 9"), ranking("1 5 7 3 6 2 8 4 12 10 11 9")];
    let of = |directions| options(directions, &[&[1, 2], &[3, 4]], &["--YY"]);
    let results = |model: &Model| [Nash, Gmr, Smr, Seq].map(|concept| universal(model, &game, concept));
    assert_eq!(results(&of("fbbb")), [vec![6], vec![1, 5, 6], vec![1, 5, 6], vec![5, 6]]);
    assert_eq!(results(&of("bbbb")), [vec![], vec![1, 5], vec![1, 5], vec![5]]);
}

fn elmira() -> (Model, [Preference; 3]) {
    let model =
        graph(9, &["1>2 3>4 5>6 7>8", "1>3 1>9 3>9 2>4 2>9 4>9 5>7 5>9 7>9 6>8 6>9 8>9", "1<>5 2<>6 3<>7 4<>8"]);
    (model, [ranking("7 3 4 8 5 1 2 6 9"), ranking("1 4 8 5 9 3 7 2 6"), ranking("7 3 5 1 8 6 4 2 9")])
}

#[test]
fn elmira_in_graph_form() {
    let (model, game) = elmira();
    for (concept, states) in [(Nash, vec![8, 9]), (Seq, vec![8, 9]), (Gmr, vec![1, 4, 8, 9]), (Smr, vec![1, 4, 8, 9])] {
        assert_eq!(universal(&model, &game, concept), states, "{concept:?}");
    }
    let coalitions = Coalitions::new(&model, &game, CoalitionRules::default()).unwrap();
    let improvements = |members: &[usize]| -> Vec<(u64, u64)> {
        let all = model.all_states().flat_map(|from| {
            coalitions.improvements(of(members), from).into_iter().map(move |to| (from.number(), to.number()))
        });
        all.collect()
    };
    assert_eq!(improvements(&[0, 1]), [(2, 4), (5, 8), (6, 8)]);
    assert_eq!(improvements(&[0, 2]), [(1, 5), (3, 7)]);
    assert_eq!(improvements(&[1, 2]), [(2, 4), (2, 8), (6, 8)]);
    assert_eq!(improvements(&[0, 1, 2]), [(2, 4), (2, 8), (6, 8)]);
}

#[test]
fn the_only_jump_between_equilibria_of_elmira() {
    let (model, game) = elmira();
    let equilibria: Vec<State> = verdicts(&model, &game).equilibria(Nash).collect();
    let coalitions = Coalitions::new(&model, &game, CoalitionRules::default()).unwrap();
    let jump = Jump { coalition: of(&[0, 1]), from: State(4), to: State(7) };
    assert_eq!(coalitions.jumps(&Coalition::all(3).unwrap(), &equilibria), [jump]);
}

#[test]
fn elmira_in_option_form() {
    let model = options("fkbfb", &[&[1], &[2, 3, 4], &[5]], &["-YY--", "-Y-Y-", "--YY-", "-NNN-"]);
    let game = [
        ranking("9 3 4 10 7 1 2 8 (5 6 11 12)"),
        ranking("1 4 10 7 (5 6 11 12) 3 9 2 8"),
        ranking("9 3 7 1 10 8 4 2 (5 6 11 12)"),
    ];
    let few = vec![5, 6, 10, 11, 12];
    let more = vec![1, 4, 5, 6, 10, 11, 12];
    let results = [Nash, Seq, Gmr, Smr].map(|concept| universal(&model, &game, concept));
    assert_eq!(results, [few.clone(), few, more.clone(), more]);
}

#[test]
fn opponents_deter_together_what_neither_of_them_deters_alone() {
    // From 2 opponents B and C together reach 4, which both prefer; the first step alone is worse for either.
    let model = graph(4, &["1>2", "2>3", "3>4"]);
    let preferences = [values(&[1, 2, 2, 0]), values(&[0, 1, 0, 2]), values(&[0, 1, 0, 2])];
    let stable = |sanctioners| {
        let rules = CoalitionRules { sanctioners, ..CoalitionRules::default() };
        let verdicts = Coalitions::new(&model, &preferences, rules).unwrap().verdicts(&[of(&[0])]).unwrap();
        numbers(verdicts.stable_states(of(&[0]), Seq))
    };
    assert_eq!(stable(Sanctioners::Single), [2, 3, 4]);
    assert_eq!(stable(Sanctioners::Coalitions), [1, 2, 3, 4]);
}

fn random_model(random: &mut Random, round: usize) -> Option<(Model, Vec<Preference>)> {
    let model = match round % 2 {
        0 => random.graph(),
        _ => Model::from_options(random.form(), 24).ok()?,
    };
    let states = model.states();
    let preference = |random: &mut Random| match round % 3 {
        0 => random.unsure(states),
        _ => random.preference(states),
    };
    let preferences = (0..model.decision_makers()).map(|_| preference(random)).collect();
    Some((model, preferences))
}

#[test]
fn verdicts_are_those_of_the_definitions() {
    let mut random = Random(41);
    let (mut stable, mut unstable) = (0, 0);
    for round in 0..400 {
        let Some((model, preferences)) = random_model(&mut random, round) else { continue };
        let rules = CoalitionRules {
            sanctioners: [Sanctioners::Single, Sanctioners::Coalitions][round / 2 % 2],
            returns: [Returns::Count, Returns::DoNotCount][round / 4 % 2],
            unknowns: Unknowns::ALL[round % 4],
        };
        let definitions = Definitions { model: &model, preferences: &preferences, unknowns: rules.unknowns };
        let coalitions = Coalitions::new(&model, &preferences, rules).unwrap();
        let all = Coalition::all(model.decision_makers()).unwrap();
        let verdicts = coalitions.verdicts(&all).unwrap();
        for coalition in all {
            let members: Vec<usize> = coalition.members().map(|member| member.0).collect();
            for concept in Concept::ALL {
                let found: Vec<State> = verdicts.stable_states(coalition, concept).collect();
                let by_coalitions = rules.sanctioners == Sanctioners::Coalitions;
                let returns = rules.returns == Returns::Count;
                let holds = |state: &State| definitions.stable(&members, *state, concept, by_coalitions, returns);
                let expected: Vec<State> = model.all_states().filter(holds).collect();
                assert_eq!(found, expected, "{members:?} {concept:?} {rules:?} {model:?} {preferences:?}");
                stable += found.len();
                unstable += model.states() - found.len();
            }
        }
    }
    assert!(stable > 10_000 && unstable > 2_000, "{stable} {unstable}");
}

#[test]
fn single_members_are_decision_makers_and_all_together_have_no_opponents() {
    let mut random = Random(42);
    for round in 0..300 {
        let Some((model, preferences)) = random_model(&mut random, round) else { continue };
        let rules = CoalitionRules { unknowns: Unknowns::ALL[round % 4], ..CoalitionRules::default() };
        let single = analyse(&model, &preferences, Rules { unknowns: rules.unknowns, ..Rules::default() }).unwrap();
        let all = Coalition::all(model.decision_makers()).unwrap();
        let verdicts = Coalitions::new(&model, &preferences, rules).unwrap().verdicts(&all).unwrap();
        for concept in Concept::ALL {
            for mover in 0..model.decision_makers() {
                let expected: Vec<State> = single.stable_states(DecisionMaker(mover), concept).collect();
                assert_eq!(verdicts.stable_states(of(&[mover]), concept).collect::<Vec<_>>(), expected);
            }
            let everybody = *all.last().unwrap();
            let nash: Vec<State> = verdicts.stable_states(everybody, Nash).collect();
            assert_eq!(verdicts.stable_states(everybody, concept).collect::<Vec<_>>(), nash);
            let universal = verdicts.stable_for_all(concept);
            assert!(universal.iter().all(|state| single.equilibrium(*state, concept)));
        }
        let stable = |concept| verdicts.stable_for_all(concept);
        let within = |one: Concept, other: Concept| stable(one).iter().all(|state| stable(other).contains(state));
        assert!(within(Nash, Sseq) && within(Smr, Gmr) && within(Sseq, Smr));
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let (model, dilemma) = two_by_two("3 4 1 2", "2 4 1 3");
    let coalitions = Coalitions::new(&model, &dilemma, CoalitionRules::default()).unwrap();
    let refused = coalitions.verdicts(&[of(&[2])]).unwrap_err();
    assert_eq!(refused, CoalitionError::NoSuchDecisionMaker(DecisionMaker(2)));
    let short = Coalitions::new(&model, &dilemma[..1], CoalitionRules::default()).unwrap_err();
    assert!(matches!(short, CoalitionError::Analyse(AnalyseError::Preferences { given: 1, decision_makers: 2 })));
    assert_eq!(Coalition::new(&[]), None);
    assert_eq!(Coalition::new(&[DecisionMaker(256)]), None);
    assert_eq!(Coalition::all(13), None);
    assert_eq!(coalitions.improvements(of(&[0]), State(9)), []);
    let large = Model::from_options(form(&"b".repeat(20), &[&(1..=20).collect::<Vec<_>>()], &[]), 1 << 20).unwrap();
    let indifferent = [Preference::from(Ranks::indifferent(1 << 20))];
    let refused = Coalitions::new(&large, &indifferent, CoalitionRules::default()).unwrap_err();
    assert!(matches!(refused, CoalitionError::TooLarge { .. }), "{refused}");
}
