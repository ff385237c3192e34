//! The words of the figure on common ground: beside the rows, in the table, and as a description.

use super::super::{DataTable, count, grouped, join};
use super::{Common, Issue, Near, Side};
use crate::words::sentence_case;

/// The words beside a row: one line in bold, and what else there is to say.
pub fn words(input: &Common, issue: &Issue) -> (String, Vec<String>) {
    let mut small: Vec<String> = Vec::new();
    for overlap in &issue.overlaps {
        small.push(format!("{}: {}", sentence_case(&overlap.words), option(issue, overlap.option)));
    }
    let standing: Vec<&Near> = issue.near.iter().filter(|near| near.standing).collect();
    let ever = issue.near.iter().filter(|near| !near.standing).map(|near| near.steps).min();
    let bold = match (issue.overlaps.iter().any(|overlap| overlap.standing), range(&standing)) {
        (true, _) => "In common now".to_owned(),
        (false, Some(steps)) => format!("{steps} apart"),
        (false, None) => match (ever, alone(input, issue)) {
            (Some(_), _) => "Nothing stands on both sides".to_owned(),
            (None, Some(words)) => words,
            (None, None) => String::new(),
        },
    };
    if input.parties.len() > 2 {
        for near in &standing {
            let (a, b) = (name(input, near.a.0), name(input, near.b.0));
            small.push(format!("{a} and {b}: {}", steps(near.steps)));
        }
    }
    small.extend(ever.map(|ever| format!("nearest ever: {}", steps(ever))));
    small.dedup();
    (bold, small)
}

/// "3 steps", "2–3 steps" over several pairs.
fn range(near: &[&Near]) -> Option<String> {
    let (low, high) = (near.iter().map(|near| near.steps).min()?, near.iter().map(|near| near.steps).max()?);
    Some(if low == high { steps(low) } else { format!("{low}–{}", steps(high)) })
}

/// "Only A has tabled an option", where some have and others have not.
fn alone(input: &Common, issue: &Issue) -> Option<String> {
    let spoken: Vec<&Side> = issue.sides.iter().filter(|side| !side.tabled.is_empty()).collect();
    let names: Vec<&str> = spoken.iter().map(|side| name(input, side.party)).collect();
    match names.as_slice() {
        [] => Some("No principal has tabled an option".to_owned()),
        [only] if input.parties.len() > 1 => Some(format!("Only {only} has tabled an option")),
        _ => None,
    }
}

fn steps(steps: u32) -> String {
    count(steps as usize, "step", "steps")
}

/// The name of a principal.
pub fn name(input: &Common, party: usize) -> &str {
    input.parties.get(party).map_or("unknown party", String::as_str)
}

/// An option with its number.
pub fn option(issue: &Issue, option: usize) -> String {
    let label = issue.options.get(option).map(String::as_str).unwrap_or_default();
    join(&[&format!("{}.", option + 1), label], " ")
}

/// A nearest pair in words.
pub fn near(input: &Common, issue: &Issue, near: &Near) -> String {
    let side = |(party, number): (usize, usize)| format!("{} at {}", name(input, party), option(issue, number));
    let when = if near.standing { "" } else { ", not both standing" };
    format!("{} between {} and {}{when}", steps(near.steps), side(near.a), side(near.b))
}

/// Everything that the figure shows.
pub fn table(input: &Common) -> DataTable {
    let mut table = DataTable::new(["Group", "Issue", "Entry", "Actor", "Option", "Stands", "Words"]);
    let stands = |stands: bool| if stands { "yes" } else { "no" };
    for issue in grouped(input.issues.iter().map(|issue| issue.group.as_str())).into_iter().map(|at| &input.issues[at])
    {
        let mut push = |entry: &str, actor: &str, option: &str, standing: &str, words: &str| {
            table.push([&issue.group, &issue.title, entry, actor, option, standing, words]);
        };
        if issue.is_empty() {
            push("no option tabled", "", "", "", "");
        }
        for side in &issue.sides {
            for number in &side.tabled {
                let standing = stands(side.standing.contains(number));
                push("tabled by a principal", name(input, side.party), &option(issue, *number), standing, "");
            }
        }
        for overlap in &issue.overlaps {
            let words = join(&[&overlap.words, &overlap.title], "; ");
            push("in common", "all principals", &option(issue, overlap.option), stands(overlap.standing), &words);
        }
        for pair in &issue.near {
            let actors = format!("{} and {}", name(input, pair.a.0), name(input, pair.b.0));
            let options = format!("{}; {}", option(issue, pair.a.1), option(issue, pair.b.1));
            let words = join(&[&steps(pair.steps), &pair.title], "; ");
            push("nearest pair", &actors, &options, stands(pair.standing), &words);
        }
        for other in &issue.others {
            let refusing: Vec<&str> = other.ruled_out_by.iter().map(|party| name(input, *party)).collect();
            let refused =
                if refusing.is_empty() { String::new() } else { format!("ruled out by {}", refusing.join(", ")) };
            let words = join(&[&other.title, &refused], "; ");
            push("tabled by others", &other.name, &option(issue, other.option), stands(other.standing), &words);
        }
    }
    table
}

/// The figure in words.
pub fn describe(input: &Common) -> String {
    let counted = |test: &dyn Fn(&Issue) -> bool| input.issues.iter().filter(|issue| test(issue)).count();
    let mut out = format!(
        "What the principals have tabled on {}: on {} they have had an option in common, on {} one stands for all now.",
        count(input.issues.len(), "issue", "issues"),
        counted(&|issue| !issue.overlaps.is_empty()),
        counted(&|issue| issue.overlaps.iter().any(|overlap| overlap.standing)),
    );
    for issue in input.issues.iter().filter(|issue| !issue.is_empty()) {
        let (bold, small) = words(input, issue);
        let said = join(&[&bold, &small.join("; ")], "; ");
        if !said.is_empty() {
            out += &format!(" {}: {said}.", issue.title);
        }
    }
    out
}
