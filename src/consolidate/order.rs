//! 建制順: hoshin.toml's order of departments and divisions; unlisted ones follow in the order in which they are met.

use crate::config::Config;
use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::organisation::{Department, Division};
use crate::normalise::names::{is_similar, similarity};

/// All departments with all divisions, in 建制順.
#[derive(Debug, Clone)]
pub struct Order {
    /// hoshin.toml's, then unlisted ones.
    pub departments: Vec<Department>,
    /// hoshin.toml's alone.
    listed: Vec<Department>,
}

impl Order {
    /// The order of hoshin.toml, with what the records name beyond it and a finding for each such name.
    pub fn new(config: &Config, records: &[Records], drafts: &mut Vec<Draft>) -> Self {
        let mut order = Self { departments: config.departments.clone(), listed: config.departments.clone() };
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
            let close = alike(department, self.listed.iter().map(|listed| listed.name.as_str()));
            let code = if close.is_some() { Code::SimilarDepartment } else { Code::DepartmentUnlisted };
            let draft = Draft::new(code).in_workbook(workbook).of(department, "").with("name", department);
            drafts.push(match close {
                Some(other) => {
                    draft.with("other", other).with("line", format!("aliases = [\"{department}\"]"))
                }
                None => draft,
            });
            let (name, aliases, divisions) = (department.to_owned(), Vec::new(), Vec::new());
            self.departments.push(Department { name, aliases, divisions });
            self.departments.len() - 1
        });
        let divisions = &mut self.departments[index].divisions;
        if division.is_empty() || divisions.iter().any(|known| known.name == division) {
            return;
        }
        let home = self.listed.iter().find(|listed| listed.name == department);
        let names = home.iter().flat_map(|listed| &listed.divisions).map(|listed| listed.name.as_str());
        let close = alike(division, names);
        let code = if close.is_some() { Code::SimilarDivision } else { Code::DivisionUnlisted };
        let draft = Draft::new(code).in_workbook(workbook).of(department, division);
        let draft = draft.with("name", division).with("department", department);
        // Divisions of a department that is itself in doubt are settled with it.
        let doubted = home.is_none()
            && alike(department, self.listed.iter().map(|listed| listed.name.as_str())).is_some();
        if let Some(other) = close {
            let line = format!("{{ name = \"{other}\", aliases = [\"{division}\"] }}");
            drafts.push(draft.with("other", other).with("line", line));
        } else if !doubted {
            drafts.push(draft);
        }
        divisions.push(Division { name: division.to_owned(), aliases: Vec::new() });
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

/// The name that is most like another one, where one is alike enough to ask.
fn alike<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let close = known.filter(|other| is_similar(name, other));
    close.max_by(|a, b| similarity(name, a).total_cmp(&similarity(name, b)).then_with(|| b.cmp(a)))
}
