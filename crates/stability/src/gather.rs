//! Bits of a word moved to other places.

/// Moves chosen bits of a word to other places, byte by byte through tables.
pub(crate) struct Gather {
    tables: Vec<[u64; 256]>,
}

impl Gather {
    /// Bit `places[k]` of the code becomes bit `k`.
    pub(crate) fn new(places: impl IntoIterator<Item = u32>) -> Gather {
        Gather::to(&places.into_iter().zip(0..).collect::<Vec<_>>())
    }

    /// For each pair the first bit of the code becomes the second.
    pub(crate) fn to(places: &[(u32, u32)]) -> Gather {
        let bytes = places.iter().map(|(place, _)| place / 8 + 1).max().unwrap_or(0);
        let table = |byte: u32| {
            std::array::from_fn(|value| {
                let bits = places.iter().filter(|(place, _)| place / 8 == byte);
                bits.fold(0, |all, (place, target)| all | (value as u64 >> (place % 8) & 1) << target)
            })
        };
        Gather { tables: (0..bytes).map(table).collect() }
    }

    #[inline]
    pub(crate) fn of(&self, code: u64) -> u64 {
        self.tables.iter().zip(0..).fold(0, |all, (table, byte)| all | table[(code >> (8 * byte)) as usize & 255])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_gathered() {
        let gather = Gather::new([3, 0, 9]);
        assert_eq!(gather.of(0b1000), 1);
        assert_eq!(gather.of(0b10_0000_0001), 0b110);
    }
}
