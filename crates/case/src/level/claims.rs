//! Claims as a level shows them: one that names what is left out is left out with it.

use super::{Kept, Parts, Used};
use crate::actor::Actor;
use crate::case::Case;
use crate::claim::Claim;
use crate::claim::predicate::Named;
use crate::ids::{Id, List};
use crate::issue::{Issue, Topic};
use crate::marking::Marking;

/// What a level does not show.
pub(super) struct Hidden<'a> {
    pub(super) actor: &'a dyn Fn(Id<Actor>) -> bool,
    pub(super) issue: &'a dyn Fn(Id<Issue>) -> bool,
    pub(super) topic: &'a dyn Fn(Id<Topic>) -> bool,
    /// Whether no value of a series is shown.
    pub(super) series: &'a dyn Fn(&str) -> bool,
}

impl Case {
    /// The claims that are shown.
    pub(super) fn kept_claims(&self, shows: &dyn Fn(Option<Marking>) -> bool, hidden: &Hidden<'_>) -> Kept<Claim> {
        Kept::of(&self.claims, |_, claim| {
            let mut seeker = Seeker { hidden, issues: &self.issues, found: false };
            claim.clone().tell_names(&mut seeker);
            shows(claim.marking) && !seeker.found
        })
    }
}

/// Looks for something hidden among what a claim names.
struct Seeker<'a> {
    hidden: &'a Hidden<'a>,
    issues: &'a List<Issue>,
    found: bool,
}

impl Named for Seeker<'_> {
    fn actor(&mut self, id: &mut Id<Actor>) {
        self.found |= (self.hidden.actor)(*id);
    }

    fn issue(&mut self, id: &mut Id<Issue>) {
        self.found |= (self.hidden.issue)(*id);
    }

    fn topic(&mut self, id: &mut Id<Topic>) {
        self.found |= (self.hidden.topic)(*id);
    }

    fn group(&mut self, group: &str) {
        // A group of which some issues are hidden is a question about the others.
        let mut of_group = self.issues.with_ids().filter(|(_, issue)| *issue.group == *group);
        self.found |= of_group.all(|(id, _)| (self.hidden.issue)(id));
    }

    fn series(&mut self, name: &str) {
        self.found |= (self.hidden.series)(name);
    }
}

impl Kept<Claim> {
    /// The claims that are kept, with the new ids of what they name.
    pub(super) fn claims(&self, claims: &List<Claim>, kept: &Parts) -> List<Claim> {
        self.rows(claims, |claim| claim.tell_names(&mut Mover { kept }))
    }
}

/// Gives what a claim names its new ids.
struct Mover<'a> {
    kept: &'a Parts,
}

impl Named for Mover<'_> {
    fn actor(&mut self, id: &mut Id<Actor>) {
        *id = self.kept.actors.new_id(*id).unwrap_or(*id);
    }

    fn issue(&mut self, id: &mut Id<Issue>) {
        *id = self.kept.issues.new_id(*id).unwrap_or(*id);
    }

    fn topic(&mut self, id: &mut Id<Topic>) {
        *id = self.kept.topics.new_id(*id).unwrap_or(*id);
    }

    fn group(&mut self, _: &str) {}

    fn series(&mut self, _: &str) {}
}

impl Used {
    /// Notes what the claims that are kept name.
    pub(super) fn claims(&mut self, case: &Case, kept: &Kept<Claim>) {
        for claim in kept.old.iter().map(|id| &case.claims[*id]) {
            claim.clone().tell_names(&mut Noter { used: self, case });
        }
    }
}

/// Notes what a claim names.
struct Noter<'a> {
    used: &'a mut Used,
    case: &'a Case,
}

impl Named for Noter<'_> {
    fn actor(&mut self, id: &mut Id<Actor>) {
        self.used.actor(self.case, *id);
    }

    fn issue(&mut self, id: &mut Id<Issue>) {
        self.used.issues[id.place()] = true;
    }

    fn topic(&mut self, id: &mut Id<Topic>) {
        self.used.topic(self.case, *id);
    }

    fn group(&mut self, _: &str) {}

    fn series(&mut self, _: &str) {}
}
