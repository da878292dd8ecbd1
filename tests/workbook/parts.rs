//! The parts of an xlsx package, as XML and nothing more.

use super::*;

/// An XML element: its name without prefix and its attributes without theirs.
pub struct Tag {
    pub name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    #[track_caller]
    pub fn attribute(&self, name: &str) -> &str {
        self.get(name).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }
}

/// Cells from a first to a last one, as row and column from 0.
pub struct Area {
    pub first: (u32, u32),
    pub last: (u32, u32),
}

impl Area {
    pub fn meets(&self, other: &Self) -> bool {
        let apart = |a: (u32, u32), b: (u32, u32)| a.0 > b.0 || a.1 > b.1;
        !apart(self.first, other.last) && !apart(other.first, self.last)
    }
}

impl std::str::FromStr for Area {
    type Err = hoshin::model::place::CellRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let [first, last] = [first, last].map(str::parse::<hoshin::model::place::CellRef>);
        let (first, last) = (first?, last?);
        Ok(Self { first: (first.row, first.col), last: (last.row, last.col) })
    }
}

/// All parts by their names.
pub struct Package(BTreeMap<String, Vec<u8>>);

impl Package {
    pub fn of(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut parts = BTreeMap::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).expect("a part");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("read");
            assert!(
                parts.insert(file.name().expect("text").into_owned(), content).is_none(),
                "two parts of one name"
            );
        }
        Self(parts)
    }

    #[track_caller]
    pub fn text(&self, part: &str) -> &str {
        let bytes = self.0.get(part).unwrap_or_else(|| panic!("{part} is missing"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// Every part is XML that closes what it opens.
    pub fn is_well_formed(&self) {
        for part in self.0.keys() {
            let mut reader = quick_xml::Reader::from_str(self.text(part));
            let mut open = 0;
            loop {
                match reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}")) {
                    Event::Start(tag) => {
                        open += 1;
                        assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{part}");
                    }
                    Event::End(_) => open -= 1,
                    Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(open, 0, "{part}");
        }
        assert!(self.0.len() > 20, "{:?}", self.0.keys());
    }

    /// The elements of a part in their order.
    pub fn tags(&self, part: &str) -> Vec<Tag> {
        let mut reader = quick_xml::Reader::from_str(self.text(part));
        let mut tags = Vec::new();
        loop {
            match reader.read_event().expect("XML") {
                Event::Start(tag) | Event::Empty(tag) => {
                    let attributes = tag.attributes().map(|attribute| attribute.expect("an attribute"));
                    let attributes = attributes.map(|attribute| {
                        (attribute.key.local_name().as_ref().to_owned(), unescaped(&attribute.value))
                    });
                    let attributes = attributes.collect();
                    tags.push(Tag { name: tag.local_name().as_ref().to_owned(), attributes });
                }
                Event::Eof => return tags,
                _ => {}
            }
        }
    }

    /// The prefixes and texts of the elements of a name.
    pub fn texts(&self, part: &str, name: &str) -> Vec<(String, String)> {
        let text = self.text(part);
        let mut found = Vec::new();
        for prefix in ["", "xm", "x14"] {
            let tag = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") };
            let start = format!("<{tag}");
            let pieces = text.split(start.as_str()).skip(1);
            let pieces = pieces.filter(|piece| piece.starts_with([' ', '>']));
            let inner = pieces.filter_map(|piece| Some(piece.split_once('>')?.1.split_once("</")?.0));
            found.extend(inner.map(|inner| (prefix.to_owned(), unescaped(inner))));
        }
        found
    }

    /// The sheets' names and parts in their order.
    pub fn sheets(&self) -> Vec<(String, String)> {
        let tags = self.tags("xl/workbook.xml");
        let sheets = tags.iter().filter(|tag| tag.name == "sheet");
        let relations = self.tags("xl/_rels/workbook.xml.rels");
        let part = |id: &str| {
            let found = relations.iter().find(|tag| tag.get("Id") == Some(id)).expect("a relation");
            format!("xl/{}", found.attribute("Target"))
        };
        sheets.map(|tag| (tag.attribute("name").to_owned(), part(tag.attribute("id")))).collect()
    }

    /// The parts that a part is related to in this way.
    pub fn related(&self, part: &str, kind: &str) -> Vec<String> {
        let (folder, file) = part.rsplit_once('/').expect("a folder");
        let relations = format!("{folder}/_rels/{file}.rels");
        if !self.0.contains_key(&relations) {
            return Vec::new();
        }
        let tags = self.tags(&relations);
        let own = tags.iter().filter(|tag| tag.get("Type").is_some_and(|found| found.ends_with(kind)));
        own.map(|tag| tag.attribute("Target").replace("../", "xl/")).collect()
    }

    /// The defined names and what they stand for.
    pub fn names(&self) -> Vec<(String, String)> {
        let tags = self.tags("xl/workbook.xml");
        let names = tags.iter().filter(|tag| tag.name == "definedName");
        let texts = self.texts("xl/workbook.xml", "definedName");
        names
            .map(|tag| tag.attribute("name").to_owned())
            .zip(texts.into_iter().map(|(_, text)| text))
            .collect()
    }
}

fn unescaped(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
