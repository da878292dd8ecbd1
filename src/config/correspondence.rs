//! Addresses (`mail`) and `[answers]`: how divisions are asked.

use toml::Spanned;
use toml::de::DeValue;

use super::raw::{Section, Walk};
use crate::model::correspondence::{Address, Correspondence};

/// The most days that `[answers] days` takes: a fiscal year.
const MOST_DAYS: u16 = 366;

/// Reads what concerns letters. Names of departments and divisions are checked elsewhere; here they are only read.
pub(super) fn read(walk: &mut Walk<'_>, root: &Section<'_>) -> Correspondence {
    let publisher = root.table.get("city").and_then(|value| walk.section("[city]", value));
    let publisher = publisher.and_then(|section| mail(walk, &section)).unwrap_or_default();
    let mut addresses = Vec::new();
    for mut section in walk.sections(root, "department") {
        let Some(department) = walk.string(&section, "name").map(|said| said.text) else { continue };
        section.name = format!("{}「{department}」", section.name);
        if let Some(mail) = mail(walk, &section) {
            addresses.push(Address { department: department.clone(), division: String::new(), mail });
        }
        for item in walk.items(&section, "divisions") {
            let place = format!("{} の divisions", section.name);
            let Some((division, mail)) = division(walk, &place, item) else { continue };
            addresses.push(Address { department: department.clone(), division, mail });
        }
    }
    Correspondence { publisher, addresses, answer_days: answers(walk, root) }
}

/// Name and address of a division that is written as a table and has an address.
fn division(walk: &mut Walk<'_>, place: &str, item: &Spanned<DeValue<'_>>) -> Option<(String, String)> {
    item.get_ref().as_table()?;
    let mut section = walk.section(place, item)?;
    let name = walk.string(&section, "name")?.text;
    section.name = format!("{place}「{name}」");
    Some((name, mail(walk, &section)?))
}

fn mail(walk: &mut Walk<'_>, section: &Section<'_>) -> Option<String> {
    let said = walk.string(section, "mail")?;
    if is_address(&said.text) {
        return Some(said.text);
    }
    let message = format!(
        "{} の mail「{}」はメールアドレスの形ではありません。\"shimin@city.example.jp\" のように半角で、1つだけ書いてください",
        section.name, said.text
    );
    walk.problem(said.offset, message);
    None
}

/// Printable ASCII, one `@`, a name before it and a host with a dot or a plain host behind it; nothing that a header
/// of a message would take for something else.
fn is_address(text: &str) -> bool {
    let allowed = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '"' | '(' | ')' | ',' | ':' | ';' | '<' | '>' | '[' | ']' | '\\')
    };
    let host = |host: &str| {
        !host.is_empty()
            && host.split('.').all(|label| {
                !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            })
    };
    text.chars().all(allowed)
        && text.split_once('@').is_some_and(|(name, behind)| !name.is_empty() && host(behind))
}

fn answers(walk: &mut Walk<'_>, root: &Section<'_>) -> Option<u16> {
    let section = root.table.get("answers").and_then(|value| walk.section("[answers]", value))?;
    walk.known(&section, &["days"]);
    let value = section.table.get("days")?;
    let days = value.get_ref().as_integer().and_then(|number| {
        u16::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|days| (1..=MOST_DAYS).contains(days))
    });
    if days.is_none() {
        let message = format!(
            "[answers] の days は 1 から {MOST_DAYS} までの整数で書いてください（基準の日から何日後までに答えてもらうか）"
        );
        walk.problem(value.span().start, message);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn only_plain_addresses_are_taken() {
        for good in ["shimin@city.example.jp", "a.b-c+d@lg.jp", "kikaku@localhost"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "shimin",
            "@city.jp",
            "a@",
            "a@b@c",
            "a@b..jp",
            "a b@c.jp",
            "課長@city.jp",
            "a@c.jp,b@c.jp",
            "a@c.jp\nCc: x@y",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
