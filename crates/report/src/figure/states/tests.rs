use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn state(number: u64, words: &str, holds: &str) -> State {
    State { number, words: words.to_owned(), holds: holds.to_owned(), now: number == 1 }
}

fn step(by: usize, from: usize, to: usize, better: bool) -> Move {
    Move { by, from, to, better }
}

fn graph(states: usize, text: &str, moves: Vec<Move>) -> StateGraph {
    StateGraph {
        caption: Caption { id: "states".to_owned(), title: "States".to_owned(), credit: None },
        movers: vec!["North".to_owned(), "South".to_owned()],
        states: (1..)
            .take(states)
            .map(|number| state(number, text, if number % 3 == 0 { "GMR" } else { "" }))
            .collect(),
        moves,
    }
}

/// Both sides can go back and forth; each likes to go to the greater number.
fn square() -> Vec<Move> {
    let both = |by, from, to| [step(by, from, to, true), step(by, to, from, false)];
    [both(0, 0, 1), both(0, 2, 3), both(1, 0, 2), both(1, 1, 3)].concat()
}

/// All moves of one side among so many states.
fn clique(states: usize) -> Vec<Move> {
    (0..states)
        .flat_map(|from| (0..states).map(move |to| step(0, from, to, to > from)))
        .filter(|step| step.from != step.to)
        .collect()
}

#[test]
fn a_line_tells_both_directions_and_which_is_liked() {
    let input = graph(4, "words", square());
    let figure = draw(&input).unwrap();
    examine(&figure);
    examine_labels(&figure);
    let title = "North: from state 2 to state 1, which it does not prefer; from state 1 to state 2, which it prefers";
    assert!(figure.svg.contains(title));
    assert_eq!(figure.table.rows[0], ["1 (now)", "words", "", "North: 2; South: 3", ""]);
    assert_eq!(figure.table.rows[3], ["4", "words", "", "", "North: 3; South: 2"]);
    assert!(figure.description.contains("State 3, words; would hold: GMR; preferred from here by North: 4."));
    assert_eq!(draw(&input).unwrap(), figure);
}

#[test]
fn a_move_that_cannot_be_gone_back_has_one_arrowhead() {
    let heads = |moves| {
        let figure = draw(&graph(2, "", moves)).unwrap();
        figure.svg.matches("stroke-linejoin=\"round\"").count()
    };
    assert_eq!(heads(square()[..2].to_vec()), heads(square()[..1].to_vec()) + 1);
}

#[test]
fn of_many_moves_those_that_others_amount_to_are_left_out_and_that_is_said() {
    let (all, left_out) = lines(&graph(6, "", clique(6)));
    assert_eq!((all.len(), left_out), (15, LeftOut::default()));
    let (chain, left_out) = lines(&graph(8, "", clique(8)));
    assert_eq!((chain.len(), left_out), (7, LeftOut { unliked: false, composed: true }));
    let figure = draw(&graph(8, "", clique(8))).unwrap();
    assert!(figure.svg.contains("Not drawn: moves that several arrows of the same side"));
}

#[test]
fn moves_that_cannot_be_put_together_all_stay() {
    let mut moves = clique(8);
    moves.retain(|step| (step.from, step.to) != (0, 7));
    assert_eq!(lines(&graph(8, "", moves)).0.len(), 27);
}

#[test]
fn of_many_moves_those_that_nobody_likes_are_left_out() {
    let moves: Vec<Move> = clique(8).into_iter().map(|step| Move { better: step.to == 0, ..step }).collect();
    let (kept, left_out) = lines(&graph(8, "", moves));
    assert_eq!((kept.len(), left_out), (7, LeftOut { unliked: true, composed: false }));
    assert!(kept.iter().all(|line| line.ends[0] == 0));
}

#[test]
fn models_that_are_too_large_are_not_drawn() {
    assert!(draw(&graph(0, "", Vec::new())).is_none());
    assert!(draw(&graph(MOST_STATES + 1, "", Vec::new())).is_none());
    let both = |step: Move| [step, Move { by: 1, ..step }];
    let mut moves: Vec<Move> = clique(30).into_iter().flat_map(both).collect();
    moves.retain(|step| (step.from, step.to) != (0, 7));
    assert!(draw(&graph(30, "", moves)).is_none());
}

#[test]
fn anything_can_be_drawn() {
    for text in [HOSTILE, ""] {
        let mut input = graph(MOST_STATES, text, clique(MOST_STATES));
        input.states.iter_mut().for_each(|state| state.holds = text.to_owned());
        input.movers = vec![text.to_owned(); 2];
        input.moves.extend([step(0, 77, 0, true), step(9, 0, 1, true), step(usize::MAX, 1, 2, false)]);
        examine(&draw(&input).unwrap());
    }
    examine(&draw(&graph(1, "", vec![step(0, 0, 0, true)])).unwrap());
}
