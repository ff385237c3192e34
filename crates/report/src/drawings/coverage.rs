//! Of whom the record holds what, on which issue, in which quarter.

use detente_analysis::coverage::{Grid, GridRow};
use detente_case::Case;

use super::{caption, heading, principals, read_as};
use crate::figure::Figure;
use crate::figure::coverage::{self, Cell, Coverage, Issue, Party, State};

/// The grid of issues, principals and quarters.
pub fn coverage_grid(case: &Case, grid: &Grid) -> Figure {
    let quarter = |quarter: &detente_analysis::coverage::Quarter| {
        (i32::from(quarter.year), u32::try_from(quarter.quarter).unwrap_or(1))
    };
    let names = principals(case);
    let parties = case.principals.iter().zip(names).map(|(actor, name)| {
        let actor = &case.actors[*actor].id;
        let row = |issue: &detente_case::issue::Issue| {
            let row = grid.rows.iter().find(|row| *row.actor == **actor && *row.issue == *issue.id);
            row.map(cells).unwrap_or_default()
        };
        Party { name, cells: case.issues.iter().map(row).collect() }
    });
    let input = Coverage {
        caption: caption("coverage", "On which issues each side has spoken, by quarter"),
        quarters: grid.quarters.iter().map(quarter).collect(),
        issues: case
            .issues
            .iter()
            .map(|issue| Issue {
                title: if issue.title.is_empty() { issue.id.to_string() } else { issue.title.to_string() },
                group: heading(&issue.group),
            })
            .collect(),
        parties: parties.collect(),
    };
    read_as(
        coverage::draw(&input),
        "A filled cell is a quarter with new statements and their number, a hatched one a quarter without any in which an \
         earlier position or limit still stands. An empty cell means that this record holds nothing, not that nothing was said.",
    )
}

fn cells(row: &GridRow) -> Vec<Cell> {
    let cell = |cell: &detente_analysis::coverage::Cell| Cell {
        state: match (cell.statements, cell.in_force) {
            (1.., _) => State::New,
            (0, true) => State::Carried,
            (0, false) => State::None,
        },
        statements: cell.statements,
        in_force: cell.in_force,
        rows: String::new(),
    };
    row.cells.iter().map(cell).collect()
}
