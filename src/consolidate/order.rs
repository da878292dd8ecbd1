//! 建制順: hoshin.toml's order of departments and divisions; unlisted ones follow in the order in which they are met.

use crate::config::Config;
use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::organisation::{self, Department, Division};

/// All departments with all divisions, in 建制順.
#[derive(Debug, Clone)]
pub struct Order {
    /// hoshin.toml's, then unlisted ones.
    pub departments: Vec<Department>,
}

impl Order {
    /// The order of hoshin.toml, with what the records name beyond it and a finding for each such name.
    pub fn new(config: &Config, records: &[Records], drafts: &mut Vec<Draft>) -> Self {
        let mut order = Self { departments: config.departments.clone() };
        for record in records {
            for (department, division) in record.owners() {
                order.admit(department, division, &record.workbook, drafts);
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
            let (name, aliases, divisions) = (department.to_owned(), Vec::new(), Vec::new());
            self.departments.push(Department { name, aliases, divisions });
            self.departments.len() - 1
        });
        let divisions = &mut self.departments[index].divisions;
        if division.is_empty() || divisions.iter().any(|known| known.name == division) {
            return;
        }
        let draft = Draft::new(Code::DivisionUnlisted).in_workbook(workbook).of(department, division);
        drafts.push(draft.with("name", division).with("department", department));
        divisions.push(Division { name: division.to_owned(), aliases: Vec::new() });
    }

    /// Where a department and division stand; unknown departments last, the department itself before its divisions.
    pub fn rank(&self, department: &str, division: &str) -> (usize, usize) {
        organisation::rank(&self.departments, department, division)
    }
}
