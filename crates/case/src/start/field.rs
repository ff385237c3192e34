//! The five fields of a statement, and the words that head their columns.

use unicode_normalization::char::is_combining_mark;

use crate::names::{normalise, without_accents};

/// What a column of a spreadsheet may hold of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Who says it.
    Actor,
    /// What it is about.
    Issue,
    /// When it was said.
    Date,
    /// What was said.
    Words,
    /// Where it can be read.
    Link,
}

impl Field {
    /// All fields, in the order in which they are asked for.
    pub const ALL: [Field; 5] = [Field::Actor, Field::Issue, Field::Date, Field::Words, Field::Link];

    /// The word by which the command line names it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Field::Actor => "actor",
            Field::Issue => "issue",
            Field::Date => "date",
            Field::Words => "words",
            Field::Link => "link",
        }
    }

    /// The field of a word, in any case of letters.
    #[must_use]
    pub fn parse(word: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.word().eq_ignore_ascii_case(word.trim()))
    }

    /// Whether a statement needs it.
    #[must_use]
    pub fn is_needed(self) -> bool {
        matches!(self, Field::Actor | Field::Date | Field::Words)
    }

    /// Words that name it, as [`key`] writes them, a text for each language: those that hardly mean anything else, then those
    /// that may.
    const fn headings(self) -> [&'static [&'static str]; 2] {
        match self {
            Field::Actor => [
                &[
                    "actor, party, side, speaker, participant, stakeholder, delegation", // en
                    "сторона, учасник, актор, спікер, делегація",                        // uk
                    "участник, актор, спикер, делегация",                                // ru
                    "acteur, partie, intervenant",                                       // fr
                    "akteur, partei, konfliktpartei, seite, sprecher",                   // de
                    "actor, parte, delegacion",                                          // es
                    "aktor, taraf",                                                      // tr, pl
                    "الطرف, طرف, الجهة, المتحدث",                                        // ar
                    "当事方, 當事方, 各方, 行为体, 行為體",                              // zh
                ],
                &[
                    "who, country, state, name",  // en
                    "хто, країна, держава",       // uk
                    "кто, страна, государство",   // ru
                    "qui, pays, etat, camp",      // fr
                    "wer, land, staat",           // de
                    "quien, pais",                // es
                    "kim, ulke, devlet",          // tr
                    "الدولة, البلد",              // ar
                    "strona, kto, kraj, panstwo", // pl
                    "国家, 國家",                 // zh
                ],
            ],
            Field::Issue => [
                &[
                    "issue, topic, theme, subject",       // en
                    "питання, тема",                      // uk
                    "вопрос",                             // ru
                    "sujet, theme, enjeu",                // fr
                    "thema, streitfrage, streitpunkt",    // de
                    "tema, asunto, cuestion",             // es
                    "konu, mesele",                       // tr
                    "الموضوع, موضوع, القضية, المسألة",    // ar
                    "temat, kwestia, zagadnienie",        // pl
                    "议题, 議題, 主题, 主題, 话题, 話題", // zh
                ],
                &[
                    "question, matter, problem", // en
                    "проблема, предмет",         // uk, ru
                    "objet, dossier",            // fr
                    "frage, gegenstand",         // de
                    "materia",                   // es
                    "sorun, baslik",             // tr
                    "sprawa",                    // pl
                    "问题, 問題",                // zh
                ],
            ],
            Field::Date => [
                &[
                    "date",           // en, fr
                    "дата",           // uk, ru
                    "datum",          // de
                    "fecha",          // es
                    "tarih",          // tr
                    "التاريخ, تاريخ", // ar
                    "data",           // pl
                    "日期",           // zh
                ],
                &[
                    "day, when, time, valid from", // en
                    "день, коли",                  // uk
                    "когда, число",                // ru
                    "jour, quand",                 // fr
                    "tag, wann, zeitpunkt",        // de
                    "día, dia, cuando",            // es
                    "gün, gun, ne zaman",          // tr
                    "اليوم, متى",                  // ar
                    "dzien, kiedy",                // pl
                    "时间, 時間",                  // zh
                ],
            ],
            Field::Words => [
                &[
                    "words, statement, quote, quotation, what was said", // en
                    "слова, заява, цитата, висловлювання, що сказано",   // uk
                    "заявление, высказывание, что сказано",              // ru
                    "paroles, declaration, citation, propos",            // fr
                    "worte, wortlaut, aussage, zitat, ausserung",        // de
                    "palabras, declaracion, cita",                       // es
                    "sozler, ifade, aciklama, beyan",                    // tr
                    "الكلمات, التصريح, تصريح, البيان, الاقتباس",          // ar
                    "slowa, wypowiedz, oswiadczenie, cytat",             // pl
                    "声明, 聲明, 言论, 言論, 发言, 發言, 原文, 引文",    // zh
                ],
                &[
                    "text, position, what, content, remark, remarks", // en
                    "текст, позиція, зміст, що",                      // uk
                    "позиция, содержание, что",                       // ru
                    "texte, contenu",                                 // fr
                    "erklarung, stellungnahme, inhalt",               // de
                    "texto, posicion, postura, contenido",            // es
                    "metin, tutum, icerik",                           // tr
                    "النص, نص, القول, الموقف",                        // ar
                    "tekst, stanowisko, tresc",                       // pl
                    "立场, 立場, 内容, 內容, 文本",                   // zh
                ],
            ],
            Field::Link => [
                &[
                    "link, url, hyperlink, web address", // en
                    "посилання, лінк",                   // uk
                    "ссылка, линк",                      // ru
                    "lien",                              // fr
                    "enlace",                            // es
                    "baglanti",                          // tr
                    "الرابط, رابط",                      // ar
                    "odnosnik",                          // pl
                    "链接, 鏈接, 連結, 网址, 網址",      // zh
                ],
                &[
                    "source, address, website, reference", // en
                    "джерело, адреса",                     // uk
                    "источник, адрес",                     // ru
                    "adresse",                             // fr, de
                    "quelle",                              // de
                    "fuente, direccion",                   // es
                    "kaynak, adres",                       // tr, pl
                    "المصدر, مصدر",                        // ar
                    "zrodlo",                              // pl
                    "来源, 來源, 出处, 出處",              // zh
                ],
            ],
        }
    }
}

/// How well the name of a column says that it holds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// A part of the name is a word that may mean the field.
    PartMay,
    /// A part of the name is a word for the field.
    Part,
    /// The whole name is a word that may mean the field.
    May,
    /// The whole name is a word for the field.
    Whole,
}

impl Fit {
    pub(super) const BEST_FIRST: [Fit; 4] = [Fit::Whole, Fit::May, Fit::Part, Fit::PartMay];

    /// Whether the whole name is a word for the field.
    pub(super) fn is_whole(self) -> bool {
        self >= Fit::May
    }
}

/// How well a name says that its column holds a field, if it says so at all.
pub(super) fn fit(name: &str, field: Field) -> Option<Fit> {
    let name = key(name);
    let [sure, possible] = field.headings().map(words);
    let padded = format!(" {name} ");
    let part = |word: &&str| {
        // Chinese puts no spaces between words.
        let has_spaces = word.chars().all(|c| u32::from(c) < 0x2e80);
        if has_spaces { padded.contains(&format!(" {word} ")) } else { name.contains(*word) }
    };
    if sure.contains(&name.as_str()) {
        Some(Fit::Whole)
    } else if possible.contains(&name.as_str()) {
        Some(Fit::May)
    } else if sure.iter().any(part) {
        Some(Fit::Part)
    } else if possible.iter().any(part) {
        Some(Fit::PartMay)
    } else {
        None
    }
}

/// The words of a list in several languages.
fn words(languages: &[&'static str]) -> Vec<&'static str> {
    languages.iter().flat_map(|words| words.split(", ")).collect()
}

/// A name or word in the form in which they are compared: words of letters and digits, small, with a space between, and
/// without accents on words of more than three letters.
pub(super) fn key(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if c.is_alphanumeric() || is_combining_mark(c) || c == '\'' { c } else { ' ' }).collect();
    without_accents(&normalise(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_written_as_they_are_compared() {
        for field in Field::ALL {
            for word in field.headings().map(words).concat() {
                assert_eq!(key(word), word);
            }
        }
    }

    #[test]
    fn a_word_for_one_field_is_a_word_for_no_other() {
        let all: Vec<(&str, Field)> = Field::ALL
            .into_iter()
            .flat_map(|field| field.headings().map(words).concat().into_iter().map(move |word| (word, field)))
            .collect();
        for (word, field) in &all {
            assert!(all.iter().all(|(other, its)| other != word || its == field), "{word}");
        }
    }

    #[test]
    fn names_of_columns_are_known_however_they_are_written() {
        for (name, field, expected) in [
            ("Дата:", Field::Date, Some(Fit::Whole)),
            ("FECHA", Field::Date, Some(Fit::Whole)),
            ("valid_from", Field::Date, Some(Fit::May)),
            ("Ülke", Field::Actor, Some(Fit::May)),
            ("Дата заяви", Field::Date, Some(Fit::Part)),
            ("Link to the source", Field::Link, Some(Fit::Part)),
            ("发言日期", Field::Date, Some(Fit::Part)),
            ("Update", Field::Date, None),
            ("", Field::Date, None),
        ] {
            assert_eq!(fit(name, field), expected, "{name}");
        }
    }
}
