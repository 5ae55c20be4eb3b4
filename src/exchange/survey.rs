//! One light walk over the log: how many entries each campus and device has, what is missing, which attachments there
//! should be. Must not fold cases and must not check hashes (`verify` does).

use shouwen_core::order::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shouwen_core::case::Event;
use shouwen_core::order::Order;
use shouwen_core::time::Civil;

use super::{BATCH, Progress};
use crate::state::App;
use crate::store::StoreError;

/// What the walk found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    pub events: u32,
    pub devices: BTreeMap<String, DeviceLine>,
    /// Attachments that events name, by SHA-256: size in bytes.
    pub attachments: BTreeMap<String, u64>,
    /// Attachments whose bytes are here.
    pub here: BTreeSet<String>,
    /// Texts set aside.
    pub quarantine: u32,
}

/// One device's part of the log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeviceLine {
    /// Where it was when it wrote last.
    pub campus: String,
    pub last_at: Option<Civil>,
    /// Numbers that are here, sorted; a number twice is a fork.
    pub numbers: Vec<u64>,
}

impl DeviceLine {
    /// Numbers that are not here though later ones are: from and to.
    pub fn missing(&self) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let mut expected = 1;
        for &number in &self.numbers {
            if number > expected {
                gaps.push((expected, number - 1));
            }
            expected = number.saturating_add(1).max(expected);
        }
        gaps
    }

    /// Numbers that stand for more than one entry.
    pub fn doubled(&self) -> Vec<u64> {
        let mut doubled: Vec<u64> =
            self.numbers.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        doubled.dedup();
        doubled
    }

    /// How many entries lie behind a number.
    pub fn behind(&self, number: u64) -> usize {
        self.numbers.len() - self.numbers.partition_point(|one| *one <= number)
    }
}

impl Survey {
    /// Number and bytes of the attachments that are here.
    pub fn attachments_here(&self) -> (usize, u64) {
        let sizes = self.here.iter().map(|sha256| self.attachments.get(sha256).copied().unwrap_or_default());
        (self.here.len(), sizes.fold(0, u64::saturating_add))
    }

    /// Entries that a receiver with these heads lacks.
    pub fn behind(&self, heads: &[(String, u64)]) -> usize {
        self.devices
            .iter()
            .map(|(device, line)| {
                let head = heads.iter().find(|(one, _)| one == device).map_or(0, |(_, to)| *to);
                line.behind(head)
            })
            .sum()
    }
}

/// Walks over the log.
pub async fn survey(app: App, progress: Progress<'_>) -> Result<Survey, StoreError> {
    let store = app.store();
    let counts = store.counts().await?;
    let mut survey = Survey { quarantine: counts.quarantine, ..Survey::default() };
    store
        .each_event(BATCH, &mut |texts| {
            survey.events += texts.len() as u32;
            texts.iter().for_each(|text| survey.take(text));
            progress(survey.events, counts.events.max(survey.events));
        })
        .await?;
    survey.here = store.blob_ids().await?.into_iter().gather();
    for line in survey.devices.values_mut() {
        line.numbers.order_by_key(|number| *number);
    }
    Ok(survey)
}

impl Survey {
    fn take(&mut self, text: &str) {
        // What cannot be read is counted and shown by the check of the log.
        let Ok(line) = serde_json::from_str::<Event>(text) else { return };
        if line.kind == "attached"
            && let Some(name) = line.body.get("sha256").and_then(Value::as_str)
        {
            let size = line.body.get("size").and_then(Value::as_u64).unwrap_or_default();
            self.attachments.insert(name.to_owned(), size);
        }
        let device = self.devices.entry(line.device).or_default();
        device.numbers.push(line.seq);
        if device.last_at.is_none_or(|last| last <= line.recorded_at) {
            device.last_at = Some(line.recorded_at);
            device.campus = line.campus;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(numbers: &[u64], missing: &[(u64, u64)], doubled: &[u64]) {
        let line = DeviceLine { numbers: numbers.to_vec(), ..DeviceLine::default() };
        assert_eq!(line.missing(), missing, "missing of {numbers:?}");
        assert_eq!(line.doubled(), doubled, "doubled of {numbers:?}");
    }

    #[test]
    fn gaps_and_forks() {
        check(&[], &[], &[]);
        check(&[1, 2, 3], &[], &[]);
        check(&[3, 4], &[(1, 2)], &[]);
        check(&[1, 2, 11, 12, 16], &[(3, 10), (13, 15)], &[]);
        check(&[1, 2, 2, 3], &[], &[2]);
        check(&[1, 2, 2, 2, 4], &[(3, 3)], &[2]);
    }

    #[test]
    fn what_a_receiver_lacks() {
        let line = |numbers: &[u64]| DeviceLine { numbers: numbers.to_vec(), ..DeviceLine::default() };
        let survey = Survey {
            devices: BTreeMap::from([("a".to_owned(), line(&[1, 2, 3, 5])), ("b".to_owned(), line(&[1, 2]))]),
            ..Survey::default()
        };
        let heads =
            |list: &[(&str, u64)]| list.iter().map(|(device, to)| ((*device).to_owned(), *to)).collect::<Vec<_>>();
        assert_eq!(survey.behind(&[]), 6);
        assert_eq!(survey.behind(&heads(&[("a", 3)])), 3);
        assert_eq!(survey.behind(&heads(&[("a", 5), ("b", 2), ("c", 9)])), 0);
    }
}
