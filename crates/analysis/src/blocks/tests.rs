//! What blocks, against a second opinion that lists every package and every set of demands.

use std::collections::BTreeSet;

use detente_case::Id;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_packages::Exact;
use num_traits::{One as _, Zero as _};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::admissible::{Bounds, Conditional, IssueBounds, Side};
use super::conflict::blockage;
use super::search::{CaseRule, Counted, Demand, components};
use super::steps;
use super::sticking::{self, Player};

/// Ways to get it wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    Nothing,
    ConditionsNeverHelp,
    EitherRowIsEnough,
    StepsFromTheFirstOpenOption,
    DemandsCannotBeDropped,
    LargerSetsAreKept,
}

/// A world in which everything can be listed.
#[derive(Clone, Debug)]
struct World {
    bounds: Bounds,
    rules: Vec<CaseRule>,
}

/// All that is said of what blocks.
#[derive(PartialEq, Eq, Debug)]
struct Said {
    conflicts: BTreeSet<BTreeSet<Demand>>,
    corrections: BTreeSet<BTreeSet<Demand>>,
    shares: Option<Vec<(Player, Exact)>>,
    steps: BTreeSet<Vec<u32>>,
    /// For each side alone, then all together.
    reach: Vec<Option<u32>>,
}

type Package = Vec<OptionPlace>;

impl World {
    fn sides(&self) -> usize {
        self.bounds.issues[0].sides.len()
    }

    fn packages(&self) -> Vec<Package> {
        let mut all: Vec<Package> = vec![Vec::new()];
        for issue in &self.bounds.issues {
            let longer = |package: &Package| {
                issue.all.iter().map(|option| [package.as_slice(), &[option]].concat()).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(longer).collect();
        }
        all
    }

    /// Whether a side leaves an option open in a package.
    fn open(&self, side: &Side, option: OptionPlace, package: &Package, wrong: Wrong) -> bool {
        let way = |way: &Vec<(Id<Issue>, OptionPlace)>| way.iter().all(|(issue, o)| package[issue.place()] == *o);
        let taken_back = |conditional: &Conditional| match wrong {
            Wrong::ConditionsNeverHelp => false,
            Wrong::EitherRowIsEnough => conditional.unless.iter().any(|ways| ways.iter().any(way)),
            _ => conditional.unless.iter().all(|ways| ways.iter().any(way)),
        };
        !side.closed.contains(option)
            && side.conditional.iter().all(|conditional| conditional.option != option || taken_back(conditional))
    }

    fn meets(&self, rule: &CaseRule, package: &Package) -> bool {
        rule.parts.iter().all(|part| {
            let holds = part.outcomes.iter().filter(|(issue, set)| set.contains(package[issue.place()])).count();
            part.at_least <= holds && holds <= part.at_most
        })
    }

    /// What a package offends against; none if it breaks a rule that cannot be dropped.
    fn offences(&self, package: &Package, wrong: Wrong) -> Option<BTreeSet<Demand>> {
        let mut offences = BTreeSet::new();
        for issue in &self.bounds.issues {
            for (place, side) in issue.sides.iter().enumerate() {
                if !self.open(side, package[issue.issue.place()], package, wrong) {
                    offences.insert(Demand::Limits { side: place, issue: issue.issue });
                }
            }
        }
        for (place, rule) in self.rules.iter().enumerate() {
            if !self.meets(rule, package) {
                if !rule.demand || wrong == Wrong::DemandsCannotBeDropped {
                    return None;
                }
                offences.insert(Demand::Rule(place));
            }
        }
        Some(offences)
    }

    fn plainly(&self, wrong: Wrong) -> Said {
        let all: BTreeSet<BTreeSet<Demand>> =
            self.packages().iter().filter_map(|package| self.offences(package, wrong)).collect();
        let smaller = |set: &BTreeSet<Demand>| all.iter().any(|other| other != set && other.is_subset(set));
        let minimal: BTreeSet<BTreeSet<Demand>> =
            all.iter().filter(|set| wrong == Wrong::LargerSetsAreKept || !smaller(set)).cloned().collect();
        let blocked = !all.is_empty() && !all.contains(&BTreeSet::new());
        let demands: Vec<Demand> = all.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        // A set of demands can be met together if some package offends against none of them.
        let can_be_met = |set: &BTreeSet<Demand>| all.iter().any(|offences| offences.is_disjoint(set));
        let mut conflicts = BTreeSet::new();
        if blocked {
            for mask in 0..1_u32 << demands.len() {
                let set: BTreeSet<Demand> =
                    demands.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0).map(|(_, d)| *d).collect();
                let without = |demand: &Demand| set.iter().filter(|other| *other != demand).copied().collect();
                if !can_be_met(&set) && set.iter().all(|demand| can_be_met(&without(demand))) {
                    conflicts.insert(set);
                }
            }
        }
        Said {
            conflicts,
            corrections: if blocked { minimal } else { BTreeSet::new() },
            shares: blocked.then(|| self.plain_shares(&all)),
            steps: if blocked { self.plain_steps(wrong) } else { BTreeSet::new() },
            reach: if blocked { self.plain_reach(wrong) } else { Vec::new() },
        }
    }

    /// In how many of all orders of lifting each player is the one that unblocks.
    fn plain_shares(&self, all: &BTreeSet<BTreeSet<Demand>>) -> Vec<(Player, Exact)> {
        let player = |demand: &Demand| match *demand {
            Demand::Limits { issue, .. } => Player::Issue(issue),
            Demand::Rule(rule) => Player::Rule(rule),
        };
        let players: Vec<Player> = all.iter().flatten().map(player).collect::<BTreeSet<_>>().into_iter().collect();
        let wins = |lifted: &[Player]| all.iter().any(|offences| offences.iter().all(|d| lifted.contains(&player(d))));
        let mut counts = vec![0_u32; players.len()];
        let mut orders = 0_u32;
        permute(&mut (0..players.len()).collect::<Vec<_>>(), 0, &mut |order| {
            orders += 1;
            let mut lifted = Vec::new();
            for place in order {
                lifted.push(players[*place]);
                if wins(&lifted) {
                    counts[*place] += 1;
                    break;
                }
            }
        });
        let share = |count: u32| Exact::new(count.into(), orders.into());
        players.into_iter().zip(counts).filter(|(_, n)| *n > 0).map(|(player, n)| (player, share(n))).collect()
    }

    fn steps_to(&self, side: usize, issue: &IssueBounds, package: &Package, wrong: Wrong) -> Option<u32> {
        let option = package[issue.issue.place()];
        let mut open = issue.all.iter().filter(|o| self.open(&issue.sides[side], *o, package, wrong));
        let apart = |other: OptionPlace| u32::from(other.0.abs_diff(option.0));
        if wrong == Wrong::StepsFromTheFirstOpenOption { open.next().map(apart) } else { open.map(apart).min() }
    }

    fn plain_steps(&self, wrong: Wrong) -> BTreeSet<Vec<u32>> {
        let mut all: BTreeSet<Vec<u32>> = BTreeSet::new();
        for package in self.packages() {
            let kept = self.rules.iter().all(|rule| self.meets(rule, &package));
            let total = |side: usize| -> Option<u32> {
                self.bounds.issues.iter().map(|issue| self.steps_to(side, issue, &package, wrong)).sum()
            };
            if let (true, Some(steps)) = (kept, (0..self.sides()).map(total).collect::<Option<Vec<u32>>>()) {
                all.insert(steps);
            }
        }
        let less = |a: &Vec<u32>, b: &Vec<u32>| a != b && a.iter().zip(b).all(|(a, b)| a <= b);
        all.iter().filter(|steps| !all.iter().any(|other| less(other, steps))).cloned().collect()
    }

    fn plain_reach(&self, wrong: Wrong) -> Vec<Option<u32>> {
        let alone = (0..self.sides()).map(|mover| vec![mover]);
        let who: Vec<Vec<usize>> = alone.chain([(0..self.sides()).collect()]).collect();
        let reach = |movers: &Vec<usize>| {
            let needed = |package: &Package| -> Option<u32> {
                if !self.rules.iter().all(|rule| self.meets(rule, package)) {
                    return None;
                }
                let mut most = 0;
                for issue in &self.bounds.issues {
                    let option = package[issue.issue.place()];
                    for (place, side) in issue.sides.iter().enumerate() {
                        if self.open(side, option, package, wrong) {
                            continue;
                        }
                        if !movers.contains(&place) {
                            return None;
                        }
                        most = most.max(side.tabled.iter().map(|o| u32::from(o.0.abs_diff(option.0))).min()?);
                    }
                }
                Some(most)
            };
            self.packages().iter().filter_map(needed).min()
        };
        who.iter().map(reach).collect()
    }

    /// What the engine says.
    fn said(&self) -> Said {
        let groups = components(&self.bounds, &self.rules);
        let found: Vec<_> = groups.iter().filter_map(|group| blockage(group).map(|blocked| (group, blocked))).collect();
        let set = |demands: &[Demand], mask: u64| -> BTreeSet<Demand> {
            demands.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0).map(|(_, d)| *d).collect()
        };
        let mut conflicts = BTreeSet::new();
        let mut corrections = BTreeSet::from([BTreeSet::new()]);
        for (_, blocked) in &found {
            assert!(blocked.complete);
            conflicts.extend(blocked.conflicts.iter().map(|mask| set(&blocked.demands, *mask)));
            let own: Vec<_> = blocked.corrections.iter().map(|(mask, _)| set(&blocked.demands, *mask)).collect();
            corrections = corrections.iter().flat_map(|all| own.iter().map(move |more| all | more)).collect();
        }
        let moves: Vec<Vec<steps::Move>> = found.iter().map(|(group, _)| steps::steps(group, self.sides()).0).collect();
        let merge = |a: &[OptionPlace], b: &[OptionPlace], number: usize| {
            let mut merged = a.to_vec();
            found[number].0.issues.iter().for_each(|issue| merged[issue.place()] = b[issue.place()]);
            merged
        };
        let joint = steps::jointly(&moves, merge);
        let reach = |movers: &dyn Fn(usize) -> bool| -> Option<u32> {
            let each = found.iter().map(|(group, _)| steps::least_reach(group, movers));
            each.collect::<Option<Vec<u32>>>()?.into_iter().max()
        };
        let alone = (0..self.sides()).map(|side| reach(&|mover| mover == side));
        let blockages: Vec<_> = found.iter().map(|(_, blocked)| blocked).collect();
        let blocked = !found.is_empty() && blockages.iter().all(|blocked| !blocked.corrections.is_empty());
        if !blocked {
            return Said {
                conflicts: BTreeSet::new(),
                corrections: BTreeSet::new(),
                shares: None,
                steps: BTreeSet::new(),
                reach: Vec::new(),
            };
        }
        for joint in &joint {
            self.check_witness(joint, &found.iter().flat_map(|(group, _)| &group.issues).copied().collect());
        }
        let shares = sticking::shares(&blockages).map(|shares| {
            assert_eq!(shares.iter().map(|(_, share)| share).sum::<Exact>(), Exact::one());
            shares.into_iter().filter(|(_, share)| !share.is_zero()).collect()
        });
        Said {
            conflicts,
            corrections,
            shares,
            steps: joint.into_iter().map(|joint| joint.steps).collect(),
            reach: alone.chain([reach(&|_| true)]).collect(),
        }
    }

    /// The package behind a row of steps asks for just these steps.
    fn check_witness(&self, joint: &steps::Move, issues: &BTreeSet<Id<Issue>>) {
        for (side, steps) in joint.steps.iter().enumerate() {
            let of = self.bounds.issues.iter().filter(|issue| issues.contains(&issue.issue));
            let needed: Option<u32> = of.map(|issue| self.steps_to(side, issue, &joint.package, Wrong::Nothing)).sum();
            assert_eq!(needed, Some(*steps));
        }
    }
}

fn permute(order: &mut Vec<usize>, from: usize, tell: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        return tell(order);
    }
    for place in from..order.len() {
        order.swap(from, place);
        permute(order, from + 1, tell);
        order.swap(from, place);
    }
}

fn option(place: usize) -> OptionPlace {
    OptionPlace(u8::try_from(place).unwrap_or_default())
}

fn set(options: usize, mask: u8) -> OptionSet {
    (0..options).filter(|place| mask & (1 << place) != 0).map(option).collect()
}

/// Up to four issues of up to four options and up to three sides, with conditions and rules.
fn worlds() -> impl Strategy<Value = World> {
    let outcome = |issues: usize| (0..issues, 0..4_usize);
    (1..=4_usize, 1..=3_usize).prop_flat_map(move |(issues, sides)| {
        let way = proptest::collection::vec(outcome(issues), 0..3);
        let unless = proptest::collection::vec(proptest::collection::vec(way, 1..3), 1..3);
        let conditional = proptest::collection::vec((0..4_usize, unless), 0..2);
        let conditional = prop_oneof![3 => Just(Vec::new()), 1 => conditional];
        let side = (any::<u8>(), any::<u8>(), conditional, any::<u8>());
        let issue = (1..=4_usize, proptest::collection::vec(side, sides));
        let part = (proptest::collection::vec((0..issues, any::<u8>()), 1..3), 0..3_usize, 0..3_usize);
        let rule = (any::<bool>(), proptest::collection::vec(part, 1..3));
        let rules = proptest::collection::vec(rule, 0..2);
        (proptest::collection::vec(issue, issues), prop_oneof![2 => Just(Vec::new()), 1 => rules])
            .prop_map(|(issues, rules)| world(&issues, &rules))
    })
}

type RandomSide = (u8, u8, Vec<(usize, Vec<Vec<Vec<(usize, usize)>>>)>, u8);
type RandomRule = (bool, Vec<(Vec<(usize, u8)>, usize, usize)>);

fn world(issues: &[(usize, Vec<RandomSide>)], rules: &[RandomRule]) -> World {
    let count = |issue: usize| issues[issue].0;
    let outcome = |(issue, o): (usize, usize)| (Id::at(issue), option(o % count(issue)));
    let side = |options: usize, (closed, more, conditional, tabled): &RandomSide| {
        // Some options stay open, so that not everything is blocked.
        let closed = set(options, closed & more);
        let conditional = conditional.iter().map(|(o, unless)| Conditional {
            option: option(o % options),
            unless: unless
                .iter()
                .map(|ways| ways.iter().map(|way| way.iter().copied().map(outcome).collect()).collect())
                .collect(),
        });
        Side {
            actor: Id::at(0),
            limits: Vec::new(),
            conditional: conditional.filter(|conditional| !closed.contains(conditional.option)).collect(),
            closed,
            in_words: Vec::new(),
            tabled: set(options, tabled & 0b0101),
        }
    };
    let bounds = issues.iter().enumerate().map(|(place, (options, sides))| IssueBounds {
        issue: Id::at(place),
        all: set(*options, u8::MAX),
        sides: sides.iter().map(|of| side(*options, of)).collect(),
    });
    let part = |(outcomes, low, high): &(Vec<(usize, u8)>, usize, usize)| Counted {
        outcomes: outcomes.iter().map(|(issue, mask)| (Id::at(*issue), set(count(*issue), *mask))).collect(),
        at_least: (*low).min(*high),
        at_most: (*low).max(*high),
    };
    let rules = rules.iter().enumerate().map(|(place, (demand, parts))| CaseRule {
        rule: place,
        demand: *demand,
        parts: parts.iter().map(part).collect(),
    });
    World { bounds: Bounds { issues: bounds.collect() }, rules: rules.collect() }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_221_115),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(4000))]

    #[test]
    fn what_blocks_is_what_listing_everything_says(world in worlds()) {
        prop_assert_eq!(world.said(), world.plainly(Wrong::Nothing));
    }

    #[test]
    fn lifting_a_limit_never_blocks(world in worlds(), issue in 0..4_usize, side in 0..3_usize) {
        let mut lifted = world.clone();
        let place = issue % lifted.bounds.issues.len();
        let sides = &mut lifted.bounds.issues[place].sides;
        let side = side % sides.len();
        sides[side].closed = OptionSet::EMPTY;
        sides[side].conditional.clear();
        let blocked = |world: &World| !world.said().corrections.is_empty();
        prop_assert!(blocked(&world) || !blocked(&lifted));
    }

    #[test]
    fn reversing_every_order_changes_no_number(world in worlds()) {
        let (said, mirrored) = (world.said(), mirror(&world).said());
        prop_assert_eq!(&said, &mirrored);
    }
}

/// The same world with the options of every issue in the opposite order.
fn mirror(world: &World) -> World {
    let all: Vec<usize> = world.bounds.issues.iter().map(|issue| issue.all.len()).collect();
    let turn = |issue: Id<Issue>, o: OptionPlace| option(all[issue.place()] - 1 - o.0 as usize);
    let turn_set = |issue: Id<Issue>, set: OptionSet| set.iter().map(|o| turn(issue, o)).collect();
    let mut mirrored = world.clone();
    for issue in &mut mirrored.bounds.issues {
        let own = issue.issue;
        for side in &mut issue.sides {
            side.closed = turn_set(own, side.closed);
            side.tabled = turn_set(own, side.tabled);
            for conditional in &mut side.conditional {
                conditional.option = turn(own, conditional.option);
                for (issue, o) in conditional.unless.iter_mut().flatten().flatten() {
                    *o = turn(*issue, *o);
                }
            }
        }
    }
    for (issue, set) in mirrored.rules.iter_mut().flat_map(|rule| &mut rule.parts).flat_map(|part| &mut part.outcomes) {
        *set = turn_set(*issue, *set);
    }
    mirrored
}

#[test]
fn the_second_opinion_notices_planted_mistakes() {
    let mut runner = TestRunner::new(config(1));
    let strategy = worlds();
    let sample: Vec<World> =
        (0..3000).filter_map(|_| strategy.new_tree(&mut runner).ok()).map(|tree| tree.current()).collect();
    for wrong in [
        Wrong::ConditionsNeverHelp,
        Wrong::EitherRowIsEnough,
        Wrong::StepsFromTheFirstOpenOption,
        Wrong::DemandsCannotBeDropped,
        Wrong::LargerSetsAreKept,
    ] {
        let noticed = sample.iter().filter(|world| world.said() != world.plainly(wrong)).count();
        assert!(noticed > 10, "{wrong:?} was noticed {noticed} times");
    }
}
