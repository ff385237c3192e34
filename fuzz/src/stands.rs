//! Tables of positions, however broken: no panic, and what is read is a question.

use detente_analysis::forecast::{Domain, TableSetting, of_table};
use detente_case::stand_table::{self, Reading};
use detente_forecast::Scale;

/// A table of who stands where.
pub fn stand_table(data: &[u8]) {
    let reading = Reading { scale: (0.0, 100.0), salience_needed: false };
    match stand_table::read("table.csv", data, reading) {
        Err(findings) => assert!(!findings.is_empty() && findings.iter().all(|finding| !finding.message.is_empty())),
        Ok((issues, _)) => {
            let setting = TableSetting {
                scale: Scale::PERCENT,
                domain: Domain::Other,
                title: "table".into(),
                references: Vec::new(),
                correlation: 0.5,
            };
            let question = of_table(&issues, &setting).unwrap();
            for issue in &question.issues {
                let drawn = issue.drawn(&issue.inputs.sampler(1).draw(1));
                assert_eq!(drawn.len(), issue.actors.len());
            }
        }
    }
}
