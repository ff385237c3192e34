//! Names: of issues, options and parties.

use crate::limits;

/// A name as it is kept: single spaces, no control characters.
pub(crate) fn plain(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The name of a file without its folder and ending; `unnamed` where nothing of it is left.
pub(crate) fn file_stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let kept: String = plain(if stem.is_empty() { name } else { stem }).chars().take(limits::NAME).collect();
    if kept.is_empty() { "unnamed".to_owned() } else { kept }
}

/// The beginning of a text, for a message.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
