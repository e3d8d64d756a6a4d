//! No file, however garbled, makes the reader panic, and every refusal says why.

use proptest::prelude::*;

use crate::fixture::Folder;
use yangjae::commands::new::FILES;

/// One change of a file's bytes.
#[derive(Clone, Debug)]
enum Mutation {
    Replace(prop::sample::Index, u8),
    Insert(prop::sample::Index, String),
    Cut(prop::sample::Index, usize),
    Swap(prop::sample::Index, prop::sample::Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let tokens = prop::sample::select(vec![
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "\"\"\"",
        "=",
        ",",
        ".",
        "#",
        "\n",
        "\r",
        "\0",
        "\u{feff}",
        "-",
        "+",
        "_",
        "e999",
        "nan",
        "inf",
        "0x",
        "1979-05-27T07:32:00Z",
        "[[",
        "]]",
        "가",
        "\\u",
        "99999999999999999999999999",
        "1e400",
        "%",
        "“",
        "[levers.hub]",
        "extends = \"hub\"\n",
    ]);
    prop_oneof![
        (any::<prop::sample::Index>(), any::<u8>())
            .prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        (any::<prop::sample::Index>(), tokens)
            .prop_map(|(at, token)| Mutation::Insert(at, token.to_owned())),
        (any::<prop::sample::Index>(), 1_usize..40)
            .prop_map(|(at, length)| Mutation::Cut(at, length)),
        (any::<prop::sample::Index>(), any::<prop::sample::Index>())
            .prop_map(|(a, b)| Mutation::Swap(a, b)),
    ]
}

fn apply(bytes: &mut Vec<u8>, mutation: &Mutation) {
    if bytes.is_empty() {
        return;
    }
    match mutation {
        Mutation::Replace(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Mutation::Insert(at, token) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, token.bytes());
        }
        Mutation::Cut(at, length) => {
            let at = at.index(bytes.len());
            bytes.drain(at..(at + length).min(bytes.len()));
        }
        Mutation::Swap(a, b) => {
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            bytes.swap(a, b);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_garbled_file_never_makes_the_reader_panic(
        file in 0..FILES.len(),
        mutations in prop::collection::vec(mutation(), 1..6),
    ) {
        let (path, text) = FILES[file];
        let mut bytes = text.as_bytes().to_vec();
        for mutation in &mutations {
            apply(&mut bytes, mutation);
        }
        let folder = Folder::new();
        folder.write(path, bytes);
        if let Err(error) = folder.load() {
            prop_assert!(!error.problems.is_empty());
            prop_assert!(!error.render(true).is_empty());
        }
    }
}
