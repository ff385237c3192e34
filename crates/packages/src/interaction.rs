//! Packages that are worth more, or less, than the sum of their options: composed where few options work together, else found by search.
//!
//! Where options work together, an option that is worse on its own may be part of a package that nothing dominates. Where terms speak of
//! few issues at a time, parts of packages are still composed issue by issue, and compared only where every open term stands the same with
//! both (bucket elimination, Dechter 1999). Where they speak of many, packages are listed: the issues are cut in two, the parts on either side are listed once, and each pair is a package
//! (Horowitz and Sahni 1974). A part with which no pair can escape what is found already is passed over whole.

mod archive;
mod sides;

use num_bigint::BigUint;

use crate::frontier::{Caps, Frontier, Point, TooLarge, compute};
use crate::number::Whole;
use crate::problem::{Package, Problem};
use crate::term::{Term, TermError};
use archive::Archive;
use sides::Sides;

/// A problem with terms on several issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interactions<W> {
    problem: Problem<W>,
    terms: Vec<Term<W>>,
}

/// How much may be searched, and how much kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchLimits {
    /// The most packages, those that a rule forbids included.
    pub packages: u64,
    /// The most vectors on the frontier at any time of the search.
    pub vectors: usize,
}

impl Default for SearchLimits {
    fn default() -> Self {
        SearchLimits { packages: 1_000_000_000, vectors: 250_000 }
    }
}

/// Why a search was not made. A frontier is whole or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchRefused {
    /// There are too many packages to list. Fewer options or fewer issues would do, and so would leaving out the terms: without them the
    /// frontier is composed issue by issue, whatever the number of packages.
    Packages {
        /// The number of packages, those that a rule forbids included.
        packages: BigUint,
        /// The limit.
        limit: u64,
        /// The issues of which no term and no rule speaks: settled on their own, they need not be searched.
        apart: Vec<usize>,
    },
    /// More vectors than the limit were on the frontier of the packages listed.
    Vectors {
        /// The limit.
        limit: usize,
    },
}

/// A frontier that was found by search, not composed.
#[derive(Clone, Debug)]
pub struct Searched<W> {
    points: Vec<Point<W>>,
    witnesses: Vec<Package>,
    sides: Sides<W>,
}

/// A frontier where options work together, and how it was found.
#[derive(Clone, Debug)]
pub enum Found<W> {
    /// Composed issue by issue.
    Composed(Frontier<W>),
    /// By search through all packages.
    Searched(Searched<W>),
}

/// Why a frontier could neither be composed nor searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why it was not composed, with a bound that holds all the same.
    pub composing: TooLarge,
    /// Why it was not searched.
    pub searching: SearchRefused,
}

impl<W: Whole> Interactions<W> {
    /// A problem and the terms that go with it.
    ///
    /// # Errors
    /// See [`TermError`].
    pub fn new(problem: Problem<W>, terms: Vec<Term<W>>) -> Result<Self, TermError> {
        terms.iter().enumerate().try_for_each(|(place, term)| term.check(place, &problem))?;
        Ok(Interactions { problem, terms })
    }

    /// The problem without the terms.
    #[must_use]
    pub fn problem(&self) -> &Problem<W> {
        &self.problem
    }

    /// The value of a package on each coordinate, terms included.
    #[must_use]
    pub fn worth(&self, package: &[u16]) -> Vec<W> {
        let mut worth = self.problem.worth(package);
        for term in self.terms.iter().filter(|term| term.when.iter().all(|literal| literal.met_by(package))) {
            add(&mut worth, &term.bonus);
        }
        worth
    }

    /// The frontier: composed if the caps allow, else by search if the limits do.
    ///
    /// # Errors
    /// [`Refused`] if neither is possible.
    pub fn frontier(&self, caps: Caps, limits: SearchLimits) -> Result<Found<W>, Refused> {
        match self.compose(caps) {
            Ok(frontier) => Ok(Found::Composed(frontier)),
            Err(composing) => {
                self.search(limits).map(Found::Searched).map_err(|searching| Refused { composing, searching })
            }
        }
    }

    /// The frontier, composed issue by issue. The cost is that of [`crate::frontier`](fn@crate::frontier) with the terms as rules: it
    /// grows with the number of ways in which open terms can stand.
    ///
    /// # Errors
    /// [`TooLarge`] if the caps are passed.
    pub fn compose(&self, caps: Caps) -> Result<Frontier<W>, TooLarge> {
        compute(&self.problem, &self.terms, None, caps)
    }

    /// The frontier, by search.
    ///
    /// At most every package is looked at once, at some tens of nanoseconds each; memory is for the parts on either side of the cut and
    /// for the vectors kept. Sums of values and bonuses are assumed to fit in `W`.
    ///
    /// # Errors
    /// See [`SearchRefused`].
    pub fn search(&self, limits: SearchLimits) -> Result<Searched<W>, SearchRefused> {
        let sizes: Vec<usize> = (0..self.problem.issues()).map(|issue| self.problem.allowed(issue).count()).collect();
        let packages: BigUint = sizes.iter().map(|&size| BigUint::from(size)).product();
        if packages > BigUint::from(limits.packages) {
            return Err(SearchRefused::Packages { packages, limit: limits.packages, apart: self.apart() });
        }
        let sides = Sides::new(self, &sizes);
        let mut archive = Archive::new(self.problem.coordinates(), limits.vectors);
        sides.list(&mut archive)?;
        archive.settle()?;
        let witnesses = archive.first().iter().map(|&(left, right)| sides.package(left, right)).collect();
        Ok(Searched { points: archive.points(), witnesses, sides })
    }

    /// The issues of which no term and no rule speaks.
    fn apart(&self) -> Vec<usize> {
        let of_terms = self.terms.iter().flat_map(|term| &term.when);
        let of_rules = self.problem.rules().iter().flat_map(|rule| &rule.literals);
        let mut apart = vec![true; self.problem.issues()];
        of_terms.chain(of_rules).for_each(|literal| apart[literal.issue] = false);
        (0..apart.len()).filter(|&issue| apart[issue]).collect()
    }
}

impl<W: Whole> Found<W> {
    /// The points, the greatest first.
    #[must_use]
    pub fn points(&self) -> &[Point<W>] {
        match self {
            Found::Composed(frontier) => frontier.points(),
            Found::Searched(searched) => searched.points(),
        }
    }

    /// The first package, in canonical order, that has the worth of a point; the empty one where there is no such point.
    #[must_use]
    pub fn witness(&self, point: usize) -> Package {
        match self {
            Found::Composed(frontier) => frontier.witness(point),
            Found::Searched(searched) => searched.witness(point),
        }
    }

    /// All packages that have the worth of a point, in canonical order.
    pub fn packages(&self, point: usize) -> Box<dyn Iterator<Item = Package> + '_> {
        match self {
            Found::Composed(frontier) => Box::new(frontier.packages(point)),
            Found::Searched(searched) => Box::new(searched.packages(point)),
        }
    }
}

impl<W: Whole> Searched<W> {
    /// The points, the greatest first: by the first coordinate, then the second, and so on.
    #[must_use]
    pub fn points(&self) -> &[Point<W>] {
        &self.points
    }

    /// The exact number of packages on the frontier.
    #[must_use]
    pub fn package_count(&self) -> BigUint {
        self.points.iter().map(|point| &point.packages).sum()
    }

    /// The first package, in canonical order, that has the worth of a point; the empty one where there is no such point.
    #[must_use]
    pub fn witness(&self, point: usize) -> Package {
        self.witnesses.get(point).cloned().unwrap_or_default()
    }

    /// All packages that have the worth of a point, in canonical order, found one by one by searching again.
    pub fn packages(&self, point: usize) -> impl Iterator<Item = Package> {
        let worth = self.points.get(point).map(|point| &point.worth);
        let pairs = worth.into_iter().flat_map(move |worth| self.sides.pairs().map(move |pair| (worth, pair)));
        let mut sum = Vec::new();
        pairs.filter_map(move |(worth, (left, right))| {
            let is_it = self.sides.sum(left, right, &mut sum) && sum == *worth;
            is_it.then(|| self.sides.package(left, right))
        })
    }
}

fn add<W: Whole>(sum: &mut [W], value: &[W]) {
    sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
}
