//! 建制順: hoshin.toml's order of departments and divisions; unlisted ones follow in the order in which they are met.

use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::lineage::Standing;
use crate::model::organisation::{Department, Division, Organisation};

/// All departments with all divisions, in 建制順.
#[derive(Debug, Clone)]
pub struct Order {
    /// hoshin.toml's, then unlisted ones.
    pub departments: Vec<Department>,
}

impl Order {
    /// The order of hoshin.toml in a month, with what the records name beyond it and a finding for each such name that
    /// hoshin.toml never lists; of names of other times [`super::owners`] has spoken.
    pub fn new(organisation: &Organisation, records: &[Records], drafts: &mut Vec<Draft>) -> Self {
        let mut order = Self { departments: organisation.departments.clone() };
        for record in records {
            for (department, division) in record.owners() {
                let mut unlisted = Vec::new();
                order.admit(department, division, &record.workbook, &mut unlisted);
                let never = |draft: &Draft| {
                    let standing = organisation.lineage.standing(
                        &draft.department,
                        &draft.division,
                        organisation.period,
                    );
                    matches!(standing, Standing::Unlisted | Standing::Current)
                };
                drafts.extend(unlisted.into_iter().filter(never));
            }
        }
        order
    }

    fn admit(&mut self, department: &str, division: &str, workbook: &str, drafts: &mut Vec<Draft>) {
        if department.is_empty() {
            return;
        }
        let index = self.departments.iter().position(|known| known.name == department).unwrap_or_else(|| {
            let draft = Draft::new(Code::DepartmentUnlisted).in_workbook(workbook).of(department, "");
            drafts.push(draft.with("name", department));
            self.departments.push(Department { name: department.to_owned(), ..Department::default() });
            self.departments.len() - 1
        });
        let divisions = &mut self.departments[index].divisions;
        if division.is_empty() || divisions.iter().any(|known| known.name == division) {
            return;
        }
        let draft = Draft::new(Code::DivisionUnlisted).in_workbook(workbook).of(department, division);
        drafts.push(draft.with("name", division).with("department", department));
        divisions.push(Division { name: division.to_owned(), ..Division::default() });
    }

    /// Where a department and division stand; unknown departments last, the department itself before its divisions.
    pub fn rank(&self, department: &str, division: &str) -> (usize, usize) {
        let Some(index) = self.departments.iter().position(|known| known.name == department) else {
            return (usize::MAX, 0);
        };
        let divisions = &self.departments[index].divisions;
        let below = divisions.iter().position(|known| known.name == division);
        (index, if division.is_empty() { 0 } else { below.map_or(usize::MAX, |place| place + 1) })
    }
}
