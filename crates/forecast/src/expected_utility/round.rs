//! One round for all actors at once.
//!
//! With actors sorted by place, the voters for the lower of two places are those below the middle between them, whatever their exponents.
//! So all votes come from sums over the first m voters of what each loses at each place: of the order of N² a round.

use super::Round;
use super::challenge::{Challenge, Terms, Worth};
use super::offer::Taken;
use super::options::{Options, RangeRule, Security, SecurityCompare};
use crate::median::Median;
use crate::positions::Positions;
use crate::power::{exp2, log2};

/// Places nearer than this share of the range are the same.
const SAME: f64 = 1e-12;

/// The actors and room for a round: nothing is allocated while rounds are played.
pub(super) struct Workspace<'o> {
    options: &'o Options,
    initial_range: f64,
    scale_range: f64,
    total: f64,
    /// In the order of the list.
    places: Vec<f64>,
    weights: Vec<f64>,
    salience: Vec<f64>,
    /// Sum of the moves of the first round and of the last.
    steps: (f64, f64),
    played: u32,
    /// Actors by place, and the place of each actor in that order.
    order: Vec<usize>,
    rank: Vec<usize>,
    /// In sorted order.
    x: Vec<f64>,
    w: Vec<f64>,
    s: Vec<f64>,
    exponents: Vec<f64>,
    security: Vec<f64>,
    /// log2 of the distance of each pair, N × N.
    log_distance: Vec<f64>,
    /// log2 of ½ ∓ d/2 for each pair, N × N.
    nearer: Vec<f64>,
    farther: Vec<f64>,
    /// Sums over the first m voters of what they lose at each place, (N + 1) × N.
    sums: Vec<f64>,
    /// Votes for the first of two against the second, and for the second against the first, N × N.
    votes: Vec<f64>,
    against: Vec<f64>,
    all_votes: f64,
    /// How many actors are below the middle of a pair, N × N above the diagonal; 0 where both are at the same place.
    below: Vec<usize>,
    /// What it is worth to an actor with exponent 1 at each place that nobody challenges.
    resting: Vec<f64>,
    /// What one actor's challenge to each other is worth, and what each other's to it is, both from its view.
    own_worth: Vec<f64>,
    other_worth: Vec<f64>,
    targets: Vec<f64>,
}

impl<'o> Workspace<'o> {
    pub fn new(positions: &Positions, options: &'o Options) -> Self {
        let n = positions.len();
        let places: Vec<f64> = positions.stands().iter().map(|stand| stand.position).collect();
        let low = places.iter().copied().fold(f64::INFINITY, f64::min);
        let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let equal = positions.equal_weights();
        let with_risk = if options.risk { n * n } else { 0 };
        Workspace {
            options,
            initial_range: high - low,
            scale_range: positions.scale().range(),
            total: positions.total(),
            places,
            weights: positions.weights().to_vec(),
            salience: positions.stands().iter().map(|stand| if equal { 1.0 } else { stand.salience }).collect(),
            steps: (0.0, 0.0),
            played: 0,
            order: (0..n).collect(),
            rank: vec![0; n],
            x: vec![0.0; n],
            w: vec![0.0; n],
            s: vec![0.0; n],
            exponents: vec![1.0; n],
            security: vec![0.0; n],
            log_distance: vec![0.0; with_risk],
            nearer: vec![0.0; with_risk],
            farther: vec![0.0; with_risk],
            sums: vec![0.0; n * (n + 1)],
            votes: vec![0.0; n * n],
            against: vec![0.0; n * n],
            all_votes: 0.0,
            below: vec![0; n * n],
            resting: vec![0.0; n],
            own_worth: vec![0.0; n],
            other_worth: vec![0.0; n],
            targets: vec![0.0; n],
        }
    }

    pub fn places(&self) -> &[f64] {
        &self.places
    }

    pub fn steps(&self) -> (f64, f64) {
        self.steps
    }

    /// Adds the places in billionths of the scale.
    pub fn remember(&self, seen: &mut Vec<i64>) {
        let unit = self.scale_range * 1e-9;
        seen.extend(self.places.iter().map(|place| (place / unit).round() as i64));
    }

    /// The forecasts after the round.
    pub fn told(&mut self) -> Round {
        self.sort();
        let sorted = self.order.iter().map(|actor| (self.places[*actor], self.weights[*actor]));
        let median = Median::in_order(sorted, self.total);
        let mean =
            self.places.iter().zip(&self.weights).map(|(place, weight)| place * weight).sum::<f64>() / self.total;
        Round { median, mean }
    }

    fn sort(&mut self) {
        let places = &self.places;
        self.order.sort_unstable_by(|a, b| places[*a].total_cmp(&places[*b]).then(a.cmp(b)));
    }

    /// One round: all weigh, all take an offer, all move.
    pub fn play(&mut self) {
        self.sort();
        for (rank, actor) in self.order.iter().enumerate() {
            self.rank[*actor] = rank;
            self.x[rank] = self.places[*actor];
            self.w[rank] = self.weights[*actor];
            self.s[rank] = self.salience[*actor];
        }
        let n = self.x.len();
        let range = match self.options.range {
            RangeRule::Initial => self.initial_range,
            RangeRule::Current => self.x[n - 1] - self.x[0],
            RangeRule::Scale => self.scale_range,
        };
        self.played += 1;
        if range <= 0.0 || self.x[n - 1] - self.x[0] <= SAME * range {
            self.steps.1 = 0.0;
            return;
        }
        let sorted = self.order.iter().map(|actor| (self.places[*actor], self.weights[*actor]));
        let median = Median::in_order(sorted, self.total).label();
        let terms = Terms { options: self.options, range, median };
        self.exponents.fill(1.0);
        self.split(range);
        self.count_votes(range);
        if self.options.risk {
            self.weigh_risk(&terms);
            self.take_logs(range);
            self.count_votes(range);
        }
        self.choose(&terms);
        let moved = self.targets.iter().zip(&self.places).map(|(target, place)| (target - place).abs()).sum();
        self.steps = (if self.played == 1 { moved } else { self.steps.0 }, moved);
        self.places.copy_from_slice(&self.targets);
    }

    /// Logarithms of what powers are taken of.
    fn take_logs(&mut self, range: f64) {
        let n = self.x.len();
        for a in 0..n {
            // The row from the diagonal on, without branches.
            let row = a * n + a..(a + 1) * n;
            let logs = self.log_distance[row.clone()].iter_mut().zip(&mut self.nearer[row.clone()]);
            for (((log, nearer), farther), x) in logs.zip(&mut self.farther[row]).zip(&self.x[a..]) {
                let distance = ((x - self.x[a]) / range).min(1.0);
                *log = log2(distance);
                *nearer = log2(0.5 - 0.5 * distance);
                *farther = log2(0.5 + 0.5 * distance);
            }
        }
        for matrix in [&mut self.log_distance, &mut self.nearer, &mut self.farther] {
            below_diagonal(n, |above, below| matrix[below] = matrix[above]);
        }
    }

    /// Counts who is below the middle of each pair: the same whatever the exponents.
    fn split(&mut self, range: f64) {
        let n = self.x.len();
        for a in 0..n {
            let mut below = 0;
            for b in a + 1..n {
                self.below[a * n + b] = 0;
                if self.x[b] - self.x[a] > SAME * range {
                    let middle = self.x[a] + (self.x[b] - self.x[a]) / 2.0;
                    while self.x[below] < middle {
                        below += 1;
                    }
                    self.below[a * n + b] = below;
                }
            }
        }
    }

    /// The votes of all pairs, with the exponents as they are.
    fn count_votes(&mut self, range: f64) {
        let n = self.x.len();
        let plain = self.exponents.iter().all(|exponent| *exponent == 1.0);
        for voter in 0..n {
            // The first m voters are one more than before: a row added to the row above it.
            let (done, rest) = self.sums.split_at_mut((voter + 1) * n);
            let rows = rest[..n].iter_mut().zip(&done[voter * n..]);
            let (weight, exponent) = (self.w[voter], self.exponents[voter]);
            if plain {
                for ((sum, before), x) in rows.zip(&self.x) {
                    *sum = before + weight * ((self.x[voter] - x).abs() / range);
                }
            } else {
                for ((sum, before), log) in rows.zip(&self.log_distance[voter * n..]) {
                    *sum = before + weight * exp2(exponent * log);
                }
            }
        }
        self.all_votes = 0.0;
        let (by_voters, all) = self.sums.split_at(n * n);
        for a in 0..n {
            let row = a * n + a + 1..(a + 1) * n;
            let votes = self.votes[row.clone()].iter_mut().zip(&mut self.against[row.clone()]);
            for (other, ((votes, against), below)) in votes.zip(&self.below[row]).enumerate() {
                let b = a + 1 + other;
                // Both are lower for the voters below the middle; nobody votes between two at the same place.
                let first = &by_voters[below * n..];
                let (for_a, for_b) = (first[b] - first[a], (all[a] - first[a]) - (all[b] - first[b]));
                let counts = if *below == 0 { 0.0 } else { 1.0 };
                (*votes, *against) = (counts * for_a.max(0.0), counts * for_b.max(0.0));
                self.all_votes += 2.0 * (*votes + *against);
            }
        }
        below_diagonal(n, |above, below| {
            self.votes[below] = self.against[above];
            self.against[below] = self.votes[above];
        });
    }

    /// The chance of the side with some votes.
    fn share(&self, votes: f64, against: f64) -> f64 {
        self.options.denominator.share(votes, against, self.all_votes)
    }

    /// Exponents from how secure each actor is, all with exponent 1.
    fn weigh_risk(&mut self, terms: &Terms<'_>) {
        let n = self.x.len();
        for (resting, place) in self.resting.iter_mut().zip(&self.x) {
            *resting = terms.unchallenged(*place, 1.0);
        }
        for actor in 0..n {
            self.security[actor] = self.secure(terms, actor);
        }
        let ends = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
        };
        let across = ends(&mut self.security.iter().copied());
        for actor in 0..n {
            let (least, most) = match self.options.compare {
                SecurityCompare::AcrossActors => across,
                SecurityCompare::OwnAttainable => ends(&mut (0..n).map(|place| self.secure_at(terms, actor, place))),
            };
            let spread = most - least;
            let risk = if spread > SAME { (2.0 * self.security[actor] - most - least) / spread } else { 0.0 };
            self.exponents[actor] = ((1.0 - risk / 3.0) / (1.0 + risk / 3.0)).clamp(0.5, 2.0);
        }
    }

    /// Whether two places are apart.
    fn apart(&self, terms: &Terms<'_>, a: f64, b: f64) -> bool {
        (a - b).abs() > SAME * terms.range
    }

    /// What the challenges that count for an actor's security are worth, with exponent 1.
    fn secure(&mut self, terms: &Terms<'_>, actor: usize) -> f64 {
        let (n, at, salience, resting) = (self.x.len(), self.x[actor], self.s[actor], self.resting[actor]);
        let (denominator, all, range) = (self.options.denominator, self.all_votes, terms.range);
        let row = actor * n..(actor + 1) * n;
        let votes = self.votes[row.clone()].iter().zip(&self.against[row]);
        let others = self.x.iter().zip(&self.s).zip(&self.resting);
        for (worth, ((votes, against), ((there, theirs), rests))) in self.own_worth.iter_mut().zip(votes.zip(others)) {
            let (challenge, resting) = match self.options.security {
                Security::Adversaries => {
                    let chance = denominator.share(*against, *votes, all);
                    (Challenge { from: *there, to: at, salience, chance }, *rests)
                }
                Security::Own => {
                    let chance = denominator.share(*votes, *against, all);
                    (Challenge { from: at, to: *there, salience: *theirs, chance }, resting)
                }
            };
            let distance = (there - at).abs();
            let plain = terms.plain(challenge, resting);
            *worth = if distance > SAME * range { plain } else { 0.0 };
        }
        self.own_worth.iter().sum()
    }

    /// The same if the actor stood where another stands; all others stay, and so do the votes of all other pairs.
    fn secure_at(&self, terms: &Terms<'_>, actor: usize, place: usize) -> f64 {
        let n = self.x.len();
        let (at, own, weight) = (self.x[place], self.x[actor], self.w[actor]);
        let mut sum = 0.0;
        for other in (0..n).filter(|other| *other != actor && self.apart(terms, self.x[*other], at)) {
            let there = self.x[other];
            // The actor's own vote moves with it.
            let prefers = weight * ((own - there).abs() - (own - at).abs()) / terms.range;
            let votes =
                (self.votes[place * n + other] - prefers.max(0.0)).max(0.0) + weight * (at - there).abs() / terms.range;
            let against = (self.against[place * n + other] - (-prefers).max(0.0)).max(0.0);
            sum += match self.options.security {
                Security::Adversaries => {
                    let chance = self.share(against, votes);
                    terms.plain(Challenge { from: there, to: at, salience: self.s[actor], chance }, self.resting[other])
                }
                Security::Own => {
                    let chance = self.share(votes, against);
                    terms.plain(Challenge { from: at, to: there, salience: self.s[other], chance }, self.resting[place])
                }
            };
        }
        sum
    }

    /// Where each actor goes.
    fn choose(&mut self, terms: &Terms<'_>) {
        let n = self.x.len();
        for actor in 0..n {
            let (own, place) = (self.rank[actor], self.places[actor]);
            let exponent = self.exponents[own];
            let unchallenged = terms.unchallenged(place, exponent);
            self.weigh(terms, own, unchallenged);
            let mut taken = Taken::none(self.options, place, SAME * terms.range);
            for rank in &self.rank {
                let there = self.x[*rank];
                if self.other_worth[*rank] > 0.0 && self.apart(terms, there, place) {
                    taken.consider(there, self.own_worth[*rank], self.other_worth[*rank]);
                }
            }
            self.targets[actor] = taken.target();
        }
    }

    /// What challenges between an actor and each other are worth to it, both ways. Loops without branches, in order of memory.
    fn weigh(&mut self, terms: &Terms<'_>, own: usize, unchallenged: f64) {
        let n = self.x.len();
        let (place, salience, exponent) = (self.x[own], self.s[own], self.exponents[own]);
        let row = own * n..(own + 1) * n;
        // First what success and failure are worth, in the same two rows.
        let rows = self.own_worth.iter_mut().zip(&mut self.other_worth);
        if self.options.risk {
            let logs = self.nearer[row.clone()].iter().zip(&self.farther[row.clone()]);
            for ((success, failure), (nearer, farther)) in rows.zip(logs) {
                *success = 2.0 - 4.0 * exp2(exponent * nearer);
                *failure = 2.0 - 4.0 * exp2(exponent * farther);
            }
        } else {
            for ((success, failure), there) in rows.zip(&self.x) {
                let worth = Worth::plain(((there - place).abs() / terms.range).min(1.0));
                (*success, *failure) = (worth.success, worth.failure);
            }
        }
        let (denominator, all) = (self.options.denominator, self.all_votes);
        let left = terms.options.stays * unchallenged;
        let rows = self.own_worth.iter_mut().zip(&mut self.other_worth);
        let votes = self.votes[row.clone()].iter().zip(&self.against[row]);
        for (((own, other), (votes, against)), (there, theirs)) in rows.zip(votes).zip(self.x.iter().zip(&self.s)) {
            let worth = Worth { success: *own, failure: *other };
            let (chance, threat) = (denominator.share(*votes, *against, all), denominator.share(*against, *votes, all));
            *own = Challenge { from: place, to: *there, salience: *theirs, chance }.met(worth) - left;
            *other = Challenge { from: *there, to: place, salience, chance: threat }.met(worth) - left;
        }
        if terms.options.stays < 1.0 {
            let rows = self.own_worth.iter_mut().zip(&mut self.other_worth);
            for ((own, other), there) in rows.zip(&self.x) {
                *own -= terms.changed(place, *there, exponent);
                *other -= terms.changed(*there, place, exponent);
            }
        }
    }
}

/// For every pair of an N × N matrix, its place above the diagonal and its mirror image below. Eight rows at a time, so that what is written
/// lies side by side.
fn below_diagonal(n: usize, mut copy: impl FnMut(usize, usize)) {
    const ROWS: usize = 8;
    for first in (0..n).step_by(ROWS) {
        for b in first + 1..n {
            for a in first..(first + ROWS).min(b) {
                copy(a * n + b, b * n + a);
            }
        }
    }
}
