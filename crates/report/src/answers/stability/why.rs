//! Why a state holds for a side or does not, in sentences.

use detente_analysis::stability::told::{OpenNow, StepNow, WhyNow};

use super::{CONCEPTS, Page};
use crate::document::{Block, Point, Sentence, paragraph};
use crate::words;

impl Page<'_> {
    pub(super) fn why(&self) -> Vec<Block> {
        let mut asked: Vec<u64> = self.answer.why.iter().map(|why| why.state).collect();
        asked.dedup();
        let mut blocks = Vec::new();
        for state in asked {
            blocks.push(paragraph(vec![Sentence::plain(format!("{}.", words::sentence_case(&self.named(state))))]));
            // Concepts for which the same is to be said share a point.
            let mut told: Vec<(&str, String, Vec<String>)> = Vec::new();
            for why in self.answer.why.iter().filter(|why| why.state == state) {
                let name = CONCEPTS.iter().find(|(key, ..)| *key == why.concept).map_or("", |(_, name, _)| name);
                let text = self.because(why);
                match told.iter_mut().find(|(side, same, _)| *side == why.decision_maker && *same == text) {
                    Some((.., names)) => names.push(name.to_owned()),
                    None => told.push((&why.decision_maker, text, vec![name.to_owned()])),
                }
            }
            let points = told.into_iter().map(|(side, text, names)| Point {
                lead: format!("{}, {}.", self.side(side), words::list(&names)),
                sentences: vec![Sentence::counted(text)],
            });
            blocks.push(Block::Points { points: points.collect() });
        }
        blocks
    }

    fn because(&self, why: &WhyNow) -> String {
        let side = self.side(&why.decision_maker);
        match &why.open {
            None if why.deterred.is_empty() => format!("Holds: {side} has no move to a state that it prefers."),
            None => {
                let told: Vec<String> = why
                    .deterred
                    .iter()
                    .map(|found| {
                        let back = match found.countermove {
                            Some(to) => {
                                format!("; from there it could go on to {} at most, no better either", self.named(to))
                            }
                            None => String::new(),
                        };
                        format!(
                            "to {}, but {}, which is no better for it than state {}{back}",
                            self.named(found.improvement),
                            self.path(&found.path),
                            why.state
                        )
                    })
                    .collect();
                format!("Holds: {side} could gain by going {}.", told.join("; or "))
            }
            Some(open) => {
                let to = self.named(open.improvement);
                format!("Does not hold: {side} would gain by going to {to}, and {}.", self.unanswered(open))
            }
        }
    }

    fn unanswered(&self, open: &OpenNow) -> String {
        match (open.outcome, open.countermove) {
            (Some(_), Some(counter)) => format!(
                "if {}, it could still go on to {}, which is better for it than where it started",
                self.path(&open.path),
                self.named(counter)
            ),
            (Some(_), None) => {
                format!(
                    "the worst that the others can make of it is that {}, which still is better for it",
                    self.path(&open.path)
                )
            }
            (None, _) => "no answer of the others comes into it".to_owned(),
        }
    }

    pub(super) fn path(&self, path: &[StepNow]) -> String {
        let steps = path.iter().map(|step| format!("{} would go to {}", self.side(&step.by), self.named(step.to)));
        steps.collect::<Vec<_>>().join(", then ")
    }
}
