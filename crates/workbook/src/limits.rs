//! How much is read of a workbook. What lies beyond is refused, not cut off.

/// Bytes of all parts together when they are unpacked.
pub(crate) const UNPACKED: u64 = 512 << 20;
/// How many times larger a part may be than it is packed, once it is larger than [`RATIO_FROM`]. Sheets of nothing but equal cells
/// come to about 20.
pub(crate) const RATIO: u64 = 200;
/// Parts below this size (bytes) may be packed by any ratio.
pub(crate) const RATIO_FROM: u64 = 16 << 20;
/// Parts of a package.
pub(crate) const PARTS: usize = 20_000;
/// Sheets of a workbook.
pub(crate) const SHEETS: usize = 1_000;
/// Elements that stand within each other.
pub(crate) const DEPTH: usize = 64;
/// Bytes of one tag or one text.
pub(crate) const PIECE: usize = 8 << 20;
/// Cells up to the last filled one of their row, of all sheets together; text repeated by merged cells included.
pub(crate) const CELLS: usize = 16_000_000;
/// Bytes of the text of all cells together, and of all shared texts together.
pub(crate) const TEXT: usize = 256 << 20;
/// Shared texts.
pub(crate) const STRINGS: usize = 8_000_000;
/// Formats of cells: Excel knows 65,490.
pub(crate) const FORMATS: usize = 65_536;
/// Relations of a part to others, links and merged areas of a sheet, each.
pub(crate) const RELATIONS: usize = 1_000_000;
/// Rows of a sheet.
pub(crate) const ROWS: u32 = 1_048_576;
/// Columns of a sheet.
pub(crate) const COLUMNS: u32 = 16_384;
/// UTF-16 units of a cell.
pub(crate) const CELL: usize = 32_767;
