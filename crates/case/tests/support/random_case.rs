//! Cases without errors, of texts at which readers and writers of tables tend to stumble.

use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of text at which readers and writers of tables tend to stumble.
const PIECES: [&str; 38] = [
    "=",
    "+",
    "-",
    "@",
    "'",
    "''",
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "(",
    ")",
    ":",
    "\\",
    "a",
    "B",
    "é",
    "Росія",
    "\u{301}",
    "\u{feff}",
    "\u{200f}",
    "\u{a0}",
    "\u{7f}",
    "😀",
    "0",
    "1e5",
    "#",
    "_x000D_",
    "_x",
    "<&>",
    "\u{1}",
    "\u{fffe}",
    "\u{ffff}",
];

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&PIECES[..]), 0..6).prop_map(|pieces| pieces.concat())
}

/// A text of which something is left when it is trimmed.
fn filled() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| format!("{text}x"))
}

/// A word that may stand in a list and in a condition.
fn word() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&["a", "B", "é", "-", "_", ".", "+", "@", "/", "1"][..]), 1..4)
        .prop_map(|p| p.concat())
}

fn maybe<T: Strategy<Value = String>>(text: T) -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text]
}

const DATES: [&str; 6] = ["2020", "2021-03", "2021-03-29", "2022", "2022-12-31", "2023-02"];

fn marking() -> impl Strategy<Value = String> {
    select(&["", "", "public", "restricted", "confidential"][..]).prop_map(str::to_owned)
}

/// How a table is written.
#[derive(Clone, Debug)]
struct Dialect {
    delimiter: u8,
    line_end: csv::Terminator,
    mark: bool,
}

fn dialect() -> impl Strategy<Value = Dialect> {
    (select(&[b',', b';', b'\t'][..]), any::<bool>(), any::<bool>()).prop_map(|(delimiter, crlf, mark)| Dialect {
        delimiter,
        line_end: if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') },
        mark,
    })
}

fn table(dialect: &Dialect, header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let bytes = if dialect.mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(dialect.delimiter)
        .terminator(dialect.line_end)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(bytes);
    writer.write_record(header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

#[derive(Clone, Debug)]
struct Actors {
    /// Id, name, note, own column, marking, parent among the earlier ones.
    rows: Vec<(String, String, String, String, String, usize)>,
    /// Whether the text of an alias is the id of the actor before.
    shadowed: bool,
}

fn actors() -> impl Strategy<Value = Actors> {
    let row = (hostile(), maybe(filled()), hostile(), hostile(), marking(), 0..4_usize);
    (prop::collection::vec(row, 1..4), any::<bool>()).prop_map(|(rows, shadowed)| Actors { rows, shadowed })
}

/// What the cells of a statement are made from.
#[derive(Clone, Debug)]
struct Statement {
    texts: Vec<String>,
    condition: String,
    marking: String,
    kind: usize,
    options: (usize, usize, usize),
    dates: (usize, usize),
    numbers: (usize, usize, usize),
}

fn statement() -> impl Strategy<Value = Statement> {
    (
        prop::collection::vec(hostile(), 8),
        maybe(filled().prop_map(|text| text.replace('=', ""))),
        marking(),
        0..8_usize,
        (0..3_usize, 0..3_usize, 0..3_usize),
        (0..DATES.len(), 0..DATES.len()),
        (0..8_usize, 0..8_usize, 0..8_usize),
    )
        .prop_map(|(texts, condition, marking, kind, options, dates, numbers)| Statement {
            texts,
            condition,
            marking,
            kind,
            options,
            dates,
            numbers,
        })
}

/// What a case is made from.
#[derive(Clone, Debug)]
pub struct Parts {
    dialect: Dialect,
    settings: (String, String, bool, usize),
    actors: Actors,
    options: Vec<(String, String, String)>,
    topics: Vec<(String, String, bool)>,
    statements: Vec<Statement>,
    events: Vec<Statement>,
    clauses: Vec<Statement>,
    relations: Vec<(usize, usize, usize, f64, String)>,
    factors: Vec<(String, usize, f64, String)>,
    sources: Vec<(String, String)>,
    inputs: Vec<Statement>,
}

/// What any case is made from.
pub fn parts() -> impl Strategy<Value = Parts> {
    (
        dialect(),
        (filled(), hostile(), any::<bool>(), 0..3_usize),
        actors(),
        prop::collection::vec((word(), hostile(), hostile()), 3),
        prop::collection::vec((word(), hostile(), any::<bool>()), 1..3),
        prop::collection::vec(statement(), 0..6),
        prop::collection::vec(statement(), 0..4),
        prop::collection::vec(statement(), 0..5),
        prop::collection::vec((0..3_usize, 0..3_usize, 0..DATES.len(), 0.0..100.0_f64, hostile()), 0..3),
        prop::collection::vec(
            (filled(), 0..DATES.len(), prop::num::f64::NORMAL | prop::num::f64::ZERO, hostile()),
            0..3,
        ),
        (prop::collection::vec((hostile(), hostile()), 2), prop::collection::vec(statement(), 0..4)),
    )
        .prop_map(
            |(dialect, settings, actors, options, topics, statements, events, clauses, relations, factors, others)| {
                let (sources, inputs) = others;
                Parts {
                    dialect,
                    settings,
                    actors,
                    options,
                    topics,
                    statements,
                    events,
                    clauses,
                    relations,
                    factors,
                    sources,
                    inputs,
                }
            },
        )
}

fn toml_text(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f")
}

/// The files of a case without errors.
pub fn files(parts: &Parts) -> Vec<(String, Vec<u8>)> {
    let count = parts.actors.rows.len();
    let id = |number: usize| format!("{}a{}", parts.actors.rows[number % count].0, number % count);
    let alias = |number: usize| format!("alias {}", number % count);
    let source = |number: usize| if number.is_multiple_of(3) { String::new() } else { format!("src{}", number % 2) };
    let option = |number: usize| format!("{}o{number}", parts.options[number].0);
    let topic =
        |number: usize| format!("{}t{}", parts.topics[number % parts.topics.len()].0, number % parts.topics.len());
    let yes_no = |number: usize| ["", "yes", "no"][number % 3].to_owned();

    let (title, text, keep_ids, word_scale) = &parts.settings;
    let mut settings = format!(
        "schema = 1\ntitle = {}\nquestion = {}\nas_of = 2024-01-31\nprincipals = [\"{}\"]\nword_scale = \"{}\"\nlanguages = [\"en\", {}]\nkeep_ids = {keep_ids}\n",
        toml_text(title),
        toml_text(text),
        alias(0),
        ["icd203", "phia", "ipcc"][*word_scale],
        toml_text(text),
    );
    if !parts.events.is_empty() {
        settings += &format!(
            "[[price]]\nactor = \"{}\"\nper = \"step\"\namount = 2.50\nreason = {}\n",
            alias(1),
            toml_text(text)
        );
        settings += &format!("[[contradiction]]\nmatter = {}\nversions = \"v\"\nrows = [\"e0\"]\n", toml_text(text));
    }

    let actors: Vec<Vec<String>> = parts
        .actors
        .rows
        .iter()
        .enumerate()
        .map(|(number, (_, name, note, own, marking, parent))| {
            // Numbered, so that no two actors share a name.
            let name = if name.is_empty() { String::new() } else { format!("{name} n{number}") };
            let parent = if number > 0 && *parent < number { id(*parent) } else { String::new() };
            vec![own.clone(), id(number), name, parent, note.clone(), marking.clone(), "backer;mediator".to_owned()]
        })
        .collect();
    let mut aliases: Vec<Vec<String>> =
        (0..count).map(|number| vec![alias(number), text.clone(), id(number), text.clone(), text.clone()]).collect();
    if parts.actors.shadowed && count > 1 {
        aliases.push(vec![id(0), String::new(), id(1), String::new(), String::new()]);
    }
    let options: Vec<Vec<String>> = parts
        .options
        .iter()
        .enumerate()
        .map(|(number, (_, title, label))| {
            let order = (10 - number).to_string();
            vec!["land".to_owned(), title.clone(), "territory".to_owned(), option(number), label.clone(), order]
        })
        .collect();
    let topics: Vec<Vec<String>> = parts
        .topics
        .iter()
        .enumerate()
        .map(|(number, (_, title, scaled))| {
            let issue = if *scaled { "land" } else { "" };
            vec![
                topic(number),
                title.clone(),
                issue.to_owned(),
                ["political", "humanitarian", ""][number % 3].to_owned(),
            ]
        })
        .collect();

    let kinds = ["", "demand", "draft", "offer", "red_line", "reported", "inferred", "reservation_reading"];
    let statements: Vec<Vec<String>> = parts
        .statements
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let (first, last) = (row.dates.0.min(row.dates.1), row.dates.0.max(row.dates.1));
            let on_issue = row.numbers.0.is_multiple_of(2);
            // The options stand in the order opposite to that of the rows.
            let mut asked = [row.options.0, row.options.1, row.options.2];
            asked.sort_by(|a, b| b.cmp(a));
            let asked = asked.map(option);
            let [low, best, high] = match row.numbers.1 % 4 {
                _ if !on_issue || kinds[row.kind] == "red_line" => [String::new(), String::new(), String::new()],
                0 => [asked[0].clone(), String::new(), asked[2].clone()],
                1 => [String::new(), asked[1].clone(), String::new()],
                2 => asked.clone(),
                _ => [String::new(), String::new(), String::new()],
            };
            let rules_out = if on_issue && kinds[row.kind] == "red_line" {
                format!("{}; {}", asked[0], asked[2])
            } else {
                String::new()
            };
            let condition = if row.numbers.2 == 0 { format!("land={}", asked[1]) } else { row.condition.clone() };
            let supersedes = if number > 0 && row.numbers.2 == 1 { format!("p{}", number - 1) } else { String::new() };
            vec![
                format!("p{number}"),
                row.texts[0].clone(),
                alias(row.numbers.0),
                format!("{}; {}", alias(row.numbers.1), alias(row.numbers.2)),
                ["", "1", "5"][row.numbers.1 % 3].to_owned(),
                if on_issue { "land".to_owned() } else { topic(row.numbers.0) },
                kinds[row.kind].to_owned(),
                yes_no(row.numbers.1),
                low,
                best,
                high,
                rules_out,
                condition,
                DATES[first].to_owned(),
                if row.numbers.1.is_multiple_of(2) { DATES[last].to_owned() } else { String::new() },
                if row.numbers.2.is_multiple_of(2) { DATES[last].to_owned() } else { String::new() },
                format!("{}x", row.texts[1]),
                row.texts[2].clone(),
                row.texts[3].clone(),
                source(row.numbers.0),
                row.texts[4].clone(),
                ["", "A1", "F6"][row.numbers.2 % 3].to_owned(),
                yes_no(row.numbers.2),
                row.marking.clone(),
                supersedes,
                row.texts[5].clone(),
                row.texts[6].clone(),
                row.texts[7].clone(),
            ]
        })
        .collect();
    let events: Vec<Vec<String>> = parts
        .events
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let (first, last) = (row.dates.0.min(row.dates.1), row.dates.0.max(row.dates.1));
            vec![
                format!("e{number}"),
                DATES[first].to_owned(),
                if row.kind.is_multiple_of(2) { DATES[last].to_owned() } else { String::new() },
                ["talks", "other", "exchange"][row.kind % 3].to_owned(),
                format!("{}x", row.texts[0]),
                row.texts[1].clone(),
                ["", "leaders", "none"][row.numbers.0 % 3].to_owned(),
                format!("{};{}", alias(row.numbers.0), alias(row.numbers.1)),
                row.texts[2].clone(),
                format!("{} (host); {}", alias(row.numbers.2), alias(row.numbers.0)),
                topic(row.numbers.1),
                row.texts[3].clone(),
                source(row.numbers.1),
                row.texts[4].clone(),
                row.marking.clone(),
                row.texts[5].clone(),
            ]
        })
        .collect();
    // Clauses come in pairs: two of a plan, on the issue and on a topic, or, where the topic is the issue's, of two plans.
    let scaled = |number: usize| parts.topics[number % parts.topics.len()].2;
    let clauses: Vec<Vec<String>> = parts
        .clauses
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let on_issue = number.is_multiple_of(2);
            let same = on_issue || scaled(number);
            let plan = if same { number } else { number - 1 };
            let about = |said: &Statement| match said.numbers.0.is_multiple_of(2) || scaled(said.numbers.0) {
                true => same,
                false => !same && topic(said.numbers.0) == topic(number),
            };
            let behind =
                parts.statements.iter().enumerate().filter(|(place, said)| about(said) && (place + row.kind) % 3 > 0);
            let behind: Vec<String> = behind.map(|(place, _)| format!("p{place}")).collect();
            let options = [row.options.0, row.options.1].map(option).join("; ");
            let (first, last) = (row.dates.0.min(row.dates.1), row.dates.0.max(row.dates.1));
            vec![
                format!("{}q{plan}", parts.clauses[plan].texts[0]),
                row.texts[1].clone(),
                if on_issue { "land".to_owned() } else { topic(number) },
                if same && row.numbers.0 > 0 { options } else { String::new() },
                row.texts[2].clone(),
                behind.join("; "),
                if row.numbers.1.is_multiple_of(2) { DATES[first].to_owned() } else { String::new() },
                if row.numbers.2.is_multiple_of(2) { DATES[last].to_owned() } else { String::new() },
                source(row.numbers.2),
                row.texts[3].clone(),
                row.marking.clone(),
                row.texts[4].clone(),
                row.texts[5].clone(),
            ]
        })
        .collect();
    let relations: Vec<Vec<String>> = parts
        .relations
        .iter()
        .map(|(from, to, date, share, basis)| {
            let share = share.to_string();
            vec![
                alias(*from),
                alias(*to),
                "arms".to_owned(),
                DATES[*date].to_owned(),
                share.clone(),
                share,
                basis.clone(),
            ]
        })
        .collect();
    let factors: Vec<Vec<String>> = parts
        .factors
        .iter()
        .map(|(name, date, value, note)| vec![name.clone(), DATES[*date].to_owned(), value.to_string(), note.clone()])
        .collect();
    // Each series once, and the rows that have an id of their own.
    let named: Vec<String> = (0..parts.statements.len()).map(|number| format!("p{number}")).collect();
    let mut indicators: Vec<Vec<String>> = Vec::new();
    for (number, (name, _, value, note)) in parts.factors.iter().enumerate() {
        let near_zero = if number == 0 { value.abs().to_string() } else { String::new() };
        let kind = ["front_line", "cost", "opinion"][number % 3].to_owned();
        let rises = ["", "more", "less"][number % 3].to_owned();
        let marking = ["", "public", "restricted"][number % 3].to_owned();
        // A series may stand under two names that are one when they are trimmed.
        let seen = parts.factors[..number].iter().any(|(other, ..)| other.trim() == name.trim());
        if !seen {
            indicators.push(vec![
                kind,
                alias(number),
                name.clone(),
                String::new(),
                rises,
                near_zero,
                format!("{note}x"),
                marking,
                text.clone(),
            ]);
        }
    }
    if !parts.events.is_empty() {
        let rows =
            ["e0"].into_iter().map(str::to_owned).chain(named.into_iter().take(1)).collect::<Vec<_>>().join(" ; ");
        let cells = ["authority", "", "", &rows, "", "", &format!("{text}x"), "", ""];
        indicators.push(cells.map(str::to_owned).to_vec());
    }
    let inputs = Inputs::of(&parts.inputs, count, &alias, &option, &source);
    let constraints: String = inputs.constraints(&parts.inputs, &alias, &option);
    let sources: Vec<serde_json::Value> = parts
        .sources
        .iter()
        .enumerate()
        .map(|(number, (title, note))| {
            serde_json::json!({ "id": format!("src{number}"), "title": title, "note": note, "own": [number, note] })
        })
        .collect();

    // One source with every default, one whose row says nothing.
    let defaults: Vec<Vec<String>> = (0..2_usize)
        .map(|number| {
            let cell = |text: &str| if number == 0 { text.to_owned() } else { String::new() };
            vec![format!("src{number}"), cell("B2"), cell("press_report"), cell(text), text.clone()]
        })
        .collect();

    let csv = |header: &[&str], rows: &[Vec<String>]| table(&parts.dialect, header, rows);
    let own = format!("x_own {text}");
    vec![
        ("case.toml".to_owned(), settings.into_bytes()),
        ("actors.csv".to_owned(), csv(&["x_a;b", "id", "name", "parent", "note", "marking", "role"], &actors)),
        ("aliases.csv".to_owned(), csv(&["text", "lang", "actor", "note", &own], &aliases)),
        ("issues.csv".to_owned(), csv(&["issue", "title", "group", "option", "label", "order"], &options)),
        ("source_defaults.csv".to_owned(), csv(&["source_id", "grade", "basis", "language", &own], &defaults)),
        ("topics.csv".to_owned(), csv(&["topic", "title", "issue", "track"], &topics)),
        (
            "positions.csv".to_owned(),
            csv(
                &[
                    "id",
                    "document",
                    "actor",
                    "addressee",
                    "organ",
                    "issue",
                    "kind",
                    "accepts",
                    "low_option",
                    "best_option",
                    "high_option",
                    "rules_out",
                    "condition",
                    "valid_from",
                    "valid_to",
                    "known_from",
                    "statement",
                    "quote",
                    "locator",
                    "source_id",
                    "link",
                    "grade",
                    "verified",
                    "marking",
                    "supersedes",
                    "coder_note",
                    "x_,;",
                    &own,
                ],
                &statements,
            ),
        ),
        (
            "events.csv".to_owned(),
            csv(
                &[
                    "id",
                    "date",
                    "end_date",
                    "type",
                    "title",
                    "place",
                    "level",
                    "parties",
                    "parties_text",
                    "mediators",
                    "topics",
                    "outcome",
                    "source_id",
                    "link",
                    "marking",
                    &own,
                ],
                &events,
            ),
        ),
        (
            "relations.csv".to_owned(),
            csv(&["from", "to", "type", "valid_from", "intensity_low", "intensity_high", "basis"], &relations),
        ),
        ("factors.csv".to_owned(), csv(&["factor", "date", "value", "note"], &factors)),
        (
            "indicators.csv".to_owned(),
            csv(
                &["indicator", "actor", "series", "rows", "rises", "near_zero", "reason", "marking", &own],
                &indicators,
            ),
        ),
        (
            "packages.csv".to_owned(),
            csv(
                &[
                    "package",
                    "title",
                    "issue",
                    "option",
                    "clause",
                    "row",
                    "date",
                    "known_from",
                    "source_id",
                    "locator",
                    "marking",
                    "note",
                    &own,
                ],
                &clauses,
            ),
        ),
        ("sources.json".to_owned(), serde_json::to_vec(&sources).unwrap()),
        ("constraints.toml".to_owned(), constraints.into_bytes()),
        ("scenarios.toml".to_owned(), Inputs::scenarios(&parts.inputs).into_bytes()),
    ]
    .into_iter()
    .chain(inputs.tables.iter().map(|(file, header, rows)| {
        let header: Vec<&str> = header.iter().chain(&INPUT_COLUMNS).copied().chain([own.as_str()]).collect();
        ((*file).to_owned(), csv(&header, rows))
    }))
    .collect()
}

const INPUT_COLUMNS: [&str; 11] = [
    "low",
    "best",
    "high",
    "confidence",
    "valid_from",
    "known_from",
    "basis",
    "source_id",
    "reason",
    "verified",
    "marking",
];

/// A file, its columns and its rows.
type RandomTable = (&'static str, Vec<&'static str>, Vec<Vec<String>>);

/// The tables of inputs: file, first columns, rows.
struct Inputs {
    tables: Vec<RandomTable>,
}

impl Inputs {
    /// Each row stands in each table, about the actors and options of its numbers; rows begin in years of their own.
    fn of(
        rows: &[Statement],
        actors: usize,
        alias: &dyn Fn(usize) -> String,
        option: &dyn Fn(usize) -> String,
        source: &dyn Fn(usize) -> String,
    ) -> Self {
        let of = |keys: &dyn Fn(usize, &Statement) -> Vec<String>| -> Vec<Vec<String>> {
            let cells = |(number, row): (usize, &Statement)| {
                let known = if row.numbers.2.is_multiple_of(2) { DATES[row.dates.1] } else { "" };
                let mut cells = keys(number, row);
                cells.extend(["0.10", ".5", "1"].map(str::to_owned));
                cells.extend([
                    ["", "0.80", "1"][row.numbers.0 % 3].to_owned(),
                    format!("202{number}"),
                    known.to_owned(),
                ]);
                cells.extend([row.texts[0].clone(), source(row.numbers.1), row.texts[1].clone()]);
                cells.extend([
                    ["", "yes", "no"][row.numbers.2 % 3].to_owned(),
                    row.marking.clone(),
                    row.texts[2].clone(),
                ]);
                cells
            };
            rows.iter().enumerate().map(cells).collect()
        };
        let land = || "land".to_owned();
        let actor = |row: &Statement| alias(row.numbers.0);
        let pair = |row: &Statement| vec![alias(row.numbers.0), alias(row.numbers.0 + 1)];
        let of_option = |row: &Statement| vec![actor(row), land(), option(row.options.0)];
        let weighed = |number: usize, row: &Statement| {
            let group = number.is_multiple_of(2);
            let id = if row.numbers.1.is_multiple_of(2) { format!("{}w{number}", row.texts[3]) } else { String::new() };
            let cell = |filled: bool, text: &str| if filled { text.to_owned() } else { String::new() };
            vec![id, actor(row), cell(!group, "land"), cell(group, "territory")]
        };
        let mut tables = vec![
            ("salience.csv", vec!["id", "actor", "issue", "group"], of(&weighed)),
            ("values.csv", vec!["actor", "issue", "option"], of(&|_, row| of_option(row))),
            ("alternatives.csv", vec!["actor"], of(&|_, row| vec![actor(row)])),
            ("trust.csv", vec!["from", "to"], of(&|_, row| pair(row))),
            ("exposure.csv", vec!["actor", "issue", "option"], of(&|_, row| of_option(row))),
            (
                "assurances.csv",
                vec!["issue", "option", "for_actor"],
                of(&|_, row| vec![land(), option(row.options.1), actor(row)]),
            ),
            ("capabilities.csv", vec!["actor"], of(&|_, row| vec![actor(row)])),
            (
                "drivers.csv",
                vec!["factor", "target"],
                of(&|number, row| {
                    let target = [
                        format!("alternative:{}", actor(row)),
                        format!("weight:{}:territory", actor(row)),
                        format!("capability:{}", actor(row)),
                        format!("factor:f{}", number + 1),
                    ];
                    vec![format!("f{number}"), target[row.numbers.0 % 4].clone()]
                }),
            ),
        ];
        // One actor alone trusts nobody.
        tables.retain(|(file, ..)| actors > 1 || *file != "trust.csv");
        Inputs { tables }
    }

    /// A factor a row and one more, and a scenario a row that sets its factor; marked as the row is.
    fn scenarios(rows: &[Statement]) -> String {
        let marking = |row: Option<&Statement>| match row {
            Some(row) if !row.marking.is_empty() => format!("marking = \"{}\"\n", row.marking),
            _ => String::new(),
        };
        let factor = |number: usize| {
            format!(
                "[[factor]]\nid = \"f{number}\"\ntitle = {}\nlow = -1.50\nhigh = 2\nreason = \"r\"\n{}",
                toml_text(&format!("F {}", rows.get(number).map_or("", |row| &row.texts[0]))),
                marking(rows.get(number)),
            )
        };
        let scenario = |(number, row): (usize, &Statement)| {
            format!(
                "[[scenario]]\nid = \"s{number}\"\ntitle = \"S\"\nnote = {}\nset = {{ f{number} = [-1, 0.5, 1] }}\n{}",
                toml_text(&row.texts[1]),
                marking(rows.get(number + 1)),
            )
        };
        (0..=rows.len()).map(factor).chain(rows.iter().enumerate().map(scenario)).collect()
    }

    /// A demand a row; every other is marked.
    fn constraints(
        &self,
        rows: &[Statement],
        alias: &dyn Fn(usize) -> String,
        option: &dyn Fn(usize) -> String,
    ) -> String {
        let entry = |(number, row): (usize, &Statement)| {
            let marking =
                if row.marking.is_empty() { String::new() } else { format!("marking = \"{}\"\n", row.marking) };
            format!(
                "[[constraint]]\nid = {}\nrule = {}\nkind = \"demand\"\nactor = \"{}\"\nreason = {}\nvalid_from = {}\nverified = {}\n{marking}",
                toml_text(&format!("{}k{number}", row.texts[4])),
                toml_text(&format!("not 'land' in {{'{}', '{}'}}", option(row.options.0), option(row.options.1))),
                alias(row.numbers.0),
                toml_text(&row.texts[5]),
                toml_text(DATES[row.dates.0]),
                row.numbers.1.is_multiple_of(2),
            )
        };
        rows.iter().enumerate().map(entry).collect()
    }
}
