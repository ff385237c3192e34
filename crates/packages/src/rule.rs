//! Logical rules between options: of some literals, at least so many and at most so many hold.

/// "The option of this issue is one of these."
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal {
    /// The issue, by its place.
    pub issue: usize,
    /// For each option of the issue, whether the literal holds with it.
    pub holds: Box<[bool]>,
}

/// A rule that a package obeys. Every form of logical rule is one or several of these: "a and b imply c" is "at least one of
/// not a, not b, c".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// The literals that are counted.
    pub literals: Vec<Literal>,
    /// The least number of them that hold.
    pub at_least: usize,
    /// The greatest number of them that hold.
    pub at_most: usize,
}

impl Literal {
    /// The opposite literal.
    #[must_use]
    pub fn negated(&self) -> Literal {
        Literal { issue: self.issue, holds: self.holds.iter().map(|holds| !holds).collect() }
    }

    /// Whether a package meets it.
    #[must_use]
    pub fn met_by(&self, package: &[u16]) -> bool {
        self.holds[usize::from(package[self.issue])]
    }
}

impl Rule {
    /// At least one of the literals holds.
    #[must_use]
    pub fn any(literals: Vec<Literal>) -> Rule {
        let at_most = literals.len();
        Rule { literals, at_least: 1, at_most }
    }

    /// Not all of the literals hold.
    #[must_use]
    pub fn not_all(literals: Vec<Literal>) -> Rule {
        let at_most = literals.len().saturating_sub(1);
        Rule { literals, at_least: 0, at_most }
    }

    /// Whether a package meets it.
    #[must_use]
    pub fn met_by(&self, package: &[u16]) -> bool {
        let count = self.literals.iter().filter(|literal| literal.met_by(package)).count();
        (self.at_least..=self.at_most).contains(&count)
    }
}
