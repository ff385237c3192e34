//! The part of `docs/reference/case-format.md` on stability models.

use std::fmt::Write as _;

use detente_case::stability::{self, Moves};

use super::table;

/// A key of a model: its section, its name, whether it is needed, and what it says. A test compares the list with the reader.
struct Key {
    section: Section,
    name: &'static str,
    required: bool,
    about: &'static str,
}

/// The sections of a model.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Top,
    Option,
    State,
    DecisionMaker,
    Statement,
    Infeasible,
    SameState,
    Move,
    Name,
}

impl Section {
    const ALL: [(Section, &'static str, &'static str); 9] = [
        (Section::Top, "", "The whole model"),
        (Section::Option, "option", "What is done or not"),
        (Section::State, "state", "A state, in a model without options"),
        (Section::DecisionMaker, "decision_maker", "Who decides"),
        (Section::Statement, "decision_maker.statement", "A preference statement, with what it rests on"),
        (Section::Infeasible, "infeasible", "What cannot be; options only"),
        (Section::SameState, "same_state", "Combinations of options that are one state"),
        (Section::Move, "move", "A single move, added or taken out; options only"),
        (Section::Name, "name", "The name of a state; options only"),
    ];
}

const fn key(section: Section, name: &'static str, required: bool, about: &'static str) -> Key {
    Key { section, name, required, about }
}

const KEYS: [Key; 52] = [
    key(Section::Top, "schema", true, "the version of the format: `1`"),
    key(Section::Top, "title", true, "the model's name for people"),
    key(
        Section::Top,
        "source",
        false,
        "where it was read: the id of a source in the bibliography, or words. Text without spaces is an id",
    ),
    key(Section::Top, "note", false, "note"),
    key(
        Section::Top,
        "at",
        false,
        "the day of which it speaks; a question about what was known before does not see the model",
    ),
    key(Section::Top, "marking", false, "public, restricted or confidential; that of the case if missing"),
    key(
        Section::Top,
        "status_quo",
        false,
        "where the conflict stands: the number of a state, or a rule that holds in one state only",
    ),
    key(
        Section::Top,
        "coalitions",
        false,
        "lists of decision makers to be looked at together: `[[\"a\", \"b\"]]`; without it all groups are",
    ),
    key(Section::Top, "option", false, "the options, a section `[[option]]` each; or"),
    key(Section::Top, "state", false, "the states, a section `[[state]]` each"),
    key(Section::Top, "decision_maker", true, "who decides, a section `[[decision_maker]]` each"),
    key(Section::Top, "infeasible", false, "what cannot be, a section `[[infeasible]]` each"),
    key(Section::Top, "same_state", false, "combinations that are one state, a section `[[same_state]]` each"),
    key(Section::Top, "move", false, "single moves, a section `[[move]]` each"),
    key(Section::Top, "name", false, "names of states, a section `[[name]]` each"),
    key(Section::Option, "id", true, "id of the option"),
    key(Section::Option, "label", false, "its name for people; the id if missing"),
    key(Section::Option, "moves", false, "in which direction it can change; `both` if missing"),
    key(Section::State, "id", true, "id of the state"),
    key(Section::State, "label", false, "its name for people; the id if missing"),
    key(Section::DecisionMaker, "id", true, "id of the decision maker"),
    key(Section::DecisionMaker, "name", false, "its name for people; the id if missing"),
    key(Section::DecisionMaker, "actor", false, "the actor of the case that it stands for, by its id or a name"),
    key(
        Section::DecisionMaker,
        "options",
        false,
        "list of the options that it has; `[]` if none. Several may have the same",
    ),
    key(
        Section::DecisionMaker,
        "moves",
        false,
        "in a model without options: list of its moves, `\"1 -> 2\"` or, both ways, `\"1 <-> 5\"`",
    ),
    key(
        Section::DecisionMaker,
        "ranking",
        false,
        "the states in order, the most preferred first, equal ones in parentheses: `\"5 7 (6 8) 3\"`",
    ),
    key(
        Section::DecisionMaker,
        "statements",
        false,
        "list of rules, the most important first: of two states the better meets the first rule that tells them apart",
    ),
    key(
        Section::DecisionMaker,
        "statement",
        false,
        "statements in sections of their own, `[[decision_maker.statement]]`",
    ),
    key(
        Section::DecisionMaker,
        "weights",
        false,
        "what taking each option is worth: `{ strike = -2, blockade = \"1/3\", withdraw = { low = 1, best = 2, high = 4 } }`",
    ),
    key(Section::DecisionMaker, "indifferent", false, "`true`: all states alike"),
    key(
        Section::DecisionMaker,
        "noise",
        false,
        "by how many places a draw may move each state of the ranking; 0 if missing",
    ),
    key(Section::DecisionMaker, "swaps", false, "how many neighbouring statements a draw may exchange; 0 if missing"),
    key(
        Section::DecisionMaker,
        "unknown",
        false,
        "pairs of states whose order is not known: `\"3 5\"`, or two rules `[\"strike\", \"-strike & blockade\"]`",
    ),
    key(Section::Statement, "holds", true, "the rule"),
    key(Section::Statement, "rows", false, "ids of the statements and events of the case on which it rests"),
    key(Section::Statement, "reason", false, "why it is made; one without `rows` is an assumption, and has a reason"),
    key(
        Section::Statement,
        "places",
        false,
        "of an assumption, the first and the last place that it may have in the order: `[1, 4]`; any if missing",
    ),
    key(Section::Infeasible, "when", false, "a rule: states in which it holds cannot be"),
    key(Section::Infeasible, "pattern", false, "`Y`, `N` or `-` for each option in order: `\"YN--\"`"),
    key(Section::Infeasible, "exclusive", false, "options of which no two can be taken"),
    key(Section::Infeasible, "at_least_one", false, "options of which one or more are taken"),
    key(Section::Infeasible, "exactly_one", false, "options of which exactly one is taken"),
    key(Section::Infeasible, "option", false, "an option that cannot be without another"),
    key(Section::Infeasible, "requires", false, "that other option"),
    key(Section::Infeasible, "why", false, "why it cannot be"),
    key(Section::SameState, "when", true, "a rule: the states in which it holds are one"),
    key(Section::SameState, "label", false, "its name for people"),
    key(Section::Move, "decision_maker", true, "whose move it is"),
    key(Section::Move, "add", false, "moves that there are besides: `\"3 -> 5\"` or a list"),
    key(Section::Move, "remove", false, "moves that there are not"),
    key(Section::Name, "when", true, "a rule that holds in the state"),
    key(Section::Name, "label", true, "its name for people"),
];

/// A small model with statements that rest on rows, on an assumption and on a list.
const EXAMPLE: &str = r#"schema = 1
title = "Passage and withdrawal"
at = 2024-01-31
status_quo = "-open & -withdraw"

[[option]]
id = "open"
label = "The north opens the passage"

[[option]]
id = "withdraw"
label = "The south withdraws"
moves = "forward"

[[decision_maker]]
id = "north"
actor = "north"
options = ["open"]

[[decision_maker.statement]]
holds = "withdraw"
rows = ["p-012", "p-017"]

[[decision_maker.statement]]
holds = "-open IF -withdraw"
reason = "No text says so; its acts since 2022 fit it."

[[decision_maker]]
id = "south"
actor = "south"
options = ["withdraw"]
statements = ["open", "-withdraw"]

[[infeasible]]
when = "withdraw & -open"
why = "The only road leads through the passage."
"#;

/// The section on the models of a case.
pub fn section() -> String {
    let mut text = format!(
        "A file `{folder}NAME.toml` is one model: who can do what, and what each prefers. Unlocks {unlocks}. Files `NAME.gmcr` are read too; \
         an export writes them as TOML. Other files of the folder are left alone, and so are folders in it. NAME is the model's name; two \
         models whose names differ by the case of letters only are an error.\n",
        folder = stability::FOLDER,
        unlocks = stability::UNLOCKS,
    );
    for (section, name, about) in Section::ALL {
        let heading = if name.is_empty() { about.to_owned() } else { format!("`[[{name}]]`: {}", lower(about)) };
        let rows = KEYS.iter().filter(|key| key.section == section);
        let rows = rows.map(|key| {
            let need = if key.required { "required" } else { "" };
            [format!("`{}`", key.name), need.to_owned(), key.about.to_owned()]
        });
        _ = write!(text, "\n**{heading}.**\n\n{}", table(["key", "", "what it says"], rows));
    }
    let words = Moves::WORDS.iter().map(|(word, moves)| [format!("`{word}`"), moves.about().to_owned()]);
    _ = write!(text, "\n**`moves` of an option.**\n\n{}", table(["word", "meaning"], words));
    text + RULES + "\n```toml\n" + EXAMPLE + "```\n"
}

fn lower(text: &str) -> String {
    text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
}

const RULES: &str = "
A decision maker has exactly one of `ranking`, `statements`, `[[decision_maker.statement]]`, `weights` and `indifferent = true`.
Rules are those of [`constraints.toml`](#constraintstoml), between options, each by its id or its number: `strike & -withdraw`,
`blockade IF -withdraw`. In a model with states in place of options there are no rules; states are ranked.

The order of the options fixes the numbers of the states: they are counted from 1 over the combinations that can be, where the first option
counts 1, the second 2, the third 4 and so on, before any of them are made one. States that a file lists are numbered in its order; a
ranking and a move may name them by their ids too.

Actors, rows and sources that the case does not have are errors. A model that is read alone, outside a case, is not compared with one: a
warning says so.

A model above the level asked for is left out, and so is one that names a hidden actor. Where a level hides rows on which a statement
rests, or a day does not know them, the statement loses them; when none is left it is an assumption, at any place of the order. Words in
`note`, `reason` and `why` stay as they are. In a workbook a model stands a line a row in a sheet whose name begins with `stability`; its first
cell names the file.

For example:
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{read, root};
    use detente_case::{Code, Findings};
    use toml::de::DeTable;

    fn findings(text: &str) -> Vec<detente_case::Diagnostic> {
        let mut findings = Findings::default();
        stability::read("model.toml", text.as_bytes().to_vec(), &mut findings);
        findings.into_sorted()
    }

    /// The keys of a section and those inside it, as (section, key).
    fn keys(table: &DeTable<'_>, section: &str, found: &mut Vec<(String, String)>) {
        for (name, value) in table {
            let name = name.get_ref().to_string();
            found.push((section.to_owned(), name.clone()));
            let inner = if section.is_empty() { name } else { format!("{section}.{name}") };
            let entries = value.get_ref().as_array().into_iter().flat_map(|entries| entries.iter());
            entries.filter_map(|entry| entry.get_ref().as_table()).for_each(|entry| keys(entry, &inner, found));
        }
    }

    #[test]
    fn the_list_holds_every_key_of_the_bundled_models() {
        for name in detente_case::bundled::models() {
            let text = read(&root().join(format!("cases/{name}.toml"))).unwrap();
            let mut found = Vec::new();
            keys(DeTable::parse(&text).unwrap().get_ref(), "", &mut found);
            for (section, key) in found {
                let listed = KEYS.iter().any(|listed| {
                    listed.name == key
                        && Section::ALL.iter().any(|(own, name, _)| *own == listed.section && *name == section)
                });
                assert!(listed, "{name}: [[{section}]] {key}");
            }
        }
    }

    /// A model with every key of the list, each with a value of the wrong type: the reader knows them all, and no other.
    #[test]
    fn the_reader_knows_every_key_of_the_list() {
        for states in [false, true] {
            let mut text = "schema = 1\nunheard = 1\n".to_owned();
            for (section, name, _) in Section::ALL {
                let other = if states { Section::Option } else { Section::State };
                if section == other {
                    continue;
                }
                if !name.is_empty() {
                    _ = writeln!(text, "[[{name}]]");
                }
                let inner = |key: &&Key| {
                    let path = match section {
                        Section::Top => key.name.to_owned(),
                        _ => format!("{name}.{}", key.name),
                    };
                    path == "schema" || Section::ALL.iter().any(|(_, name, _)| *name == path)
                };
                let own = KEYS.iter().filter(|key| key.section == section);
                for key in own.filter(|key| !inner(key)) {
                    _ = writeln!(text, "{} = -0.5", key.name);
                }
            }
            let unknown: Vec<String> = findings(&text)
                .into_iter()
                .filter(|finding| [Code::UnknownKey.text(), Code::TomlSyntax.text()].contains(&&*finding.code))
                .map(|finding| finding.message)
                .collect();
            assert_eq!(unknown, ["`unheard` is not a key"]);
        }
    }

    #[test]
    fn keys_that_the_list_calls_required_are() {
        let missing = |text: &str, section: Section| {
            let missing = findings(text).into_iter().filter(|finding| finding.code == Code::MissingKey.text());
            let names: Vec<&str> =
                KEYS.iter().filter(|key| key.section == section && key.required).map(|key| key.name).collect();
            let told: Vec<String> = missing.map(|finding| finding.message).collect();
            assert!(names.iter().all(|name| told.iter().any(|told| told.contains(&format!("`{name}`")))), "{told:?}");
        };
        missing("", Section::Top);
        missing("[[option]]\n[[decision_maker]]\n", Section::Option);
        missing("[[state]]\n", Section::State);
        missing("[[option]]\nid = \"a\"\n[[decision_maker]]\n[[decision_maker.statement]]\n", Section::Statement);
        missing("[[option]]\nid = \"a\"\n[[decision_maker]]\n", Section::DecisionMaker);
        missing("[[option]]\nid = \"a\"\n[[same_state]]\n", Section::SameState);
        missing("[[option]]\nid = \"a\"\n[[move]]\n", Section::Move);
        missing("[[option]]\nid = \"a\"\n[[name]]\n", Section::Name);
    }

    #[test]
    fn the_example_is_a_model() {
        let told: Vec<String> = findings(EXAMPLE).into_iter().map(|finding| finding.code).collect();
        assert_eq!(told, [Code::NotLinked.text()]);
    }
}
