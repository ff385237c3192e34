//! GENIUS XML: a domain file, and a profile for each party.
//!
//! Numbers are read from their text, exactly. Weights are matched to issues by index, items by value; nothing is matched by order, and
//! nothing is made up. What an evaluation means is not settled between the tools that read these files, so both readings are here.

mod outline;
mod profile;
mod xml;

use detente_case::{Code, Diagnostic, Findings};
use detente_packages::Exact;
use num_traits::{One, Zero};

use crate::domain::Domain;
use crate::limits;
use crate::name::file_stem;
use crate::numbers::rounded;
use outline::Outline;
use profile::Profile;

/// What an evaluation in a profile means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// The number itself: weight × evaluation.
    Raw,
    /// A share of the greatest evaluation of its issue: weight × evaluation ÷ greatest. Of an integer issue, the evaluator's value
    /// kept between 0 and 1. Of rectangles, their sum ÷ `maxutility`.
    Genius,
}

impl Reading {
    /// Its name in options and results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Reading::Raw => "raw",
            Reading::Genius => "genius",
        }
    }
}

/// A domain file and its profiles, read.
#[derive(Debug)]
pub struct Genius {
    name: String,
    outline: Outline,
    profiles: Vec<Profile>,
}

/// A file: its name as people know it, and its bytes.
pub type File<'f> = (&'f str, &'f [u8]);

/// Reads a domain file and a profile for each party. Findings with errors mean that there is no result.
///
/// # Errors
/// All findings, if some of them are errors: each with file, line and element.
pub fn read(domain: File<'_>, profiles: &[File<'_>]) -> Result<Genius, Vec<Diagnostic>> {
    let mut findings = Findings::default();
    let Some(outline) = outline::read(domain.0, domain.1, &mut findings) else { return Err(findings.into_sorted()) };
    if profiles.is_empty() {
        let finding = Diagnostic::new(Code::NotADomain, domain.0, "a domain alone says nothing of what anybody wants");
        findings
            .push(finding.hint("name the profiles after it: `detente packages DOMAIN.xml PROFILE.xml PROFILE.xml`"));
    }
    if profiles.len() > limits::PARTIES {
        let message = format!("{} profiles; at most {} are read", profiles.len(), limits::PARTIES);
        findings.push(Diagnostic::new(Code::TooMany, domain.0, message));
        return Err(findings.into_sorted());
    }
    let mut read: Vec<Profile> = Vec::new();
    for (file, bytes) in profiles {
        let Some(profile) = profile::read(file, bytes, &outline, &mut findings) else { continue };
        if read.iter().any(|other| other.name() == profile.name()) {
            let message = format!("two profiles are called `{}`; a party is called as its file", profile.name());
            findings
                .push(Diagnostic::new(Code::Repeated, file, message).hint("copy one of the files under another name"));
        }
        read.push(profile);
    }
    if findings.has_errors() {
        return Err(findings.into_sorted());
    }
    Ok(Genius { name: file_stem(domain.0), outline, profiles: read })
}

impl Genius {
    /// Whether the two readings give any option another worth.
    #[must_use]
    pub fn readings_differ(&self) -> bool {
        self.profiles.iter().any(Profile::readings_differ)
    }

    /// What is worth saying of the files, whatever the reading: warnings and notes.
    #[must_use]
    pub fn remarks(&self, normalise: bool) -> Vec<Diagnostic> {
        self.profiles.iter().flat_map(|profile| profile.remarks(normalise)).collect()
    }

    /// The domain by a reading, with the weights as they stand or divided by their sum; and warnings of reservation values that are on
    /// another scale than what packages are worth.
    #[must_use]
    pub fn domain(&self, reading: Reading, normalise: bool) -> (Domain, Vec<Diagnostic>) {
        let domain = Domain {
            name: self.name.clone(),
            issues: self.outline.issues.iter().map(|outlined| outlined.issue.clone()).collect(),
            parties: self.profiles.iter().map(|profile| profile.party(reading, normalise)).collect(),
        };
        let warnings = self.profiles.iter().enumerate().filter_map(|(place, profile)| {
            let reservation = domain.parties[place].reservation.as_ref().filter(|value| !value.is_zero())?;
            let (least, most) = domain.range(place);
            let shares = *reservation > Exact::zero() && *reservation <= Exact::one();
            let beyond_shares = most > Exact::from_integer(2.into());
            let what = if reservation > &most {
                "no package reaches it"
            } else if reading == Reading::Raw && shares && beyond_shares {
                "it seems to be on another scale"
            } else {
                return None;
            };
            let message = format!(
                "read as `{}`, packages are worth {} to {}, and the reservation value is {}: {what}",
                reading.name(),
                rounded(&least),
                rounded(&most),
                rounded(reservation)
            );
            let finding = Diagnostic::new(Code::OtherScale, &profile.file, message)
                .hint("reservation values of these files are meant for worths from 0 to 1");
            Some(match profile.reservation_line() {
                Some(line) => finding.at(line, None),
                None => finding,
            })
        });
        let warnings = warnings.collect();
        (domain, warnings)
    }
}
