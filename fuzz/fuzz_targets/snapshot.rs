//! Snapshots: any bytes are one or an error in words; one that is read is written and read again alike.
#![no_main]

use hoshin::export::Snapshot;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Snapshot::read(bytes) {
        Ok(snapshot) => {
            let written = snapshot.to_json().expect("what was read can be written");
            assert!(Snapshot::read(&written).is_ok());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
