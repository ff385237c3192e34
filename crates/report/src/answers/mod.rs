//! Answers to single questions as documents: what the commands other than `brief` print.

mod agreement;
mod backtest;
pub(crate) mod claims;
mod coders;
mod common;
mod diff;
mod forecast;
mod forecast_of_case;
mod history;
pub(crate) mod known_then;
mod now;
mod plan;
pub(crate) mod ripeness;
pub(crate) mod scales;
mod scenarios;
pub(crate) mod stability;
mod unlock;

pub use agreement::{agreement, blocks, values};
pub use backtest::deu;
pub use claims::claims;
pub use coders::{coded_by, coders};
pub use common::common;
pub use diff::diff;
pub use forecast::{forecast, forecast_sections};
pub use forecast_of_case::forecast_of_case;
pub use history::history;
pub use known_then::known_then;
pub use now::now;
pub use plan::plan;
pub use ripeness::ripeness;
pub use scales::{scales, scales_text};
pub use scenarios::scenarios;
pub use stability::{single_state, stability};
pub use unlock::unlock;

use detente_case::{Case, Moment};

use crate::document::{Document, Section};

/// A document about one question.
pub(crate) fn answer(
    case: &Case,
    moment: Moment,
    what: &str,
    about: &detente_analysis::About,
    sections: Vec<Section>,
) -> Document {
    let mut banners = vec![crate::brief::level_banner(about.level)];
    if let Some(last) = moment.unknown_after {
        banners.push(format!(
            "Unknown after {}: the record ends there. What follows is as of that day.",
            crate::words::day(last)
        ));
    }
    Document {
        title: format!("{what}: {}", case.settings.title),
        subtitle: format!("As of {}, as known on {}.", crate::words::day(moment.at), crate::words::day(moment.known)),
        moment: moment.into(),
        banners,
        sections,
        about: about.clone(),
    }
}

fn section(id: &str, title: &str, blocks: Vec<crate::document::Block>) -> Section {
    Section { id: id.to_owned(), title: title.to_owned(), annex: false, blocks }
}
