//! Which issues have which share in a blockage: binary Shapley values (Shapley 1953).
//!
//! v(S) is 1 if lifting all limits on the issues S, and the demands among the rules in S, leaves a package. The share of an issue
//! is the part of all orders in which it is the one that unblocks.

use std::collections::BTreeSet;

use detente_packages::Exact;
use num_bigint::BigInt;
use num_traits::{One as _, Zero as _};

use super::conflict::Blockage;
use super::search::Demand;
use detente_case::Id;
use detente_case::issue::Issue;

/// Something whose limits can be lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Player {
    /// All limits on an issue.
    Issue(Id<Issue>),
    /// A rule that is somebody's demand, by its place.
    Rule(usize),
}

/// The most players of a group of issues whose shares are computed; the cost doubles with each.
const MOST_PLAYERS: usize = 20;

/// The share of each player, in order; none if a group has more than [`MOST_PLAYERS`] or cannot be unblocked at all.
pub(super) fn shares(blockages: &[&Blockage]) -> Option<Vec<(Player, Exact)>> {
    let groups: Vec<Group> = blockages.iter().map(|blockage| Group::new(blockage)).collect::<Option<_>>()?;
    let players: usize = groups.iter().map(|group| group.players.len()).sum();
    let mut shares = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        // Coalitions of the other groups that unblock all of them, by size.
        let others = groups.iter().enumerate().filter(|(other, _)| *other != number);
        let others = others.fold(vec![BigInt::one()], |product, (_, other)| convolve(&product, &other.winning));
        for (place, player) in group.players.iter().enumerate() {
            let pivotal = convolve(&others, &group.pivotal(place));
            let mut share = Exact::zero();
            for (size, count) in pivotal.iter().enumerate().filter(|(_, count)| !count.is_zero()) {
                share += Exact::new(count.clone(), choose(players - 1, size) * BigInt::from(players));
            }
            shares.push((*player, share));
        }
    }
    shares.sort_by_key(|(player, _)| *player);
    Some(shares)
}

/// A group of issues as a game: which coalitions unblock it.
struct Group {
    players: Vec<Player>,
    /// The minimal coalitions that unblock it, as masks.
    least: Vec<u32>,
    /// How many coalitions unblock it, by size.
    winning: Vec<BigInt>,
}

impl Group {
    fn new(blockage: &Blockage) -> Option<Self> {
        let player = |demand: &Demand| match *demand {
            Demand::Limits { issue, .. } => Player::Issue(issue),
            Demand::Rule(rule) => Player::Rule(rule),
        };
        let of = |mask: u64| {
            let demands = blockage.demands.iter().enumerate();
            demands.filter(move |(place, _)| mask & (1 << (*place).min(63)) != 0).map(|(_, demand)| player(demand))
        };
        let players: BTreeSet<Player> = blockage.corrections.iter().flat_map(|(mask, _)| of(*mask)).collect();
        let players: Vec<Player> = players.into_iter().collect();
        if players.is_empty() || players.len() > MOST_PLAYERS || !blockage.complete {
            return None;
        }
        let place = |player: Player| players.iter().position(|other| *other == player).unwrap_or_default();
        let least = blockage.corrections.iter().map(|(mask, _)| of(*mask).fold(0, |set, of| set | (1 << place(of))));
        let least = least.collect();
        let mut group = Group { winning: vec![BigInt::zero(); players.len() + 1], players, least };
        for coalition in 0..1_u32 << group.players.len() {
            if group.wins(coalition) {
                group.winning[coalition.count_ones() as usize] += 1;
            }
        }
        Some(group)
    }

    fn wins(&self, coalition: u32) -> bool {
        self.least.iter().any(|least| least & !coalition == 0)
    }

    /// Coalitions without a player that lose alone and win with it, by size.
    fn pivotal(&self, place: usize) -> Vec<BigInt> {
        let mut counts = vec![BigInt::zero(); self.players.len()];
        let own = 1 << place;
        for coalition in (0..1_u32 << self.players.len()).filter(|coalition| coalition & own == 0) {
            if !self.wins(coalition) && self.wins(coalition | own) {
                counts[coalition.count_ones() as usize] += 1;
            }
        }
        counts
    }
}

fn convolve(a: &[BigInt], b: &[BigInt]) -> Vec<BigInt> {
    let mut product = vec![BigInt::zero(); (a.len() + b.len()).saturating_sub(1)];
    for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
        for (j, y) in b.iter().enumerate() {
            product[i + j] += x * y;
        }
    }
    product
}

fn choose(n: usize, k: usize) -> BigInt {
    (0..k.min(n)).fold(BigInt::one(), |product, i| product * BigInt::from(n - i) / BigInt::from(i + 1))
}
