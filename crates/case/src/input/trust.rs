//! `trust.csv`: the chance that an actor sees of another keeping its word.

use super::{About, Bounds, Input, input_format};
use crate::actor::Actor;
use crate::case::Case;
use crate::diagnostic::{Code, Findings};
use crate::export::ActorTexts;
use crate::ids::{Id, List};
use crate::issue::Issue;
use crate::load::Loading;
use crate::table::{Row, TableFormat};

input_format! {
    /// Columns of `trust.csv`.
    TrustColumn, "trust.csv", row is "the chance that one actor sees of another keeping an agreement", unlocks "the mistrust premium",
    number is "the chance that the other complies, above 0, at most 1",
    {
        From "from" required "who trusts";
        To "to" required "whom";
    }
}

/// The chance that an actor sees of another complying, above 0 and at most 1.
pub type Trust = Input<TrustOf>;

/// Who trusts whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrustOf {
    /// Who trusts.
    pub from: Id<Actor>,
    /// Whom.
    pub to: Id<Actor>,
}

impl About for TrustOf {
    const FORMAT: TableFormat = TrustColumn::FORMAT;
    const LETTER: char = 't';
    const BOUNDS: Bounds = Bounds::PositiveShare;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let from = loading.actor(row.get(TrustColumn::From), row, TrustColumn::From, findings);
        let to = loading.actor(row.get(TrustColumn::To), row, TrustColumn::To, findings);
        let about = TrustOf { from: from?, to: to? };
        if about.from == about.to {
            let message =
                format!("`{}` and `{}` are the same actor", row.get(TrustColumn::From), row.get(TrustColumn::To));
            findings.push(
                row.finding(Code::OwnTrust, TrustColumn::To, message)
                    .hint("a row says how far one actor trusts another"),
            );
            return None;
        }
        Some(about)
    }

    fn cells(&self, _: &Case, texts: &ActorTexts<'_>) -> Vec<String> {
        vec![texts.one(self.from).to_owned(), texts.one(self.to).to_owned()]
    }

    fn actors(&self) -> Vec<Id<Actor>> {
        vec![self.from, self.to]
    }

    fn issues(&self, _: &List<Issue>) -> Vec<Id<Issue>> {
        Vec::new()
    }

    fn moved(&self, actor: &dyn Fn(Id<Actor>) -> Id<Actor>, _: &dyn Fn(Id<Issue>) -> Id<Issue>) -> Self {
        TrustOf { from: actor(self.from), to: actor(self.to) }
    }
}
