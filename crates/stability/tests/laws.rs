//! What holds for every conflict: what follows from what, and what changes nothing.

mod support;

use std::collections::BTreeSet;

use detente_stability::*;
use support::conflict::*;
use support::random::Random;

use Concept::{Gmr, Nash, Seq, Smr, Sseq};

/// Random models in either form, with their preferences.
fn models(seed: u64, rounds: usize) -> impl Iterator<Item = (Model, Vec<Preference>)> {
    let mut random = Random(seed);
    (0..rounds).filter_map(move |round| match round % 2 {
        0 => Some(InMoves::random(&mut random).model()),
        _ => InOptions::random(&mut random, true).model(),
    })
}

fn of(model: &Model, preferences: &[Preference]) -> Stable {
    stable(model, preferences, |state| vec![state.0.into()])
}

#[test]
fn moves_are_those_of_the_definition() {
    let mut random = Random(80);
    let mut moves = 0;
    for _ in 0..600 {
        let conflict = InOptions { one: None, ..InOptions::random(&mut random, true) };
        let Some((model, _)) = conflict.model() else { continue };
        let codes: Vec<u64> = model.all_states().flat_map(|state| model.codes(state)).collect();
        let feasible = |code: &u64| {
            let matches = |pattern: &String| {
                pattern.chars().enumerate().all(|(option, letter)| match letter {
                    'Y' => code >> option & 1 == 1,
                    'N' => code >> option & 1 == 0,
                    _ => true,
                })
            };
            !conflict.infeasible.iter().any(matches)
        };
        assert_eq!(codes, (0..1 << conflict.moves.len()).filter(feasible).collect::<Vec<u64>>());
        for mover in 0..model.decision_makers() {
            let expected = reach_by_definition(&conflict, &codes, mover);
            for state in model.all_states() {
                let reach = model.reach(DecisionMaker(mover), state);
                let found: Vec<u64> = reach.into_iter().flat_map(|to| model.codes(to)).collect();
                assert_eq!(found, expected[&codes[state.place()]], "{conflict:?}");
                moves += found.len();
            }
        }
    }
    assert!(moves > 10_000, "{moves}");
}

#[test]
fn what_is_stable_under_one_concept_is_under_those_that_follow() {
    let mut strict = BTreeSet::new();
    for (model, preferences) in models(81, 1000) {
        let verdicts = analyse(&model, &preferences, Rules::default()).unwrap();
        for mover in (0..model.decision_makers()).map(DecisionMaker) {
            let set = |concept| verdicts.stable_states(mover, concept).collect::<BTreeSet<State>>();
            for (one, other) in [(Nash, Sseq), (Sseq, Seq), (Sseq, Smr), (Seq, Gmr), (Smr, Gmr)] {
                assert!(set(one).is_subset(&set(other)), "{one:?} {other:?} {model:?} {preferences:?}");
                if set(one) != set(other) {
                    strict.insert((one, other));
                }
            }
            if !set(Smr).is_subset(&set(Seq)) {
                strict.insert((Smr, Seq));
            }
            if !set(Seq).is_subset(&set(Smr)) {
                strict.insert((Seq, Smr));
            }
        }
    }
    assert_eq!(
        strict.len(),
        7,
        "each is strictly weaker somewhere, and neither of SEQ and SMR follows from the other: {strict:?}"
    );
}

#[test]
fn the_order_of_the_states_does_not_matter() {
    let mut random = Random(82);
    for _ in 0..500 {
        let conflict = InMoves::random(&mut random);
        let order = shuffled(&mut random, conflict.states);
        let other = conflict.with_states(&order).stable();
        let back = |(mover, state, concept): (usize, u64, Concept)| (mover, order[state as usize] as u64, concept);
        assert_eq!(other.into_iter().map(back).collect::<Stable>(), conflict.stable(), "{conflict:?} {order:?}");
    }
}

#[test]
fn the_order_of_the_decision_makers_does_not_matter() {
    let mut random = Random(83);
    for _ in 0..500 {
        let (options, moves) = (InOptions::random(&mut random, true), InMoves::random(&mut random));
        let order = shuffled(&mut random, options.owned.len());
        let back = |order: &[usize], stable: Stable| -> Stable {
            stable.into_iter().map(|(mover, state, concept)| (order[mover], state, concept)).collect()
        };
        let other = options.with_decision_makers(&order).stable().map(|stable| back(&order, stable));
        assert_eq!(other, options.stable(), "{options:?} {order:?}");
        let order = shuffled(&mut random, moves.moves.len());
        assert_eq!(back(&order, moves.with_decision_makers(&order).stable()), moves.stable(), "{moves:?} {order:?}");
    }
}

#[test]
fn the_order_of_the_options_and_patterns_does_not_matter() {
    let mut random = Random(84);
    let mut several = 0;
    for _ in 0..800 {
        let conflict = InOptions::random(&mut random, true);
        let order = shuffled(&mut random, conflict.moves.len());
        let back = |stable: Stable| -> Stable {
            stable.into_iter().map(|(mover, code, concept)| (mover, before(&order, code), concept)).collect()
        };
        let other = conflict.with_options(&order).stable().map(back);
        assert_eq!(other, conflict.stable(), "{conflict:?} {order:?}");
        several += usize::from(conflict.one.is_some() && other.is_some());
    }
    assert!(several > 50, "{several}");
}

#[test]
fn an_option_told_the_other_way_round_changes_nothing() {
    let mut random = Random(85);
    for _ in 0..800 {
        let conflict = InOptions::random(&mut random, true);
        let option = random.below(conflict.moves.len());
        let back = |stable: Stable| -> Stable {
            stable.into_iter().map(|(mover, code, concept)| (mover, code ^ 1 << option, concept)).collect()
        };
        assert_eq!(conflict.with_opposite(option).stable().map(back), conflict.stable(), "{conflict:?} {option}");
    }
}

#[test]
fn an_idle_decision_maker_an_option_of_nobody_and_a_pattern_said_twice_change_nothing() {
    let mut random = Random(86);
    for _ in 0..500 {
        let conflict = InOptions::random(&mut random, true);
        let Some(expected) = conflict.stable() else { continue };
        let mut more = conflict.clone();
        let (movers, options) = (conflict.owned.len(), conflict.moves.len());
        more.owned.push(Vec::new());
        more.values.push((0..1i64 << options).rev().collect());
        // An option that nobody owns and that is never taken.
        more.moves.push(Moves::Both);
        more.infeasible.iter_mut().chain(&mut more.one).for_each(|pattern| pattern.push('-'));
        more.infeasible.push(format!("{}Y", "-".repeat(options)));
        more.infeasible.extend(more.infeasible.clone());
        more.values.iter_mut().for_each(|values| values.extend(values.clone()));
        let found = more.stable().unwrap();
        let (idle, others): (Stable, Stable) = found.into_iter().partition(|(mover, ..)| *mover == movers);
        assert_eq!(others, expected, "{conflict:?}");
        let (model, _) = more.model().unwrap();
        let codes: usize = model.all_states().map(|state| model.codes(state).len()).sum();
        assert_eq!(idle.len(), 5 * codes, "whoever cannot move is stable everywhere");
    }
}

#[test]
fn only_the_order_of_values_matters() {
    let mut random = Random(87);
    for _ in 0..500 {
        let conflict = InMoves::random(&mut random);
        let mut other = conflict.clone();
        other.values.iter_mut().flatten().for_each(|value| *value = 3 * *value * *value * *value + *value - 5);
        assert_eq!(other.stable(), conflict.stable());
    }
}

#[test]
fn alone_all_concepts_are_nash() {
    let mut random = Random(88);
    for round in 0..500 {
        let conflict = InMoves::random(&mut random);
        let alone =
            InMoves { moves: conflict.moves[..1].to_vec(), values: conflict.values[..1].to_vec(), ..conflict.clone() };
        let (model, preferences) = match InOptions::random(&mut random, true).with_decision_makers(&[0]).model() {
            Some(model) if round % 2 == 0 => model,
            _ => alone.model(),
        };
        let ranks = preferences[0].ranks();
        for state in model.all_states() {
            let reach = model.reach(DecisionMaker(0), state);
            let stays = reach.iter().all(|to| ranks.rank(*to) <= ranks.rank(state));
            let expected = if stays { "NGSQq" } else { "" };
            assert_eq!(support::first(&model, &preferences, state.0 + 1), expected);
        }
    }
}

#[test]
fn between_two_all_readings_of_joint_moves_are_one() {
    let mut random = Random(89);
    for _ in 0..1000 {
        let (options, moves) = (InOptions::random(&mut random, true), InMoves::random(&mut random));
        let models = [
            (options.owned.len() > 1).then(|| options.with_decision_makers(&[0, 1]).model()).flatten(),
            (moves.moves.len() > 1).then(|| moves.with_decision_makers(&[1, 0]).model()),
        ];
        for (model, preferences) in models.into_iter().flatten() {
            let by = |joint_moves| analyse(&model, &preferences, Rules { joint_moves, ..Rules::default() }).unwrap();
            let canonical = by(JointMoves::Canonical);
            assert_eq!(canonical, by(JointMoves::EachOnce));
            assert_eq!(canonical, by(JointMoves::SingleMove));
        }
    }
}

#[test]
fn without_one_way_options_what_is_liked_more_among_own_choices_is_as_stable() {
    let mut random = Random(90);
    let mut pairs = 0;
    for _ in 0..500 {
        let conflict = InOptions { one: None, ..InOptions::random(&mut random, false) };
        let Some((model, preferences)) = conflict.model() else { continue };
        let verdicts = analyse(&model, &preferences, Rules::default()).unwrap();
        for mover in (0..model.decision_makers()).map(DecisionMaker) {
            let ranks = preferences[mover.0].ranks();
            for state in model.all_states() {
                let reach = model.reach(mover, state);
                let best = reach.iter().all(|to| ranks.rank(*to) <= ranks.rank(state));
                assert_eq!(verdicts.stable(mover, state, Nash), best);
                for to in reach.into_iter().filter(|to| ranks.rank(*to) >= ranks.rank(state)) {
                    pairs += 1;
                    for concept in Concept::ALL {
                        assert!(!verdicts.stable(mover, state, concept) || verdicts.stable(mover, to, concept));
                    }
                }
            }
        }
    }
    assert!(pairs > 5_000, "{pairs}");
}

#[test]
fn more_moves_of_an_opponent_keep_gmr_and_more_of_ones_own_make_no_nash() {
    let mut random = Random(91);
    for _ in 0..800 {
        let conflict = InMoves::random(&mut random);
        let mover = random.below(conflict.moves.len());
        let mut state = || State(u32::try_from(random.below(conflict.states)).unwrap());
        let (from, to) = (state(), state());
        if from == to {
            continue;
        }
        let mut more = conflict.clone();
        more.moves[mover].push((from, to));
        more.moves[mover].sort_unstable();
        more.moves[mover].dedup();
        let (before, after) = (conflict.stable(), more.stable());
        assert!(before.iter().filter(|(who, _, c)| *who != mover && *c == Gmr).all(|entry| after.contains(entry)));
        assert!(after.iter().filter(|(who, _, c)| *who == mover && *c == Nash).all(|entry| before.contains(entry)));
    }
}

#[test]
fn whatever_else_is_liked_less_keeps_nash_gmr_and_smr() {
    let mut random = Random(92);
    let mut kept = 0;
    for round in 0..1500 {
        let (model, preferences) = match round % 2 {
            0 => InMoves::random(&mut random).model(),
            _ => match InOptions::random(&mut random, true).model() {
                Some(model) => model,
                None => continue,
            },
        };
        let (mover, lowered) = (random.below(model.decision_makers()), random.below(model.states()));
        let mut values: Vec<i64> = model.all_states().map(|s| preferences[mover].ranks().rank(s).into()).collect();
        values[lowered] = i64::try_from(random.below(usize::try_from(values[lowered]).unwrap() + 1)).unwrap() - 1;
        let mut other = preferences.clone();
        other[mover] = Ranks::of_values(&values).into();
        let (before, after) = (of(&model, &preferences), of(&model, &other));
        let bears = |(who, state, concept): &&(usize, u64, Concept)| {
            *who == mover && *state != lowered as u64 && *concept < Seq
        };
        assert!(before.iter().filter(bears).all(|entry| after.contains(entry)), "{model:?} {preferences:?} {lowered}");
        kept += before.iter().filter(bears).count();
    }
    assert!(kept > 5_000, "{kept}");
}

#[test]
fn what_is_liked_best_of_all_is_stable_and_indifference_makes_everything_so() {
    for (model, preferences) in models(93, 500) {
        let stable = of(&model, &preferences);
        for (mover, preference) in preferences.iter().enumerate() {
            for best in preference.ranks().ranking().first().into_iter().flatten() {
                assert!(Concept::ALL.into_iter().all(|c| stable.contains(&(mover, best.0.into(), c))));
            }
        }
        let indifferent: Vec<Preference> =
            preferences.iter().map(|_| Ranks::indifferent(model.states()).into()).collect();
        assert_eq!(of(&model, &indifferent).len(), 5 * model.states() * preferences.len());
    }
}

#[test]
fn an_option_form_is_its_moves_one_by_one() {
    let mut random = Random(94);
    for _ in 0..500 {
        let Some((model, preferences)) = InOptions::random(&mut random, true).model() else { continue };
        let listed = Model::from_graph(model.to_graph().unwrap().into_owned());
        assert_eq!(of(&listed, &preferences), of(&model, &preferences));
    }
}

#[test]
fn a_profile_of_concepts_is_what_each_decision_maker_finds_stable_under_its_own() {
    let mut random = Random(95);
    for (model, preferences) in models(96, 300) {
        let profile: Vec<Concept> = preferences.iter().map(|_| Concept::ALL[random.below(5)]).collect();
        let verdicts = analyse(&model, &preferences, Rules::default()).unwrap();
        let found: Vec<State> = verdicts.equilibria_by(|mover| profile[mover.0]).collect();
        let stable = of(&model, &preferences);
        let holds = |state: &State| {
            profile.iter().enumerate().all(|(mover, concept)| stable.contains(&(mover, state.0.into(), *concept)))
        };
        assert_eq!(found, model.all_states().filter(holds).collect::<Vec<_>>());
    }
}
