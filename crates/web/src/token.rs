//! The key that lets a browser in: drawn once from the operating system, compared in constant time.

use std::fmt::Write as _;

use subtle::ConstantTimeEq as _;

/// A key of 128 random bits, as 32 hexadecimal digits.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// A new key.
    ///
    /// # Errors
    /// If the operating system gives no random numbers.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        let mut text = String::with_capacity(32);
        for byte in bytes {
            // Writing to a text does not fail.
            _ = write!(text, "{byte:02x}");
        }
        Ok(Token(text))
    }

    /// The key as text.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// Whether this is the key. How long it takes says nothing of where they differ.
    pub(crate) fn is(&self, other: &str) -> bool {
        self.0.as_bytes().ct_eq(other.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_random_and_compared_in_full() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(one.text().len(), 32);
        assert!(one.text().bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_ne!(one.text(), other.text());
        assert!(one.is(one.text()) && !one.is(other.text()) && !one.is("") && !one.is(&one.text()[..31]));
    }
}
