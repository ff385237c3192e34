//! What each option of each issue is worth on each coordinate, and which packages there are.

use crate::number::Number;
use crate::rule::Rule;

/// One option for every issue, by their places.
pub type Package = Vec<u16>;

/// Issues with options, what each option is worth on each coordinate, and what rules packages out.
///
/// A coordinate is the utility of a party; where premiums depend on the package, a party has a second one, its premium with the
/// sign turned, so that more is better on every coordinate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem<W> {
    coordinates: usize,
    base: Vec<W>,
    /// For each issue, `options × coordinates` values, option by option.
    values: Vec<Vec<W>>,
    /// For each issue, whether each option may be chosen.
    allowed: Vec<Vec<bool>>,
    rules: Vec<Rule>,
}

/// Why something is no problem to solve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemError {
    /// There are no coordinates: nobody's consent is asked for.
    NoParties,
    /// An issue, by its place, has no options.
    EmptyIssue(usize),
    /// An issue, by its place, has more than 65,535 options.
    TooManyOptions(usize),
    /// An option, by issue and place, has another number of values than there are coordinates.
    Values(usize, usize),
    /// A rule, by its place, speaks of an issue or option that there is not.
    UnknownOption(usize),
}

impl<W: Number> Problem<W> {
    /// A problem: the value that every package starts from on each coordinate, and for each issue the values of its options.
    ///
    /// # Errors
    /// See [`ProblemError`].
    pub fn new(base: Vec<W>, issues: Vec<Vec<Vec<W>>>) -> Result<Self, ProblemError> {
        let coordinates = base.len();
        if coordinates == 0 {
            return Err(ProblemError::NoParties);
        }
        let mut values = Vec::with_capacity(issues.len());
        let mut allowed = Vec::with_capacity(issues.len());
        for (issue, options) in issues.into_iter().enumerate() {
            if options.is_empty() {
                return Err(ProblemError::EmptyIssue(issue));
            }
            if options.len() > usize::from(u16::MAX) {
                return Err(ProblemError::TooManyOptions(issue));
            }
            if let Some(option) = options.iter().position(|option| option.len() != coordinates) {
                return Err(ProblemError::Values(issue, option));
            }
            allowed.push(vec![true; options.len()]);
            values.push(options.into_iter().flatten().collect());
        }
        Ok(Problem { coordinates, base, values, allowed, rules: Vec::new() })
    }

    /// The same problem without an option.
    pub fn forbid(&mut self, issue: usize, option: usize) {
        if let Some(allowed) = self.allowed.get_mut(issue).and_then(|options| options.get_mut(option)) {
            *allowed = false;
        }
    }

    /// Adds a rule.
    ///
    /// # Errors
    /// [`ProblemError::UnknownOption`] if it speaks of an issue that there is not, or of another number of options.
    pub fn add_rule(&mut self, rule: Rule) -> Result<(), ProblemError> {
        let fits = |issue: usize, options: usize| self.allowed.get(issue).is_some_and(|all| all.len() == options);
        if !rule.literals.iter().all(|literal| fits(literal.issue, literal.holds.len())) {
            return Err(ProblemError::UnknownOption(self.rules.len()));
        }
        self.rules.push(rule);
        Ok(())
    }

    /// The number of coordinates.
    #[must_use]
    pub fn coordinates(&self) -> usize {
        self.coordinates
    }

    /// The number of issues.
    #[must_use]
    pub fn issues(&self) -> usize {
        self.values.len()
    }

    /// The number of options of an issue, those ruled out included.
    #[must_use]
    pub fn options(&self, issue: usize) -> usize {
        self.allowed[issue].len()
    }

    /// The options of an issue that may be chosen, in order.
    pub fn allowed(&self, issue: usize) -> impl Iterator<Item = usize> {
        self.allowed[issue].iter().enumerate().filter(|(_, allowed)| **allowed).map(|(option, _)| option)
    }

    /// The values of an option, one a coordinate.
    #[must_use]
    pub fn value(&self, issue: usize, option: usize) -> &[W] {
        &self.values[issue][option * self.coordinates..(option + 1) * self.coordinates]
    }

    /// What every package starts from, one a coordinate.
    #[must_use]
    pub fn base(&self) -> &[W] {
        &self.base
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The same options and rules with other values: `change` is given the base and each option's values, and gives as many numbers
    /// each time.
    ///
    /// # Errors
    /// [`ProblemError::NoParties`] or [`ProblemError::Values`] if it gives none, or not the same number each time.
    pub fn map_worths<V: Number>(&self, mut change: impl FnMut(&[W]) -> Vec<V>) -> Result<Problem<V>, ProblemError> {
        let base = change(&self.base);
        self.mapped(base, |_, values| change(values))
    }

    /// The same problem with other values of options: `change` is given each issue and the values of each of its options.
    ///
    /// # Errors
    /// [`ProblemError::Values`] if it gives another number of values.
    pub fn map_options(&self, change: impl FnMut(usize, &[W]) -> Vec<W>) -> Result<Problem<W>, ProblemError> {
        self.mapped(self.base.clone(), change)
    }

    fn mapped<V: Number>(
        &self,
        base: Vec<V>,
        mut change: impl FnMut(usize, &[W]) -> Vec<V>,
    ) -> Result<Problem<V>, ProblemError> {
        let issues = (0..self.issues())
            .map(|issue| (0..self.options(issue)).map(|option| change(issue, self.value(issue, option))).collect());
        let mut changed = Problem::new(base, issues.collect())?;
        changed.allowed.clone_from(&self.allowed);
        changed.rules.clone_from(&self.rules);
        Ok(changed)
    }

    /// The value of a package on each coordinate.
    #[must_use]
    pub fn worth(&self, package: &[u16]) -> Vec<W> {
        let mut worth = self.base.clone();
        for (issue, option) in package.iter().enumerate() {
            worth.iter_mut().zip(self.value(issue, usize::from(*option))).for_each(|(sum, value)| *sum += value);
        }
        worth
    }

    /// Whether a package is one of the problem's: one option an issue, none ruled out, every rule met.
    #[must_use]
    pub fn admits(&self, package: &[u16]) -> bool {
        package.len() == self.issues()
            && package.iter().zip(&self.allowed).all(|(option, all)| all.get(usize::from(*option)) == Some(&true))
            && self.rules.iter().all(|rule| rule.met_by(package))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Literal;

    #[test]
    fn a_package_is_worth_its_base_and_its_options() {
        let problem = Problem::new(vec![1, 0], vec![vec![vec![7, 5], vec![2, 7]], vec![vec![5, 2]]]);
        assert_eq!(problem.map(|problem| problem.worth(&[1, 0])), Ok(vec![8, 9]));
    }

    #[test]
    fn a_package_is_admitted_unless_an_option_is_ruled_out_or_a_rule_is_broken() -> Result<(), ProblemError> {
        let mut problem = Problem::new(vec![0_i64], vec![vec![vec![1], vec![2]], vec![vec![1], vec![2]]])?;
        problem.forbid(0, 0);
        let second = |issue| Literal { issue, holds: [false, true].into() };
        problem.add_rule(Rule::not_all(vec![second(0), second(1)]))?;
        assert!(problem.admits(&[1, 0]));
        assert!(!problem.admits(&[1, 1]));
        assert!(!problem.admits(&[0, 0]));
        assert!(!problem.admits(&[1]));
        Ok(())
    }

    #[test]
    fn what_cannot_be_solved_is_refused() {
        assert_eq!(Problem::<i64>::new(vec![], vec![]), Err(ProblemError::NoParties));
        assert_eq!(Problem::new(vec![0], vec![vec![]]), Err(ProblemError::EmptyIssue(0)));
        assert_eq!(Problem::new(vec![0], vec![vec![vec![1, 2]]]), Err(ProblemError::Values(0, 0)));
    }
}
