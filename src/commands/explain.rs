//! `hoshin explain`: what a finding's code means and how to cure it.

use super::{Exit, Failure, project};
use crate::cli::ExplainArgs;
use crate::console;
use crate::finding::{Code, Words};

pub(super) fn explain(args: &ExplainArgs) -> Result<Exit, Failure> {
    let words = project::load(args.project.config.as_deref())?.words;
    let codes = args.code.as_ref().map_or(Code::ALL, std::slice::from_ref);
    let entries: Vec<_> = codes.iter().filter_map(|code| entry(*code, &words)).collect();
    console::out(&entries.join("\n\n"));
    Ok(Exit::Done)
}

fn entry(code: Code, words: &Words) -> Option<String> {
    let word = words.get(code)?;
    let explain = word.explain.trim();
    let [message, cure] = [&word.message, &word.cure].map(|text| readable(text));
    let label = word.severity.label();
    Some(format!(
        "{code}　{}（{label}）\n　表示　{message}\n　対処　{cure}\n　説明　{}",
        word.title,
        explain.replace('\n', "\n　　　　")
    ))
}

/// A template's sentence with `{…}` where a month's own words would stand.
fn readable(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, behind)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push('…');
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn placeholders_become_dots() {
        assert_eq!(readable("「{raw}」を {reading} と読みました"), "「…」を … と読みました");
        assert_eq!(readable("{a}{b}"), "……");
        assert_eq!(readable("開いたまま {"), "開いたまま {");
    }
}
