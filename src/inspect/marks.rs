//! What each cell of a sheet was taken for, as one full-width character.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{Located, Records};
use crate::locate::meaning::Role;
use crate::locate::{Meaning, Table, View};
use crate::model::indicator::Kind;
use crate::model::place::CellRef;
use crate::model::quantity::Confidence;

/// Nothing stands there.
pub const BLANK: char = '・';
/// A text that belongs to nothing.
pub const LOOSE: char = '字';
/// Hidden with its row.
pub const HIDDEN: char = '隠';
/// Struck out.
pub const STRUCK: char = '消';
const HEADER: char = '＃';
const OTHER_TABLE: char = '表';
const LEFT_OUT: char = '除';
const LINE: char = '文';
const ASSUMED: char = '仮';
const UNREAD: char = '未';
const UNKNOWN: char = '？';

/// The characters with their meanings, in the order of the legend.
pub const LEGEND: &[(char, &str)] = &[
    (HEADER, "見出し"),
    ('名', "指標名"),
    ('単', "単位"),
    ('基', "基準値"),
    ('実', "実績"),
    ('見', "見込"),
    ('計', "計画"),
    ('目', "目標"),
    ('値', "値"),
    (ASSUMED, "前提を置いて読んだ値"),
    (UNREAD, "読めなかった値"),
    ('率', "達成率など（計算し直す）"),
    ('定', "定義・算出方法"),
    ('種', "指標の種類"),
    ('向', "よい方向"),
    ('区', "実績・目標や累計の区分"),
    ('番', "番号"),
    ('事', "事業名"),
    ('項', "取組項目"),
    ('部', "部"),
    ('課', "課"),
    ('年', "年度・月"),
    ('状', "進捗状況"),
    ('進', "進捗率"),
    ('期', "期限"),
    ('方', "今後の方向性"),
    ('言', "コメント"),
    ('備', "備考"),
    ('凡', "凡例"),
    (LINE, "運営方針の文"),
    (UNKNOWN, "意味の分からない列"),
    (OTHER_TABLE, "指標でない表"),
    (LEFT_OUT, "表の中で読まない行"),
    (HIDDEN, "隠れた行（読まない）"),
    (STRUCK, "取消線（読まない）"),
    (LOOSE, "表の外の文字"),
    (BLANK, "空欄"),
];

/// What a sheet's cells were taken for, by the cell that carries the content.
#[derive(Debug, Default)]
pub struct Marks(BTreeMap<CellRef, char>);

impl Marks {
    /// The marks of a sheet.
    pub fn of(located: &Located, records: &Records) -> Self {
        let mut marks = Self::default();
        for table in &located.layout.tables {
            marks.table(located.view_of(table), table, located.profiled.is_some());
        }
        let blocks = &located.layout.blocks;
        marks.0.extend(blocks.iter().filter_map(|block| block.number).map(|at| (at, '番')));
        for pair in blocks.iter().flat_map(|block| &block.pairs).chain(&located.layout.pairs) {
            marks.0.insert(pair.label, HEADER);
            let mark = column(&pair.meaning);
            marks.0.extend(pair.values.iter().map(|at| (*at, mark)));
        }
        marks.records(&located.sheet.name, records);
        marks
    }

    /// The mark of a cell.
    pub fn at(&self, anchor: CellRef) -> char {
        self.0.get(&anchor).copied().unwrap_or(LOOSE)
    }

    fn table(&mut self, view: &View, table: &Table, profiled: bool) {
        let read = profiled || table.purpose.indicators || table.purpose.initiatives;
        let without: BTreeSet<u32> = table.left_out.iter().map(|(row, _)| *row).collect();
        for row in table.top..=table.bottom {
            let left_out = without.contains(&row);
            for slot in view.within(row, table.start, table.end) {
                let mark = match table.column_over(slot.start, slot.end) {
                    _ if row <= table.header_end => HEADER,
                    _ if left_out => LEFT_OUT,
                    _ if !read => OTHER_TABLE,
                    Some(over) => column(&over.meaning),
                    None => LOOSE,
                };
                self.0.entry(slot.anchor).or_insert(mark);
            }
        }
    }

    /// What only the records tell: lines of policy documents, and values that were assumed or not read.
    fn records(&mut self, sheet: &str, records: &Records) {
        let lines = records.sections.iter().filter(|line| &*line.place.sheet == sheet);
        for line in lines {
            self.0.entry(line.place.cell).or_insert(LINE);
        }
        for figure in records.indicators.iter().flat_map(|indicator| &indicator.figures) {
            let mark = match figure.confidence {
                Confidence::Read => continue,
                Confidence::Assumed => ASSUMED,
                Confidence::Unread => UNREAD,
            };
            if &*figure.place.sheet == sheet {
                self.0.insert(figure.place.cell, mark);
            }
        }
    }
}

/// The mark of what stands under a header.
fn column(meaning: &Meaning) -> char {
    if meaning.computed {
        return '率';
    }
    if meaning.is_value() {
        return match meaning.kind {
            Some(Kind::Baseline) => '基',
            Some(Kind::Actual) => '実',
            Some(Kind::Forecast) => '見',
            Some(Kind::Plan) => '計',
            Some(Kind::Target) => '目',
            None => '値',
        };
    }
    meaning.role.map_or(if meaning.unit.is_some() { '単' } else { UNKNOWN }, role)
}

fn role(role: Role) -> char {
    match role {
        Role::Indicator => '名',
        Role::Unit => '単',
        Role::Definition => '定',
        Role::Note => '備',
        Role::Class => '種',
        Role::Polarity => '向',
        Role::Value | Role::ValueColumn => '値',
        Role::Rate => '率',
        Role::Program => '事',
        Role::Item => '項',
        Role::Department => '部',
        Role::Division | Role::Owner => '課',
        Role::Status => '状',
        Role::Direction => '方',
        Role::Progress => '進',
        Role::Due => '期',
        Role::Comment => '言',
        Role::Number => '番',
        Role::FiscalYear | Role::Month => '年',
        Role::KindColumn | Role::Basis => '区',
        Role::Legend => '凡',
        Role::Group => '群',
        Role::Account => '費',
    }
}
