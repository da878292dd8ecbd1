//! The bytes of a PDF file: objects packed together, streams deflated, the cross-reference table as a stream.
//! lopdf's own writer leaves that table uncompressed and holds every object twice.

use lopdf::{Dictionary, Object, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::{dictionary, name, reference};

/// Objects packed into one stream.
const PACKED: usize = 256;

/// A file that grows object by object.
pub(super) struct File {
    bytes: Vec<u8>,
    /// Where each object stands; the object 0 is none.
    places: Vec<Place>,
    pack: Pack,
}

#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    Packed { pack: u32, index: usize },
}

/// The packed objects that wait for their stream.
struct Pack {
    id: u32,
    /// Object and place within the body.
    objects: Vec<(u32, usize)>,
    body: Vec<u8>,
}

impl File {
    /// A file whose objects up to `taken` are put later.
    pub fn new(taken: u32) -> Self {
        let bytes = b"%PDF-1.7\n%\xBB\xAD\xC0\xDE\n".to_vec();
        let places = vec![Place::Free; taken as usize + 1];
        let mut file = Self { bytes, places, pack: Pack { id: 0, objects: Vec::new(), body: Vec::new() } };
        file.pack.id = file.id();
        file
    }

    /// The number of an object to be put later.
    pub fn id(&mut self) -> u32 {
        self.places.push(Place::Free);
        u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
    }

    /// Numbers of objects in a row; the first of them.
    pub fn ids(&mut self, count: usize) -> u32 {
        let first = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.resize(self.places.len() + count, Place::Free);
        first
    }

    /// Puts an object that is no stream, as it is written in a file.
    pub fn put(&mut self, id: u32, body: &[u8]) {
        let pack = &mut self.pack;
        let place = Place::Packed { pack: pack.id, index: pack.objects.len() };
        pack.objects.push((id, pack.body.len()));
        pack.body.extend_from_slice(body);
        pack.body.push(b'\n');
        if let Some(free) = self.places.get_mut(id as usize) {
            *free = place;
        }
        if self.pack.objects.len() >= PACKED {
            self.flush();
        }
    }

    /// Puts an object.
    pub fn set(&mut self, id: u32, object: &Object) {
        if let Object::Stream(stream) = object {
            return self.stream(id, stream.clone());
        }
        let mut body = Vec::new();
        write(&mut body, object);
        self.put(id, &body);
    }

    /// Puts an object; the reference to it comes back.
    pub fn add(&mut self, object: &Object) -> Object {
        let id = self.id();
        self.set(id, object);
        reference(id)
    }

    /// Puts a stream, deflated where that makes it smaller.
    pub fn stream(&mut self, id: u32, mut stream: Stream) {
        if stream.allows_compression {
            deflate(&mut stream);
        }
        if let Some(place) = self.places.get_mut(id as usize) {
            *place = Place::At(self.bytes.len());
        }
        self.bytes.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
        write_stream(&mut self.bytes, &stream);
        self.bytes.extend_from_slice(b"endobj\n");
    }

    /// A digest of all that was put so far.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(&self.bytes);
        hash.update(&self.pack.body);
        hash.finalize().into()
    }

    /// Writes the packed objects.
    fn flush(&mut self) {
        let next = self.id();
        let pack = std::mem::replace(
            &mut self.pack,
            Pack { id: next, objects: Vec::with_capacity(PACKED), body: Vec::new() },
        );
        let mut content = Vec::with_capacity(pack.body.len() + 8 * PACKED);
        for (id, at) in &pack.objects {
            content.extend_from_slice(format!("{id} {at} ").as_bytes());
        }
        let header: Dictionary = [
            ("Type", name("ObjStm")),
            ("N", Object::Integer(i64::try_from(pack.objects.len()).unwrap_or_default())),
            ("First", Object::Integer(i64::try_from(content.len()).unwrap_or_default())),
        ]
        .into_iter()
        .collect();
        content.extend_from_slice(&pack.body);
        self.stream(pack.id, Stream::new(header, content));
    }

    /// The finished file; `trailer` names its root, its information and its identity.
    pub fn finish(mut self, mut trailer: Dictionary) -> Vec<u8> {
        self.flush();
        // The stream reserved for further packed objects serves as the table.
        let (id, start) = (self.pack.id, self.bytes.len());
        if let Some(place) = self.places.get_mut(id as usize) {
            *place = Place::At(start);
        }
        let widths = [1_usize, 4, 2];
        let columns = widths.iter().sum::<usize>();
        let rows = self.places.iter().map(|place| entry(*place));
        trailer.set("Type", name("XRef"));
        trailer.set("Size", Object::Integer(i64::try_from(self.places.len()).unwrap_or_default()));
        let integer = |value: usize| Object::Integer(i64::try_from(value).unwrap_or_default());
        trailer.set("W", Object::Array(widths.into_iter().map(integer).collect()));
        let predictor = [("Predictor", Object::Integer(12)), ("Columns", integer(columns))];
        trailer.set("DecodeParms", dictionary(predictor));
        let mut stream = Stream::new(trailer, differences(rows));
        deflate(&mut stream);
        if !stream.dict.has(b"Filter") {
            stream.dict.remove(b"DecodeParms");
            stream.set_content(self.places.iter().flat_map(|place| entry(*place)).collect());
        }
        self.stream(id, stream.with_compression(false));
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF").as_bytes());
        self.bytes
    }
}

/// An entry of the cross-reference table: kind, place, index.
fn entry(place: Place) -> [u8; 7] {
    let (kind, place, index) = match place {
        Place::Free => (0, 0, u16::MAX),
        Place::At(at) => (1, u32::try_from(at).unwrap_or(u32::MAX), 0),
        Place::Packed { pack, index } => (2, pack, u16::try_from(index).unwrap_or(u16::MAX)),
    };
    let mut row = [0; 7];
    let fields = std::iter::once(kind).chain(place.to_be_bytes()).chain(index.to_be_bytes());
    row.iter_mut().zip(fields).for_each(|(byte, field)| *byte = field);
    row
}

/// Each row as its difference from the row above (PNG's predictor Up): neighbours are alike, and deflate small.
fn differences(rows: impl Iterator<Item = [u8; 7]>) -> Vec<u8> {
    const UP: u8 = 2;
    let mut above = [0_u8; 7];
    let mut all = Vec::new();
    for row in rows {
        all.push(UP);
        all.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    all
}

/// Deflates a stream; lopdf leaves it as it is where that would make it larger.
fn deflate(stream: &mut Stream) {
    // Deflating writes to memory alone: were it to fail, the stream would stay as it is, and valid.
    let _ = stream.compress();
}

fn write_stream(out: &mut Vec<u8>, stream: &Stream) {
    let mut dict = stream.dict.clone();
    dict.set("Length", Object::Integer(i64::try_from(stream.content.len()).unwrap_or_default()));
    write(out, &Object::Dictionary(dict));
    out.extend_from_slice(b"stream\n");
    out.extend_from_slice(&stream.content);
    out.extend_from_slice(b"\nendstream\n");
}

/// Writes an object as files hold it.
fn write(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Name(text) => write_name(out, text),
        Object::String(text, StringFormat::Literal) => write_literal(out, text),
        Object::String(text, StringFormat::Hexadecimal) => write_hexadecimal(out, text),
        Object::Array(all) => {
            out.push(b'[');
            for (at, object) in all.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                write(out, object);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => {
            out.extend_from_slice(b"<<");
            for (key, value) in dict {
                write_name(out, key);
                out.push(b' ');
                write(out, value);
            }
            out.extend_from_slice(b">>");
        }
        Object::Stream(stream) => write_stream(out, stream),
        Object::Reference((id, generation)) => {
            out.extend_from_slice(format!("{id} {generation} R").as_bytes());
        }
    }
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// Writes a string in brackets; what would end it is escaped.
pub(super) fn write_literal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            // Readers take a bare CR for a line feed.
            b'\r' => out.extend_from_slice(b"\\r"),
            byte => out.push(*byte),
        }
    }
    out.push(b')');
}

fn write_hexadecimal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'<');
    for byte in text {
        out.extend_from_slice(format!("{byte:02X}").as_bytes());
    }
    out.push(b'>');
}
