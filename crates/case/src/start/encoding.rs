//! Bytes of a text table to text, in the encodings in which spreadsheet programs save CSV.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

use crate::diagnostic::Diagnostic;

/// A text, and the name of its encoding if that is not UTF-8.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Option<&'static str>,
}

/// UTF-8; UTF-16 with a mark at its beginning; or one of two one-byte encodings, where the letters leave no doubt which.
///
/// # Errors
/// Text in none of them, and NUL characters, with the line.
pub(super) fn decode(file: &str, bytes: Vec<u8>) -> Result<Decoded, Diagnostic> {
    let other = |encoding: &'static Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    let named = |text: String, name| Decoded { text, encoding: Some(name) };
    let sixteen = match bytes.get(..2) {
        Some([0xff, 0xfe]) => other(UTF_16LE, &bytes[2..]),
        Some([0xfe, 0xff]) => other(UTF_16BE, &bytes[2..]),
        _ => None,
    };
    if let Some(text) = sixteen {
        // Checked for NUL characters as any other text.
        return crate::text::decode(file, text.into_bytes()).map(|text| named(text, "UTF-16"));
    }
    crate::text::decode(file, bytes.clone()).map(|text| Decoded { text, encoding: None }).or_else(|problem| {
        if bytes.contains(&0) {
            return Err(problem);
        }
        let cyrillic = other(WINDOWS_1251, &bytes).filter(|text| is_cyrillic(text));
        let western = || other(WINDOWS_1252, &bytes).filter(|text| is_western(text));
        match cyrillic {
            Some(text) => Ok(named(text, "Windows-1251 (Cyrillic)")),
            None => western().map(|text| named(text, "Windows-1252 (Western European)")).ok_or(problem),
        }
    })
}

/// The words of a text that hold a letter outside ASCII.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii())
}

/// Whether all such words are in Cyrillic letters only, and capitals stand where they do in words. In a Western text read as
/// Cyrillic nearly every word mixes both alphabets; KOI8 swaps small letters and capitals, and other encodings mix them.
fn is_cyrillic(text: &str) -> bool {
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{45f}' | '\u{490}' | '\u{491}');
    let long = || words(text).filter(|word| word.chars().count() > 3);
    let swapped = |word: &str| {
        word.chars().next().is_some_and(char::is_lowercase) && word.chars().skip(1).all(char::is_uppercase)
    };
    let capital_within = |word: &&str| {
        word.chars().zip(word.chars().skip(1)).any(|(one, next)| one.is_lowercase() && next.is_uppercase())
    };
    words(text).all(|word| word.chars().all(cyrillic))
        && !long().any(swapped)
        && long().filter(capital_within).count() * 4 < long().count()
}

/// Whether the letters outside ASCII are those of Western languages. Turkish, Polish and other texts that are read as Western
/// show Icelandic letters, or signs within words.
fn is_western(text: &str) -> bool {
    let sign_in_word = |window: &[char]| {
        let sign = |c: char| {
            !c.is_ascii()
                && !c.is_alphanumeric()
                && !matches!(
                    c,
                    '’' | '‘'
                        | '·'
                        | '–'
                        | '—'
                        | '\u{ad}'
                        | '\u{a0}'
                        | '…'
                        | '«'
                        | '»'
                        | '“'
                        | '”'
                        | '„'
                        | '¿'
                        | '¡'
                )
        };
        window[0].is_alphabetic()
            && (sign(window[1]) || matches!(window[1], '³' | '¹' | '²' | '¿'))
            && window[2].is_alphabetic()
    };
    let letters: Vec<char> = text.chars().collect();
    !letters.iter().any(|c| matches!(c, 'ð' | 'Ð' | 'þ' | 'Þ' | 'ý' | 'Ý' | '\u{80}'..='\u{9f}'))
        && !letters.windows(3).any(sign_in_word)
        && words(text).any(|word| word.chars().any(|c| c.is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
        decode("x.csv", bytes.to_vec()).ok().map(|decoded| (decoded.text, decoded.encoding))
    }

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn what_spreadsheet_programs_save_is_read() {
        let uk = "Дата;Сторона;Слова\n29.03.2022;Україна;«Ні» — EU\n";
        assert_eq!(decoded(uk.as_bytes()), Some((uk.to_owned(), None)));
        assert_eq!(decoded(&encoded(WINDOWS_1251, uk)), Some((uk.to_owned(), Some("Windows-1251 (Cyrillic)"))));
        let fr = "Date;Pays;Propos\n29 août 2022;Côte d’Ivoire;« Déjà là » – être\n";
        assert_eq!(decoded(&encoded(WINDOWS_1252, fr)), Some((fr.to_owned(), Some("Windows-1252 (Western European)"))));
        let sixteen = |big: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(uk.encode_utf16());
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        assert_eq!(decoded(&sixteen(false)), Some((uk.to_owned(), Some("UTF-16"))));
        assert_eq!(decoded(&sixteen(true)), Some((uk.to_owned(), Some("UTF-16"))));
    }

    #[test]
    fn other_one_byte_encodings_are_refused_and_not_guessed() {
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1254, "Tarih;Taraf\n29 Mart;Dışişleri Bakanlığı\n"),
            (encoding_rs::WINDOWS_1250, "Data;Strona\n29 marca;Wałęsa powiedział że\n"),
            (encoding_rs::WINDOWS_1256, "a;b\n1;روسيا وأوكرانيا\n"),
            (encoding_rs::KOI8_R, "a;b\n1;Россия и Украина\n"),
            (encoding_rs::GB18030, "a;b\n1;俄罗斯和乌克兰\n"),
        ] {
            let found = decoded(&encoded(encoding, text));
            assert_eq!(found, None);
        }
        assert_eq!(decoded(b"a\xff\xfe\0"), None);
        assert_eq!(decoded(b"\xff\xfea\0\0\0"), None);
    }
}
