//! Seals invented cases: every device its own chain, in the order in which things were written down.
//! Must not invent anything: ids, times and actors come with the entries.

use std::collections::BTreeMap;

use shouwen_core::demo::Demo;

use crate::seal::{DeviceState, Sealed, seal};

/// The events of all cases, in the order in which they were written. The same cases always give the same events.
pub fn seal_all(demo: &Demo) -> Vec<Sealed> {
    seal_each(demo.clone()).collect()
}

/// The same one by one, giving back the memory of what is sealed: for very many cases.
pub fn seal_each(demo: Demo) -> impl Iterator<Item = Sealed> {
    let mut devices: BTreeMap<String, DeviceState> = BTreeMap::new();
    demo.into_entries().into_iter().flat_map(move |entry| {
        let state = devices.entry(entry.device.clone()).or_insert_with(|| DeviceState::new(&entry.device));
        let drafts = std::slice::from_ref(&entry.draft);
        seal(state, drafts, &entry.actor, entry.now, entry.wall_ms(), &mut || entry.id.clone())
    })
}
