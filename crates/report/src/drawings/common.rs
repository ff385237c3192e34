//! What the principals have had in common, and how near they came.

use detente_analysis::common::{Common, CommonIssue, How, Left, Near, Overlap, Put, ThirdParty};
use detente_case::issue::Issue;
use detente_case::{Case, When};

use super::{actor_name, caption, date, heading, ids, issue_title, list, principal, principals, read_as, shorten};
use crate::figure::Figure;
use crate::figure::common::{self, Other, Side};

/// What each principal has put on each issue, what was in common and since when, and the nearest pairs.
pub fn common_ground(case: &Case, common: &Common) -> Figure {
    let input = common::Common {
        caption: caption(
            "common",
            format!("What the sides have tabled and had in common, as of {}", date(&common.moment.at)),
        ),
        parties: principals(case),
        issues: common.issues.iter().map(|issue| drawn_issue(case, issue)).collect(),
    };
    read_as(
        common::draw(&input),
        "Each row is an issue with its options in order, each side's tabled options on its own side of the line: filled while \
         they stand, hollow once left. A frame joins an option that all have tabled, a thin line the nearest pair; steps count \
         options, not how much they matter.",
    )
}

fn drawn_issue(case: &Case, common: &CommonIssue) -> common::Issue {
    let title = if common.title.is_empty() { issue_title(case, &common.id) } else { common.title.clone() };
    let empty = common::Issue { title, group: heading(&common.group), ..common::Issue::default() };
    let Some(issue) = case.issues.iter().find(|issue| *issue.id == *common.id) else { return empty };
    let drawing = Drawing { case, issue };
    let places = |options: &[String]| options.iter().filter_map(|option| drawing.place(option)).collect();
    common::Issue {
        options: issue.options.iter().map(|option| option.label.to_string()).collect(),
        sides: common
            .sides
            .iter()
            .filter_map(|side| {
                Some(Side {
                    party: principal(case, &side.actor)?,
                    tabled: places(&side.tabled),
                    standing: places(&side.standing),
                })
            })
            .collect(),
        overlaps: common.overlaps.iter().filter_map(|overlap| drawing.overlap(overlap)).collect(),
        near: common.near.iter().filter_map(|near| drawing.near(near)).collect(),
        others: common.third_party.iter().filter_map(|other| drawing.other(other)).collect(),
        ..empty
    }
}

/// One issue of a case.
struct Drawing<'a> {
    case: &'a Case,
    issue: &'a Issue,
}

impl Drawing<'_> {
    fn place(&self, option: &str) -> Option<usize> {
        self.issue.option(option).map(|place| usize::from(place.0))
    }

    fn overlap(&self, overlap: &Overlap) -> Option<common::Overlap> {
        let mut title: Vec<String> = overlap.sides.iter().map(|put| self.put(put)).collect();
        let conditions = overlap
            .conditions
            .iter()
            .map(|of| format!("{} if: {}", actor_name(self.case, &of.actor), shorten(&of.condition, super::STATEMENT)));
        title.extend(conditions);
        title.extend(overlap.left_by.iter().map(|left| {
            format!("{} on {} ({})", self.left(left), day(left.date), ids(left.rows.iter().map(String::as_str)))
        }));
        Some(common::Overlap {
            option: self.place(&overlap.option)?,
            standing: overlap.together && overlap.until.is_none(),
            words: self.overlap_words(overlap),
            title: title.join("; "),
        })
    }

    fn overlap_words(&self, overlap: &Overlap) -> String {
        if !overlap.together {
            let puts = overlap
                .sides
                .iter()
                .map(|put| format!("{} {}", actor_name(self.case, &put.actor), period(put.first, put.last)));
            return format!("tabled by all, never at one time ({})", puts.collect::<Vec<_>>().join("; "));
        }
        let since = day(overlap.again.unwrap_or(overlap.since));
        match overlap.until {
            None => format!("in common since {since}"),
            Some(until) if overlap.left_by.is_empty() => format!("in common since {since}, until {}", day(until)),
            Some(until) => {
                let left: Vec<String> = overlap.left_by.iter().map(|left| self.left(left)).collect();
                format!("in common since {since}, until {}, when {}", day(until), list(&left))
            }
        }
    }

    /// "A ruled it out".
    fn left(&self, left: &Left) -> String {
        let name = actor_name(self.case, &left.actor);
        match left.how {
            How::RuledOut => format!("{name} ruled it out"),
            How::AskedForElse => format!("{name} asked for something else"),
            How::Lapsed => format!("the text of {name} lapsed"),
        }
    }

    /// "A tabled it 29 Mar 2022 to 15 Apr 2022 (p1, p2)".
    fn put(&self, put: &Put) -> String {
        let rows = ids(put.rows.iter().map(String::as_str));
        format!("{} tabled it {} ({rows})", actor_name(self.case, &put.actor), period(put.first, put.last))
    }

    fn near(&self, near: &Near) -> Option<common::Near> {
        let side = |put: &Put| Some((principal(self.case, &put.actor)?, self.place(&put.option)?));
        Some(common::Near {
            a: side(&near.a)?,
            b: side(&near.b)?,
            steps: near.steps,
            standing: near.standing,
            title: format!("{}; {}", self.put(&near.a), self.put(&near.b)),
        })
    }

    fn other(&self, other: &ThirdParty) -> Option<Other> {
        Some(Other {
            name: other.put.actor.clone(),
            option: self.place(&other.put.option)?,
            standing: other.put.standing,
            ruled_out_by: other.ruled_out_by.iter().filter_map(|actor| principal(self.case, actor)).collect(),
            title: self.put(&other.put),
        })
    }
}

fn day(when: When) -> String {
    date(&when.to_string())
}

fn period(first: When, last: When) -> String {
    if first == last { day(first) } else { format!("{} to {}", day(first), day(last)) }
}
