//! Prices of movement, from `case.toml`: what a step or a shift of a threshold costs an actor, so that least shifts can be compared.

use crate::actor::Actor;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::Id;
use crate::keys::{Reader, Section};
use crate::load::Loading;
use crate::range::Decimal;
use crate::settings;
use crate::source::Source;
use crate::words::word_enum;

word_enum! {
    /// What a price is of.
    Per {
        Step "step" "One step of an option along its issue.";
        Threshold "threshold" "The whole range of what packages are worth to the actor.";
    }
}

/// What a movement costs an actor. Prices of all actors are on one scale.
#[derive(Clone, Debug)]
pub struct Price {
    /// Who moves.
    pub actor: Id<Actor>,
    /// What is priced.
    pub per: Per,
    /// The price, above 0.
    pub amount: Decimal,
    /// Where it was read; a price without a source is an assumption.
    pub source: Option<Id<Source>>,
    /// Why it is so.
    pub reason: Box<str>,
}

/// A price as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    actor: String,
    per: Per,
    amount: Decimal,
    source_id: String,
    reason: String,
    /// Its place among the prices of the file.
    number: usize,
}

impl Written {
    pub(crate) fn read(number: usize, mut section: Section<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let positive = |text: &str| Decimal::parse(text).filter(|amount| amount.value() > 0.0);
        let actor = section.needed(reader, "actor", "the id or name of an actor");
        let per = section.needed_word(reader, "per", &Per::WORDS);
        let amount = section.number(reader, "amount", positive, "a number above 0");
        if amount.is_none() && !section.has("amount") {
            section.lacks(reader, "amount", "a number above 0");
        }
        let source_id = section.text(reader, "source_id");
        let reason = section.text(reader, "reason");
        section.finish(reader);
        Some(Written { actor: actor?, per: per?, amount: amount?, source_id, reason, number })
    }
}

/// The prices of a case, with their actors and sources.
pub(crate) fn resolve(settings: &settings::Settings, loading: &mut Loading<'_>, findings: &mut Findings) -> Vec<Price> {
    let mut prices: Vec<Price> = Vec::new();
    for written in &settings.prices {
        let at = |code: Code, message: String| {
            let finding = Diagnostic::new(code, settings::FILE, format!("[[price]]: {message}"));
            match settings.places.prices.get(written.number) {
                Some((line, column)) => finding.at(*line, Some(*column)),
                None => finding,
            }
        };
        if written.source_id.is_empty() && written.reason.is_empty() {
            let message = format!("the price of `{}` has neither `source_id` nor `reason`", written.actor);
            findings.push(at(Code::NoReason, message).hint("`reason` says why an assumption is made"));
        }
        let source = loading.source_at(&written.source_id, |message| at(Code::UnknownReference, message), findings);
        let Some(actor) = loading.actor_at(&written.actor, at, findings) else { continue };
        if prices.iter().any(|price| (price.actor, price.per) == (actor, written.per)) {
            let message = format!("`{}` has a price per {} already", written.actor, written.per.word());
            findings.push(at(Code::RepeatedInput, message).hint("keep one of them"));
            continue;
        }
        let (per, amount, reason) = (written.per, written.amount.clone(), written.reason.as_str().into());
        prices.push(Price { actor, per, amount, source, reason });
    }
    prices
}
