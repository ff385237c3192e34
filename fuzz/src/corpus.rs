//! The committed inputs of a target, and mutations of them that are the same on every machine.

use std::fs;
use std::path::Path;

/// The inputs of a target, by name.
pub fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut inputs: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap()))
        .collect();
    inputs.sort();
    inputs
}

/// Numbers that are the same on every machine (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    /// One of the numbers below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

/// Pieces at which readers of text tend to stumble.
const PIECES: [&[u8]; 24] = [
    b"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r\n",
    b"=",
    b"-",
    b"(",
    b")",
    b"{",
    b"}",
    b"[",
    b"\\",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    "İ".as_bytes(),
    "\u{301}".as_bytes(),
    b"9999",
    b"NaN",
    b"'=",
    b"\"\"",
];

/// An input, changed in some places, with parts of another.
pub fn mutate(input: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let to = at + numbers.below(bytes.len() - at + 1).min(40);
        match numbers.below(5) {
            0 => drop(bytes.splice(at..at, PIECES[numbers.below(PIECES.len())].iter().copied())),
            1 => drop(bytes.splice(at..to, PIECES[numbers.below(PIECES.len())].iter().copied())),
            2 => drop(bytes.drain(at..to)),
            3 => {
                let copy = bytes[at..to].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => {
                let from = numbers.below(other.len() + 1);
                let part = &other[from..other.len().min(from + 60)];
                bytes.splice(at..to, part.iter().copied());
            }
        }
    }
    bytes
}
