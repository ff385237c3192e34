//! How much of a file is read: far beyond any domain that people or competitions use.

/// Bytes of a file.
pub const BYTES: usize = 16 << 20;
/// Elements within each other.
pub const DEPTH: usize = 32;
/// Elements of a file.
pub const ELEMENTS: usize = 400_000;
/// Attributes of an element.
pub const ATTRIBUTES: usize = 64;
/// Issues of a domain.
pub const ISSUES: usize = 1000;
/// Options of an issue.
pub const OPTIONS: usize = 20_000;
/// Options of all issues together.
pub const ALL_OPTIONS: usize = 100_000;
/// Parties.
pub const PARTIES: usize = 12;
/// Terms of a party that speak of several issues.
pub const TERMS: usize = 10_000;
/// Characters of a number.
pub const DIGITS: usize = 80;
/// Characters of a name.
pub const NAME: usize = 1000;
/// Binary digits of the number that makes all of a party's numbers whole.
pub const COMMON_BITS: u64 = 40_000;
