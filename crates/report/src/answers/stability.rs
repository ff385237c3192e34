//! Which outcomes of a model would hold.

use detente_analysis::stability::desired::{
    ChangeNow, ClauseNow, InverseNow, LeastNow, LeastVerdict, MarginNow, MarginVerdict,
};
use detente_analysis::stability::robust::{Robustness, WithoutStatement};
use detente_analysis::stability::told::{
    ArrivalNow, ByConcept, CoalitionsNow, DecisionMakerNow, FromStatusQuo, OpenNow, PreferenceKind, Stability,
    StateNow, StatementNow, StepNow, WhyNow,
};
use detente_case::Level;

use super::section;
use crate::document::{Block, Cell, Document, Point, Section, Sentence, Table, paragraph};
use crate::words;

/// The most states in a table.
const MOST_ROWS: usize = 60;
/// The most state numbers in a cell or a sentence.
const MOST_NUMBERS: usize = 24;

/// The concepts: their key, their short name, and what each says.
const CONCEPTS: [(&str, &str, &str); 5] = [
    ("nash", "Nash", "nobody can move alone to a state that it prefers, answers left out"),
    (
        "gmr",
        "GMR",
        "every such move could be answered by the others with something no better for the one who moved, even at a cost to themselves (general metarationality)",
    ),
    ("smr", "SMR", "the same, and the one who moved could not get out of that answer (symmetric metarationality)"),
    (
        "seq",
        "SEQ",
        "every such move would be answered by moves that each improve matters for those who make them (sequential stability)",
    ),
    (
        "sseq",
        "SSEQ",
        "the same, and the one who moved could not get out of that answer (symmetric sequential stability)",
    ),
];

/// The answer as a document.
#[must_use]
pub fn stability(answer: &Stability) -> Document {
    let page = Page { answer };
    let mut sections = vec![section("in-short", "In short", page.in_short())];
    sections.push(section("states", "Which states would hold", page.states()));
    if !answer.why.is_empty() {
        sections.push(section("why", "Why", page.why()));
    }
    if let Some(inverse) = &answer.inverse {
        sections.push(section("desired", "What would have to change", page.desired(inverse)));
    }
    if let Some(from) = &answer.from_status_quo {
        sections.push(section("status-quo", "From where things stand", page.since_status_quo(from)));
    }
    if let Some(coalitions) = &answer.coalitions {
        sections.push(section("coalitions", "If sides move together", page.coalitions(coalitions)));
    }
    if let Some(robustness) = &answer.robustness {
        sections.push(section("how-sure", "How far it depends on what is assumed", page.how_sure(robustness)));
    }
    if !answer.without.is_empty() {
        sections.push(section("statements", "Which statements decide it", page.without()));
    }
    sections.push(section("for-each", "For each side", page.for_each()));
    sections.push(section("prefers", "What each side is taken to prefer", page.prefers()));
    sections.push(page.model());
    let moment = answer.at.clone().unwrap_or_default();
    let of = answer.at.as_deref().and_then(|at| at.parse().ok()).map(|day| format!(" As of {}.", words::day(day)));
    Document {
        title: format!("Which outcomes would hold: {}", answer.title),
        subtitle: format!(
            "{}, {}.{}",
            words::count_of(answer.decision_makers.len(), "side", "sides"),
            words::count_of(answer.count, "state", "states"),
            of.unwrap_or_default()
        ),
        moment: detente_analysis::about::At { at: moment.clone(), known: moment, unknown_after: None },
        banners: match answer.about.level {
            Level::Public => Vec::new(),
            level => vec![crate::brief::level_banner(level)],
        },
        sections,
        about: answer.about.clone(),
    }
}

struct Page<'a> {
    answer: &'a Stability,
}

impl Page<'_> {
    fn state(&self, number: u64) -> Option<&StateNow> {
        let states = self.answer.states.as_ref()?;
        states.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// What a state is, in words; empty if the states are not listed.
    fn words_of(&self, number: u64) -> String {
        let Some(state) = self.state(number) else { return String::new() };
        if !state.name.is_empty() {
            return state.name.clone();
        }
        if self.answer.options.is_empty() {
            return String::new();
        }
        let taken = self.answer.options.iter().zip(state.options.chars()).filter(|(_, letter)| *letter == 'Y');
        let taken: Vec<String> = taken.map(|(option, _)| option.label.clone()).collect();
        if taken.is_empty() { "nothing of it is done".to_owned() } else { taken.join("; ") }
    }

    /// "state 5 (Withdraw)".
    fn named(&self, number: u64) -> String {
        match self.words_of(number) {
            words if words.is_empty() => format!("state {number}"),
            words => format!("state {number} ({words})"),
        }
    }

    fn side(&self, id: &str) -> String {
        let found = self.answer.decision_makers.iter().find(|maker| maker.id == id);
        found.map_or_else(|| id.to_owned(), |maker| maker.name.clone())
    }

    fn in_short(&self) -> Vec<Block> {
        let answer = self.answer;
        let mut points = Vec::new();
        let strong = &answer.equilibria.sseq;
        let text = match strong.as_slice() {
            [] => "No state would hold against every move that a side would like, if the others answer only with moves that they like themselves.".to_owned(),
            [only] => format!(
                "One state would hold if the others answer only with moves that they like themselves: {}.",
                self.named(*only)
            ),
            some => format!(
                "{} would hold if the others answer only with moves that they like themselves: {}.",
                words::sentence_case(&words::count_of(some.len(), "state", "states")),
                words::list_some(&some.iter().map(|number| self.named(*number)).collect::<Vec<_>>(), 6)
            ),
        };
        points.push(Point { lead: "What would hold.".into(), sentences: vec![Sentence::counted(text)] });
        let nash = numbers(&answer.equilibria.nash);
        points.push(Point {
            lead: "Without any answer.".into(),
            sentences: vec![Sentence::counted(if nash.is_empty() {
                "In every state some side could gain by moving alone, if nobody answered.".to_owned()
            } else {
                format!("Nobody could gain by moving alone, even if nobody answered, in: {nash}.")
            })],
        });
        if let Some(status_quo) = answer.status_quo {
            let holds: Vec<String> = CONCEPTS
                .iter()
                .filter(|(key, ..)| of(&answer.equilibria, key).contains(&status_quo))
                .map(|(_, name, _)| (*name).to_owned())
                .collect();
            let verdict = if holds.is_empty() {
                "It would hold under none of the concepts".to_owned()
            } else {
                format!("It would hold under {}", words::list(&holds))
            };
            points.push(Point {
                lead: "Where things stand.".into(),
                sentences: vec![Sentence::counted(format!(
                    "The model begins in {}. {verdict}.",
                    self.named(status_quo)
                ))],
            });
        }
        if let Some(robustness) = &answer.robustness {
            points.push(self.most_often(robustness));
        }
        let explained = Sentence::plain(
            "A state says of every option whether it is taken. Here it holds if no side has a move alone that it would make, \
             given what the others would answer. This follows from who can move where and in which order each side likes the \
             states; it says nothing of how likely a state is.",
        );
        vec![Block::Points { points }, paragraph(vec![explained])]
    }

    fn most_often(&self, robustness: &Robustness) -> Point {
        let mut shares: Vec<(u64, f64)> =
            robustness.shares.iter().map(|share| (share.state, share.by_concept.sseq.share)).collect();
        shares.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let told: Vec<String> = shares
            .iter()
            .filter(|(_, share)| *share > 0.0)
            .take(5)
            .map(|(state, share)| format!("{} in {}", self.named(*state), percent(*share)))
            .collect();
        let text = if told.is_empty() {
            format!("In none of {} draws of the order of what is assumed does any state hold (SSEQ).", robustness.draws)
        } else {
            format!(
                "Over {} draws of the order of what is assumed, these hold most often (SSEQ): {}.",
                robustness.draws,
                told.join("; ")
            )
        };
        Point { lead: "How far it depends on assumptions.".into(), sentences: vec![Sentence::counted(text)] }
    }

    fn states(&self) -> Vec<Block> {
        let answer = self.answer;
        let mut listed: Vec<u64> = CONCEPTS.iter().flat_map(|(key, ..)| of(&answer.equilibria, key)).copied().collect();
        listed.extend(answer.status_quo);
        listed.sort_unstable();
        listed.dedup();
        let more = listed.len().saturating_sub(MOST_ROWS);
        let note = match more {
            0 => String::new(),
            more => format!("; {more} more stand in the JSON"),
        };
        let with_options = !answer.options.is_empty() && answer.states.is_some();
        let mut columns: Vec<String> = vec!["State".into()];
        if with_options {
            columns.push("Options".into());
        }
        columns.push("What it is".into());
        columns.extend(CONCEPTS.iter().map(|(_, name, _)| (*name).to_owned()));
        let row = |number: &u64| {
            let mut cells = vec![Cell::from(match answer.status_quo == Some(*number) {
                true => format!("{number} (now)"),
                false => number.to_string(),
            })];
            if with_options {
                cells.push(self.state(*number).map(|state| state.options.clone()).unwrap_or_default().into());
            }
            cells.push(self.words_of(*number).into());
            cells.extend(CONCEPTS.iter().map(|(key, ..)| {
                Cell::from(if of(&answer.equilibria, key).binary_search(number).is_ok() { "holds" } else { "–" })
            }));
            cells
        };
        let mut blocks = vec![Block::Table(Table {
            caption: format!("States that would hold under some concept{note}"),
            columns,
            rows: listed.iter().take(MOST_ROWS).map(row).collect(),
        })];
        if with_options {
            let letters = answer.options.iter().map(|option| option.label.clone()).collect::<Vec<_>>();
            blocks.push(paragraph(vec![Sentence::plain(format!(
                "The letters stand for the options in this order, Y where one is taken: {}.",
                letters.join("; ")
            ))]));
        }
        let concepts = CONCEPTS.iter().map(|(_, name, what)| Point {
            lead: format!("{name}."),
            sentences: vec![Sentence::plain(format!("{}.", words::sentence_case(what)))],
        });
        blocks.push(Block::Points { points: concepts.collect() });
        blocks.extend(self.by_structure());
        blocks
    }

    /// States that hold because nobody can move.
    fn by_structure(&self) -> Option<Block> {
        let states = self.answer.states.as_ref()?;
        let still: Vec<u64> = states
            .iter()
            .filter(|state| state.no_moves.len() == self.answer.decision_makers.len())
            .map(|state| state.number)
            .collect();
        let text = match still.len() {
            0 => return None,
            1 => format!("State {} holds whatever anybody prefers: nobody can move from it.", numbers(&still)),
            _ => format!("These hold whatever anybody prefers, since nobody can move from them: {}.", numbers(&still)),
        };
        Some(paragraph(vec![Sentence::counted(text)]))
    }

    fn why(&self) -> Vec<Block> {
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

    fn path(&self, path: &[StepNow]) -> String {
        let steps = path.iter().map(|step| format!("{} would go to {}", self.side(&step.by), self.named(step.to)));
        steps.collect::<Vec<_>>().join(", then ")
    }

    fn desired(&self, inverse: &InverseNow) -> Vec<Block> {
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
        for (states, what) in
            [(&change.appear, "would then hold as well"), (&change.vanish, "would then no longer hold")]
        {
            if !states.is_empty() {
                let what = format!(
                    "{} {what}: {}.",
                    words::count_of(states.len(), "other state", "other states"),
                    numbers(states)
                );
                sentences.push(Sentence::counted(words::sentence_case(&what)));
            }
        }
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

    fn since_status_quo(&self, from: &FromStatusQuo) -> Vec<Block> {
        let strong = &self.answer.equilibria.sseq;
        let row = |(any, improving): (&ArrivalNow, &ArrivalNow)| {
            let told = |arrival: &ArrivalNow| match (arrival.reached, arrival.path.len()) {
                (false, _) => "cannot come about".to_owned(),
                (true, 0) => "is the case".to_owned(),
                (true, moves) => {
                    let movers: Vec<String> = arrival.path.iter().map(|step| self.side(&step.by)).collect();
                    format!("{}: {}", words::count_of(moves, "move", "moves"), movers.join(", then "))
                }
            };
            vec![
                Cell::from(any.state.to_string()),
                Cell::from(self.words_of(any.state)),
                Cell::from(told(any)),
                Cell::from(told(improving)),
                Cell::from(numbers(&improving.on_the_way)),
            ]
        };
        let rows: Vec<Vec<Cell>> = from
            .any
            .iter()
            .zip(&from.improving)
            .filter(|(any, _)| strong.contains(&any.state))
            .take(MOST_ROWS)
            .map(row)
            .collect();
        if rows.is_empty() {
            return vec![paragraph(vec![Sentence::counted(
                "No state would hold under SSEQ, so there is none to come to.",
            )])];
        }
        vec![
            Block::Table(Table {
                caption:
                    "How the states that would hold (SSEQ) can come about from where things stand, by the fewest moves"
                        .into(),
                columns: [
                    "State",
                    "What it is",
                    "By any moves",
                    "By moves that each mover likes",
                    "On that way also hold",
                ]
                .map(str::to_owned)
                .into(),
                rows,
            }),
            paragraph(vec![Sentence::plain(
                "A state that cannot come about would hold and is not available. Where the way leads through another state that \
                 would hold, the sides may stop there.",
            )]),
        ]
    }

    fn coalitions(&self, coalitions: &CoalitionsNow) -> Vec<Block> {
        let together = |members: &[String]| members.iter().map(|id| self.side(id)).collect::<Vec<_>>().join(" + ");
        let row = |name: String, stable: &ByConcept<Vec<u64>>| {
            let mut cells = vec![Cell::from(name)];
            // Of the states that hold against single sides; all others stand in the JSON.
            let kept = |key: &str| {
                let holds = of::<Vec<u64>>(&self.answer.equilibria, key);
                of::<Vec<u64>>(stable, key).iter().copied().filter(|state| holds.contains(state)).collect::<Vec<u64>>()
            };
            cells.extend(CONCEPTS.iter().map(|(key, ..)| Cell::from(numbers(&kept(key)))));
            cells
        };
        let several = coalitions.of.iter().filter(|coalition| coalition.members.len() > 1);
        let mut rows: Vec<Vec<Cell>> =
            several.take(MOST_ROWS).map(|coalition| row(together(&coalition.members), &coalition.stable)).collect();
        rows.push(row("all coalitions".to_owned(), &coalitions.stable_for_all));
        let jumps = coalitions.jumps.iter().take(MOST_ROWS).map(|jump| Point {
            lead: String::new(),
            sentences: vec![Sentence::counted(format!(
                "{} could move together from {} to {}, and all of them would prefer that.",
                together(&jump.members),
                self.named(jump.from),
                self.named(jump.to)
            ))],
        });
        let jumps: Vec<Point> = jumps.collect();
        let mut blocks = vec![
            paragraph(vec![
                Sentence::plain(
                    "Sides that move together move in turn, and only if each of them prefers where that leads. They are deterred by \
                     what is no better for at least one of them.",
                ),
                Sentence::plain(match coalitions.answered_by.as_str() {
                    "coalitions" => "In SEQ and SSEQ the others answer one by one or together.",
                    _ => "In SEQ and SSEQ the others answer one by one.",
                }),
            ]),
            Block::Table(Table {
                caption: "Of the states that hold against single sides, those from which a coalition would not move either, by concept".into(),
                columns: ["Coalition"]
                    .into_iter()
                    .chain(CONCEPTS.iter().map(|(_, name, _)| *name))
                    .map(str::to_owned)
                    .collect(),
                rows,
            }),
        ];
        if jumps.is_empty() {
            blocks.push(paragraph(vec![Sentence::counted(
                "No coalition could move from one state that would hold (SSEQ) to another that all its members prefer.",
            )]));
        } else {
            blocks.push(Block::Points { points: jumps });
        }
        blocks
    }

    fn how_sure(&self, robustness: &Robustness) -> Vec<Block> {
        let sides: Vec<String> = robustness.uncertain.iter().map(|id| self.side(id)).collect();
        let text = format!(
            "{} draws. Uncertain are the preferences of {}. A statement that rests on a row keeps its place among the others that do; \
             an assumption is drawn at each place that it may have. A share says in how many draws a state holds; it is a share of \
             orders, not a likelihood of the outcome.",
            robustness.draws,
            words::list(&sides)
        );
        let row = |share: &detente_analysis::stability::robust::ShareNow| {
            let mut cells = vec![Cell::from(share.state.to_string()), Cell::from(self.words_of(share.state))];
            cells.extend(CONCEPTS.iter().map(|(key, ..)| {
                let found = of(&share.by_concept, key);
                Cell::from(percent(found.share))
            }));
            cells
        };
        let error = robustness
            .shares
            .iter()
            .flat_map(|share| CONCEPTS.iter().map(|(key, ..)| of(&share.by_concept, key).error))
            .fold(0.0, f64::max);
        let mut shares: Vec<_> = robustness.shares.iter().collect();
        let most = |share: &detente_analysis::stability::robust::ShareNow| share.by_concept.sseq.share;
        shares.sort_by(|one, other| most(other).total_cmp(&most(one)).then(one.state.cmp(&other.state)));
        let more = shares.len().saturating_sub(MOST_ROWS);
        let note = if more == 0 { String::new() } else { format!("; {more} more stand in the JSON") };
        vec![
            paragraph(vec![Sentence::counted(text)]),
            Block::Table(Table {
                caption: format!(
                    "Share of draws in which a state holds; the number of draws leaves each uncertain by {} points at most{note}",
                    points(2.0 * error)
                ),
                columns: ["State", "What it is"]
                    .into_iter()
                    .chain(CONCEPTS.iter().map(|(_, name, _)| *name))
                    .map(str::to_owned)
                    .collect(),
                rows: shares.into_iter().take(MOST_ROWS).map(row).collect(),
            }),
        ]
    }

    fn without(&self) -> Vec<Block> {
        let row = |change: &WithoutStatement| {
            let maker = self.answer.decision_makers.iter().find(|maker| maker.id == change.decision_maker);
            let holds = maker
                .and_then(|maker| maker.statements.get(change.statement - 1))
                .map(|statement| statement.holds.clone());
            vec![
                Cell::from(self.side(&change.decision_maker)),
                Cell::from(change.statement.to_string()),
                Cell::from(holds.unwrap_or_default()),
                Cell::from(numbers(&change.gained.sseq)),
                Cell::from(numbers(&change.lost.sseq)),
            ]
        };
        vec![Block::Table(Table {
            caption: "Statements without which other states would hold; the last columns name those for SSEQ".into(),
            columns: ["Side", "Place", "Statement", "Would hold as well", "Would no longer hold"]
                .map(str::to_owned)
                .into(),
            rows: self.answer.without.iter().map(row).collect(),
        })]
    }

    fn for_each(&self) -> Vec<Block> {
        let row = |maker: &DecisionMakerNow| {
            let stable = self.answer.stable.get(&maker.id);
            let mut cells = vec![Cell::from(maker.name.clone())];
            cells.extend(CONCEPTS.iter().map(|(key, ..)| {
                Cell::from(stable.map(|stable| numbers(of::<Vec<u64>>(stable, key))).unwrap_or_default())
            }));
            cells
        };
        vec![Block::Table(Table {
            caption: "States from which a side would not move, by concept; a state holds where it stands in every row"
                .into(),
            columns: ["Side"].into_iter().chain(CONCEPTS.iter().map(|(_, name, _)| *name)).map(str::to_owned).collect(),
            rows: self.answer.decision_makers.iter().map(row).collect(),
        })]
    }

    fn prefers(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut rows = Vec::new();
        for maker in &self.answer.decision_makers {
            match maker.preference {
                PreferenceKind::Statements => {
                    rows.extend(
                        (1..).zip(&maker.statements).map(|(place, statement)| self.statement(maker, place, statement)),
                    );
                }
                PreferenceKind::Indifferent => {
                    blocks.push(paragraph(vec![Sentence::counted(format!("{}: all states are alike.", maker.name))]))
                }
                PreferenceKind::Ranking | PreferenceKind::Weights => {
                    let classes = maker.ranking.iter().take(MOST_NUMBERS).map(|class| match class.as_slice() {
                        [only] => only.to_string(),
                        several => format!("({})", several.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")),
                    });
                    let more = if maker.ranking.len() > MOST_NUMBERS { " …" } else { "" };
                    blocks.push(paragraph(vec![Sentence::counted(format!(
                        "{}, the most preferred state first, equal ones in parentheses: {}{more}.",
                        maker.name,
                        classes.collect::<Vec<_>>().join(" ")
                    ))]));
                }
            }
            if !maker.unknown.is_empty() {
                blocks.push(paragraph(vec![Sentence::counted(format!(
                    "{}: the order of {} is not known; variant {} is used.",
                    maker.name,
                    words::count_of(maker.unknown.len(), "pair of states", "pairs of states"),
                    self.answer.rules.unknown
                ))]));
            }
        }
        if !rows.is_empty() {
            blocks.insert(
                0,
                Block::Table(Table {
                    caption: "Statements, the most important first: of two states a side prefers the one that meets the first statement that tells them apart".into(),
                    columns: ["Side", "Place", "Statement", "Rests on", "May stand at"].map(str::to_owned).into(),
                    rows,
                }),
            );
        }
        blocks
    }

    fn statement(&self, maker: &DecisionMakerNow, place: usize, statement: &StatementNow) -> Vec<Cell> {
        let rests = if statement.assumption {
            match statement.reason.as_str() {
                "" => "an assumption without a reason".to_owned(),
                reason => format!("an assumption: {reason}"),
            }
        } else if statement.rows.is_empty() {
            "the file".to_owned()
        } else {
            statement.reason.clone()
        };
        let [first, last] = statement.places;
        let places = if first == last { String::new() } else { format!("{first} to {last}") };
        vec![
            Cell::from(maker.name.clone()),
            Cell::from(place.to_string()),
            Cell::from(statement.holds.clone()),
            Cell { text: rests, rows: statement.rows.clone(), anchor: String::new() },
            Cell::from(places),
        ]
    }

    fn model(&self) -> Section {
        let answer = self.answer;
        let mut blocks = Vec::new();
        if !answer.options.is_empty() {
            let row = |option: &detente_analysis::stability::told::OptionNow| {
                let whose = answer.decision_makers.iter().filter(|maker| maker.options.contains(&option.id));
                vec![
                    Cell::from(option.id.clone()),
                    Cell::from(option.label.clone()),
                    Cell::from(whose.map(|maker| maker.name.clone()).collect::<Vec<_>>().join(", ")),
                    Cell::from(match option.moves.as_str() {
                        "forward" => "can be taken, and not given up",
                        "back" => "can be given up, and not taken",
                        "fixed" => "stays as it is",
                        _ => "can be taken and given up",
                    }),
                ]
            };
            blocks.push(Block::Table(Table {
                caption: "Options".into(),
                columns: ["Id", "Option", "Whose", "Moves"].map(str::to_owned).into(),
                rows: answer.options.iter().map(row).collect(),
            }));
        }
        if !answer.infeasible.is_empty() {
            let row = |entry: &detente_analysis::stability::told::InfeasibleNow| {
                vec![
                    Cell::from(entry.what.clone()),
                    Cell::from(entry.why.clone()),
                    Cell::from(entry.removed.map(|count| count.to_string()).unwrap_or_default()),
                ]
            };
            blocks.push(Block::Table(Table {
                caption: "Combinations that cannot be".into(),
                columns: ["What", "Why", "Taken away"].map(str::to_owned).into(),
                rows: answer.infeasible.iter().map(row).collect(),
            }));
        }
        let mut sentences = vec![Sentence::plain(match answer.rules.joint_moves.as_str() {
            "each_once" => "Several opponents may each move at most once, in any order.",
            "single_move" => "Only one opponent answers, with one move.",
            _ => "Several opponents may move in any order and as often as they like, none of them twice in a row.",
        })];
        sentences.push(Sentence::plain(if answer.rules.returns_count {
            "An answer that only undoes the move deters as well."
        } else {
            "An answer that only undoes the move does not deter."
        }));
        for text in [&answer.note, &answer.source] {
            if !text.is_empty() {
                sentences.push(Sentence::plain(text.clone()));
            }
        }
        blocks.push(paragraph(sentences));
        section("model", "The model", blocks)
    }
}

/// The value of a concept by its key.
fn of<'a, T>(all: &'a ByConcept<T>, key: &str) -> &'a T {
    match key {
        "nash" => &all.nash,
        "gmr" => &all.gmr,
        "smr" => &all.smr,
        "seq" => &all.seq,
        _ => &all.sseq,
    }
}

fn numbers(all: &[u64]) -> String {
    let told: Vec<String> = all.iter().take(MOST_NUMBERS).map(u64::to_string).collect();
    let more = all.len().saturating_sub(MOST_NUMBERS);
    match more {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}

/// A share in whole percent; what is neither none nor all never reads as such.
fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "under 1 %".to_owned(),
        100.0 if share < 1.0 => "over 99 %".to_owned(),
        whole => format!("{whole:.0} %"),
    }
}

fn points(share: f64) -> String {
    format!("{:.0}", (share * 100.0).ceil())
}
