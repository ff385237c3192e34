//! Statements about options, true or false of an option vector.

use crate::code::Code;

/// A logical statement over options, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Formula {
    /// The option is taken.
    Option(usize),
    /// The entry does not hold.
    Not(Box<Formula>),
    /// All entries hold; so does an empty list.
    All(Vec<Formula>),
    /// At least one entry holds; of an empty list none does.
    Any(Vec<Formula>),
    /// If the first holds, the second does.
    Implies(Box<Formula>, Box<Formula>),
    /// Both hold or neither does.
    Iff(Box<Formula>, Box<Formula>),
    /// Of the entries, at least so many and at most so many hold.
    Count {
        /// The least number that hold.
        at_least: usize,
        /// The greatest number that hold.
        at_most: usize,
        /// The entries; one that is given twice counts twice.
        of: Vec<Formula>,
    },
}

impl Formula {
    /// The conjunction that a pattern over `Y`, `N` and `-` stands for, its first letter being option 0; nothing for other letters.
    #[must_use]
    pub fn pattern(letters: &str) -> Option<Formula> {
        let mut entries = Vec::new();
        for (option, letter) in letters.chars().enumerate() {
            match letter {
                'Y' => entries.push(Formula::Option(option)),
                'N' => entries.push(Formula::Not(Box::new(Formula::Option(option)))),
                '-' => {}
                _ => return None,
            }
        }
        Some(Formula::All(entries))
    }

    /// Whether it holds of an option vector.
    #[must_use]
    pub fn holds(&self, code: Code) -> bool {
        match self {
            Formula::Option(option) => code.has(*option),
            Formula::Not(entry) => !entry.holds(code),
            Formula::All(entries) => entries.iter().all(|entry| entry.holds(code)),
            Formula::Any(entries) => entries.iter().any(|entry| entry.holds(code)),
            Formula::Implies(first, second) => !first.holds(code) || second.holds(code),
            Formula::Iff(first, second) => first.holds(code) == second.holds(code),
            Formula::Count { at_least, at_most, of } => {
                let count = of.iter().filter(|entry| entry.holds(code)).count();
                (*at_least..=*at_most).contains(&count)
            }
        }
    }

    /// Whether it holds of every vector, or of none, that agrees with `code` on the options `known`; nothing where that cannot be told
    /// entry by entry. So `Some` is always right, and with all options known there always is one.
    #[must_use]
    pub fn truth(&self, known: Code, code: Code) -> Option<bool> {
        match self {
            Formula::Option(option) => known.has(*option).then(|| code.has(*option)),
            Formula::Not(entry) => entry.truth(known, code).map(|holds| !holds),
            Formula::All(entries) => decided(entries, known, code, false),
            Formula::Any(entries) => decided(entries, known, code, true),
            Formula::Implies(first, second) => match first.truth(known, code) {
                Some(false) => Some(true),
                Some(true) => second.truth(known, code),
                None => second.truth(known, code).filter(|holds| *holds),
            },
            Formula::Iff(first, second) => Some(first.truth(known, code)? == second.truth(known, code)?),
            Formula::Count { at_least, at_most, of } => {
                let truths = of.iter().map(|entry| entry.truth(known, code));
                let (holding, open) = truths.fold((0, 0), |(holding, open), truth| match truth {
                    Some(true) => (holding + 1, open),
                    Some(false) => (holding, open),
                    None => (holding, open + 1),
                });
                let range = *at_least..=*at_most;
                if range.contains(&holding) && range.contains(&(holding + open)) {
                    return Some(true);
                }
                (holding > *at_most || holding + open < *at_least || at_least > at_most).then_some(false)
            }
        }
    }

    /// How many parts it has, itself included.
    #[must_use]
    pub fn size(&self) -> usize {
        1 + match self {
            Formula::Option(_) => 0,
            Formula::Not(entry) => entry.size(),
            Formula::All(entries) | Formula::Any(entries) | Formula::Count { of: entries, .. } => {
                entries.iter().map(Formula::size).sum()
            }
            Formula::Implies(first, second) | Formula::Iff(first, second) => first.size() + second.size(),
        }
    }

    /// The options that are spoken of.
    #[must_use]
    pub fn options(&self) -> Code {
        match self {
            Formula::Option(option) => Code::NONE.with(*option, true),
            Formula::Not(entry) => entry.options(),
            Formula::All(entries) | Formula::Any(entries) | Formula::Count { of: entries, .. } => {
                entries.iter().fold(Code::NONE, |all, entry| all.or(entry.options()))
            }
            Formula::Implies(first, second) | Formula::Iff(first, second) => first.options().or(second.options()),
        }
    }

    /// The greatest option that is spoken of, which may lie beyond what a [`Code`] can hold.
    #[must_use]
    pub fn greatest_option(&self) -> Option<usize> {
        match self {
            Formula::Option(option) => Some(*option),
            Formula::Not(entry) => entry.greatest_option(),
            Formula::All(entries) | Formula::Any(entries) | Formula::Count { of: entries, .. } => {
                entries.iter().filter_map(Formula::greatest_option).max()
            }
            Formula::Implies(first, second) | Formula::Iff(first, second) => {
                first.greatest_option().max(second.greatest_option())
            }
        }
    }
}

/// The truth of a list in which one entry of the kind `decisive` decides.
fn decided(entries: &[Formula], known: Code, code: Code, decisive: bool) -> Option<bool> {
    let mut open = false;
    for entry in entries {
        match entry.truth(known, code) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => open = true,
        }
    }
    (!open).then_some(!decisive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(option: usize) -> Formula {
        Formula::Option(option)
    }

    #[test]
    fn a_pattern_is_a_conjunction() {
        let pattern = Formula::pattern("YN-").unwrap();
        let holds: Vec<u64> = (0..8).filter(|code| pattern.holds(Code::from(*code))).collect();
        assert_eq!(holds, [1, 5]);
        assert_eq!(Formula::pattern("YX"), None);
    }

    #[test]
    fn what_is_known_of_a_part_holds_of_every_whole() {
        let formulas = [
            Formula::Implies(option(0).into(), option(1).into()),
            Formula::Iff(option(0).into(), Formula::Not(option(2).into()).into()),
            Formula::Count { at_least: 1, at_most: 2, of: vec![option(0), option(1), option(1)] },
            Formula::Count { at_least: 2, at_most: 1, of: vec![option(0)] },
            Formula::All(vec![option(0), Formula::Any(vec![option(1), option(2)])]),
        ];
        for formula in &formulas {
            for (known, code) in (0..8u64).flat_map(|known| (0..8u64).map(move |code| (known, code))) {
                let wholes = (0..8u64).filter(|whole| whole & known == code & known).map(Code::from);
                if let Some(truth) = formula.truth(known.into(), code.into()) {
                    assert!(
                        wholes.into_iter().all(|whole| formula.holds(whole) == truth),
                        "{formula:?} {known} {code}"
                    );
                } else {
                    assert_ne!(known, 7, "{formula:?}");
                }
            }
        }
    }
}
