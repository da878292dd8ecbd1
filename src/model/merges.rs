//! Finding the merged range over a cell, however many there are.

use super::place::CellRef;
use super::sheet::Merge;

/// An index over merged ranges that do not overlap: a tree over the rows at which ranges start or end; each range
/// hangs at the few nodes that together make up its rows, by its first column. Of ranges that overlap (which no
/// spreadsheet program writes) one is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeIndex {
    /// Rows at which anything changes, sorted; leaf `i` covers the rows from `rows[i]` to before `rows[i + 1]`.
    rows: Vec<u32>,
    /// A complete binary tree, root at 1; each node lists ranges by their first column.
    nodes: Vec<Vec<(u32, usize)>>,
}

impl MergeIndex {
    /// The index over ranges; what it finds are positions in this list.
    pub fn new(merges: &[Merge]) -> Self {
        if merges.is_empty() {
            return Self::default();
        }
        let mut rows: Vec<u32> =
            merges.iter().flat_map(|merge| [merge.start.row, merge.end.row.saturating_add(1)]).collect();
        rows.sort_unstable();
        rows.dedup();
        let leaves = rows.len().next_power_of_two();
        let mut index = Self { rows, nodes: vec![Vec::new(); leaves * 2] };
        for (position, merge) in merges.iter().enumerate() {
            index.insert(position, merge, leaves);
        }
        for node in &mut index.nodes {
            node.sort_unstable();
        }
        index
    }

    /// Hangs a range at the nodes that make up its rows, from both ends inwards.
    fn insert(&mut self, position: usize, merge: &Merge, leaves: usize) {
        let leaf = |row: u32| self.rows.partition_point(|start| *start < row) + leaves;
        let (mut low, mut high) = (leaf(merge.start.row), leaf(merge.end.row.saturating_add(1)));
        let mut hang = |node: usize| {
            if let Some(node) = self.nodes.get_mut(node) {
                node.push((merge.start.col, position));
            }
        };
        while low < high {
            if low % 2 == 1 {
                hang(low);
                low += 1;
            }
            if high % 2 == 1 {
                high -= 1;
                hang(high);
            }
            low /= 2;
            high /= 2;
        }
    }

    /// The position of the range over a cell.
    pub fn find(&self, merges: &[Merge], at: CellRef) -> Option<usize> {
        let leaf = self.rows.partition_point(|start| *start <= at.row).checked_sub(1)?;
        let mut node = leaf + self.nodes.len() / 2;
        while node > 0 {
            let here = self.nodes.get(node)?;
            let before = here.partition_point(|(col, _)| *col <= at.col);
            let position =
                before.checked_sub(1).and_then(|last| here.get(last)).map(|(_, position)| *position);
            if position.and_then(|p| merges.get(p)).is_some_and(|merge| merge.contains(at)) {
                return position;
            }
            node /= 2;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(top: u32, left: u32, bottom: u32, right: u32) -> Merge {
        Merge { start: CellRef::new(top, left), end: CellRef::new(bottom, right) }
    }

    #[test]
    fn finds_what_a_scan_finds() {
        // Wide, tall, large and single-row ranges side by side.
        let mut merges = vec![merge(0, 0, 0, 20), merge(1, 0, 30, 0), merge(1, 1, 10, 5), merge(5, 7, 6, 8)];
        merges.extend((1..20).map(|row| merge(row, 10, row, 11)));
        merges.extend((0..10).map(|col| merge(40, col * 3, 60, col * 3 + 1)));
        merges.sort_unstable();
        let index = MergeIndex::new(&merges);
        for row in 0..65 {
            for col in 0..35 {
                let at = CellRef::new(row, col);
                let scanned = merges.iter().position(|merge| merge.contains(at));
                assert_eq!(index.find(&merges, at), scanned, "{at}");
            }
        }
        assert_eq!(MergeIndex::new(&[]).find(&[], CellRef::new(0, 0)), None);
    }
}
