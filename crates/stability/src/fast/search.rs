//! The least value that opponents can bring about from each vector of a block.

use super::topology::Shape;

/// What has no value yet.
const NONE: u32 = u32::MAX;

/// Space for searches, used again and again.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// For each opponent of the shape its vectors as rank and place, cell by cell, sorted within each.
    keys: Vec<u64>,
    /// For each opponent the rank that it gives to each vector.
    pub ranks: Vec<u32>,
    /// For each cell of each opponent how far its pointer is.
    next: Vec<u32>,
    /// For each cell up to which rank it has been passed, where moves are directed.
    passed: Vec<u32>,
    stack: Vec<u32>,
    cells: Vec<u32>,
    rest: Vec<u32>,
    order: Vec<u64>,
    /// The result of the last search.
    pub least: Vec<u32>,
}

/// Which moves are searched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Improving,
}

impl Search {
    /// Takes the opponents' ranks of a block.
    pub(super) fn load<'a>(&mut self, shape: &Shape, states: &[u32], ranks: impl Fn(usize) -> &'a [u32]) {
        self.ranks.clear();
        for opponent in &shape.opponents {
            let ranks = ranks(opponent.mover);
            self.ranks.extend(states.iter().map(|state| ranks[*state as usize]));
        }
    }

    /// Sorts the vectors of each cell by the ranks of a block.
    pub(super) fn sort(&mut self, shape: &Shape) {
        self.keys.clear();
        for opponent in &shape.opponents {
            let begin = self.keys.len();
            let local = &self.ranks[begin..];
            self.keys.extend(
                opponent.members.iter().map(|member| u64::from(local[*member as usize]) << 32 | u64::from(*member)),
            );
            let keys = &mut self.keys[begin..];
            for cell in opponent.start.windows(2).filter(|cell| cell[1] - cell[0] > 1) {
                keys[cell[0] as usize..cell[1] as usize].sort_unstable();
            }
        }
    }

    /// For each vector the least of `values` over itself and what the opponents can move to, left in `least`.
    ///
    /// From the vectors of least value on, searches backwards and gives each vector found the value it was found from. As long as that
    /// leaves at most half of the vectors each time, the next least is looked for among them; then they are sorted.
    pub(super) fn least(&mut self, shape: &Shape, values: &[u32], kind: Kind) {
        let count = values.len();
        self.least.clear();
        self.least.resize(count, NONE);
        self.next.clear();
        for opponent in &shape.opponents {
            self.next.extend_from_slice(&opponent.start[..opponent.cells.count]);
        }
        self.passed.clear();
        if shape.directed {
            self.passed.resize(self.next.len(), 0);
        }
        self.rest.clear();
        self.rest.extend(0..count as u32);
        loop {
            let before = self.rest.len();
            let Some(least) = self.rest.iter().copied().min_by_key(|vector| values[*vector as usize]) else { return };
            self.backwards(shape, least, values[least as usize], kind);
            let marks = &self.least;
            self.rest.retain(|vector| marks[*vector as usize] == NONE);
            if self.rest.len() > before / 2 {
                break;
            }
        }
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        order.extend(self.rest.iter().map(|vector| u64::from(values[*vector as usize]) << 32 | u64::from(*vector)));
        order.sort_unstable();
        for key in &order {
            let vector = *key as u32;
            if self.least[vector as usize] == NONE {
                self.backwards(shape, vector, values[vector as usize], kind);
            }
        }
        self.order = order;
    }

    /// Gives `value` to all vectors without one from which `from` can be reached.
    fn backwards(&mut self, shape: &Shape, from: u32, value: u32, kind: Kind) {
        self.least[from as usize] = value;
        self.stack.push(from);
        let count = self.least.len();
        while let Some(vector) = self.stack.pop() {
            let (mut ranks, mut cells) = (0, 0);
            for opponent in &shape.opponents {
                let cell = opponent.cells.of[vector as usize];
                let below = match kind {
                    Kind::Any => u32::MAX,
                    Kind::Improving => self.ranks[ranks + vector as usize],
                };
                let keys = &self.keys[ranks..ranks + count];
                let next = &mut self.next[cells..cells + opponent.cells.count];
                let (least, stack) = (&mut self.least, &mut self.stack);
                let mut pass = |cell: u32| {
                    let (mut place, end) = (next[cell as usize] as usize, opponent.start[cell as usize + 1] as usize);
                    while place < end && keys[place] >> 32 < u64::from(below) {
                        let found = keys[place] as u32;
                        place += 1;
                        if least[found as usize] == NONE {
                            least[found as usize] = value;
                            stack.push(found);
                        }
                    }
                    next[cell as usize] = place as u32;
                };
                if opponent.cells.covers.is_none() {
                    pass(cell);
                } else {
                    // What has been passed up to a rank has been so in every cell below, too.
                    let passed = &mut self.passed[cells..cells + opponent.cells.count];
                    let mut visit = |cell: u32, open: &mut Vec<u32>| {
                        if passed[cell as usize] < below {
                            passed[cell as usize] = below;
                            open.push(cell);
                        }
                    };
                    visit(cell, &mut self.cells);
                    while let Some(cell) = self.cells.pop() {
                        pass(cell);
                        opponent.cells.covers.below(cell, |below| visit(below, &mut self.cells));
                    }
                }
                ranks += count;
                cells += opponent.cells.count;
            }
        }
    }
}
