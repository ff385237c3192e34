//! The parameters of a question: read whole, each checked, none ignored.

use detente_case::{Day, When};

use crate::fault::Fault;

/// The longest text of parameters.
const LONGEST: usize = 8_000;
/// The longest name of a job.
const LONGEST_JOB: usize = 64;

/// The parameters of a question, decoded, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the part of an address behind the `?`. A name that ends in `.` stands for all names that begin so.
    ///
    /// # Errors
    /// If a parameter is not among the known ones, or all of them together are too long.
    pub(crate) fn read(query: Option<&str>, known: &[&str]) -> Result<Self, Fault> {
        let query = query.unwrap_or_default();
        if query.len() > LONGEST {
            return Err(Fault::question("The address is too long. Ask for fewer things at once."));
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let is_known =
            |name: &str| known.iter().any(|known| *known == name || known.ends_with('.') && name.starts_with(known));
        match pairs.iter().find(|(name, _)| !is_known(name)) {
            None => Ok(Parameters(pairs)),
            Some((name, _)) if known.is_empty() => {
                Err(Fault::question(format!("`{}` is no parameter here; this takes none.", shown(name))))
            }
            Some((name, _)) => Err(Fault::question(format!(
                "`{}` is no parameter here; this takes {}.",
                shown(name),
                known.join(", ")
            ))),
        }
    }

    /// Parameters that the program gives itself.
    pub(crate) fn of(pairs: &[(&str, Option<&String>)]) -> Self {
        let given = pairs.iter().filter_map(|(name, value)| Some(((*name).to_owned(), (*value)?.clone())));
        Parameters(given.collect())
    }

    /// The value of a parameter; none if it is not given or empty.
    ///
    /// # Errors
    /// If it is given twice.
    pub(crate) fn one<'p>(&'p self, name: &'p str) -> Result<Option<&'p str>, Fault> {
        let mut all = self.all(name);
        match (all.next(), all.next()) {
            (_, Some(_)) => Err(Fault::question(format!("`{name}` is given twice. Give it once."))),
            (one, None) => Ok(one),
        }
    }

    /// Every value of a parameter that is not empty.
    pub(crate) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        let pairs = self.0.iter().filter(move |(other, _)| other == name);
        pairs.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The parameters that begin with a text: what follows it, and the value.
    pub(crate) fn beginning<'p>(&'p self, text: &'p str) -> impl Iterator<Item = (&'p str, &'p str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(text)?, value.as_str())))
    }

    /// The entries of a list, parted by commas or given several times; sorted, each once.
    #[must_use]
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let entries = self.all(name).flat_map(|value| value.split(',')).map(str::trim);
        let mut entries: Vec<String> = entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect();
        entries.sort();
        entries.dedup();
        entries
    }

    /// A day; a month or a year stands for its last day.
    ///
    /// # Errors
    /// If it is no date.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Day>, Fault> {
        let read = |text: &str| {
            When::parse(text).map(When::last).ok_or_else(|| {
                Fault::question(format!(
                    "`{}` is not a date. Dates are written 2022-03-29, 2022-03 or 2022.",
                    shown(text)
                ))
            })
        };
        self.one(name)?.map(read).transpose()
    }

    /// A whole number within bounds.
    ///
    /// # Errors
    /// If it is none, or outside the bounds.
    pub(crate) fn number(&self, name: &str, least: u32, most: u32) -> Result<Option<u32>, Fault> {
        let read = |text: &str| {
            let number = text.parse().ok().filter(|number| (least..=most).contains(number));
            number.ok_or_else(|| Fault::question(format!("`{name}` is a whole number from {least} to {most}.")))
        };
        self.one(name)?.map(read).transpose()
    }

    /// The name of a job, as the browser chose it.
    ///
    /// # Errors
    /// If it is not short and plain.
    pub(crate) fn job(&self) -> Result<Option<String>, Fault> {
        self.one("job")?.map(job_name).transpose()
    }
}

/// A name of a job: letters, digits, `-` and `_`.
pub(crate) fn job_name(text: &str) -> Result<String, Fault> {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if text.is_empty() || text.len() > LONGEST_JOB || !text.chars().all(plain) {
        return Err(Fault::question("The name of a job has at most 64 letters, digits, `-` and `_`."));
    }
    Ok(text.to_owned())
}

/// A text from outside as it may be shown: short, without control characters.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let plain: String = text.chars().filter(|character| !character.is_control()).take(LONGEST + 1).collect();
    if plain.chars().count() > LONGEST {
        let short: String = plain.chars().take(LONGEST).collect();
        return format!("{short}…");
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_known_single_and_decoded() {
        let known = ["at", "lift", "threshold."];
        let read = |query: &str| Parameters::read(Some(query), &known);
        let given = read("at=2022-03&lift=p2,p1&lift=%70%33,p1&threshold.A%20B=0.4").unwrap();
        assert_eq!(given.day("at").unwrap().unwrap().to_string(), "2022-03-31");
        assert_eq!(given.list("lift"), ["p1", "p2", "p3"]);
        assert_eq!(given.beginning("threshold.").collect::<Vec<_>>(), [("A B", "0.4")]);
        assert!(read("at=1&at=2").unwrap().one("at").unwrap_err().sentence.contains("twice"));
        assert!(read("at=never").unwrap().day("at").unwrap_err().sentence.contains("not a date"));
        assert!(read("when=2022").unwrap_err().sentence.contains("at, lift"));
        assert!(read(&"a".repeat(9_000)).is_err());
        // What is no text is read as something that is none of the known.
        assert!(read("%ff%00=1").is_err());
    }

    #[test]
    fn names_of_jobs_are_plain() {
        assert_eq!(job_name("a-1_B").unwrap(), "a-1_B");
        for bad in ["", "a b", "../x", "ä", &"a".repeat(65)] {
            assert!(job_name(bad).is_err(), "{bad}");
        }
    }
}
