//! Who pays for a policy and who receives what comes back.

use crate::policy::payer::MOST_PAYERS;
use crate::policy::payer::Payer;
use crate::policy::payer::Tax;

/// A payer of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayerStart {
    /// Which payer.
    pub payer: Payer,
    /// Its name in files.
    pub name: String,
    /// Title for people, such as the budget from which it pays, English.
    pub title_en: String,
    /// Title for people, Korean.
    pub title_ko: String,
}

/// The payers of a scenario, and which of them receives which tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payers {
    /// In the scenario's order; the place of each is its index.
    list: Vec<PayerStart>,
    receivers: [Payer; Tax::ALL.len()],
    private: Payer,
}

impl Payers {
    /// Takes payers in their order and the receiver of each tax, in the order of [`Tax::ALL`];
    /// `None` where there are too many, none is private, or a receiver is not public.
    #[must_use]
    pub fn new(list: Vec<PayerStart>, receivers: [Payer; Tax::ALL.len()]) -> Option<Self> {
        let private = list.iter().map(|start| start.payer).find(|payer| !payer.is_public())?;
        let in_order = list.iter().enumerate().all(|(place, start)| start.payer.index() == place);
        let known = receivers.iter().all(|payer| list.iter().any(|start| start.payer == *payer));
        let fit = in_order && known && receivers.iter().all(|payer| payer.is_public());
        (fit && list.len() <= MOST_PAYERS).then_some(Self { list, receivers, private })
    }

    /// Their names and titles, in the scenario's order.
    #[must_use]
    pub fn list(&self) -> &[PayerStart] {
        &self.list
    }

    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = Payer> + '_ {
        self.list.iter().map(|start| start.payer)
    }

    /// Those whose money is the public's, in order.
    pub fn public(&self) -> impl Iterator<Item = Payer> + '_ {
        self.all().filter(|payer| payer.is_public())
    }

    /// Firms and households: the first private payer, who has value added and bears excess burden.
    #[must_use]
    pub const fn private(&self) -> Payer {
        self.private
    }

    /// Who receives a tax.
    #[must_use]
    pub const fn receiver(&self, tax: Tax) -> Payer {
        self.receivers[tax as usize]
    }

    /// The payer of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Payer> {
        self.list.iter().find(|start| start.name == name).map(|start| start.payer)
    }

    /// Name and titles of a payer.
    ///
    /// # Panics
    ///
    /// Panics for a payer of another scenario.
    #[must_use]
    pub fn of(&self, payer: Payer) -> &PayerStart {
        &self.list[payer.index()]
    }

    /// The name of a payer in files.
    ///
    /// # Panics
    ///
    /// As [`Self::of`].
    #[must_use]
    pub fn name(&self, payer: Payer) -> &str {
        &self.of(payer).name
    }
}
