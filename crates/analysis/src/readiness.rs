//! What can be answered with the files that a case has, and what each missing file would unlock.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::coded_by::CodedBy;
use detente_case::formats::{NOT_USED_YET, Run, TABLES, Unlock};
use detente_case::{Case, Diagnostic, claim, constraint, scenario, stability};

/// What `check --json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Check {
    /// All findings, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The analyses that can run now.
    pub runs: Vec<Run>,
    /// What each missing file would unlock.
    pub unlocks: Vec<Unlock>,
    /// Who coded the statements; null where the case cannot be read.
    pub coding: Option<CodedBy>,
}

/// The analyses that can run now, with what they would show.
#[must_use]
pub fn runs(case: &Case) -> Vec<Run> {
    let run = |command: &str, shows: String| Run { command: command.to_owned(), shows };
    let mut runs = Vec::new();
    let coded = case.positions.iter().filter(|row| row.is_coded()).count();
    let uncoded = case.positions.len() - coded;
    if !case.positions.is_empty() {
        runs.push(run(
            "now",
            format!("{coded} coded and {uncoded} uncoded statements on {} issues", case.issues.len()),
        ));
    }
    if uncoded > 0 {
        runs.push(run(
            "scales",
            format!("the words of uncoded statements side by side ({uncoded}), and a template for scales"),
        ));
    }
    if !case.events.is_empty() {
        runs.push(run("history", format!("{} events, with phases, rounds and contact", case.events.len())));
    } else if coded > 0 {
        runs.push(run("history", "movements only: there are no events".to_owned()));
    }
    if !case.positions.is_empty() || !case.events.is_empty() {
        runs.push(run("brief", "the brief, with what the files allow".to_owned()));
        runs.push(run("diff", "what changed since a date".to_owned()));
    }
    if coded > 0 {
        let plans = case.clauses.iter().map(|clause| &clause.package).collect::<BTreeSet<_>>().len();
        runs.push(run(
            "plan",
            match plans {
                0 => "a plan of your own against the words: there are none on record".to_owned(),
                1 => "1 plan against the words".to_owned(),
                plans => format!("{plans} plans against the words"),
            },
        ));
        runs.push(run("common", "what the sides have ever had in common".to_owned()));
        if case.principals.len() > 1 {
            let zone = if case.alternatives.is_empty() {
                "what blocks, and what room numbers leave; no zone without alternatives.csv"
            } else {
                "what blocks, what room numbers leave, and whether there is a zone"
            };
            runs.push(run("agreement", zone.to_owned()));
            runs.push(run("unlock", "the least that would unblock".to_owned()));
        }
    }
    if !case.indicators.is_empty() {
        let signs = case.indicators.len();
        let what = if signs == 1 {
            "1 series or group of rows".to_owned()
        } else {
            format!("{signs} series and groups of rows")
        };
        runs.push(run("ripeness", format!("{what}, each by itself: front line, opinion, authority and others")));
    }
    if !case.stability.is_empty() {
        let models = case.stability.len();
        let models = if models == 1 { "1 model".to_owned() } else { format!("{models} models") };
        runs.push(run("stability", format!("{models} of who can do what: which outcomes would hold")));
    }
    if coded > 0 {
        let weighed = if case.capabilities.is_empty() { "all weigh the same" } else { "weighed by capabilities.csv" };
        runs.push(run("forecast", format!("where models of outcomes point, issue by issue; {weighed}")));
    }
    if !case.scenarios.is_empty() || !case.scenario_factors.is_empty() {
        let scenarios = case.scenarios.len();
        let scenarios = if scenarios == 1 { "1 scenario".to_owned() } else { format!("{scenarios} scenarios") };
        runs.push(run("scenarios", format!("{scenarios}: every analysis again, and what to watch")));
    }
    if !case.claims.is_empty() {
        let claims = case.claims.len();
        let claims = if claims == 1 { "1 claim".to_owned() } else { format!("{claims} claims") };
        runs.push(run("claims", format!("{claims} tested against the rows")));
    }
    if coded > 0 || !case.events.is_empty() {
        runs.push(run("coders", "two codings compared, and a sheet for a second coder".to_owned()));
    }
    runs.push(run("export", "the case as a workbook, a folder, CSV or JSON, at a level of markings".to_owned()));
    runs
}

/// What each missing file would unlock, those that this version uses first.
#[must_use]
pub fn unlocks(case: &Case) -> Vec<Unlock> {
    let missing = |file: &str| !case.files.iter().any(|name| name == file);
    let used = TABLES.iter().filter(|table| missing(table.file)).map(|table| (table.file, table.unlocks, true));
    let bibliography =
        (missing("sources.json") && missing("sources.bib")).then_some(("sources.json", "citations", true));
    let constraints = missing(constraint::FILE).then_some((constraint::FILE, constraint::UNLOCKS, true));
    let claims = missing(claim::FILE).then_some((claim::FILE, claim::UNLOCKS, true));
    let stability = case.stability.is_empty().then_some((stability::FOLDER, stability::UNLOCKS, true));
    let later = NOT_USED_YET.iter().filter(|(file, _)| missing(file)).map(|(file, unlocks)| (*file, *unlocks, false));
    let scenarios = missing(scenario::FILE).then_some((scenario::FILE, scenario::UNLOCKS, true));
    used.chain(constraints)
        .chain(scenarios)
        .chain(bibliography)
        .chain(stability)
        .chain(claims)
        .chain(later)
        .map(|(file, unlocks, used)| Unlock { file: file.to_owned(), unlocks: unlocks.to_owned(), used })
        .collect()
}
