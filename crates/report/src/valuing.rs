//! What room numbers leave, in words: the pieces that the page `agreement` and the brief share.

use detente_analysis::ensemble::Quantiles;
use detente_analysis::room::{Critical, RoomNow, ShareAt, Values};
use detente_analysis::view::{Assumption, LimitsUse, OneSided};
use detente_analysis::zone::{Point, Solved, Verdict, Zone, ZoneIn};
use detente_case::Case;

use crate::document::{Block, Cell, Section, Sentence, Table, paragraph};
use crate::drawings;
use crate::labels::Labels;
use crate::words;

/// The most assumptions in a table.
const MOST_ASSUMPTIONS: usize = 60;

/// The values of a case, and the names of everything in them.
#[derive(Clone, Copy)]
pub(crate) struct Valuing<'a> {
    pub(crate) case: &'a Case,
    pub(crate) values: &'a Values,
}

/// A share in whole points, halves away from nothing.
fn whole(share: f64) -> f64 {
    let points = (share * 1000.0).round() / 10.0;
    // Nothing is not told as a minus.
    points.round() + 0.0
}

fn share(value: f64) -> String {
    format!("{:.0}\u{a0}%", whole(value))
}

fn points(value: f64) -> String {
    format!("{:.0}", whole(value)).replace('-', "−")
}

fn range(quantiles: &Quantiles) -> String {
    format!(
        "{} to {}, half of them from {} to {}",
        points(quantiles.p5),
        points(quantiles.p95),
        points(quantiles.p25),
        points(quantiles.p75)
    )
}

/// Whether the answer is the same for every value of an input.
fn opens_always(critical: &Critical) -> bool {
    critical.value.is_none() && critical.opens == [[0.0, 1.0]]
}

/// Assumptions as a table.
pub(crate) fn assumptions_table<'a>(assumptions: impl IntoIterator<Item = &'a Assumption>) -> Table {
    let all: Vec<&Assumption> = assumptions.into_iter().collect();
    let more = all.len().saturating_sub(MOST_ASSUMPTIONS);
    let left_out = if more > 0 { format!("; {more} more stand in the JSON") } else { String::new() };
    let row = |assumption: &&Assumption| {
        let range = match (assumption.low, assumption.high) {
            (Some(low), Some(high)) => format!("{low} to {high}"),
            _ => "not drawn".to_owned(),
        };
        vec![
            Cell::with_rows(assumption.what.clone(), assumption.rows.clone()),
            assumption.used.clone().into(),
            range.into(),
            assumption.reason.clone().into(),
        ]
    };
    Table {
        caption: format!("What the numbers assume, with the whole range over which it is drawn{left_out}"),
        columns: ["What", "Used", "Drawn over", "Why"].map(str::to_owned).to_vec(),
        rows: all.iter().take(MOST_ASSUMPTIONS).map(row).collect(),
    }
}

impl<'a> Valuing<'a> {
    fn labels(self) -> Labels<'a> {
        Labels(self.case)
    }

    fn names(self) -> Vec<String> {
        self.case.principals.iter().map(|actor| self.case.actors[*actor].name.to_string()).collect()
    }

    /// The room in the way that is told first, limits kept or lifted.
    fn room(self, limits: LimitsUse) -> Option<&'a RoomNow> {
        let told = |room: &&RoomNow| room.limits == limits && room.norm_flagged && room.one_sided == OneSided::LeftOut;
        self.values.rooms.iter().find(told)
    }

    /// What enters, and how much room there is.
    pub(crate) fn in_short(self) -> Vec<Sentence> {
        let (values, coverage) = (self.values, self.values.coverage);
        let mut sentences = vec![Sentence::counted(format!(
            "Numbers are given to {} of {} issues: those on which every side asks for something and they ask for different things.",
            coverage.contested, coverage.issues
        ))];
        let kept = self.room(LimitsUse::Kept);
        let blocked = kept.is_none_or(|room| room.blocked);
        if blocked {
            sentences.push(Sentence::counted(
                "With the declared limits kept there is no package, so there is no room to measure. What follows is with the limits lifted.",
            ));
        }
        let told = if blocked { self.room(LimitsUse::Lifted) } else { kept };
        if let Some((equal, room)) = told.and_then(|told| Some((told.equal?, told.room?))) {
            sentences.push(Sentence::counted(format!(
                "With the spacing and weights told below every side could have {} of all that it asks for at once; if the asks stood at \
                 opposite ends, {}. The room is the difference, {} points of each side's range.",
                share(equal),
                share(values.equal_share),
                points(room)
            )));
        }
        if let Some(spread) = told.and_then(|told| told.room_range.as_ref()) {
            sentences.push(Sentence::counted(format!(
                "Over {} draws of what is uncertain, nine of ten give a room in these points: {}.",
                values.draws,
                range(spread)
            )));
        }
        if values.draws < values.draws_asked {
            sentences.push(Sentence::counted(format!(
                "Time ended the draws: {} of {} were made, and only a given number can be repeated.",
                values.draws, values.draws_asked
            )));
        }
        sentences.extend(match &values.zone {
            Some(zone) => self.zone(zone),
            None => vec![Sentence::counted(
                "Whether there is a zone of agreement is not said: the case does not state what no agreement is worth to any side \
                 (`alternatives.csv`). So there is no probability and no verdict here, only thresholds.",
            )],
        });
        sentences
    }

    fn zone(self, zone: &Zone) -> Vec<Sentence> {
        let told = |found: &ZoneIn| {
            let chance = &found.chance;
            match found.verdict {
                Verdict::Zone => format!("there is a zone of agreement in every one of {} draws", chance.draws),
                Verdict::NoZone => format!("there is no zone of agreement in any of {} draws", chance.draws),
                Verdict::NotDetermined => format!(
                    "whether there is a zone of agreement is not determined by these inputs: there is one in {} of {} draws ({}, Monte Carlo error {:.1} points)",
                    chance.holds,
                    chance.draws,
                    share(chance.probability),
                    chance.mc_error * 100.0
                ),
            }
        };
        let way = |found: &ZoneIn| {
            let limits = match found.limits {
                LimitsUse::Kept => "With the limits kept",
                LimitsUse::Lifted => "With the limits lifted",
            };
            let norm = if found.norm_flagged { "" } else { ", and without options that collide with a named norm" };
            Sentence::counted(format!("{limits}{norm}, {}.", told(found)))
        };
        let mut sentences: Vec<Sentence> = zone.ways.iter().map(way).collect();
        if let Some(actor) = &zone.decided_by {
            sentences.push(Sentence::counted(format!(
                "Of the values of no agreement, that to {} moves this most.",
                self.labels().actor(actor)
            )));
        }
        if let Some(premium) = zone.premium_at_which_it_vanishes {
            sentences.push(Sentence::counted(format!(
                "In place of any other premium, one of more than {} of its range on every side would leave no zone, at the stated values.",
                share(premium)
            )));
        }
        if let Some(without) = &zone.without_assurances {
            sentences.push(Sentence::counted(format!("Without the assurances, {}.", told(without))));
        }
        sentences
    }

    /// The whole page: words, figures, tables.
    pub(crate) fn sections(self) -> Vec<Section> {
        let mut blocks = vec![paragraph(self.in_short())];
        let figures = [
            drawings::thresholds(self.case, self.values),
            self.cloud(),
            drawings::tornado(self.case, self.values),
            self.values.zone.as_ref().and_then(|zone| drawings::zone_tornado(self.case, self.values, zone)),
        ];
        blocks.extend(figures.into_iter().flatten().map(|figure| Block::Figure(Box::new(figure))));
        blocks.extend(self.solutions());
        let tables = [self.rooms_table(), self.shares_table(), self.critical_table()];
        blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
        blocks.push(paragraph(vec![Sentence::plain(
            "Where no weights are stated, equal ones are used for every side. Drawn weights differ from side to side, and then each can gain on what \
             weighs most for it: that also raises what the benchmark gives, so the room at the values used can lie outside the range of the draws.",
        )]));
        vec![Section { id: "values".into(), title: "What room numbers leave".into(), annex: false, blocks }]
    }

    /// What is assumed where the case says nothing.
    pub(crate) fn assumptions(self) -> Table {
        let zone = self.values.zone.iter().flat_map(|zone| &zone.assumptions);
        assumptions_table(self.values.assumptions.iter().chain(zone))
    }

    fn cloud(self) -> Option<crate::figure::Figure> {
        let (zone, solutions) = (self.values.zone.as_ref()?, self.values.solutions.as_ref()?);
        drawings::cloud(self.case, self.values, zone, solutions)
    }

    fn solutions(self) -> Vec<Block> {
        let Some(solutions) = &self.values.solutions else { return Vec::new() };
        let labels = self.labels();
        let points_of = |name: &str, formula: &str, solved: &Solved| -> Vec<Vec<Cell>> {
            let one = |point: &Point| {
                let clauses = point
                    .package
                    .iter()
                    .map(|[issue, option]| format!("{}: {}", labels.title(issue), labels.label(issue, option)));
                let mut row: Vec<Cell> = vec![name.into(), formula.into()];
                row.extend(point.worth.iter().map(|worth| Cell::from(share(*worth))));
                row.push(clauses.collect::<Vec<_>>().join("; ").into());
                row
            };
            if solved.tied.is_empty() {
                let why = if solved.degenerate { "degenerate: nothing stands out" } else { "no zone" };
                let mut row: Vec<Cell> = vec![name.into(), formula.into()];
                row.extend(self.names().iter().map(|_| Cell::from("")));
                row.push(why.into());
                return vec![row];
            }
            solved.tied.iter().map(one).collect()
        };
        let concepts = [
            ("Nash", "greatest product of gains", &solutions.nash),
            (
                "Kalai–Smorodinsky",
                "greatest least gain, each as a part of the most that side can gain in the zone",
                &solutions.kalai_smorodinsky,
            ),
            ("Egalitarian", "greatest least gain; compares sides", &solutions.egalitarian),
            ("Utilitarian", "greatest sum; compares sides", &solutions.utilitarian),
        ];
        let disagreement: Vec<String> = self
            .names()
            .iter()
            .zip(&solutions.disagreement)
            .map(|(name, worth)| format!("{name} {}", share(*worth)))
            .collect();
        let limits = match solutions.limits {
            LimitsUse::Kept => "limits kept",
            LimitsUse::Lifted => "limits lifted",
        };
        let mut columns: Vec<String> = ["Concept", "What it takes"].map(str::to_owned).to_vec();
        columns.extend(self.names());
        columns.push("Package".into());
        vec![
            paragraph(vec![Sentence::counted(format!(
                "Reference points in the zone at the stated values, {limits}. Without agreement: {} (rule: {}). They are no forecast and no advice. All ties are listed.",
                words::list(&disagreement),
                solutions.rule
            ))]),
            Block::Table(Table {
                caption: "Packages that stand out by four common concepts; worths are less the premium for mistrust"
                    .into(),
                columns,
                rows: concepts
                    .into_iter()
                    .flat_map(|(name, formula, solved)| points_of(name, formula, solved))
                    .collect(),
            }),
        ]
    }

    fn rooms_table(self) -> Table {
        let row = |room: &RoomNow| {
            let limits = match room.limits {
                LimitsUse::Kept => "kept",
                LimitsUse::Lifted => "lifted",
            };
            let one_sided = match room.one_sided {
                OneSided::LeftOut => "left out",
                OneSided::Indifferent => "silent side content with anything",
                OneSided::Opposed => "silent side against",
            };
            let shown = |value: Option<f64>| value.map_or("no package".to_owned(), share);
            vec![
                Cell::from(limits),
                if room.norm_flagged { "with" } else { "without" }.into(),
                one_sided.into(),
                shown(room.equal).into(),
                room.room.map_or("no package".to_owned(), points).into(),
                room.least_slack.map_or("no package".to_owned(), points).into(),
                room.room_range.as_ref().map(range).unwrap_or_default().into(),
            ]
        };
        Table {
            caption: "Room in points of each side's range, in every way to count. The least room is from the point of the benchmark that leaves least".into(),
            columns: ["Limits", "Options against a norm", "Issues with a silent side", "All can have", "Room", "Least room", "Room over the draws"]
                .map(str::to_owned)
                .to_vec(),
            rows: self.values.rooms.iter().map(row).collect(),
        }
    }

    fn shares_table(self) -> Table {
        let kept = !self.values.staircase.is_empty();
        let limits = if kept { LimitsUse::Kept } else { LimitsUse::Lifted };
        let shown = |point: &&ShareAt| point.limits == limits && (point.others * 10.0).round() % 2.0 == 0.0;
        let row = |point: &ShareAt| {
            vec![
                Cell::from(self.labels().actor(&point.actor)),
                share(point.others).into(),
                point.share.map_or("no package".to_owned(), share).into(),
                point
                    .range
                    .as_ref()
                    .map(|range| format!("{} to {}", share(range.p5), share(range.p95)))
                    .unwrap_or_default()
                    .into(),
            ]
        };
        Table {
            caption: format!(
                "The most that a side can have if the others hold out for a share, limits {}",
                if kept { "kept" } else { "lifted" }
            ),
            columns: ["Side", "Others hold out for", "At the stated values", "Over the draws (5 to 95 of a hundred)"]
                .map(str::to_owned)
                .to_vec(),
            rows: self.values.shares.iter().filter(shown).map(row).collect(),
        }
    }

    /// How many inputs turn nothing, whatever their value.
    fn never_turning(self) -> String {
        match self.values.critical.iter().filter(|critical| opens_always(critical)).count() {
            0 => String::new(),
            1 => "; one weight of a group turns nothing, whatever its value".to_owned(),
            count => format!("; {count} weights of groups turn nothing, each whatever its value"),
        }
    }

    fn critical_table(self) -> Table {
        let zone = self.values.zone.iter().flat_map(|zone| &zone.critical);
        let row = |critical: &Critical| {
            let value = match (critical.value, critical.opens.as_slice()) {
                (Some(value), _) => share(value),
                (None, []) => "none".to_owned(),
                (None, opens) => {
                    let each = opens.iter().map(|[low, high]| format!("{} to {}", share(*low), share(*high)));
                    each.collect::<Vec<_>>().join(", ")
                }
            };
            vec![Cell::from(critical.what.clone()), value.into(), critical.now.map(share).unwrap_or_default().into()]
        };
        Table {
            caption: format!("Values at which the answer turns, all else as stated{}", self.never_turning()),
            columns: ["What", "Value", "Used"].map(str::to_owned).to_vec(),
            rows: self.values.critical.iter().chain(zone).filter(|critical| !opens_always(critical)).map(row).collect(),
        }
    }
}
