//! How JavaScript asks: functions over numbers alone, as `page/engine.js` calls them.
//!
//! What is asked is written to the memory that [`input`] gives, and answered in the memory at [`output`]. A panic
//! ends the instance; [`fault`] then gives what it said.

#![expect(
    unsafe_code,
    reason = "a name that JavaScript can call is the linker's, which the compiler cannot check"
)]

use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::explore::session::Session;

/// What was asked for is answered as JSON.
const DONE: u32 = 0;
/// It is refused, and the answer says why, as JSON.
const REFUSED: u32 = 1;

/// What lies between calls.
#[derive(Default)]
struct State {
    session: Session,
    input: Vec<u8>,
    output: Vec<u8>,
    /// The latest history.
    values: Vec<f64>,
}

static STATE: Mutex<Option<State>> = Mutex::new(None);
static FAULT: Mutex<String> = Mutex::new(String::new());

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does something with what lies between calls.
fn with<T>(work: impl FnOnce(&mut State) -> T) -> T {
    work(locked(&STATE).get_or_insert_with(State::default))
}

/// Keeps what a panic says: called once, before all else.
#[unsafe(no_mangle)]
pub(super) extern "C" fn begin() {
    std::panic::set_hook(Box::new(|panic| *locked(&FAULT) = panic.to_string()));
}

/// Where so many bytes of what is asked are to be written.
#[unsafe(no_mangle)]
pub(super) extern "C" fn input(length: usize) -> *mut u8 {
    with(|state| {
        state.input.clear();
        state.input.resize(length, 0);
        state.input.as_mut_ptr()
    })
}

/// Does what is asked: 0 where it is done, 1 where it is refused; [`output`] says more.
#[unsafe(no_mangle)]
pub(super) extern "C" fn call() -> u32 {
    with(|state| {
        let text = String::from_utf8(std::mem::take(&mut state.input)).unwrap_or_default();
        let answer = state.session.call(&text);
        state.output = answer.text.into_bytes();
        if answer.done { DONE } else { REFUSED }
    })
}

/// Simulates a history: 0 where it is done, and [`values`] has it; 1 where it is refused, and [`output`] says why.
#[unsafe(no_mangle)]
pub(super) extern "C" fn history(replication: u32) -> u32 {
    with(|state| match state.session.history(replication) {
        Ok(values) => {
            state.values = values;
            DONE
        }
        Err(refused) => {
            state.output = serde_json::to_vec(&refused).unwrap_or_default();
            REFUSED
        }
    })
}

/// Where the latest answer is.
#[unsafe(no_mangle)]
pub(super) extern "C" fn output() -> *const u8 {
    with(|state| state.output.as_ptr())
}

/// Its length `[bytes]`.
#[unsafe(no_mangle)]
pub(super) extern "C" fn output_length() -> usize {
    with(|state| state.output.len())
}

/// Where the latest history is.
#[unsafe(no_mangle)]
pub(super) extern "C" fn values() -> *const f64 {
    with(|state| state.values.as_ptr())
}

/// How many numbers it has.
#[unsafe(no_mangle)]
pub(super) extern "C" fn values_length() -> usize {
    with(|state| state.values.len())
}

/// Where what a panic said is, as UTF-8.
#[unsafe(no_mangle)]
pub(super) extern "C" fn fault() -> *const u8 {
    locked(&FAULT).as_ptr()
}

/// Its length `[bytes]`; 0 where there was none.
#[unsafe(no_mangle)]
pub(super) extern "C" fn fault_length() -> usize {
    locked(&FAULT).len()
}
