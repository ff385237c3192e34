//! Unknown preferences: the four variants against the definitions, and what follows from what.

mod support;

use detente_stability::*;
use support::definitions::Definitions;
use support::random::Random;

fn random_model(random: &mut Random, round: usize) -> Option<(Model, Vec<Preference>)> {
    let model = match round % 2 {
        0 => random.graph(),
        _ => Model::from_options(random.form(), 24).ok()?,
    };
    let preferences = (0..model.decision_makers()).map(|_| random.unsure(model.states())).collect();
    Some((model, preferences))
}

#[test]
fn verdicts_of_all_variants_are_those_of_the_definitions() {
    let mut random = Random(43);
    let mut differing = 0;
    for round in 0..400 {
        let Some((model, preferences)) = random_model(&mut random, round) else { continue };
        let mut first = None;
        for unknowns in Unknowns::ALL {
            let definitions = Definitions { model: &model, preferences: &preferences, unknowns };
            let verdicts = analyse(&model, &preferences, Rules { unknowns, ..Rules::default() }).unwrap();
            for mover in 0..model.decision_makers() {
                for (concept, state) in Concept::ALL.into_iter().flat_map(|c| model.all_states().map(move |s| (c, s))) {
                    let expected = definitions.stable(&[mover], state, concept, false, true);
                    let found = verdicts.stable(DecisionMaker(mover), state, concept);
                    assert_eq!(found, expected, "{mover} {state:?} {concept:?} {unknowns:?} {model:?} {preferences:?}");
                }
            }
            differing += usize::from(*first.get_or_insert(verdicts.clone()) != verdicts);
        }
    }
    assert!(differing > 300, "the variants differ: {differing}");
}

#[test]
fn variants_follow_from_each_other_where_sanctions_are_the_same() {
    use Unknowns::{LeavesDeterred, LeavesNotDeterred, StaysDeterred, StaysNotDeterred};
    let mut random = Random(44);
    for round in 0..300 {
        let Some((model, preferences)) = random_model(&mut random, round) else { continue };
        let of = |unknowns| analyse(&model, &preferences, Rules { unknowns, ..Rules::default() }).unwrap();
        for (from, to) in [
            (LeavesNotDeterred, StaysNotDeterred),
            (LeavesNotDeterred, LeavesDeterred),
            (StaysNotDeterred, StaysDeterred),
            (LeavesDeterred, StaysDeterred),
        ] {
            let (from, to) = (of(from), of(to));
            for concept in [Concept::Nash, Concept::Gmr, Concept::Smr] {
                for mover in (0..model.decision_makers()).map(DecisionMaker) {
                    assert!(from.stable_states(mover, concept).all(|state| to.stable(mover, state, concept)));
                }
            }
        }
    }
}

#[test]
fn a_variant_says_nothing_where_everything_is_known() {
    let mut random = Random(45);
    for _ in 0..200 {
        let model = random.graph();
        let preferences: Vec<Preference> =
            (0..model.decision_makers()).map(|_| random.preference(model.states())).collect();
        let of = |unknowns| analyse(&model, &preferences, Rules { unknowns, ..Rules::default() }).unwrap();
        assert!(Unknowns::ALL.into_iter().all(|unknowns| of(unknowns) == of(Unknowns::default())));
    }
}
