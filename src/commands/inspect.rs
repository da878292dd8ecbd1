//! `hoshin inspect`: how a workbook was understood.

use super::{Exit, Failure, project};
use crate::cli::{Format, InspectArgs};
use crate::discover::shown;
use crate::io_reason::io_reason;
use crate::pipeline;
use crate::{clock, console};

pub(super) fn inspect(args: &InspectArgs) -> Result<Exit, Failure> {
    let project = project::load(args.project.config.as_deref())?;
    // Told here, before anybody tries to understand it: what it is not, is no finding about its data.
    let name = shown(&args.workbook);
    match std::fs::metadata(&args.workbook) {
        Ok(data) if data.is_dir() => {
            let message = format!("「{name}」はフォルダーです。台帳のファイルを1つ指定してください");
            return Err(Failure::new(Exit::Usage, message));
        }
        Ok(_) => {}
        Err(error) => {
            let message =
                format!("台帳「{name}」を読めません: {}。場所と名前を確かめてください", io_reason(&error));
            return Err(Failure::new(Exit::Input, message));
        }
    }
    if args.suggest_profile {
        console::out(&pipeline::suggest_profile(&project, &args.workbook, clock::today())?);
        return Ok(Exit::Done);
    }
    let inspection = pipeline::inspect(&project, &args.workbook, clock::today())?;
    console::out(match args.format {
        Format::Text => &inspection.text,
        Format::Json => &inspection.json,
    });
    Ok(Exit::Done)
}
