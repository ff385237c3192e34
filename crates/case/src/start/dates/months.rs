//! Names of months, in the nominative, in the genitive where dates use it, and as they are shortened.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names of the months from January on, as [`super::key`] writes them, a text for each language: small letters, and no accents on
/// words of more than three letters.
pub(super) const MONTHS: [&[&str]; 12] = [
    &[
        "january, jan",               // en
        "січень, січня, січ",         // uk
        "январь, января, янв",        // ru
        "janvier, janv",              // fr
        "januar, janner",             // de
        "enero, ene",                 // es
        "ocak, oca",                  // tr
        "يناير, كانون الثاني, جانفي", // ar
        "styczen, stycznia, sty",     // pl
    ],
    &[
        "february, feb",               // en
        "лютий, лютого, лют",          // uk
        "февраль, февраля, фев, февр", // ru
        "fevrier, fevr, fev, fév",     // fr
        "februar, feber",              // de
        "febrero",                     // es
        "subat, şub",                  // tr
        "فبراير, شباط, فيفري",         // ar
        "luty, lutego, lut",           // pl
    ],
    &[
        "march, mar",             // en
        "березень, березня, бер", // uk
        "март, марта, мар",       // ru
        "mars",                   // fr
        "marz, maerz, mär, mrz",  // de
        "marzo",                  // es
        "mart",                   // tr
        "مارس, آذار, اذار",       // ar
        "marzec, marca",          // pl
    ],
    &[
        "april, apr",                        // en, de
        "квітень, квітня, квіт, кві",        // uk
        "апрель, апреля, апр",               // ru
        "avril, avr",                        // fr
        "abril, abr",                        // es
        "nisan, nis",                        // tr
        "أبريل, ابريل, إبريل, نيسان, أفريل", // ar
        "kwiecien, kwietnia, kwi",           // pl
    ],
    &[
        "may",                        // en
        "травень, травня, трав, тра", // uk
        "май, мая",                   // ru
        "mai",                        // fr, de
        "mayo",                       // es
        "mayis",                      // tr
        "مايو, أيار, ايار",           // ar
        "maj, maja",                  // pl
    ],
    &[
        "june, jun",                  // en
        "червень, червня, черв, чер", // uk
        "июнь, июня, июн",            // ru
        "juin",                       // fr
        "juni",                       // de
        "junio",                      // es
        "haziran, haz",               // tr
        "يونيو, حزيران, جوان",        // ar
        "czerwiec, czerwca, cze",     // pl
    ],
    &[
        "july, jul",           // en
        "липень, липня, лип",  // uk
        "июль, июля, июл",     // ru
        "juillet, juil",       // fr
        "juli",                // de
        "julio",               // es
        "temmuz, tem",         // tr
        "يوليو, تموز, جويلية", // ar
        "lipiec, lipca, lip",  // pl
    ],
    &[
        "august, aug",                // en, de
        "серпень, серпня, серп, сер", // uk
        "август, августа, авг",       // ru
        "aout",                       // fr
        "agosto, ago",                // es
        "agustos, ağu",               // tr
        "أغسطس, اغسطس, آب, أوت",      // ar
        "sierpien, sierpnia, sie",    // pl
    ],
    &[
        "september, sep, sept",          // en, de, fr
        "вересень, вересня, вер",        // uk
        "сентябрь, сентября, сен, сент", // ru
        "septembre",                     // fr
        "septiembre, setiembre",         // es
        "eylul, eyl",                    // tr
        "سبتمبر, أيلول, ايلول",          // ar
        "wrzesien, wrzesnia, wrz",       // pl
    ],
    &[
        "october, oct",                           // en
        "жовтень, жовтня, жовт, жов",             // uk
        "октябрь, октября, окт",                  // ru
        "octobre",                                // fr
        "oktober, okt",                           // de
        "octubre",                                // es
        "ekim, eki",                              // tr
        "أكتوبر, اكتوبر, تشرين الأول, تشرين الاول", // ar
        "pazdziernik, pazdziernika, paz, paź",    // pl
    ],
    &[
        "november, nov",                  // en, de, fr, es
        "листопад, листопада, лист, лис", // uk
        "ноябрь, ноября, ноя, нояб",      // ru
        "novembre",                       // fr
        "noviembre",                      // es
        "kasim, kas",                     // tr
        "نوفمبر, تشرين الثاني",           // ar
        "listopad, listopada, lis",       // pl
    ],
    &[
        "december, dec",                  // en
        "грудень, грудня, груд, гру",     // uk
        "декабрь, декабря, дек",          // ru
        "decembre, déc",                  // fr
        "dezember, dez",                  // de
        "diciembre, dic",                 // es
        "aralik, ara",                    // tr
        "ديسمبر, كانون الأول, كانون الاول", // ar
        "grudzien, grudnia, gru",         // pl
    ],
];

/// Words that stand in dates and carry nothing: articles, "year", the endings of ordinal numbers.
pub(super) const FILLERS: &[&str] = &[
    "st, nd, rd, th, of, the, on", // en
    "р, року, рік",                // uk
    "г, год, года",                // ru
    "er, le",                      // fr
    "den, am",                     // de
    "de, del, año",                // es
    "r, roku, rok, dnia",          // pl
    "yili",                        // tr
    "عام, سنة",                    // ar
];

/// Words between the first and the last day of a range.
pub(super) const UNTIL: &[&str] = &["to, until, до, по, au, bis, al, hasta, إلى, الى, do, 至"];

/// What a word in a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, from 1.
    Month(i8),
    /// That a range goes on.
    Until,
    /// Nothing.
    Filler,
}

/// What a word says, if dates have it.
pub(super) fn word(word: &str) -> Option<Word> {
    static WORDS: LazyLock<BTreeMap<&str, Word>> = LazyLock::new(|| {
        let split = |lists: &[&'static str], meaning: Word| {
            let words = lists.iter().flat_map(|list| list.split(", "));
            words.map(|word| (word, meaning)).collect::<Vec<_>>()
        };
        let months = MONTHS.iter().zip(1..).flat_map(|(names, month)| split(names, Word::Month(month)));
        months.chain(split(UNTIL, Word::Until)).chain(split(FILLERS, Word::Filler)).collect()
    });
    WORDS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::super::super::field::key;
    use super::{FILLERS, MONTHS, UNTIL};
    use std::collections::BTreeSet;

    #[test]
    fn words_are_written_as_they_are_looked_up_and_mean_one_thing() {
        let lists = MONTHS.concat().into_iter().chain(FILLERS.iter().copied()).chain(UNTIL.iter().copied());
        let words: Vec<&str> = lists.flat_map(|list| list.split(", ")).collect();
        for word in &words {
            assert_eq!(key(word), *word);
        }
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
    }
}
