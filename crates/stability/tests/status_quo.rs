//! What can come about from the status quo.

mod support;

use detente_stability::certificate::Step;
use detente_stability::status_quo::*;
use detente_stability::*;
use support::definitions::Definitions;
use support::random::Random;
use support::*;

fn elmira() -> (Model, [Preference; 3]) {
    let model =
        graph(9, &["1>2 3>4 5>6 7>8", "1>3 1>9 3>9 2>4 2>9 4>9 5>7 5>9 7>9 6>8 6>9 8>9", "1<>5 2<>6 3<>7 4<>8"]);
    (model, [ranking("7 3 4 8 5 1 2 6 9"), ranking("1 4 8 5 9 3 7 2 6"), ranking("7 3 5 1 8 6 4 2 9")])
}

/// A path as text: `B1>3 C3>7`.
fn told(path: &[Step]) -> String {
    let step = |step: &Step| {
        let letter = ["A", "B", "C", "D"][step.mover.0];
        format!("{letter}{}>{}", step.from.number(), step.to.number())
    };
    path.iter().map(step).collect::<Vec<_>>().join(" ")
}

#[test]
fn t29_what_is_stable_but_cannot_be_reached() {
    let (model, game) = elmira();
    let evolution = evolve(&model, &game, State(4), &Movement::any(&model)).unwrap();
    assert_eq!(told(&evolution.path(State(8)).unwrap()), "B5>9");
    assert_eq!(told(&evolution.path(State(1)).unwrap()), "A5>6 C6>2", "only with the local government");
    let back = evolve(&model, &game, State(8), &Movement::any(&model)).unwrap();
    assert_eq!(back.reached(), [], "nobody comes back from abandonment");
    assert_eq!(back.path(State(8)), Some(Vec::new()));
    assert_eq!(back.path(State(4)), None);
}

#[test]
fn without_the_local_government_its_states_are_out_of_reach() {
    let (model, game) = elmira();
    let movement = Movement { movers: vec![DecisionMaker(1), DecisionMaker(0)], ..Movement::any(&model) };
    let evolution = evolve(&model, &game, State(4), &movement).unwrap();
    assert_eq!(numbers(evolution.reached().into_iter()), [6, 7, 8, 9]);
}

#[test]
fn equilibria_on_the_way_are_told() {
    let (model, game) = elmira();
    let equilibria: Vec<State> = verdicts(&model, &game).equilibria(Concept::Nash).collect();
    let any = evolve(&model, &game, State(0), &Movement::any(&model)).unwrap();
    let of = |evolution: &Evolution| -> Vec<(u64, Option<String>, Vec<u64>)> {
        let arrivals = evolution.arrivals(&equilibria).into_iter();
        let told = arrivals.map(|arrival| {
            (arrival.state.number(), arrival.path.as_deref().map(told), numbers(arrival.on_the_way.into_iter()))
        });
        told.collect()
    };
    let text = |path: &str| Some(path.to_owned());
    assert_eq!(of(&any), [(5, text("C1>5"), vec![]), (8, text("A1>2 B2>4 C4>8"), vec![]), (9, text("B1>9"), vec![])]);
    let improving = evolve(&model, &game, State(0), &Movement::improving(&model)).unwrap();
    assert_eq!(of(&improving), [(5, text("C1>5"), vec![]), (8, None, vec![]), (9, None, vec![])]);
    let from_five = evolve(&model, &game, State(4), &Movement::any(&model)).unwrap();
    assert_eq!(of(&from_five)[1], (8, text("A5>6 B6>8"), vec![5]));
}

#[test]
fn nobody_moves_twice_in_a_row() {
    // A cannot go from 1 over 2 to 3 at once; B has to go from 2 to 4, C back to 2.
    let model = graph(4, &["1>2 2>3", "2>4", "4>2"]);
    let preferences = [values(&[0; 4]), values(&[0; 4]), values(&[0; 4])];
    let evolution = evolve(&model, &preferences, State(0), &Movement::any(&model)).unwrap();
    assert_eq!(told(&evolution.path(State(2)).unwrap()), "A1>2 B2>4 C4>2 A2>3");
    let two = Movement { movers: vec![DecisionMaker(0), DecisionMaker(1)], ..Movement::any(&model) };
    assert_eq!(evolve(&model, &preferences, State(0), &two).unwrap().path(State(2)), None);
}

/// The states that are reached after exactly so many moves, with the last mover.
fn layers(
    definitions: &Definitions,
    begin: State,
    movers: &[usize],
    improving: bool,
    most: usize,
) -> Vec<Option<usize>> {
    let mut fewest = vec![None; definitions.model.states()];
    fewest[begin.place()] = Some(0);
    let mut layer: Vec<(State, Option<usize>)> = vec![(begin, None)];
    for moves in 1..=most {
        let mut next = Vec::new();
        for (from, last) in layer {
            for mover in movers.iter().copied().filter(|mover| Some(*mover) != last) {
                for to in definitions.model.reach(DecisionMaker(mover), from) {
                    if !improving || definitions.improves(mover, from, to) {
                        fewest[to.place()].get_or_insert(moves);
                        next.push((to, Some(mover)));
                    }
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        layer = next;
    }
    fewest
}

#[test]
fn sequences_are_legal_and_as_short_as_they_can_be() {
    let mut random = Random(51);
    let mut long = 0;
    for round in 0..1500 {
        let model = random.graph();
        let preferences: Vec<Preference> =
            (0..model.decision_makers()).map(|_| random.unsure(model.states())).collect();
        let unknowns = Unknowns::ALL[round % 4];
        let definitions = Definitions { model: &model, preferences: &preferences, unknowns };
        let movers: Vec<usize> = definitions.movers().into_iter().filter(|_| random.below(4) > 0).collect();
        let improving = round % 2 == 0;
        let movement = Movement { movers: movers.iter().copied().map(DecisionMaker).collect(), improving, unknowns };
        let begin = State(u32::try_from(random.below(model.states())).unwrap());
        let evolution = evolve(&model, &preferences, begin, &movement).unwrap();
        // A shortest sequence visits no pair of state and last mover twice.
        let fewest = layers(&definitions, begin, &movers, improving, model.states() * movers.len() + 1);
        for state in model.all_states() {
            let path = evolution.path(state);
            assert_eq!(path.as_ref().map(Vec::len), fewest[state.place()], "{state:?} {model:?}");
            let path = path.unwrap_or_default();
            long += usize::from(path.len() > 2);
            let ends = path.first().map(|step| step.from).zip(path.last().map(|step| step.to));
            assert!(ends.is_none_or(|ends| ends == (begin, state)));
            assert!(path.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].mover != pair[1].mover));
            for step in path {
                assert!(model.reach(step.mover, step.from).contains(&step.to) && movers.contains(&step.mover.0));
                assert!(!improving || definitions.improves(step.mover.0, step.from, step.to));
            }
        }
    }
    assert!(long > 200, "{long}");
}

#[test]
fn what_does_not_fit_is_refused() {
    let (model, game) = elmira();
    let refused = |status_quo, movement: &Movement| evolve(&model, &game, status_quo, movement).unwrap_err();
    assert_eq!(refused(State(9), &Movement::any(&model)), StatusQuoError::NoSuchState(State(9)));
    let movement = Movement { movers: vec![DecisionMaker(3)], ..Movement::any(&model) };
    assert_eq!(refused(State(0), &movement), StatusQuoError::NoSuchDecisionMaker(DecisionMaker(3)));
}
