//! One round for all actors at once.
//!
//! With actors sorted by place, the voters for the lower of two places are those below the middle between them, whatever their exponents.
//! So all votes come from sums over the first m voters of what each loses at each place: of the order of N² a round.

use super::Round;
use super::challenge::{Challenge, Terms, Worth};
use super::offer::Taken;
use super::options::{Denominator, Options, RangeRule, Security, SecurityCompare};
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
        for a in 0..n {
            let mut below = 0;
            for b in a + 1..n {
                let (mut for_a, mut for_b) = (0.0, 0.0);
                if self.x[b] - self.x[a] > SAME * range {
                    let middle = self.x[a] + (self.x[b] - self.x[a]) / 2.0;
                    while below < n && self.x[below] < middle {
                        below += 1;
                    }
                    let (first, all) = (below * n, n * n);
                    for_a = (self.sums[first + b] - self.sums[first + a]).max(0.0);
                    for_b = ((self.sums[all + a] - self.sums[first + a]) - (self.sums[all + b] - self.sums[first + b]))
                        .max(0.0);
                }
                self.votes[a * n + b] = for_a;
                self.against[a * n + b] = for_b;
                self.all_votes += 2.0 * (for_a + for_b);
            }
        }
        below_diagonal(n, |above, below| {
            self.votes[below] = self.against[above];
            self.against[below] = self.votes[above];
        });
    }

    /// The chance of the side with some votes.
    #[inline]
    fn share(&self, votes: f64, against: f64) -> f64 {
        let of = match self.options.denominator {
            Denominator::Pairwise => votes + against,
            Denominator::AllPairs => self.all_votes,
        };
        if of > 0.0 { (votes / of).min(1.0) } else { 0.5 }
    }

    /// Exponents from how secure each actor is, all with exponent 1.
    fn weigh_risk(&mut self, terms: &Terms<'_>) {
        let n = self.x.len();
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
    fn secure(&self, terms: &Terms<'_>, actor: usize) -> f64 {
        let (n, at) = (self.x.len(), self.x[actor]);
        let row = actor * n..(actor + 1) * n;
        let votes = self.votes[row.clone()].iter().zip(&self.against[row]);
        let worth = |((there, salience), (votes, against)): ((&f64, &f64), (&f64, &f64))| {
            let worth = match self.options.security {
                Security::Adversaries => self.plain(terms, (*there, at), self.s[actor], self.share(*against, *votes)),
                Security::Own => self.plain(terms, (at, *there), *salience, self.share(*votes, *against)),
            };
            if self.apart(terms, *there, at) { worth } else { 0.0 }
        };
        self.x.iter().zip(&self.s).zip(votes).map(worth).sum()
    }

    /// The worth of a challenge with exponent 1.
    fn plain(&self, terms: &Terms<'_>, (from, to): (f64, f64), salience: f64, chance: f64) -> f64 {
        let distance = ((from - to).abs() / terms.range).min(1.0);
        let challenge = Challenge { from, to, salience, chance };
        terms.expected(challenge, Worth::plain(distance), 1.0, terms.unchallenged(from, 1.0))
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
                Security::Adversaries => self.plain(terms, (there, at), self.s[actor], self.share(against, votes)),
                Security::Own => self.plain(terms, (at, there), self.s[other], self.share(votes, against)),
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

    /// What challenges between an actor and each other are worth to it, both ways.
    fn weigh(&mut self, terms: &Terms<'_>, own: usize, unchallenged: f64) {
        let n = self.x.len();
        let (place, salience, exponent) = (self.x[own], self.s[own], self.exponents[own]);
        let risk = self.options.risk;
        // First what success and failure are worth: without branches.
        if risk {
            let row = own * n..(own + 1) * n;
            let logs = self.nearer[row.clone()].iter().zip(&self.farther[row]);
            for ((success, failure), (nearer, farther)) in
                self.own_worth.iter_mut().zip(&mut self.other_worth).zip(logs)
            {
                *success = 2.0 - 4.0 * exp2(exponent * nearer);
                *failure = 2.0 - 4.0 * exp2(exponent * farther);
            }
        }
        for other in 0..n {
            let there = self.x[other];
            let worth = if risk {
                Worth { success: self.own_worth[other], failure: self.other_worth[other] }
            } else {
                Worth::plain(((there - place).abs() / terms.range).min(1.0))
            };
            let (votes, against) = (self.votes[own * n + other], self.against[own * n + other]);
            let to = Challenge { from: place, to: there, salience: self.s[other], chance: self.share(votes, against) };
            let from = Challenge { from: there, to: place, salience, chance: self.share(against, votes) };
            self.own_worth[other] = terms.expected(to, worth, exponent, unchallenged);
            self.other_worth[other] = terms.expected(from, worth, exponent, unchallenged);
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
