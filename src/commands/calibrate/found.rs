//! What a calibration has found.

use crate::evidence::learning::Learned;
use crate::evidence::learning::TradeOff;
use crate::evidence::sampler::End;
use crate::evidence::sampler::SamplerState;
use crate::report::tables::calibration::FitRow;
/// Everything that a calibration has found.
#[derive(Debug)]
pub(super) struct FoundPosterior {
    pub(super) state: SamplerState,
    pub(super) ended: Option<End>,
    pub(super) learned: Vec<Learned>,
    pub(super) trade_offs: Vec<TradeOff>,
    pub(super) draws: Vec<(f64, Vec<f64>)>,
    pub(super) fit: Vec<FitRow>,
}
