//! Logical rules over the options of a domain: a text with one rule a line.
//!
//! Empty lines, and lines that begin with `#`, say nothing. The language is that of [`detente_case::expression`]:
//! `land = all implies not troops in {stay, 'leave later'}`.

use detente_case::expression::{Atom, Expression, ExpressionError, parse};
use detente_case::{Code, Diagnostic, Findings, nearest};
use detente_packages::{Caps, Literal, Problem, Rule, frontier};
use num_bigint::BigUint;

use crate::domain::Domain;
use crate::genius::File;

/// A rule of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRule {
    /// The line, from 1.
    pub line: u64,
    /// The rule as it is written.
    pub text: String,
    /// Rules that all hold, which together say the same.
    pub rules: Vec<Rule>,
}

/// Rules of a file that are read.
pub const MOST_RULES: usize = 500;
/// Vectors kept while it is asked whether rules can be met: one for each way in which open rules can stand.
const CAPS: Caps = Caps { vectors: 50_000 };

/// "The option of this issue is one of these": an issue by its place, and for each option whether it counts.
type OneOf = (usize, Vec<bool>);

/// Reads a file of rules, and checks that they can all be met at once. Gives the rules with warnings.
///
/// # Errors
/// All findings, if some are errors: what cannot be read, names that the domain does not have, and rules that contradict each other,
/// with a smallest set of them.
pub fn read((file, bytes): File<'_>, domain: &Domain) -> Result<(Vec<LineRule>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let Ok(text) = str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) else {
        return Err(vec![Diagnostic::new(Code::NotUtf8, file, "this file is not UTF-8 text").hint("save it as UTF-8")]);
    };
    let mut findings = Findings::default();
    let mut rules: Vec<LineRule> = Vec::new();
    for (whole, line) in text.lines().zip(1..) {
        let written = whole.trim();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        if rules.len() == MOST_RULES {
            let message = format!("more than {MOST_RULES} rules");
            findings.push(Diagnostic::new(Code::TooMany, file, message).at(line, None));
            break;
        }
        let before = whole.len() - whole.trim_start().len();
        match rule(written, domain) {
            Ok(Read { rules: found, always }) => {
                if always {
                    let message = "every package meets this rule".to_owned();
                    findings.push(Diagnostic::new(Code::RuleAlwaysHolds, file, message).at(line, None));
                }
                rules.push(LineRule { line, text: written.to_owned(), rules: found });
            }
            Err(fault) => {
                let column = whole.get(..before + fault.at).map_or(1, |text| text.chars().count() + 1);
                let mut finding = Diagnostic::new(fault.code, file, fault.message).at(line, Some(column as u64));
                finding.hints.extend(fault.hint);
                findings.push(finding);
            }
        }
    }
    if !findings.has_errors()
        && let Some(finding) = contradiction(file, domain, &rules)
    {
        findings.push(finding);
    }
    if findings.has_errors() { Err(findings.into_sorted()) } else { Ok((rules, findings.into_sorted())) }
}

struct Fault {
    code: Code,
    /// Byte of the rule.
    at: usize,
    message: String,
    hint: Option<String>,
}

impl From<ExpressionError> for Fault {
    fn from(error: ExpressionError) -> Self {
        Fault { code: Code::RuleSyntax, at: error.span.start, message: error.message, hint: Some(error.hint) }
    }
}

struct Read {
    rules: Vec<Rule>,
    /// Whether every package meets it.
    always: bool,
}

fn rule(text: &str, domain: &Domain) -> Result<Read, Fault> {
    let expression = parse(text)?.try_map(&mut |atom| resolve(atom, domain))?;
    let too_large = |error: detente_case::expression::TooLarge| Fault {
        code: Code::RuleSyntax,
        at: 0,
        message: error.to_string(),
        hint: Some("split it into several rules".to_owned()),
    };
    let rules = simple(&expression).map_err(too_large)?;
    // A rule is empty of meaning if its opposite cannot be met. If that takes too long to find out, nothing is said.
    let opposite = simple(&Expression::Not(Box::new(expression)));
    let always = opposite.is_ok_and(|opposite| met(domain, opposite.iter(), CAPS) == Some(BigUint::ZERO));
    Ok(Read { rules, always })
}

fn simple(expression: &Expression<OneOf>) -> Result<Vec<Rule>, detente_case::expression::TooLarge> {
    let literal = |literal: detente_case::expression::Literal<OneOf>| {
        let (issue, holds) = literal.atom;
        let plain = Literal { issue, holds: holds.into() };
        if literal.negated { plain.negated() } else { plain }
    };
    let rule = |counting: detente_case::expression::Counting<OneOf>| Rule {
        at_least: counting.at_least,
        at_most: counting.at_most,
        literals: counting.literals.into_iter().map(literal).collect(),
    };
    Ok(expression.clauses()?.into_iter().map(rule).collect())
}

fn resolve(atom: Atom, domain: &Domain) -> Result<OneOf, Fault> {
    let unknown = |at: usize, what: &str, name: &str, known: &[&str]| {
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("is `{near}` meant?"),
            None => format!("there {}", listed(known)),
        };
        Fault { code: Code::UnknownReference, at, message: format!("`{name}` is no {what}"), hint: Some(hint) }
    };
    let issues: Vec<&str> = domain.issues.iter().map(|issue| issue.name.as_str()).collect();
    let (name, options) = match atom {
        Atom::OneOf { name, options } => (name, options),
        Atom::Question(question) => {
            return Err(Fault {
                code: Code::OnlyInClaims,
                at: question.name.span.start,
                message: format!("`{}(…)` is a question to a record; only claims ask any", question.name.text),
                hint: Some("`issue = option`, or `issue in {option, option}`".to_owned()),
            });
        }
        Atom::Name(name) => {
            let message = format!("`{}` stands alone; a rule speaks of options", name.text);
            return Err(Fault {
                code: Code::RuleSyntax,
                at: name.span.start,
                message,
                hint: Some("`issue = option`, or `issue in {option, option}`".to_owned()),
            });
        }
    };
    let place = issues.iter().position(|issue| **issue == *name.text);
    let place = place.ok_or_else(|| unknown(name.span.start, "issue", &name.text, &issues))?;
    let issue = &domain.issues[place];
    let mut holds = vec![false; issue.options.len()];
    for option in options {
        let known: Vec<&str> = issue.options.iter().map(String::as_str).collect();
        let found = known.iter().position(|known| **known == *option.text);
        let found = found
            .ok_or_else(|| unknown(option.span.start, &format!("option of `{}`", issue.name), &option.text, &known))?;
        holds[found] = true;
    }
    Ok((place, holds))
}

fn listed(names: &[&str]) -> String {
    let some: Vec<String> = names.iter().take(8).map(|name| format!("`{name}`")).collect();
    let more =
        if names.len() > some.len() { format!(", and {} more", names.len() - some.len()) } else { String::new() };
    format!("{} {}{more}", if names.len() == 1 { "is only" } else { "are" }, some.join(", "))
}

/// How many packages of a domain meet some rules; none if that takes more than the caps allow.
pub(crate) fn met<'r>(domain: &Domain, rules: impl Iterator<Item = &'r Rule>, caps: Caps) -> Option<BigUint> {
    let issues = domain.issues.iter().map(|issue| vec![vec![0_i64]; issue.options.len()]);
    let mut problem = Problem::new(vec![0], issues.collect()).ok()?;
    for rule in rules {
        problem.add_rule(rule.clone()).ok()?;
    }
    frontier(&problem, caps).ok().map(|frontier| frontier.package_count())
}

/// A smallest set of rules that no package meets, if all together are met by none: each of its rules is needed.
fn contradiction(file: &str, domain: &Domain, rules: &[LineRule]) -> Option<Diagnostic> {
    let none = |kept: &[&LineRule]| met(domain, kept.iter().flat_map(|rule| &rule.rules), CAPS) == Some(BigUint::ZERO);
    let mut kept: Vec<&LineRule> = rules.iter().collect();
    if rules.is_empty() || !none(&kept) {
        return None;
    }
    let mut place = 0;
    while place < kept.len() {
        let mut without = kept.clone();
        without.remove(place);
        if none(&without) {
            kept = without;
        } else {
            place += 1;
        }
    }
    let lines: Vec<String> = kept.iter().map(|rule| rule.line.to_string()).collect();
    let message = match lines.as_slice() {
        [line] => format!("no package meets the rule on line {line}"),
        lines => format!(
            "no package meets the rules on lines {} together; without any one of them there is one",
            lines.join(", ")
        ),
    };
    let finding =
        Diagnostic::new(Code::RulesContradict, file, message).at(kept.first().map_or(1, |rule| rule.line), None);
    Some(kept.iter().fold(finding, |finding, rule| finding.hint(format!("line {}: `{}`", rule.line, rule.text))))
}

/// A package written as a rule: `land = all and troops = stay`, with an option for every issue.
///
/// # Errors
/// A sentence that says what is missing or wrong.
pub fn package(text: &str, domain: &Domain) -> Result<Vec<u16>, String> {
    let told = |fault: Fault| match fault.hint {
        Some(hint) => format!("{}: {hint}", fault.message),
        None => fault.message,
    };
    let expression = parse(text).map_err(|error| told(error.into()))?;
    let parts = match expression {
        Expression::All(parts) => parts,
        one => vec![one],
    };
    let mut chosen: Vec<Option<u16>> = vec![None; domain.issues.len()];
    for part in parts {
        let Expression::Atom(atom) = part else {
            return Err("a package is written `issue = option and issue = option`".to_owned());
        };
        let (issue, holds) = resolve(atom, domain).map_err(told)?;
        let name = &domain.issues[issue].name;
        let mut options = holds.iter().zip(0_u16..).filter(|(holds, _)| **holds).map(|(_, option)| option);
        match (options.next(), options.next()) {
            (Some(option), None) if chosen[issue].is_none() => chosen[issue] = Some(option),
            _ => return Err(format!("a package has one option of `{name}`")),
        }
    }
    let missing = chosen.iter().position(Option::is_none);
    match missing {
        Some(issue) => Err(format!("the package names no option of `{}`", domain.issues[issue].name)),
        None => Ok(chosen.into_iter().flatten().collect()),
    }
}
