//! Figures as pictures: how large on the page, and in how many pixels.

use rayon::prelude::*;

use super::DocxError;
use super::page::Page;
use crate::document::Document;
use crate::figure::{self, Figure};

/// Dots an inch at which a picture is drawn: sharp in print, and small enough to send.
const RESOLUTION: f64 = 200.0;

/// Twentieths of a point in an inch.
const TWIPS: f64 = 1440.0;

/// English metric units, in which Word measures pictures, in a twentieth of a point.
const EMU: f64 = 635.0;

/// A drawing of this width, in its own units, is as wide as the text.
const FULL_WIDTH: f64 = 1000.0;

/// The part of the text's height that a figure may take; its caption and description need the rest.
const HIGHEST: f64 = 0.8;

/// Width and height on the page, in English metric units.
pub(super) fn size(figure: &Figure) -> (u64, u64) {
    let width = width(figure);
    let whole = |twips: f64| (twips * EMU).round().max(1.0) as u64;
    (whole(width), whole(width * figure.height / figure.width))
}

/// Width on the page, in twentieths of a point: figures fit the upright page, and so any page of this document.
fn width(figure: &Figure) -> f64 {
    let (room, height) = (f64::from(Page::UPRIGHT.text_width()), f64::from(Page::UPRIGHT.text_height()));
    let by_width = room * (figure.width / FULL_WIDTH).min(1.0);
    let by_height = HIGHEST * height * figure.width / figure.height;
    by_width.min(by_height)
}

/// The figures of the document as PNG, in their order.
pub(super) fn pictures(document: &Document) -> Result<Vec<Vec<u8>>, DocxError> {
    let figures: Vec<&Figure> = document.figures().collect();
    let picture = |figure: &&Figure| {
        let scale = width(figure) / TWIPS * RESOLUTION / figure.width;
        figure::png(&figure.svg, scale as f32).map_err(|reason| DocxError::Figure { id: figure.id.clone(), reason })
    };
    figures.par_iter().map(picture).collect()
}
