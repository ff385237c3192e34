//! What blocks and what would unblock, in words: the pieces that the page `agreement` and the brief share.

use detente_analysis::blocks::{Blocks, BothMustMove, BothVerdict, DemandNow, Period, ReadingNow, StepsNow};
use detente_analysis::stance::LimitReading;
use detente_case::{Case, When};

use crate::document::{Cell, Point, Sentence, Table};
use crate::labels::Labels;
use crate::words;

/// What blocks, and the names of everything in it.
#[derive(Clone, Copy)]
pub(crate) struct Blocking<'a> {
    pub(crate) case: &'a Case,
    pub(crate) blocks: &'a Blocks,
}

impl<'a> Blocking<'a> {
    fn labels(self) -> Labels<'a> {
        Labels(self.case)
    }

    /// The reading that is told first.
    pub(crate) fn first(self) -> Option<&'a ReadingNow> {
        self.blocks.limits.first()
    }

    /// The same without laws.
    fn without_law(self) -> Option<&'a ReadingNow> {
        let first = self.first()?.reading;
        self.blocks.limits.iter().find(|told| told.reading == detente_analysis::blocks::Reading { law: false, ..first })
    }

    fn principals(self) -> Vec<String> {
        self.case.principals.iter().map(|actor| self.case.actors[*actor].name.to_string()).collect()
    }

    /// “all sides” or “both sides”.
    fn all_sides(self) -> &'static str {
        if self.case.principals.len() == 2 { "both sides" } else { "all sides" }
    }

    fn titles(self, issues: &[String]) -> String {
        words::list(&issues.iter().map(|issue| self.labels().quoted(issue)).collect::<Vec<_>>())
    }

    /// The issues on which limits exclude every option, in the order of the case.
    fn blocked_issues(self, told: &ReadingNow) -> Vec<String> {
        let in_conflict =
            |id: &str| told.conflict_sets.iter().flatten().any(|demand| demand.issue.as_deref() == Some(id));
        self.case.issues.iter().map(|issue| issue.id.to_string()).filter(|id| in_conflict(id)).collect()
    }

    /// Whether declared limits exclude every package, and on how much that rests.
    pub(crate) fn verdict(self) -> Vec<Sentence> {
        let (Some(told), coverage) = (self.first(), self.blocks.coverage) else { return Vec::new() };
        let tested = format!("{} tested on {} of {} issues", self.all_sides(), coverage.tested, coverage.issues);
        if !told.blocked {
            return vec![
                Sentence::counted(format!(
                    "The limits declared so far exclude no package ({tested}): on every issue some option is ruled out by nobody."
                )),
                Sentence::plain("That is no sign that anybody would agree to one."),
            ];
        }
        let issues = self.blocked_issues(told);
        let what = match issues.len() {
            1 => "on one issue".to_owned(),
            count => format!("on {count} issues"),
        };
        let mut sentences = vec![
            Sentence::with_rows(
                format!("Declared limits exclude every package, {what} ({tested}): {}.", self.titles(&issues)),
                told.conflict_sets.iter().flatten().flat_map(|demand| demand.rows.clone()),
            )
            .over_all(),
        ];
        if let Some(without) = self.without_law() {
            let left = self.blocked_issues(without);
            let text = match (without.blocked, left.len() == issues.len()) {
                (false, _) => "Without the laws that count as limits nothing would block.".to_owned(),
                (true, true) => "The words alone block the same issues, laws left out.".to_owned(),
                (true, false) => {
                    let by_law: Vec<String> = issues.iter().filter(|issue| !left.contains(issue)).cloned().collect();
                    format!("{} would not block without the laws that count as limits.", self.titles(&by_law))
                }
            };
            sentences.push(Sentence::counted(text));
        }
        sentences
    }

    /// Since when declared limits have excluded every package.
    pub(crate) fn since(self) -> Option<Sentence> {
        let periods = &self.blocks.periods;
        periods.last().filter(|last| last.blocked)?;
        let open = periods.iter().rposition(|period| !period.blocked);
        let first = periods.get(open.map_or(0, |place| place + 1))?;
        let day = |text: &str| When::parse(text).map(words::when).unwrap_or_else(|| text.to_owned());
        let begun = format!(
            "Limits have excluded every package since {}, at first on {}",
            day(&first.from),
            self.titles(&first.issues)
        );
        let words_alone = periods.iter().rposition(|period| period.issues_without_law.is_empty());
        let by_words = periods.get(words_alone.map_or(0, |place| place + 1));
        let text = match by_words {
            Some(period) if period.from != first.from => {
                format!("{begun}; by words alone, laws left out, since {}.", day(&period.from))
            }
            _ => format!("{begun}."),
        };
        Some(Sentence::with_rows(text, first.rows.iter().cloned()).over_all())
    }

    /// A point for each set of limits that cannot all hold.
    pub(crate) fn conflicts(self, told: &ReadingNow) -> Vec<Point> {
        told.conflict_sets.iter().map(|set| self.conflict(set)).collect()
    }

    fn conflict(self, set: &[DemandNow]) -> Point {
        let labels = self.labels();
        let mut issues: Vec<String> = set.iter().filter_map(|demand| demand.issue.clone()).collect();
        issues.dedup();
        issues.sort();
        issues.dedup();
        let lead = words::list(&issues.iter().map(|issue| labels.title(issue)).collect::<Vec<_>>());
        let mut sentences: Vec<Sentence> = set.iter().flat_map(|demand| self.demand(demand)).collect();
        let text = match (set.len(), issues.len()) {
            (1, 1) => "That leaves no option at all.",
            (_, 1) => "No option is left that nobody rules out.",
            (_, _) => "These cannot all hold; any one of them less and they can.",
        };
        sentences.push(Sentence::counted(text));
        Point { lead: format!("{}.", words::clause(&lead)), sentences }
    }

    /// What a principal rules out, in words.
    fn demand(self, demand: &DemandNow) -> Vec<Sentence> {
        let labels = self.labels();
        if let Some(rule) = &demand.rule {
            let text = self.case.constraints.iter().find(|of| *of.id == **rule).map_or("", |of| &of.text);
            let who = demand.actor.as_ref().map_or("Somebody".to_owned(), |actor| labels.actor(actor));
            return vec![Sentence::counted(format!("{who} demands the rule “{text}” ({rule})."))];
        }
        let (Some(actor), Some(issue)) = (&demand.actor, &demand.issue) else { return Vec::new() };
        let all =
            self.case.issues.iter().find(|of| *of.id == **issue).map(|of| of.options.as_slice()).unwrap_or_default();
        let open: Vec<String> = all
            .iter()
            .filter(|option| !demand.rules_out.iter().any(|out| **out == *option.id))
            .map(|option| labels.option(issue, &option.id))
            .collect();
        let shut: Vec<String> = demand.rules_out.iter().map(|option| labels.option(issue, option)).collect();
        let what = match (open.len(), shut.len()) {
            (0, _) => "rules out every option".to_owned(),
            (open_count, shut_count) if open_count < shut_count => {
                format!("rules out everything but {}", words::list(&open))
            }
            _ => format!("rules out {}", words::list(&shut)),
        };
        let law = match demand.law.len() {
            0 => String::new(),
            _ if demand.law.len() == demand.rows.len() => ", by law alone".to_owned(),
            _ => ", in part by law".to_owned(),
        };
        let mut sentences = vec![
            Sentence::with_rows(format!("{} {what}{law}.", labels.actor(actor)), demand.rows.iter().cloned())
                .over_all(),
        ];
        for conditional in &demand.conditional {
            sentences.push(
                Sentence::with_rows(
                    format!(
                        "It rules out {} unless this holds: {}.",
                        labels.option(issue, &conditional.option),
                        words::clause(&conditional.unless)
                    ),
                    demand.rows.iter().cloned(),
                )
                .over_all(),
            );
        }
        sentences
    }

    /// Options that count as open on a condition in words.
    pub(crate) fn open_in_words(self, told: &ReadingNow) -> Vec<Sentence> {
        let labels = self.labels();
        let open = told.open_in_words.iter().map(|open| {
            let text = format!(
                "{} on “{}” counts as open for {}, on a condition that no package can show: {}.",
                labels.option(&open.issue, &open.option),
                labels.title(&open.issue),
                labels.actor(&open.actor),
                words::clause(&open.condition)
            );
            Sentence::with_rows(text, open.rows.iter().cloned()).over_all()
        });
        open.collect()
    }

    /// Whether both must move, in words.
    pub(crate) fn both_must_move(self, both: &BothMustMove) -> Vec<Sentence> {
        let labels = self.labels();
        let steps = |least: Option<u32>, whose: &str| match least {
            None => format!("could not, however many steps were taken beyond what {whose} itself tabled"),
            Some(0) => format!("would not need to go beyond what {whose} itself tabled"),
            Some(least) => {
                format!(
                    "would need to go {} beyond what {whose} itself tabled",
                    words::count_of(least as usize, "step", "steps")
                )
            }
        };
        let alone: Vec<String> = self
            .case
            .principals
            .iter()
            .map(|actor| &self.case.actors[*actor])
            .map(|actor| {
                let least = both.least_m.get(&*actor.id).copied().flatten();
                format!("{} alone {}", actor.name, steps(least, "it has"))
            })
            .collect();
        let jointly = both.least_m.get("jointly").copied().flatten();
        let together = format!("Together they {}", steps(jointly, "each has"));
        let tail = format!("{}.", alone.join("; "));
        let text = match both.verdict {
            BothVerdict::NotBlocked => return Vec::new(),
            BothVerdict::Holds => {
                format!("To unblock, {tail} {together}. So it takes moves of more than one side.")
            }
            BothVerdict::DoesNotHold => {
                format!("To unblock, {tail} {together}. So moves of one side can do it.")
            }
            BothVerdict::NotDetermined => format!("Whether both would need to move cannot be said. {tail}"),
        };
        let mut sentences = vec![Sentence::counted(text)];
        for silent in &both.nothing_tabled {
            sentences.push(Sentence::counted(format!(
                "{} has put no option of its own on {}.",
                labels.actor(&silent.actor),
                labels.quoted(&silent.issue)
            )));
        }
        sentences
    }

    /// How many steps in all would unblock, and how they can be split.
    pub(crate) fn steps_in_all(self, told: &ReadingNow) -> Option<Sentence> {
        let moves: Vec<&[u32]> = told.joint.iter().map(|joint| joint.steps.as_slice()).collect();
        let text = match split(&moves)? {
            Split::Any(1) => "One step of either side would unblock what was tested.".to_owned(),
            Split::Any(total) => format!("It takes {total} steps in all to unblock what was tested, split in any way."),
            Split::Some(total) => format!("It takes at least {total} steps in all to unblock what was tested."),
        };
        Some(Sentence::counted(text))
    }

    /// The minimal steps for each blocked issue.
    pub(crate) fn steps_table(self, told: &ReadingNow) -> Table {
        let row = |steps: &StepsNow| {
            let titles: Vec<String> = steps.issues.iter().map(|issue| self.labels().title(issue)).collect();
            vec![Cell::from(words::list(&titles)), self.split_words(&steps.pairs).into()]
        };
        let mut rows: Vec<Vec<Cell>> = told.steps.iter().map(row).collect();
        if told.steps.len() > 1 {
            let joint: Vec<Vec<u32>> = told.joint.iter().map(|joint| joint.steps.clone()).collect();
            rows.push(vec!["All of them".into(), self.split_words(&joint).into()]);
        }
        Table {
            caption: "Steps that would unblock. A step is one option along the order of the issue, counted from the nearest option that the side has not ruled out".into(),
            columns: ["Issue", "Least steps"].map(str::to_owned).to_vec(),
            rows,
        }
    }

    fn split_words(self, pairs: &[Vec<u32>]) -> String {
        let moves: Vec<&[u32]> = pairs.iter().map(Vec::as_slice).collect();
        let names = self.principals();
        let told = |steps: &[u32]| {
            let each = names.iter().zip(steps).map(|(name, steps)| format!("{name} {steps}"));
            each.collect::<Vec<_>>().join(", ")
        };
        match split(&moves) {
            None => "none: a side has ruled out every option".to_owned(),
            Some(Split::Any(total)) => {
                format!("{} in all, split in any way", words::count_of(total as usize, "step", "steps"))
            }
            Some(Split::Some(_)) => {
                let shown: Vec<String> = pairs.iter().take(8).map(|steps| told(steps)).collect();
                let more = if pairs.len() > 8 { format!("; and {} more", pairs.len() - 8) } else { String::new() };
                format!("{}{more}", shown.join("; or "))
            }
        }
    }

    /// The shares of issues in the blockage.
    pub(crate) fn sticking_table(self, told: &ReadingNow) -> Table {
        let rows = told.sticking.iter().map(|point| {
            let gap = point.gap.map_or("not comparable".to_owned(), words::steps);
            let share = match (&point.fraction, point.share) {
                (Some(fraction), Some(share)) => format!("{fraction} ({:.0} %)", share * 100.0),
                _ => String::new(),
            };
            vec![
                Cell::from(self.labels().title(&point.issue)),
                point.group.replace('_', " ").into(),
                share.into(),
                gap.into(),
            ]
        });
        let caption = if told.blocked {
            "Sticking points: the share of each issue in the blockage (the part of all orders of lifting limits in which it is the one that unblocks)"
        } else {
            "Issues by the gap between what is asked; nothing blocks"
        };
        Table {
            caption: caption.into(),
            columns: ["Issue", "Group", "Share", "Gap between asks"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }
    }

    /// The same question under each reading of limits.
    pub(crate) fn readings_table(self) -> Table {
        let row = |told: &ReadingNow| {
            let reading = match told.reading.reading {
                LimitReading::Accumulate if told.reading.reported => "accumulate; reports relax them too",
                LimitReading::Accumulate => "accumulate; offers and drafts relax them",
                LimitReading::Latest => "the latest red line only",
                LimitReading::NeverRelaxed => "nothing relaxes them",
            };
            let issues: Vec<String> =
                self.blocked_issues(told).iter().map(|issue| self.labels().title(issue)).collect();
            let least = told.joint.iter().map(|joint| joint.steps.iter().sum::<u32>()).min();
            let both = match told.both_must_move.verdict {
                BothVerdict::NotBlocked => String::new(),
                BothVerdict::Holds => "needed".to_owned(),
                BothVerdict::DoesNotHold => "not needed".to_owned(),
                BothVerdict::NotDetermined => "cannot be said".to_owned(),
            };
            let ways =
                |least: Option<Option<u32>>| least.flatten().map_or("never".to_owned(), |steps| steps.to_string());
            let mut cells: Vec<Cell> = vec![
                reading.into(),
                if told.reading.law { "yes" } else { "no" }.into(),
                if issues.is_empty() { "nothing blocks".to_owned() } else { words::list(&issues) }.into(),
                least.map(|steps| steps.to_string()).unwrap_or_default().into(),
                both.into(),
            ];
            let reach = self.case.principals.iter().map(|actor| &*self.case.actors[*actor].id).chain(["jointly"]);
            cells.extend(reach.map(|who| {
                Cell::from(if told.blocked {
                    ways(told.both_must_move.least_m.get(who).copied())
                } else {
                    String::new()
                })
            }));
            cells
        };
        let mut columns: Vec<String> =
            ["Limits", "Laws count", "Blocked on", "Steps in all", "Moves of more than one side"]
                .map(str::to_owned)
                .to_vec();
        columns.extend(self.principals().into_iter().map(|name| format!("{name} alone")));
        columns.push("Together".to_owned());
        Table {
            caption: "The same under other readings of limits. The last columns count steps beyond what a side has itself tabled".into(),
            columns,
            rows: self.blocks.limits.iter().map(row).collect(),
        }
    }

    /// What blocked in the past.
    pub(crate) fn periods_table(self) -> Table {
        let day = |text: &str| When::parse(text).map(words::when).unwrap_or_else(|| text.to_owned());
        let titles = |issues: &[String]| match issues {
            [] => "nothing".to_owned(),
            issues => words::list(&issues.iter().map(|issue| self.labels().title(issue)).collect::<Vec<_>>()),
        };
        let row = |period: &Period| {
            vec![
                Cell::with_rows(day(&period.from), period.rows.clone()),
                period.until.as_deref().map_or("now".to_owned(), day).into(),
                titles(&period.issues).into(),
                titles(&period.issues_without_law).into(),
                format!("{} of {}", period.tested, self.blocks.coverage.issues).into(),
            ]
        };
        Table {
            caption:
                "Since when limits have excluded every package, and on what; with the rows that began on the first day"
                    .into(),
            columns: ["From", "Until", "Blocked on", "By words alone", "Tested"].map(str::to_owned).to_vec(),
            rows: self.blocks.periods.iter().map(row).collect(),
        }
    }
}

/// How the minimal steps of several sides can be split.
enum Split {
    /// A total, split in any way.
    Any(u32),
    /// Only some splits; the least total.
    Some(u32),
}

fn split(moves: &[&[u32]]) -> Option<Split> {
    let totals: Vec<u32> = moves.iter().map(|steps| steps.iter().sum()).collect();
    let least = *totals.iter().min()?;
    let sides = moves.first()?.len();
    // With two sides a total can be split in one way more than it has steps.
    let all = sides == 2 && totals.iter().all(|total| *total == least) && moves.len() == least as usize + 1;
    Some(if all { Split::Any(least) } else { Split::Some(least) })
}
