//! `drivers.csv`: how far a factor moves an input, for each unit of the factor.

use super::salience::known_group;
use super::{About, Bounds, Input, input_format};
use crate::actor::Actor;
use crate::case::Case;
use crate::diagnostic::{Code, Findings};
use crate::export::ActorTexts;
use crate::ids::{Id, List};
use crate::issue::Issue;
use crate::load::Loading;
use crate::scenario::DriverLine;
use crate::table::{Row, TableFormat};

input_format! {
    /// Columns of `drivers.csv`.
    DriverColumn, "drivers.csv", row is "how far one factor moves one input", unlocks "effects of factors in scenarios",
    number is "the effect of one unit of the factor, below 0 too",
    {
        Factor "factor" required "id of a factor of scenarios.toml";
        Target "target" required "what it moves: `alternative:ACTOR` and `trust:FROM>TO` (points, from -1 to 1), `weight:ACTOR:GROUP` and `capability:ACTOR` (shares of what it was: 0.1 is a tenth more), `factor:FACTOR` (units of that factor)";
    }
}

/// How far a factor moves an input, for each unit of the factor.
pub type Driver = Input<DriverOf>;

/// Which factor moves what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DriverOf {
    /// The factor, by its id in `scenarios.toml`.
    pub factor: Box<str>,
    /// What it moves.
    pub target: Target,
}

/// What a factor moves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// What an actor has without an agreement: the effect is added.
    Alternative(Id<Actor>),
    /// How far an actor trusts another: the effect is added.
    Trust {
        /// Who trusts.
        from: Id<Actor>,
        /// Whom.
        to: Id<Actor>,
    },
    /// The weight of a group of issues for an actor: the effect is a share of it.
    Weight {
        /// For whom.
        actor: Id<Actor>,
        /// The group, by its name in `issues.csv`.
        group: Box<str>,
    },
    /// What an actor can bring to bear: the effect is a share of it.
    Capability(Id<Actor>),
    /// Another factor: the effect is added.
    Factor(Box<str>),
}

/// What begins a target, and what follows it.
const KINDS: [(&str, &str); 5] = [
    ("alternative", "alternative:ACTOR"),
    ("trust", "trust:FROM>TO"),
    ("weight", "weight:ACTOR:GROUP"),
    ("capability", "capability:ACTOR"),
    ("factor", "factor:FACTOR"),
];

impl Target {
    /// The target as a cell writes it.
    pub(crate) fn text(&self, texts: &ActorTexts<'_>) -> String {
        match self {
            Target::Alternative(actor) => format!("alternative:{}", texts.one(*actor)),
            Target::Trust { from, to } => format!("trust:{}>{}", texts.one(*from), texts.one(*to)),
            Target::Weight { actor, group } => format!("weight:{}:{group}", texts.one(*actor)),
            Target::Capability(actor) => format!("capability:{}", texts.one(*actor)),
            Target::Factor(factor) => format!("factor:{factor}"),
        }
    }

    fn read(text: &str, row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        const COLUMN: DriverColumn = DriverColumn::Target;
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let (kind, rest) = (kind.trim(), rest.trim());
        let mut actor = |name: &str, findings: &mut Findings| loading.actor(name.trim(), row, COLUMN, findings);
        let shape = KINDS.iter().find(|(known, _)| *known == kind).map(|(_, shape)| *shape);
        let found = match (kind, rest.is_empty()) {
            ("alternative", false) => Some(Target::Alternative(actor(rest, findings)?)),
            ("capability", false) => Some(Target::Capability(actor(rest, findings)?)),
            ("factor", false) => Some(Target::Factor(rest.into())),
            ("trust", false) => match rest.split_once('>') {
                Some((from, to)) => {
                    let (from, to) = (actor(from, findings), actor(to, findings));
                    let (from, to) = (from?, to?);
                    if from == to {
                        let message = format!("`{rest}` names the same actor twice");
                        findings.push(
                            row.finding(Code::OwnTrust, COLUMN, message).hint("write `trust:FROM>TO` with two actors"),
                        );
                        return None;
                    }
                    Some(Target::Trust { from, to })
                }
                None => None,
            },
            ("weight", false) => match rest.rsplit_once(':') {
                Some((name, group)) => {
                    let actor = actor(name, findings);
                    let group = group.trim();
                    let known = known_group(group, row, COLUMN, loading, findings);
                    Some(Target::Weight { actor: actor?, group: known.then(|| group.into())? })
                }
                None => None,
            },
            _ => None,
        };
        if found.is_none() {
            let message = format!("`{text}` is nothing that a factor can move");
            let hint = match shape {
                Some(shape) => format!("it is written `{shape}`"),
                None => format!("expected one of `{}`", KINDS.map(|(_, shape)| shape).join("`, `")),
            };
            findings.push(row.finding(Code::UnknownTarget, COLUMN, message).hint(hint));
        }
        found
    }
}

impl About for DriverOf {
    const FORMAT: TableFormat = DriverColumn::FORMAT;
    const LETTER: char = 'd';
    const BOUNDS: Bounds = Bounds::Effect;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let target = Target::read(row.get(DriverColumn::Target), row, loading, findings);
        let factor: Box<str> = row.get(DriverColumn::Factor).into();
        loading.driver_lines.push(DriverLine::new(&factor, target.as_ref(), row));
        Some(DriverOf { factor, target: target? })
    }

    fn cells(&self, _: &Case, texts: &ActorTexts<'_>) -> Vec<String> {
        vec![self.factor.to_string(), self.target.text(texts)]
    }

    fn actors(&self) -> Vec<Id<Actor>> {
        match &self.target {
            Target::Alternative(actor) | Target::Capability(actor) | Target::Weight { actor, .. } => vec![*actor],
            Target::Trust { from, to } => vec![*from, *to],
            Target::Factor(_) => Vec::new(),
        }
    }

    fn issues(&self, all: &List<Issue>) -> Vec<Id<Issue>> {
        match &self.target {
            Target::Weight { group, .. } => {
                all.with_ids().filter(|(_, issue)| issue.group == *group).map(|(id, _)| id).collect()
            }
            _ => Vec::new(),
        }
    }

    fn moved(&self, actor: &dyn Fn(Id<Actor>) -> Id<Actor>, _: &dyn Fn(Id<Issue>) -> Id<Issue>) -> Self {
        let target = match &self.target {
            Target::Alternative(id) => Target::Alternative(actor(*id)),
            Target::Trust { from, to } => Target::Trust { from: actor(*from), to: actor(*to) },
            Target::Weight { actor: id, group } => Target::Weight { actor: actor(*id), group: group.clone() },
            Target::Capability(id) => Target::Capability(actor(*id)),
            Target::Factor(factor) => Target::Factor(factor.clone()),
        };
        DriverOf { factor: self.factor.clone(), target }
    }
}
