//! What a city's stages stand on.

use std::path::Path;

use hoshin::config;
use hoshin::console::Progress;
use hoshin::discover::Input;
use hoshin::model::passwords::Passwords;
use hoshin::pdf::Fonts;
use hoshin::pipeline::Settings;
use hoshin::project::Project;
use hoshin::templates::Templates;

use crate::city::{AS_OF, Failure, PERIOD};

/// The built-in templates under a hoshin.toml.
pub fn project(config_text: String) -> Result<Project, Failure> {
    let config = config::parse(&config_text, "hoshin.toml").map_err(|errors| errors.to_string())?;
    let project =
        Project::new((config, config_text), Templates::embedded(), Passwords::default(), "hoshin.toml");
    Ok(project.map_err(|problems| problems.join("\n"))?)
}

/// A month of a project folder, read in this process, its documents not yet composed.
pub fn settings(folder: &Path, project: Project) -> Result<Settings, Failure> {
    Ok(Settings {
        project,
        input: Input {
            folder: folder.join("input").join(PERIOD),
            plain: false,
            reports: folder.join("reports"),
        },
        period: PERIOD.parse().map_err(|_| "a month")?,
        as_of: AS_OF.parse()?,
        late: false,
        jobs: None,
        apart: None,
        correcting: None,
        compose: false,
        cache: None,
        keeper: None,
        progress: Progress::silent(),
    })
}

/// The built-in fonts.
pub fn fonts(templates: &Templates) -> Result<Fonts, Failure> {
    let [regular, bold] = ["fonts/BIZUDGothic-Regular.ttf", "fonts/BIZUDGothic-Bold.ttf"];
    Ok(Fonts::new(templates.shared(regular), templates.shared(bold))?)
}
