//! Places by name, and which metrics are read at which of them.

use crate::scenario::Policy;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// The district as a whole.
    District,
    /// The city as a whole.
    City,
    /// One area.
    Area {
        /// Whether it belongs to the district.
        in_district: bool,
    },
    /// A facility of some policy.
    Facility,
    /// A programme of some policy.
    Programme,
}

impl PlaceKind {
    /// Every kind, areas by whether they belong to the district, in the order of results.
    pub const ALL: [Self; 6] = [
        Self::District,
        Self::City,
        Self::Area { in_district: true },
        Self::Area { in_district: false },
        Self::Facility,
        Self::Programme,
    ];
}

/// A metric as observed figures are checked against it.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricPlaces {
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Whether it is a flow, which is summed over a period.
    pub is_flow: bool,
    /// The least and the greatest value that it can have by its meaning, in its unit.
    pub bounds: (f64, f64),
    /// Where it is read.
    pub kinds: Vec<PlaceKind>,
}

/// The places that levers make: those of one policy, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceNames {
    /// Names of areas in the order of their numbers, and whether each belongs to the district.
    pub areas: Vec<(String, bool)>,
    /// Names of facilities.
    pub facilities: Vec<String>,
    /// Names of programmes.
    pub programmes: Vec<String>,
}

impl PlaceNames {
    /// The areas, and the places of some policies; `lever_names` gives the name of a slot.
    #[must_use]
    pub fn of<'p>(
        areas: &[(String, bool)],
        policies: impl IntoIterator<Item = &'p Policy>,
        lever_names: &[String],
    ) -> Self {
        let mut places = Self { areas: areas.to_vec(), ..Self::default() };
        for policy in policies {
            let facilities = policy.plan.facilities.iter().map(|lever| lever.common.slot);
            let programmes = policy.plan.programmes.iter().map(|lever| lever.common.slot);
            let name = |slot| lever_names.get(usize::from(slot)).cloned();
            places.facilities.extend(facilities.filter_map(name));
            places.programmes.extend(programmes.filter_map(name));
        }
        for names in [&mut places.facilities, &mut places.programmes] {
            names.sort_unstable();
            names.dedup();
        }
        places
    }

    /// Every place with what it is, in the order of results.
    pub fn all(&self) -> impl Iterator<Item = (&str, PlaceKind)> {
        let areas = self.areas.iter().map(|(name, in_district)| {
            (name.as_str(), PlaceKind::Area { in_district: *in_district })
        });
        [("district", PlaceKind::District), ("city", PlaceKind::City)]
            .into_iter()
            .chain(areas)
            .chain(self.facilities.iter().map(|name| (name.as_str(), PlaceKind::Facility)))
            .chain(self.programmes.iter().map(|name| (name.as_str(), PlaceKind::Programme)))
    }

    /// Whether there is a place of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.all().any(|(place, _)| place == name)
    }

    /// The places at which a metric is read.
    pub fn reading(&self, metric: &MetricPlaces) -> impl Iterator<Item = &str> {
        self.all().filter(|(_, kind)| metric.kinds.contains(kind)).map(|(name, _)| name)
    }
}
