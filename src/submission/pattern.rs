//! Patterns of paths: `*` is any text within a folder's or file's name, `**` any folders, `?` one character.

/// Whether a path fits a pattern. Capitals do not count: on Windows they tell no files apart.
pub fn fits(pattern: &str, path: &str) -> bool {
    let letters = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let path = letters(path);
    // Which stretches of the path the pattern read so far can cover, told by where they end.
    let mut ends = vec![false; path.len() + 1];
    ends[0] = true;
    let pattern = letters(pattern);
    let mut rest = pattern.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        ends = match first {
            '*' if behind.starts_with(&['*']) => {
                rest = behind.get(1..).unwrap_or_default();
                // `**/a` also fits `a`.
                rest = rest.strip_prefix(&['/']).unwrap_or(rest);
                spread(&ends, &path, |_| true)
            }
            '*' => spread(&ends, &path, |c| c != '/'),
            '?' => step(&ends, &path, |c| c != '/'),
            letter => step(&ends, &path, |c| c == *letter),
        };
    }
    ends.last().copied().unwrap_or(false)
}

/// One character further, where it is allowed.
fn step(ends: &[bool], path: &[char], allowed: impl Fn(char) -> bool) -> Vec<bool> {
    let further = ends.iter().zip(path).map(|(end, c)| *end && allowed(*c));
    std::iter::once(false).chain(further).collect()
}

/// Any number of characters further, as long as they are allowed.
fn spread(ends: &[bool], path: &[char], allowed: impl Fn(char) -> bool) -> Vec<bool> {
    let mut open = false;
    let mut spread = Vec::with_capacity(ends.len());
    for (index, end) in ends.iter().enumerate() {
        let passed = index.checked_sub(1).and_then(|before| path.get(before)).is_some_and(|c| allowed(*c));
        open = *end || (open && passed);
        spread.push(open);
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_paths() {
        for (pattern, path, expected) in [
            ("総合政策部/企画財政課*.xlsx", "総合政策部/企画財政課_指標.xlsx", true),
            ("総合政策部/企画財政課*.xlsx", "総合政策部/企画財政課.XLSX", true),
            ("総合政策部/企画財政課*.xlsx", "総合政策部/旧/企画財政課.xlsx", false),
            ("総合政策部/*課*.xlsx", "総合政策部/旧課/a.xlsx", false),
            ("総合政策部/**", "総合政策部/旧課/a.xlsx", true),
            ("**/企画財政課*.xls?", "企画財政課.xlsx", true),
            ("**/企画財政課*.xls?", "部/課/企画財政課1.xlsm", true),
            ("**/企画財政課*.xls?", "企画財政課.xls", false),
            ("*", "a.xlsx", true),
            ("*", "a/b.xlsx", false),
            ("a.xlsx", "a.xlsx", true),
            ("a.xlsx", "aa.xlsx", false),
            ("a*b*c", "a1b2b3c", true),
            ("a*b*c", "a1b2b3", false),
            ("", "", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }
}
