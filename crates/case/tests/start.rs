//! A case made from a spreadsheet.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::grid::{Grid, GridRow};
use detente_case::start::{self, Choices, Columns, DayOrder, Field, Reason, Sheet, Started};
use detente_case::{Case, Diagnostic, Folder, load};
use proptest::prelude::*;

/// The grid of a text table.
fn grid(text: &str) -> Grid {
    start::read_text_table("talks.csv", text.as_bytes().to_vec()).unwrap().grid
}

/// A sheet whose cells have `|` between them. Empty lines are empty rows.
fn sheet(name: &str, rows: &str) -> Grid {
    let rows = rows.lines().map(str::trim).zip(1..).filter(|(line, _)| !line.is_empty());
    let rows = rows.map(|(line, number)| GridRow { line: number, cells: line.split('|').map(str::to_owned).collect() });
    Grid { name: name.to_owned(), rows: rows.collect() }
}

fn try_start(grids: &[Grid], choices: &Choices) -> Result<Started, Vec<Diagnostic>> {
    start::from_grids("talks.csv", "talks", grids, choices)
}

fn started(grids: &[Grid], choices: &Choices) -> Started {
    try_start(grids, choices).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn loaded(started: &Started) -> Case {
    let loaded = load(&Folder::Memory(started.files.clone()), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// The case that a text table becomes with nothing said about it.
fn case(text: &str) -> Case {
    loaded(&started(&[grid(text)], &Choices::default()))
}

fn file(started: &Started, name: &str) -> String {
    let (_, bytes) = started.files.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(bytes.clone()).unwrap()
}

/// Code, place and message of each problem.
fn problems(grids: &[Grid], choices: &Choices) -> Vec<(String, String, String)> {
    let found = try_start(grids, choices).map(|_| ()).unwrap_err();
    found.into_iter().map(|finding| (finding.code.clone(), finding.place(), finding.message)).collect()
}

/// Which columns are read, by letter, in the order of the fields; `-` where none is.
fn read(grid: Grid, choices: &Choices) -> String {
    let sheet = Sheet::choose("talks.csv", &[grid], choices).unwrap();
    let columns = Columns::propose(&sheet, choices).unwrap();
    Field::ALL.map(|field| columns.of(field).map_or("-", |place| &sheet.columns[place].letter)).concat()
}

fn map(pairs: &[(Field, &str)]) -> Choices {
    let columns = pairs.iter().map(|(field, column)| (*field, (*column).to_owned())).collect();
    Choices { columns, ..Choices::default() }
}

// Columns

#[test]
fn five_columns_in_any_order_and_capitalisation_become_a_case() {
    for text in [
        "actor,issue,date,words,link\nUkraine,borders,2022-03-29,\"No, never\",https://example.org\n",
        "Link,Words,Date,Issue,Actor\nhttps://example.org,\"No, never\",2022-03-29,borders,Ukraine\n",
        "WHEN;WHO;TOPIC;TEXT;URL\n2022-03-29;Ukraine;borders;No, never;https://example.org\n",
        " side \tsubject\tday\tposition\tsource\nUkraine\tborders\t2022-03-29\tNo, never\thttps://example.org\n",
        "\u{feff}actor,issue,date,words,link\r\nUkraine,borders,2022-03-29,\"No, never\",https://example.org\r\n",
        "Дата;Сторона;Питання;Слова;Посилання\n29.03.2022;Україна;borders;No, never;https://example.org\n",
        "Дата;Сторона;Вопрос;Заявление;Ссылка\n29 марта 2022 г.;Украина;borders;No, never;https://example.org\n",
        "Date;Pays;Sujet;Déclaration;Lien\n29 mars 2022;Ukraine;borders;No, never;https://example.org\n",
        "Datum;Seite;Thema;Äußerung;Quelle\n29. März 2022;Ukraine;borders;No, never;https://example.org\n",
        "Fecha;País;Tema;Declaración;Enlace\n29 de marzo de 2022;Ucrania;borders;No, never;https://example.org\n",
        "Tarih;Taraf;Konu;Açıklama;Bağlantı\n29 Mart 2022;Ukrayna;borders;No, never;https://example.org\n",
        "Data;Strona;Temat;Wypowiedź;Źródło\n29 marca 2022 r.;Ukraina;borders;No, never;https://example.org\n",
        "التاريخ;الطرف;الموضوع;التصريح;الرابط\n29 مارس 2022;أوكرانيا;borders;No, never;https://example.org\n",
        "日期;国家;议题;声明;链接\n2022年3月29日;乌克兰;borders;No, never;https://example.org\n",
    ] {
        let case = case(text);
        let row = case.positions.iter().next().unwrap();
        assert_eq!(&*case.actors[row.actor].id, "Ukraine", "{text}");
        assert_eq!((&*row.statement, &*row.link), ("No, never", "https://example.org"), "{text}");
        assert_eq!(row.valid_from.to_string(), "2022-03-29", "{text}");
        assert!(!row.is_coded());
    }
}

#[test]
fn a_surer_name_comes_before_one_that_may_mean_the_field() {
    let row = "\nUkraine,UA,borders,2022,w,https://example.org,b\n";
    assert_eq!(
        read(grid(&format!("Party,Country,Theme,Day,Statement,Link,Source{row}")), &Choices::default()),
        "ACDEF"
    );
    assert_eq!(read(grid(&format!("Country,X,Matter,When,Text,Source,Y{row}")), &Choices::default()), "ACDEF");
}

#[test]
fn where_names_do_not_tell_the_cells_do() {
    let rows = "2022-01-01|Ukraine|The border follows the river and nothing else|border|https://example.org/1
        2022-01-02|Росія|Prisoners of both sides go home at once|prisoners|https://example.org/2
        2022-01-03|UA|The border follows the line of the year 1990|border|Reuters <https://example.org/3>
        2022-01-04|Russia|No prisoner goes home before the other ones do|prisoners|https://example.org/4";
    for (rows, given) in [(rows.to_owned(), None), (format!("a|b|c|d|e\n{rows}"), None), (rows.to_owned(), Some(0))] {
        let choices = Choices { header: given, ..Choices::default() };
        assert_eq!(read(sheet("S", &rows), &choices), "BDACE", "{rows}");
    }
    let sheet = Sheet::choose("x", &[sheet("S", rows)], &Choices::default()).unwrap();
    let columns = Columns::propose(&sheet, &Choices::default()).unwrap();
    let reasons: Vec<String> = columns.taken.iter().map(|taken| taken.reason.to_string()).collect();
    let expected = [
        "by its cells: 4 of 4 cells are names of countries or organisations",
        "by its cells: its 4 cells are 2 short texts",
        "by its cells: 4 of 4 cells are dates",
        "by its cells: its texts are the longest",
        "by its cells: 4 of 4 cells are addresses",
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn a_part_of_a_name_counts_if_the_cells_agree() {
    let text = |date: &str| {
        let header = "Who said it,Main topic,Date said,Exact words,Source link,Date checked by";
        format!("{header}\nUkraine,b,{date},w,https://example.org,Anna\n")
    };
    assert_eq!(read(grid(&text("2022-03-29")), &Choices::default()), "ABCDE");
    assert_eq!(read(grid(&text("spring")), &Choices::default()), "AB-DE");
}

#[test]
fn two_columns_that_may_hold_a_field_are_refused_with_the_option_for_each() {
    let text = "actor,issue,Date,Дата,words\nUkraine,b,2022-03-29,2022-03-30,w\nUkraine,b,2022-03-29,2022-03-30,w\n";
    let found = try_start(&[grid(text)], &Choices::default()).map(|_| ()).unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].code.as_str(), found[0].message.as_str()),
        ("T003", "2 columns may hold the date: `Date`, `Дата`")
    );
    assert_eq!(found[0].hints, ["if it is `Date`: --map \"Date=date\"", "if it is `Дата`: --map \"Дата=date\""]);
    assert!(try_start(&[grid(text)], &map(&[(Field::Date, "Дата")])).is_ok());
}

#[test]
fn what_was_said_about_columns_is_followed_by_name_or_letter() {
    let text = "a,b,c,d\nUkraine,borders,2022,w\n";
    for names in [["a", "b", "c", "d"], ["A", "B", " C", "D"]] {
        let [actor, issue, date, words] = names;
        let choices = map(&[(Field::Actor, actor), (Field::Issue, issue), (Field::Date, date), (Field::Words, words)]);
        assert!(try_start(&[grid(text)], &choices).is_ok());
    }
    let sheet = Sheet::choose("x", &[grid("x,x,date,words\nA,b,2022,w\n")], &Choices::default()).unwrap();
    let refused = Columns::propose(&sheet, &map(&[(Field::Actor, "X")])).unwrap_err();
    assert_eq!(refused[0].message, "2 columns have the name `X`");
    assert_eq!(refused[0].hints, ["say its letter, one of A, B: --map \"A=actor\""]);
    let by_letter = Columns::propose(&sheet, &map(&[(Field::Actor, "B")])).unwrap();
    assert_eq!((by_letter.of(Field::Actor), &by_letter.taken[0].reason), (Some(1), &Reason::Said));
}

#[test]
fn what_was_said_about_columns_that_are_not_there_lists_those_that_are() {
    let found = try_start(&[grid("a,b\n1,2\n")], &map(&[(Field::Actor, "z"), (Field::Date, "a"), (Field::Words, "a")]))
        .map(|_| ())
        .unwrap_err();
    assert_eq!(found[0].code, "T003");
    assert_eq!(found[0].hints, ["columns: `a`, `b`"]);
    assert_eq!(found[1].message, "column `a` is mapped to date and to words");
}

#[test]
fn a_field_without_a_column_is_named_with_the_option_that_mends_it() {
    for choices in [Choices::default(), map(&[(Field::Actor, "")])] {
        let text = "Alpha,issue,date,words\nsomebody,borders,2022,w\n";
        let found = try_start(&[grid(text)], &choices).map(|_| ()).unwrap_err();
        assert_eq!(
            (found[0].code.as_str(), found[0].message.as_str()),
            ("T003", "no column is known to hold the actor")
        );
        assert_eq!(found[0].hints, ["say which: --map \"Alpha=actor\""]);
    }
}

#[test]
fn without_a_column_of_topics_all_statements_are_unsorted() {
    let started = started(&[grid("actor,date,words\nA,2022,w\nB,2022,w\n")], &Choices::default());
    assert_eq!(file(&started, "topics.csv"), "topic,title\nunsorted,unsorted\n");
    assert!(file(&started, "README.md").contains("all statements go to the topic `unsorted`"));
}

// Sheets, headers and rows

#[test]
fn of_several_sheets_the_longest_table_is_read_unless_another_is_named() {
    let notes = sheet("Notes", "one\ntwo\nthree\nfour\nfive\nsix");
    let small = sheet("Small", "actor|issue|date|words\nA|i|2022|w");
    let large = sheet("Large", "actor|issue|date|words\nA|i|2022|w\nB|i|2022|w");
    let grids = [notes, small, large];
    let chosen =
        |choices: &Choices| Sheet::choose("x.xlsx", &grids, choices).map(|sheet| (sheet.file, sheet.others.len()));
    assert_eq!(chosen(&Choices::default()).unwrap(), ("x.xlsx (sheet Large)".to_owned(), 2));
    let named = |name: &str| Choices { sheet: Some(name.to_owned()), ..Choices::default() };
    assert_eq!(chosen(&named("small")).unwrap().0, "x.xlsx (sheet Small)");
    let refused = chosen(&named("Other")).unwrap_err();
    assert_eq!(
        (refused[0].code.as_str(), &refused[0].hints[0]),
        ("L001", &"sheets: `Notes`, `Small`, `Large`".to_owned())
    );
}

#[test]
fn a_messy_sheet_is_read_and_what_is_left_out_is_said_and_kept() {
    let rows = "Позиції сторін, весна 2022

        Хто і про що||Заява||
        Сторона|Питання|Дата|Слова|Посилання|Примітка
        Україна|Кордони|29.03.2022|Кордони 1991 року|https://example.org/1|важливо
        |кордони|30 березня 2022 р.|Ні|https://example.org/2|

        Росія|Статус|March 29–31, 2022|Да|https://example.org/3|
        Сторона|Питання|Дата|Слова|Посилання|Примітка
        Ukraine|Статус|2022|Words||
        Разом|4||||
        Джерело: відкриті дані";
    let choices = Choices { fill_down: vec![Field::Actor], ..Choices::default() };
    let started = started(&[sheet("S", rows)], &choices);
    let case = loaded(&started);
    assert_eq!(case.settings.title, "Позиції сторін, весна 2022");
    let positions = "actor,issue,valid_from,statement,link,coder_note,x_date_as_written,x_issue_as_written,x_Примітка
Україна,кордони,2022-03-29,Кордони 1991 року,https://example.org/1,,29.03.2022,,важливо
Україна,кордони,2022-03-30,Ні,https://example.org/2,,30 березня 2022 р.,кордони,
Росія,статус,2022-03-29,Да,https://example.org/3,a range of days in the table; its first day is taken,\"March 29–31, 2022\",,
Ukraine,статус,2022,Words,,,,,
";
    assert_eq!(file(&started, "positions.csv"), positions);
    assert_eq!(file(&started, "topics.csv"), "topic,title\nкордони,Кордони\nстатус,Статус\n");
    let left_out = "row,why,Хто і про що Сторона,Питання,Заява Дата,Слова,Посилання,Примітка
1,above the header,\"Позиції сторін, весна 2022\"
9,the header again,Сторона,Питання,Дата,Слова,Посилання,Примітка
11,\"below the table: no date, and no actor or no words\",Разом,4,,,,
12,\"below the table: no date, and no actor or no words\",Джерело: відкриті дані
";
    assert_eq!(file(&started, "left-out.csv"), left_out);
    assert_eq!(case.principals.iter().map(|id| &*case.actors[*id].id).collect::<Vec<_>>(), ["Ukraine", "Russia"]);
    assert!(load(&Folder::Memory(started.files), |_| {}).diagnostics.iter().all(|finding| finding.code != "F005"));
}

#[test]
fn faults_in_cells_have_their_places_and_come_all_at_once() {
    let text = "actor,issue,date,words\n\n,borders,2022,w\nUkraine,borders,spring,\n\nUkraine,borders,2022,w,more\n";
    let found: Vec<(String, String)> =
        problems(&[grid(text)], &Choices::default()).into_iter().map(|(code, place, _)| (code, place)).collect();
    let expected =
        [("R001", "talks.csv:3:1"), ("R002", "talks.csv:4:3"), ("R001", "talks.csv:4:4"), ("T006", "talks.csv:6:5")];
    assert_eq!(found, expected.map(|(code, place)| (code.to_owned(), place.to_owned())));
}

#[test]
fn names_that_need_an_answer_are_listed_with_the_faults_of_rows() {
    let text = "actor,issue,date,words\nNGA,i,2022,w\nUkraine,i,spring,w\n";
    let found: Vec<(String, String)> =
        problems(&[grid(text)], &Choices::default()).into_iter().map(|(code, place, _)| (code, place)).collect();
    assert_eq!(
        found,
        [("N002", "talks.csv:2:1"), ("R002", "talks.csv:3:3")].map(|(code, place)| (code.to_owned(), place.to_owned()))
    );
}

#[test]
fn rows_with_faults_are_set_aside_if_that_is_asked_for() {
    let text = "actor,issue,date,words\n,borders,2022,w\nUkraine,borders,29.03.22,w\nUkraine,borders,2022,=w\n";
    let started = started(&[grid(text)], &Choices { keep_going: true, ..Choices::default() });
    assert_eq!(loaded(&started).positions.len(), 1);
    let left_out = "row,why,actor,issue,date,words
2,actor (column `actor`): this cell is empty,,borders,2022,w
3,date (column `date`): `29.03.22` is not a date that can be read,Ukraine,borders,29.03.22,w
";
    assert_eq!(file(&started, "left-out.csv"), left_out);
    let all = "actor,issue,date,words\n,borders,2022,w\n";
    assert_eq!(problems(&[grid(all)], &Choices { keep_going: true, ..Choices::default() })[0].0, "T002");
}

#[test]
fn an_empty_actor_is_not_filled_from_above_unless_somebody_says_so() {
    let text = "actor,issue,date,words\nUkraine,i,2022,w\n,i,2023,w\n";
    let found = try_start(&[grid(text)], &Choices::default()).map(|_| ()).unwrap_err();
    assert_eq!(found[0].place(), "talks.csv:3:1");
    assert_eq!(found[0].hints[0], "if the actor written above holds for the empty cells below it: --fill-down actor");
    let choices = Choices { fill_down: vec![Field::Actor], ..Choices::default() };
    let case = loaded(&started(&[grid(text)], &choices));
    assert_eq!((case.positions.len(), case.actors.len()), (2, 1));
    // The first row has nobody above it.
    assert_eq!(problems(&[grid("actor,issue,date,words\n,i,2022,w\nA,i,2022,w\n")], &choices)[0].0, "R001");
}

#[test]
fn a_table_without_rows_is_no_case() {
    let found = problems(&[grid("actor,issue,date,words\n")], &Choices::default());
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("T002", "talks.csv"));
    assert_eq!(problems(&[], &Choices::default())[0].0, "T002");
}

// Dates

#[test]
fn an_order_of_day_and_month_that_no_cell_shows_is_refused_with_the_rows() {
    let text = "actor,issue,date,words\nA,i,04/05/2022,w\nA,i,2022-01-01,w\nA,i,06/05/2022,w\n";
    let found = try_start(&[grid(text)], &Choices::default()).map(|_| ()).unwrap_err();
    assert_eq!((found[0].code.as_str(), found[0].place().as_str()), ("R002", "talks.csv:2:3"));
    assert_eq!(
        found[0].message,
        "date (column `date`): `04/05/2022` is 2022-05-04 or 2022-04-05; no cell of the column shows the order. So written: rows 2 and 4"
    );
    assert_eq!(found[0].hints, ["if the day comes first: --dates dmy", "if the month comes first: --dates mdy"]);
    for (order, first) in [(DayOrder::DayFirst, "2022-05-04"), (DayOrder::MonthFirst, "2022-04-05")] {
        let case = loaded(&started(&[grid(text)], &Choices { dates: Some(order), ..Choices::default() }));
        assert!(case.positions.iter().any(|row| row.valid_from.to_string() == first));
    }
}

#[test]
fn the_record_ends_on_the_last_day_that_a_row_may_be_of() {
    let case = case("actor,issue,date,words\nA,i,2022-03-29,w\nB,i,May 2022,w\nC,i,2021,w\n");
    assert_eq!(case.settings.as_of.to_string(), "2022-05-31");
}

// Names

#[test]
fn spellings_and_languages_of_an_actor_are_one_actor_and_keep_their_text() {
    let case = case(
        "actor,issue,date,words\nУкраїна,i,2022,w\nUkraine,i,2022,w\nUA,i,2022,w\nукраїна,i,2022,w\nWagner,i,2022,w\nwagner ,i,2022,w\n",
    );
    let ids: Vec<&str> = case.actors.iter().map(|actor| &*actor.id).collect();
    assert_eq!(ids, ["Ukraine", "Wagner"]);
    let texts: Vec<Option<&str>> = case.positions.iter().map(|row| row.actor_text.as_deref()).collect();
    assert!(texts.contains(&Some("Україна")) && texts.contains(&Some("UA")) && texts.contains(&Some("wagner")));
}

#[test]
fn a_name_that_can_be_read_in_two_ways_is_refused_until_an_alias_settles_it() {
    let text = "actor,issue,date,words\nNGA,i,2022,w\nRussia,i,2022,w\nNga,i,2022,w\n";
    let found = try_start(&[grid(text)], &Choices::default()).map(|_| ()).unwrap_err();
    assert_eq!((found[0].code.as_str(), found[0].place().as_str()), ("N002", "talks.csv:2:1"));
    assert_eq!(
        found[0].hints,
        ["if Russia is meant: --alias \"NGA=Russia\"", "if Nigeria is meant: --alias \"NGA=Nigeria\""]
    );
    for (target, actors) in [("Росія", &["Russia"][..]), ("Nigeria", &["Nigeria", "Russia"])] {
        let aliases = vec![("NGA".to_owned(), target.to_owned())];
        let started = started(&[grid(text)], &Choices { aliases, ..Choices::default() });
        let case = loaded(&started);
        let mut ids: Vec<&str> = case.actors.iter().map(|actor| &*actor.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, actors);
        assert_eq!(file(&started, "aliases.csv"), format!("text,lang,actor,note\nNGA,,{},\n", actors[0]));
    }
    for (text_of, target, code) in [("XYZ", "Russia", "N001"), ("NGA", "NGA", "N002")] {
        let aliases = vec![(text_of.to_owned(), target.to_owned())];
        assert!(
            problems(&[grid(text)], &Choices { aliases, ..Choices::default() }).iter().any(|(found, ..)| found == code)
        );
    }
}

#[test]
fn the_two_with_the_most_statements_are_the_principals_unless_others_are_named() {
    let text = "actor,issue,date,words\nIsrael,i,2022,w\nRussia,i,2022,w\nRussian Federation,i,2022,w\nРосія,i,2022,w\nUkraine,i,2023-05,w\nUA,i,2022,w\n";
    let principals = |choices: &Choices| {
        let case = loaded(&started(&[grid(text)], choices));
        case.principals.iter().map(|id| case.actors[*id].id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(principals(&Choices::default()), ["Russia", "Ukraine"]);
    let named = Choices { principals: vec!["Ізраїль".to_owned(), "UA".to_owned()], ..Choices::default() };
    assert_eq!(principals(&named), ["Israel", "Ukraine"]);
    let unknown = Choices { principals: vec!["Egypt".to_owned()], ..Choices::default() };
    assert_eq!(problems(&[grid(text)], &unknown)[0].2, "`Egypt` in `--principals` is no actor of this table");
}

// Files

#[test]
fn columns_of_ones_own_are_kept_under_names_of_their_own() {
    let case = case(
        "actor,issue,date,words,Page,x_tone,my note,my;note,,,Page\nUkraine,borders,2022,w,4,calm,one,two,three,four,five\n",
    );
    let row = case.positions.iter().next().unwrap();
    let extra: Vec<(&str, &str)> = row.extra.iter().map(|(name, text)| (&**name, &**text)).collect();
    let expected = [
        ("x_Page", "4"),
        ("x_tone", "calm"),
        ("x_my_note", "one"),
        ("x_my_note_2", "two"),
        ("x_column_I", "three"),
        ("x_column_J", "four"),
        ("x_Page_2", "five"),
    ];
    assert_eq!(extra, expected);
}

#[test]
fn cells_and_titles_that_look_like_formulas_or_code_stay_text() {
    let text = "actor,issue,date,words\n\"=A\"\"B\",'@issue,2022,=1+1\n\u{7f}C\\,i,2022,-5\n";
    let started = start::from_grids("talks.csv", "\"T\"\u{7f} \\", &[grid(text)], &Choices::default()).unwrap();
    let positions = file(&started, "positions.csv");
    assert!(positions.contains("\"'=A\"\"B\",issue,2022,'=1+1,"), "{positions}");
    assert!(file(&started, "topics.csv").contains("issue,'@issue\n"));
    let case = loaded(&started);
    assert_eq!(case.settings.title, "\"T\"  \\");
    let rows: Vec<&str> = case.positions.iter().map(|row| &*row.statement).collect();
    assert_eq!(rows, ["=1+1", "-5"]);
}

#[test]
fn a_case_without_a_title_is_called_after_its_file() {
    let grids = [grid("actor,issue,date,words\nA,i,2022,w\n")];
    let started = start::from_grids("talks.csv", " ", &grids, &Choices::default()).unwrap();
    assert_eq!(loaded(&started).settings.title, "talks.csv");
}

#[test]
fn languages_are_those_that_the_letters_leave_no_doubt_about() {
    let case = case("actor,issue,date,words\nA,i,2022,Її кордони є їхніми кордонами\nB,i,2022,Мы были это\n");
    assert_eq!(case.settings.languages, ["en", "uk", "ru"]);
}

#[test]
fn cells_that_no_case_can_hold_are_refused() {
    let with = |cell: &str| sheet("S", &format!("actor|issue|date|words\nA|i|2022|{cell}"));
    assert_eq!(problems(&[with("a\0b")], &Choices::default())[0].0, "T007");
    assert_eq!(problems(&[with(&"a".repeat((1 << 20) + 1))], &Choices::default())[0].0, "T008");
    assert_eq!(problems(&[with(&"|a".repeat(1001))], &Choices::default())[0].0, "T006");
}

#[test]
fn the_template_is_a_case() {
    assert!(load(&Folder::Memory(start::template()), |_| {}).case.is_some());
}

/// A cell of a messy sheet.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "(Ukraine|Росія|UA|NGA|Wagner|=A|'=A| b )",
        "(29\\.03\\.2022|0[1-9]/0[1-9]/2022|March 2022|44649|28–30 May 2022|spring)",
        "(Borders|borders|the status of the peninsula, and more|Date|Слова|actor)",
        "https://example\\.org/[a-z]",
        "\\PC{0,12}",
        "[a-z\"',;\n\r\t]{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_messy_sheet_becomes_a_case_that_loads_and_loses_no_cell(
        rows in prop::collection::vec(prop::collection::vec(cell(), 0..7), 0..12),
        with_header in any::<bool>(), is_text in any::<bool>(), fill in any::<bool>(),
    ) {
        let header = ["Actor", "Issue", "Date", "Words", "Link", "Page"].map(str::to_owned).to_vec();
        let all = with_header.then_some(header).into_iter().chain(rows);
        let rows: Vec<GridRow> = all.zip(1..).map(|(cells, line)| GridRow { line, cells }).collect();
        let grid = Grid { name: if is_text { String::new() } else { "S".to_owned() }, rows: rows.clone() };
        let choices = Choices {
            keep_going: true,
            dates: Some(DayOrder::DayFirst),
            fill_down: if fill { vec![Field::Actor, Field::Issue] } else { Vec::new() },
            ..Choices::default()
        };
        if let Ok(started) = try_start(&[grid], &choices) {
            let case = loaded(&started);
            prop_assert!(!case.positions.is_empty());
            let text: String = started.files.iter().map(|(name, _)| file(&started, name)).collect();
            for cell in rows.iter().skip(usize::from(with_header)).flat_map(|row| &row.cells) {
                prop_assert!(text.contains(&cell.trim().replace('"', "\"\"")), "{cell:?} is lost");
            }
        }
    }
}
