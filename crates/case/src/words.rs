//! Columns whose cells are words from a short list.

/// Declares an enum whose variants are written as words in a file.
macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $word:literal $about:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
        pub enum $name { $(#[doc = $about] #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// The words and what they stand for.
            pub const WORDS: [(&'static str, $name); [$($word),*].len()] = [$(($word, $name::$variant)),*];

            /// The word in the file.
            #[must_use]
            pub fn word(self) -> &'static str { match self { $($name::$variant => $word,)* } }

            /// What the word stands for, in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str { match self { $($name::$variant => $about,)* } }
        }
    };
}
pub(crate) use word_enum;
