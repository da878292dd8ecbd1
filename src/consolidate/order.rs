//! 建制順: hoshin.toml's order of departments and divisions; unlisted ones follow in the order in which they are met.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::lineage::Standing;
use crate::model::organisation::{Department, Division, Organisation, rank};
use crate::normalise::names::Likeness;

/// All departments with all divisions, in 建制順.
#[derive(Debug, Clone)]
pub struct Order {
    /// hoshin.toml's, then unlisted ones.
    pub departments: Vec<Department>,
    /// hoshin.toml's alone.
    listed: Vec<Department>,
    /// Where those stand that the records name.
    ranks: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
}

impl Order {
    /// The order of hoshin.toml in a month, with what the records name beyond it and a finding for each such name that
    /// hoshin.toml never lists; of names of other times [`super::owners`] has spoken.
    pub fn new(organisation: &Organisation, records: &[Records], drafts: &mut Vec<Draft>) -> Self {
        let listed = organisation.departments.clone();
        let mut order = Self { departments: listed.clone(), listed, ranks: BTreeMap::new() };
        let mut admitted = BTreeSet::new();
        for record in records {
            for (department, division) in record.owners() {
                if !admitted.insert((department, division)) {
                    continue;
                }
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
        for (department, division) in admitted {
            let rank = rank(&order.departments, department, division);
            order.ranks.entry(department.to_owned()).or_default().insert(division.to_owned(), rank);
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
            self.departments.push(Department { name: department.to_owned(), ..Department::default() });
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
        divisions.push(Division { name: division.to_owned(), ..Division::default() });
    }

    /// Where a department and division stand; unknown departments last, the department itself before its divisions.
    pub fn rank(&self, department: &str, division: &str) -> (usize, usize) {
        let known = self.ranks.get(department).and_then(|divisions| divisions.get(division));
        known.copied().unwrap_or_else(|| rank(&self.departments, department, division))
    }
}

/// The name that is most like another one, where one is alike enough to ask.
fn alike<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let own = Likeness::of(name);
    let known = known.map(|other| (Likeness::of(other), other)).filter(|(other, _)| own.is_similar(other));
    let close = known.max_by(|(a, one), (b, two)| own.to(a).total_cmp(&own.to(b)).then_with(|| two.cmp(one)));
    close.map(|(_, name)| name)
}
