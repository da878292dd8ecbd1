//! The file itself: streams, objects packed into streams, and the table that finds them. lopdf writes each object, but
//! not the file: it would hold every object several times over, and a structure tree has one for each cell.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Result, Stream};
use sha2::{Digest, Sha256};

use super::flate::Flate;
use super::{dictionary, name};

/// Objects packed into one stream.
const PACKED: usize = 256;

/// The version, and bytes by which programs see that what follows is no text.
const START: &[u8] = b"%PDF-1.7\n%\xBB\xAD\xC0\xDE\n";

/// Bytes in an entry of the table: its kind, an offset or a stream's number, the place in that stream.
const ENTRY: usize = 7;

/// A file while it is written.
pub(super) struct File {
    bytes: Vec<u8>,
    /// Where each object is, by its number.
    places: Vec<Place>,
    pack: Pack,
    flate: Flate,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// No object has the number.
    Free,
    /// At an offset of the file.
    At(usize),
    /// In a stream of objects.
    In { stream: u32, index: usize },
}

/// Objects that become a stream.
#[derive(Default)]
struct Pack {
    /// For each object its number and where it starts in the body.
    head: Vec<u8>,
    body: Vec<u8>,
    ids: Vec<ObjectId>,
}

impl File {
    /// An empty file; the numbers up to `last` are in use.
    pub fn new(last: u32) -> Self {
        let places = (0..=last).map(|_| Place::Free).collect();
        Self { bytes: START.to_vec(), places, pack: Pack::default(), flate: Flate::default() }
    }

    /// A number for an object that is still to be written.
    pub fn reserve(&mut self) -> ObjectId {
        self.places.push(Place::Free);
        (u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX), 0)
    }

    /// Writes an object that is no stream; `write` appends its bytes.
    pub fn object(&mut self, id: ObjectId, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        let Pack { head, body, ids } = &mut self.pack;
        let start = body.len();
        number(head, id.0 as usize);
        number(head, start);
        write(body);
        body.push(b' ');
        ids.push(id);
        if ids.len() >= PACKED { self.close_pack() } else { Ok(()) }
    }

    /// Writes an object of lopdf; a stream that has no filter and may have one is packed.
    pub fn put(&mut self, id: ObjectId, object: Object) -> Result<()> {
        if let Object::Stream(stream) = object {
            return self.stream(id, stream);
        }
        let bytes = written(object)?;
        self.object(id, |body| body.extend_from_slice(&bytes))
    }

    /// Writes an object of lopdf under a new number.
    pub fn add(&mut self, object: Object) -> Result<ObjectId> {
        let id = self.reserve();
        self.put(id, object)?;
        Ok(id)
    }

    fn stream(&mut self, (id, _): ObjectId, stream: Stream) -> Result<()> {
        let plain = stream.allows_compression && !stream.dict.has(b"Filter");
        let stream = if plain { self.flate.stream(stream.dict, &stream.content)? } else { stream };
        let Stream { mut dict, content, .. } = stream;
        dict.set("Length", integer(content.len()));
        self.place(id, Place::At(self.bytes.len()));
        number(&mut self.bytes, id as usize);
        for part in [
            b"0 obj\n",
            written(Object::Dictionary(dict))?.as_slice(),
            b"stream\n",
            &content,
            b"\nendstream\nendobj\n",
        ] {
            self.bytes.extend_from_slice(part);
        }
        Ok(())
    }

    fn place(&mut self, id: u32, place: Place) {
        if let Some(own) = self.places.get_mut(id as usize) {
            *own = place;
        }
    }

    fn close_pack(&mut self) -> Result<()> {
        if self.pack.ids.is_empty() {
            return Ok(());
        }
        let Pack { mut head, body, ids } = std::mem::take(&mut self.pack);
        let stream = self.reserve();
        for (index, id) in ids.iter().enumerate() {
            self.place(id.0, Place::In { stream: stream.0, index });
        }
        let header = [("Type", name("ObjStm")), ("N", integer(ids.len())), ("First", integer(head.len()))];
        head.extend_from_slice(&body);
        let packed = self.flate.stream(header.into_iter().collect(), &head)?;
        self.stream(stream, packed)
    }

    /// What identifies the file, from all that is written so far and a text.
    pub fn identity(&mut self, text: &str) -> Result<[u8; 16]> {
        self.close_pack()?;
        let mut hash = Sha256::new();
        hash.update(&self.bytes);
        hash.update(text);
        let mut id = [0; 16];
        id.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        Ok(id)
    }

    /// Ends the file with the table and what leads into it.
    pub fn finish(mut self, mut trailer: Dictionary) -> Result<Vec<u8>> {
        self.close_pack()?;
        let id = self.reserve();
        let start = self.bytes.len();
        self.place(id.0, Place::At(start));
        trailer.set("Type", name("XRef"));
        trailer.set("Size", integer(self.places.len()));
        trailer.set("W", Object::Array([1, 4, 2].map(Object::Integer).to_vec()));
        trailer.set(
            "DecodeParms",
            dictionary([("Predictor", Object::Integer(12)), ("Columns", integer(ENTRY))]),
        );
        let table = table(&self.places);
        let table = self.flate.stream(trailer, &table)?;
        self.stream(id, table)?;
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        self.bytes.shrink_to_fit();
        Ok(self.bytes)
    }
}

/// The table's entries, each as its difference from the one before: neighbours differ little.
fn table(places: &[Place]) -> Vec<u8> {
    /// The filter by which a row is what it adds to the row above.
    const UP: u8 = 2;
    let mut rows = Vec::with_capacity(places.len() * (ENTRY + 1));
    let mut above = [0_u8; ENTRY];
    for (at, place) in places.iter().enumerate() {
        let (kind, two, three) = match *place {
            // The first is the head of the list of free numbers.
            Place::Free => (0, 0, if at == 0 { u16::MAX } else { 0 }),
            Place::At(offset) => (1, u32::try_from(offset).unwrap_or(u32::MAX), 0),
            Place::In { stream, index } => (2, stream, u16::try_from(index).unwrap_or(u16::MAX)),
        };
        let mut row = [kind; ENTRY];
        row[1..5].copy_from_slice(&u32::to_be_bytes(two));
        row[5..].copy_from_slice(&u16::to_be_bytes(three));
        rows.push(UP);
        rows.extend(row.iter().zip(above).map(|(own, above)| own.wrapping_sub(above)));
        above = row;
    }
    rows
}

/// An object as lopdf writes it: as the operand of an operator without a name.
fn written(object: Object) -> Result<Vec<u8>> {
    Content { operations: [Operation::new("", vec![object])] }.encode()
}

/// Appends a number and a space.
pub(super) fn number(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    bytes.push(b' ');
}

/// Appends a reference and a space.
pub(super) fn reference(bytes: &mut Vec<u8>, id: ObjectId) {
    number(bytes, id.0 as usize);
    bytes.extend_from_slice(b"0 R ");
}

/// A count as PDF holds it.
fn integer(count: usize) -> Object {
    Object::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test that cannot start must stop")]
    use super::*;
    use lopdf::Document as Pdf;

    #[test]
    fn every_object_is_found_again() {
        let mut file = File::new(2);
        let catalog = [("Type", name("Catalog")), ("Pages", Object::Reference((2, 0)))];
        file.put((1, 0), dictionary(catalog)).expect("a catalog");
        file.put((2, 0), dictionary([("Type", name("Pages")), ("Count", integer(0))])).expect("pages");
        let plain = Stream::new(Dictionary::new(), b"as it is".to_vec()).with_compression(false);
        let plain = file.add(Object::Stream(plain)).expect("a stream");
        let long =
            file.add(Object::Stream(Stream::new(Dictionary::new(), vec![b'x'; 9000]))).expect("a stream");
        // More than two streams of objects hold.
        let ids: Vec<ObjectId> = (0..=PACKED * 2).map(|_| file.reserve()).collect();
        for id in &ids {
            file.object(*id, |bytes| number(bytes, id.0 as usize)).expect("an object");
        }
        let trailer = [("Root", Object::Reference((1, 0)))].into_iter().collect();
        let pdf = Pdf::load_mem(&file.finish(trailer).expect("a file")).expect("a PDF");
        for id in ids {
            assert_eq!(pdf.get_object(id).expect("an object"), &Object::Integer(i64::from(id.0)));
        }
        let content = |id| pdf.get_object(id).and_then(Object::as_stream).expect("a stream");
        assert_eq!(content(plain).content, b"as it is");
        assert!(content(long).content.len() < 100);
        assert_eq!(content(long).decompressed_content().expect("content"), vec![b'x'; 9000]);
    }

    #[test]
    fn what_is_written_identifies_the_file() {
        let of = |value: usize, path: &str| {
            let mut file = File::new(1);
            file.object((1, 0), |bytes| number(bytes, value)).expect("an object");
            file.identity(path).expect("an identity")
        };
        assert_eq!(of(1, "a"), of(1, "a"));
        assert_ne!(of(1, "a"), of(2, "a"));
        assert_ne!(of(1, "a"), of(1, "b"));
    }

    #[test]
    fn numbers_are_decimal() {
        let of = |value: usize| {
            let mut bytes = Vec::new();
            number(&mut bytes, value);
            String::from_utf8(bytes).expect("digits")
        };
        assert_eq!([0, 9, 10, 4070].map(of), ["0 ", "9 ", "10 ", "4070 "]);
        assert_eq!(of(usize::MAX), format!("{} ", usize::MAX));
    }
}
