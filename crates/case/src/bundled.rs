//! The cases and stability models that travel inside the program.

use crate::folder::Folder;

#[expect(clippy::type_complexity, reason = "written by the build script")]
mod list {
    include!(concat!(env!("OUT_DIR"), "/bundled_cases.rs"));
}
use list::{CASES, MODELS};

/// Names of the bundled cases, sorted; the template of `detente new` is not among them.
#[must_use]
pub fn names() -> Vec<&'static str> {
    CASES.iter().map(|(name, _)| *name).filter(|name| !name.starts_with('_')).collect()
}

/// The files of a bundled case, or none where there is no case of that name. `_template` is what `detente new` copies.
#[must_use]
pub fn folder(name: &str) -> Option<Folder> {
    CASES.iter().find(|(case, _)| *case == name).map(|(_, files)| Folder::Bundled(files))
}

/// Names of the bundled stability models, sorted, for instance `textbook/chicken`.
#[must_use]
pub fn models() -> Vec<String> {
    MODELS.iter().map(|(name, ..)| (*name).to_owned()).collect()
}

/// The file of a bundled stability model and its content, or none where there is no model of that name. [`crate::stability::read`] reads it.
#[must_use]
pub fn model(name: &str) -> Option<(&'static str, &'static [u8])> {
    MODELS.iter().find(|(model, ..)| *model == name).map(|(_, file, content)| (*file, *content))
}
