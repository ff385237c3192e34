//! How wide a text is, how to shorten it and how to wrap it, by the advance widths of the embedded font.

use std::sync::LazyLock;

use ttf_parser::Face;

/// Noto Sans, regular weight.
pub(super) const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
/// Noto Sans, bold weight.
pub(super) const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");

/// The families named in every figure; viewers without the first take a later one.
pub const FAMILY: &str = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

/// A viewer's font may be wider than the embedded one by about this factor: DejaVu Sans is, its bold more so.
const SLACK: [f64; 2] = [1.13, 1.18];

/// The advance of a character that the embedded font lacks, in em.
const MISSING: f64 = 1.0;

/// The distance from one base line to the next, in em.
const LEADING: f64 = 1.3;

/// The embedded font has no minus sign; its dash has the same form.
const MINUS: char = '\u{2212}';
const DASH: char = '\u{2013}';

/// The text with characters that the embedded font has.
pub(super) fn embedded(text: &str) -> String {
    text.replace(MINUS, DASH.encode_utf8(&mut [0; 4]))
}

/// The weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// Running text.
    #[default]
    Regular,
    /// Headings and names.
    Bold,
}

static FACES: LazyLock<[Option<Face<'static>>; 2]> =
    LazyLock::new(|| [REGULAR, BOLD].map(|bytes| Face::parse(bytes, 0).ok()));

/// The width to reserve for a text, slack for other fonts included.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let index = match weight {
        Weight::Regular => 0,
        Weight::Bold => 1,
    };
    let face = FACES[index].as_ref();
    text.chars().map(|c| advance(face, c)).sum::<f64>() * size * SLACK[index]
}

fn advance(face: Option<&Face<'_>>, c: char) -> f64 {
    let Some(face) = face else { return MISSING };
    let c = if c == MINUS { DASH } else { c };
    match face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)) {
        Some(advance) => f64::from(advance) / f64::from(face.units_per_em()),
        None => MISSING,
    }
}

/// The height of a paragraph of `lines` lines.
pub fn height(lines: usize, size: f64) -> f64 {
    lines as f64 * leading(size)
}

/// The distance from one base line to the next.
pub fn leading(size: f64) -> f64 {
    size * LEADING
}

/// The text itself where it fits, else its beginning with "…".
pub fn truncate(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    loop {
        while kept.last().is_some_and(|c| c.is_whitespace() || is_combining(*c)) {
            kept.pop();
        }
        let shortened: String = kept.iter().chain(&['…']).collect();
        if kept.is_empty() || width(&shortened, size, weight) <= room {
            return shortened;
        }
        kept.pop();
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{200d}')
}

/// The text in lines that fit, at most `most` of them; the last is shortened with "…" where more would follow. A word
/// wider than a line is broken.
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in text.split_whitespace() {
        let joined = if current.is_empty() { word.to_owned() } else { format!("{current} {word}") };
        if width(&joined, size, weight) <= room {
            current = joined;
            continue;
        }
        if !current.is_empty() {
            lines.push(std::mem::take(&mut current));
        }
        for c in word.chars() {
            current.push(c);
            if width(&current, size, weight) > room && current.chars().count() > 1 {
                current.pop();
                // After a hyphen rather than inside a part, where there is one.
                let rest = match current.rfind('-') {
                    Some(at) if at > 0 && at + 1 < current.len() => current.split_off(at + 1),
                    _ => String::new(),
                };
                lines.push(std::mem::replace(&mut current, rest));
                current.push(c);
            }
        }
    }
    if !current.is_empty() {
        lines.push(current);
    }
    let most = most.max(1);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(truncate(&rest, size, weight, room));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_can_be_read() {
        assert!(FACES.iter().all(Option::is_some));
        assert!(width("Bold", 12.0, Weight::Bold) > width("Bold", 12.0, Weight::Regular));
    }

    #[test]
    fn the_font_knows_what_cases_are_written_in() {
        for c in "…–—·«»“”Україна Путін її ґ є Bến Thượng Việt Nguyễn ș Łódź Ğ Ω".chars()
        {
            assert!(FACES[0].as_ref().unwrap().glyph_index(c).is_some(), "{c}");
        }
    }

    #[test]
    fn a_minus_sign_is_drawn_as_a_dash_where_only_the_embedded_font_is() {
        assert_eq!(embedded("−5 %"), "–5 %");
        assert!(FACES.iter().flatten().all(|face| face.glyph_index(DASH).is_some()));
        assert!(width("−5", 11.0, Weight::Regular) < width("MM", 11.0, Weight::Regular));
    }

    #[test]
    fn shortened_texts_fit() {
        let long = "Одностороннє виведення військ з усієї території";
        for room in [5.0, 40.0, 90.0, 400.0] {
            let short = truncate(long, 11.0, Weight::Regular, room);
            assert!(width(&short, 11.0, Weight::Regular) <= room || short == "…");
        }
        assert_eq!(truncate("ab", 11.0, Weight::Regular, 100.0), "ab");
    }

    #[test]
    fn wrapped_lines_fit_and_break_long_words() {
        let lines = wrap("Rückübertragung Donaudampfschifffahrtsgesellschaft a b", 11.0, Weight::Regular, 70.0, 9);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| width(line, 11.0, Weight::Regular) <= 70.0));
        assert_eq!(wrap("hyphen-separated", 11.0, Weight::Regular, 70.0, 2), ["hyphen-", "separated"]);
        assert_eq!(wrap("one two three four", 11.0, Weight::Regular, 40.0, 2).len(), 2);
        assert!(wrap("", 11.0, Weight::Regular, 40.0, 2).is_empty());
    }
}
