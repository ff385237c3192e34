//! What if: steps made, on the bundled cases.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use detente_analysis::about::Settings;
use detente_analysis::unlock::{Part, unlock};
use detente_analysis::what_if::{Move, what_if};
use detente_case::{Case, Level, Moment, bundled, load};

fn case(name: &str) -> Case {
    load(&bundled::folder(name).unwrap(), |_| {}).case.unwrap()
}

#[test]
fn nothing_lifted_and_nobody_moved_is_what_is() {
    for name in ["russia-ukraine", "camp-david-1978"] {
        let case = case(name);
        let found = what_if(&case, Moment::new(&case, None, None), &[], &[]);
        assert_eq!(found.then, found.today, "{name}");
        let blocks: Vec<&str> = found.today.blocking.iter().map(|of| of.issue.as_str()).collect();
        assert!(found.movers.iter().all(|mover| blocks.contains(&mover.issue.as_str())), "{name}");
    }
}

/// The steps that `unlock` finds to be the least.
fn moves(case: &Case, parts: &[Part]) -> Vec<Move> {
    let actor = |id: &str| *case.principals.iter().find(|actor| *case.actors[**actor].id == *id).unwrap();
    let issue = |id: &str| case.issues.with_ids().find(|(_, issue)| *issue.id == *id).unwrap().0;
    let step = |part: &Part| Move { actor: actor(&part.actor), issue: issue(&part.issue), steps: part.steps };
    parts.iter().map(step).collect()
}

#[test]
fn the_least_steps_that_unblock_do_and_one_step_less_does_not() {
    let case = case("russia-ukraine");
    let moment = Moment::new(&case, None, None);
    let least = unlock(&case, moment, Settings { level: Level::Public, seed: 1, draws: 2 }).steps;
    assert!(least.blocked && !least.frontier.is_empty());
    for parts in &least.moves {
        let all = moves(&case, parts);
        assert!(!what_if(&case, moment, &[], &all).then.blocked, "{parts:?}");
        for place in 0..all.len() {
            let mut fewer = all.clone();
            fewer[place].steps -= 1;
            let then = what_if(&case, moment, &[], &fewer).then;
            assert!(then.blocked && then.steps.is_some_and(|left| left >= 1), "{:?}", parts[place]);
        }
    }
}

#[test]
fn each_step_opens_what_is_said_to_open_with_it() {
    let case = case("russia-ukraine");
    let moment = Moment::new(&case, None, None);
    let today = what_if(&case, moment, &[], &[]);
    let issue = |id: &str| case.issues.with_ids().find(|(_, issue)| *issue.id == *id).unwrap().0;
    for mover in &today.movers {
        assert!(mover.opens.is_sorted_by_key(|opens| opens.steps) && mover.opens[0].steps == 1, "{mover:?}");
        let actor = *case.principals.iter().find(|actor| *case.actors[**actor].id == *mover.actor).unwrap();
        let most = mover.opens.last().unwrap().steps;
        let step = Move { actor, issue: issue(&mover.issue), steps: most };
        let then = what_if(&case, moment, &[], &[step]);
        // Whoever leaves everything open on an issue blocks nothing there by itself.
        assert!(then.then.blocking.iter().all(|of| of.issue != mover.issue), "{mover:?}");
    }
}
