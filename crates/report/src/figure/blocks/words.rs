//! The words of the figure of what blocks: what stands beside each row, the tooltips, the remarks and the table.

use super::super::{DataTable, count};
use super::{Blocks, Group, Issue, Refusal, Side};

/// The most options that are named rather than numbered.
const MOST_NAMED: usize = 2;

pub(super) fn name(input: &Blocks, number: usize) -> &str {
    input.parties.get(number).map_or("unknown principal", String::as_str)
}

/// "option 2, Autonomy".
pub(super) fn option(issue: &Issue, option: usize) -> String {
    match issue.options.get(option) {
        Some(label) if !label.is_empty() => format!("option {}, {label}", option + 1),
        _ => format!("option {}", option + 1),
    }
}

/// "1–3, 5": numbers of options, neighbours joined.
pub(super) fn numbers(options: &[usize]) -> String {
    let mut sorted = options.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for option in sorted {
        match runs.last_mut().filter(|run| run.1 + 1 == option) {
            Some(run) => run.1 = option,
            None => runs.push((option, option)),
        }
    }
    let words = |(first, last): &(usize, usize)| match last - first {
        0 => (first + 1).to_string(),
        1 => format!("{}, {}", first + 1, last + 1),
        _ => format!("{}–{}", first + 1, last + 1),
    };
    runs.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// "4 steps".
pub(super) fn apart(steps: usize) -> String {
    count(steps, "step", "steps")
}

pub(super) fn tie(group: &Group) -> String {
    let by = if group.tied_by.is_empty() { String::new() } else { format!(" ({})", group.tied_by) };
    format!(
        "These {} issues hang together{by}: what a side rules out on one depends on another, or a rule speaks of both.",
        group.issues.len()
    )
}

/// What stands beside a row: what is left, then what each principal leaves open.
pub(super) fn words(input: &Blocks, group: &Group, issue: &Issue) -> (String, Vec<String>) {
    let all: Vec<usize> = (0..input.parties.len().min(issue.sides.len()))
        .filter(|side| issue.open(&issue.sides[*side]).is_empty())
        .collect();
    let free = (0..issue.options.len()).filter(|option| issue.is_free(*option)).count();
    let bold = match (all.first(), issue.nearest()) {
        (Some(side), _) => format!("{} rules out every option", name(input, *side)),
        (None, Some((one, other))) => {
            format!("No option is left: {} apart", apart(one.abs_diff(other)))
        }
        (None, None) if free > 0 && group.issues.len() > 1 => {
            format!("{} here, but not with the issues tied to it", count(free, "option is left", "options are left"))
        }
        (None, None) if group.issues.len() > 1 => "Nothing is left on all conditions together".to_owned(),
        (None, None) => "No option is left".to_owned(),
    };
    let sides = issue.sides.iter().enumerate().take(input.parties.len());
    let mut small: Vec<String> = sides.map(|(number, side)| open(input, issue, number, side)).collect();
    let fewest = issue.steps.iter().min_by_key(|steps| (steps.iter().sum::<u32>(), (*steps).clone()));
    if let Some(steps) = fewest.filter(|_| issue.sides.len() > 2) {
        let each = steps.iter().enumerate().filter(|(_, steps)| **steps > 0);
        let each: Vec<String> = each.map(|(side, steps)| format!("{} {steps}", name(input, side))).collect();
        small.push(format!("The fewest steps that would open one: {}.", each.join(", ")));
    }
    (bold, small)
}

fn open(input: &Blocks, issue: &Issue, number: usize, side: &Side) -> String {
    let open = issue.open(side);
    let name = name(input, number);
    let words = match open.len() {
        0 => return format!("{name} leaves nothing open."),
        count if count == issue.options.len() => return format!("{name} rules nothing out whatever else is agreed."),
        1..=MOST_NAMED => {
            let named = open.iter().map(|option| format!("{} {}", option + 1, issue.options[*option]));
            named.collect::<Vec<_>>().join("; ")
        }
        _ => numbers(&open),
    };
    format!("{name} leaves open: {words}.")
}

/// The tooltip of a cell.
pub(super) fn cell(input: &Blocks, issue: &Issue, number: usize, which: usize) -> String {
    let (name, option) = (name(input, number), option(issue, which));
    let Some(side) = issue.sides.get(number) else { return format!("{name}: {option}") };
    let find = |refusals: &[Refusal]| refusals.iter().find(|refusal| refusal.option == which).cloned();
    let (words, refusal) = match (find(&side.ruled_out), find(&side.conditional), find(&side.in_words)) {
        (Some(refusal), _, _) => (format!("rules out{}", how(&refusal)), refusal),
        (_, Some(refusal), _) => ("rules out, unless other issues are settled in a certain way,".to_owned(), refusal),
        (_, _, Some(refusal)) => ("leaves open, on a condition in words,".to_owned(), refusal),
        _ => return format!("{name} leaves open {option}"),
    };
    let title = if refusal.title.is_empty() { String::new() } else { format!(": {}", refusal.title) };
    format!("{name} {words} {option}{title}")
}

fn how(refusal: &Refusal) -> &'static str {
    match (refusal.words, refusal.law) {
        (false, true) => " by its law",
        (true, true) => " in words and by its law",
        _ => "",
    }
}

/// What stands under the rows.
pub(super) fn remarks(input: &Blocks) -> Vec<String> {
    let mut remarks = Vec::new();
    if !input.free.is_empty() {
        let issues = count(input.free.len(), "issue", "issues");
        remarks.push(format!(
            "Tested and not blocked by the limits declared so far ({issues}): {}.",
            input.free.join("; ")
        ));
    }
    if input.untested > 0 {
        let issues = count(input.untested, "issue", "issues");
        remarks.push(format!("Not tested: {issues}, on which a principal has neither a position nor a limit."));
    }
    remarks
}

pub(super) fn describe(input: &Blocks) -> String {
    let issues: Vec<&Issue> = input.groups.iter().flat_map(|group| &group.issues).collect();
    let mut out = match issues.len() {
        0 => "Nothing is blocked by the limits declared so far.".to_owned(),
        number => format!("Declared limits block {}.", count(number, "issue", "issues")),
    };
    for group in &input.groups {
        for issue in &group.issues {
            let (bold, small) = words(input, group, issue);
            out += &format!(" {}: {bold}. {}", issue.title, small.join(" "));
        }
    }
    for remark in remarks(input) {
        out += &format!(" {remark}");
    }
    out
}

pub(super) fn table(input: &Blocks) -> DataTable {
    let mut table = DataTable::new([
        "Issue",
        "Principal",
        "Rules out",
        "By law",
        "On a condition",
        "Asks for",
        "Has tabled",
        "Leaves open",
        "Rows",
    ]);
    for issue in input.groups.iter().flat_map(|group| &group.issues) {
        for (number, side) in issue.sides.iter().enumerate().take(input.parties.len()) {
            let options = |refusals: &[Refusal], law: bool| -> String {
                let kept = refusals.iter().filter(|refusal| !law || refusal.law);
                numbers(&kept.map(|refusal| refusal.option).collect::<Vec<_>>())
            };
            let mut rows: Vec<&str> = Vec::new();
            for refusal in side.ruled_out.iter().chain(&side.conditional).chain(&side.in_words) {
                if !refusal.title.is_empty() && !rows.contains(&refusal.title.as_str()) {
                    rows.push(&refusal.title);
                }
            }
            table.push([
                &issue.title,
                name(input, number),
                &options(&side.ruled_out, false),
                &options(&side.ruled_out, true),
                &options(&[side.conditional.as_slice(), &side.in_words].concat(), false),
                &numbers(&side.asked),
                &numbers(&side.tabled),
                &numbers(&issue.open(side)),
                &rows.join("; "),
            ]);
        }
    }
    table
}
