//! What a city's stages stand on.

use std::path::Path;

use hoshin::compose::Plan;
use hoshin::config;
use hoshin::console::Progress;
use hoshin::discover::Input;
use hoshin::finding::Words;
use hoshin::judge::{Rules, Text};
use hoshin::model::passwords::Passwords;
use hoshin::normalise::Vocabulary;
use hoshin::pdf::{Fonts, Theme};
use hoshin::pipeline::Settings;
use hoshin::profile;
use hoshin::project::Project;
use hoshin::templates::Templates;

use crate::city::{AS_OF, Failure, PERIOD};

/// The built-in templates under a hoshin.toml.
pub fn project(config_text: String) -> Result<Project, Failure> {
    let templates = Templates::embedded();
    let own = |name: &'static str| templates.text(name).to_owned();
    let vocabulary = Vocabulary::builtin().map_err(|problems| format!("{problems:?}"))?;
    let mut words = Words::parse(&own("findings.toml"), "").map_err(|problems| format!("{problems:?}"))?;
    let rules = own("judgement.toml");
    let config = config::parse(&config_text, "hoshin.toml").map_err(|errors| errors.to_string())?;
    words.set_severities(&config.severities);
    Ok(Project {
        config,
        config_text,
        words,
        profiles: profile::load(&templates, &vocabulary).map_err(|problems| problems.join("\n"))?,
        rules: Rules::parse(&[Text { file: "judgement.toml", text: &rules }])
            .map_err(|problems| problems.join("\n"))?,
        plan: Plan::parse(&own("report.toml")).map_err(|problems| problems.join("\n"))?,
        theme: Theme::parse(&own("theme.toml")).map_err(|problems| problems.join("\n"))?,
        passwords: Passwords::default(),
        vocabulary,
        templates,
    })
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
