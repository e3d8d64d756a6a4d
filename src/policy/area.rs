//! The areas of the city.

use crate::policy::words::words;

words! {
    /// An area of the city: its place in the order of [`Area::ALL`].
    pub enum Area {
        /// Yangjae-Umyeon.
        SpecialZone = "special-zone",
        /// Yangjae 2-dong.
        PromotionDistrict = "promotion-district",
        /// The rest of the city.
        Elsewhere = "elsewhere",
    }
}

impl Area {
    /// The area of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.name() == name)
    }

    /// Whether the area belongs to the district.
    #[must_use]
    pub const fn in_district(self) -> bool {
        !matches!(self, Self::Elsewhere)
    }

    /// Its place in arrays by area.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The fixed number, from 1, by which its draws go, wherever else it stands in an order.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }
}
