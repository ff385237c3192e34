//! `detente plan`: what a plan would meet.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_analysis::plan;
use detente_case::package::PackageColumn;
use detente_case::{Case, Folder};
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::{Failure, print, say};
use crate::page::{self, Page};
use crate::report;

/// What a plan would meet: each clause against each party's own words; plans compared
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    /// Plans by their ids: one for its page, two or three to compare them; all plans on record, a line each, if none is named
    #[arg(value_name = "PACKAGE")]
    packages: Vec<String>,
    /// A table of plans (.csv, columns as in packages.csv) to add to those of the case
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
    /// Print a table for a new plan: a row an issue, with the options to choose from
    #[arg(long, conflicts_with_all = ["packages", "with", "to", "json"])]
    template: bool,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    figure: FigureFile,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = &arguments.question;
    let form = arguments.page.form()?;
    let mut added = Vec::new();
    let (case, moment, settings) = question.open_with(|case| match &arguments.with {
        None => Ok(case),
        Some(path) => {
            let before: Vec<String> = ids(&case);
            let case = add(case, path, question.terminal.color.applies())?;
            added = ids(&case).into_iter().filter(|id| !before.contains(id)).collect();
            Ok(case)
        }
    })?;
    if arguments.template {
        return print(&template(&case));
    }
    let names = if arguments.packages.is_empty() { &added } else { &arguments.packages };
    let plans = plan::plans(&case, moment, names, settings).map_err(|unknown| {
        let known = match unknown.known.as_slice() {
            [] => "no plan is on record at this date".to_owned(),
            known => format!("plans on record at this date: {}", known.join(", ")),
        };
        Failure::Usage(format!("no plan has the id `{}`; {known}", unknown.id))
    })?;
    match (plans.packages.as_slice(), &arguments.figure.svg) {
        ([one], _) => arguments.figure.write(|| drawings::plan_matrix(&case, one, &plans.moment))?,
        (_, None) => {}
        _ => return Err(Failure::Usage("a figure shows one plan: name its id".to_owned())),
    }
    page::hand_over(form, arguments.figure.force, question, &plans, || answers::plan(&case, moment, &plans))
}

fn ids(case: &Case) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for clause in case.clauses.iter() {
        if !ids.iter().any(|id| **id == *clause.package) {
            ids.push(clause.package.to_string());
        }
    }
    ids
}

/// The case with the plans of a table.
fn add(case: Case, path: &Path, color: bool) -> Result<Case, Failure> {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = Folder::Disk(parent.to_owned());
    let fail = |problems: &[detente_case::Diagnostic]| {
        say(report::diagnostics(problems, &folder, color).trim_end());
        Failure::CaseHasErrors
    };
    let bytes = folder.read(&file).map_err(|problem| fail(&[problem]))?;
    case.with_packages(&file, bytes).map_err(|problems| fail(&problems))
}

/// A table with a row an issue, to be filled: what is not filled stays open.
fn template(case: &Case) -> String {
    let columns = [PackageColumn::Package, PackageColumn::Title, PackageColumn::Issue, PackageColumn::Option];
    let more = [PackageColumn::Clause, PackageColumn::Row, PackageColumn::Date, PackageColumn::Note];
    let name = |column: PackageColumn| PackageColumn::FORMAT.columns[usize::from(column)].name.to_owned();
    let mut lines = vec![columns.into_iter().chain(more).map(name).collect::<Vec<_>>()];
    lines[0].extend(["x_issue_title".to_owned(), "x_options".to_owned()]);
    for issue in case.issues.iter() {
        let options: Vec<String> =
            issue.options.iter().map(|option| format!("{}: {}", option.id, option.label)).collect();
        let mut line = vec![String::new(); lines[0].len()];
        line[0] = "new-plan".to_owned();
        line[2] = issue.id.to_string();
        line[8] = issue.title.to_string();
        line[9] = options.join(" | ");
        lines.push(line);
    }
    detente_case::table::csv_text(&lines)
}
