//! The domain file: which issues there are and what their options are called.

use detente_case::{Code, Diagnostic, Findings};

use super::xml::{self, Element};
use crate::domain::Issue;
use crate::limits;
use crate::name::{plain, shown};

/// The issues of a domain file, with what profiles name them by.
#[derive(Debug)]
pub(super) struct Outline {
    pub issues: Vec<Outlined>,
}

/// An issue of a domain file.
#[derive(Debug)]
pub(super) struct Outlined {
    /// The number by which profiles name it. The first may be 1 or 2, and there may be gaps.
    pub index: u32,
    pub issue: Issue,
    /// The least and greatest number, if the options are whole numbers.
    pub range: Option<(i64, i64)>,
}

impl Outline {
    /// The place of the issue with an index.
    pub fn place(&self, index: u32) -> Option<usize> {
        self.issues.iter().position(|issue| issue.index == index)
    }
}

/// Reads a domain file.
pub(super) fn read(file: &str, bytes: &[u8], findings: &mut Findings) -> Option<Outline> {
    let root = match xml::read(file, bytes) {
        Ok(root) => root,
        Err(fault) => {
            findings.push(fault);
            return None;
        }
    };
    let fault = |code: Code, line: u64, message: String| Diagnostic::new(code, file, message).at(line, None);
    if !["negotiation_template", "negotiation", "utility_space"].contains(&root.name.as_str()) {
        let message = format!("`{}` is not how a domain begins; expected `negotiation_template`", root.name);
        findings.push(
            fault(Code::NotADomain, root.line, message).hint("the domain comes first, then one profile for each party"),
        );
        return None;
    }
    let elements = root.all("issue");
    if elements.is_empty() {
        findings.push(fault(Code::NotADomain, root.line, "there is no `issue` in this file".to_owned()));
        return None;
    }
    if elements.len() > limits::ISSUES {
        let message = format!("{} issues; at most {} are read", elements.len(), limits::ISSUES);
        findings.push(fault(Code::TooMany, root.line, message));
        return None;
    }
    let mut issues: Vec<Outlined> = Vec::new();
    let mut left = limits::ALL_OPTIONS;
    for element in elements {
        let read = issue(file, element, &mut left, findings);
        let Some(read) = read else { continue };
        if let Some(other) = issues.iter().find(|other| other.index == read.index) {
            let message =
                format!("index {} is that of `{}` and of `{}`", read.index, other.issue.name, read.issue.name);
            findings.push(
                fault(Code::Repeated, element.line, message)
                    .hint("weights are matched by index, so each issue has its own"),
            );
        } else if issues.iter().any(|other| other.issue.name == read.issue.name) {
            findings.push(fault(Code::Repeated, element.line, format!("two issues are called `{}`", read.issue.name)));
        } else {
            issues.push(read);
        }
    }
    (!findings.has_errors()).then_some(Outline { issues })
}

fn issue(file: &str, element: &Element, left: &mut usize, findings: &mut Findings) -> Option<Outlined> {
    let index = index(file, element, findings);
    let name = name(file, element, "name", findings);
    let range = match kind(element) {
        "discrete" => None,
        "integer" => Some(bounds(file, element, findings)?),
        other => {
            let message = format!("an issue of the type `{other}`; `discrete` and `integer` are read");
            let hint = "an issue with endlessly many options has no list of packages: replace it by an integer or discrete issue";
            findings.push(Diagnostic::new(Code::NotADomain, file, message).at(element.line, None).hint(hint));
            return None;
        }
    };
    let count = match range {
        None => element.children("item").count(),
        Some((low, high)) => usize::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(usize::MAX),
    };
    if count > limits::OPTIONS || count > *left {
        let message = format!(
            "{count} options here; at most {} an issue and {} in all are read",
            limits::OPTIONS,
            limits::ALL_OPTIONS
        );
        findings.push(Diagnostic::new(Code::TooMany, file, message).at(element.line, None));
        return None;
    }
    *left -= count;
    let options = match range {
        Some((low, high)) => (low..=high).map(|number| number.to_string()).collect(),
        None => items(file, element, findings),
    };
    if options.is_empty() {
        let message = "this issue has no options".to_owned();
        findings.push(Diagnostic::new(Code::NotADomain, file, message).at(element.line, None));
        return None;
    }
    Some(Outlined { index: index?, issue: Issue { name: name?, options }, range })
}

/// The values of the items, each once.
fn items(file: &str, element: &Element, findings: &mut Findings) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for item in element.children("item") {
        let Some(value) = name(file, item, "value", findings) else { continue };
        if seen.insert(value.clone()) {
            options.push(value);
        } else {
            let message = format!("`item value=\"{value}\"` stands twice in this issue");
            findings.push(Diagnostic::new(Code::Repeated, file, message).at(item.line, None));
        }
    }
    options
}

/// The type of an issue: three attributes have been in use.
pub(super) fn kind(element: &Element) -> &str {
    ["vtype", "type", "etype"].iter().find_map(|name| element.attribute(name)).unwrap_or("discrete")
}

/// The bounds of an integer issue: attributes, or those of a child `range`.
pub(super) fn bounds(file: &str, element: &Element, findings: &mut Findings) -> Option<(i64, i64)> {
    let holder =
        if element.attribute("lowerbound").is_some() { Some(element) } else { element.children("range").next() };
    let bound = |name: &str| -> Option<i64> {
        let text = holder?.attribute(name)?;
        // Some tools write whole bounds with decimals.
        text.strip_suffix(".0").unwrap_or(text).parse().ok()
    };
    match (bound("lowerbound"), bound("upperbound")) {
        (Some(low), Some(high)) if low <= high => Some((low, high)),
        _ => {
            let message = "this integer issue has no `lowerbound` and `upperbound` that are whole numbers in order";
            let finding = Diagnostic::new(Code::Lacking, file, message).at(element.line, None);
            findings.push(finding.hint("`<issue … lowerbound=\"0\" upperbound=\"4\">`, or a child `<range lowerbound=\"0\" upperbound=\"4\"/>`"));
            None
        }
    }
}

/// The index of an issue or weight.
pub(super) fn index(file: &str, element: &Element, findings: &mut Findings) -> Option<u32> {
    let text = element.attribute("index").unwrap_or_default();
    let index = text.parse().ok();
    if index.is_none() {
        let message = format!("`{}` needs an `index` that is a whole number; found `{}`", element.name, shown(text));
        findings.push(Diagnostic::new(Code::Lacking, file, message).at(element.line, None));
    }
    index
}

/// A name that must be there.
pub(super) fn name(file: &str, element: &Element, attribute: &str, findings: &mut Findings) -> Option<String> {
    let text = element.attribute(attribute).map(plain).unwrap_or_default();
    let fault = |code: Code, message: String| Diagnostic::new(code, file, message).at(element.line, None);
    if text.is_empty() {
        findings.push(fault(Code::Lacking, format!("`{}` has no `{attribute}`", element.name)));
        return None;
    }
    if text.chars().count() > limits::NAME {
        let message = format!("the `{attribute}` of this `{}` has more than {} characters", element.name, limits::NAME);
        findings.push(fault(Code::TooMany, message));
        return None;
    }
    Some(text)
}
