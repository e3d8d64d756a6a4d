//! L, the levers: what may be decided, and a policy's levers in the form that the model runs on.

pub mod area;
pub mod building;
pub mod effect;
pub mod evidence;
pub mod lever;
pub mod levers;
pub mod payer;
pub mod regime;
pub mod scale;
pub mod schedule;
pub mod sector;
pub mod setting;
pub mod size;
pub mod slot;
pub mod take_up;
pub mod values;
pub mod words;
