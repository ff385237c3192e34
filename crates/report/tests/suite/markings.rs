//! A row above the level leaves no trace in any output: the outputs are those of the case without the row.

use crate::support::{Choices, Tables, brief_of};
use detente_analysis::about::Settings;
use detente_analysis::{diff::diff, history, now, uncoded};
use detente_case::{Case, Level, Moment, When, export};
use detente_report::render;

/// Everything that the program can print of a case at a level.
fn outputs(case: &Case, level: Level) -> Vec<String> {
    let shown = case.at_level(level);
    let settings = Settings { level, draws: 100, ..Settings::default() };
    let moment = Moment::new(&shown, None, None);
    let since = When::parse("2023-01-01").unwrap().first();
    let document = brief_of(case, "2026-06-23", level);
    let mut outputs = vec![
        serde_json::to_string(&now(&shown, moment, settings)).unwrap(),
        serde_json::to_string(&history(&shown, moment, settings)).unwrap(),
        serde_json::to_string(&diff(&shown, since, moment, settings)).unwrap(),
        serde_json::to_string(&uncoded(&shown, moment, settings)).unwrap(),
        render::html(&document).unwrap(),
        render::markdown(&document),
        render::text(&document),
        render::json(&document),
        export::json(&shown).to_string(),
    ];
    outputs.extend(
        export::files(&shown).into_iter().map(|(file, bytes)| format!("{file}\n{}", String::from_utf8(bytes).unwrap())),
    );
    outputs
}

fn marked(tables: &Tables, file: &str, rows: &[usize], word: &str) -> Tables {
    let (mut header, mut cells) = tables.rows(file);
    header.push("marking".to_owned());
    for (place, row) in cells.iter_mut().enumerate() {
        row.push(if rows.contains(&place) { word.to_owned() } else { "public".to_owned() });
    }
    let mut edited = tables.clone();
    edited.set(file, &header, &cells);
    edited
}

#[test]
fn restricted_and_confidential_rows_leave_no_trace_in_any_public_output() {
    let coded = Tables::bundled("russia-ukraine");
    let words = Tables::of_words();
    let mut choices = Choices(4);
    for (tables, file, word) in [
        (&coded, "positions.csv", "restricted"),
        (&coded, "events.csv", "confidential"),
        (&coded, "relations.csv", "restricted"),
        (&coded, "positions.csv", "confidential"),
        (&words, "positions.csv", "restricted"),
    ] {
        let (_, rows) = tables.rows(file);
        let mut chosen: Vec<usize> = (0..5).map(|_| choices.below(rows.len())).collect();
        chosen.sort_unstable();
        chosen.dedup();
        let with = marked(tables, file, &chosen, word);
        let without =
            chosen.iter().rev().fold(with.clone(), |tables, row| tables.without_row(file, *row)).tables_alone();
        let with = with.tables_alone();
        let (shown, deleted) = (outputs(&with.case(), Level::Public), outputs(&without.case(), Level::Public));
        assert_eq!(shown.len(), deleted.len());
        for (shown, deleted) in shown.iter().zip(&deleted) {
            assert!(shown == deleted, "{file}: {}", crate::support::first_difference(shown, deleted));
        }
        assert_ne!(outputs(&with.case(), Level::All), outputs(&without.case(), Level::All));
    }
}

#[test]
fn the_level_stands_at_the_head_of_every_form() {
    let case = Tables::bundled("camp-david-1978").case();
    for (level, word) in [(Level::Public, "Public"), (Level::Restricted, "RESTRICTED"), (Level::All, "CONFIDENTIAL")] {
        let document = brief_of(&case, "1979-03-26", level);
        let forms = [
            render::text(&document),
            render::markdown(&document),
            render::html(&document).unwrap(),
            render::json(&document),
        ];
        assert!(forms.iter().all(|form| form.contains(word)));
    }
}
