//! Names of places in the organisation, and how alike two names are.

use std::cmp::Ordering;

use super::text::{canonical_name, is_blank, key};
use super::vocabulary::{OwnerPart, Vocabulary};
use crate::model::organisation::{Department, Division};

/// Who owns a row or a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Owner {
    /// In the spelling of hoshin.toml where it is listed there; empty where the text names none.
    pub department: String,
    /// Likewise.
    pub division: String,
    /// hoshin.toml lists what the text names.
    pub listed: bool,
}

/// hoshin.toml's departments and divisions with all their spellings in canonical form.
#[derive(Debug, Clone, Default)]
pub struct Places {
    departments: Vec<Place>,
}

/// A department with its divisions, or one of these.
#[derive(Debug, Clone)]
struct Place {
    name: String,
    /// Its name first, then its aliases.
    spellings: Vec<String>,
    divisions: Vec<Place>,
}

impl Place {
    fn new(name: &str, aliases: &[String], divisions: Vec<Self>) -> Self {
        let aliases = aliases.iter().map(String::as_str);
        let spellings = std::iter::once(name).chain(aliases).map(canonical_name).collect();
        Self { name: name.to_owned(), spellings, divisions }
    }

    /// Its name in canonical form.
    fn canonical(&self) -> &str {
        self.spellings.first().map_or("", String::as_str)
    }
}

impl Places {
    /// Those of a month.
    pub fn of(departments: &[Department]) -> Self {
        let division = |division: &Division| Place::new(&division.name, &division.aliases, Vec::new());
        let department = |department: &Department| {
            let divisions = department.divisions.iter().map(division).collect();
            Place::new(&department.name, &department.aliases, divisions)
        };
        Self { departments: departments.iter().map(department).collect() }
    }

    /// The name that hoshin.toml gives a division of a department, whatever its typography.
    pub fn division(&self, department: &str, division: &str) -> Option<&str> {
        let home = self.departments.iter().find(|known| known.name == department)?;
        let own = canonical_name(division);
        Some(&home.divisions.iter().find(|known| known.canonical() == own)?.name)
    }

    /// A listed name in the middle of a word (令和3年度総合政策部運営方針): the longest one.
    pub fn within(&self, text: &str) -> Option<Owner> {
        let text = canonical_name(text);
        let names = self.departments.iter().flat_map(|department| {
            let divisions = department.divisions.iter();
            std::iter::once((department, None, department))
                .chain(divisions.map(move |division| (department, Some(division), division)))
        });
        let within = names.filter(|(_, _, place)| text.contains(place.canonical()));
        let (department, division, _) = within.max_by_key(|(_, _, place)| place.name.chars().count())?;
        Some(owner(&department.name, division.map_or("", |division| division.name.as_str())))
    }
}

/// Reads `消防本部警防課`, `こども未来部　保育課`, `企画財政課`: by the organisation of hoshin.toml first, then by the
/// endings of such names. A text that is neither gives an empty owner.
pub fn split_owner(text: &str, known: &Places, vocabulary: &Vocabulary) -> Owner {
    let name = canonical_name(text);
    by_known(&name, known).unwrap_or_else(|| by_endings(&closed_up(text), vocabulary))
}

/// A name with a space behind each character (土 木 部) without them.
fn closed_up(text: &str) -> String {
    let parts: Vec<&str> = text.split(is_blank).filter(|part| !part.is_empty()).collect();
    let spaced = parts.len() > 2 && parts.iter().all(|part| part.chars().count() == 1);
    if spaced { parts.concat() } else { text.to_owned() }
}

fn by_known(name: &str, known: &Places) -> Option<Owner> {
    let mut alone = Vec::new();
    for department in &known.departments {
        let own = department.spellings.iter();
        let rest = own.filter_map(|own| name.strip_prefix(own.as_str())).min_by_key(|rest| rest.len());
        let rest = rest.map(|rest| rest.trim_matches(is_separator));
        for division in &department.divisions {
            let names = &division.spellings;
            if rest.is_some_and(|rest| names.iter().any(|own| starts(rest, own))) {
                return Some(owner(&department.name, &division.name));
            }
            if names.iter().any(|own| starts(name, own)) {
                alone.push((department, division));
            }
        }
        if rest == Some("") {
            return Some(owner(&department.name, ""));
        }
    }
    // A division's name alone tells its department where only one has it.
    match alone.as_slice() {
        [(department, division)] => Some(owner(&department.name, &division.name)),
        _ => None,
    }
}

/// A division's name, with nothing or a 係 behind it.
fn starts(text: &str, name: &str) -> bool {
    let Some(rest) = text.strip_prefix(name) else { return false };
    let rest = rest.trim_matches(is_separator);
    rest.is_empty() || ["係", "担当", "班", "グループ"].iter().any(|team| rest.ends_with(key(team).as_str()))
}

fn owner(department: &str, division: &str) -> Owner {
    Owner { department: department.to_owned(), division: division.to_owned(), listed: true }
}

fn is_separator(c: char) -> bool {
    matches!(c, '(' | ')' | '/' | '>' | '・' | '-' | ':')
}

fn by_endings(text: &str, vocabulary: &Vocabulary) -> Owner {
    let parts: Vec<&str> = text
        .split(|c: char| is_blank(c) || matches!(c, '/' | '／' | '>' | '＞' | '(' | '（' | ')' | '）'))
        .filter(|part| !part.is_empty())
        .collect();
    let ending = |part: &str| vocabulary.owner.suffix(&key(part)).map(|(_, ending)| *ending);
    let mut found = Owner::default();
    for part in parts {
        match ending(part) {
            Some(OwnerPart::Department) if found.department.is_empty() => {
                part.clone_into(&mut found.department);
            }
            Some(_) if found.division.is_empty() => {
                let (department, division) = split_joined(part, vocabulary);
                if found.department.is_empty() {
                    department.clone_into(&mut found.department);
                    division.clone_into(&mut found.division);
                } else {
                    without_team(part, vocabulary).clone_into(&mut found.division);
                }
            }
            _ => {}
        }
    }
    found
}

/// `教育委員会事務局学校教育課` → the longest run of department endings, then the division.
fn split_joined<'t>(part: &'t str, vocabulary: &Vocabulary) -> (&'t str, &'t str) {
    let is_department =
        |text: &str| matches!(vocabulary.owner.suffix(&key(text)), Some((_, OwnerPart::Department)));
    let bounds: Vec<usize> = part.char_indices().map(|(at, _)| at).skip(2).collect();
    let Some(mut cut) = bounds.iter().copied().find(|at| is_department(part.get(..*at).unwrap_or_default()))
    else {
        return ("", without_team(part, vocabulary));
    };
    // 教育委員会 + 事務局: an ending right behind an ending belongs to the department.
    while let Some((word, OwnerPart::Department)) =
        vocabulary.owner.prefix(part.get(cut..).unwrap_or_default())
    {
        let behind = cut + word.len();
        if behind >= part.len() || part.get(cut..behind) != Some(word) {
            break;
        }
        cut = behind;
    }
    (part.get(..cut).unwrap_or_default(), without_team(part.get(cut..).unwrap_or_default(), vocabulary))
}

/// `総務課契約係` → `総務課`.
fn without_team<'t>(part: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let ending = |text: &str| vocabulary.owner.suffix(&key(text)).map(|(_, ending)| *ending);
    if ending(part) != Some(OwnerPart::Team) {
        return part;
    }
    let cuts: Vec<usize> = part.char_indices().map(|(at, _)| at).skip(2).collect();
    let divisions = cuts.into_iter().rev().filter_map(|at| part.get(..at));
    divisions.into_iter().find(|head| ending(head) == Some(OwnerPart::Division)).unwrap_or(part)
}

/// From this similarity on, two names are proposed as one.
const SIMILAR: f64 = 0.7;

/// A name taken apart, to be compared: who compares many names takes each apart once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Its letters and digits.
    letters: String,
    digits: String,
    /// Its pairs of neighbouring letters, sorted, each as often as it occurs.
    pairs: Vec<[char; 2]>,
    /// A bit for each pair, which different pairs may share: a bit of one name that another lacks is a pair that it
    /// lacks.
    bits: u128,
}

impl Likeness {
    /// Takes a name apart.
    pub fn of(name: &str) -> Self {
        let letters: String = canonical_name(name).chars().filter(|c| c.is_alphanumeric()).collect();
        let digits = letters.chars().filter(char::is_ascii_digit).collect();
        let mut pairs: Vec<[char; 2]> =
            letters.chars().zip(letters.chars().skip(1)).map(|(a, b)| [a, b]).collect();
        pairs.sort_unstable();
        let bit =
            |[a, b]: &[char; 2]| 1_u128 << ((u32::from(*a).wrapping_mul(31) ^ u32::from(*b)) % u128::BITS);
        let bits = pairs.iter().fold(0, |bits, pair| bits | bit(pair));
        Self { letters, digits, pairs, bits }
    }

    /// How alike it is to another name, from 0 to 1: shared pairs of characters, either of both names or of the shorter
    /// one inside the longer. Names with different numbers in them are not alike.
    pub fn to(&self, other: &Self) -> f64 {
        if self.letters == other.letters {
            1.0
        } else if self.contradicts(other) {
            0.0
        } else {
            self.score(other, shared(&self.pairs, &other.pairs))
        }
    }

    /// Whether another name is alike enough to propose that both mean the same.
    pub fn is_similar(&self, other: &Self) -> bool {
        if self.letters == other.letters {
            return true;
        }
        // What the bits alone tell to be missing settles most comparisons.
        let found =
            |one: &Self, other: &Self| one.pairs.len() - (one.bits & !other.bits).count_ones() as usize;
        let most = found(self, other).min(found(other, self));
        self.score(other, most) >= SIMILAR && self.to(other) >= SIMILAR
    }

    /// Both hold numbers, and not the same ones.
    fn contradicts(&self, other: &Self) -> bool {
        self.digits != other.digits && !self.digits.is_empty() && !other.digits.is_empty()
    }

    /// How alike names are that share so many pairs: the more the more.
    fn score(&self, other: &Self, shared: usize) -> f64 {
        let real = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let (count, other_count) = (self.pairs.len(), other.pairs.len());
        let least = count.min(other_count);
        if least == 0 {
            return 0.0;
        }
        let dice = 2.0 * real(shared) / real(count + other_count);
        // A short name fits into many long ones by chance.
        let inside = if least >= 4 { 0.95 * real(shared) / real(least) } else { 0.0 };
        dice.max(inside)
    }
}

/// How many pairs two sorted lists have in common, each as often as both have it.
fn shared(one: &[[char; 2]], other: &[[char; 2]]) -> usize {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut shared = 0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.cmp(b) {
            Ordering::Less => _ = one.next(),
            Ordering::Greater => _ = other.next(),
            Ordering::Equal => {
                shared += 1;
                (_, _) = (one.next(), other.next());
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::builtin;
    use super::*;

    fn organisation() -> Vec<Department> {
        let division = |name: &str| Division { name: name.into(), ..Division::default() };
        vec![
            Department {
                name: "総合政策部".into(),
                aliases: vec!["総政部".into()],
                divisions: vec![
                    division("企画財政課"),
                    Division {
                        name: "広報広聴課".into(),
                        aliases: vec!["広報課".into()],
                        ..Division::default()
                    },
                ],
                ..Department::default()
            },
            Department {
                name: "消防本部".into(),
                divisions: vec![division("総務課"), division("警防課")],
                ..Department::default()
            },
            Department {
                name: "総務部".into(),
                divisions: vec![division("総務課")],
                ..Department::default()
            },
        ]
    }

    fn similarity(a: &str, b: &str) -> f64 {
        Likeness::of(a).to(&Likeness::of(b))
    }

    #[test]
    fn known_places_come_first() {
        let v = builtin();
        for (text, department, division) in [
            ("消防本部警防課", "消防本部", "警防課"),
            ("総政部 企画財政課", "総合政策部", "企画財政課"),
            ("企画財政課 ", "総合政策部", "企画財政課"),
            ("広報課", "総合政策部", "広報広聴課"),
            ("総合政策部", "総合政策部", ""),
            ("総務部総務課契約係", "総務部", "総務課"),
            ("消防本部（総務課）", "消防本部", "総務課"),
        ] {
            let owner = split_owner(text, &Places::of(&organisation()), &v);
            assert_eq!(
                (owner.department.as_str(), owner.division.as_str(), owner.listed),
                (department, division, true),
                "{text}"
            );
        }
        let owner = split_owner("総務課", &Places::of(&organisation()), &v);
        assert_eq!((owner.department.as_str(), owner.division.as_str(), owner.listed), ("", "総務課", false));
    }

    #[test]
    fn unknown_places_by_their_endings() {
        let v = builtin();
        for (text, department, division) in [
            ("こども未来部　保育課", "こども未来部", "保育課"),
            ("保健福祉部　こども家庭センター", "保健福祉部", "こども家庭センター"),
            ("保健福祉部こども家庭センター", "保健福祉部", "こども家庭センター"),
            ("市民生活部市民環境課", "市民生活部", "市民環境課"),
            ("消防本部警防課", "消防本部", "警防課"),
            ("教育委員会事務局学校教育課", "教育委員会事務局", "学校教育課"),
            ("議会事務局", "議会事務局", ""),
            ("総務部総務課契約係", "総務部", "総務課"),
            ("商工企業課 ", "", "商工企業課"),
            ("都市整備局／道路課", "都市整備局", "道路課"),
            ("協働まちづくり部企画調整課", "協働まちづくり部", "企画調整課"),
            ("作業中", "", ""),
        ] {
            let owner = split_owner(text, &Places::default(), &v);
            assert_eq!(
                (owner.department.as_str(), owner.division.as_str()),
                (department, division),
                "{text}"
            );
        }
    }

    #[test]
    fn alike_names_are_proposed() {
        for (a, b) in [
            ("社会移動数", "社会移動数 転入・転出の均衡"),
            ("使用料・手数料の見直し", "事業再検証・使用料手数料・補助金・減免・市有地貸付の見直し"),
            ("組織・ポストのあり方検討", "次期総計を見据えた組織・ポストのあり方検討"),
            ("病床利用率", "病床利用率 (稼働病床比)"),
        ] {
            assert!(Likeness::of(a).is_similar(&Likeness::of(b)), "{a} / {b}: {}", similarity(a, b));
        }
        for (a, b) in [
            ("内部統制の推進", "総合戦略の進捗管理"),
            ("基金確保比率", "経常収支比率"),
            ("ア指標1の回数", "ア指標2の回数"),
            ("転入者数", "転出者数"),
            ("事業進捗の共有と公表", "川西都市開発(株)の再建計画見直し"),
            ("都市整備公社の見直し", "使用料・手数料の見直し"),
        ] {
            assert!(!Likeness::of(a).is_similar(&Likeness::of(b)), "{a} / {b}: {}", similarity(a, b));
        }
    }

    proptest! {
        #[test]
        fn what_is_too_little_for_the_bits_is_too_little(a in "[あ-え1-2指標数のA-C]{0,9}", b in "[あ-え1-2指標数のA-C]{0,9}") {
            let (one, other) = (Likeness::of(&a), Likeness::of(&b));
            prop_assert_eq!(one.is_similar(&other), similarity(&a, &b) >= SIMILAR);
            prop_assert_eq!(one.is_similar(&other), other.is_similar(&one));
        }
    }
}
