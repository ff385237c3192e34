//! Numbers and places of the engine as texts and names.

use detente_packages::scale::{Int, Scale};
use detente_packages::solution::Tied;
use detente_packages::{Excess, Frontier as Points, Package, TooLarge};

use crate::answer::{Bound, Frontier, Vector};
use crate::domain::Domain;
use crate::merge::Merged;
use crate::numbers::text;

/// What names and factors the results of the engine have in the domain.
pub(super) struct Teller<'t, W> {
    pub domain: &'t Domain,
    pub merged: &'t Merged,
    pub scaled: &'t Scale<W>,
    /// Points and packages that are listed, at most.
    pub list: usize,
}

impl<W: Int> Teller<'_, W> {
    pub fn worth(&self, worth: &[W]) -> Vec<String> {
        self.scaled.exact_vector(worth).iter().map(text).collect()
    }

    /// The option of each issue, by name.
    pub fn package(&self, package: &Package) -> Vec<String> {
        let split = self.merged.split(package);
        split
            .iter()
            .zip(&self.domain.issues)
            .map(|(option, issue)| issue.options[usize::from(*option)].clone())
            .collect()
    }

    pub fn frontier(&self, points: &Points<W>) -> Frontier {
        let vector = |(place, point): (usize, &detente_packages::Point<W>)| Vector {
            worth: self.worth(&point.worth),
            packages: point.packages.to_string(),
            first: points.packages(place).take(self.list).map(|package| self.package(&package)).collect(),
        };
        Frontier {
            points: points.points().len(),
            packages: points.package_count().to_string(),
            vectors: points.points().iter().take(self.list).enumerate().map(vector).collect(),
        }
    }

    pub fn tied(&self, tied: &Tied<W>) -> Vector {
        Vector {
            worth: self.worth(&tied.worth),
            packages: tied.packages.to_string(),
            first: tied.first.iter().map(|package| self.package(package)).collect(),
        }
    }

    pub fn bound(&self, large: &TooLarge) -> Bound {
        let most = large
            .upper
            .iter()
            .zip(&self.scaled.factors)
            .map(|(most, factor)| text(&detente_packages::Exact::new(most.clone(), factor.clone())));
        let of = match large.what {
            Excess::Vectors(_) => "vectors",
            Excess::Standings(_) => "ways in which rules can stand",
        };
        Bound { limit: large.cap, of: of.to_owned(), issues_done: large.done, most: most.collect() }
    }
}
