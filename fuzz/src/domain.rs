//! Domains, however broken: no panic, and what is read can be written, read again and studied.

use detente_domain::genius::{self, Reading};
use detente_domain::{Domain, Ideal, NoAgreement, Question, rules, study, table};

/// A GENIUS domain and its profiles, each after a line `== NAME`.
pub fn genius(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let parts: Vec<(&str, &[u8])> = text
        .split("== ")
        .skip(1)
        .map(|part| part.split_once('\n').unwrap_or((part, "")))
        .map(|(name, content)| (name, content.as_bytes()))
        .collect();
    let Some((domain, profiles)) = parts.split_first() else { return };
    match genius::read(*domain, profiles) {
        Err(findings) => assert!(!findings.is_empty() && findings.iter().all(|finding| !finding.message.is_empty())),
        Ok(genius) => {
            for reading in [Reading::Raw, Reading::Genius] {
                for normalise in [false, true] {
                    let (domain, _) = genius.domain(reading, normalise);
                    check(&domain);
                }
            }
        }
    }
}

/// A table of what options are worth.
pub fn domain_table(data: &[u8]) {
    match table::read(("table.csv", data)) {
        Err(findings) => assert!(!findings.is_empty()),
        Ok(domain) => check(&domain),
    }
}

/// Rules over a small domain.
pub fn domain_rules(data: &[u8]) {
    let domain =
        table::read(("t.csv", b"issue,option,A\nland,none,1\nland,all,2\nsea,open,1\nsea,half,2\nsea,shut,3\n"));
    let domain = domain.expect("the domain is in order");
    match rules::read(("rules", data), &domain) {
        Err(findings) => assert!(!findings.is_empty()),
        Ok((rules, _)) => {
            let all = (0..6).map(|place| [place / 3, place % 3]);
            let met = |package: &[u16; 2]| rules.iter().flat_map(|rule| &rule.rules).all(|rule| rule.met_by(package));
            assert!(all.into_iter().any(|package| met(&package)), "rules that are read can be met");
        }
    }
}

/// What was read is written as a table that is read to the same; and a small domain is studied.
fn check(domain: &Domain) {
    if let Ok(bytes) = table::write(domain) {
        let again = table::read(("table.csv", &bytes)).expect("what is written is read");
        assert_eq!(again.issues, domain.issues);
        assert!(
            again
                .parties
                .iter()
                .zip(&domain.parties)
                .all(|(a, b)| a.worth == b.worth && a.reservation == b.reservation)
        );
    }
    let packages = domain.issues.iter().fold(1_u64, |all, issue| all.saturating_mul(issue.options.len() as u64));
    if packages <= 1000 {
        let question =
            Question { scores: None, no_agreement: NoAgreement::Zero, ideal: Ideal::Zone, limit: 1000, list: 3 };
        _ = study(domain, &[], &question);
    }
}
