//! How a text is compared with a name. The look-up and the generator of the table share this file, so both sort alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest token, in letters, that keeps its accents: `Bỉ`, `Áo` and `Nga` are whole names.
const SHORT_TOKEN: usize = 3;

/// The form in which two texts are equal names: composed (NFC), without regard to case, with one kind of apostrophe,
/// hyphens as single spaces, `&` as `and`, and without full stops and invisible marks.
///
/// ```text
/// U.S.  → us        Guinea–Bissau → guinea bissau        Bosnia & Herzegovina → bosnia and herzegovina
/// ```
pub fn normalise(text: &str) -> String {
    // There and back, since `ß` and `SS`, `ı` and `I` are equal only in upper case.
    let cased = text.nfc().collect::<String>().to_lowercase().to_uppercase().to_lowercase();
    let mut unified = String::with_capacity(cased.len());
    for c in cased.nfc() {
        match c {
            '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | '′' | '`' | '´' | '＇' | '׳' => unified.push('\''),
            '-' | '\u{2010}'..='\u{2015}' | '−' | '﹘' | '﹣' | '－' | '־' => unified.push(' '),
            '&' | '＆' => unified.push_str("and"),
            '.' => {}
            // The dot that lower-casing leaves behind from Turkish `İ`.
            '\u{307}' if unified.ends_with('i') => {}
            c if is_invisible(c) => {}
            c => unified.push(c),
        }
    }
    let mut words = unified.split_whitespace();
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    out
}

/// A [normalised](normalise) text with the accents taken from Latin and Greek letters in tokens of more than three
/// letters. Shorter tokens stay as they are; so do letters of other scripts, where a mark makes another letter (`й`, `ї`).
pub fn without_accents(normalised: &str) -> String {
    let mut out = String::with_capacity(normalised.len());
    for token in normalised.split_inclusive(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)) {
        if token.chars().filter(|c| c.is_alphabetic()).count() <= SHORT_TOKEN {
            out.push_str(token);
        } else {
            let mut strip = false;
            for c in token.nfd() {
                if is_combining_mark(c) {
                    if !strip {
                        out.push(c);
                    }
                } else {
                    strip = is_latin_or_greek(c);
                    push_plain(&mut out, c);
                }
            }
        }
    }
    out.nfc().collect()
}

/// Appends a letter; those whose stroke or ligature is no separate mark, as plain letters.
fn push_plain(out: &mut String, c: char) {
    match c {
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ħ' => out.push('h'),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        c => out.push(c),
    }
}

fn is_latin_or_greek(c: char) -> bool {
    matches!(c, 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}')
}

/// Soft hyphen, joiners, byte order mark and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
