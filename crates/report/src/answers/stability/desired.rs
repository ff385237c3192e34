//! What would have to change for a state to hold.

use detente_analysis::stability::desired::{
    ChangeNow, ClauseNow, InverseNow, LeastNow, LeastVerdict, MarginNow, MarginVerdict,
};
use detente_analysis::stability::told::DecisionMakerNow;

use super::{CONCEPTS, Page};
use crate::document::{Block, Cell, Point, Sentence, Table, paragraph};
use crate::words;

impl Page<'_> {
    pub(super) fn desired(&self, inverse: &InverseNow) -> Vec<Block> {
        let concept = CONCEPTS.iter().find(|(key, ..)| *key == inverse.concept).map_or("", |(_, name, _)| name);
        let sides = |ids: &[String]| words::list(&ids.iter().map(|id| self.side(id)).collect::<Vec<_>>());
        let mut sentences = vec![Sentence::counted(match inverse.unstable_for.as_slice() {
            [] => format!("{} holds under {concept} as it is.", words::sentence_case(&self.named(inverse.desired))),
            [only] => format!(
                "{} does not hold under {concept}: only {} would move away.",
                words::sentence_case(&self.named(inverse.desired)),
                self.side(only)
            ),
            several => format!(
                "{} does not hold under {concept}: {} would move away.",
                words::sentence_case(&self.named(inverse.desired)),
                sides(several)
            ),
        })];
        sentences.push(Sentence::counted(format!("For it to hold, {}.", self.least(&inverse.joint))));
        sentences.push(Sentence::plain(
            "A state crosses if it comes to be liked less than the desired one where it was liked more, or the reverse. What \
             follows counts states that cross; it does not say how hard that would be for a side.",
        ));
        let mut blocks = vec![paragraph(sentences)];
        let makers = self.answer.decision_makers.iter();
        let row = |(((maker, own), alone), margin): (((&DecisionMakerNow, &LeastNow), &LeastNow), &MarginNow)| {
            let cost = |least: &LeastNow| match (least.verdict, least.cost) {
                (LeastVerdict::Found, Some(0)) => "nothing".to_owned(),
                (LeastVerdict::Found, Some(cost)) => words::count_of(cost, "state", "states"),
                (LeastVerdict::Impossible, _) => "cannot do it".to_owned(),
                (_, Some(cost)) => format!("at most {}", words::count_of(cost, "state", "states")),
                (_, None) => "not found".to_owned(),
            };
            let near = match margin.verdict {
                MarginVerdict::NotStable => "does not hold for it now".to_owned(),
                MarginVerdict::Never => "cannot break".to_owned(),
                MarginVerdict::States => words::count_of(margin.states.len(), "state", "states"),
                MarginVerdict::NotFound => "not found".to_owned(),
            };
            vec![Cell::from(maker.name.clone()), cost(own).into(), cost(alone).into(), near.into()]
        };
        let rows = makers.zip(&inverse.own).zip(&inverse.alone).zip(&inverse.margins).map(row);
        blocks.push(Block::Table(Table {
            caption: "States that would have to cross in the eyes of each side".into(),
            columns: [
                "Side",
                "For itself not to move away",
                "For the state to hold, by this side alone",
                "Until it would move away",
            ]
            .map(str::to_owned)
            .into(),
            rows: rows.collect(),
        }));
        let points: Vec<Point> = inverse
            .joint
            .changes
            .iter()
            .filter(|change| !change.crossings.is_empty())
            .map(|change| self.change(change))
            .collect();
        if !points.is_empty() {
            let all = if inverse.joint.all { "All such changes" } else { "Such changes, not all of them" };
            blocks.push(paragraph(vec![Sentence::plain(format!(
                "{all}; each was put through the whole analysis again."
            ))]));
            blocks.push(Block::Points { points });
        }
        let open: Vec<Point> = inverse
            .necessary
            .iter()
            .filter(|clause| !clause.holds)
            .map(|clause| self.clause(clause, inverse.desired))
            .collect();
        if !open.is_empty() {
            blocks.push(paragraph(vec![Sentence::plain("Whatever else changes, it would have to become true that:")]));
            blocks.push(Block::Points { points: open });
        }
        if let Some(found) = inverse.by_statements.as_ref().filter(|_| !inverse.unstable_for.is_empty()) {
            blocks.extend(self.reordered(found));
        }
        blocks
    }

    fn least(&self, least: &LeastNow) -> String {
        match (least.verdict, least.cost, least.at_least) {
            (LeastVerdict::Found, Some(0), _) => "nothing would have to change".to_owned(),
            (LeastVerdict::Found, Some(cost), _) => {
                format!("{} would have to cross it, and fewer do not suffice", words::count_of(cost, "state", "states"))
            }
            (LeastVerdict::Undecided, Some(cost), Some(least)) => format!(
                "{} crossing it suffice, and it takes at least {least}; the search for the least was given up",
                words::count_of(cost, "state", "states")
            ),
            (LeastVerdict::Impossible, ..) => "no change of preferences would do".to_owned(),
            _ => "no change was found in the time given".to_owned(),
        }
    }

    fn change(&self, change: &ChangeNow) -> Point {
        let crossings: Vec<String> = change
            .crossings
            .iter()
            .map(|crossing| {
                let how = if crossing.down { "less" } else { "more" };
                format!(
                    "{} would have to like {} {how} than it",
                    self.side(&crossing.decision_maker),
                    self.named(crossing.state)
                )
            })
            .collect();
        let mut sentences = vec![Sentence::counted(format!("{}.", words::sentence_case(&words::list(&crossings))))];
        sentences.extend(self.side_effects(&change.appear, &change.vanish));
        Point { lead: String::new(), sentences }
    }

    fn clause(&self, clause: &ClauseNow, desired: u64) -> Point {
        let states: Vec<String> = clause.states.iter().map(|state| self.named(*state)).collect();
        let text = match states.as_slice() {
            [only] => format!("{only} is no better than state {desired}"),
            several => format!("one of these is no better than state {desired}: {}", several.join("; ")),
        };
        Point {
            lead: format!("{}.", self.side(&clause.decision_maker)),
            sentences: vec![Sentence::counted(format!("For it {text}."))],
        }
    }
}
