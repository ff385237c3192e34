//! Conditions of an offer or a limit: entries that must all hold.

use crate::ids::{Id, List};
use crate::issue::{Issue, OptionPlace};

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The option of the row's own issue to which it applies; all of them if none.
    pub applies_to: Option<OptionPlace>,
    /// What must hold.
    pub requires: Requirement,
}

/// What a condition requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// An outcome on an issue.
    Outcome(Id<Issue>, OptionPlace),
    /// Something that lies on no scale, in words.
    Words(Box<str>),
}

/// Reads entries separated by semicolons: `issue=option`, `'free text'`, or either after `option:`.
///
/// # Errors
/// The entry that cannot be read, with what was expected.
pub(crate) fn parse(text: &str, own: Option<Id<Issue>>, issues: &List<Issue>) -> Result<Vec<Condition>, String> {
    entries(text).into_iter().map(|entry| parse_entry(entry, own, issues)).collect()
}

fn parse_entry(entry: &str, own: Option<Id<Issue>>, issues: &List<Issue>) -> Result<Condition, String> {
    let own_option = |word: &str| own.and_then(|issue| issues[issue].option(word.trim()));
    let (applies_to, rest) = match entry.split_once(':') {
        Some((word, rest)) if !entry.starts_with('\'') && own_option(word).is_some() => (own_option(word), rest.trim()),
        _ => (None, entry),
    };
    if let Some(words) = rest.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return Ok(Condition { applies_to, requires: Requirement::Words(words.into()) });
    }
    let Some((issue, option)) = rest.split_once('=') else {
        return Ok(Condition { applies_to, requires: Requirement::Words(rest.into()) });
    };
    let (issue, option) = (issue.trim(), option.trim());
    let Some((id, found)) = issues.with_ids().find(|(_, candidate)| *candidate.id == *issue) else {
        return Err(format!(
            "`{rest}`: no issue has the id `{issue}`; words that are on no scale stand between apostrophes: '…'"
        ));
    };
    match found.option(option) {
        Some(place) => Ok(Condition { applies_to, requires: Requirement::Outcome(id, place) }),
        None => Err(format!("`{rest}`: `{issue}` has no option `{option}`")),
    }
}

/// Splits at semicolons outside apostrophes. An apostrophe closes only before a semicolon or the end, so words may hold some.
fn entries(text: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let first = rest.find(';').unwrap_or(rest.len());
        let opens = |before: &str| before.trim_end().is_empty() || before.trim_end().ends_with(':');
        let opened = rest.find('\'').filter(|at| *at < first && opens(&rest[..*at]));
        let from = match opened {
            Some(at) => closing(rest, at + 1),
            None => 0,
        };
        let end = rest[from..].find(';').map_or(rest.len(), |at| from + at);
        let entry = rest[..end].trim();
        if !entry.is_empty() {
            entries.push(entry);
        }
        rest = rest.get(end + 1..).unwrap_or_default().trim_start();
    }
    entries
}

/// The end of the quoted words that begin at `from`.
fn closing(text: &str, from: usize) -> usize {
    for (at, _) in text[from..].match_indices('\'') {
        let after = text[from + at + 1..].trim_start();
        if after.is_empty() || after.starts_with(';') {
            return from + at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_apostrophes_may_hold_semicolons_and_apostrophes() {
        assert_eq!(
            entries("'guarantees, content not stated';'referendum'"),
            ["'guarantees, content not stated'", "'referendum'"]
        );
        assert_eq!(entries("'one; two'; a=b"), ["'one; two'", "a=b"]);
        assert_eq!(entries("td4:'it's open'"), ["td4:'it's open'"]);
        assert_eq!(entries(" ; ;x"), ["x"]);
        assert_eq!(entries("'open"), ["'open"]);
        assert_eq!(entries("it's agreed; a=b"), ["it's agreed", "a=b"]);
    }
}
