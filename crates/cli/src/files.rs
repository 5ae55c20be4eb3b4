//! Files in and out.
//! Must not know formats beyond bundles; caps come from here because this is where memory is spent.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use shouwen_bundle::canonical::sha256_hex;
use shouwen_bundle::container::{self, Bundle, BundleError, Caps, Origin};
use shouwen_bundle::seal::Sealed;
use shouwen_core::time::Civil;

use crate::args::app;
use crate::error::{Failure, Fault};

/// What headquarters' machine may spend on one file: far more than a phone.
pub const CAPS: Caps = Caps { bytes: 4 << 30, depth: 64, values: 200_000_000, events: 20_000_000 };

/// The bytes of a file, not more than the cap.
pub fn read(file: &str) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::File { file: file.to_owned(), error };
    let size = fs::metadata(file).map_err(failed)?.len();
    if size > CAPS.bytes {
        let error = BundleError::TooBig { size, max: CAPS.bytes };
        return Err(failed(std::io::Error::other(error.to_string())));
    }
    fs::read(file).map_err(failed)
}

/// Writes beside the target first, so that a failure never leaves half a file under its name.
pub fn write(file: &str, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::File { file: file.to_owned(), error };
    let beside = PathBuf::from(format!("{file}.part"));
    let put = |path: &Path| {
        let mut out = fs::File::create(path)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()
    };
    put(&beside).and_then(|()| fs::rename(&beside, file)).map_err(failed)
}

/// What is wrong with a bundle, as a fault.
pub fn fault(error: &BundleError) -> Fault {
    let place = error.place();
    // Only the path; the message has the rest too.
    Fault::new(error.code(), error, place.split(" (").next().unwrap_or_default())
}

/// The origin of a bundle made here. Its id follows from the events, so that the same events give the same bytes.
pub fn origin(events: &[Sealed], campus: &str, created: Civil) -> Origin {
    let all: String = events.iter().map(|one| one.hash.as_str()).collect();
    let hash = sha256_hex(all.as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    // The form of a UUID of version 8 (made by its own rule).
    let id = format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30));
    Origin { id, campus: campus.to_owned(), device: "cli".to_owned(), created, app: app() }
}

/// The events of a bundle that this build can read, in the file's order. The others are only kept.
pub fn events(bundle: &Bundle) -> Vec<Sealed> {
    bundle.events.iter().filter_map(|text| Sealed::read(text).ok()).collect()
}

/// Reads a bundle of any kind; masked ones are for reading only.
pub fn bundle(bytes: &[u8]) -> Result<Bundle, Fault> {
    container::read_any(bytes, &CAPS).map_err(|error| fault(&error))
}
