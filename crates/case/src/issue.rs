//! `issues.csv` and `topics.csv`: what is negotiated about, and on which track.

use std::collections::BTreeMap;

use crate::actor::{Extra, extra};
use crate::cell;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::marking::Marking;
use crate::table::{self, Table, table_format};
use crate::words::word_enum;

table_format! {
    /// Columns of `issues.csv`.
    IssueColumn, "issues.csv", row is "one option of an issue", unlocks "scales: comparison, gaps, limits",
    {
        Issue "issue" required "id of the issue";
        Title "title" optional "title of the issue; on one of its rows is enough";
        Group "group" optional "group of issues to which it belongs";
        Option "option" optional "id of the option; a row without one only names an issue whose scale is still to be made";
        Order "order" optional "place in the order of the options, 1, 2, …; the order of the rows if empty";
        Place "place" optional "a number from 0 to 100, for drawing; only the order is data";
        Label "label" optional "the option as a clause";
        NormFlag "norm_flag" optional "a named norm with which the option collides";
        Notes "notes" optional "notes for coders";
        Marking "marking" optional "public, restricted or confidential";
    }
}

table_format! {
    /// Columns of `topics.csv`.
    TopicColumn, "topics.csv", row is "one topic", unlocks "the political and the humanitarian track apart",
    {
        Topic "topic" required "id of the topic; an issue's id for topics with a scale";
        Title "title" optional "title";
        Issue "issue" optional "id of the issue, if the topic has a scale";
        Track "track" optional "political (if empty) or humanitarian";
    }
}

word_enum! {
    /// Two tracks on which a negotiation moves at different speeds.
    Track {
        Political "political" "Terms of a settlement, and everything that is on no other track.";
        Humanitarian "humanitarian" "Exchanges, evacuation, access, and agreements of that kind.";
    }
}

/// What is negotiated about, with its options in order.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Id, as the files use it.
    pub id: Box<str>,
    /// Title.
    pub title: Box<str>,
    /// Group of issues.
    pub group: Box<str>,
    /// The options in their order. At most 64.
    pub options: Vec<IssueOption>,
    /// The track, from `topics.csv`.
    pub track: Track,
    /// Marking of its own: the highest of its rows.
    pub marking: Option<Marking>,
}

/// A possible clause.
#[derive(Clone, Debug)]
pub struct IssueOption {
    /// Id, as the files use it.
    pub id: Box<str>,
    /// A number from 0 to 100, for drawing.
    pub place: f64,
    /// The clause in words.
    pub label: Box<str>,
    /// A named norm with which it collides.
    pub norm_flag: Box<str>,
    /// Notes for coders.
    pub notes: Box<str>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

impl Issue {
    /// The option with an id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<OptionPlace> {
        let place = self.options.iter().position(|option| &*option.id == id)?;
        u8::try_from(place).ok().map(OptionPlace)
    }
}

/// The place of an option in its issue's order, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionPlace(pub u8);

/// A set of options of one issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct OptionSet(u64);

impl OptionSet {
    /// The empty set.
    pub const EMPTY: OptionSet = OptionSet(0);

    /// All options from one to another, both included.
    #[must_use]
    pub fn range(low: OptionPlace, high: OptionPlace) -> Self {
        (low.0..=high.0).map(OptionPlace).collect()
    }

    /// One option.
    #[must_use]
    pub fn one(option: OptionPlace) -> Self {
        OptionSet(1 << option.0)
    }

    /// Whether it has no option.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The number of options.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether an option is in it.
    #[must_use]
    pub fn contains(self, option: OptionPlace) -> bool {
        self.0 & (1 << option.0) != 0
    }

    /// Adds an option.
    pub fn insert(&mut self, option: OptionPlace) {
        self.0 |= 1 << option.0;
    }

    /// Options in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        OptionSet(self.0 | other.0)
    }

    /// Options in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        OptionSet(self.0 & other.0)
    }

    /// Options in `self` and not in `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        OptionSet(self.0 & !other.0)
    }

    /// The first option, if any.
    #[must_use]
    pub fn lowest(self) -> Option<OptionPlace> {
        u8::try_from(self.0.trailing_zeros()).ok().filter(|place| *place < 64).map(OptionPlace)
    }

    /// The last option, if any.
    #[must_use]
    pub fn highest(self) -> Option<OptionPlace> {
        63u8.checked_sub(u8::try_from(self.0.leading_zeros()).ok()?).map(OptionPlace)
    }

    /// The options in order.
    pub fn iter(self) -> impl Iterator<Item = OptionPlace> {
        (0..64).map(OptionPlace).filter(move |option| self.contains(*option))
    }
}

impl FromIterator<OptionPlace> for OptionSet {
    fn from_iter<I: IntoIterator<Item = OptionPlace>>(options: I) -> Self {
        let mut set = OptionSet::EMPTY;
        options.into_iter().for_each(|option| set.insert(option));
        set
    }
}

/// A topic of talks; those with a scale are issues.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Id, as the files use it.
    pub id: Box<str>,
    /// Title.
    pub title: Box<str>,
    /// The issue, if it has a scale.
    pub issue: Option<Id<Issue>>,
    /// Its track.
    pub track: Track,
    /// Whether the program made it from a word in another file.
    pub implied: bool,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

/// The most options of an issue: a set of options is a word of 64 bits.
const MOST_OPTIONS: usize = 64;

/// What `issues.csv` holds.
#[derive(Default)]
pub(crate) struct IssuesFile {
    /// The issues with options.
    pub(crate) issues: List<Issue>,
    /// Id and title of those whose options are still to be written: topics, as long as that is so.
    pub(crate) without_scale: Vec<(Box<str>, Box<str>)>,
}

/// Whether a row names an issue and nothing about an option: a line of a template that nobody has filled yet.
fn is_unfilled(row: &table::Row<'_>) -> bool {
    use IssueColumn::{Label, Marking, NormFlag, Option, Order, Place};
    [Option, Order, Place, Label, NormFlag, Marking].into_iter().all(|column| row.get(column).is_empty())
}

/// Reads `issues.csv`. Issues keep the order in which they first stand.
pub(crate) fn read_issues(table: Table<'_>, findings: &mut Findings) -> IssuesFile {
    struct OptionRow {
        order: Option<f64>,
        place: Option<f64>,
        line: u64,
        option: IssueOption,
    }
    let mut order: Vec<String> = Vec::new();
    let mut rows: BTreeMap<String, (Issue, Vec<OptionRow>)> = BTreeMap::new();
    let mut unfilled: Vec<u64> = Vec::new();
    table::read(&IssueColumn::FORMAT, table, findings, |row, findings| {
        let id = row.get(IssueColumn::Issue);
        let (issue, options) = rows.entry(id.to_owned()).or_insert_with(|| {
            order.push(id.to_owned());
            let empty = Issue {
                id: id.into(),
                title: "".into(),
                group: "".into(),
                options: Vec::new(),
                track: Track::Political,
                marking: None,
            };
            (empty, Vec::new())
        });
        if issue.title.is_empty() {
            issue.title = cell::text(row, IssueColumn::Title);
        }
        if issue.group.is_empty() {
            issue.group = cell::text(row, IssueColumn::Group);
        }
        if is_unfilled(row) {
            unfilled.push(row.line);
            return;
        }
        issue.marking = issue.marking.max(cell::marking(row, IssueColumn::Marking, findings));
        let option = row.get(IssueColumn::Option);
        if option.is_empty() {
            findings.push(
                row.finding(Code::MissingCell, IssueColumn::Option, "this cell is empty")
                    .hint("expected: id of the option, such as `a1`"),
            );
            return;
        }
        // Beyond the limit the issue is refused; comparing all with all would take long.
        let first = options.iter().take(MOST_OPTIONS + 1).find(|other| *other.option.id == *option);
        if let Some(first) = first {
            let message = format!("`{option}` is already an option of `{id}` at line {}", first.line);
            findings.push(row.finding(Code::DuplicateId, IssueColumn::Option, message));
            return;
        }
        let label = row.get(IssueColumn::Label);
        options.push(OptionRow {
            order: cell::number(row, IssueColumn::Order, 0.0..=1e9, findings),
            place: cell::number(row, IssueColumn::Place, 0.0..=100.0, findings),
            line: row.line,
            option: IssueOption {
                id: option.into(),
                place: 0.0,
                label: if label.is_empty() { option.into() } else { label.into() },
                norm_flag: cell::text(row, IssueColumn::NormFlag),
                notes: cell::text(row, IssueColumn::Notes),
                extra: extra(row),
            },
        });
    });
    let file = IssueColumn::FORMAT.file;
    if let Some(first) = unfilled.first() {
        let message = match unfilled.len() {
            1 => "1 row names no option yet and is left out".to_owned(),
            count => format!("{count} rows name no option yet and are left out; the first is here"),
        };
        findings.push(
            Diagnostic::new(Code::UnfilledOption, file, message)
                .at(*first, None)
                .hint("fill `option` and `label`, or delete the rows that are not needed"),
        );
    }
    let mut found = IssuesFile::default();
    for id in order {
        let Some((mut issue, mut options)) = rows.remove(&id) else { continue };
        if options.iter().any(|row| row.order.is_some()) {
            options.sort_by(|a, b| a.order.partial_cmp(&b.order).unwrap_or(std::cmp::Ordering::Equal));
            for pair in options.windows(2) {
                if pair[0].order.is_none() || pair[0].order == pair[1].order {
                    let message = format!(
                        "order: options `{}` and `{}` of `{id}` have no clear order",
                        pair[0].option.id, pair[1].option.id
                    );
                    findings.push(
                        Diagnostic::new(Code::OptionOrder, file, message)
                            .at(pair[1].line, None)
                            .hint("number the options 1, 2, 3, …"),
                    );
                }
            }
        }
        if options.len() > MOST_OPTIONS {
            let message = format!("`{id}` has {} options; at most {MOST_OPTIONS} are read", options.len());
            findings.push(
                Diagnostic::new(Code::TooManyOptions, file, message)
                    .at(options[MOST_OPTIONS].line, None)
                    .hint("split the issue"),
            );
            options.truncate(MOST_OPTIONS);
        }
        let even =
            |index: usize, count: usize| if count > 1 { 100.0 * index as f64 / (count - 1) as f64 } else { 50.0 };
        let count = options.len();
        let given = options.iter().all(|row| row.place.is_some());
        for pair in options.windows(2) {
            if given && pair[0].place >= pair[1].place {
                let message = format!(
                    "place: the place of `{}` is not above that of `{}`, which stands before it",
                    pair[1].option.id, pair[0].option.id
                );
                findings.push(
                    Diagnostic::new(Code::OptionOrder, file, message)
                        .at(pair[1].line, None)
                        .hint("places rise with the order, from 0 to 100"),
                );
            }
        }
        issue.options = options
            .into_iter()
            .enumerate()
            .map(|(index, row)| IssueOption {
                place: row.place.filter(|_| given).unwrap_or_else(|| even(index, count)),
                ..row.option
            })
            .collect();
        if issue.title.is_empty() {
            issue.title = issue.id.clone();
        }
        if issue.options.is_empty() {
            found.without_scale.push((issue.id, issue.title));
        } else {
            found.issues.push(issue);
        }
    }
    found
}

/// Reads `topics.csv` and sets the track of the issues.
pub(crate) fn read_topics(table: Table<'_>, issues: &mut List<Issue>, findings: &mut Findings) -> List<Topic> {
    let mut topics: List<Topic> = List::default();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let ids: BTreeMap<Box<str>, Id<Issue>> = issues.with_ids().map(|(id, issue)| (issue.id.clone(), id)).collect();
    table::read(&TopicColumn::FORMAT, table, findings, |row, findings| {
        let id = row.get(TopicColumn::Topic);
        if let Some(first) = seen.insert(id.to_owned(), row.line) {
            findings.push(crate::actor::duplicate(row, TopicColumn::Topic, id, first));
            return;
        }
        let named = row.get(TopicColumn::Issue);
        let issue = ids.get(if named.is_empty() { id } else { named }).copied();
        if !named.is_empty() && issue.is_none() {
            let finding =
                row.finding(Code::UnknownReference, TopicColumn::Issue, format!("no issue has the id `{named}`"));
            findings.push(finding.hint("leave the cell empty for topics without a scale"));
        }
        let track = cell::word(row, TopicColumn::Track, &Track::WORDS, findings).unwrap_or(Track::Political);
        if let Some(issue) = issue {
            issues[issue].track = track;
        }
        let title = row.get(TopicColumn::Title);
        topics.push(Topic {
            id: id.into(),
            title: if title.is_empty() { id.into() } else { title.into() },
            issue,
            track,
            implied: false,
            extra: extra(row),
        });
    });
    topics
}
