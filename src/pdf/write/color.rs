//! What the colours mean: sRGB.

use lopdf::{Dictionary, Document as Pdf, Object, Stream};

use super::{add_to, dictionary, name};

/// The profile; see `templates/color/PROVENANCE.md`.
const SRGB: &[u8] = include_bytes!("../../../templates/color/srgb.icc");

/// Adds the output intent that PDF/A asks for.
pub(super) fn add(pdf: &mut Pdf) -> Object {
    let header: Dictionary = [("N", Object::Integer(3))].into_iter().collect();
    let profile = add_to(pdf, Stream::new(header, SRGB.to_vec()));
    let intent = dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", Object::string_literal("sRGB IEC61966-2.1")),
        ("Info", Object::string_literal("sRGB IEC61966-2.1")),
        ("DestOutputProfile", profile),
    ]);
    add_to(pdf, intent)
}
