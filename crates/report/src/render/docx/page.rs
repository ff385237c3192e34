//! The pages: A4, upright for text and across for wide tables.

use serde::Serialize;

/// A page, in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Page {
    /// Whether the long side lies below.
    pub(super) across: bool,
    pub(super) width: u32,
    pub(super) height: u32,
    /// From the upper edge to the text.
    top: u32,
    /// From the lower edge to the text.
    bottom: u32,
    /// From the left and from the right edge to the text.
    side: u32,
    /// From the edge to the header and to the footer.
    edge: u32,
}

/// A4.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;

impl Page {
    /// For text and figures: 178 mm of text across.
    pub(super) const UPRIGHT: Page =
        Page { across: false, width: SHORT, height: LONG, top: 1134, bottom: 1021, side: 907, edge: 510 };
    /// For wide tables: 265 mm of text across.
    pub(super) const ACROSS: Page = Page { across: true, width: LONG, height: SHORT, ..Page::UPRIGHT };

    /// The width that text may take.
    pub(super) const fn text_width(self) -> u32 {
        self.width - 2 * self.side
    }

    /// The height that text may take.
    pub(super) const fn text_height(self) -> u32 {
        self.height - self.top - self.bottom
    }
}
