//! How a workbook looks: formats, widths and notes.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Note};

/// Characters of the narrowest and the widest column.
const WIDTHS: (usize, usize) = (9, 60);

/// Lines of the tallest row: what is longer is read in the cell itself.
const TALLEST: u32 = 24;

/// The formats of a workbook.
pub(super) struct Look {
    /// A cell: text, wrapped.
    pub(super) text: Format,
    /// A line of `case.toml`.
    pub(super) line: Format,
    /// Headers of columns that every row needs, of others, and of the case's own.
    pub(super) required: Format,
    pub(super) optional: Format,
    pub(super) own: Format,
    /// The title of the first sheet, and its text.
    pub(super) title: Format,
    pub(super) prose: Format,
}

impl Look {
    pub(super) fn new() -> Self {
        let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
        let head = |fill: u32, ink: u32| {
            Format::new()
                .set_num_format("@")
                .set_bold()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(fill))
                .set_font_color(Color::RGB(ink))
                .set_border_bottom(FormatBorder::Thin)
        };
        Look {
            line: text.clone().set_text_wrap().set_font_name("Courier New").set_font_size(10),
            text: text.set_text_wrap(),
            required: head(0x1f_4e79, 0xff_ffff),
            optional: head(0xdd_e3ea, 0x1b_1f24),
            own: head(0xe2_efda, 0x1b_1f24),
            title: Format::new().set_bold().set_font_size(14),
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// A title, shortened if it is very long.
pub(super) fn title(title: &str) -> String {
    let mut characters = title.chars();
    let short: String = characters.by_ref().take(200).collect();
    if characters.next().is_some() { format!("{short}…") } else { short }
}

/// The width of a column, in characters: as wide as its longest line, within bounds.
pub(super) fn width<'c>(name: &str, cells: impl Iterator<Item = &'c str>) -> u32 {
    let lines = cells.flat_map(str::lines).map(|line| line.chars().take(WIDTHS.1).count());
    // The header has room for its name and the button of the filter.
    let widest = lines.chain([name.chars().count() + 4]).max().unwrap_or_default() + 1;
    u32::try_from(widest.clamp(WIDTHS.0, WIDTHS.1)).unwrap_or_default()
}

/// The height of a row in points, so that texts that are wrapped in their columns can be read; none for a row of one line. Not all
/// programs find it by themselves.
pub(super) fn height<'c>(cells: impl Iterator<Item = (&'c str, u32)>) -> Option<f64> {
    let lines = |text: &str, width: u32| -> u32 {
        // A column holds somewhat more characters of running text than its width says, which is counted in digits.
        let columns = width.max(1) as usize * 11;
        let wrapped = text.lines().map(|line| (line.chars().take(10_000).count() * 10).div_ceil(columns).max(1));
        u32::try_from(wrapped.sum::<usize>()).unwrap_or(u32::MAX)
    };
    let most = cells.map(|(text, width)| lines(text, width)).max().unwrap_or_default().min(TALLEST);
    (most > 1).then(|| f64::from(most) * 15.0)
}

/// A text as the writer takes it: what looks like a rich text to it gets a blank at its end, which no reader of a case keeps.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with("<r>") && text.ends_with("</r>") { format!("{text} ").into() } else { text.into() }
}

/// A note at a header, as large as its text.
pub(super) fn note(text: &str) -> Note {
    let lines: usize = text.lines().map(|line| line.chars().count() / 46 + 1).sum();
    let height = u32::try_from(20 + 17 * lines).unwrap_or(400).min(560);
    Note::new(text).set_author("").add_author_prefix(false).set_width(320).set_height(height)
}
