//! Which marked contents belong to which structure element.

use crate::pdf::display::NodeId;

/// The marked contents of each element, in the order of the pages.
pub(super) struct Marks {
    /// Where the places of each node start; one more than nodes.
    starts: Vec<usize>,
    /// Page and number of each marked content.
    places: Vec<(usize, usize)>,
}

impl Marks {
    /// From the node of each page's marked contents.
    pub fn new(nodes: usize, of_page: &[Vec<NodeId>]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for node in of_page.iter().flatten() {
            if let Some(count) = starts.get_mut(node.0 + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![(0, 0); sum];
        for (page, owners) in of_page.iter().enumerate() {
            for (mark, node) in owners.iter().enumerate() {
                let Some(at) = next.get_mut(node.0) else { continue };
                if let Some(place) = places.get_mut(*at) {
                    *place = (page, mark);
                }
                *at += 1;
            }
        }
        Self { starts, places }
    }

    /// Page and number of each marked content of a node.
    pub fn of(&self, node: usize) -> &[(usize, usize)] {
        let (Some(start), Some(end)) = (self.starts.get(node), self.starts.get(node + 1)) else {
            return &[];
        };
        self.places.get(*start..*end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_finds_its_own_in_the_order_of_the_pages() {
        let pages = [vec![2, 0, 2], vec![2, 1]].map(|page| page.into_iter().map(NodeId).collect());
        let marks = Marks::new(4, &pages);
        assert_eq!(marks.of(0), [(0, 1)]);
        assert_eq!(marks.of(1), [(1, 1)]);
        assert_eq!(marks.of(2), [(0, 0), (0, 2), (1, 0)]);
        assert_eq!(marks.of(3), []);
        assert_eq!(marks.of(4), []);
    }
}
