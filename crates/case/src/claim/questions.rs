//! Each question that a claim may ask, made from its arguments.

use super::Asked;
use super::arguments::{Arguments, Context};
use super::predicate::{ContactKind, Counted, GapWord, MovementFilter, MovementWord, PhaseWord, Predicate};
use crate::event::{ContactLevel, EventType};
use crate::expression::Question;
use crate::relation::RelationType;

/// What a question asks; what is wrong with it is reported.
pub(super) fn resolve(question: &Question, context: &mut Context<'_, '_, '_>) -> Option<Asked> {
    let mut of = Arguments::new(question, context)?;
    let predicate = predicate(&mut of);
    let predicate = of.finish(predicate)?;
    Some(Asked { written: question.to_string().into(), predicate })
}

fn predicate(of: &mut Arguments<'_, '_, '_, '_, '_>) -> Option<Predicate> {
    Some(match of.form.name {
        "phase" => Predicate::Phase { track: of.track(), at: of.at(), is: of.is(&PhaseWord::WORDS)? },
        name @ ("months" | "spell") => Predicate::Months {
            track: of.track(),
            phases: of.words("phase", &PhaseWord::WORDS),
            in_a_row: name == "spell",
            within: of.window(),
            number: of.number()?,
        },
        "contact" => {
            let (kind, track, within) = (of.word("kind", &ContactKind::WORDS), of.track(), of.window());
            Predicate::Contact { level: of.is(&ContactLevel::WORDS)?, kind: kind?, track, within }
        }
        name @ ("rounds" | "mediations" | "events") => {
            let mut filter = of.events();
            let counted = match name {
                "rounds" => Counted::Rounds,
                "mediations" => Counted::Mediations,
                _ => {
                    filter.kind = of.word("type", &EventType::WORDS);
                    Counted::Events
                }
            };
            Predicate::Count { of: counted, filter, within: of.window(), number: of.number()? }
        }
        name @ ("position" | "tabled" | "limits") => {
            let (actor, issue) = (of.actor("actor"), of.issue());
            let is = of.options(issue);
            match name {
                "position" => Predicate::Position { at: of.at(), actor: actor?, issue: issue?, is: is? },
                "tabled" => Predicate::Tabled { within: of.window(), actor: actor?, issue: issue?, is: is? },
                _ => {
                    let (at, reading) = (of.at(), of.reading());
                    Predicate::Limits { actor: actor?, issue: issue?, at, reading, is: is? }
                }
            }
        }
        name @ ("hardening" | "concession") => {
            let filter = MovementFilter {
                by: of.actor("by"),
                on: of.issues(),
                kind: of.word("kind", &MovementWord::WORDS),
                law: of.yes("law"),
            };
            Predicate::Movements { hardening: name == "hardening", filter, within: of.window(), number: of.number()? }
        }
        "gap" => Predicate::Gap { of: of.issues(), at: of.at(), number: of.number()? },
        "gap_change" => Predicate::GapChange { of: of.issues(), within: of.window(), is: of.is(&GapWord::WORDS)? },
        name @ ("blocked" | "both_must_move") => {
            let (at, reading) = (of.at(), of.reading());
            of.yes_or_no();
            if name == "blocked" { Predicate::Blocked { at, reading } } else { Predicate::BothMustMove { at, reading } }
        }
        "sticking" => {
            let (issues, at, reading) = (of.issues(), of.at(), of.reading());
            of.needs_issues(&issues);
            Predicate::Sticking { of: issues, at, reading, rank: of.number()? }
        }
        "series" => {
            let (name, at) = (of.series(), of.at());
            Predicate::Series { number: of.number()?, name: name?, at }
        }
        "change" => {
            let (name, within) = (of.series(), of.window());
            Predicate::Change { number: of.number()?, name: name?, within }
        }
        "relation" => {
            let (from, to, kind) = (of.actor("actor"), of.actor("whom"), of.word("type", &RelationType::WORDS));
            let within = of.window_or_day();
            of.yes_or_no();
            Predicate::Relation { from: from?, to: to?, kind: kind?, within }
        }
        "trust_change" => {
            let (from, to, within) = (of.actor("actor"), of.actor("whom"), of.window());
            Predicate::TrustChange { number: of.number()?, from: from?, to: to?, within }
        }
        "effect" => {
            let factor = of.value("factor").map(|name| name.text.clone());
            Predicate::Effect { number: of.number()?, factor: factor? }
        }
        // Every form of the list is read above; a test compares them.
        _ => return None,
    })
}
