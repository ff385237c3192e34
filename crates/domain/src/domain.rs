//! Issues with options, and what each party makes of them.

use detente_packages::Exact;
use num_traits::Zero;

/// A negotiation: what is to be settled, and what each party makes of every way to settle it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// What it is called: usually the name of its file.
    pub name: String,
    /// The issues, in the order of the file.
    pub issues: Vec<Issue>,
    /// The parties, in the order in which they were given.
    pub parties: Vec<Party>,
}

/// A question to be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its name; no two issues of a domain have the same.
    pub name: String,
    /// The names of its options, at least one; no two have the same.
    pub options: Vec<String>,
}

/// What somebody whose consent is needed makes of the packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its name; no two parties of a domain have the same.
    pub name: String,
    /// What each option of each issue is worth to it.
    pub worth: Vec<Vec<Exact>>,
    /// What combinations of options are worth on top of that.
    pub terms: Vec<Term>,
    /// The least that it accepts.
    pub reservation: Option<Exact>,
    /// What worth is multiplied by for each unit of time that passes. Kept and shown; nothing applies it.
    pub discount: Option<Exact>,
}

/// A worth that a package has if the option of every issue named is among those listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Issues by their places, ascending, each with whether each of its options counts.
    pub holds: Vec<(usize, Vec<bool>)>,
    /// What it adds.
    pub worth: Exact,
}

impl Domain {
    /// Whether what a package is worth is the sum of what its options are worth, for every party.
    #[must_use]
    pub fn is_additive(&self) -> bool {
        self.parties.iter().all(|party| party.terms.is_empty())
    }

    /// What a package, one place of an option an issue, is worth to a party.
    #[must_use]
    pub fn worth(&self, party: usize, package: &[u16]) -> Exact {
        let party = &self.parties[party];
        let options = party.worth.iter().zip(package).map(|(options, chosen)| options[usize::from(*chosen)].clone());
        let within = |term: &&Term| term.holds.iter().all(|(issue, holds)| holds[usize::from(package[*issue])]);
        let terms = party.terms.iter().filter(within).map(|term| term.worth.clone());
        options.chain(terms).fold(Exact::zero(), |sum, worth| sum + worth)
    }

    /// The least and the most that the options alone can be worth to a party, each issue by itself.
    #[must_use]
    pub fn range(&self, party: usize) -> (Exact, Exact) {
        let party = &self.parties[party];
        let mut range = (Exact::zero(), Exact::zero());
        for options in &party.worth {
            range.0 += options.iter().min().cloned().unwrap_or_else(Exact::zero);
            range.1 += options.iter().max().cloned().unwrap_or_else(Exact::zero);
        }
        for term in &party.terms {
            if term.worth < Exact::zero() { range.0 += &term.worth } else { range.1 += &term.worth }
        }
        range
    }
}
