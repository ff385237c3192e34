//! The committed inputs of the fuzz targets, and some hundreds of deterministic mutations of them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[path = "../../../fuzz/src/corpus.rs"]
mod corpus;
#[path = "../../../fuzz/src/targets.rs"]
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use corpus::{Numbers, corpus, mutate};

/// Targets of other crates, which ask the same of their inputs.
const ELSEWHERE: [&str; 6] = ["domain_rules", "domain_table", "genius", "stability_answer", "stand_table", "workbook"];

/// Mutations of each target's inputs, all together.
const MUTATIONS: usize = 250;

#[test]
fn every_target_has_inputs_and_every_input_a_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut folders: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    folders.sort();
    assert!(ELSEWHERE.iter().all(|name| folders.iter().any(|folder| folder == name)));
    folders.retain(|folder| !ELSEWHERE.contains(&folder.as_str()));
    assert_eq!(folders, targets::TARGETS.map(|(name, _)| name));
    assert!(folders.iter().all(|name| !corpus(name).is_empty()));
}

#[test]
fn the_committed_inputs_keep_what_is_asked_of_them() {
    for (name, target) in targets::TARGETS {
        for (input, bytes) in corpus(name) {
            assert!(catch_unwind(|| target(&bytes)).is_ok(), "{name}/{input}");
        }
    }
}

#[test]
fn mutations_of_the_committed_inputs_keep_it_too() {
    for (name, target) in targets::TARGETS {
        let inputs = corpus(name);
        let mut numbers = Numbers(1);
        for number in 0..MUTATIONS {
            let (_, input) = &inputs[number % inputs.len()];
            let (_, other) = &inputs[numbers.below(inputs.len())];
            let bytes = mutate(input, other, &mut numbers);
            assert!(catch_unwind(|| target(&bytes)).is_ok(), "{name}: {}", bytes.escape_ascii());
        }
    }
}
