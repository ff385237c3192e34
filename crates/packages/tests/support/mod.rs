//! What tests of packages share: problems drawn at random, and the plain answer by listing every package.

pub mod drawn;
pub mod oracle;
