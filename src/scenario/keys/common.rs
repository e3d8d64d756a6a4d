//! Keys of several tables.

use crate::scenario::keys::key::Holds;
use crate::scenario::keys::key::Key;
use crate::scenario::keys::key::may;
use crate::scenario::keys::key::must;

pub(super) const SOURCE: Key =
    may("source", Holds::Text, "Where the figures come from", "수치의 출처");
pub(super) const NOTE: Key = may("note", Holds::Text, "A remark", "비고");
pub(super) const TITLE: Key = must("title", Holds::Title, "Title for people", "제목").translated();
pub(super) const TITLE_KO: Key = may("title_ko", Holds::Title, "Title in Korean", "한국어 제목");
