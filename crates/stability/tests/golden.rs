//! Textbook conflicts, with the results that the definitions give.

mod support;

use detente_stability::*;
use support::*;

/// Stable states of each decision maker and the equilibria, under each concept.
fn expect(model: &Model, preferences: &[Preference], concept: Concept, stable: &[&[u64]], equilibria: &[u64]) {
    let verdicts = verdicts(model, preferences);
    for (mover, expected) in stable.iter().enumerate() {
        assert_eq!(numbers(verdicts.stable_states(DecisionMaker(mover), concept)), *expected, "{concept:?} of {mover}");
    }
    assert_eq!(numbers(verdicts.equilibria(concept)), equilibria, "{concept:?}");
}

use Concept::{Gmr, Nash, Seq, Smr, Sseq};

fn two_by_two(row: &str, column: &str) -> (Model, [Preference; 2]) {
    (options("bb", &[&[1], &[2]], &[]), [ranking(row), ranking(column)])
}

#[test]
fn prisoners_dilemma() {
    let (model, game) = two_by_two("3 4 1 2", "2 4 1 3");
    expect(&model, &game, Nash, &[&[1, 3], &[1, 2]], &[1]);
    for concept in [Gmr, Smr, Seq, Sseq] {
        expect(&model, &game, concept, &[&[1, 3, 4], &[1, 2, 4]], &[1, 4]);
    }
}

#[test]
fn prisoners_dilemma_by_statements() {
    let (_, game) = two_by_two("3 4 1 2", "2 4 1 3");
    let not = |option| Formula::Not(Formula::Option(option).into());
    let row = statements::prioritise(|| 0..4, &[Formula::Option(1), not(0)]);
    let column = statements::prioritise(|| 0..4, &[Formula::Option(0), not(1)]);
    assert_eq!([row, column].map(|made| Preference::from(made.ranks)), game);
}

#[test]
fn chicken() {
    let (model, game) = two_by_two("3 4 2 1", "2 4 3 1");
    for concept in [Nash, Seq, Sseq] {
        expect(&model, &game, concept, &[&[2, 3], &[2, 3]], &[2, 3]);
    }
    for concept in [Gmr, Smr] {
        expect(&model, &game, concept, &[&[2, 3, 4], &[2, 3, 4]], &[2, 3, 4]);
    }
}

#[test]
fn stag_hunt() {
    let (model, game) = two_by_two("4 3 1 2", "4 2 1 3");
    for concept in [Nash, Seq, Sseq] {
        expect(&model, &game, concept, &[&[1, 4], &[1, 4]], &[1, 4]);
    }
    for concept in [Gmr, Smr] {
        expect(&model, &game, concept, &[&[1, 3, 4], &[1, 2, 4]], &[1, 4]);
    }
}

fn cuba(directions: &str) -> (Model, [Preference; 2]) {
    let model = options(directions, &[&[1, 2], &[3, 4]], &["--YY"]);
    (model, [ranking("5 7 6 8 3 2 4 1 12 10 11 9"), ranking("1 5 7 3 6 2 8 4 12 10 11 9")])
}

#[test]
fn cuban_missile_crisis_where_a_strike_cannot_be_undone() {
    let (model, game) = cuba("fbbb");
    let most: &[u64] = &[1, 2, 3, 5, 6, 7, 8];
    expect(&model, &game, Nash, &[&[2, 3, 5, 6, 12], &[1, 6, 7, 8]], &[6]);
    for concept in [Gmr, Smr] {
        expect(&model, &game, concept, &[&[1, 2, 3, 4, 5, 6, 7, 8, 12], most], most);
    }
    for concept in [Seq, Sseq] {
        expect(&model, &game, concept, &[&[2, 3, 5, 6, 7, 12], &[1, 5, 6, 7, 8]], &[5, 6, 7]);
    }
}

#[test]
fn cuban_missile_crisis_with_all_options_reversible() {
    let (model, game) = cuba("bbbb");
    let most: &[u64] = &[1, 2, 3, 5, 6, 7, 8];
    expect(&model, &game, Nash, &[&[3, 5, 12], &[1, 6, 7, 8]], &[]);
    for concept in [Gmr, Smr] {
        expect(&model, &game, concept, &[&[1, 2, 3, 4, 5, 6, 7, 8, 12], most], most);
    }
    for concept in [Seq, Sseq] {
        expect(&model, &game, concept, &[&[3, 5, 7, 12], &[1, 5, 6, 7, 8]], &[5, 7]);
    }
}

#[test]
fn cuban_improvements() {
    let (model, game) = cuba("fbbb");
    let improvements = |mover: usize, from: u32| {
        let reach = model.reach(DecisionMaker(mover), State(from - 1));
        let better = reach.into_iter().filter(|to| game[mover].leaves(State(from - 1), *to, Unknowns::default()));
        numbers(better)
    };
    assert_eq!(improvements(0, 4), [2], "the blockade can be lifted, the strike not undone");
    assert_eq!(improvements(0, 9), [10, 11, 12]);
    assert_eq!(improvements(1, 12), [4, 8]);
    assert_eq!(improvements(1, 5), [1]);
}

#[test]
fn elmira_in_graph_form() {
    let model =
        graph(9, &["1>2 3>4 5>6 7>8", "1>3 1>9 3>9 2>4 2>9 4>9 5>7 5>9 7>9 6>8 6>9 8>9", "1<>5 2<>6 3<>7 4<>8"]);
    let local = ranking("7 3 5 1 8 6 4 2 9");
    let everything: &[u64] = &[1, 2, 3, 4, 5, 6, 7, 8, 9];
    for uniroyal in ["1 4 8 5 9 3 7 2 6", "1 4 8 5 9 2 3 7 6"] {
        let game = [ranking("7 3 4 8 5 1 2 6 9"), ranking(uniroyal), local.clone()];
        let uniroyal: &[u64] = &[1, 4, 5, 8, 9];
        expect(&model, &game, Nash, &[everything, uniroyal, &[5, 6, 7, 8, 9]], &[5, 8, 9]);
        for concept in [Gmr, Smr] {
            expect(&model, &game, concept, &[everything, uniroyal, everything], uniroyal);
        }
        for concept in [Seq, Sseq] {
            expect(&model, &game, concept, &[everything, uniroyal, &[2, 3, 5, 6, 7, 8, 9]], &[5, 8, 9]);
        }
    }
}

fn elmira_form() -> OptionForm {
    form("fkbfb", &[&[1], &[2, 3, 4], &[5]], &["-YY--", "-Y-Y-", "--YY-", "-NNN-"])
}

fn elmira_vectors() -> [Preference; 3] {
    [
        ranking("9 3 4 10 7 1 2 8 (5 6 11 12)"),
        ranking("1 4 10 7 (5 6 11 12) 3 9 2 8"),
        ranking("9 3 7 1 10 8 4 2 (5 6 11 12)"),
    ]
}

#[test]
fn elmira_in_option_form() {
    let model = Model::from_options(elmira_form(), 100).unwrap();
    let game = elmira_vectors();
    let everything: Vec<u64> = (1..=12).collect();
    let uniroyal: &[u64] = &[1, 4, 5, 6, 7, 10, 11, 12];
    expect(&model, &game, Nash, &[&everything, uniroyal, &everything[4..]], &[5, 6, 7, 10, 11, 12]);
    for concept in [Gmr, Smr] {
        expect(&model, &game, concept, &[&everything, uniroyal, &everything], uniroyal);
    }
    for concept in [Seq, Sseq] {
        let local: &[u64] = &[2, 3, 5, 6, 7, 8, 9, 10, 11, 12];
        expect(&model, &game, concept, &[&everything, uniroyal, local], &[5, 6, 7, 10, 11, 12]);
    }
}

#[test]
fn elmira_with_abandonment_as_one_state_is_the_graph_form() {
    let mut form = elmira_form();
    form.make_one(Formula::pattern("---Y-").unwrap()).unwrap();
    let model = Model::from_options(form, 100).unwrap();
    let game = elmira_vectors().map(|preference| Preference::from(preference.ranks().of_states(&model).unwrap()));
    // The states in the order of their smallest vectors, as numbered in the graph form.
    let named = [1, 2, 3, 4, 9, 5, 6, 7, 8];
    let verdicts = verdicts(&model, &game);
    let equilibria = |concept| {
        let mut states: Vec<u64> = verdicts.equilibria(concept).map(|state| named[state.place()]).collect();
        states.sort_unstable();
        states
    };
    assert_eq!(equilibria(Nash), [5, 8, 9]);
    assert_eq!(equilibria(Gmr), [1, 4, 5, 8, 9]);
    assert_eq!(equilibria(Smr), [1, 4, 5, 8, 9]);
    assert_eq!(equilibria(Seq), [5, 8, 9]);
    assert_eq!(equilibria(Sseq), [5, 8, 9]);
}

#[test]
fn vectors_of_one_state_that_are_ranked_apart_are_refused() {
    let mut form = elmira_form();
    form.make_one(Formula::Option(3)).unwrap();
    let model = Model::from_options(form, 100).unwrap();
    let apart = Ranks::of_values(&(0..12).collect::<Vec<i32>>()).of_states(&model);
    assert_eq!(apart, Err(Some(RankedApart { state: State(4), code: 8, other: 9 })));
}
