//! Questions about columns, on a terminal.

use std::io::BufRead;

use detente_case::Diagnostic;
use detente_case::start::{Choices, Columns, Field, Reason, Sheet};

/// Asks about every column that was found by its cells alone, and about every field without one. An empty answer takes what is
/// proposed, `-` says that no column holds the field.
pub fn about(
    sheet: &Sheet,
    columns: &mut Columns,
    choices: &mut Choices,
    input: &mut dyn BufRead,
    say: &dyn Fn(&str),
) -> Result<(), Vec<Diagnostic>> {
    let labels: Vec<&str> = sheet.columns.iter().map(|column| column.label()).collect();
    for field in Field::ALL {
        let word = field.word();
        let found = columns.taken.iter().find(|taken| taken.field == field);
        let proposed = match found.map(|taken| (&taken.reason, taken.column)) {
            Some((Reason::Cells(why), column)) => {
                let label = labels[column];
                say(&format!(
                    "Does column `{label}` hold the {word}? {why}. (Enter: yes; else the column, or - for none)"
                ));
                label
            }
            Some(_) => continue,
            // Somebody said that there is none.
            None if !columns.open.iter().any(|open| open.field == field) => continue,
            None => {
                say(&format!("Which column holds the {word}? Columns: {}. (Enter: none)", labels.join(", ")));
                "-"
            }
        };
        let column = match answer(sheet, input, say).as_deref() {
            None | Some("") => proposed.to_owned(),
            Some(column) => column.to_owned(),
        };
        choices.columns.push((field, if column == "-" { String::new() } else { column }));
        // Each answer may change what is proposed for the rest.
        *columns = Columns::propose(sheet, choices)?;
    }
    Ok(())
}

/// An answer that can be used; none at the end of the input.
fn answer(sheet: &Sheet, input: &mut dyn BufRead, say: &dyn Fn(&str)) -> Option<String> {
    loop {
        let mut line = String::new();
        if !input.read_line(&mut line).is_ok_and(|length| length > 0) {
            return None;
        }
        let text = line.trim();
        match sheet.named(text).as_slice() {
            _ if text.is_empty() || text == "-" => return Some(text.to_owned()),
            [_] => return Some(text.to_owned()),
            [] => say(&format!("There is no column `{text}`.")),
            several => {
                let letters: Vec<&str> = several.iter().map(|place| sheet.columns[*place].letter.as_str()).collect();
                say(&format!("Several columns are called `{text}`; write one of {}.", letters.join(", ")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use detente_case::start::read_text_table;

    use super::*;

    /// What is asked, and the columns that the answers lead to: a letter for each field.
    fn dialogue(table: &str, answers: &str) -> (Vec<String>, String) {
        let grids = [read_text_table("x.csv", table.as_bytes().to_vec()).unwrap().grid];
        let mut choices = Choices::default();
        let sheet = Sheet::choose("x.csv", &grids, &choices).unwrap();
        let mut columns = Columns::propose(&sheet, &choices).unwrap();
        let asked = RefCell::new(Vec::new());
        about(&sheet, &mut columns, &mut choices, &mut answers.as_bytes(), &|line| {
            asked.borrow_mut().push(line.to_owned())
        })
        .unwrap();
        let letter = |field: Field| columns.of(field).map_or("-", |place| &sheet.columns[place].letter);
        (asked.into_inner(), Field::ALL.map(letter).concat())
    }

    const TABLE: &str = "Wann es war,Gruppe,Von,Notiz,Netz\n\
        2022-01-01,Grenze,Ukraine,The border stays where it is today,https://example.org/1\n\
        2022-01-02,Grenze,Russia,The border moves to the river bank,https://example.org/2\n\
        2022-01-03,Grenze,Ukraine,Nobody moves the border anywhere,https://example.org/3\n";

    #[test]
    fn what_was_found_by_cells_is_confirmed_or_changed() {
        let (asked, found) = dialogue(TABLE, "\n\n\n\n\n");
        assert_eq!(found, "CBADE");
        assert_eq!(asked.len(), 4, "{asked:#?}");
        assert_eq!(
            asked[0],
            "Does column `Von` hold the actor? 3 of 3 cells are names of countries or organisations. (Enter: yes; else the column, or - for none)"
        );
        assert_eq!(dialogue(TABLE, "nowhere\nGruppe\n-\n\n\n\n").1, "B-ADE");
    }

    #[test]
    fn an_end_of_input_takes_what_is_proposed() {
        assert_eq!(dialogue(TABLE, "").1, "CBADE");
    }
}
