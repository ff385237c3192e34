//! The exchange model over all issues, for actors that take part in several.

use detente_forecast::{ExchangeOptions, Stand, Table, exchange};

use super::models::bare;
use super::question::IssueOf;
use super::result::{IssueForecast, ModelName, Trade};
use crate::ensemble::rounded;

/// Adds the exchange model to each issue and gives the exchanges of its first round. With one issue there is nothing to trade.
pub(super) fn exchanges(of: &[IssueOf<'_>], issues: &mut [IssueForecast]) -> Vec<Trade> {
    if of.len() < 2 {
        return Vec::new();
    }
    let mut ids: Vec<&str> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for actor in of.iter().flat_map(|issue| &issue.actors) {
        places.entry(actor.id.as_str()).or_insert_with(|| {
            ids.push(&actor.id);
            ids.len() - 1
        });
    }
    let rows: Vec<_> = of
        .iter()
        .map(|issue| {
            let mut row: Vec<Option<Stand>> = vec![None; ids.len()];
            for (actor, stand) in issue.actors.iter().zip(issue.best.stands()) {
                row[places[actor.id.as_str()]] = Some(*stand);
            }
            (issue.best.scale(), row)
        })
        .collect();
    let Some(table) = Table::new(&rows) else { return Vec::new() };
    let rounds = exchange(&table, ExchangeOptions::default());
    let Some(round) = rounds.first() else { return Vec::new() };
    for (issue, outcome) in issues.iter_mut().zip(&round.outcomes) {
        let mut model = bare(ModelName::Exchange);
        model.value = Some(rounded(*outcome));
        model.note = Some("One round of exchanges at equal gain, at the best values; not drawn.".to_owned());
        issue.models.push(model);
    }
    let told = |trade: &detente_forecast::Exchange| Trade {
        first: ids[trade.first.0].to_owned(),
        first_issue: of[trade.first.1].id.clone(),
        first_shift: rounded(trade.shifts.0),
        second: ids[trade.second.0].to_owned(),
        second_issue: of[trade.second.1].id.clone(),
        second_shift: rounded(trade.shifts.1),
        gain: rounded(trade.gains.0),
        others: rounded(trade.others),
    };
    round.exchanges.iter().map(told).collect()
}
