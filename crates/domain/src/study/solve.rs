//! The packages that stand out, with what is worth knowing of each.

use detente_packages::scale::Int;
use detente_packages::solution::{self, Normalised, Powers, Solution};
use detente_packages::{Exact, Frontier as Points, Limits, Problem, Unfinished, nash_point};
use num_bigint::BigInt;

use super::tell::Teller;
use super::{Ground, Ideal};
use crate::answer::{Concept, Found, Solutions, State, Vector};
use crate::numbers::{rounded, text};

/// Solves for the packages of a zone.
pub(super) struct Solver<'s, W> {
    pub ground: &'s Ground<'s>,
    pub teller: &'s Teller<'s, W>,
    /// The packages, without the status quo if that is no agreement.
    pub problem: &'s Problem<W>,
    pub floor: &'s [W],
    pub disagreement: &'s [W],
}

/// Why a point that is found on the frontier of the zone was not computed.
const NO_FRONTIER: &str = "It is found on the frontier of the zone, which is larger than the limit";

impl Concept {
    fn formula(self) -> &'static str {
        match self {
            Concept::Nash => "the greatest product of gains, over packages in which every party gains",
            Concept::KalaiSmorodinsky => {
                "the greatest least share of what each could gain, gain ÷ (ideal − disagreement); among equals the second least, and so on"
            }
            Concept::Egalitarian => {
                "the greatest least gain; among equals the second least, and so on. Taken as if one unit were worth the same to each party"
            }
            Concept::Utilitarian => {
                "the greatest sum of worths. Taken as if one unit were worth the same to each party"
            }
        }
    }

    fn nothing(self, state: State, remark: &str) -> Found {
        let remarks = if remark.is_empty() { Vec::new() } else { vec![remark.to_owned()] };
        Found { concept: self, formula: self.formula().to_owned(), state, value: Vec::new(), tied: Vec::new(), remarks }
    }
}

impl Solutions {
    /// The worths of what was found.
    pub(super) fn of(found: &[Found]) -> Solutions {
        let worths = |concept: Concept| {
            let tied = found.iter().filter(|found| found.concept == concept).flat_map(|found| &found.tied);
            tied.map(|vector| vector.worth.clone()).collect()
        };
        Solutions {
            nash: worths(Concept::Nash),
            kalai_smorodinsky: worths(Concept::KalaiSmorodinsky),
            egalitarian: worths(Concept::Egalitarian),
            utilitarian: worths(Concept::Utilitarian),
        }
    }
}

impl<W: Int> Solver<'_, W> {
    /// What each concept finds, given the frontier of the zone if there is one; and the ideal of Kalai–Smorodinsky.
    pub fn all(&self, zone: Option<&Points<W>>) -> (Vec<Found>, Option<Vec<String>>) {
        let (nash, (shares, ideal), egalitarian) = match self.ground.disagreement {
            Err(why) => {
                let not = |concept: Concept| concept.nothing(State::NotComputed, why);
                (not(Concept::Nash), (not(Concept::KalaiSmorodinsky), None), not(Concept::Egalitarian))
            }
            Ok(_) => (self.nash(zone), self.kalai_smorodinsky(zone), self.egalitarian(zone)),
        };
        (vec![nash, shares, egalitarian, self.utilitarian(zone)], ideal)
    }

    fn found(&self, concept: Concept, solution: &Solution<W>, value: impl Fn(&Exact) -> Exact) -> Found {
        match solution {
            Solution::NoPackage => concept.nothing(State::NoPackage, ""),
            Solution::Degenerate => concept.nothing(State::Degenerate, ""),
            Solution::Points { value: values, tied } => Found {
                value: values.iter().map(|number| text(&value(number))).collect(),
                tied: tied.iter().map(|tied| self.teller.tied(tied)).collect(),
                ..concept.nothing(State::Found, "")
            },
        }
    }

    /// One unit of the whole numbers, in the numbers of the parties.
    fn unit(&self) -> Exact {
        self.teller
            .scaled
            .factors
            .first()
            .map_or_else(|| Exact::from_integer(1.into()), |factor| Exact::new(1.into(), factor.clone()))
    }

    fn product(&self, product: &Exact) -> Exact {
        self.teller.scaled.exact_product(product.numer())
    }

    fn nash(&self, zone: Option<&Points<W>>) -> Found {
        let powers = Powers::equal(self.floor.len());
        let mut found = match zone {
            Some(zone) => {
                self.found(Concept::Nash, &solution::nash(zone, self.disagreement, &powers, self.teller.list), |p| {
                    self.product(p)
                })
            }
            None => self.nash_alone(&powers),
        };
        if found.state == State::Degenerate {
            found
                .remarks
                .push("There are packages, and none in which every party gains: every product is 0".to_owned());
        }
        found
    }

    /// The Nash point by branch and bound.
    fn nash_alone(&self, powers: &Powers) -> Found {
        let limits = Limits { list: self.teller.list, ..Limits::default() };
        match nash_point(self.problem, self.disagreement, self.floor, powers, limits) {
            Ok(search) => {
                let mut found = self.found(Concept::Nash, &search.solution, |p| self.product(p));
                found.remarks.push(format!(
                    "Found by branch and bound, without the frontier: {} parts of packages looked at",
                    search.nodes
                ));
                found
            }
            Err(Unfinished::Nodes { limit, best }) => {
                let best = best.map(|(product, package)| self.so_far(&product, &package)).unwrap_or_default();
                Concept::Nash.nothing(
                    State::NotComputed,
                    &format!("The search was stopped after {limit} parts of packages{best}"),
                )
            }
            Err(Unfinished::Ties { limit, product, package }) => {
                let best = self.so_far(&product, &package);
                let why = format!(
                    "The packages that tie were not all found within {limit} parts of packages{best}; no product is greater"
                );
                Concept::Nash.nothing(State::NotComputed, &why)
            }
        }
    }

    fn so_far(&self, product: &BigInt, package: &[u16]) -> String {
        let product = self.teller.scaled.exact_product(product);
        let options = self.teller.package(&package.to_vec());
        format!("; a product of {} is reached by {}", rounded(&product), options.join(", "))
    }

    fn kalai_smorodinsky(&self, zone: Option<&Points<W>>) -> (Found, Option<Vec<String>>) {
        let concept = Concept::KalaiSmorodinsky;
        let Some(zone) = zone else { return (concept.nothing(State::NotComputed, NO_FRONTIER), None) };
        let ideal = match self.ground.question.ideal {
            Ideal::Zone => solution::Ideal::Zone,
            Ideal::All => match solution::ideal(&self.teller.scaled.problem, self.ground.caps) {
                Ok(Some(ideal)) => solution::Ideal::Packages(ideal),
                Ok(None) => return (concept.nothing(State::NoPackage, ""), None),
                Err(_) => {
                    let why = "The greatest worth of a party could not be found within the limit";
                    return (concept.nothing(State::NotComputed, why), None);
                }
            },
        };
        let Normalised { ideal, left_out, solution } =
            solution::kalai_smorodinsky(zone, self.disagreement, ideal, self.teller.list);
        let mut found = self.found(concept, &solution, Exact::clone);
        if found.state == State::Degenerate {
            found
                .remarks
                .push("Nobody could gain anything, or some ideal lies below its disagreement value".to_owned());
        }
        for party in left_out {
            let name = &self.ground.domain.parties[party].name;
            found.remarks.push(format!("{name} cannot gain anything, so its share is undefined and left out"));
        }
        (found, (!ideal.is_empty()).then(|| self.teller.worth(&ideal)))
    }

    fn egalitarian(&self, zone: Option<&Points<W>>) -> Found {
        let concept = Concept::Egalitarian;
        let Some(zone) = zone else { return concept.nothing(State::NotComputed, NO_FRONTIER) };
        let solution = solution::egalitarian(zone, self.disagreement, self.teller.list);
        self.found(concept, &solution, |gain| gain * self.unit())
    }

    fn utilitarian(&self, zone: Option<&Points<W>>) -> Found {
        let concept = Concept::Utilitarian;
        let Some(zone) = zone else { return concept.nothing(State::NotComputed, NO_FRONTIER) };
        let solution = solution::utilitarian(zone, self.teller.list);
        let mut found = self.found(concept, &solution, |sum| sum * self.unit());
        if let Ok(values) = self.ground.disagreement {
            let nothing = |vector: &Vector| {
                let without = vector.worth.iter().zip(values).zip(&self.ground.domain.parties);
                without
                    .filter(|((worth, value), _)| **worth == text(value))
                    .map(|(_, party)| party.name.clone())
                    .collect::<Vec<_>>()
            };
            let mut names: Vec<String> = found.tied.iter().flat_map(nothing).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                found.remarks.push(format!("{name} gains nothing by it"));
            }
        }
        found
    }
}
