//! L, the levers: what may be decided, and a policy's levers in the form that the model runs on.

pub mod evidence;
pub mod lever;
pub mod plan;
pub mod scale;
pub mod setting;
