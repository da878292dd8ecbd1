//! The texts that a city may change without recompiling: embedded defaults, overridden by what is on disk.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use crate::config::{Problem, nearest, syntax_problems};
use crate::io_reason::io_reason;

/// The defaults, by their path below `templates/`. A new template is one line here.
const EMBEDDED: &[(&str, &[u8])] = &[
    ("findings.toml", include_bytes!("../templates/findings.toml")),
    ("judgement.toml", include_bytes!("../templates/judgement.toml")),
    ("report.toml", include_bytes!("../templates/report.toml")),
    ("theme.toml", include_bytes!("../templates/theme.toml")),
    ("vocabulary.toml", include_bytes!("../templates/vocabulary.toml")),
    ("profiles/事務事業評価_集計.toml", include_bytes!("../templates/profiles/事務事業評価_集計.toml")),
    ("fonts/BIZUDGothic-Regular.ttf", include_bytes!("../templates/fonts/BIZUDGothic-Regular.ttf")),
    ("fonts/BIZUDGothic-Bold.ttf", include_bytes!("../templates/fonts/BIZUDGothic-Bold.ttf")),
];

/// A file of the templates folder cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It is there, but cannot be read.
    #[error("templates/{name} を読めません: {reason}")]
    Unreadable {
        /// Path below `templates/`, with `/`.
        name: String,
        /// Why, in Japanese.
        reason: String,
    },
    /// A text that is not UTF-8.
    #[error(
        "templates/{0} の文字コードが UTF-8 ではありません。メモ帳の「名前を付けて保存」で UTF-8 を選んで保存し直してください"
    )]
    NotUtf8(String),
    /// TOML does not allow what stands there.
    #[error("templates/{name} の{line}行目: {message}")]
    Syntax {
        /// Path below `templates/`.
        name: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong, in Japanese.
        message: String,
    },
    /// A TOML file that nothing reads, with a name near to one that would be read.
    #[error("templates/{name} は使われません。「{near}」の書き誤りではありませんか")]
    Misnamed {
        /// Path below `templates/`.
        name: String,
        /// The name that would be read.
        near: String,
    },
}

/// All templates by their path below `templates/`.
#[derive(Debug, Clone, Default)]
pub struct Templates(BTreeMap<String, Cow<'static, [u8]>>);

impl Templates {
    /// The embedded defaults alone.
    pub fn embedded() -> Self {
        Self(EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes))).collect())
    }

    /// The embedded defaults, overridden and added to by the files in `dir`; it need not exist.
    pub fn load(dir: &Path) -> Result<Self, Vec<TemplateError>> {
        let mut templates = Self::embedded();
        let mut errors = Vec::new();
        if dir.is_dir() {
            for entry in WalkDir::new(dir).follow_links(true).sort_by_file_name() {
                match entry {
                    Ok(entry) if entry.file_type().is_file() => templates.add(dir, entry.path(), &mut errors),
                    Ok(_) => {}
                    Err(error) => errors.push(unreadable(dir, error.path(), error.io_error())),
                }
            }
        }
        if errors.is_empty() { Ok(templates) } else { Err(errors) }
    }

    /// The text of a template (`findings.toml`); empty where there is none of this name.
    pub fn text(&self, name: &str) -> &str {
        let text = std::str::from_utf8(self.bytes(name)).unwrap_or_default();
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    /// The bytes of a template (`fonts/BIZUDGothic-Regular.ttf`); empty where there is none of this name.
    pub fn bytes(&self, name: &str) -> &[u8] {
        self.0.get(name).map_or(&[], |bytes| bytes)
    }

    /// The same bytes to keep; the embedded ones are not copied.
    pub fn shared(&self, name: &str) -> Cow<'static, [u8]> {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// The names of all templates below a folder (`fonts/`), sorted.
    pub fn names<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().map(String::as_str).filter(move |name| name.starts_with(folder))
    }

    /// The texts that printing rests on, by name: all but the profiles, which only say how sheets are read.
    pub fn printing(&self) -> BTreeMap<String, String> {
        let names = self.names("").filter(|name| is_toml(name) && !name.starts_with("profiles/"));
        names.map(|name| (name.to_owned(), self.text(name).to_owned())).collect()
    }

    /// The fonts that are not hoshin's own, by name.
    pub fn own_fonts(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let builtin = |name: &str| EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes);
        let fonts = self.names("fonts/").filter(|name| is_font(name));
        fonts.map(|name| (name, self.bytes(name))).filter(move |(name, bytes)| builtin(name) != Some(*bytes))
    }

    /// The embedded defaults under these texts and fonts: what a snapshot was printed with.
    pub fn restored(
        texts: &BTreeMap<String, String>,
        fonts: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Self {
        let mut templates = Self::embedded();
        let texts = texts.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        templates.0.extend(texts.chain(fonts).map(|(name, bytes)| (name, Cow::Owned(bytes))));
        templates
    }

    fn add(&mut self, dir: &Path, path: &Path, errors: &mut Vec<TemplateError>) {
        let name = name_of(dir, path);
        if name.split('/').any(|part| part.starts_with('.')) {
            return;
        }
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return errors.push(unreadable(dir, Some(path), Some(&error))),
        };
        if is_toml(&name) {
            let Ok(text) = std::str::from_utf8(&bytes) else {
                return errors.push(TemplateError::NotUtf8(name));
            };
            let syntax = syntax_problems(text).into_iter();
            errors.extend(syntax.map(|Problem { line, message }| TemplateError::Syntax {
                name: name.clone(),
                line,
                message,
            }));
            let defaults = || EMBEDDED.iter().map(|(name, _)| *name).filter(|name| is_toml(name));
            let misnamed = !name.contains('/') && !defaults().any(|known| known == name);
            if let Some(near) = nearest(&name, defaults()).filter(|_| misnamed) {
                errors.push(TemplateError::Misnamed { name: name.clone(), near: near.to_owned() });
            }
        }
        self.0.insert(name, Cow::Owned(bytes));
    }
}

/// Where a TOML parser stopped, without its English words: the line, from 1, and what stands there.
pub fn stands_at(text: &str, error: &toml::de::Error) -> (usize, String) {
    let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or("");
    let line = before.matches('\n').count();
    (line + 1, text.lines().nth(line).unwrap_or("").trim().to_owned())
}

/// Whether a template is a font for the pages.
pub fn is_font(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "ttf")
}

fn is_toml(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn name_of(dir: &Path, path: &Path) -> String {
    let below = path.strip_prefix(dir).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn unreadable(dir: &Path, path: Option<&Path>, error: Option<&io::Error>) -> TemplateError {
    let reason = error.map_or_else(|| "フォルダーのつながりが輪になっています".to_owned(), io_reason);
    TemplateError::Unreadable { name: path.map(|path| name_of(dir, path)).unwrap_or_default(), reason }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::disallowed_methods, reason = "tests set their own scene")]

    use super::*;

    #[test]
    fn files_on_disk_override_and_add() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dir.path().join("profiles")).expect("a folder");
        std::fs::write(dir.path().join("findings.toml"), "\u{feff}a = 1").expect("written");
        std::fs::write(dir.path().join("profiles/大船渡.toml"), "b = 2").expect("written");
        std::fs::write(dir.path().join(".swp"), [0xff]).expect("written");
        let templates = Templates::load(dir.path()).expect("loaded");
        assert_eq!(templates.text("findings.toml"), "a = 1");
        assert_eq!(
            templates.names("profiles/").collect::<Vec<_>>(),
            ["profiles/事務事業評価_集計.toml", "profiles/大船渡.toml"]
        );
        assert_eq!(templates.text("no-such.toml"), "");
        assert!(Templates::load(&dir.path().join("missing")).is_ok(), "the defaults suffice");
    }

    #[test]
    fn a_text_in_another_encoding_is_an_error() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("findings.toml"), [0x82, 0xa0]).expect("written");
        let errors = Templates::load(dir.path()).expect_err("not UTF-8");
        assert_eq!(errors, [TemplateError::NotUtf8("findings.toml".to_owned())]);
    }

    #[test]
    fn what_toml_does_not_allow_is_told_with_its_line() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("findings.toml"), "a = 1\na = 2\n").expect("written");
        let errors = Templates::load(dir.path()).expect_err("twice");
        let words: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                "templates/findings.toml の2行目: 同じ項目が2回書かれています。どちらか一方を消してください（a = 2）"
            ]
        );
    }
}
