//! What people do to a workbook before it becomes a case again.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::{Case, Folder, Level, Loaded, Severity, load};
use detente_workbook::{case_files, grids, open, write};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const SETTINGS: &str =
    "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"A\", \"B\"]\nlanguages = [\"en\"]\n";
const ISSUES: &str = "issue,option,order\nland,all,1\nland,some,2\nland,none,3\n";
const POSITIONS: &str = "id,actor,issue,kind,best_option,valid_from,statement,source_id,x_own\n\
    p1,A,land,demand,all,2022-03-29,\"one\ntwo\",s1,=1+1\n\
    007,B,land,offer,some,2022,words,,\n\
    1E5,A,land,demand,none,2023-01,+49 30,s2,\n";
const SOURCES: &str = r#"[
  {"id":"s1","type":"webpage","title":"One","author":[{"family":"Ash","given":"A."},{"literal":"UN"}],"issued":{"date-parts":[[2022,3,29]]},"URL":"https://un.org","accessed":{"date-parts":[["2022",4]]}},
  {"id":7,"title":"Two ","issued":{"raw":"spring"}},
  {"id":"s2","type":"book","title":"=cmd","author":[{"family":"B","given":"","suffix":"Jr."}],"DOI":"10.1/x"}
]"#;

fn case() -> Case {
    let files =
        [("case.toml", SETTINGS), ("issues.csv", ISSUES), ("positions.csv", POSITIONS), ("sources.json", SOURCES)];
    loaded(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec())
}

fn loaded(files: Vec<(String, Vec<u8>)>) -> Case {
    let loaded = load(&Folder::Memory(files), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// A cell as somebody typed it.
#[derive(Clone, Debug)]
enum Typed {
    Text(String),
    Number(f64),
    Day(u16, u8, u8),
    Nothing,
}

fn text(text: &str) -> Typed {
    Typed::Text(text.to_owned())
}

/// A workbook as it lies on a desk: sheets of rows of cells.
#[derive(Clone)]
struct Desk(Vec<(String, Vec<Vec<Typed>>)>);

impl Desk {
    fn of(case: &Case) -> Self {
        let bytes = write(case, Level::All).unwrap();
        let sheets = grids("case.xlsx", &bytes).unwrap().into_iter().map(|grid| {
            let last = grid.rows.last().map_or(0, |row| row.line);
            let rows = (1..=last)
                .map(|line| {
                    let row = grid.rows.iter().find(|row| row.line == line);
                    row.into_iter().flat_map(|row| &row.cells).map(|cell| text(cell)).collect()
                })
                .collect();
            (grid.name, rows)
        });
        Desk(sheets.collect())
    }

    fn rows(&mut self, sheet: &str) -> &mut Vec<Vec<Typed>> {
        &mut self.0.iter_mut().find(|(name, _)| name == sheet).unwrap().1
    }

    fn column(&mut self, sheet: &str, column: &str) -> usize {
        self.rows(sheet)[0].iter().position(|cell| matches!(cell, Typed::Text(name) if name == column)).unwrap()
    }

    fn set(&mut self, sheet: &str, row: usize, column: &str, cell: Typed) {
        let at = self.column(sheet, column);
        let cells = &mut self.rows(sheet)[row - 1];
        cells.resize(cells.len().max(at + 1), Typed::Nothing);
        cells[at] = cell;
    }

    fn bytes(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        for (name, rows) in &self.0 {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    match cell {
                        Typed::Text(text) if text.is_empty() => {}
                        Typed::Text(text) => _ = sheet.write_string(row, column, text).unwrap(),
                        Typed::Number(number) => _ = sheet.write_number(row, column, *number).unwrap(),
                        Typed::Day(year, month, day) => {
                            let date = ExcelDateTime::from_ymd(*year, *month, *day).unwrap();
                            let format = Format::new().set_num_format("dd/mm/yyyy");
                            _ = sheet.write_with_format(row, column, date, &format).unwrap();
                        }
                        Typed::Nothing => {}
                    }
                }
            }
        }
        workbook.save_to_buffer().unwrap()
    }

    fn folder(&self) -> Folder {
        Folder::Sheets(Box::new(open("case.xlsx", &self.bytes()).unwrap().unwrap()))
    }

    fn load(&self) -> Loaded {
        load(&self.folder(), |_| {})
    }

    fn case(&self) -> Case {
        let files = case_files("case.xlsx", &self.bytes()).unwrap().unwrap();
        let by_files = loaded(files);
        let loaded = self.load();
        let case = loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
        assert_eq!(ids(&case), ids(&by_files));
        case
    }
}

fn ids(case: &Case) -> Vec<String> {
    case.positions.iter().map(|row| format!("{} {} {}", row.id, row.valid_from, row.statement)).collect()
}

#[test]
fn another_program_that_saves_it_changes_nothing() {
    let case = case();
    let back = Desk::of(&case).case();
    assert_eq!(detente_case::export::files(&back), detente_case::export::files(&case));
}

#[test]
fn rows_are_added_sorted_and_deleted_and_columns_moved() {
    let mut desk = Desk::of(&case());
    let width = desk.rows("positions")[0].len();
    let blank = vec![Typed::Nothing; width];
    desk.rows("positions").push(blank.clone());
    desk.rows("positions").push(blank);
    for (column, cell) in
        [("id", "p9"), ("actor", "B"), ("issue", "land"), ("valid_from", "2023"), ("statement", "new")]
    {
        desk.set("positions", 6, column, text(cell));
    }
    desk.rows("positions").remove(1);
    desk.rows("positions")[1..].reverse();
    desk.rows("positions").iter_mut().for_each(|row| {
        row.resize(width, Typed::Nothing);
        row.reverse();
    });
    let case = desk.case();
    assert_eq!(case.positions.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["p9", "1E5", "007"]);
}

#[test]
fn numbers_and_dates_that_were_typed_become_text() {
    let mut desk = Desk::of(&case());
    desk.set("positions", 2, "valid_from", Typed::Day(2021, 2, 3));
    desk.set("positions", 3, "valid_from", Typed::Number(2022.0));
    desk.set("positions", 3, "organ", Typed::Number(2.0));
    desk.set("issues", 3, "place", Typed::Number(12.5));
    let case = desk.case();
    assert_eq!(ids(&case)[..2], ["p1 2021-02-03 one\ntwo", "007 2022 words"]);
    assert_eq!(case.positions.iter().nth(1).unwrap().organ, Some(2));
}

#[test]
fn a_new_column_of_ones_own_is_kept_and_a_new_sheet_left_alone() {
    let mut desk = Desk::of(&case());
    let at = desk.rows("positions")[0].len();
    desk.rows("positions")[0].push(text("x_mood"));
    desk.rows("positions")[1].resize(at, Typed::Nothing);
    desk.rows("positions")[1].push(text("calm"));
    desk.0.push(("Event".to_owned(), vec![vec![text("date"), text("what")]]));
    let loaded = desk.load();
    let case = loaded.case.unwrap();
    let extra = &case.positions.iter().next().unwrap().extra;
    assert!(extra.iter().any(|(name, cell)| (&**name, &**cell) == ("x_mood", "calm")));
    let warning = loaded.diagnostics.iter().find(|finding| finding.code == "W006").unwrap();
    assert_eq!(warning.message, "sheet `Event` is not one of a case's; it is left alone");
    assert_eq!(
        (warning.severity, warning.hints.as_slice()),
        (Severity::Warning, &["is it meant to be `events`?".to_owned()][..])
    );
}

#[test]
fn faults_are_named_by_sheet_and_cell_as_the_spreadsheet_shows_them() {
    let mut desk = Desk::of(&case());
    desk.rows("positions").insert(1, Vec::new());
    desk.rows("positions").insert(3, Vec::new());
    desk.set("positions", 5, "valid_from", text("29.3.2022"));
    desk.set("positions", 6, "id", text("p1"));
    let line = desk
        .rows("case")
        .iter()
        .position(|row| matches!(&row[..], [Typed::Text(line), ..] if line.starts_with("as_of")))
        .unwrap();
    desk.rows("case").insert(line, vec![text("# a remark"), Typed::Nothing]);
    desk.rows("case").insert(line, Vec::new());
    desk.rows("case")[line + 2][0] = text("as_of = yesterday");
    desk.set("sources", 3, "other_fields", text("{"));
    let (folder, loaded) = (desk.folder(), desk.load());
    let places: Vec<String> = loaded
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| format!("{} {}", finding.code, folder.place(finding)))
        .collect();
    let id = desk.column("positions", "id");
    assert_eq!(id, 0);
    assert_eq!(
        places,
        [
            format!("S001 case.xlsx, sheet case, row {}", line + 3),
            format!("S004 case.xlsx, sheet case, row {}", line + 3),
            "R002 case.xlsx, sheet positions, cell N5".to_owned(),
            "R008 case.xlsx, sheet positions, cell A6".to_owned(),
            "B001 case.xlsx, sheet sources, cell K3".to_owned(),
        ]
    );
    assert!(loaded.diagnostics.iter().any(|finding| finding.message.contains("already the id of line 3")));
}

#[test]
fn sources_are_edited_in_their_columns_and_keep_the_rest() {
    let mut desk = Desk::of(&case());
    desk.set("sources", 2, "title", text("Uno"));
    desk.set("sources", 2, "author", text("Ash, A.; OSCE"));
    desk.set("sources", 2, "issued", Typed::Day(2022, 3, 30));
    let width = desk.rows("sources")[0].len();
    desk.rows("sources").push(vec![Typed::Nothing; width]);
    desk.set("sources", 5, "id", text("s3"));
    desk.set("sources", 5, "issued", Typed::Number(2020.0));
    let case = desk.case();
    let items: Vec<String> =
        case.sources.iter().map(|source| serde_json::Value::Object(source.item.clone()).to_string()).collect();
    assert_eq!(
        items[0],
        r#"{"URL":"https://un.org","accessed":{"date-parts":[["2022",4]]},"author":[{"family":"Ash","given":"A."},{"literal":"OSCE"}],"id":"s1","issued":{"date-parts":[[2022,3,30]]},"title":"Uno","type":"webpage"}"#
    );
    assert_eq!(items[1], r#"{"id":7,"issued":{"raw":"spring"},"title":"Two "}"#);
    assert_eq!(items[3], r#"{"id":"s3","issued":{"date-parts":[[2020]]}}"#);
}

#[test]
fn comments_and_blank_lines_of_the_settings_stay() {
    let mut desk = Desk::of(&case());
    let lines = desk.rows("case");
    lines.insert(2, Vec::new());
    lines.insert(3, vec![text("  # kept, with its blanks")]);
    let files = case_files("case.xlsx", &desk.bytes()).unwrap().unwrap();
    let settings = files.iter().find(|(name, _)| name == "case.toml").unwrap();
    let settings = String::from_utf8(settings.1.clone()).unwrap();
    assert!(settings.starts_with("schema = 1\n\n  # kept, with its blanks\ntitle = \"T\"\n"), "{settings}");
}

#[test]
fn texts_longer_than_a_cell_come_back() {
    let long: String = (0..4_000).map(|number| format!("word{number} ")).collect();
    let tagged = format!("<r>{}</r>", "x".repeat(100));
    let files = vec![
        ("case.toml".to_owned(), SETTINGS.replace("\"T\"", &format!("\"{long}\"")).into_bytes()),
        (
            "positions.csv".to_owned(),
            format!("actor,issue,valid_from,statement,coder_note\nA,land,2022,\"{long}\",\"{long}{long}\"\nB,land,2022,{tagged},n\n")
                .into_bytes(),
        ),
    ];
    let case = loaded(files);
    let bytes = write(&case, Level::All).unwrap();
    let back = loaded(case_files("case.xlsx", &bytes).unwrap().unwrap());
    assert_eq!(detente_case::export::files(&back), detente_case::export::files(&case));
    let header =
        &grids("case.xlsx", &bytes).unwrap().into_iter().find(|grid| grid.name == "positions").unwrap().rows[0].cells;
    assert_eq!(
        header[header.len() - 4..],
        ["coder_note", "statement (continued 2)", "coder_note (continued 2)", "coder_note (continued 3)"]
    );
}

#[test]
fn a_workbook_without_the_settings_is_no_case() {
    let mut desk = Desk::of(&case());
    desk.0.retain(|(name, _)| name != "case");
    assert!(case_files("case.xlsx", &desk.bytes()).unwrap().is_none());
}

#[test]
fn rows_that_a_level_does_not_show_leave_no_trace() {
    let positions =
        "actor,issue,valid_from,statement,marking\nA,land,2022,shown,public\nB,land,2022,secret words,confidential\n";
    let case = loaded(vec![
        ("case.toml".to_owned(), SETTINGS.as_bytes().to_vec()),
        ("positions.csv".to_owned(), positions.as_bytes().to_vec()),
    ]);
    let bytes = write(&case.at_level(Level::Public), Level::Public).unwrap();
    let cells: Vec<String> =
        grids("case.xlsx", &bytes).unwrap().into_iter().flat_map(|grid| grid.rows).flat_map(|row| row.cells).collect();
    assert!(cells.iter().any(|cell| cell == "shown") && !cells.iter().any(|cell| cell.contains("secret")));
    assert!(cells.iter().any(|cell| cell.starts_with("public: rows with a higher marking are not")));
}
