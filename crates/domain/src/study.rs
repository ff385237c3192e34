//! What the packages of a domain come to: the frontier and the packages that stand out.

mod solve;
mod tell;

use std::fmt;

use detente_packages::scale::{Factors, Int, Scale, Scaled, scale};
use detente_packages::solution::{self, Disagreement, NoDisagreement};
use detente_packages::{Caps, Exact, Package, Rule, frontier, frontier_above};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use crate::answer::{Answer, IssueAnswer, PartyAnswer, Solutions};
use crate::domain::{Domain, Party};
use crate::limits;
use crate::merge::{Merged, TooInterwoven};
use crate::numbers::text;
use crate::rules::{LineRule, met};
use solve::Solver;
use tell::Teller;

/// What is asked about a domain.
#[derive(Clone, Debug)]
pub struct Question {
    /// How evaluations were read, if there was a choice.
    pub scores: Option<&'static str>,
    /// What each party gets without agreement.
    pub no_agreement: NoAgreement,
    /// Over which packages the greatest worth of a party is taken.
    pub ideal: Ideal,
    /// Vectors that are kept at once, at most.
    pub limit: usize,
    /// Points of a frontier, and packages of a vector, that are listed, at most.
    pub list: usize,
}

/// A rule for what each party gets without agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAgreement {
    /// Its reservation value.
    Reservation,
    /// The least that any package is worth to it.
    Minimum,
    /// Nothing.
    Zero,
    /// What a package is worth, less the cost of no agreement. That package itself is no agreement.
    StatusQuo {
        /// One option an issue, by their places.
        package: Package,
        /// One cost a party, not negative.
        cost: Vec<Exact>,
    },
}

impl NoAgreement {
    /// Its name in options and results.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            NoAgreement::Reservation => "reservation",
            NoAgreement::Minimum => "minimum",
            NoAgreement::Zero => "zero",
            NoAgreement::StatusQuo { .. } => "status-quo",
        }
    }
}

/// Over which packages the greatest worth of a party is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ideal {
    /// Those that reach every reservation and disagreement value.
    Zone,
    /// All.
    All,
}

impl Ideal {
    /// Its name in options and results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Ideal::Zone => "zone",
            Ideal::All => "all",
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudyError {
    /// Interwoven issues have too many combinations.
    TooInterwoven(TooInterwoven),
    /// The numbers of the parties have no common denominator of a size that can be worked with.
    NumbersTooLong,
    /// The status quo or its costs do not fit the domain.
    StatusQuo,
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StudyError::TooInterwoven(which) => which.fmt(f),
            StudyError::NumbersTooLong => f.write_str(
                "the numbers are fractions without a common denominator of workable size; fewer digits would help",
            ),
            StudyError::StatusQuo => {
                f.write_str("the status quo is not one option an issue with a cost of at least 0 for each party")
            }
        }
    }
}

impl std::error::Error for StudyError {}

/// Studies a domain: counts its packages, finds the frontier, and what stands out.
///
/// The work grows with the frontier, not with the number of packages, and is kept within [`Question::limit`]; beyond it the answer says what
/// bound holds, and the Nash point is sought by branch and bound.
///
/// # Errors
/// See [`StudyError`].
pub fn study(domain: &Domain, rules: &[LineRule], question: &Question) -> Result<Answer, StudyError> {
    if !workable(domain) {
        return Err(StudyError::NumbersTooLong);
    }
    let simple: Vec<&Rule> = rules.iter().flat_map(|rule| &rule.rules).collect();
    let merged = Merged::of(domain, &simple).map_err(StudyError::TooInterwoven)?;
    let caps = Caps { vectors: question.limit };
    let disagreement = disagreement(domain, &merged, &question.no_agreement, caps)?;
    let floor = floor(domain, disagreement.as_ref().ok());
    // One factor for all parties, so that sums and differences across them mean what they say.
    let vectors = [floor.clone(), disagreement.as_ref().unwrap_or(&floor).clone()];
    let scaled = scale(&merged.problem, &vectors, Factors::OneForAll).map_err(|_| StudyError::StatusQuo)?;
    let ground = Ground { domain, question, merged: &merged, caps, disagreement: &disagreement };
    let mut answer = match &scaled {
        Scaled::Narrow(scaled) => ground.study(scaled)?,
        Scaled::Wide(scaled) => ground.study(scaled)?,
        Scaled::Any(scaled) => ground.study(scaled)?,
    };
    answer.packages = met(domain, simple.into_iter(), caps).map(|count| count.to_string());
    answer.rules = rules.iter().map(|rule| rule.text.clone()).collect();
    Ok(answer)
}

/// Whether the number that makes all worths whole is of a size that can be worked with.
fn workable(domain: &Domain) -> bool {
    let mut common = BigInt::one();
    for party in &domain.parties {
        let terms = party.terms.iter().map(|term| &term.worth);
        for number in party.worth.iter().flatten().chain(terms).chain(&party.reservation) {
            if !(&common % number.denom()).is_zero() {
                common = common.lcm(number.denom());
            }
            if common.bits() > limits::COMMON_BITS {
                return false;
            }
        }
    }
    true
}

/// The disagreement values; or why the rule gives none, in words.
type Disagreed = Result<Vec<Exact>, String>;

fn disagreement(domain: &Domain, merged: &Merged, rule: &NoAgreement, caps: Caps) -> Result<Disagreed, StudyError> {
    let rule = match rule {
        NoAgreement::Reservation => {
            let without: Vec<&str> =
                domain.parties.iter().filter(|p| p.reservation.is_none()).map(|p| p.name.as_str()).collect();
            if !without.is_empty() {
                return Ok(Err(format!(
                    "Gains are counted from what each party gets without agreement, and no reservation value is given for {}; `--disagreement minimum` or `zero` names another rule",
                    without.join(", ")
                )));
            }
            Disagreement::Reservation(domain.parties.iter().filter_map(|party| party.reservation.clone()).collect())
        }
        NoAgreement::Minimum => Disagreement::Minimum,
        NoAgreement::Zero => Disagreement::Zero,
        NoAgreement::StatusQuo { package, cost } => {
            let fits = package.len() == domain.issues.len()
                && package.iter().zip(&domain.issues).all(|(option, issue)| usize::from(*option) < issue.options.len());
            if !fits {
                return Err(StudyError::StatusQuo);
            }
            Disagreement::StatusQuo { package: merged.joined(package), cost: cost.clone() }
        }
    };
    match rule.values(&merged.problem, caps) {
        Ok(values) => Ok(Ok(values)),
        Err(NoDisagreement::NoPackage) => Ok(Err("There is no package".to_owned())),
        Err(NoDisagreement::TooLarge(_)) => {
            Ok(Err("The least worth of a party could not be found within the limit".to_owned()))
        }
        Err(NoDisagreement::Values | NoDisagreement::NegativeCost(_) | NoDisagreement::NoSuchPackage) => {
            Err(StudyError::StatusQuo)
        }
    }
}

/// The least that a package of the zone is worth to each party: its reservation value and its disagreement value, both reached. Without either
/// it is what every package reaches.
fn floor(domain: &Domain, disagreement: Option<&Vec<Exact>>) -> Vec<Exact> {
    let party = |(place, party): (usize, &Party)| {
        let values = [party.reservation.as_ref(), disagreement.map(|values| &values[place])];
        values.into_iter().flatten().max().cloned().unwrap_or_else(|| domain.range(place).0)
    };
    domain.parties.iter().enumerate().map(party).collect()
}

/// What is asked, of what.
struct Ground<'q> {
    domain: &'q Domain,
    question: &'q Question,
    merged: &'q Merged,
    caps: Caps,
    disagreement: &'q Disagreed,
}

impl Ground<'_> {
    fn study<W: Int>(&self, scaled: &Scale<W>) -> Result<Answer, StudyError> {
        let [floor, disagreement] = scaled.vectors.as_slice() else { return Err(StudyError::StatusQuo) };
        let zone_problem = match &self.question.no_agreement {
            NoAgreement::StatusQuo { package, .. } => {
                solution::without(&scaled.problem, &self.merged.joined(package)).map_err(|_| StudyError::StatusQuo)?
            }
            _ => scaled.problem.clone(),
        };
        let all = frontier(&scaled.problem, self.caps);
        let zone = frontier_above(&zone_problem, floor, self.caps);
        let teller = Teller { domain: self.domain, merged: self.merged, scaled, list: self.question.list };
        let solver = Solver { ground: self, teller: &teller, problem: &zone_problem, floor, disagreement };
        let (found, ideal) = solver.all(zone.as_ref().ok());
        let bound =
            [all.as_ref().err(), zone.as_ref().err()].into_iter().flatten().next().map(|large| teller.bound(large));
        Ok(Answer {
            domain: self.domain.name.clone(),
            scores: self.question.scores.map(str::to_owned),
            parties: self.parties(),
            issues: self
                .domain
                .issues
                .iter()
                .map(|issue| IssueAnswer { name: issue.name.clone(), options: issue.options.len() })
                .collect(),
            rules: Vec::new(),
            additive: self.domain.is_additive(),
            packages: None,
            frontier: all.as_ref().ok().map(|points| teller.frontier(points)),
            zone: zone.as_ref().ok().map(|points| teller.frontier(points)),
            bound,
            disagreement_rule: self.question.no_agreement.name().to_owned(),
            disagreement: self.disagreement.as_ref().ok().map(|values| values.iter().map(text).collect()),
            ideal_over: self.question.ideal.name().to_owned(),
            ideal,
            solutions: Solutions::of(&found),
            found,
        })
    }

    fn parties(&self) -> Vec<PartyAnswer> {
        let party = |(place, party): (usize, &Party)| {
            let (least, most) = self.domain.range(place);
            PartyAnswer {
                name: party.name.clone(),
                reservation: party.reservation.as_ref().map(text),
                discount: party.discount.as_ref().map(text),
                least: text(&least),
                most: text(&most),
            }
        };
        self.domain.parties.iter().enumerate().map(party).collect()
    }
}
