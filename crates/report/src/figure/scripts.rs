//! Fonts of scripts that the main font lacks, for names in pictures: loaded when a drawing needs them.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use ttf_parser::Face;

use super::text;

/// Noto Sans for scripts other than Latin, Greek and Cyrillic, regular weight, in the order of their names.
const SCRIPTS: [&[u8]; 12] = [
    include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansBengali-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansEthiopic-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansKhmer-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansMyanmar-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansSinhala-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansTamil-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansThai-Regular.ttf"),
];

static MAIN: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(with(&[])));
static ALL: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(with(&SCRIPTS)));
static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(text::REGULAR, 0).ok());

fn with(more: &[&[u8]]) -> Database {
    let mut fonts = Database::new();
    for font in [text::REGULAR, text::BOLD].iter().chain(more) {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("Noto Sans");
    fonts
}

/// The fonts that a drawing needs: the main one, and those of other scripts if the main one lacks a letter of it.
pub(super) fn fonts(svg: &str) -> Arc<Database> {
    let lacks = |letter: char| FACE.as_ref().is_some_and(|face| face.glyph_index(letter).is_none());
    let needs_more = svg.chars().any(|letter| !letter.is_ascii() && lacks(letter));
    if needs_more { ALL.clone() } else { MAIN.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::png;

    fn drawn(text: &str) -> Vec<u8> {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"30\"><text x=\"5\" y=\"20\" font-weight=\"bold\">{text}</text></svg>"
        );
        png(&svg, 1.0).unwrap()
    }

    #[test]
    fn names_in_many_scripts_have_letters_and_no_boxes() {
        // Two letters without a form would both be the same box.
        for (one, other) in [
            ("Київ", "Кизв"),
            ("Αθήνα", "Αθίνα"),
            ("القاهرة", "القاهدة"),
            ("Երևան", "Երբան"),
            ("ঢাকা", "ঢাগা"),
            ("दिल्ली", "दिग्गी"),
            ("አዲስ", "አዱስ"),
            ("თბილისი", "თბილიში"),
            ("ירושלים", "ירושלון"),
            ("ភ្នំពេញ", "ភ្នំពេក"),
            ("ရန်ကုန်", "ရန်ဂုန်"),
            ("කොළඹ", "කොගඹ"),
            ("சென்னை", "செகனை"),
            ("กรุงเทพ", "กรุงเคพ"),
        ] {
            assert!(drawn(one) != drawn(other), "{one}");
        }
    }
}
