//! The pages: their names, what each needs of a case, and which parameters it takes.

use detente_case::Case;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Page {
    /// Who stands where.
    Now,
    /// How it got here.
    History,
    /// What plans would meet.
    Plans,
    /// What the sides have ever had in common.
    Common,
    /// What blocks, by the order of options alone.
    Blocks,
    /// What room numbers leave.
    Values,
    /// Which outcomes would hold.
    Stability,
    /// Where models point.
    Forecast,
    /// What could happen.
    Scenarios,
    /// Claims tested against the rows.
    Claims,
    /// Signs of ripeness.
    Ripeness,
    /// Of what the record is made.
    Sources,
    /// The brief: handed over, not shown.
    Brief,
}

impl Page {
    /// The pages that are shown, in the order of the menu.
    pub(crate) const SHOWN: [Page; 12] = [
        Page::Now,
        Page::History,
        Page::Plans,
        Page::Common,
        Page::Blocks,
        Page::Values,
        Page::Stability,
        Page::Forecast,
        Page::Scenarios,
        Page::Claims,
        Page::Ripeness,
        Page::Sources,
    ];

    /// The name in addresses and files.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Page::Now => "now",
            Page::History => "history",
            Page::Plans => "plans",
            Page::Common => "common",
            Page::Blocks => "blocks",
            Page::Values => "values",
            Page::Stability => "stability",
            Page::Forecast => "forecast",
            Page::Scenarios => "scenarios",
            Page::Claims => "claims",
            Page::Ripeness => "ripeness",
            Page::Sources => "sources",
            Page::Brief => "brief",
        }
    }

    /// The page of a name that can be shown.
    #[must_use]
    pub(crate) fn shown(name: &str) -> Option<Page> {
        Page::SHOWN.into_iter().find(|page| page.name() == name)
    }

    /// The page of a name that can be handed over.
    #[must_use]
    pub(crate) fn handed(name: &str) -> Option<Page> {
        Page::shown(name).or_else(|| (name == Page::Brief.name()).then_some(Page::Brief))
    }

    /// The parameters that it takes.
    #[must_use]
    pub(crate) fn parameters(self) -> &'static [&'static str] {
        match self {
            Page::Plans => &["at", "known", "job", "package"],
            Page::Blocks => &["at", "known", "job", "lift"],
            _ => &["at", "known", "job"],
        }
    }

    /// Whether a case has anything for it.
    #[must_use]
    pub(crate) fn has_data(self, case: &Case) -> bool {
        let coded = || case.positions.iter().any(detente_case::position::Position::is_coded);
        match self {
            Page::Now => !case.positions.is_empty(),
            Page::History => !case.events.is_empty() || coded(),
            Page::Plans => !case.clauses.is_empty(),
            Page::Common | Page::Forecast => coded(),
            Page::Blocks | Page::Values => case.principals.len() > 1 && coded(),
            Page::Stability => !case.stability.is_empty(),
            Page::Scenarios => !case.scenarios.is_empty() || !case.scenario_factors.is_empty(),
            Page::Claims => !case.claims.is_empty(),
            Page::Ripeness => !case.indicators.is_empty(),
            Page::Sources | Page::Brief => !case.positions.is_empty() || !case.events.is_empty(),
        }
    }
}
