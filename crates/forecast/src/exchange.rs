//! Actors who trade votes on several issues (Stokman and van Oosten 1994, equal gain).
//!
//! Two actors on opposite sides of the expected outcome on two issues each give way on the issue that it cares less about, at the rate at
//! which both gain the same. The forecast of an issue is the weighted mean of the positions that are voted for.

use crate::positions::Scale;

/// Who stands where on which issue: one row an actor, one column an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    actors: usize,
    /// Place and vote on the issue as shares of its scale, salience and weight; one an actor and issue, issue by issue.
    cells: Vec<Option<Cell>>,
    scales: Vec<Scale>,
    totals: Vec<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    place: f64,
    /// What is voted for: the place, until it is traded.
    vote: f64,
    salience: f64,
    weight: f64,
}

/// What may be used again in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// A position that was traded is not traded again in the round.
    Drop,
    /// What is left of it may be traded again.
    Rescale,
}

/// Whether a trader's vote may pass the expected outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overshoot {
    /// It may go all the way to the partner's position.
    Allowed,
    /// It stops at the expected outcome.
    Cut,
}

/// At what rate shifts of the two outcomes are traded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rate {
    /// At which both gain the same.
    Equal,
    /// This far, from 0 to 1, between the rate at which the one gains nothing and that at which the other gains nothing.
    Within(f64),
}

/// Choices of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExchangeOptions {
    /// What may be used again in a round.
    pub reuse: Reuse,
    /// Whether a vote may pass the expected outcome.
    pub overshoot: Overshoot,
    /// At what rate is traded.
    pub rate: Rate,
    /// How far positions follow votes from one round to the next: λ = `follow.0` × (1 − salience) + `follow.1`.
    pub follow: (f64, f64),
    /// Rounds, at least 1.
    pub rounds: u32,
}

impl Default for ExchangeOptions {
    fn default() -> Self {
        ExchangeOptions {
            reuse: Reuse::Drop,
            overshoot: Overshoot::Allowed,
            rate: Rate::Equal,
            follow: (0.4, 0.1),
            rounds: 1,
        }
    }
}

/// One exchange that came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exchange {
    /// Who gives way on the first issue, and on which, by their places.
    pub first: (usize, usize),
    /// Who gives way on the second issue, and on which.
    pub second: (usize, usize),
    /// By how much the votes shift, on the scales of the issues.
    pub shifts: (f64, f64),
    /// What each of the two gains, in shares of the scale times salience.
    pub gains: (f64, f64),
    /// What all others gain or lose by it together, in the same unit: traders do not look at it.
    pub others: f64,
}

/// One round.
#[derive(Clone, Debug, PartialEq)]
pub struct ExchangeRound {
    /// The forecast of each issue, on its scale: the weighted mean of the votes.
    pub outcomes: Vec<f64>,
    /// The exchanges, in the order in which they came about.
    pub exchanges: Vec<Exchange>,
}

impl Table {
    /// A table of issues, each with its scale and the position, salience (0 to 1) and capability of each actor that takes part in it; all
    /// issues list the same number of actors. None if they do not, if a number is out of its range, or if nobody takes part in an issue.
    #[must_use]
    pub fn new(issues: &[(Scale, Vec<Option<crate::positions::Stand>>)]) -> Option<Self> {
        let actors = issues.first()?.1.len();
        let mut table = Table { actors, cells: Vec::new(), scales: Vec::new(), totals: Vec::new() };
        for (scale, stands) in issues {
            let known: Vec<_> = stands.iter().flatten().copied().collect();
            let positions = crate::positions::Positions::new(known, *scale).ok()?;
            if stands.len() != actors {
                return None;
            }
            let mut weights = positions.weights().iter();
            table.cells.extend(stands.iter().map(|stand| {
                stand.as_ref().and_then(|stand| {
                    let place = scale.to_percent(stand.position) / 100.0;
                    weights.next().map(|weight| Cell { place, vote: place, salience: stand.salience, weight: *weight })
                })
            }));
            table.scales.push(*scale);
            table.totals.push(positions.total());
        }
        Some(table)
    }

    fn cell(&self, actor: usize, issue: usize) -> Option<&Cell> {
        self.cells[issue * self.actors + actor].as_ref()
    }
}

/// Runs the model. Cost of a round: pairs of actors × pairs of issues, sorted once; with [`Reuse::Rescale`] that for every exchange.
#[must_use]
pub fn exchange(table: &Table, options: ExchangeOptions) -> Vec<ExchangeRound> {
    let mut table = table.clone();
    let mut rounds = Vec::new();
    for _ in 0..options.rounds.max(1) {
        let mut market = Market::open(&mut table, options);
        let exchanges = market.trade();
        let outcomes = market.outcomes.clone();
        let scaled = outcomes.iter().zip(&table.scales).map(|(outcome, scale)| scale.from_percent(100.0 * outcome));
        rounds.push(ExchangeRound { outcomes: scaled.collect(), exchanges });
        for cell in table.cells.iter_mut().flatten() {
            let follow = (options.follow.0 * (1.0 - cell.salience) + options.follow.1).clamp(0.0, 1.0);
            cell.place = (1.0 - follow) * cell.place + follow * cell.vote;
            cell.vote = cell.place;
        }
    }
    rounds
}

/// A pair of actors and issues that may trade.
#[derive(Clone, Copy)]
struct Offer {
    first: (usize, usize),
    second: (usize, usize),
    /// Shifts of the two outcomes.
    outcomes: (f64, f64),
    gains: (f64, f64),
}

impl Offer {
    fn gain(&self) -> f64 {
        self.gains.0.min(self.gains.1)
    }
}

struct Market<'t> {
    table: &'t mut Table,
    options: ExchangeOptions,
    outcomes: Vec<f64>,
    used: Vec<bool>,
}

impl<'t> Market<'t> {
    fn open(table: &'t mut Table, options: ExchangeOptions) -> Self {
        let issues = table.scales.len();
        let outcome = |issue: usize| {
            let row = &table.cells[issue * table.actors..(issue + 1) * table.actors];
            row.iter().flatten().map(|cell| cell.vote * cell.weight).sum::<f64>() / table.totals[issue]
        };
        let outcomes = (0..issues).map(outcome).collect();
        let used = vec![false; table.cells.len()];
        Market { table, options, outcomes, used }
    }

    fn trade(&mut self) -> Vec<Exchange> {
        let mut done = Vec::new();
        // Each exchange takes one vote on one issue as far as it goes; what is left may be traded on a bounded number of times.
        let most = 4 * self.used.len();
        let mut offers = self.offers();
        while done.len() < most {
            let Some(next) = self.next(&mut offers) else { break };
            done.push(self.realise(next));
            if self.options.reuse == Reuse::Rescale {
                offers = self.offers();
            }
        }
        done
    }

    /// All offers, the greatest gain first; of equal ones the first in the list of actors and issues.
    fn offers(&self) -> Vec<Offer> {
        let (actors, issues) = (self.table.actors, self.table.scales.len());
        let mut offers = Vec::new();
        for p in 0..issues {
            for q in (0..issues).filter(|q| *q != p) {
                for i in 0..actors {
                    offers.extend((0..actors).filter(|j| *j != i).filter_map(|j| self.offer((i, p), (j, q))));
                }
            }
        }
        offers.sort_by(|a, b| b.gain().total_cmp(&a.gain()));
        offers
    }

    /// The first offer that can still be realised.
    fn next(&self, offers: &mut Vec<Offer>) -> Option<Offer> {
        if self.options.reuse == Reuse::Rescale {
            return offers.first().copied();
        }
        offers.retain(|offer| !self.is_used(offer.first) && !self.is_used(offer.second));
        // Outcomes have moved since the offer was made, and with them how far it goes.
        offers.iter().find_map(|offer| self.offer(offer.first, offer.second))
    }

    fn is_used(&self, (actor, issue): (usize, usize)) -> bool {
        self.used[issue * self.table.actors + actor]
    }

    /// Whether two actors stand on opposite sides of the outcome on both issues.
    fn opposed(&self, (i, p): (usize, usize), (j, q): (usize, usize)) -> bool {
        [p, q].iter().all(|issue| match (self.table.cell(i, *issue), self.table.cell(j, *issue)) {
            (Some(a), Some(b)) => (a.place - self.outcomes[*issue]) * (b.place - self.outcomes[*issue]) < 0.0,
            _ => false,
        })
    }

    /// What i gives on issue p for what j gives on issue q.
    fn offer(&self, (i, p): (usize, usize), (j, q): (usize, usize)) -> Option<Offer> {
        if !self.opposed((i, p), (j, q)) {
            return None;
        }
        let (ip, iq) = (self.table.cell(i, p)?, self.table.cell(i, q)?);
        let (jp, jq) = (self.table.cell(j, p)?, self.table.cell(j, q)?);
        // i cares less for p, as against q, than j does.
        if ip.salience * jq.salience >= jp.salience * iq.salience {
            return None;
        }
        // As far as the vote may go, and no farther than the partner gains by it: to the partner's place.
        let most = |mover: &Cell, partner: &Cell, issue: usize| {
            let (outcome, direction) = (self.outcomes[issue], (partner.place - mover.place).signum());
            let goal = match self.options.overshoot {
                Overshoot::Allowed => partner.place,
                Overshoot::Cut => outcome,
            };
            let by_vote = (direction * (goal - mover.vote)).max(0.0) * mover.weight / self.table.totals[issue];
            by_vote.min((partner.place - outcome).abs())
        };
        let (most_p, most_q) = (most(ip, jp, p), most(jq, iq, q));
        let rate = match self.options.rate {
            Rate::Within(share) if iq.salience > 0.0 && jq.salience > 0.0 => {
                let (low, high) = (ip.salience / iq.salience, jp.salience / jq.salience);
                low + share.clamp(0.0, 1.0) * (high - low)
            }
            _ => (ip.salience + jp.salience) / (iq.salience + jq.salience),
        };
        if !(rate > 0.0 && rate.is_finite()) {
            return None;
        }
        let (shift_p, shift_q) =
            if most_p * rate <= most_q { (most_p, most_p * rate) } else { (most_q / rate, most_q) };
        let gains = (iq.salience * shift_q - ip.salience * shift_p, jp.salience * shift_p - jq.salience * shift_q);
        // Gains less than what sums round to are none.
        (gains.0 > 1e-12 && gains.1 > 1e-12).then_some(Offer {
            first: (i, p),
            second: (j, q),
            outcomes: (shift_p, shift_q),
            gains,
        })
    }

    fn realise(&mut self, offer: Offer) -> Exchange {
        let before = self.outcomes.clone();
        let actors = self.table.actors;
        let mut give = |(actor, issue): (usize, usize), partner: usize, outcome: f64| {
            let toward = self.table.cell(partner, issue).map_or(0.0, |cell| cell.place);
            let total = self.table.totals[issue];
            self.used[issue * actors + actor] = true;
            let Some(cell) = self.table.cells[issue * actors + actor].as_mut() else { return 0.0 };
            let shift = (outcome * total / cell.weight).copysign(toward - cell.place);
            cell.vote += shift;
            self.outcomes[issue] += outcome.copysign(shift);
            shift * self.table.scales[issue].range()
        };
        let shifts =
            (give(offer.first, offer.second.0, offer.outcomes.0), give(offer.second, offer.first.0, offer.outcomes.1));
        let others = [offer.first.1, offer.second.1].into_iter().flat_map(|issue| {
            let (old, new) = (before[issue], self.outcomes[issue]);
            let third = (0..actors).filter(|actor| *actor != offer.first.0 && *actor != offer.second.0);
            let cells = third.filter_map(|actor| self.table.cell(actor, issue)).copied().collect::<Vec<_>>();
            cells.into_iter().map(move |cell| cell.salience * ((old - cell.place).abs() - (new - cell.place).abs()))
        });
        Exchange { first: offer.first, second: offer.second, shifts, gains: offer.gains, others: others.sum() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::positions::Stand;
    use proptest::prelude::*;

    fn table(issues: &[&[(f64, f64)]]) -> Table {
        let stand = |(position, salience): &(f64, f64)| {
            Some(Stand { position: *position, salience: *salience, capability: 1.0 })
        };
        let issues: Vec<_> = issues.iter().map(|rows| (Scale::PERCENT, rows.iter().map(stand).collect())).collect();
        Table::new(&issues).unwrap()
    }

    #[test]
    fn two_who_care_for_different_issues_trade_them() {
        let two = table(&[&[(0.0, 0.2), (100.0, 0.8)], &[(0.0, 0.8), (100.0, 0.2)]]);
        let round = &exchange(&two, ExchangeOptions::default())[0];
        let [trade] = round.exchanges.as_slice() else { panic!("{round:?}") };
        // The first gives way on the first issue, all the way; so does the second on the second.
        assert_eq!((trade.first, trade.second), ((0, 0), (1, 1)));
        assert!((trade.shifts.0 - 100.0).abs() < 1e-9 && (trade.shifts.1 + 100.0).abs() < 1e-9, "{trade:?}");
        assert!((round.outcomes[0] - 100.0).abs() < 1e-9 && round.outcomes[1].abs() < 1e-9, "{round:?}");
        assert!((trade.gains.0 - trade.gains.1).abs() < 1e-12 && trade.others == 0.0);
    }

    #[test]
    fn where_both_care_alike_nobody_trades() {
        let two = table(&[&[(0.0, 0.4), (100.0, 0.2)], &[(0.0, 0.8), (100.0, 0.4)]]);
        assert_eq!(exchange(&two, ExchangeOptions::default())[0].exchanges, []);
    }

    #[test]
    fn an_actor_without_a_position_on_one_of_two_issues_trades_neither() {
        let stand = |position, salience| Some(Stand { position, salience, capability: 1.0 });
        let issues =
            [(Scale::PERCENT, vec![stand(0.0, 0.2), stand(100.0, 0.8)]), (Scale::PERCENT, vec![stand(0.0, 0.8), None])];
        let rounds =
            exchange(&Table::new(&issues).unwrap(), ExchangeOptions { rounds: 3, ..ExchangeOptions::default() });
        assert!(rounds.iter().all(|round| round.exchanges.is_empty()));
        assert_eq!(rounds[2].outcomes, [80.0, 0.0]);
        assert_eq!(Table::new(&[(Scale::PERCENT, vec![None, None])]), None);
        assert_eq!(Table::new(&[]), None);
    }

    fn some_table() -> impl Strategy<Value = Table> {
        (2_usize..6, 2_usize..4).prop_flat_map(|(actors, issues)| {
            let cell = prop_oneof![
                9 => (0.0..=100.0_f64, 0.05..=1.0, 0.1..=5.0).prop_map(|(position, salience, capability)| Some(Stand { position, salience, capability })),
                1 => Just(None),
            ];
            proptest::collection::vec(proptest::collection::vec(cell, actors), issues)
        })
        .prop_filter_map("nobody on an issue", |rows| {
            Table::new(&rows.into_iter().map(|row| (Scale::PERCENT, row)).collect::<Vec<_>>())
        })
    }

    fn choices() -> impl Strategy<Value = ExchangeOptions> {
        (any::<bool>(), any::<bool>(), 1_u32..4).prop_map(|(reuse, overshoot, rounds)| ExchangeOptions {
            reuse: if reuse { Reuse::Rescale } else { Reuse::Drop },
            overshoot: if overshoot { Overshoot::Cut } else { Overshoot::Allowed },
            rounds,
            ..ExchangeOptions::default()
        })
    }

    /// The exchange with the greatest gain, by trying every two actors and issues against the rules as they are written.
    fn best_by_definition(table: &Table) -> Option<f64> {
        let mean = |issue: usize| {
            let cells: Vec<&Cell> = (0..table.actors).filter_map(|actor| table.cell(actor, issue)).collect();
            cells.iter().map(|c| c.place * c.weight).sum::<f64>() / cells.iter().map(|c| c.weight).sum::<f64>()
        };
        let mut best: Option<f64> = None;
        let issues = table.scales.len();
        for (i, j, p, q) in (0..table.actors).flat_map(|i| {
            (0..table.actors).flat_map(move |j| (0..issues).flat_map(move |p| (0..issues).map(move |q| (i, j, p, q))))
        }) {
            let (Some(ip), Some(iq), Some(jp), Some(jq)) =
                (table.cell(i, p), table.cell(i, q), table.cell(j, p), table.cell(j, q))
            else {
                continue;
            };
            let across = |a: &Cell, b: &Cell, o: f64| (a.place < o && o < b.place) || (b.place < o && o < a.place);
            if i == j || p == q || !across(ip, jp, mean(p)) || !across(iq, jq, mean(q)) {
                continue;
            }
            if ip.salience / iq.salience >= jp.salience / jq.salience {
                continue;
            }
            // Try how far i goes; j follows at equal gain, if it can.
            let reach_p = ((jp.place - ip.place).abs() * ip.weight / table.totals[p]).min((jp.place - mean(p)).abs());
            let reach_q = ((iq.place - jq.place).abs() * jq.weight / table.totals[q]).min((iq.place - mean(q)).abs());
            let rate = (ip.salience + jp.salience) / (iq.salience + jq.salience);
            let go = reach_p.min(reach_q / rate);
            let gain = iq.salience * go * rate - ip.salience * go;
            if gain > 1e-12 {
                best = Some(best.map_or(gain, |b| b.max(gain)));
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn every_trade_gains_both_the_same_and_something(table in some_table(), options in choices()) {
            for round in exchange(&table, options) {
                for trade in &round.exchanges {
                    prop_assert!(trade.gains.0 > 0.0 && (trade.gains.0 - trade.gains.1).abs() < 1e-9, "{trade:?}");
                }
                prop_assert!(round.outcomes.iter().all(|outcome| (-1e-9..=100.0 + 1e-9).contains(outcome)), "{round:?}");
            }
        }

        /// What each gains, by how much nearer the outcomes come to its own places.
        #[test]
        fn gains_are_what_the_shifts_bring(table in some_table(), options in choices()) {
            let round = &exchange(&table, options)[0];
            let mean = |issue: usize| {
                let cells = (0..table.actors).filter_map(|actor| table.cell(actor, issue));
                cells.map(|cell| cell.place * cell.weight).sum::<f64>() / table.totals[issue]
            };
            let mut outcomes: Vec<f64> = (0..table.scales.len()).map(mean).collect();
            for trade in &round.exchanges {
                let before = outcomes.clone();
                for ((actor, issue), shift) in [(trade.first, trade.shifts.0), (trade.second, trade.shifts.1)] {
                    outcomes[issue] += shift / 100.0 * table.cell(actor, issue).unwrap().weight / table.totals[issue];
                }
                let gain = |actor: usize| -> f64 {
                    [trade.first.1, trade.second.1]
                        .iter()
                        .filter_map(|issue| table.cell(actor, *issue).map(|cell| (cell, before[*issue], outcomes[*issue])))
                        .map(|(cell, old, new)| cell.salience * ((old - cell.place).abs() - (new - cell.place).abs()))
                        .sum()
                };
                let (first, second) = (trade.first.0, trade.second.0);
                prop_assert!((gain(first) - trade.gains.0).abs() < 1e-9, "{} {trade:?}", gain(first));
                prop_assert!((gain(second) - trade.gains.1).abs() < 1e-9, "{} {trade:?}", gain(second));
                let others: f64 = (0..table.actors).filter(|actor| ![first, second].contains(actor)).map(gain).sum();
                prop_assert!((others - trade.others).abs() < 1e-9, "{others} {trade:?}");
            }
            for (outcome, told) in outcomes.iter().zip(&round.outcomes) {
                prop_assert!((100.0 * outcome - told).abs() < 1e-7);
            }
        }

        /// Votes only go on towards those on the other side, so there is an end to it.
        #[test]
        fn trade_comes_to_an_end(table in some_table(), options in choices()) {
            // Votes that stop at the outcome follow it without end as it moves; there the number is bounded.
            for round in exchange(&table, ExchangeOptions { overshoot: Overshoot::Allowed, ..options }) {
                prop_assert!(round.exchanges.len() < 4 * table.cells.len(), "{}", round.exchanges.len());
            }
        }

        #[test]
        fn the_first_trade_is_the_one_that_gains_most(table in some_table()) {
            let first = exchange(&table, ExchangeOptions::default())[0].exchanges.first().map(|trade| trade.gains.0);
            match (first, best_by_definition(&table)) {
                (Some(found), Some(best)) => prop_assert!((found - best).abs() < 1e-9, "{found} {best}"),
                (found, best) => prop_assert_eq!(found, best),
            }
        }

        #[test]
        fn no_position_is_traded_twice_unless_that_is_allowed(table in some_table()) {
            let trades = &exchange(&table, ExchangeOptions::default())[0].exchanges;
            let mut given: Vec<_> = trades.iter().flat_map(|trade| [trade.first, trade.second]).collect();
            let count = given.len();
            given.sort_unstable();
            given.dedup();
            prop_assert_eq!(given.len(), count);
        }

        #[test]
        fn both_gain_at_any_rate_between(table in some_table(), share in 0.05..0.95_f64) {
            let options = ExchangeOptions { rate: Rate::Within(share), ..ExchangeOptions::default() };
            for trade in &exchange(&table, options)[0].exchanges {
                prop_assert!(trade.gains.0 > 0.0 && trade.gains.1 > 0.0);
            }
        }
    }
}
