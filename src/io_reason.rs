//! Why the operating system refused, in Japanese.

use std::io::{Error, ErrorKind};

/// A few Japanese words for an error of the operating system, whose own words are English.
pub fn io_reason(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "見つかりません",
        ErrorKind::PermissionDenied => "読み書きの権限がないか、ほかのプログラムで開かれています",
        ErrorKind::AlreadyExists => "同じ名前のものがすでにあります",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ディスクの空きが足りません",
        ErrorKind::ReadOnlyFilesystem => "書き込みのできない場所です",
        ErrorKind::NotADirectory => "フォルダーではありません",
        ErrorKind::IsADirectory => "ファイルではなくフォルダーです",
        ErrorKind::DirectoryNotEmpty => "フォルダーが空ではありません",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "ほかのプログラムが使っています",
        ErrorKind::FileTooLarge => "ファイルが大きすぎます",
        ErrorKind::InvalidFilename => "ファイルの名前が長すぎるか、使えない文字があります",
        ErrorKind::CrossesDevices => "別のドライブにまたがっています",
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::StaleNetworkFileHandle
        | ErrorKind::TimedOut => "ネットワークの先につながりません",
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => "中身が壊れています",
        _ => {
            return error.raw_os_error().map_or_else(
                || "入出力の誤りです".to_owned(),
                |code| format!("入出力の誤りです（番号 {code}）"),
            );
        }
    };
    words.to_owned()
}
