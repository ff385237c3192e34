//! `docs/reference/case-format.md`: the files of a case.

use std::fmt::Write as _;

use detente_case::actor::{ActorKind, Role};
use detente_case::event::{ContactLevel, Direction, EventType};
use detente_case::formats::{NOT_USED_YET, TABLES};
use detente_case::issue::Track;
use detente_case::position::{Basis, Kind};
use detente_case::price::Per;
use detente_case::relation::RelationType;
use detente_case::table::TableFormat;
use detente_case::{claim, constraint, folder, scenario, settings, stability};

use super::{claims, model_format, table};

/// A key of `case.toml`: its path, whether it is needed, and what it says. The reader of the file lists its keys nowhere,
/// so a test compares this list with it.
struct Key {
    path: &'static str,
    required: bool,
    about: &'static str,
}

const fn required(path: &'static str, about: &'static str) -> Key {
    Key { path, required: true, about }
}

const fn optional(path: &'static str, about: &'static str) -> Key {
    Key { path, required: false, about }
}

const KEYS: [Key; 33] = [
    required("schema", "the version of the format: `1`"),
    required("title", "the case's name for people"),
    required("as_of", "the last day of which the record claims anything"),
    required("principals", "list of those whose consent is needed, as `actors.csv` names them"),
    optional("question", "the question that the case is to help with"),
    optional("starts", "the first day of the case's own period; earlier rows are background"),
    optional("languages", "languages of the record (`en`, `uk`), in the order in which names are looked up"),
    optional(
        "domain",
        "what kind of negotiation it is, for instance `armed_conflict`; kept for forecasts, which no command of this version makes",
    ),
    optional(
        "word_scale",
        "how likelihoods are put into words: `icd203` (if not given), `phia`, `ipcc` or `numbers`; kept for forecasts, which no command of this version makes",
    ),
    optional(
        "marking",
        "marking of rows that carry none of their own: `public` (if not given), `restricted` or `confidential`",
    ),
    optional("neutrality_note", "how the case keeps to neutral words"),
    optional("intended_use", "what the case may be used for, and what not"),
    optional("affected_groups", "list of groups that are affected and not at the table"),
    optional(
        "keep_ids",
        "`true`: ids of rows stay as they are in results that leave rows out; `false` (if not given): they are numbered anew, so that no gap tells of what is left out",
    ),
    optional(
        "methods.organ_tiers",
        "lists of organ ranks that count as equal when a later statement replaces an earlier one, highest first: `[[1, 2], [3, 4], [5]]`; each rank is its own if not given",
    ),
    optional(
        "methods.events_before_days",
        "days before a movement within which events are listed beside it, 0 to 3650; 30 if not given",
    ),
    optional(
        "methods.stalemate_after_months",
        "months without contact after which a lull is called a stalemate, 1 to 120; 3 if not given",
    ),
    optional(
        "methods.talks_level",
        "lowest level of direct contact that counts as talks: `technical`, `delegations` (if not given), `ministers` or `leaders`",
    ),
    optional(
        "methods.stale_after_days",
        "age of the newest row, in days, from which the brief carries a banner, 0 to 36500; 180 if not given",
    ),
    optional(
        "confidence",
        "the share of the chance that lies within a stated range (`low` to `high`) whose row does not say it, above 0 and at most 1; 1 if not given",
    ),
    optional(
        "price[]",
        "what a movement costs an actor, all on one scale; one `[[price]]` each. There are none by default",
    ),
    optional("price[].actor", "who moves; every price has it"),
    optional(
        "price[].per",
        "`step`: one step of an option along its issue; `threshold`: the whole range of what packages are worth to the actor; every price has it",
    ),
    optional("price[].amount", "the price, above 0; every price has it"),
    optional("price[].source_id", "id of a source in the bibliography; a price without one is an assumption"),
    optional("price[].reason", "why it is so; an assumption has one"),
    optional("credit[]", "a line that must be printed wherever a source is shown; one `[[credit]]` each"),
    optional("credit[].source", "id of the source"),
    optional("credit[].line", "the line"),
    optional("contradiction[]", "versions of one matter that are kept side by side; one `[[contradiction]]` each"),
    optional("contradiction[].matter", "what it is about"),
    optional("contradiction[].versions", "the versions, in a sentence"),
    optional("contradiction[].rows", "list of ids of positions or events, or `factor:NAME`"),
];

/// The words of one column: (where, what they say, words and their meanings).
struct Words {
    place: &'static str,
    rows: Vec<[String; 2]>,
}

/// The words of an enum that files write.
macro_rules! words {
    ($place:literal, $kind:ty) => {
        Words {
            place: $place,
            rows: <$kind>::WORDS.iter().map(|(word, kind)| [format!("`{word}`"), kind.about().to_owned()]).collect(),
        }
    };
}

fn word_lists() -> Vec<Words> {
    let marking = [
        ("public", "Anybody."),
        ("restricted", "Those with whom the team shares its restricted results."),
        ("confidential", "The team itself."),
    ];
    vec![
        words!("`kind` in `actors.csv`", ActorKind),
        words!("`role` in `actors.csv`", Role),
        words!("`track` in `topics.csv`", Track),
        words!("`kind` in `positions.csv`", Kind),
        words!("`basis` in `positions.csv`", Basis),
        words!("`type` in `events.csv`", EventType),
        words!("`level` in `events.csv`", ContactLevel),
        words!("`direction` in `events.csv`", Direction),
        words!("`type` in `relations.csv`", RelationType),
        words!("`per` in `[[price]]` of `case.toml`", Per),
        Words {
            place: "`marking` in every file",
            rows: marking.map(|(word, about)| [format!("`{word}`"), about.to_owned()]).to_vec(),
        },
    ]
}

/// The page.
pub fn page() -> String {
    let mut text = format!(
        "# The case format\n\n\
         Made from the program: `cargo xtask generate`.\n\n\
         A case is a folder of text files. `case.toml` is required; every other file is optional and unlocks something.\n\
         `detente new DIR` makes a case, `detente check CASE` says what is wrong with one and what each missing file would unlock.\n\n{}",
        overview()
    );
    _ = write!(text, "\n## `{}`\n\n{}", settings::FILE, keys());
    for format in &TABLES {
        _ = write!(text, "\n## `{}`\n\n{}", format.file, columns(format));
    }
    _ = write!(text, "\n## `{}`\n\n{}", constraint::FILE, constraints());
    _ = write!(text, "\n## `{}`\n\n{}", claim::FILE, claims::section());
    _ = write!(text, "\n## `{}`\n\n{}", scenario::FILE, scenarios());
    _ = write!(text, "\n## `{}`\n\n{}", stability::FOLDER, model_format::section());
    text.push_str(BIBLIOGRAPHY);
    text.push_str("\n## Words\n");
    for list in word_lists() {
        _ = write!(text, "\n### {}\n\n{}", list.place, table(["word", "meaning"], list.rows));
    }
    text.push_str(&rules());
    text.push_str(
        "\n## Files not used yet\n\n\
         The format knows these files; no command of this version uses them. They are left alone.\n\n",
    );
    let rows = NOT_USED_YET.iter().map(|(file, unlocks)| [format!("`{file}`"), (*unlocks).to_owned()]);
    text + &table(["file", "will unlock"], rows)
}

fn overview() -> String {
    let link = |file: &str| format!("[`{file}`](#{})", anchor(file));
    let mut rows =
        vec![[link(settings::FILE), "the settings".to_owned(), "everything: it makes the folder a case".to_owned()]];
    rows.extend(TABLES.iter().map(|format| [link(format.file), format.row_is.to_owned(), format.unlocks.to_owned()]));
    rows.push([link(constraint::FILE), "one rule between options".to_owned(), constraint::UNLOCKS.to_owned()]);
    rows.push([link(claim::FILE), "one statement to test".to_owned(), claim::UNLOCKS.to_owned()]);
    rows.push([
        link(scenario::FILE),
        "one factor, or one setting of the factors".to_owned(),
        scenario::UNLOCKS.to_owned(),
    ]);
    rows.push([link(stability::FOLDER), "a file is one model".to_owned(), stability::UNLOCKS.to_owned()]);
    rows.push([
        "[`sources.json` or `sources.bib`](#bibliography)".to_owned(),
        "one source".to_owned(),
        "citations".to_owned(),
    ]);
    table(["file", "a row is", "unlocks"], rows)
}

/// The anchor that Markdown gives a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

fn keys() -> String {
    let rows = KEYS.iter().map(|key| [format!("`{}`", key.path), need(key.required), key.about.to_owned()]);
    format!(
        "A key `methods.X` stands in the section `[methods]`; sections `[[X]]` may be repeated. A key that is not in this list is an error.\n\n{}",
        table(["key", "", "what it says"], rows)
    )
}

fn columns(format: &TableFormat) -> String {
    let rows = format
        .columns
        .iter()
        .map(|column| [format!("`{}`", column.name), need(column.required), column.about.to_owned()]);
    format!(
        "A row is {}. Unlocks {}.\n\n{}",
        format.row_is,
        format.unlocks,
        table(["column", "", "what stands in it"], rows)
    )
}

fn keys_of(keys: &[(&str, bool, &str)]) -> String {
    let rows = keys.iter().map(|(key, required, about)| [format!("`{key}`"), need(*required), (*about).to_owned()]);
    table(["key", "", "what it says"], rows)
}

fn scenarios() -> String {
    format!(
        "What may turn out one way or another, and named settings of it. Unlocks {}. Each factor stands in a section `[[factor]]`:\n\n{}\n\
         Each scenario stands in a section `[[scenario]]`:\n\n{}{SCENARIOS}",
        scenario::UNLOCKS,
        keys_of(&scenario::FACTOR_KEYS),
        keys_of(&scenario::SCENARIO_KEYS),
    )
}

const SCENARIOS: &str = "
A factor by itself changes nothing: rows of [`drivers.csv`](#driverscsv) say which inputs it moves, and how far for each of its units. What
a scenario does not set stays as it is today. Factors that move each other in a circle are an error. How effects are added up:
[scenarios](../methods/scenarios.md).
";

fn constraints() -> String {
    format!(
        "Each rule stands in a section `[[constraint]]`. Unlocks {}.\n\n{}{RULES}",
        constraint::UNLOCKS,
        keys_of(&constraint::KEYS)
    )
}

const RULES: &str = "
A rule is made of statements about issues and words between them:

| written | means |
|---|---|
| `land = none` | the issue `land` has the option `none` |
| `land in {none, some}` | it has one of these options |
| `not a`, `-a` | `a` does not hold |
| `a and b`, `a & b` | both hold |
| `a or b`, `a \\| b` | at least one holds |
| `a implies b`, `b IF a` | if `a` holds, `b` does |
| `a IFF b` | both hold or neither does |
| `exclude(a, b, c)` | not all hold |
| `at-most 2 of (a, b, c)`, `at-least 2 of (…)`, `exactly 2 of (…)` | so many hold |

`not` binds closest, then `and`, `or`, and last `implies`, `IF` and `IFF`, of which one stands in a row without parentheses. Words may be
written in any case of letters. An id that is one of the words, or that holds a space or a sign of the language, stands between
apostrophes: `'at the border' = 'not'`; an apostrophe within is doubled.

Rules of kind `logic` that hold on the same day and leave no package are an error, which names the fewest of them that contradict each
other. Demands may contradict each other. A rule that is true of every package, and a demand that none meets, are warned of.
";

fn need(required: bool) -> String {
    if required { "required" } else { "" }.to_owned()
}

const BIBLIOGRAPHY: &str = "
## Bibliography

`sources.json` is CSL-JSON, as Zotero writes it; `sources.bib` is BibTeX or BibLaTeX. One of the two is enough, and both
together are an error. A row names a source by its citation key in `source_id`. Without a bibliography, `link` holds an
address. A row that has neither is called an assumption in every report. Addresses are shown as text; nothing opens them.
";

fn rules() -> String {
    format!(
        "
## Rules of reading

**Files.** UTF-8, with or without a byte-order mark; at most {largest} MB each. Nothing outside the folder is read. Markdown
files, licences, and the folders `codings/` and `expected/` may lie beside the case; they are no data of it. Files that the
program does not know are named and left alone.

**Tables.** Comma, semicolon or tab, whichever the first line holds most often. The first line names the columns; their order
is free. Every row has as many cells as the header. A cell that holds the delimiter, a quotation mark or a line break stands
between quotation marks, and a quotation mark inside is doubled. Empty rows are skipped, and spaces around a cell are taken
off. Columns whose names begin with `x_` are your own: they are kept and exported, and nothing reads them. Other columns that
the format does not know are kept too, with a warning that suggests the name that may have been meant.

**Formulas.** A cell that a spreadsheet would run, one that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, is
exported with an apostrophe before it, numbers excepted. The apostrophe is taken off again when the file is read.

**Dates.** `2022-03-29`, `2022-03` or `2022`; nothing else. A month or a year is the interval of its days: what may or may not
have begun at the day asked about is said to be possible, not certain.

**Two axes of time.** `valid_from`, `valid_to` and `date` say when something held; `known_from` says when it could be known.
`--at` asks about the first, `--known` about the second. A row that became known later changes no byte of an earlier result.
Nothing is claimed after `as_of`.

**Lists.** Entries of a cell that is a list are separated by `;`.

**Ids.** Rows of `positions.csv`, `events.csv`, `relations.csv` and of the tables of inputs may go without: they are then called
`p-001`, `e-001`, `r-001` and so on, numbered in the order in which they became known. Two rows of one file with the same id are an
error.

**Names.** An actor may be written in any cell by its id or by a name. These are tried in order:

1. `aliases.csv`;
2. the id, exactly as it is written;
3. names in the case's `languages`;
4. names in all languages of the Unicode CLDR, long forms of countries, armed groups and organisations;
5. codes (`UA`, `UKR`, `UKRGOV`), in columns for codes, or where no declared language gives another reading.

The case of letters decides nothing. A name with two readings is an error that lists both, with the line of `aliases.csv` for
each. Nothing is guessed, and the text as written is kept.

**Scales.** The rows of one issue in `issues.csv` are its options, from one end of the scale to the other. Only their order is
data; `place` is for drawing. An issue has at most {options} options.

**Asks and limits.** `best_option` is what is asked for; `low_option` and `high_option` are the ends of what is asked for or
left open, and both are filled or neither. `rules_out` lists options and stands on rows of the kind `red_line` only. A row
without options is uncoded: it is shown and not compared, and `uncoded_reason` says why.

**Defaults of a source.** A row of `positions.csv` whose `grade`, `basis` or `quote_lang` is empty takes what `source_defaults.csv`
says of its source; a filled cell keeps its own. A language applies only where there is a quote. A default says nothing of
whether the row was read: with a letter F or a digit 6 a row marked as verified is warned of, as if the grade were its own. Such
cells are exported empty, with the table of defaults beside them; a table of the statements alone, and JSON, have them filled.
Defaults are left out with their source.

**Coders.** A row whose `coder` and `reviewer` are both filled is settled. Files in `codings/` are read by `detente coders` where
it is given their names, and by nothing else.

**Conditions.** Entries separated by `;`, all of which must hold. An entry is one of

- `issue=option`: an outcome on another issue, by the ids of both;
- `'words'`: a condition that lies on no scale, between apostrophes, which may hold semicolons and apostrophes;
- `option:` before either of these: it applies to that option of the row's own issue only.

**Inputs.** `salience.csv`, `values.csv`, `alternatives.csv`, `trust.csv`, `exposure.csv`, `assurances.csv`, `capabilities.csv` and `drivers.csv` hold what no document
states: of a number, the least and the most that it may be, and the likeliest. `low`, `best` and `high` are finite decimals that rise or
stay. They are kept as they are written, so that exact arithmetic begins from their text. Of several rows about the same, the latest
holds that has begun by the day asked about and was known by the day of knowledge; of two that begin together, the one known later. A
partial date has come when its last day has. Two rows about the same with the same `valid_from` and `known_from` are an error. A row
without a source is an assumption, and says in `reason` why it is made.

**Numbers.** Decimals are written with a point. **Yes and no** are written `yes` and `no`.

**Markings.** A row without a marking has the one of `case.toml`; somebody's reading of what a named person would accept in
the end is confidential unless marked. `--level public` (if not given), `restricted` or `all` says which rows a command may
see. The others are left out as if they had never been there, and everything is computed anew without them: rows that name a
hidden actor or issue are left out too, and ids are numbered anew unless `keep_ids = true`. Principals are always shown. What
somebody has written into a text, such as a note, stays as it is: `detente check` warns where a row names a hidden row.
",
        largest = folder::LARGEST_FILE >> 20,
        options = 64,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{read, root};
    use detente_case::{Folder, load};
    use toml::de::{DeTable, DeValue};

    /// The paths of all keys of a file, as [`KEYS`] writes them.
    fn paths(table: &DeTable<'_>, before: &str) -> Vec<String> {
        let mut paths = Vec::new();
        for (name, value) in table {
            let path = format!("{before}{}", name.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) => paths.extend(self::paths(inner, &format!("{path}."))),
                DeValue::Array(entries) => {
                    let sections: Vec<_> = entries.iter().filter_map(|entry| entry.get_ref().as_table()).collect();
                    paths.push(if sections.is_empty() { path.clone() } else { format!("{path}[]") });
                    paths.extend(sections.into_iter().flat_map(|inner| self::paths(inner, &format!("{path}[]."))));
                }
                _ => paths.push(path),
            }
        }
        paths
    }

    #[test]
    fn the_list_holds_every_key_of_the_bundled_cases() {
        for case in ["_template", "camp-david-1978", "russia-ukraine"] {
            let text = read(&root().join(format!("cases/{case}/case.toml"))).unwrap();
            for path in paths(DeTable::parse(&text).unwrap().get_ref(), "") {
                assert!(KEYS.iter().any(|key| key.path == path), "{case}: {path}");
            }
        }
    }

    /// A case with every key of the list, each with a value of the wrong type: the reader knows them all.
    #[test]
    fn the_reader_knows_every_key_of_the_list() {
        let wrong = |key: &&Key| !key.path.contains(['.', '[']) && key.path != "schema";
        let top: String = KEYS.iter().filter(wrong).map(|key| format!("{} = -0.5\n", key.path)).collect();
        let inner = |section: &str| -> String {
            let keys = KEYS.iter().filter_map(|key| key.path.strip_prefix(section));
            keys.map(|key| format!("{key} = -0.5\n")).collect()
        };
        let text = format!(
            "schema = 1\n{top}[methods]\n{}[[credit]]\n{}[[contradiction]]\n{}[[price]]\n{}",
            inner("methods."),
            inner("credit[]."),
            inner("contradiction[]."),
            inner("price[]."),
        );
        let folder = Folder::Memory(vec![("case.toml".to_owned(), text.into_bytes())]);
        let codes: Vec<String> = load(&folder, |_| {}).diagnostics.into_iter().map(|finding| finding.code).collect();
        assert!(!codes.iter().any(|code| code == "S001" || code == "S002"), "{codes:?}");
        let sections = ["schema", "credit[]", "contradiction[]", "price[]"];
        let expected = KEYS.iter().filter(|key| !sections.contains(&key.path)).count();
        assert_eq!(codes.iter().filter(|code| *code == "S004").count(), expected, "{codes:?}");
    }

    #[test]
    fn keys_that_the_list_calls_required_are() {
        let folder = Folder::Memory(vec![("case.toml".to_owned(), Vec::new())]);
        let missing = load(&folder, |_| {}).diagnostics.into_iter().filter(|finding| finding.code == "S003").count();
        assert_eq!(missing, KEYS.iter().filter(|key| key.required).count());
    }

    #[test]
    fn markings_are_listed_as_the_program_writes_them() {
        use detente_case::Marking;
        let lists = word_lists();
        let markings = [Marking::Public, Marking::Restricted, Marking::Confidential];
        let listed: Vec<&str> = lists.last().unwrap().rows.iter().map(|row| row[0].trim_matches('`')).collect();
        let written = markings.map(|marking| serde_json::to_value(marking).unwrap());
        assert_eq!(listed, written.each_ref().map(|word| word.as_str().unwrap()));
    }

    #[test]
    fn links_lead_to_headings() {
        assert_eq!(anchor("`case.toml`"), "casetoml");
        assert!(page().contains("(#positionscsv)") && page().contains("\n## `positions.csv`\n"));
    }
}
