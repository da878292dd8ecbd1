//! Which record of the month is which of an earlier one.

use std::collections::BTreeMap;

use super::identity::Key;

/// Records of two months, by their index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs {
    /// Now and then.
    pub same: Vec<(usize, usize)>,
    /// Only now.
    pub new: Vec<usize>,
    /// Only then.
    pub gone: Vec<usize>,
}

/// What could be one record: equal department and name.
#[derive(Default)]
struct Group<'k> {
    now: Vec<(usize, &'k Key)>,
    then: Vec<(usize, &'k Key)>,
}

/// Pairs the records of two months. The surest ties go first; what could be several stays unpaired, and counts neither
/// as new nor as gone.
pub fn pair(now: &[Key], then: &[Key]) -> Pairs {
    let mut groups: BTreeMap<(&str, &str), Group> = BTreeMap::new();
    for (index, key) in now.iter().enumerate() {
        groups.entry((&key.department, &key.name)).or_default().now.push((index, key));
    }
    for (index, key) in then.iter().enumerate() {
        groups.entry((&key.department, &key.name)).or_default().then.push((index, key));
    }
    let mut pairs = Pairs::default();
    for group in groups.into_values() {
        let strangers = |own: &[(usize, &Key)], others: &[(usize, &Key)]| -> Vec<usize> {
            let known = |key: &Key| others.iter().any(|(_, other)| key.fits(other));
            own.iter().filter(|(_, key)| !known(key)).map(|(index, _)| *index).collect()
        };
        pairs.new.extend(strangers(&group.now, &group.then));
        pairs.gone.extend(strangers(&group.then, &group.now));
        pairs.same.extend(ties(group));
    }
    pairs.same.sort_unstable();
    pairs.new.sort_unstable();
    pairs.gone.sort_unstable();
    pairs
}

/// The pairs of a group.
fn ties(mut group: Group) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for test in [
        (|a, b| a.equals(b) && a.id == b.id) as fn(&Key, &Key) -> bool,
        |a, b| a.equals(b) && a.shares_sheet(b),
        Key::equals,
        |a, b| a.fits(b) && a.shares_sheet(b),
        Key::fits,
    ] {
        let found = unique(&group, test);
        group.now.retain(|(index, _)| !found.iter().any(|(now, _)| now == index));
        group.then.retain(|(index, _)| !found.iter().any(|(_, then)| then == index));
        pairs.extend(found);
    }
    pairs
}

/// The pairs that have, by a test, exactly one counterpart on either side.
fn unique(group: &Group, test: fn(&Key, &Key) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (now, key) in &group.now {
        let mut counterparts = group.then.iter().filter(|(_, other)| test(key, other));
        let (Some((then, other)), None) = (counterparts.next(), counterparts.next()) else { continue };
        if group.now.iter().filter(|(_, rival)| test(rival, other)).count() == 1 {
            found.push((*now, *then));
        }
    }
    found
}
