//! Languages that the letters of a text leave no doubt about.

/// A language, letters of which at least one has to stand in a word, and all letters of its alphabet outside ASCII.
struct Letters {
    language: &'static str,
    telling: &'static str,
    alphabet: &'static str,
}

const LANGUAGES: [Letters; 6] = [
    Letters {
        language: "uk", telling: "їєґ", alphabet: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
    },
    Letters {
        language: "ru", telling: "ыэё", alphabet: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    },
    Letters { language: "pl", telling: "łęśźż", alphabet: "ąćęłńóśźż" },
    Letters { language: "tr", telling: "ğı", alphabet: "çğıöşüâîû" },
    Letters {
        language: "ar", telling: "ةيكى", alphabet: "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
    },
    Letters {
        language: "he", telling: "אבגדהוזחטיכלמנסעפצקרשת", alphabet: "אבגדהוזחטיכלמנסעפצקרשתםןףץך"
    },
];

/// The fewest words that make a language evident: one may be a name.
const FEWEST: usize = 3;

/// The languages of a case with such texts: English, and those that are evident.
pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Vec<String> {
    std::iter::once("en").chain(evident(texts)).map(str::to_owned).collect()
}

/// The languages that are evident in some texts, in a fixed order.
fn evident<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Vec<&'static str> {
    let is_evident = |letters: &&Letters| {
        let words = texts.clone().flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
        let own = |word: &&str| {
            let word = word.to_lowercase();
            word.chars().any(|c| letters.telling.contains(c))
                && word.chars().all(|c| c.is_ascii() || letters.alphabet.contains(c))
        };
        words.filter(|word| !word.is_ascii()).filter(own).take(FEWEST).count() == FEWEST
    };
    LANGUAGES.iter().filter(is_evident).map(|letters| letters.language).collect()
}

#[cfg(test)]
mod tests {
    use super::evident;

    #[test]
    fn a_language_is_evident_by_letters_that_only_it_has() {
        assert_eq!(evident(["Її кордони є її кордонами"].into_iter()), ["uk"]);
        assert_eq!(evident(["Мы это объявили, вы — нет"].into_iter()), ["ru"]);
        assert_eq!(evident(["Dışişleri Bakanlığı açıkladı"].into_iter()), ["tr"]);
        assert_eq!(evident(["Wałęsa powiedział, że są gotowi; żądał"].into_iter()), ["pl"]);
        assert_eq!(evident(["روسيا ليست جزيرة في الحرب"].into_iter()), ["ar"]);
    }

    #[test]
    fn a_name_or_letters_that_several_languages_have_are_not_enough() {
        assert!(evident(["Lech Wałęsa spoke", "Україна", "да", "Köln, Côte d’Ivoire"].into_iter()).is_empty());
        assert!(evident(["Беларусь, Қазақстан ықпалы ұлы", "ўсё ёсць ён"].into_iter()).is_empty());
    }
}
