//! The small languages of state numbers: rankings, moves, pairs and patterns.

use std::ops::Range;

/// What cannot be read, with its place in the text.
pub(super) struct Fault {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

const RANKING: &str =
    "a ranking lists state numbers, the most preferred first; equal ones stand in parentheses: \"5 7 (6 8) 3\"";
const MOVE: &str = "a move is written \"1 -> 2\"; \"1 <-> 2\" goes both ways";
const PAIR: &str = "a pair is written \"3 5\"";

/// A word of a text with its place.
pub(super) type Word<'t> = (&'t str, Range<usize>);

/// The classes of a ranking: words that stand alone, or together in parentheses. There is at least one, and none is empty.
pub(super) fn ranking(text: &str) -> Result<Vec<Vec<Word<'_>>>, Fault> {
    let fault = |span, message: String| Err(Fault { span, message, hint: RANKING });
    let mut classes: Vec<Vec<Word<'_>>> = Vec::new();
    // Where the parenthesis that is open stands, and what it holds.
    let mut open: Option<(usize, Vec<Word<'_>>)> = None;
    let is_gap = |character: char| character.is_whitespace() || character == ',';
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        at += first.len_utf8();
        match first {
            gap if is_gap(gap) => {}
            '(' if open.is_some() => return fault(start..at, "a parenthesis stands within another".to_owned()),
            '(' => open = Some((start, Vec::new())),
            ')' => match open.take() {
                None => return fault(start..at, "this parenthesis closes nothing".to_owned()),
                Some((opened, class)) if class.is_empty() => {
                    return fault(opened..at, "these parentheses hold no state".to_owned());
                }
                Some((_, class)) => classes.push(class),
            },
            _ => {
                let end = text[at..].find(|c| is_gap(c) || c == '(' || c == ')').map_or(text.len(), |end| at + end);
                at = end;
                let word = (&text[start..end], start..end);
                match &mut open {
                    Some((_, class)) => class.push(word),
                    None => classes.push(vec![word]),
                }
            }
        }
    }
    match open {
        Some((opened, _)) => fault(opened..opened + 1, "this parenthesis is never closed".to_owned()),
        None if classes.is_empty() => fault(0..text.len(), "this ranking holds no state".to_owned()),
        None => Ok(classes),
    }
}

/// The two ends of a move, and whether it goes both ways.
pub(super) fn arc(text: &str) -> Result<(Word<'_>, Word<'_>, bool), Fault> {
    let (sign, both) = if text.contains("<->") { ("<->", true) } else { ("->", false) };
    let ends: Vec<Word<'_>> = text
        .match_indices(sign)
        .map(|(at, _)| at)
        .take(1)
        .flat_map(|at| [trimmed(text, 0..at), trimmed(text, at + sign.len()..text.len())])
        .collect();
    match ends.as_slice() {
        [from, to] if !from.0.is_empty() && !to.0.is_empty() && !to.0.contains("->") => {
            Ok((from.clone(), to.clone(), both))
        }
        _ => Err(Fault { span: 0..text.len(), message: format!("`{}` is no move", shortened(text)), hint: MOVE }),
    }
}

/// The two states of a pair.
pub(super) fn pair(text: &str) -> Result<(Word<'_>, Word<'_>), Fault> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(|character: char| character.is_whitespace() || character == ',') {
        let word = part.trim_end_matches(|character: char| character.is_whitespace() || character == ',');
        if !word.is_empty() {
            words.push((word, start..start + word.len()));
        }
        start += part.len();
    }
    match words.as_slice() {
        [a, b] => Ok((a.clone(), b.clone())),
        _ => Err(Fault { span: 0..text.len(), message: format!("`{}` is no pair", shortened(text)), hint: PAIR }),
    }
}

/// For each option, whether it is taken; `Y`, `N` or `-` each.
pub(super) fn pattern(text: &str, options: usize) -> Result<Vec<Option<bool>>, Fault> {
    let hint = "a pattern has one sign for each option, in their order: Y taken, N not taken, - either";
    let mut pattern = Vec::new();
    for (at, sign) in text.char_indices() {
        pattern.push(match sign {
            'Y' | 'y' => Some(true),
            'N' | 'n' => Some(false),
            '-' => None,
            _ if sign.is_whitespace() => continue,
            _ => {
                return Err(Fault {
                    span: at..at + sign.len_utf8(),
                    message: format!("`{sign}` is no sign of a pattern"),
                    hint,
                });
            }
        });
    }
    if pattern.len() != options {
        let message = format!("this pattern has {} signs; the model has {options} options", pattern.len());
        return Err(Fault { span: 0..text.len(), message, hint });
    }
    if pattern.iter().all(Option::is_none) {
        let message = "this pattern is that of every state".to_owned();
        return Err(Fault { span: 0..text.len(), message, hint });
    }
    Ok(pattern)
}

fn trimmed(text: &str, span: Range<usize>) -> Word<'_> {
    let part = &text[span.clone()];
    let start = span.start + (part.len() - part.trim_start().len());
    (part.trim(), start..start + part.trim().len())
}

/// A text for a message, cut where it is long.
pub(in super::super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
