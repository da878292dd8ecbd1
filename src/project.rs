//! What a city has set: its configuration, with its templates as the stages take them.

use crate::compose::Plan;
use crate::config::Config;
use crate::finding::Words;
use crate::judge::{Rules, Text};
use crate::model::passwords::Passwords;
use crate::model::sheet::Workbook;
use crate::normalise::Vocabulary;
use crate::pdf::Theme;
use crate::profile::{self, Profile};
use crate::read::{self, ReadError};
use crate::templates::Templates;

/// What a city has set, valid in itself.
#[derive(Debug, Clone)]
pub struct Project {
    /// hoshin.toml.
    pub config: Config,
    /// Its text, for the workers that read workbooks.
    pub config_text: String,
    /// What may be changed without recompiling.
    pub templates: Templates,
    /// The words of findings, with the city's severities.
    pub words: Words,
    /// The words that city halls write.
    pub vocabulary: Vocabulary,
    /// How stubborn layouts are read.
    pub profiles: Vec<Profile>,
    /// How indicators and initiatives are judged.
    pub rules: Rules,
    /// What each document holds.
    pub plan: Plan,
    /// Page, type sizes, colours.
    pub theme: Theme,
    /// What may open encrypted workbooks; never part of what is written.
    pub passwords: Passwords,
}

impl Project {
    /// A configuration with its text under templates; all that is wrong with them, in Japanese. `config_name` is what
    /// messages call the configuration's file.
    pub fn new(
        (config, config_text): (Config, String),
        templates: Templates,
        passwords: Passwords,
        config_name: &str,
    ) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let words =
            Words::parse(Templates::embedded().text("findings.toml"), templates.text("findings.toml"));
        let words =
            words.map_err(|errors| problems.extend(errors.iter().map(|error| format!("templates/{error}"))));
        let vocabulary = Vocabulary::in_force(templates.text("vocabulary.toml"))
            .map_err(|errors| problems.extend(errors.iter().map(|e| format!("templates/{e}"))));
        let theme = Theme::parse(templates.text("theme.toml")).map_err(|errors| problems.extend(errors));
        let plan = Plan::parse(templates.text("report.toml")).map_err(|errors| problems.extend(errors));
        if let (Ok(theme), Ok(plan)) = (&theme, &plan) {
            let looks: Vec<&str> = theme.looks().collect();
            problems.extend(plan.unknown_looks(templates.text("report.toml"), &looks));
        }
        // Profiles are checked even where the city's own words are wrong, so that all problems are told at once.
        let known =
            vocabulary.as_ref().ok().cloned().or_else(|| Vocabulary::builtin().ok()).unwrap_or_default();
        let rules = rules(&templates, &config, config_name).map_err(|errors| problems.extend(errors));
        let profiles = profile::load(&templates, &known).map_err(|errors| problems.extend(errors));
        match (words, vocabulary, profiles, rules, theme.and_then(|theme| Ok((theme, plan?)))) {
            (Ok(mut words), Ok(vocabulary), Ok(profiles), Ok(rules), Ok((theme, plan)))
                if problems.is_empty() =>
            {
                words.set_severities(&config.severities);
                Ok(Self {
                    config,
                    config_text,
                    templates,
                    words,
                    vocabulary,
                    profiles,
                    rules,
                    plan,
                    theme,
                    passwords,
                })
            }
            _ => Err(problems),
        }
    }

    /// Stage 2 for one workbook, within the city's limits; `path` is only taken over into it.
    pub fn open(&self, path: &str, bytes: &[u8]) -> Result<Workbook, ReadError> {
        read::open(path.into(), bytes, &self.vocabulary.eras, &self.config.limits, &self.passwords)
    }
}

/// The built-in rules with a city's own over them; hoshin.toml may only choose what they hold.
fn rules(templates: &Templates, config: &Config, config_name: &str) -> Result<Rules, Vec<String>> {
    let text = |text| Text { file: "templates/judgement.toml", text };
    let builtin = Templates::embedded();
    let rules =
        Rules::parse(&[text(builtin.text("judgement.toml")), text(templates.text("judgement.toml"))])?;
    chosen(rules, config, config_name)
}

/// The rules, where they hold all that a configuration chooses; a problem for each that they lack.
pub fn chosen(rules: Rules, config: &Config, config_name: &str) -> Result<Rules, Vec<String>> {
    let unknown = config.unknown_rules(&rules.names());
    if unknown.is_empty() {
        return Ok(rules);
    }
    Err(unknown
        .iter()
        .map(|problem| format!("{config_name} の{}行目: {}", problem.line, problem.message))
        .collect())
}
