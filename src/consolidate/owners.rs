//! Old names on sheets: after a reorganisation (機構改革) a workbook may carry the name that its division had before.

use std::collections::BTreeSet;

use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::lineage::Standing;
use crate::model::organisation::{Organisation, UnitName};

/// Reads old names as their successors', where there is just one, and says so; of others it says why they stay.
pub fn follow(records: &mut Records, organisation: &Organisation) {
    let mut old: BTreeSet<UnitName> = BTreeSet::new();
    let mut rename = |department: &mut String, division: &mut String| {
        let name = UnitName::new(&**department, &**division);
        let now = organisation.current(department, division);
        old.insert(name);
        (*department, *division) = (now.department, now.division);
    };
    rename(&mut records.department, &mut records.division);
    for source in &mut records.indicators {
        rename(&mut source.department, &mut source.division);
    }
    for source in &mut records.initiatives {
        rename(&mut source.department, &mut source.division);
    }
    for line in &mut records.sections {
        rename(&mut line.department, &mut String::new());
    }
    for draft in &mut records.drafts {
        rename(&mut draft.department, &mut draft.division);
    }
    let told: Vec<Draft> = old.iter().filter_map(|name| draft(name, organisation)).collect();
    // A department's new name is told with its division's.
    let alone = |draft: &Draft| {
        draft.code != Code::OwnerRenamed
            || !draft.division.is_empty()
            || told.iter().all(|other| other.division.is_empty())
    };
    let workbook = records.workbook.clone();
    records.drafts.extend(told.iter().filter(|draft| alone(draft)).map(|d| d.clone().in_workbook(&workbook)));
}

fn draft(name: &UnitName, organisation: &Organisation) -> Option<Draft> {
    let (department, division) = (name.department.as_str(), name.division.as_str());
    let draft = match organisation.lineage.standing(department, division, organisation.period) {
        Standing::Unlisted | Standing::Current => return None,
        Standing::Became(heir) => {
            Draft::new(Code::OwnerRenamed).of(&heir.department, &heir.division).reading(heir.to_string())
        }
        Standing::Split(heirs) => {
            let heirs: Vec<String> = heirs.iter().map(|heir| format!("「{heir}」")).collect();
            Draft::new(Code::OwnerSplit).of(department, division).with("heirs", heirs.join("と"))
        }
        Standing::Gone => Draft::new(Code::OwnerGone).of(department, division),
    };
    Some(draft.raw(&name.to_string()).with("month", month(organisation)))
}

fn month(organisation: &Organisation) -> String {
    format!("{}年{}月", organisation.period.year, organisation.period.month)
}
