//! `hoshin schedule`: the unit, crontab line or task of the monthly run.
//!
//! It runs every day and does nothing where the month stands, so that a machine that was off on the first catches up.

use std::path::Path;

use super::{Exit, Failure};
use crate::cli::{ScheduleArgs, Target};
use crate::console;
use crate::io_reason::io_reason;

pub(super) fn schedule(args: &ScheduleArgs) -> Result<Exit, Failure> {
    let fail = |error: &std::io::Error| {
        Failure::new(Exit::Usage, format!("プログラムの場所が分かりません: {}", io_reason(error)))
    };
    let program = std::env::current_exe().map_err(|error| fail(&error))?;
    let folder = std::env::current_dir().map_err(|error| fail(&error))?;
    let (program, folder) = (plain(&program)?, plain(&folder)?);
    console::out(&match args.target {
        Target::Systemd => systemd(&program, &folder),
        Target::Cron => cron(&program, &folder),
        Target::Windows => windows(&program, &folder),
    });
    Ok(Exit::Done)
}

/// A path as text; none of the three formats can hold a line break in one.
fn plain(path: &Path) -> Result<String, Failure> {
    match path.to_str() {
        Some(text) if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        _ => Err(Failure::new(
            Exit::Usage,
            format!(
                "「{}」には自動実行の設定に書けない文字があります。フォルダーの名前を変えてください",
                path.display()
            ),
        )),
    }
}

fn systemd(program: &str, folder: &str) -> String {
    let percent = |text: &str| text.replace('%', "%%");
    let quoted = |text: &str| format!("\"{}\"", percent(text).replace('\\', "\\\\").replace('"', "\\\""));
    let (command, home, whole) = (quoted(program), quoted(folder), percent(folder));
    format!(
        "# hoshin の毎日の実行（その月の報告書がすでにあれば何もしません）
#
# 設定のしかた（管理者の権限が必要です）
#   1. 下の「hoshin.service」の部分を /etc/systemd/system/hoshin.service に保存する
#   2. 下の「hoshin.timer」の部分を /etc/systemd/system/hoshin.timer に保存する
#   3. 実行する利用者を変えるときは、hoshin.service に User= の行を加える
#   4. systemctl daemon-reload と systemctl enable --now hoshin.timer を実行する

# ── hoshin.service ──
[Unit]
Description=hoshin 月次集計

[Service]
Type=oneshot
WorkingDirectory={whole}
ExecStart={command} run --if-due
ReadWritePaths={home}
ProtectSystem=strict
PrivateTmp=yes
PrivateDevices=yes
PrivateNetwork=yes
NoNewPrivileges=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native

# ── hoshin.timer ──
[Unit]
Description=hoshin 月次集計（毎日6時）

[Timer]
OnCalendar=*-*-* 06:00:00
Persistent=true

[Install]
WantedBy=timers.target
"
    )
}

fn cron(program: &str, folder: &str) -> String {
    // cron takes % for a line break even within quotes.
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''").replace('%', "\\%"));
    format!(
        "# hoshin の毎日の実行（6時。その月の報告書がすでにあれば何もしません）
# 設定のしかた: crontab -e を実行し、次の行を加えて保存してください。
0 6 * * * cd {} && {} run --if-due
",
        quoted(folder),
        quoted(program)
    )
}

fn windows(program: &str, folder: &str) -> String {
    let escaped = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let (program, folder) = (escaped(program), escaped(folder));
    format!(
        r#"<?xml version="1.0"?>
<!--
  hoshin の毎日の実行（6時。その月の報告書がすでにあれば何もしません）
  設定のしかた: この内容を hoshin.xml に保存し、コマンド プロンプトで次を実行してください。
    schtasks /Create /TN "hoshin" /XML hoshin.xml
  文字コードは UTF-8 でも UTF-16 でもかまいません（そのため1行目に encoding を書いていません）。
-->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>hoshin 月次集計</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2020-04-01T06:00:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>run --if-due</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systemd_reads_paths_as_they_are() {
        let text = systemd("/opt/方針 50%/ho\"shin", "/srv/部 \\a%n");
        assert!(text.contains("\nWorkingDirectory=/srv/部 \\a%%n\n"), "{text}");
        assert!(text.contains("\nExecStart=\"/opt/方針 50%%/ho\\\"shin\" run --if-due\n"), "{text}");
        assert!(text.contains("\nReadWritePaths=\"/srv/部 \\\\a%%n\"\n"), "{text}");
    }

    #[test]
    fn cron_reads_paths_as_they_are() {
        let text = cron("/opt/50%/ho'shin", "/srv/部 1");
        assert!(
            text.ends_with("\n0 6 * * * cd '/srv/部 1' && '/opt/50\\%/ho'\\''shin' run --if-due\n"),
            "{text}"
        );
    }

    #[test]
    fn the_task_is_well_formed_whatever_the_paths() {
        let text = windows("C:\\R&D\\<x>\\hoshin.exe", "C:\\台帳 \"1\"");
        assert!(text.contains("<Command>C:\\R&amp;D\\&lt;x&gt;\\hoshin.exe</Command>"), "{text}");
        let comment =
            text.split_once("<!--").and_then(|(_, rest)| rest.split_once("-->")).map(|(inside, _)| inside);
        assert!(comment.is_some_and(|inside| !inside.contains("--")), "XML forbids -- in comments");
    }
}
