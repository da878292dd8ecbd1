//! What a file is, by its content.

use std::io::Cursor;

use super::error::ReadError;
use super::meter::Meter;
use super::package::Package;

/// A workbook's kind, with the package opened on the way.
pub enum Kind<'a> {
    /// xlsx, xlsm.
    Xlsx(Package<'a>),
    /// xlsb.
    Xlsb(Package<'a>),
    /// ods.
    Ods(Package<'a>),
    /// xls.
    Xls,
}

/// Tells the kind, or why it is none.
pub fn sniff<'a>(bytes: &'a [u8], meter: &'a Meter) -> Result<Kind<'a>, ReadError> {
    match bytes {
        [] => Err(ReadError::Empty),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => in_package(bytes, meter),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => in_compound_file(bytes),
        _ => Err(ReadError::NotAWorkbook(seems(bytes).to_owned())),
    }
}

fn in_package<'a>(bytes: &'a [u8], meter: &'a Meter) -> Result<Kind<'a>, ReadError> {
    let mut package = Package::open(bytes, meter)?;
    if let Some(mimetype) = package.text("mimetype")? {
        let mimetype = mimetype.trim();
        if mimetype.contains("opendocument.spreadsheet") {
            return Ok(Kind::Ods(package));
        }
        if mimetype.contains("opendocument") {
            return Err(ReadError::NotAWorkbook("OpenDocument の文書".to_owned()));
        }
    }
    // The root relationship would tell exactly; these are where every known writer puts the part.
    if package.has("xl/workbook.bin") {
        return Ok(Kind::Xlsb(package));
    }
    if package.has("xl/workbook.xml") || package.has_folder("xl/") || has_workbook_elsewhere(&mut package)? {
        return Ok(Kind::Xlsx(package));
    }
    let seems = if package.has_folder("word/") {
        "Word の文書"
    } else if package.has_folder("ppt/") {
        "PowerPoint の資料"
    } else if package.has("content.xml") {
        return Ok(Kind::Ods(package));
    } else {
        "ZIP ファイル"
    };
    Err(ReadError::NotAWorkbook(seems.to_owned()))
}

/// Whether the content types name a workbook in a place of its own.
fn has_workbook_elsewhere(package: &mut Package) -> Result<bool, ReadError> {
    let types = package.text("[Content_Types].xml")?;
    Ok(types.is_some_and(|types| types.contains("spreadsheetml.sheet.main+xml")))
}

fn in_compound_file(bytes: &[u8]) -> Result<Kind<'_>, ReadError> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(ReadError::broken)?;
    let has = |name: &str| file.root_entry().path().join(name).to_str().is_some_and(|path| file.exists(path));
    if has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    if has("Workbook") || has("Book") {
        return Ok(Kind::Xls);
    }
    let seems = if has("WordDocument") {
        "Word の文書"
    } else if has("PowerPoint Document") {
        "PowerPoint の資料"
    } else {
        "Office 以外のファイル"
    };
    Err(ReadError::NotAWorkbook(seems.to_owned()))
}

/// What bytes that are no container seem to be.
fn seems(bytes: &[u8]) -> &'static str {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let text = String::from_utf8_lossy(head).to_lowercase();
    if head.starts_with(b"%PDF") {
        "PDF"
    } else if head.starts_with(&[0x89, b'P', b'N', b'G']) || head.starts_with(&[0xFF, 0xD8, 0xFF]) {
        "画像"
    } else if matches!(head, [9, 0 | 2 | 4 | 8, ..]) {
        "Excel 95 より古い形式のブック"
    } else if text.contains("<html") || text.contains("<!doctype html") {
        "ウェブページ（HTML）"
    } else if text.trim_start().starts_with("<?xml") {
        "XML"
    } else if !head.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x1B)) {
        if std::str::from_utf8(bytes).is_ok() {
            "テキスト・CSV"
        } else {
            "文字コードの違うテキスト、または別の種類のファイル"
        }
    } else {
        "種類の分からないファイル"
    }
}
