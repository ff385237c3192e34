//! Ids as the case names them: actors, issues, options.

use detente_case::Case;
use detente_case::issue::Issue;

use crate::words;

/// The names of a case's ids.
#[derive(Clone, Copy)]
pub(crate) struct Labels<'c>(pub(crate) &'c Case);

impl<'c> Labels<'c> {
    /// The name of an actor.
    pub(crate) fn actor(self, id: &str) -> String {
        self.0.actors.iter().find(|actor| *actor.id == *id).map_or(id, |actor| &actor.name).to_owned()
    }

    /// The title of an issue or topic, without quotation marks.
    pub(crate) fn title(self, id: &str) -> String {
        let topic = || self.0.topics.iter().find(|topic| *topic.id == *id).map(|topic| &*topic.title);
        let title = self.issue(id).map(|issue| &*issue.title).or_else(topic).filter(|title| !title.is_empty());
        title.unwrap_or(id).to_owned()
    }

    /// The title of an issue or topic in quotation marks.
    pub(crate) fn quoted(self, id: &str) -> String {
        format!("“{}”", self.title(id))
    }

    /// The label of an option, without quotation marks.
    pub(crate) fn label(self, issue: &str, option: &str) -> String {
        let found = self.issue(issue).and_then(|issue| issue.options.iter().find(|o| *o.id == *option));
        words::clause(found.map_or(option, |option| &option.label))
    }

    /// The label of an option in quotation marks.
    pub(crate) fn option(self, issue: &str, option: &str) -> String {
        format!("“{}”", self.label(issue, option))
    }

    fn issue(self, id: &str) -> Option<&'c Issue> {
        self.0.issues.iter().find(|issue| *issue.id == *id)
    }
}
