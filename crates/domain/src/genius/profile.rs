//! A profile: what one party makes of the options.

use std::collections::BTreeMap;

use detente_case::{Code, Diagnostic, Findings};
use detente_packages::Exact;
use num_rational::Ratio;
use num_traits::{One, Signed, Zero};

use super::Reading;
use super::outline::{Outline, Outlined, bounds, index, kind, name};
use super::xml::{self, Element};
use crate::domain::{Party, Term};
use crate::limits;
use crate::name::{file_stem, plain, shown};
use crate::numbers::number;

/// What a profile file says, before its evaluations are read in one way or the other.
#[derive(Debug)]
pub(super) struct Profile {
    pub file: String,
    name: String,
    scores: Vec<Scores>,
    weights: Vec<Exact>,
    /// Line of the first weight.
    weights_line: u64,
    reservation: Option<(Exact, u64)>,
    discount: Option<(Exact, u64)>,
    terms: Vec<Term>,
    /// What the sum of all terms is divided by in GENIUS.
    most: Option<Exact>,
}

/// The evaluations of an issue, option by option.
#[derive(Debug)]
enum Scores {
    /// Of a discrete issue, as they stand.
    Items(Vec<Exact>),
    /// Of an integer issue, by its evaluator.
    Numbers(Vec<Exact>),
}

/// Reads a profile of a domain.
pub(super) fn read(file: &str, bytes: &[u8], outline: &Outline, findings: &mut Findings) -> Option<Profile> {
    let root = match xml::read(file, bytes) {
        Ok(root) => root,
        Err(fault) => {
            findings.push(fault);
            return None;
        }
    };
    if root.name != "utility_space" {
        let message = format!("`{}` is not how a profile begins; expected `utility_space`", root.name);
        let finding = Diagnostic::new(Code::NotADomain, file, message).at(root.line, None);
        findings.push(finding.hint("the domain comes first, then one profile for each party"));
        return None;
    }
    let mut reader = Reader { file, outline, findings, faults: 0 };
    let terms = reader.terms(&root);
    // A party whose preferences are terms alone has issues without evaluations, and no weights.
    let alone = !terms.is_empty()
        && root.all("weight").is_empty()
        && root.all("item").iter().all(|item| item.attribute("evaluation").is_none());
    let scores = if alone { Some(reader.nothing()) } else { reader.scores(&root) };
    let (weights, weights_line) =
        if alone { (Some(vec![Exact::one(); outline.issues.len()]), root.line) } else { reader.weights(&root) };
    let reservation = reader.value(&root, "reservation");
    let discount = reader.value(&root, "discount_factor");
    let most = root
        .all("utility")
        .into_iter()
        .chain(root.all("utility_function"))
        .find(|element| element.attribute("maxutility").is_some());
    let most = most.and_then(|element| reader.number(element, "maxutility")).filter(Signed::is_positive);
    if reader.faults > 0 {
        return None;
    }
    let name = file_stem(file);
    Some(Profile {
        file: file.to_owned(),
        name,
        scores: scores?,
        weights: weights?,
        weights_line,
        reservation,
        discount,
        terms,
        most,
    })
}

struct Reader<'r> {
    file: &'r str,
    outline: &'r Outline,
    findings: &'r mut Findings,
    faults: usize,
}

impl Reader<'_> {
    fn fault(&mut self, code: Code, line: u64, message: String) -> Diagnostic {
        self.faults += usize::from(code.severity() == detente_case::Severity::Error);
        Diagnostic::new(code, self.file, message).at(line, None)
    }

    fn refuse(&mut self, code: Code, line: u64, message: String) {
        let finding = self.fault(code, line, message);
        self.findings.push(finding);
    }

    /// A number that must be there.
    fn number(&mut self, element: &Element, attribute: &str) -> Option<Exact> {
        let Some(text) = element.attribute(attribute) else {
            self.refuse(Code::Lacking, element.line, format!("`{}` has no `{attribute}`", element.name));
            return None;
        };
        let found = number(text);
        if found.is_none() {
            let message = format!("`{attribute}=\"{}\"` is not a finite number", shown(text));
            self.refuse(Code::NotANumber, element.line, message);
        }
        found
    }

    /// The `value` of an element that may stand beside the objective or within it, with its line.
    fn value(&mut self, root: &Element, name: &str) -> Option<(Exact, u64)> {
        let found = root.all(name);
        if let Some(second) = found.get(1) {
            self.refuse(Code::Repeated, second.line, format!("there are two elements `{name}`"));
        }
        let element = found.first()?;
        self.number(element, "value").map(|value| (value, element.line))
    }

    fn weights(&mut self, root: &Element) -> (Option<Vec<Exact>>, u64) {
        let elements = root.all("weight");
        let mut found: Vec<Option<Exact>> = vec![None; self.outline.issues.len()];
        for element in &elements {
            let Some(index) = index(self.file, element, self.findings) else {
                self.faults += 1;
                continue;
            };
            let Some(place) = self.outline.place(index) else {
                let objectives = root.all("objective");
                let objective =
                    objectives.iter().any(|objective| objective.attribute("index") == element.attribute("index"));
                if objective {
                    let message = format!("the weight with index {index} is that of an objective; it is not applied");
                    self.refuse(Code::NotApplied, element.line, message);
                } else {
                    let message = format!("this weight has index {index}, which no issue of the domain has");
                    self.refuse(Code::Unmatched, element.line, message);
                }
                continue;
            };
            let weight = self.number(element, "value");
            if found[place].is_some() {
                self.refuse(Code::Repeated, element.line, format!("a second weight with index {index}"));
            }
            found[place] = weight.or(found[place].take());
        }
        let line = elements.first().map_or(root.line, |element| element.line);
        for (outlined, weight) in self.outline.issues.iter().zip(&found) {
            if weight.is_none() && self.faults == 0 {
                let message =
                    format!("there is no `weight index=\"{}\"`, for `{}`", outlined.index, outlined.issue.name);
                let finding = self.fault(Code::Lacking, line, message);
                self.findings.push(finding.hint(format!("`<weight index=\"{}\" value=\"…\"/>`", outlined.index)));
            }
        }
        (found.into_iter().collect(), line)
    }

    fn nothing(&self) -> Vec<Scores> {
        self.outline.issues.iter().map(|o| Scores::Items(vec![Exact::zero(); o.issue.options.len()])).collect()
    }

    fn scores(&mut self, root: &Element) -> Option<Vec<Scores>> {
        let mut found: Vec<Option<Scores>> = self.outline.issues.iter().map(|_| None).collect();
        let mut seen = vec![false; found.len()];
        for element in root.all("issue") {
            let Some(index) = index(self.file, element, self.findings) else {
                self.faults += 1;
                continue;
            };
            let called = element.attribute("name").map(plain);
            let Some(place) = self.outline.place(index) else {
                let message = format!("the domain has no issue with index {index}");
                let finding = self.fault(Code::Unmatched, element.line, message);
                let indices: Vec<String> = self.outline.issues.iter().take(20).map(|o| o.index.to_string()).collect();
                self.findings.push(finding.hint(format!("its indices are {}", indices.join(", "))));
                continue;
            };
            let outlined = &self.outline.issues[place];
            if let Some(called) = called.filter(|called| *called != outlined.issue.name) {
                let message =
                    format!("index {index} is `{}` in the domain and `{}` here", outlined.issue.name, shown(&called));
                self.refuse(Code::Unmatched, element.line, message);
                continue;
            }
            if std::mem::replace(&mut seen[place], true) {
                self.refuse(Code::Repeated, element.line, format!("`{}` stands twice", outlined.issue.name));
                continue;
            }
            found[place] = match outlined.range {
                None => self.items(element, outlined).map(Scores::Items),
                Some(range) => self.evaluator(element, outlined, range).map(Scores::Numbers),
            };
        }
        for (outlined, seen) in self.outline.issues.iter().zip(seen) {
            if !seen && self.faults == 0 {
                let message = format!("the issue `{}` (index {}) is missing", outlined.issue.name, outlined.index);
                self.refuse(Code::Lacking, root.line, message);
            }
        }
        found.into_iter().collect()
    }

    fn items(&mut self, element: &Element, outlined: &Outlined) -> Option<Vec<Exact>> {
        let places: BTreeMap<&str, usize> =
            outlined.issue.options.iter().enumerate().map(|(place, option)| (option.as_str(), place)).collect();
        let mut found: Vec<Option<Exact>> = vec![None; places.len()];
        let mut seen = vec![false; places.len()];
        let before = self.faults;
        for item in element.children("item") {
            let Some(value) = name(self.file, item, "value", self.findings) else {
                self.faults += 1;
                continue;
            };
            let Some(place) = places.get(value.as_str()).copied() else {
                let message = format!("`{}` is no item of `{}` in the domain", shown(&value), outlined.issue.name);
                let mut finding = self.fault(Code::Unmatched, item.line, message);
                if let Some(near) = detente_case::nearest(&value, places.keys().copied()) {
                    finding = finding.hint(format!("is `{near}` meant?"));
                }
                self.findings.push(finding);
                continue;
            };
            if std::mem::replace(&mut seen[place], true) {
                self.refuse(Code::Repeated, item.line, format!("`item value=\"{}\"` stands twice", shown(&value)));
                continue;
            }
            found[place] = self.number(item, "evaluation");
        }
        for (option, seen) in outlined.issue.options.iter().zip(seen) {
            if !seen && self.faults == before {
                let message = format!("`{}` of `{}` has no item here", shown(option), outlined.issue.name);
                self.refuse(Code::Lacking, element.line, message);
            }
        }
        found.into_iter().collect()
    }

    /// The values of a linear evaluator. `offset` and `slope` count from the lower bound; the older `parameter0` and `parameter1`
    /// from zero.
    fn evaluator(&mut self, element: &Element, outlined: &Outlined, range: (i64, i64)) -> Option<Vec<Exact>> {
        let own = kind(element) == "integer"
            && (element.attribute("lowerbound").is_some() || element.children("range").next().is_some());
        if own {
            let bounds = bounds(self.file, element, self.findings);
            if bounds != Some(range) {
                let message = format!(
                    "the bounds of `{}` are {} and {} in the domain, and others here",
                    outlined.issue.name, range.0, range.1
                );
                self.refuse(Code::Unmatched, element.line, message);
                return None;
            }
        }
        let Some(evaluator) = element.children("evaluator").next() else {
            self.refuse(Code::Lacking, element.line, format!("`{}` has no `evaluator`", outlined.issue.name));
            return None;
        };
        let kind = evaluator.attribute("ftype").unwrap_or("linear").to_lowercase();
        let older = evaluator.attribute("parameter0").is_some();
        let (offset, slope, first) = match (kind.as_str(), older) {
            ("linear", true) => (self.number(evaluator, "parameter0")?, self.number(evaluator, "parameter1")?, 0),
            ("linear", false) => (self.number(evaluator, "offset")?, self.number(evaluator, "slope")?, range.0),
            ("constant", true) => (self.number(evaluator, "parameter0")?, Exact::zero(), 0),
            _ => {
                let message = format!("an evaluator of the type `{}`; `linear` is read", shown(&kind));
                self.refuse(Code::NotADomain, evaluator.line, message);
                return None;
            }
        };
        let value =
            |number: i64| &offset + &slope * Ratio::from_integer((i128::from(number) - i128::from(first)).into());
        Some((range.0..=range.1).map(value).collect())
    }

    /// Rectangles: what packages are worth on top if several issues lie in ranges. The options of a discrete issue count from 1 in the order
    /// of the domain.
    fn terms(&mut self, root: &Element) -> Vec<Term> {
        let rectangles: Vec<(&Element, Exact)> = root
            .all("ufun")
            .into_iter()
            .flat_map(|function| {
                let weight = function.attribute("weight").map_or_else(|| Some(Exact::one()), number);
                function.children("hyperRectangle").map(move |rectangle| (rectangle, weight.clone()))
            })
            .filter_map(|(rectangle, weight)| Some((rectangle, weight?)))
            .collect();
        let all = root.all("hyperRectangle");
        if rectangles.len() != all.len() {
            let line = all.first().map_or(root.line, |element| element.line);
            let message =
                "a `hyperRectangle` stands outside a `ufun`, or in one whose `weight` is no number".to_owned();
            self.refuse(Code::NotADomain, line, message);
            return Vec::new();
        }
        for function in root.all("ufun") {
            if function.attribute("aggregation").is_some_and(|kind| kind != "sum") {
                self.refuse(
                    Code::NotADomain,
                    function.line,
                    "rectangles are added; this file asks for something else".to_owned(),
                );
                return Vec::new();
            }
        }
        if all.len() > limits::TERMS {
            self.refuse(
                Code::TooMany,
                root.line,
                format!("{} rectangles; at most {} are read", all.len(), limits::TERMS),
            );
            return Vec::new();
        }
        rectangles.into_iter().filter_map(|(rectangle, weight)| self.term(rectangle, &weight)).collect()
    }

    fn term(&mut self, rectangle: &Element, weight: &Exact) -> Option<Term> {
        let named = if rectangle.attribute("utility").is_some() { "utility" } else { "utility_function" };
        let worth = self.number(rectangle, named)? * weight;
        let mut holds: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
        for part in &rectangle.children {
            if part.name != "INCLUDES" {
                self.refuse(
                    Code::NotADomain,
                    part.line,
                    format!("`{}` in a `hyperRectangle`; `INCLUDES` is read", shown(&part.name)),
                );
                return None;
            }
            let index = index(self.file, part, self.findings);
            let place = index.and_then(|index| self.outline.place(index));
            let Some(place) = place else {
                self.refuse(
                    Code::Unmatched,
                    part.line,
                    "a rectangle speaks of an issue that the domain does not have".to_owned(),
                );
                return None;
            };
            let (low, high) = (self.number(part, "min")?, self.number(part, "max")?);
            let outlined = &self.outline.issues[place];
            let first = outlined.range.map_or(1, |(low, _)| low);
            let within = |option: usize| {
                let at = Exact::from_integer(first.into()) + Exact::from_integer(option.into());
                low <= at && at <= high
            };
            let here: Vec<bool> = (0..outlined.issue.options.len()).map(within).collect();
            match holds.get_mut(&place) {
                Some(before) => before.iter_mut().zip(here).for_each(|(both, here)| *both &= here),
                None => _ = holds.insert(place, here),
            }
        }
        Some(Term { holds: holds.into_iter().collect(), worth })
    }
}

impl Profile {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether some issue's greatest evaluation is not 1, so that the two readings differ in more than name.
    pub fn readings_differ(&self) -> bool {
        self.party(Reading::Raw, false).worth != self.party(Reading::Genius, false).worth
            || (!self.terms.is_empty() && self.most.as_ref().is_some_and(|most| !most.is_one()))
    }

    /// What the party makes of the options, by a reading of the evaluations.
    pub fn party(&self, reading: Reading, normalise: bool) -> Party {
        let sum: Exact = self.weights.iter().fold(Exact::zero(), |sum, weight| sum + weight);
        let share = |weight: &Exact| if normalise && !sum.is_zero() { weight / &sum } else { weight.clone() };
        let worth = self.scores.iter().zip(&self.weights).map(|(scores, weight)| {
            let weight = share(weight);
            scores.read(reading).into_iter().map(|score| &weight * score).collect()
        });
        let divisor = match (reading, &self.most) {
            (Reading::Genius, Some(most)) => most.clone(),
            _ => Exact::one(),
        };
        let terms = self.terms.iter().map(|term| Term { holds: term.holds.clone(), worth: &term.worth / &divisor });
        Party {
            name: self.name.clone(),
            worth: worth.collect(),
            terms: terms.collect(),
            reservation: self.reservation.as_ref().map(|(value, _)| value.clone()),
            discount: self.discount.as_ref().map(|(value, _)| value.clone()),
        }
    }

    /// What is worth saying of the profile, whatever the reading.
    pub fn remarks(&self, normalise: bool) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        let sum: Exact = self.weights.iter().fold(Exact::zero(), |sum, weight| sum + weight);
        let alone = !self.terms.is_empty() && self.scores.iter().all(Scores::is_nothing);
        let off = (&sum - Exact::one()).abs() > Exact::new(1.into(), 1_000_000_000.into());
        if off && !normalise && !alone {
            let message = format!("the weights add up to {}, not to 1", crate::numbers::rounded(&sum));
            let finding = Diagnostic::new(Code::WeightSum, &self.file, message).at(self.weights_line, None);
            remarks.push(
                finding.hint(
                    "`--normalise-weights` divides them by their sum; that matters against reservation values only",
                ),
            );
        }
        if off && normalise && sum.is_zero() {
            let message = "the weights add up to 0, so they are not divided by their sum";
            remarks.push(Diagnostic::new(Code::WeightSum, &self.file, message).at(self.weights_line, None));
        }
        if let Some((discount, line)) = self.discount.as_ref().filter(|(discount, _)| !discount.is_one()) {
            let message = format!(
                "the discount factor {} is kept and not applied: it is for time that passes",
                crate::numbers::rounded(discount)
            );
            remarks.push(Diagnostic::new(Code::NotApplied, &self.file, message).at(*line, None));
        }
        if !self.terms.is_empty() {
            let message = format!(
                "{} rectangles: what a package is worth is not the sum over its options, so packages are searched",
                self.terms.len()
            );
            remarks.push(Diagnostic::new(Code::NotAdditive, &self.file, message));
        }
        remarks
    }

    /// Where the reservation value stands, for a warning.
    pub fn reservation_line(&self) -> Option<u64> {
        self.reservation.as_ref().map(|(_, line)| *line)
    }
}

impl Scores {
    fn is_nothing(&self) -> bool {
        let (Scores::Items(values) | Scores::Numbers(values)) = self;
        values.iter().all(Zero::is_zero)
    }

    fn read(&self, reading: Reading) -> Vec<Exact> {
        match (self, reading) {
            (Scores::Items(values) | Scores::Numbers(values), Reading::Raw) => values.clone(),
            // GENIUS divides by the greatest evaluation, and takes 0 for all where that is next to nothing.
            (Scores::Items(values), Reading::Genius) => {
                let most = values.iter().max().cloned().unwrap_or_else(Exact::zero);
                let next_to_nothing = Exact::new(1.into(), 100_000.into());
                let score = |value: &Exact| if most < next_to_nothing { Exact::zero() } else { value / &most };
                values.iter().map(score).collect()
            }
            (Scores::Numbers(values), Reading::Genius) => {
                values.iter().map(|value| value.clone().clamp(Exact::zero(), Exact::one())).collect()
            }
        }
    }
}
