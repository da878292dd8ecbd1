//! Stage 8c: a [`Letter`] and its workbook → the bytes of an `.eml` that mail programs open as an unsent message. The
//! only user of `mail_builder`; it reads no clock and asks for no host name.

use std::fmt::Write;

use chrono::{FixedOffset, NaiveTime, TimeZone};
use mail_builder::MessageBuilder;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use crate::discover::sha256;
use crate::model::letter::Letter;

/// The kind of the attached workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Behind the @ of message ids: a name that never leads anywhere.
const HOST: &str = "hoshin.invalid";
/// Japan is nine hours ahead of UTC, without summer time.
const JAPAN: i32 = 9 * 3600;
/// The hour that a message carries: the start of a working day.
const HOUR: u32 = 9;

/// The letter could not be written.
#[derive(Debug, thiserror::Error)]
#[error("「{path}」を作れませんでした: {source}")]
pub struct MailError {
    path: String,
    source: std::io::Error,
}

/// Writes a letter with its workbook. Equal letters and workbooks give equal bytes: ids are made of their content.
pub fn write(letter: &Letter, workbook: &[u8]) -> Result<Vec<u8>, MailError> {
    let text =
        format!("{}\n{}\n{}\n{}\n{}", letter.path, letter.as_of, letter.subject, letter.body, letter.to);
    let id = sha256(format!("{text}\n{}", sha256(workbook)).as_bytes());
    let id = id.get(..32).unwrap_or_default();
    let body = MimePart::new(
        ContentType::new("multipart/mixed").attribute("boundary", format!("=_hoshin_{id}")),
        vec![
            MimePart::new("text/plain", letter.body.replace('\n', "\r\n")),
            MimePart::new(ContentType::new(XLSX), workbook)
                .header("Content-Disposition", Raw::new(disposition(&letter.attachment))),
        ],
    );
    let mut message = MessageBuilder::new()
        .message_id(format!("{id}@{HOST}"))
        .date(Date::new(timestamp(letter)))
        .subject(letter.subject.as_str())
        // Mail programs open a message with this header as one that is still to be sent.
        .header("X-Unsent", Raw::new("1"))
        .body(body);
    if !letter.from.is_empty() {
        message = message.from(letter.from.as_str());
    }
    // An empty To is left for the sender to fill in.
    message = if letter.to.is_empty() {
        message.header("To", Raw::new(""))
    } else {
        message.to(letter.to.as_str())
    };
    if !letter.cc.is_empty() {
        message = message.cc(letter.cc.as_str());
    }
    message.write_to_vec().map_err(|source| MailError { path: letter.path.clone(), source })
}

/// An attachment with its name, Japanese as RFC 2231 writes it: the crate would write it as RFC 2047 does, which is no
/// way for a file name.
fn disposition(name: &str) -> String {
    let mut out = "attachment; filename*=UTF-8''".to_owned();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(byte.into());
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The morning of the letter's day in Japan, in seconds.
fn timestamp(letter: &Letter) -> i64 {
    let morning = letter.as_of.and_time(NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default());
    let zone = FixedOffset::east_opt(JAPAN);
    zone.and_then(|zone| zone.from_local_datetime(&morning).single()).map_or(0, |moment| moment.timestamp())
}

#[cfg(test)]
mod tests;
