//! Which ids a pack declares, by kind of part.
//! Must not judge; it only answers whether an id exists.

use crate::order::Gather as _;
use std::collections::BTreeSet;

use super::PROGRAM_FIELDS;
use crate::classify::TEXT_FACTS;
use crate::pack::Pack;

/// The kinds of part that others refer to by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    Source,
    Role,
    Field,
    Axis,
    Finding,
    Event,
    Lexicon,
    Clock,
    Form,
    RedLine,
    Parameter,
}

impl Space {
    /// Code of the problem and noun for the message.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Space::Source => ("clause", "source"),
            Space::Role => ("unknown_role", "role"),
            Space::Field => ("unknown_field", "field"),
            Space::Axis => ("unknown_axis", "axis"),
            Space::Finding => ("unknown_finding", "finding"),
            Space::Event => ("unknown_event", "event"),
            Space::Lexicon => ("unknown_lexicon", "lexicon"),
            Space::Clock => ("unknown_clock", "clock"),
            Space::Form => ("unknown_form", "form"),
            Space::RedLine => ("unknown_red_line", "red line"),
            Space::Parameter => ("unknown_parameter", "parameter"),
        }
    }
}

/// All declared ids.
pub struct Names<'a> {
    ids: [BTreeSet<&'a str>; 11],
    classes: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Names<'a> {
    pub fn of(pack: &'a Pack) -> Names<'a> {
        let fields = pack.fields.iter().map(|one| one.id.as_str()).chain(PROGRAM_FIELDS).chain(TEXT_FACTS).gather();
        // In the order of `Space`.
        let ids = [
            pack.sources.iter().map(|one| one.id.as_str()).gather(),
            pack.roles.iter().map(|one| one.id.as_str()).gather(),
            fields,
            pack.axes.iter().map(|one| one.id.as_str()).gather(),
            pack.findings.iter().map(|one| one.id.as_str()).gather(),
            pack.events.iter().map(|one| one.id.as_str()).gather(),
            pack.lexicons.iter().map(|one| one.id.as_str()).gather(),
            pack.clocks.iter().map(|one| one.id.as_str()).gather(),
            pack.forms.iter().map(|one| one.id.as_str()).gather(),
            pack.red_lines.iter().map(|one| one.id.as_str()).gather(),
            pack.parameters.iter().map(|one| one.id.as_str()).gather(),
        ];
        let classes = pack
            .axes
            .iter()
            .flat_map(|axis| axis.classes.iter().map(|class| (axis.id.as_str(), class.id.as_str())))
            .gather();
        Names { ids, classes }
    }

    pub fn has(&self, space: Space, id: &str) -> bool {
        self.ids[space as usize].contains(id)
    }

    pub fn has_class(&self, axis: &str, class: &str) -> bool {
        self.classes.contains(&(axis, class))
    }
}
