//! What tables share that say something of one option and one actor: `values.csv` and `exposure.csv`.

/// What such a table is about: an actor, an issue and an option of it, each in a column of that name.
macro_rules! option_of {
    ($(#[$meta:meta])* $name:ident, $columns:ident, letter $letter:literal, actor is $who:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name {
            #[doc = $who]
            pub actor: $crate::ids::Id<$crate::actor::Actor>,
            /// The issue.
            pub issue: $crate::ids::Id<$crate::issue::Issue>,
            /// The option of the issue.
            pub option: $crate::issue::OptionPlace,
        }

        impl $crate::input::About for $name {
            const FORMAT: $crate::table::TableFormat = $columns::FORMAT;
            const LETTER: char = $letter;
            const BOUNDS: $crate::input::Bounds = $crate::input::Bounds::Share;

            fn read(
                row: &$crate::table::Row<'_>,
                loading: &mut $crate::load::Loading<'_>,
                findings: &mut $crate::diagnostic::Findings,
            ) -> Option<Self> {
                let actor = loading.actor(row.get($columns::Actor), row, $columns::Actor, findings);
                let issue = super::issue(row, $columns::Issue, loading, findings);
                let option = super::option(row, issue, $columns::Option, loading, findings);
                Some($name { actor: actor?, issue: issue?, option: option? })
            }

            fn cells(&self, case: &$crate::case::Case, texts: &$crate::export::ActorTexts<'_>) -> Vec<String> {
                let issue = &case.issues[self.issue];
                let option = &issue.options[usize::from(self.option.0)];
                vec![texts.one(self.actor).to_owned(), issue.id.to_string(), option.id.to_string()]
            }

            fn actors(&self) -> Vec<$crate::ids::Id<$crate::actor::Actor>> {
                vec![self.actor]
            }

            fn issues(&self, _: &$crate::ids::List<$crate::issue::Issue>) -> Vec<$crate::ids::Id<$crate::issue::Issue>> {
                vec![self.issue]
            }

            fn moved(
                &self,
                actor: &dyn Fn($crate::ids::Id<$crate::actor::Actor>) -> $crate::ids::Id<$crate::actor::Actor>,
                issue: &dyn Fn($crate::ids::Id<$crate::issue::Issue>) -> $crate::ids::Id<$crate::issue::Issue>,
            ) -> Self {
                $name { actor: actor(self.actor), issue: issue(self.issue), option: self.option }
            }
        }
    };
}

pub(crate) use option_of;
