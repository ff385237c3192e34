//! The part of the case format on claims: keys and questions, from the lists that the reader of the file uses.

use detente_case::claim::forms::{FORMS, Form};
use detente_case::claim::predicate::{ContactKind, GapWord, MovementWord, PhaseWord, ReadingWord};
use detente_case::claim::{KEYS, PART_KEYS, UNLOCKS};

use super::table;

/// What stands below the heading of the file.
pub fn section() -> String {
    let keys = |keys: &[(&str, bool, &str)]| {
        let need = |required: bool| if required { "required" } else { "" }.to_owned();
        table(
            ["key", "", "what it says"],
            keys.iter().map(|(key, required, about)| [format!("`{key}`"), need(*required), (*about).to_owned()]),
        )
    };
    format!(
        "The file begins with `schema = 1`. Each claim stands in a section `[[claim]]`. Unlocks {UNLOCKS}; \
         [how verdicts come about](../methods/claims.md).\n\n{}\nParts stand in sections `[[claim.part]]` below their claim.\n\n{}{QUESTIONS}\n{}{ARGUMENTS}\n{}",
        keys(&KEYS),
        keys(&PART_KEYS),
        table(["question", "is answered by", "compared with", "for instance"], FORMS.iter().map(question)),
        words(),
    )
}

fn question(form: &Form) -> [String; 4] {
    let slot = |(place, slot): (usize, &detente_case::claim::forms::Slot)| {
        let key = if place < form.places { slot.key.to_owned() } else { format!("{}:", slot.key) };
        if slot.required { key } else { format!("[{key}]") }
    };
    let slots: Vec<String> = form.slots.iter().enumerate().map(slot).collect();
    [
        format!("`{}({})`", form.name, slots.join(", ")),
        form.about.to_owned(),
        form.answer.written().to_owned(),
        format!("`{}`", form.example),
    ]
}

fn words() -> String {
    let list = |words: Vec<&str>| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let rows = [
        ("phases", list(PhaseWord::WORDS.map(|(word, _)| word).to_vec())),
        ("`kind` of contact", list(ContactKind::WORDS.map(|(word, _)| word).to_vec())),
        ("`kind` of movement", list(MovementWord::WORDS.map(|(word, _)| word).to_vec())),
        ("`reading` of limits", list(ReadingWord::WORDS.map(|(word, _)| word).to_vec())),
        ("`law`", "`yes` (laws count; of movements: laws alone), `no`".to_owned()),
        ("change of a gap", list(GapWord::WORDS.map(|(word, _)| word).to_vec())),
        ("`country`", "two letters of ISO 3166-1, or several between braces".to_owned()),
        ("`at`, `from`, `to`, `within`", "`2022-03-29`, `2022-03` or `2022`".to_owned()),
    ];
    table(["where", "words"], rows.map(|(place, words)| [place.to_owned(), words]))
}

const QUESTIONS: &str = "
A `predicate` is made of questions to the record and the words between them that [rules](#constraintstoml) have: `not`, `and`, `or`, `implies`, `IFF`,
counts such as `at-least 2 of (…)`, parentheses. The bracket of a question stands at its name. Questions stand in claims alone.
";

const ARGUMENTS: &str = "
Arguments with a colon are written with their key, `at: 2023-12`; those without may be written by their place alone. Those in square brackets may be left out.
Several values stand between braces, `{BY, TR}`. Actors are named as everywhere in the case. Other words:
";
