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
    exponents: Vec<f64>,
    security: Vec<f64>,
    /// log2 of the distance of each pair, N × N.
    log_distance: Vec<f64>,
    /// log2 of ½ ∓ d/2 for each pair, and then what success and failure are worth to the first, N × N.
    nearer: Vec<f64>,
    farther: Vec<f64>,
    /// Sums over the first m voters of what they lose at each place, N × (N + 1).
    sums: Vec<f64>,
    /// Votes for the first of two against the second, N × N.
    votes: Vec<f64>,
    all_votes: f64,
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
            exponents: vec![1.0; n],
            security: vec![0.0; n],
            log_distance: vec![0.0; with_risk],
            nearer: vec![0.0; with_risk],
            farther: vec![0.0; with_risk],
            sums: vec![0.0; n * (n + 1)],
            votes: vec![0.0; n * n],
            all_votes: 0.0,
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
            self.take_worths();
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
            // The row from the diagonal on, without branches; then its mirror image.
            let row = a * n + a..(a + 1) * n;
            let logs = self.log_distance[row.clone()].iter_mut().zip(&mut self.nearer[row.clone()]);
            for (((log, nearer), farther), x) in logs.zip(&mut self.farther[row]).zip(&self.x[a..]) {
                let distance = ((x - self.x[a]) / range).min(1.0);
                *log = log2(distance);
                *nearer = log2(0.5 - 0.5 * distance);
                *farther = log2(0.5 + 0.5 * distance);
            }
            for b in a + 1..n {
                self.log_distance[b * n + a] = self.log_distance[a * n + b];
                self.nearer[b * n + a] = self.nearer[a * n + b];
                self.farther[b * n + a] = self.farther[a * n + b];
            }
        }
    }

    /// Makes the worths of success and failure, from the view of each actor, out of the logarithms.
    fn take_worths(&mut self) {
        let n = self.x.len();
        for (own, exponent) in self.exponents.iter().enumerate() {
            for logs in [&mut self.nearer, &mut self.farther] {
                for log in &mut logs[own * n..(own + 1) * n] {
                    *log = 2.0 - 4.0 * exp2(exponent * *log);
                }
            }
        }
    }

    /// The votes of all pairs, with the exponents as they are.
    fn count_votes(&mut self, range: f64) {
        let n = self.x.len();
        let plain = self.exponents.iter().all(|exponent| *exponent == 1.0);
        for place in 0..n {
            let row = &mut self.sums[place * (n + 1)..(place + 1) * (n + 1)];
            if plain {
                for voter in 0..n {
                    row[voter + 1] = self.w[voter] * ((self.x[voter] - self.x[place]).abs() / range);
                }
            } else {
                let logs = &self.log_distance[place * n..(place + 1) * n];
                for (voter, (log, exponent)) in logs.iter().zip(&self.exponents).enumerate() {
                    row[voter + 1] = self.w[voter] * exp2(exponent * log);
                }
            }
            row[0] = 0.0;
            for voter in 0..n {
                row[voter + 1] += row[voter];
            }
        }
        self.all_votes = 0.0;
        for a in 0..n {
            let mut below = 0;
            for b in a + 1..n {
                if self.x[b] - self.x[a] <= SAME * range {
                    self.votes[a * n + b] = 0.0;
                    self.votes[b * n + a] = 0.0;
                    continue;
                }
                let middle = self.x[a] + (self.x[b] - self.x[a]) / 2.0;
                while below < n && self.x[below] < middle {
                    below += 1;
                }
                let (at_a, at_b) = (a * (n + 1), b * (n + 1));
                let for_a = self.sums[at_b + below] - self.sums[at_a + below];
                let for_b =
                    (self.sums[at_a + n] - self.sums[at_a + below]) - (self.sums[at_b + n] - self.sums[at_b + below]);
                self.votes[a * n + b] = for_a.max(0.0);
                self.votes[b * n + a] = for_b.max(0.0);
                self.all_votes += 2.0 * (for_a.max(0.0) + for_b.max(0.0));
            }
        }
    }

    /// The chance that the first of two prevails over the second.
    fn chance(&self, first: usize, second: usize) -> f64 {
        let n = self.x.len();
        self.share(self.votes[first * n + second], self.votes[second * n + first])
    }

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
        let others = (0..self.x.len()).filter(|other| self.apart(terms, self.x[*other], self.x[actor]));
        let worth = |other: usize| {
            let (from, to) = match self.options.security {
                Security::Adversaries => (other, actor),
                Security::Own => (actor, other),
            };
            self.plain(terms, (self.x[from], self.x[to]), to, self.chance(from, to))
        };
        others.map(worth).sum()
    }

    /// The worth of a challenge with exponent 1.
    fn plain(&self, terms: &Terms<'_>, (from, to): (f64, f64), challenged: usize, chance: f64) -> f64 {
        let distance = ((from - to).abs() / terms.range).min(1.0);
        let challenge = Challenge { from, to, salience: self.salience[self.order[challenged]], chance };
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
            let against = (self.votes[other * n + place] - (-prefers).max(0.0)).max(0.0);
            sum += match self.options.security {
                Security::Adversaries => self.plain(terms, (there, at), actor, self.share(against, votes)),
                Security::Own => self.plain(terms, (at, there), other, self.share(votes, against)),
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
            let mut taken = Taken::none(self.options, place, SAME * terms.range);
            for other in 0..n {
                let rank = self.rank[other];
                let there = self.x[rank];
                if !self.apart(terms, there, place) {
                    continue;
                }
                let worth = if self.options.risk {
                    Worth { success: self.nearer[own * n + rank], failure: self.farther[own * n + rank] }
                } else {
                    Worth::plain(((there - place).abs() / terms.range).min(1.0))
                };
                let one = |from: usize, to: usize| {
                    let salience = self.salience[self.order[to]];
                    let challenge =
                        Challenge { from: self.x[from], to: self.x[to], salience, chance: self.chance(from, to) };
                    terms.expected(challenge, worth, exponent, unchallenged)
                };
                taken.consider(there, one(own, rank), one(rank, own));
            }
            self.targets[actor] = taken.target();
        }
    }
}
