//! Where programs for the graph model go wrong: one small case each. All verdicts are those of the first decision maker, A.

mod support;

use detente_stability::*;
use support::*;

const ALL: &str = "NGSQq";

fn by(joint_moves: JointMoves) -> Rules {
    Rules { joint_moves, ..Rules::default() }
}

#[test]
fn t01_an_opponent_may_move_again_after_another() {
    let model = options("bbb", &[&[1], &[2], &[3]], &[]);
    let a = values(&[2, 3, 3, 3, 3, 1, 3, 3]);
    let b = values(&[0, 1, 0, 2, 0, 2, 0, 1]);
    let c = values(&[0, 2, 0, 1, 0, 1, 0, 2]);
    let preferences = [a, b, c];
    assert!(first(&model, &preferences, 1).contains('Q'));
    assert!(!first_by(&model, &preferences, 1, by(JointMoves::EachOnce)).contains('Q'));
}

#[test]
fn t02_so_also_where_states_are_infeasible() {
    let model = only("bbbb", &[&[1], &[2, 3], &[4]], &[0, 1, 5, 13, 15]);
    let preferences = [values(&[1, 3, 3, 3, 0]), values(&[0; 5]), values(&[0; 5])];
    assert_eq!(first(&model, &preferences, 1), "GS");
    assert_eq!(first_by(&model, &preferences, 1, by(JointMoves::EachOnce)), "");
}

#[test]
fn t03_no_opponent_moves_twice_in_a_row() {
    let model = graph(4, &["1>2", "2>3 3>4"]);
    assert_eq!(first(&model, &[values(&[2, 4, 3, 1]), values(&[1, 2, 3, 4])], 1), "");
}

#[test]
fn t04_a_tie_deters() {
    let model = graph(3, &["1>2", "2>3"]);
    assert_eq!(first(&model, &[values(&[1, 2, 1]), values(&[1, 1, 2])], 1), "GSQq");
}

#[test]
fn t05_each_mover_improves_on_its_own_step() {
    let model = graph(4, &["1>2", "2>3", "3>4"]);
    let preferences = [values(&[2, 4, 3, 1]), values(&[0, 2, 3, 1]), values(&[0, 1, 2, 3])];
    assert!(first(&model, &preferences, 1).contains('Q'));
}

#[test]
fn t06_every_sanction_is_tried() {
    let model = graph(5, &["1>2 3>5", "2>3 2>4"]);
    let preferences = [values(&[3, 4, 2, 1, 5]), values(&[1, 2, 3, 4, 0])];
    assert_eq!(first(&model, &preferences, 1), "GSQq");
}

#[test]
fn t07_every_countermove_must_fail() {
    let model = graph(5, &["1>2 3>4 3>5", "2>3"]);
    let preferences = [values(&[3, 4, 2, 1, 5]), values(&[1, 2, 3, 4, 0])];
    assert_eq!(first(&model, &preferences, 1), "GQ");
}

#[test]
fn t08_all_improvements_need_a_sanction() {
    let model = graph(4, &["1>2 1>3", "3>4"]);
    assert_eq!(first(&model, &[values(&[2, 3, 4, 1]), values(&[1, 1, 2, 3])], 1), "");
}

#[test]
fn t09_several_options_change_in_one_move() {
    let model = options("bb", &[&[1, 2]], &[]);
    let verdicts = verdicts(&model, &[values(&[2, 1, 1, 3])]);
    assert_eq!(numbers(verdicts.equilibria(Concept::Nash)), [4]);
}

#[test]
fn t10_across_infeasible_vectors_too() {
    let model = only("bb", &[&[1, 2]], &[0, 3]);
    let verdicts = verdicts(&model, &[values(&[1, 2])]);
    assert_eq!(numbers(verdicts.equilibria(Concept::Nash)), [2]);
}

#[test]
fn t11_a_one_way_option_blocks_composite_moves() {
    let model = options("fb", &[&[1, 2]], &[]);
    let verdicts = verdicts(&model, &[values(&[1, 3, 4, 2])]);
    assert_eq!(numbers(verdicts.equilibria(Concept::Nash)), [2, 3]);
}

#[test]
fn t12_reach_is_directed_with_one_way_options() {
    let model = options("bf", &[&[1], &[2]], &[]);
    assert_eq!(first(&model, &[values(&[1, 1, 2, 3]), values(&[0; 4])], 3), "");
}

#[test]
fn t13_reach_stops_at_infeasible_vectors() {
    let model = only("bbb", &[&[1], &[2], &[3]], &[0, 1, 7]);
    assert_eq!(first(&model, &[values(&[1, 2, 0]), values(&[0; 3]), values(&[0; 3])], 1), "");
}

#[test]
fn t14_a_tie_is_no_improvement_of_an_opponent() {
    let model = options("bb", &[&[1], &[2]], &[]);
    assert_eq!(first(&model, &[values(&[2, 3, 1, 1]), values(&[0; 4])], 1), "GS");
}

#[test]
fn t18_a_shared_option_has_several_owners() {
    let model = options("bbb", &[&[1, 3], &[1, 2]], &[]);
    let codes = |mover| -> Vec<u32> {
        let reach = model.reach(DecisionMaker(mover), State(1));
        reach.into_iter().map(|state| state.0).collect()
    };
    assert_eq!(codes(0), [0, 4, 5]);
    assert_eq!(codes(1), [0, 2, 3]);
}

#[test]
fn t19_a_return_deters_unless_switched_off() {
    let model = options("b", &[&[1], &[1]], &[]);
    let preferences = [values(&[1, 2]), values(&[2, 1])];
    assert_eq!(first(&model, &preferences, 1), "GQ");
    let off = Rules { returns: Returns::DoNotCount, ..Rules::default() };
    assert_eq!(first_by(&model, &preferences, 1, off), "");
}

#[test]
fn t22_states_made_one_are_one_real_state() {
    let mut form = form("fkbfb", &[&[1], &[2, 3, 4], &[5]], &["-YY--", "-Y-Y-", "--YY-", "-NNN-"]);
    form.make_one(Formula::Option(3)).unwrap();
    let model = Model::from_options(form, 100).unwrap();
    assert_eq!(model.feasible().unwrap().len(), 12);
    assert_eq!(model.states(), 9);
    assert_eq!(model.codes(State(4)), [8, 9, 24, 25]);
    assert!(model.reach(DecisionMaker(0), State(4)).is_empty(), "moves within a state vanish");
}

#[test]
fn t23_an_idle_decision_maker_changes_nothing_and_is_stable_everywhere() {
    let pair: [&[usize]; 2] = [&[1], &[2]];
    let dilemma = options("bb", &pair, &[]);
    let with_idle = options("bb", &[&[1], &[2], &[]], &[]);
    let (row, column) = (ranking("3 4 1 2"), ranking("2 4 1 3"));
    let two = verdicts(&dilemma, &[row.clone(), column.clone()]);
    let three = verdicts(&with_idle, &[row, column, values(&[0; 4])]);
    for concept in Concept::ALL {
        for mover in [DecisionMaker(0), DecisionMaker(1)] {
            assert_eq!(two.words_of(mover, concept), three.words_of(mover, concept));
        }
        assert_eq!(numbers(three.stable_states(DecisionMaker(2), concept)), [1, 2, 3, 4]);
    }
    let indifferent = [values(&[0; 4]), values(&[0; 4])];
    assert_eq!(first(&dilemma, &indifferent, 2), ALL);
}

#[test]
fn t24_option_1_is_the_lowest_bit_of_a_state() {
    // Of the Cuban missile crisis, where only the withdrawal is made: option 3 alone.
    let model = options("fbbb", &[&[1, 2], &[3, 4]], &["--YY"]);
    assert_eq!((State(4).number(), model.codes(State(4))), (5, vec![0b0100]));
    assert_eq!(model.state_of(0b0100), Some(State(4)));
    assert_eq!(model.codes(State(1)), [0b0001], "the strike alone is state 2");
    let game = [ranking("5 7 6 8 3 2 4 1 12 10 11 9"), ranking("1 5 7 3 6 2 8 4 12 10 11 9")];
    let nash = numbers(verdicts(&model, &game).equilibria(Concept::Nash));
    assert_eq!(nash, [6], "strike and withdrawal; with option 1 as the highest bit it would be another state");
    assert!(model.reach(DecisionMaker(1), State(4)).contains(&State(0)), "the withdrawal is the other side's");
    assert!(!model.reach(DecisionMaker(0), State(4)).contains(&State(0)));
}

#[test]
fn t25_what_is_not_known_is_not_transitive() {
    let model = graph(4, &["1>2", "2<>3 3<>4 2<>4"]);
    let unknown = [(State(3), State(1))];
    let b = Preference::new(Ranks::of_values(&[0, 1, 2, 3]), &unknown).unwrap();
    let a = values(&[2, 3, 3, 1]);
    let by = |unknowns| first_by(&model, &[a.clone(), b.clone()], 1, Rules { unknowns, ..Rules::default() });
    assert_eq!(by(Unknowns::StaysNotDeterred), "GS", "B does not go from 2 to 4: only 3 is known to be better");
    assert_eq!(by(Unknowns::LeavesNotDeterred), "GSQq");
}
