//! What could happen, in sentences and tables: for the page of scenarios and for the brief.

use detente_analysis::scenario::{Effect, Flip, Moved, ScenarioNow, Scenarios};
use detente_analysis::zone::Verdict;
use detente_case::Case;

use crate::document::{Block, Cell, Point, Sentence, Table, paragraph};
use crate::labels::Labels;
use crate::words;

/// Scenarios, and the case that gives them names.
#[derive(Clone, Copy)]
pub(crate) struct Telling<'a> {
    pub(crate) case: &'a Case,
    pub(crate) scenarios: &'a Scenarios,
}

/// A change below this is none, on the scale from 0 to 100.
const NOTHING: f64 = 0.05;
/// The most flips that are listed.
const MOST_FLIPS: usize = 12;
/// The most shifts of forecasts that a sentence lists.
const MOST_SHIFTS: usize = 3;

impl<'a> Telling<'a> {
    fn labels(self) -> Labels<'a> {
        Labels(self.case)
    }

    fn today(self) -> Option<&'a ScenarioNow> {
        self.scenarios.scenarios.first()
    }

    fn others(self) -> &'a [ScenarioNow] {
        self.scenarios.scenarios.get(1..).unwrap_or_default()
    }

    fn factor_title(self, id: &str) -> String {
        self.scenarios.factors.iter().find(|factor| factor.factor == id).map_or(id, |factor| &factor.title).to_owned()
    }

    fn factor_value(self, id: &str, value: f64) -> String {
        let unit = self.scenarios.factors.iter().find(|factor| factor.factor == id).map_or("", |factor| &factor.unit);
        let number = plain(value);
        if unit.is_empty() { number } else { format!("{number} {unit}") }
    }

    /// What the scenarios are, and how many of them change which result.
    pub(crate) fn in_short(self) -> Vec<Block> {
        let others = self.others();
        if others.is_empty() {
            let none = Sentence::counted(
                "The case has no scenarios. The file scenarios.toml names factors and what they are in each scenario; drivers.csv says what a factor moves.",
            );
            return vec![paragraph(vec![none])];
        }
        let count = words::count_of(others.len(), "scenario", "scenarios");
        let mut sentences = vec![Sentence::counted(format!(
            "{count} {} compared with today. A scenario is a question; nothing here says how likely it is.",
            if others.len() == 1 { "is" } else { "are" }
        ))];
        sentences.push(self.blocked());
        sentences.extend(self.unmoved());
        vec![paragraph(sentences)]
    }

    /// In which scenarios limits block, and in which they do not.
    fn blocked(self) -> Sentence {
        let today = self.today().is_some_and(|today| today.outcome.agreement.blocked);
        let other: Vec<String> = self
            .others()
            .iter()
            .filter(|scenario| scenario.outcome.agreement.blocked != today)
            .map(|scenario| format!("“{}”", scenario.title))
            .collect();
        let now = if today {
            "Declared limits exclude every package today"
        } else {
            "Declared limits leave packages open today"
        };
        let text = match (other.is_empty(), today) {
            (true, true) => format!("{now}, and in every scenario."),
            (true, false) => format!("{now}, and in every scenario."),
            (false, true) => format!("{now}; they no longer do in {}.", words::list(&other)),
            (false, false) => format!("{now}; they exclude every package in {}.", words::list(&other)),
        };
        Sentence::counted(text)
    }

    /// Inputs that scenarios would move if the case stated them.
    fn unmoved(self) -> Option<Sentence> {
        let mut idle: Vec<String> = Vec::new();
        for moved in self.others().iter().flat_map(|scenario| &scenario.moved).filter(|moved| moved.idle.is_some()) {
            if !idle.contains(&moved.what) {
                idle.push(moved.what.clone());
            }
        }
        (!idle.is_empty()).then(|| {
            Sentence::counted(format!(
                "Some effects are stated but change no result here, because the case gives no number for them to move: {}.",
                words::list(&idle)
            ))
        })
    }

    /// A point for each scenario: what it sets, and what differs from today.
    pub(crate) fn each(self) -> Vec<Point> {
        let point =
            |scenario: &ScenarioNow| Point { lead: format!("{}.", scenario.title), sentences: self.told(scenario) };
        self.others().iter().map(point).collect()
    }

    fn told(self, scenario: &ScenarioNow) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        if !scenario.note.is_empty() {
            sentences.push(Sentence::plain(ended(&scenario.note)));
        }
        for set in &scenario.set {
            let value = match set.value.low == set.value.high {
                true => self.factor_value(&set.factor, set.value.best),
                false => format!(
                    "{} (from {} to {})",
                    self.factor_value(&set.factor, set.value.best),
                    plain(set.value.low),
                    plain(set.value.high)
                ),
            };
            let today = match set.today {
                Some(today) => format!("today {}", plain(today)),
                None => "its value at this day is not on record, so it changes nothing".to_owned(),
            };
            sentences.push(Sentence::counted(format!(
                "{}: {value}; {today}.",
                words::sentence_case(&self.factor_title(&set.factor))
            )));
        }
        if !scenario.lifted.is_empty() {
            let count = words::count_of(scenario.lifted.len(), "statement rules", "statements rule");
            sentences.push(Sentence::with_rows(
                format!("What {count} out is taken as ruled out no more."),
                scenario.lifted.iter().cloned(),
            ));
        }
        if let Some(today) = self.today() {
            sentences.extend(self.compared(today, scenario));
        }
        sentences
    }

    /// What differs from today.
    fn compared(self, today: &ScenarioNow, then: &ScenarioNow) -> Vec<Sentence> {
        let labels = self.labels();
        let (before, after) = (&today.outcome, &then.outcome);
        let mut parts: Vec<String> = Vec::new();
        let (was, is) = (&before.agreement, &after.agreement);
        match (was.blocked, is.blocked) {
            (true, false) => parts.push("declared limits no longer exclude every package".to_owned()),
            (false, true) => parts.push("declared limits exclude every package".to_owned()),
            _ if was.blocking.len() != is.blocking.len() => parts.push(format!(
                "{} block, not {}",
                words::count_of(is.blocking.len(), "issue", "issues"),
                was.blocking.len()
            )),
            _ => {}
        }
        if let (Some(was), Some(is)) = (was.steps, is.steps)
            && was != is
        {
            parts.push(format!(
                "it takes at least {} to unblock, not {was}",
                words::count_of(is as usize, "step", "steps")
            ));
        }
        if let (Some(was), Some(is)) = (was.room, is.room)
            && (was - is).abs() >= NOTHING / 100.0
        {
            parts.push(format!("the room is {} points, not {}", points(is), points(was)));
        }
        if let (Some(was), Some(is)) = (&was.zone, &is.zone)
            && (was.verdict, was.probability.to_bits()) != (is.verdict, is.probability.to_bits())
        {
            parts.push(format!(
                "there is a zone in {} of the draws ({}), not in {}",
                words::percent(is.probability),
                verdict(is.verdict),
                words::percent(was.probability)
            ));
        }
        let mut shifts: Vec<(f64, String)> = after
            .forecast
            .iter()
            .filter_map(|then| {
                let before = before.forecast.iter().find(|before| before.issue == then.issue)?;
                let by = then.value - before.value;
                (by.abs() >= NOTHING).then(|| (by, format!("{} by {}", labels.quoted(&then.issue), signed(by))))
            })
            .collect();
        shifts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then_with(|| a.1.cmp(&b.1)));
        if !shifts.is_empty() {
            let all = shifts.len();
            let first: Vec<String> = shifts.into_iter().take(MOST_SHIFTS).map(|(_, text)| text).collect();
            let more = if all > first.len() { format!(" and {} more", all - first.len()) } else { String::new() };
            parts.push(format!(
                "weighted means move on {}{more}",
                if more.is_empty() { words::list(&first) } else { first.join(", ") }
            ));
        }
        for model in &after.equilibria {
            if let Some(why) = &model.not_analysed {
                parts.push(format!(
                    "the model “{}” could not be analysed: {}",
                    model.title,
                    words::clause(why.trim_end_matches('.'))
                ));
            }
        }
        let mut sentences = vec![Sentence::counted(match parts.as_slice() {
            [] => "Nothing that is computed differs from today, stability models apart.".to_owned(),
            _ => format!("Compared with today, {}.", words::list(&parts)),
        })];
        let held = |scenario: &ScenarioNow| -> Vec<(String, String)> {
            let models = scenario.outcome.equilibria.iter();
            let mut all: Vec<(String, String)> = models
                .flat_map(|model| {
                    model
                        .equilibria
                        .sseq
                        .iter()
                        .chain(&model.equilibria.nash)
                        .map(|state| (model.title.clone(), state.clone()))
                })
                .collect();
            all.sort();
            all.dedup();
            all
        };
        let (before, after) = (held(today), held(then));
        let only = |these: &[(String, String)], those: &[(String, String)]| -> Vec<String> {
            these.iter().filter(|state| !those.contains(state)).map(|(_, state)| format!("“{state}”")).collect()
        };
        let (gained, lost) = (only(&after, &before), only(&before, &after));
        if !gained.is_empty() {
            sentences.push(Sentence::counted(format!(
                "Outcomes that would hold and do not today: {}.",
                words::list(&gained)
            )));
        }
        if !lost.is_empty() {
            sentences
                .push(Sentence::counted(format!("Outcomes that hold today and would not: {}.", words::list(&lost))));
        }
        sentences
    }

    /// What each factor does from the low end of its range to the high end.
    pub(crate) fn factors_table(self) -> Table {
        let row = |factor: &detente_analysis::scenario::FactorNow| {
            let today = match (factor.today.value, &factor.today.date) {
                (Some(value), Some(date)) => format!("{} ({date})", plain(value)),
                (Some(value), None) => plain(value),
                (None, _) => "not on record".to_owned(),
            };
            let unit = if factor.unit.is_empty() { String::new() } else { format!(", {}", factor.unit) };
            let basis = match &factor.source {
                Some(source) => format!("source: {source}"),
                None => format!("assumption: {}", factor.reason),
            };
            vec![
                Cell::from(format!("{}{unit}", factor.title)),
                today.into(),
                format!("{} to {}", plain(factor.low), plain(factor.high)).into(),
                self.effect(&factor.effect).into(),
                basis.into(),
            ]
        };
        Table {
            caption: "Factors".to_owned(),
            columns: ["Factor", "Today", "Looked at", "Low end to high end", "Why this range"]
                .map(str::to_owned)
                .to_vec(),
            rows: self.scenarios.factors.iter().map(row).collect(),
        }
    }

    fn effect(self, effect: &Effect) -> String {
        let labels = self.labels();
        let mut parts: Vec<String> = Vec::new();
        match effect.blocked {
            1 => parts.push("limits come to exclude every package".into()),
            -1 => parts.push("limits no longer exclude every package".into()),
            _ => {}
        }
        if let Some(by) = effect.room {
            parts.push(format!("room {} points", signed(100.0 * by)));
        }
        if let Some(by) = effect.slack {
            parts.push(format!("slack in the zone {} points", signed(100.0 * by)));
        }
        let mut shifts: Vec<&detente_analysis::scenario::ForecastShift> =
            effect.forecast.iter().filter(|shift| shift.by.abs() >= NOTHING).collect();
        shifts.sort_by(|a, b| b.by.abs().total_cmp(&a.by.abs()));
        if let Some(first) = shifts.first() {
            let more = match shifts.len() - 1 {
                0 => String::new(),
                more => format!(" the most of {}", more + 1),
            };
            parts.push(format!("weighted mean on {} {}{more}", labels.quoted(&first.issue), signed(first.by)));
        }
        if parts.is_empty() {
            let idle = effect.moved.iter().filter(|moved| moved.idle.is_some()).count();
            return match (effect.moved.is_empty(), idle == effect.moved.len()) {
                (true, _) => "nothing: no row of drivers.csv takes it up".to_owned(),
                (false, true) => "nothing: the case states none of the numbers that it moves".to_owned(),
                (false, false) => "nothing".to_owned(),
            };
        }
        parts.join("; ")
    }

    /// What would flip a result.
    pub(crate) fn watch(self) -> Vec<Block> {
        let watch = &self.scenarios.watch;
        let mut blocks = Vec::new();
        if watch.factors.is_empty() {
            blocks.push(paragraph(vec![Sentence::counted(
                "No factor alone flips a result within the range that is looked at.",
            )]));
        } else {
            let share = |flip: &Flip| {
                let factor = self.scenarios.factors.iter().find(|factor| factor.factor == flip.factor);
                factor.map_or(1.0, |factor| {
                    (flip.value - factor.today.value.unwrap_or(flip.value)).abs() / (factor.high - factor.low)
                })
            };
            let told = |flip: &&Flip| {
                let way = if flip.above { "above" } else { "below" };
                let value = match share(flip) {
                    ..0.01 => format!("{}, just beyond today's value", self.factor_value(&flip.factor, flip.value)),
                    _ => self.factor_value(&flip.factor, flip.value),
                };
                vec![
                    Cell::from(self.factor_title(&flip.factor)),
                    format!("{way} {value}").into(),
                    self.result(flip).into(),
                ]
            };
            let mut nearest: Vec<&Flip> = watch.factors.iter().collect();
            nearest.sort_by(|a, b| share(a).total_cmp(&share(b)));
            let listed = match nearest.len() {
                ..=MOST_FLIPS => String::new(),
                all => format!(": the nearest {MOST_FLIPS} of {all}"),
            };
            nearest.truncate(MOST_FLIPS);
            blocks.push(Block::Table(Table {
                caption: format!("Values of factors at which a result flips, each factor alone{listed}"),
                columns: ["Factor", "If it is", "Then"].map(str::to_owned).to_vec(),
                rows: nearest.iter().map(told).collect(),
            }));
        }
        let labels = self.labels();
        let points = watch.limits.iter().map(|set| {
            let names: Vec<String> = set
                .iter()
                .map(|demand| match (&demand.actor, &demand.issue, &demand.rule) {
                    (Some(actor), Some(issue), _) => format!("{} on {}", labels.actor(actor), labels.quoted(issue)),
                    (_, _, Some(rule)) => format!("the rule {rule}"),
                    _ => String::new(),
                })
                .collect();
            let rows = set.iter().flat_map(|demand| demand.rows.iter().cloned());
            let sentence = Sentence::with_rows(format!("{}.", names.join(", or ")), rows).over_all();
            Point { lead: String::new(), sentences: vec![sentence] }
        });
        let points: Vec<Point> = points.collect();
        if !points.is_empty() {
            blocks.push(paragraph(vec![Sentence::counted(
                "What was tested would be unblocked once all limits of one side are lifted in each of these:",
            )]));
            blocks.push(Block::Points { points });
        }
        blocks
    }

    fn result(self, flip: &Flip) -> String {
        let labels = self.labels();
        match flip.result.split_once('/') {
            Some(("forecast", issue)) => format!(
                "the weighted mean on {} is nearest to {}, not {}",
                labels.quoted(issue),
                labels.option(issue, &flip.to),
                labels.option(issue, &flip.from)
            ),
            _ => format!("there is {} at the best values, not {}", flip.to, flip.from),
        }
    }

    /// What each scenario moves.
    pub(crate) fn moved_table(self) -> Table {
        let row = |scenario: &ScenarioNow, moved: &Moved| {
            let share = moved.target.starts_with("weight:") || moved.target.starts_with("capability:");
            let unit = if share { " %" } else { " points" };
            let span = if moved.by.low == moved.by.high {
                format!("{}{unit}", signed(100.0 * moved.by.best))
            } else {
                format!(
                    "{}{unit} ({} to {})",
                    signed(100.0 * moved.by.best),
                    signed(100.0 * moved.by.low),
                    signed(100.0 * moved.by.high)
                )
            };
            let counts = match &moved.idle {
                None if moved.assumed => "yes, as an assumption".to_owned(),
                None => "yes".to_owned(),
                Some(why) => format!("no. {why}"),
            };
            vec![
                Cell::from(scenario.title.clone()),
                words::sentence_case(&moved.what).into(),
                span.into(),
                moved.drivers.join(", ").into(),
                counts.into(),
            ]
        };
        Table {
            caption: "Inputs that scenarios move".to_owned(),
            columns: ["Scenario", "What is moved", "By", "Rows of drivers.csv", "Does it count?"]
                .map(str::to_owned)
                .to_vec(),
            rows: self
                .others()
                .iter()
                .flat_map(|scenario| scenario.moved.iter().map(move |moved| row(scenario, moved)))
                .collect(),
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Zone => "a zone in all",
        Verdict::NoZone => "none in any",
        Verdict::NotDetermined => "not determined by these inputs",
    }
}

/// A number as people write it: two decimals at most.
fn plain(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    format!("{}", rounded + 0.0)
}

/// A number with its sign: one decimal.
fn signed(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0 + 0.0;
    if rounded > 0.0 { format!("+{rounded}") } else { format!("{rounded}").replace('-', "−") }
}

/// A share of the range in points.
fn points(share: f64) -> String {
    plain((share * 1000.0).round() / 10.0)
}

/// A text that ends with a full stop.
fn ended(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}
