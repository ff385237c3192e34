//! `salience.csv`: how much an issue, or a group of issues, weighs for an actor.

use std::collections::BTreeMap;

use super::{About, Bounds, Input, input_format};
use crate::actor::Actor;
use crate::case::Case;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::export::ActorTexts;
use crate::ids::{Id, List};
use crate::issue::Issue;
use crate::load::Loading;
use crate::table::{Row, TableFormat};
use crate::text::nearest;

input_format! {
    /// Columns of `salience.csv`.
    SalienceColumn, "salience.csv", row is "how much one issue or group of issues weighs for one actor", unlocks "weights",
    number is "the weight, 0 or more; only the proportions between the rows of an actor count",
    {
        Actor "actor" required "for whom";
        Issue "issue" optional "id of the issue; empty where a group is named";
        Group "group" optional "group of issues; empty where an issue is named";
    }
}

/// How much something weighs for an actor: 0 or more, on any scale.
pub type Salience = Input<SalienceOf>;

/// What weighs for whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SalienceOf {
    /// For whom.
    pub actor: Id<Actor>,
    /// What.
    pub weighed: Weighed,
}

/// What weighs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weighed {
    /// One issue.
    Issue(Id<Issue>),
    /// A group of issues, by its name in `issues.csv`.
    Group(Box<str>),
}

impl About for SalienceOf {
    const FORMAT: TableFormat = SalienceColumn::FORMAT;
    const LETTER: char = 's';
    const BOUNDS: Bounds = Bounds::Weight;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let actor = loading.actor(row.get(SalienceColumn::Actor), row, SalienceColumn::Actor, findings);
        let group = row.get(SalienceColumn::Group);
        let weighed = match (row.get(SalienceColumn::Issue).is_empty(), group.is_empty()) {
            (false, true) => super::issue(row, SalienceColumn::Issue, loading, findings).map(Weighed::Issue),
            (true, false) => {
                known_group(group, row, SalienceColumn::Group, loading, findings).then(|| Weighed::Group(group.into()))
            }
            (both_empty, _) => {
                let found = if both_empty { "neither is filled" } else { "both are filled" };
                findings.push(
                    row.finding(Code::IssueOrGroup, SalienceColumn::Group, format!("of `issue` and `group`, {found}"))
                        .hint("a row names one issue or one group"),
                );
                None
            }
        };
        Some(SalienceOf { actor: actor?, weighed: weighed? })
    }

    fn cells(&self, case: &Case, texts: &ActorTexts<'_>) -> Vec<String> {
        let (issue, group) = match &self.weighed {
            Weighed::Issue(id) => (case.issues[*id].id.to_string(), String::new()),
            Weighed::Group(group) => (String::new(), group.to_string()),
        };
        vec![texts.one(self.actor).to_owned(), issue, group]
    }

    fn actors(&self) -> Vec<Id<Actor>> {
        vec![self.actor]
    }

    fn issues(&self, all: &List<Issue>) -> Vec<Id<Issue>> {
        match &self.weighed {
            Weighed::Issue(id) => vec![*id],
            Weighed::Group(group) => {
                all.with_ids().filter(|(_, issue)| issue.group == *group).map(|(id, _)| id).collect()
            }
        }
    }

    fn moved(&self, actor: &dyn Fn(Id<Actor>) -> Id<Actor>, issue: &dyn Fn(Id<Issue>) -> Id<Issue>) -> Self {
        let weighed = match &self.weighed {
            Weighed::Issue(id) => Weighed::Issue(issue(*id)),
            Weighed::Group(group) => Weighed::Group(group.clone()),
        };
        SalienceOf { actor: actor(self.actor), weighed }
    }
}

/// Whether some issue belongs to a group; a group without issues is reported.
pub(super) fn known_group(
    group: &str,
    row: &Row<'_>,
    column: impl Into<usize>,
    loading: &Loading<'_>,
    findings: &mut Findings,
) -> bool {
    let groups = || loading.issues.iter().map(|issue| &*issue.group).filter(|group| !group.is_empty());
    if groups().any(|known| known == group) {
        return true;
    }
    let message = format!("no issue of issues.csv belongs to a group `{group}`");
    let finding = row.finding(Code::UnknownReference, column, message);
    findings.push(match nearest(group, groups()) {
        Some(near) => finding.hint(format!("is `{near}` meant?")),
        None => finding.hint("the group of an issue stands in column `group` of issues.csv"),
    });
    false
}

/// Reports actors for whom nothing weighs anything. That is no error: rows of other days or levels may say more.
pub(crate) fn report_all_zero(rows: &List<Salience>, actors: &List<Actor>, findings: &mut Findings) {
    let mut weighs: BTreeMap<Id<Actor>, bool> = BTreeMap::new();
    for row in rows.iter() {
        *weighs.entry(row.about.actor).or_default() |= row.range.high().value() > 0.0;
    }
    for (actor, _) in weighs.into_iter().filter(|(_, weighs)| !weighs) {
        let message =
            format!("the weights of `{}` are all zero; it counts as an actor without weights", actors[actor].id);
        findings.push(
            Diagnostic::new(Code::AllZero, SalienceColumn::FORMAT.file, message)
                .hint("give at least one issue or group a weight above 0"),
        );
    }
}
