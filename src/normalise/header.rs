//! What a header cell means.
//!
//! A header is read only where every part of it is known: words of the vocabulary, a year, a unit, a formula.
//! Prose that merely contains such a word is none. Japanese puts the head last: 目標達成率 is a 率, 評価指標 is
//! an 指標.

use super::polarity::read_polarity;
use super::segment::segment;
use super::text::{is_blank, key, plain, split_brackets};
use super::unit::{known_unit, read_unit_note};
use super::vocabulary::{HeaderPart, Role, Vocabulary};
use super::year::{YearReading, read_year};
use crate::model::fiscal::{Basis, FiscalYear};
use crate::model::indicator::{Class, Kind, Polarity};
use crate::model::quantity::Unit;
use crate::model::section::SectionKind;

/// Headers longer than this are prose.
const LONGEST: usize = 60;

/// A header as it was read; all empty where it is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderReading {
    /// What it is about; several for `課題・今後の方向性`.
    pub roles: Vec<Role>,
    /// 実績, 目標 …
    pub kind: Option<Kind>,
    /// 成果, 活動 …
    pub class: Option<Class>,
    /// The year, month or quarter that it names.
    pub year: Option<YearReading>,
    /// The unit that it names (`事業費（千円）`).
    pub unit: Option<Unit>,
    /// 累計, 単月, 時点.
    pub basis: Option<Basis>,
    /// Which way is better, where it says.
    pub polarity: Option<Polarity>,
    /// A formula, or a rate: its figures are computed from others.
    pub computed: bool,
    /// Among the words of its role, how general its word is: 0 for the most specific.
    pub rank: usize,
    /// What was not understood, in key form; a header with roles may have a bracketed note left over.
    pub leftover: String,
}

impl HeaderReading {
    /// Whether it means something.
    pub fn is_known(&self) -> bool {
        !self.roles.is_empty() || (self.year.is_some() && self.leftover.is_empty())
    }

    /// Whether it is about `role`.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The role that comes first in its words.
    pub fn role(&self) -> Option<Role> {
        self.roles.first().copied()
    }

    /// Whether it names a time and nothing else.
    pub fn is_year_only(&self) -> bool {
        self.year.is_some() && self.roles.is_empty() && self.leftover.is_empty()
    }
}

/// Reads a header cell, or the tiers of a stacked header joined by spaces or line breaks, the upper one first.
/// `hint` is a fiscal year nearby.
pub fn read_header(text: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> HeaderReading {
    let plain = plain(text);
    let trimmed = plain.trim_matches(is_blank);
    if trimmed.is_empty() || trimmed.chars().count() > LONGEST || trimmed.contains('。') {
        return HeaderReading { leftover: key(trimmed), ..HeaderReading::default() };
    }
    let whole = one(trimmed, hint, vocabulary);
    let parts: Vec<&str> = trimmed.split_whitespace().collect();
    if whole.is_known() || parts.len() < 2 {
        return whole;
    }
    let stacked = parts
        .into_iter()
        .map(|part| one(part, hint, vocabulary))
        .fold(None, |above, tier| Some(below(above, tier)));
    stacked.filter(|stacked: &HeaderReading| stacked.leftover.is_empty()).unwrap_or(whole)
}

/// Reads a chapter's title (`5. 重要目標の達成に向けた具体的な取組み`): its last word decides.
pub fn read_section(title: &str, vocabulary: &Vocabulary) -> Option<SectionKind> {
    let outside = key(&split_brackets(&plain(title)).0);
    if outside.chars().count() > LONGEST || outside.contains('。') {
        return None;
    }
    vocabulary.section.suffix(outside.trim_end_matches([':', '-', '~', '」'])).map(|(_, section)| *section)
}

/// The reading of an upper tier with that of the one below, which decides what the column is.
fn below(above: Option<HeaderReading>, mut tier: HeaderReading) -> HeaderReading {
    let Some(above) = above else { return tier };
    if tier.roles.is_empty() {
        (tier.roles, tier.rank) = (above.roles, above.rank);
    }
    tier.kind = tier.kind.or(above.kind);
    tier.class = tier.class.or(above.class);
    tier.unit = tier.unit.or(above.unit);
    tier.basis = tier.basis.or(above.basis);
    tier.polarity = tier.polarity.or(above.polarity);
    tier.computed |= above.computed;
    tier.year = match (above.year, tier.year) {
        (Some(year), Some(month)) if month.fiscal_year.is_none() => {
            Some(YearReading { fiscal_year: year.fiscal_year, assumed: year.assumed, ..month })
        }
        (Some(month), Some(year)) if month.fiscal_year.is_none() => {
            Some(YearReading { fiscal_year: year.fiscal_year, assumed: year.assumed, ..month })
        }
        (above, own) => own.or(above),
    };
    tier.leftover = format!("{}{}", above.leftover, tier.leftover);
    tier
}

fn one(text: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> HeaderReading {
    let mut reading = HeaderReading::default();
    let (outside, brackets) = split_brackets(text);
    let mut notes = Vec::new();
    for bracket in &brackets {
        if !bracketed(&bracket.inner, &mut reading, hint, vocabulary) {
            notes.push(key(&bracket.inner));
        }
    }
    let mut main = key(&outside);
    if main.is_empty() && brackets.len() == 1 {
        // 【実績】 alone: the bracket is the header.
        let inner = brackets.first().map(|bracket| bracket.inner.clone()).unwrap_or_default();
        return if is_formula(&key(&inner)) || reading.unit.is_some() {
            reading
        } else {
            one(&inner, hint, vocabulary)
        };
    }
    if reading.unit.is_none()
        && main.contains("単位")
        && let Some(unit) = read_unit_note(&main, vocabulary)
    {
        reading.unit = Some(unit);
        main.truncate(main.find("単位").unwrap_or(main.len()));
    }
    if let Some(year) = read_year(&main, hint, vocabulary) {
        main.clone_from(&year.rest);
        reading.basis = reading.basis.or(year.basis);
        reading.year = Some(merged_year(reading.year.take(), year));
    }
    if !main.is_empty() && !words(&main, &mut reading, vocabulary) {
        reading.leftover = main;
    }
    if reading.leftover.is_empty() && reading.roles.is_empty() && reading.kind.is_some() {
        reading.roles.push(Role::Value);
    }
    reading.computed |= reading.has(Role::Rate);
    reading.leftover.push_str(&notes.concat());
    reading
}

fn merged_year(first: Option<YearReading>, second: YearReading) -> YearReading {
    let Some(first) = first else { return second };
    let (Some(a), Some(b)) = (first.fiscal_year, second.fiscal_year) else {
        let fiscal_year = second.fiscal_year.or(first.fiscal_year);
        return if second.month.is_some() {
            YearReading { fiscal_year, ..second }
        } else {
            YearReading { fiscal_year, ..first }
        };
    };
    if a == b {
        return second;
    }
    let assumed = Some(format!("異なる年度が並んでいます（{b}、{a}）"));
    YearReading { fiscal_year: None, assumed, ..second }
}

/// Takes in the inside of a bracket; `false` where it is a note.
fn bracketed(
    inner: &str,
    reading: &mut HeaderReading,
    hint: Option<FiscalYear>,
    vocabulary: &Vocabulary,
) -> bool {
    let key = key(inner);
    if key.is_empty() {
        return true;
    }
    if is_formula(&key) {
        reading.computed |= key.chars().any(is_operator);
        return true;
    }
    let unit = known_unit(inner, vocabulary).or_else(|| read_unit_note(inner, vocabulary));
    if let Some(unit) = unit {
        reading.unit.get_or_insert(unit);
        return true;
    }
    if let Some(class) = vocabulary.class.get(&key) {
        reading.class.get_or_insert(*class);
        return true;
    }
    if let Some(basis) = vocabulary.basis.get(&key) {
        reading.basis = Some(*basis);
        return true;
    }
    if let Some(kind) = vocabulary.kind.get(&key) {
        // 実績（見込） is a 見込.
        reading.kind = Some(*kind);
        return true;
    }
    if let Some(polarity) = read_polarity(inner, vocabulary) {
        reading.polarity = Some(polarity);
        return true;
    }
    let Some(year) = read_year(inner, hint, vocabulary) else { return false };
    let rest = year.rest.clone();
    let known = rest.is_empty() || words(&rest, reading, vocabulary);
    reading.year = Some(year);
    known
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Role(Role, usize),
    Kind(Kind),
    Class(Class),
    Basis(Basis),
    Part(HeaderPart),
}

/// Takes in the words of a header; `false` where some part of it is unknown.
fn words(text: &str, reading: &mut HeaderReading, vocabulary: &Vocabulary) -> bool {
    let lookup = |word: &str| lookup(word, vocabulary);
    let words = segment(text, lookup).or_else(|| {
        let (bare, computed) = without_formula(text)?;
        let words = segment(bare, lookup)?;
        reading.computed |= computed;
        Some(words)
    });
    let Some(words) = words else { return false };
    if words.iter().all(|word| matches!(word, Word::Part(_))) {
        return false;
    }
    let bracket_kind = reading.kind.take();
    for clause in words.split(|word| *word == Word::Part(HeaderPart::Joiner)) {
        clause_words(clause, reading);
    }
    reading.kind = bracket_kind.or(reading.kind);
    true
}

/// The words between two joiners: the last one with a role is the head.
fn clause_words(clause: &[Word], reading: &mut HeaderReading) {
    let mut head = None;
    for word in clause {
        match word {
            Word::Role(role, rank) => head = Some((*role, *rank)),
            Word::Kind(kind) => {
                reading.kind = Some(*kind);
                head = Some((Role::Value, 0));
            }
            Word::Class(class) => {
                reading.class.get_or_insert(*class);
                head = head.or(Some((Role::Indicator, 0)));
            }
            Word::Basis(basis) => reading.basis = Some(*basis),
            Word::Part(_) => {}
        }
    }
    if let Some((role, rank)) = head
        && !reading.roles.contains(&role)
    {
        if reading.roles.is_empty() {
            reading.rank = rank;
        }
        reading.roles.push(role);
    }
}

fn lookup(word: &str, vocabulary: &Vocabulary) -> Option<Word> {
    if let Some(role) = vocabulary.header.get(word) {
        return Some(Word::Role(*role, vocabulary.header.rank(word).unwrap_or(0)));
    }
    let kind = vocabulary.kind.get(word).copied().map(Word::Kind);
    let class = || vocabulary.class.get(word).copied().map(Word::Class);
    let basis = || vocabulary.basis.get(word).copied().map(Word::Basis);
    let part = || vocabulary.header_part.get(word).copied().map(Word::Part);
    kind.or_else(class).or_else(basis).or_else(part)
}

/// `計画比率a/b` → `計画比率`, computed; `実績c` → `実績`; `5活動指標` → `活動指標`.
fn without_formula(text: &str) -> Option<(&str, bool)> {
    let front =
        text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ':', '-']);
    let bare = front.trim_end_matches(is_formula_char).trim_end_matches([':', '=']);
    let formula = front.get(bare.len()..)?;
    if bare.is_empty() || bare.len() == text.len() {
        return None;
    }
    Some((bare, formula.chars().any(is_operator)))
}

fn is_operator(c: char) -> bool {
    matches!(c, '+' | '-' | '/' | '÷' | '×' | '*' | '%' | '=')
}

fn is_formula_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || is_operator(c) || matches!(c, '(' | ')' | '.')
}

/// Letters that name columns, with operators: `A`, `B/A×100`. A unit such as `m` or `ha` is none.
fn is_formula(key: &str) -> bool {
    let letters_apart = key.split(|c: char| !c.is_ascii_lowercase()).all(|run| run.len() <= 1);
    let named = key.chars().any(|c| matches!(c, 'a'..='f' | 'x'..='z')) && key.chars().all(is_formula_char);
    named && letters_apart && (key.len() == 1 || key.chars().any(is_operator))
}

#[cfg(test)]
mod tests {
    use super::super::builtin;
    use super::*;

    fn read(text: &str) -> HeaderReading {
        read_header(text, None, &builtin())
    }

    #[test]
    fn words_of_the_domain_notes_have_their_role() {
        use Role::{
            Comment, Definition, Department, Direction, Division, Due, Indicator, Item, Note, Number, Owner,
            Program, Progress, Rate, Status, Unit, Value,
        };
        for (text, role) in [
            ("指標", Indicator),
            ("指標名", Indicator),
            ("指標名称", Indicator),
            ("KGI", Indicator),
            ("ＫＰＩ", Indicator),
            ("成果指標", Indicator),
            ("活動指標", Indicator),
            ("対象指標", Indicator),
            ("重要業績評価指標", Indicator),
            ("数値目標", Indicator),
            ("項目", Indicator),
            ("単位", Unit),
            ("定義・算出方法", Definition),
            ("備考", Note),
            ("実績", Value),
            ("実績値", Value),
            ("現状値", Value),
            ("基準値", Value),
            ("見込", Value),
            ("見込値", Value),
            ("計画", Value),
            ("計画値", Value),
            ("目標", Value),
            ("目標値", Value),
            ("最終目標", Value),
            ("中間目標", Value),
            ("決算", Value),
            ("当初予算", Value),
            ("達成率", Rate),
            ("達成状況", Status),
            ("細事業名", Program),
            ("事務事業名", Program),
            ("事業名", Program),
            ("取組名", Program),
            ("施策名", Program),
            ("基本事業名", Program),
            ("具体的な取組項目", Item),
            ("取組内容", Item),
            ("取組項目", Item),
            ("担当課", Division),
            ("所管課", Division),
            ("担当部署", Owner),
            ("部課名", Owner),
            ("所属", Owner),
            ("進捗", Status),
            ("進捗状況", Status),
            ("進捗率", Progress),
            ("状況", Status),
            ("評価", Status),
            ("総合評価", Status),
            ("判定", Status),
            ("期限", Due),
            ("完了予定", Due),
            ("実施時期", Due),
            ("課題", Comment),
            ("コメント", Comment),
            ("今後の方向性", Direction),
            ("№", Number),
            ("部局", Department),
            ("課名", Division),
            ("部名", Department),
            ("担当者コメント", Comment),
            ("指　標　名", Indicator),
            ("担当課名", Division),
            ("主な取組内容", Item),
            ("進捗状況（R3.5末）", Status),
            ("R3年度の進捗状況", Status),
            ("具体的な\n取組項目", Item),
            ("目標達成率", Rate),
            ("計画比率A/B(％)", Rate),
            ("事業の評価結果", Status),
            ("項　番", Number),
            ("担当部局名", Department),
            ("⑤活動指標", Indicator),
            ("進捗率（％）", Progress),
            ("令和3年度 取組内容", Item),
            ("備 考 欄", Note),
            ("今年度の目標", Value),
            ("前年度実績", Value),
            ("指標の単位", Unit),
            ("完了予定時期", Due),
        ] {
            let reading = read(text);
            assert_eq!(
                (reading.roles.as_slice(), reading.leftover.as_str()),
                ([role].as_slice(), ""),
                "{text}"
            );
        }
    }

    #[test]
    fn figures_carry_their_kind_and_year() {
        use Kind::{Actual, Baseline, Forecast, Plan, Target};
        for (text, kind, year) in [
            ("H29 実績", Actual, Some(2017)),
            ("実績 平成29年度", Actual, Some(2017)),
            ("R3(目標)", Target, Some(2021)),
            ("最終目標(R6)", Target, Some(2024)),
            ("目標値 (H22)", Target, Some(2010)),
            ("R3実績C", Actual, Some(2021)),
            ("R2見込", Forecast, Some(2020)),
            ("目標値（R7）", Target, Some(2025)),
            ("基準値\n（平成30年度）", Baseline, Some(2018)),
            ("令和3年度　当初予算", Plan, Some(2021)),
            ("実績値", Actual, None),
            ("現状値(R2)", Baseline, Some(2020)),
            ("令和２年度\n実績値", Actual, Some(2020)),
            ("R3 年度目標", Target, Some(2021)),
            ("H37目標", Target, Some(2025)),
            ("実績見込", Forecast, None),
            ("実績（見込）", Forecast, None),
            ("決算額（千円）", Actual, None),
            ("2021年度実績", Actual, Some(2021)),
            ("計画値（A）", Plan, None),
            ("令和元年度決算", Actual, Some(2019)),
            ("目標 令和3年度", Target, Some(2021)),
            ("計画策定時(H30)", Baseline, Some(2018)),
            ("R3目標 (人)", Target, Some(2021)),
            ("平成31年度・令和元年度 実績", Actual, Some(2019)),
        ] {
            let reading = read(text);
            let found = reading.year.and_then(|year| year.fiscal_year).map(|year| year.0);
            assert_eq!(
                (reading.roles.as_slice(), reading.kind, found),
                ([Role::Value].as_slice(), Some(kind), year),
                "{text} {}",
                reading.leftover
            );
        }
        assert_eq!(read("決算額（千円）").unit, Some(Unit("千円".into())));
        assert_eq!(read("成果指標").class, Some(Class::Outcome));
        assert_eq!(
            read("令和3年度 4月 実績").year.map(|y| (y.fiscal_year, y.month)),
            Some((Some(FiscalYear(2021)), Some(4)))
        );
        assert_eq!(read("実績（累計）").basis, Some(Basis::Cumulative));
        assert!(
            read("平成29年度").is_year_only() && read("4月").is_year_only() && !read("実績").is_year_only()
        );
        assert!(read("計画比率A/B(％)").computed && !read("R3実績C").computed);
    }

    #[test]
    fn several_words_in_one_header() {
        assert_eq!(read("課題・今後の方向性").roles, [Role::Comment, Role::Direction]);
        assert_eq!(read("指標名・単位").roles, [Role::Indicator, Role::Unit]);
        assert!(read("細事業名").rank < read("施策名").rank);
    }

    #[test]
    fn prose_is_no_header() {
        for text in [
            "",
            "目標を達成するため、取組を進める",
            "市民の目標とする姿",
            "実績が増えた。",
            "食　品　番　号の説明文",
            "基金確保比率",
            "社会移動数 転入・転出の均衡",
            "53人",
            "総合計画・総合戦略策定管理事業",
            "使用料・手数料の見直し",
            "条例改正案を9月議会に提出",
            "指標の達成に向けて市民と協働して進める取組みを実施しました",
        ] {
            assert!(read(text).roles.is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn chapters_by_the_end_of_their_title() {
        let v = builtin();
        for (title, section) in [
            ("1. 総合政策部のめざす姿", Some(SectionKind::Vision)),
            ("2. めざす姿に向けた指標 (KGI・重要目標達成指標)", Some(SectionKind::Indicators)),
            ("3. 現状と課題 (昨年度の振り返り)", Some(SectionKind::Issues)),
            ("4. 総合政策部の重点目標", Some(SectionKind::Goals)),
            ("5. 重要目標の達成に向けた具体的な取組み", Some(SectionKind::Initiatives)),
            ("①広報戦略の確立", None),
        ] {
            assert_eq!(read_section(title, &v), section, "{title}");
        }
    }
}
