//! The ends of what a model can be: none, one, as many as possible, and one more.

mod support;

use detente_stability::code::{MOST_DECISION_MAKERS, MOST_OPTIONS};
use detente_stability::*;
use support::*;

#[test]
fn no_option_and_no_decision_maker_are_one_state_that_holds() {
    let model = options("", &[], &[]);
    let found = verdicts(&model, &[]);
    assert_eq!((model.states(), numbers(found.equilibria(Concept::Sseq))), (1, vec![1]));
    let idle = options("", &[&[]], &[]);
    assert_eq!(first(&idle, &[values(&[7])], 1), "NGSQq");
}

#[test]
fn sixty_three_and_sixty_four_options_are_listed_and_sixty_five_are_not() {
    for count in [63, 64] {
        for direction in ["b", "f", "k"] {
            // All taken or none, or all but the last: three vectors of one decision maker.
            let everything: Vec<usize> = (1..=count).collect();
            let all = if count == 64 { u64::MAX } else { (1 << count) - 1 };
            let model = only(&direction.repeat(count), &[&everything, &[]], &[0, all >> 1, all]);
            let found = verdicts(&model, &[values(&[1, 2, 0]), values(&[0, 0, 0])]);
            let nash = match direction {
                "f" => vec![2, 3],
                "k" => vec![1, 2],
                _ => vec![2],
            };
            assert_eq!(numbers(found.equilibria(Concept::Nash)), nash, "{count} {direction}");
        }
    }
    let beyond = OptionForm::new(vec![Moves::Both; 65], &[]).unwrap();
    assert_eq!(Model::from_options(beyond, 10), Err(ModelError::States(StatesError::TooManyOptions(65))));
}

#[test]
fn more_than_can_be_is_refused() {
    let many = OptionForm::new(vec![Moves::Both; MOST_OPTIONS + 1], &[]);
    assert_eq!(many, Err(FormError::TooManyOptions(MOST_OPTIONS + 1)));
    let crowd = OptionForm::new(vec![], &vec![vec![]; MOST_DECISION_MAKERS + 1]);
    assert_eq!(crowd, Err(FormError::TooManyDecisionMakers(MOST_DECISION_MAKERS + 1)));
    let unknown = OptionForm::new(vec![Moves::Both], &[vec![1]]);
    assert_eq!(unknown, Err(FormError::NoSuchOption(1)));
    let mut form = form("b", &[&[1]], &[]);
    assert_eq!(form.rule_out(Formula::Option(999)), Err(FormError::NoSuchOption(999)));
    assert_eq!(form.make_one(Formula::Not(Formula::Option(1).into())), Err(FormError::NoSuchOption(1)));
}

#[test]
fn moves_that_cannot_be_are_refused() {
    let new = |moves: &[(u32, u32)]| {
        let moves = moves.iter().map(|(from, to)| (State(*from), State(*to))).collect();
        GraphForm::new(2, &[moves]).map(|_| ())
    };
    assert_eq!(new(&[(0, 2)]), Err(GraphError::NoSuchState(DecisionMaker(0), State(2))));
    assert_eq!(new(&[(1, 1)]), Err(GraphError::Loop(DecisionMaker(0), State(1))));
    assert_eq!(new(&[(0, 1), (0, 1)]), Err(GraphError::Repeated(DecisionMaker(0), State(0), State(1))));
    assert_eq!(GraphForm::new(0, &[]), Err(GraphError::NoState));
}

#[test]
fn single_moves_are_added_and_removed_and_keep_their_origin() {
    let edited = |edits: &[(u32, u32, bool)]| {
        let mut form = form("bb", &[&[1], &[2]], &[]);
        for (from, to, added) in edits {
            let (decision_maker, from, to) = (DecisionMaker(0), State(*from), State(*to));
            form.edit(Edit { decision_maker, from, to, added: *added }).unwrap();
        }
        Model::from_options(form, 100)
    };
    let model = edited(&[(0, 1, false), (0, 3, true)]).unwrap();
    let moves: Vec<(State, Origin)> = model.graph().unwrap().moves(DecisionMaker(0), State(0)).collect();
    assert_eq!(moves, [(State(3), Origin::Added)]);
    let back: Vec<(State, Origin)> = model.graph().unwrap().moves(DecisionMaker(0), State(1)).collect();
    assert_eq!(back, [(State(0), Origin::Options)]);
    assert!(!model.transitive(DecisionMaker(0)), "1 to 4 to 3 is no one move");
    let absent = GraphError::NoSuchMove(DecisionMaker(0), State(0), State(3));
    assert_eq!(edited(&[(0, 3, false)]), Err(ModelError::Edit(absent)));
    let there = GraphError::Repeated(DecisionMaker(0), State(0), State(1));
    assert_eq!(edited(&[(0, 1, true)]), Err(ModelError::Edit(there)));
    let beyond = GraphError::NoSuchState(DecisionMaker(0), State(4));
    assert_eq!(edited(&[(0, 4, true)]), Err(ModelError::Edit(beyond)));
}

#[test]
fn preferences_that_do_not_fit_are_refused() {
    let model = options("b", &[&[1]], &[]);
    let ask = |preferences: &[Preference]| analyse(&model, preferences, Rules::default()).map(|_| ());
    assert_eq!(ask(&[]), Err(AnalyseError::Preferences { given: 0, decision_makers: 1 }));
    assert_eq!(ask(&[values(&[1])]), Err(AnalyseError::States { ranked: 1, states: 2 }));
    let itself = Preference::new(Ranks::indifferent(2), &[(State(1), State(1))]);
    assert_eq!(itself, Err(NoPair(State(1), State(1))));
}

#[test]
fn readings_that_would_take_too_long_are_refused_before_they_begin() {
    let model = options(&"b".repeat(20), &[&[1, 2, 3, 4], &[5, 6, 7, 8]], &[]);
    let preferences = [values(&vec![0; 1 << 20]), values(&vec![0; 1 << 20])];
    let rules = Rules { joint_moves: JointMoves::SingleMove, ..Rules::default() };
    assert!(matches!(analyse(&model, &preferences, rules), Err(AnalyseError::TooManySteps { .. })));
}
