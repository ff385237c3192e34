//! Questions about one state are answered as the analysis of the whole model answers them, or not at all.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up stops")]

mod support;

use std::time::Instant;

use detente_stability::query::{Aim, Answer, QueryError, stable};
use detente_stability::*;
use support::form;
use support::random::Random;

const ENOUGH: u64 = 1 << 22;

fn aim(random: &mut Random, options: usize) -> Aim {
    if random.below(3) == 0 {
        let weight =
            |random: &mut Random| Exact::new((random.below(9) as i64 - 4).into(), (1 + random.below(3) as i64).into());
        return Aim::Weights((0..options).map(|_| weight(random)).collect());
    }
    let statement = |random: &mut Random| {
        let literal = |random: &mut Random| {
            let option = Formula::Option(random.below(options));
            if random.below(2) == 0 { option } else { Formula::Not(option.into()) }
        };
        let (one, other) = (literal(random), literal(random));
        match random.below(5) {
            0 => Formula::Implies(one.into(), other.into()),
            1 => Formula::Iff(one.into(), other.into()),
            2 => Formula::All(vec![one, other]),
            3 => Formula::Any(vec![one, other]),
            _ => one,
        }
    };
    Aim::Statements((0..1 + random.below(5)).map(|_| statement(random)).collect())
}

fn preference(aim: &Aim, model: &Model) -> Preference {
    let feasible = model.feasible().unwrap();
    match aim {
        Aim::Statements(statements) => statements::prioritise(|| feasible.codes(), statements).ranks.into(),
        Aim::Weights(weights) => Ranks::from_weights(feasible.codes(), weights).into(),
    }
}

#[test]
fn a_question_has_the_answer_of_the_whole_analysis() {
    let mut random = Random(17);
    let (mut asked, mut unstable) = (0, 0);
    for _ in 0..1200 {
        let form = random.form();
        let Ok(model) = Model::from_options(form.clone(), 1 << 10) else { continue };
        let aims: Vec<Aim> = (0..form.decision_makers()).map(|_| aim(&mut random, form.options().len())).collect();
        let preferences: Vec<Preference> = aims.iter().map(|aim| preference(aim, &model)).collect();
        let verdicts = analyse(&model, &preferences, Rules::default()).unwrap();
        for _ in 0..6 {
            let state = State(u32::try_from(random.below(model.states())).unwrap());
            let code = Code::from(model.codes(state)[0]);
            let mover = DecisionMaker(random.below(aims.len()));
            for concept in Concept::ALL {
                let answer = stable(&form, &aims, code, mover, concept, ENOUGH).unwrap();
                let expected = verdicts.stable(mover, state, concept);
                assert_eq!(
                    answer == Answer::Stable,
                    expected,
                    "{form:?} {aims:?} {code:?} {mover:?} {concept:?} {answer:?}"
                );
                if let Answer::Unstable { improvement } = answer {
                    let to = model.state_of(improvement.word()).unwrap();
                    assert!(model.reach(mover, state).contains(&to));
                    let reason = certificate(&model, &preferences, Rules::default(), mover, state, concept).unwrap();
                    assert!(!reason.stable());
                    unstable += 1;
                }
                assert_ne!(answer, Answer::NotDecided);
                asked += 1;
            }
        }
    }
    assert!(asked > 20_000 && unstable > 4_000, "{asked} {unstable}");
}

fn not(option: usize) -> Formula {
    Formula::Not(Formula::Option(option).into())
}

/// Forty options, option `k` of decision maker `k mod 3`: a long dilemma. Each wants the others to give way on all it can and to
/// give way on nothing itself, but most of all that not everybody holds out on the first three options.
fn forty() -> (OptionForm, Vec<Aim>) {
    let owned: Vec<Vec<usize>> = (0..3).map(|mover| (mover..40).step_by(3).collect()).collect();
    let form = OptionForm::new(vec![Moves::Both; 40], &owned).unwrap();
    let aims = (0..3).map(|mover| {
        let disaster = Formula::Any((0..3).map(Formula::Option).collect());
        let others = (0..40).filter(|option| option % 3 != mover).map(Formula::Option);
        let own = (0..40).filter(|option| option % 3 == mover).map(not);
        Aim::Statements(std::iter::once(disaster).chain(others).chain(own).collect())
    });
    (form, aims.collect())
}

#[test]
fn forty_options_are_asked_about_in_less_than_a_second() {
    let (form, aims) = forty();
    let all = Code::first(40);
    let begun = Instant::now();
    for mover in (0..3).map(DecisionMaker) {
        let ask = |concept| stable(&form, &aims, all, mover, concept, 1 << 20).unwrap();
        assert!(matches!(ask(Concept::Nash), Answer::Unstable { .. }));
        assert_eq!(ask(Concept::Gmr), Answer::Stable, "the others can withdraw everything");
        assert_eq!(ask(Concept::Smr), Answer::Stable);
    }
    assert!(begun.elapsed().as_secs_f64() < 1.0, "{:?}", begun.elapsed());
    let none = stable(&form, &aims, Code::NONE, DecisionMaker(0), Concept::Nash, 1 << 20).unwrap();
    assert!(matches!(none, Answer::Unstable { improvement } if improvement.has(0)));
}

#[test]
fn two_hundred_decision_makers_with_an_option_each() {
    let owned: Vec<Vec<usize>> = (0..200).map(|mover| vec![mover]).collect();
    let form = OptionForm::new(vec![Moves::Both; 200], &owned).unwrap();
    let half = Formula::Count { at_least: 100, at_most: 200, of: (0..200).map(Formula::Option).collect() };
    let aims: Vec<Aim> = (0..200).map(|mover| Aim::Statements(vec![half.clone(), not(mover)])).collect();
    let ask = |state, mover, concept| stable(&form, &aims, state, DecisionMaker(mover), concept, 1 << 20).unwrap();
    let just_half = Code::first(100);
    for mover in [0, 57, 99, 100, 199] {
        assert_eq!(ask(just_half, mover, Concept::Nash), Answer::Stable);
    }
    assert!(matches!(ask(Code::first(101), 7, Concept::Nash), Answer::Unstable { .. }));
    assert_eq!(ask(Code::first(101), 7, Concept::Gmr), Answer::Stable, "another may leave, too");
    assert!(matches!(ask(Code::first(101), 7, Concept::Seq), Answer::Unstable { .. }), "and nobody leaves a bare half");
}

#[test]
fn what_the_budget_does_not_suffice_for_is_not_decided() {
    let (form, aims) = forty();
    for (concept, budget) in [(Concept::Gmr, 1), (Concept::Smr, 1), (Concept::Sseq, 50)] {
        let answer = stable(&form, &aims, Code::first(40), DecisionMaker(0), concept, budget);
        assert_eq!(answer, Ok(Answer::NotDecided), "{concept:?}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let mut form = form("bb", &[&[1], &[2]], &["YY"]);
    let aims = [Aim::Weights(vec![]), Aim::Statements(vec![Formula::Option(0)])];
    let ask = |form: &OptionForm, aims: &[Aim], code: u64, mover| {
        stable(form, aims, code.into(), DecisionMaker(mover), Concept::Gmr, 100)
    };
    assert_eq!(ask(&form, &aims, 3, 0), Err(QueryError::Infeasible));
    assert_eq!(ask(&form, &aims, 8, 0), Err(QueryError::Infeasible));
    assert_eq!(ask(&form, &aims, 0, 2), Err(QueryError::NoSuchDecisionMaker));
    assert_eq!(ask(&form, &aims[..1], 0, 0), Err(QueryError::Aims));
    let beyond = [Aim::Weights(vec![]), Aim::Statements(vec![Formula::Option(2)])];
    assert_eq!(ask(&form, &beyond, 0, 0), Err(QueryError::NoSuchOption));
    form.make_one(Formula::Option(0)).unwrap();
    assert_eq!(ask(&form, &aims, 0, 0), Err(QueryError::NeedsList));
}

#[test]
fn any_reach_that_is_a_cube_is_decided() {
    let mut random = Random(99);
    for _ in 0..60 {
        let owned: Vec<Vec<usize>> = (0..3).map(|mover| (mover..40).step_by(3).collect()).collect();
        let form = OptionForm::new(vec![Moves::Both; 40], &owned).unwrap();
        let aims: Vec<Aim> = (0..3)
            .map(|_| match aim(&mut random, 40) {
                Aim::Weights(weights) => Aim::Weights(weights),
                Aim::Statements(first) => {
                    let more = (0..8).filter_map(|_| match aim(&mut random, 40) {
                        Aim::Statements(more) => Some(more),
                        Aim::Weights(_) => None,
                    });
                    Aim::Statements(first.into_iter().chain(more.flatten()).collect())
                }
            })
            .collect();
        let code = (0..40).filter(|_| random.below(2) == 0).collect();
        for concept in [Concept::Nash, Concept::Gmr, Concept::Smr] {
            let answer = stable(&form, &aims, code, DecisionMaker(0), concept, 1 << 16).unwrap();
            assert_ne!(answer, Answer::NotDecided, "{concept:?} {aims:?} {code:?}");
        }
    }
}
