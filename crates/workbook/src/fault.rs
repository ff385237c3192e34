//! Why a workbook is not read.

use detente_case::{Code, Diagnostic};

/// A reason not to go on, before it is known of which file.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    code: Code,
    message: String,
}

impl Fault {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Fault { code, message: message.into() }
    }

    /// The bytes are not what their place promises.
    pub(crate) fn damaged(message: impl Into<String>) -> Self {
        Self::new(Code::DamagedWorkbook, message)
    }

    /// No spreadsheet program writes this.
    pub(crate) fn hostile(message: impl Into<String>) -> Self {
        Self::new(Code::UnsafeWorkbook, message)
    }

    /// More than is read.
    pub(crate) fn large(message: impl Into<String>) -> Self {
        Self::new(Code::TooLarge, message)
    }

    /// The finding, with what to do.
    pub(crate) fn about(self, file: &str) -> Diagnostic {
        let hint = match self.code {
            Code::LockedWorkbook => "open it in the program that made it and save it without a password",
            Code::TooLarge => "split the workbook, or save the sheets that are needed as CSV (UTF-8)",
            _ => "open it in Excel or LibreOffice and save it again as .xlsx",
        };
        Diagnostic::new(self.code, file, self.message).hint(hint)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}
