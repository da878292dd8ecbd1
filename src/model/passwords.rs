//! Passwords that may open encrypted workbooks.

use std::fmt;

/// Passwords in the order in which they are tried. They are shown nowhere: not in debug output either.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Passwords(Vec<String>);

impl Passwords {
    /// Those of a list; empty ones and copies are left out.
    pub fn new(list: impl IntoIterator<Item = String>) -> Self {
        let mut passwords = Vec::new();
        for password in list {
            if !password.is_empty() && !passwords.contains(&password) {
                passwords.push(password);
            }
        }
        Self(passwords)
    }

    /// Those of a key file: one on each line, as it stands but for the line's end.
    pub fn from_lines(text: &str) -> impl Iterator<Item = String> {
        text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(str::to_owned)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The passwords themselves, for whoever tries them or hands them to the process that does.
    pub fn reveal(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords({} hidden)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_holds_one_password_on_each_line() {
        let text = "\u{feff}ひみつ 123\r\n\n  前後の空白も含む \nひみつ 123\n";
        let passwords = Passwords::new(Passwords::from_lines(text));
        assert_eq!(passwords.reveal(), ["ひみつ 123", "  前後の空白も含む "]);
        assert_eq!(format!("{passwords:?}"), "Passwords(2 hidden)");
    }
}
