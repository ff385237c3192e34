//! `detente scales`: the words without a code, side by side, and a template to make scales from them.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;
use detente_analysis::about::Settings;
use detente_analysis::uncoded::{self, TemplateRow, Uncoded};
use detente_case::issue::IssueColumn;
use detente_case::position::PositionColumn;
use detente_case::{Case, Level, Moment, export, write};
use detente_report::{answers, words};

use crate::open::{Question, Terminal, open};
use crate::output::{Failure, print, say};
use crate::page::{self, Page};

/// Puts the statements that carry no code side by side, by issue and date, and writes a template to make scales from them
///
/// `--to NAME.csv` writes the template for issues.csv, and beside it NAME-positions.csv with the statements to code.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    /// One issue or topic only, by its id
    #[arg(long, value_name = "ID")]
    issue: Option<String>,
    #[command(flatten)]
    page: Page,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

/// The columns of the template, filled or not.
const TEMPLATE: [&str; 7] = ["issue", "title", "group", "option", "order", "label", "notes"];
/// The columns of a statement that a person fills to code it.
const CODES: [&str; 5] = ["kind", "low_option", "best_option", "high_option", "rules_out"];
/// Spreadsheets take a CSV file for UTF-8 only if it begins with this.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = &arguments.question;
    let template_to = arguments.page.to.as_deref().filter(|path| is_csv(path));
    let form = if template_to.is_some() { None } else { arguments.page.form()? };
    let level = Level::from(question.level);
    let whole = open(&question.case, &question.terminal)?;
    let rows = whole.positions.len();
    let case = whole.into_level(level);
    let moment = Moment::new(&case, question.at, question.known);
    let settings = Settings { level, seed: question.seed, draws: question.draws };
    let mut uncoded = uncoded::uncoded(&case, moment, settings);
    if let Some(id) = &arguments.issue {
        only(&mut uncoded, id)?;
    }
    if let Some(path) = template_to {
        return write_template(arguments, path, &case, &uncoded, uncoded.uncoded == rows);
    }
    if form.is_none() && !question.json {
        return print(&answers::scales_text(&case, moment, &uncoded));
    }
    page::hand_over(form, arguments.force, question, &uncoded, || answers::scales(&case, moment, &uncoded))
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

fn tell(terminal: &Terminal, text: impl FnOnce() -> String) {
    if !terminal.quiet {
        say(&text());
    }
}

/// Leaves one issue or topic.
fn only(uncoded: &mut Uncoded, id: &str) -> Result<(), Failure> {
    if !uncoded.issues.iter().any(|issue| issue.id == id) {
        let known: Vec<String> = uncoded.issues.iter().map(|issue| format!("`{}`", issue.id)).collect();
        return Err(Failure::Usage(if known.is_empty() {
            "every statement carries a code: there is no issue to show".to_owned()
        } else {
            format!("no uncoded statement is on `{id}`; there are some on {}", words::list(&known))
        }));
    }
    uncoded.issues.retain(|issue| issue.id == id);
    uncoded.template.retain(|row| row.issue == id);
    uncoded.uncoded = uncoded.issues.iter().map(uncoded::IssueWords::count).sum();
    Ok(())
}

/// Writes the template for `issues.csv`, and beside it the statements with empty codes; both or neither. `whole` says whether
/// these are all statements of the case, at every level.
fn write_template(
    arguments: &Arguments,
    path: &Path,
    case: &Case,
    uncoded: &Uncoded,
    whole: bool,
) -> Result<(), Failure> {
    if uncoded.uncoded == 0 {
        return Err(Failure::NotDone("every statement carries a code; nothing was written".to_owned()));
    }
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!("{stem}-positions.csv"));
    let mut files = Vec::new();
    if !uncoded.template.is_empty() {
        files.push((name(path), marked(export::csv_keeping(&template(&uncoded.template), &TEMPLATE))));
    }
    files.push((name(&beside), marked(export::csv_keeping(&statements(case, uncoded), &CODES))));
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !arguments.force
        && let Some((name, _)) = files.iter().find(|(name, _)| path.with_file_name(name).symlink_metadata().is_ok())
    {
        return Err(Failure::NotDone(write::WriteError::Exists(path.with_file_name(name)).to_string()));
    }
    write::folder(parent, &files, true).map_err(|error| Failure::NotDone(error.to_string()))?;
    tell(&arguments.question.terminal, || told(arguments, [path, &beside], case, uncoded, whole));
    Ok(())
}

fn marked(csv: Vec<u8>) -> Vec<u8> {
    [BYTE_ORDER_MARK, &csv].concat()
}

fn template(rows: &[TemplateRow]) -> export::Sheet {
    let cells = |row: &TemplateRow| {
        let TemplateRow { issue, title, group, option, order, label, notes } = row.clone();
        vec![issue, title, group, option, order, label, notes]
    };
    export::Sheet {
        file: IssueColumn::FORMAT.file,
        columns: TEMPLATE.map(str::to_owned).to_vec(),
        rows: rows.iter().map(cells).collect(),
    }
}

/// The uncoded rows of `positions.csv`, in the order in which they are shown.
fn statements(case: &Case, uncoded: &Uncoded) -> export::Sheet {
    let file = PositionColumn::FORMAT.file;
    let mut sheet = export::sheets(case).into_iter().find(|sheet| sheet.file == file).unwrap_or(export::Sheet {
        file,
        columns: Vec::new(),
        rows: Vec::new(),
    });
    let all = std::mem::take(&mut sheet.rows).into_iter();
    let mut all: BTreeMap<String, Vec<String>> = all.filter_map(|row| Some((row.first()?.clone(), row))).collect();
    let shown = uncoded.issues.iter().flat_map(|issue| issue.by_date()).map(|(_, statement)| &statement.row);
    sheet.rows = shown.filter_map(|id| all.remove(id)).collect();
    sheet
}

/// What was written, and how to go on.
fn told(arguments: &Arguments, [path, beside]: [&Path; 2], case: &Case, uncoded: &Uncoded, whole: bool) -> String {
    let mut lines = Vec::new();
    let mut issues: Vec<&str> = uncoded.template.iter().map(|row| row.issue.as_str()).collect();
    issues.dedup();
    if issues.is_empty() {
        lines.push("Every issue here has a scale, so there is no template to fill.".to_owned());
    } else {
        let has_issues = case.files.iter().any(|file| file == IssueColumn::FORMAT.file);
        lines.push(format!(
            "{} written: {} without a scale. Fill `option`, `label` and `order`, then {} of the case.",
            path.display(),
            words::count_of(issues.len(), "issue", "issues"),
            if has_issues { "add the rows to issues.csv" } else { "save it as issues.csv" }
        ));
    }
    lines.push(format!(
        "{} written: {}. Fill {}, then {}.",
        beside.display(),
        words::count_of(uncoded.uncoded, "uncoded statement", "uncoded statements"),
        words::list(&CODES.map(|name| format!("`{name}`"))),
        if whole {
            "put it in the place of positions.csv: it holds every row"
        } else {
            "copy what was filled to the rows of positions.csv with the same id"
        }
    ));
    if case.has_markings && Level::from(arguments.question.level) != Level::All {
        lines.push("Rows may have other ids at other levels; `--level all` gives those of the case itself.".to_owned());
    }
    lines.join("\n")
}
