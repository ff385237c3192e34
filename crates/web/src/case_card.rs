//! What the browser needs to know of the case before any page.

use detente_analysis::history;
use detente_case::package;
use detente_case::{Level, Record};
use detente_report::brief::level_banner;
use serde::Serialize;

use crate::pages::Page;
use crate::session::{Options, State};

/// The case in short.
#[derive(Debug, Serialize)]
pub(crate) struct CaseCard {
    title: String,
    generation: u64,
    digest: String,
    version: &'static str,
    edit: bool,
    level: Level,
    banner: String,
    first: String,
    last: String,
    counts: Counts,
    issues: Vec<IssueCard>,
    actors: Vec<ActorCard>,
    packages: Vec<PackageCard>,
    pages: Vec<&'static str>,
    broken: Option<Broken>,
}

#[derive(Debug, Serialize)]
struct Counts {
    positions: usize,
    events: usize,
    issues: usize,
    actors: usize,
    sources: usize,
}

#[derive(Debug, Serialize)]
struct IssueCard {
    id: String,
    title: String,
    group: String,
    options: Vec<OptionCard>,
}

#[derive(Debug, Serialize)]
struct OptionCard {
    id: String,
    label: String,
}

#[derive(Debug, Serialize)]
struct ActorCard {
    id: String,
    name: String,
    principal: bool,
}

#[derive(Debug, Serialize)]
struct PackageCard {
    id: String,
    title: String,
    date: String,
}

/// What is wrong with the files now.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Broken {
    pub(crate) errors: usize,
}

impl CaseCard {
    /// The card of what is shown now.
    pub(crate) fn new(options: &Options, state: &State) -> Self {
        let snapshot = &state.snapshot;
        let case = &snapshot.case;
        let record = Record::known_by(case, case.settings.as_of);
        CaseCard {
            title: case.settings.title.clone(),
            generation: snapshot.generation,
            digest: snapshot.digest.clone(),
            version: env!("CARGO_PKG_VERSION"),
            edit: options.edit,
            level: options.level,
            banner: level_banner(options.level),
            first: history::start(record).first().to_string(),
            last: case.settings.as_of.to_string(),
            counts: Counts {
                positions: case.positions.len(),
                events: case.events.len(),
                issues: case.issues.len(),
                actors: case.actors.len(),
                sources: case.sources.len(),
            },
            issues: case
                .issues
                .iter()
                .map(|issue| IssueCard {
                    id: issue.id.to_string(),
                    title: issue.title.to_string(),
                    group: issue.group.to_string(),
                    options: issue
                        .options
                        .iter()
                        .map(|option| OptionCard { id: option.id.to_string(), label: option.label.to_string() })
                        .collect(),
                })
                .collect(),
            actors: case
                .actors
                .with_ids()
                .map(|(id, actor)| ActorCard {
                    id: actor.id.to_string(),
                    name: actor.name.to_string(),
                    principal: case.principals.contains(&id),
                })
                .collect(),
            packages: package::packages(record)
                .iter()
                .map(|plan| PackageCard {
                    id: plan.id.to_string(),
                    title: plan.title.to_string(),
                    date: plan.date.map(|day| day.to_string()).unwrap_or_default(),
                })
                .collect(),
            pages: Page::SHOWN.into_iter().filter(|page| page.has_data(case)).map(Page::name).collect(),
            broken: state.broken.map(|errors| Broken { errors }),
        }
    }
}
