//! Enums that a policy file names by words.

/// A value that a policy file names by a word.
pub trait Word: Copy + PartialEq + 'static {
    /// Every value, in the order of lists.
    const EVERY: &'static [Self];

    /// The word.
    fn word(self) -> &'static str;

    /// The value of a word.
    #[must_use]
    fn named(word: &str) -> Option<Self> {
        Self::EVERY.iter().copied().find(|value| value.word() == word)
    }
}

/// An enum whose variants own the words by which files name them.
macro_rules! words {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// The words, in the order of the variants.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
            /// Every value.
            pub const ALL: [Self; Self::WORDS.len()] = [$(Self::$variant),+];

            /// The word used in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl $crate::policy::words::Word for $name {
            const EVERY: &'static [Self] = &Self::ALL;

            fn word(self) -> &'static str {
                self.name()
            }
        }
    };
}
pub(crate) use words;
