//! The choice of an instruction set while the program runs: the only place with `unsafe`.
//!
//! The bodies are safe code, compiled once for each instruction set. What is unsafe is only to
//! enter code whose instructions the processor might lack; [`InstructionSet`] is the proof that it
//! has them, for its values other than `Baseline` come from the processor's own answer alone.

#![allow(unsafe_code, reason = "entering code for an instruction set that has been detected")]

/// An instruction set that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InstructionSet {
    /// What the program was built for.
    Baseline,
    /// Four numbers at a time.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Eight numbers at a time.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// A loop over arrays that is to be compiled for several instruction sets.
///
/// Its result must not depend on the width of vectors: no sum of floating-point numbers over
/// elements. `run` and what it calls want `#[inline(always)]`, as only what is inlined is compiled
/// anew.
pub trait Loop {
    /// What it gives.
    type Output;

    /// Goes through the arrays.
    fn run(self) -> Self::Output;
}

/// The width of loops that choose among few.
pub const FEW: usize = 3;
/// The width of loops that choose among as many as there can be.
pub const MANY: usize = 12;

/// A [`Loop`] that chooses for each element among `N` numbers: it is compiled for [`FEW`] and [`MANY`].
pub trait LoopBy {
    /// What it gives.
    type Output;

    /// Goes through the arrays.
    fn run<const N: usize>(self) -> Self::Output;
}

/// A loop that chooses among `N`.
struct Among<const N: usize, W>(W);

impl<const N: usize, W: LoopBy> Loop for Among<N, W> {
    type Output = W::Output;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) -> W::Output {
        self.0.run::<N>()
    }
}

/// Runs a loop that chooses among so many, as [`run`] does.
#[inline]
pub fn run_by<W: LoopBy>(width: usize, work: W) -> W::Output {
    if width <= FEW { run(Among::<FEW, W>(work)) } else { run(Among::<MANY, W>(work)) }
}

/// Runs a loop on the widest instruction set that the processor has.
#[inline]
pub fn run<L: Loop>(work: L) -> L::Output {
    match InstructionSet::widest() {
        InstructionSet::Baseline => work.run(),
        // SAFETY: an `InstructionSet` of this width exists only where the processor has said that
        // it has these instructions.
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx2 => unsafe { loop_avx2(work) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx512 => unsafe { loop_avx512(work) },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn loop_avx2<L: Loop>(work: L) -> L::Output {
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn loop_avx512<L: Loop>(work: L) -> L::Output {
    work.run()
}

#[cfg(test)]
thread_local! {
    /// What tests have this thread run on instead of the widest.
    static FORCED: std::cell::Cell<Option<InstructionSet>> = const { std::cell::Cell::new(None) };
}

/// Does some work once for each instruction set of this processor, the narrowest first.
#[cfg(test)]
pub(crate) fn on_each<T>(mut work: impl FnMut() -> T) -> Vec<T> {
    let results = InstructionSet::available().into_iter().map(|set| {
        FORCED.set(Some(set));
        work()
    });
    let results = results.collect();
    FORCED.set(None);
    results
}

impl InstructionSet {
    /// The widest one.
    #[inline]
    fn widest() -> Self {
        #[cfg(test)]
        if let Some(set) = FORCED.get() {
            return set;
        }
        #[cfg(target_arch = "x86_64")]
        {
            // The answers are cached by the standard library.
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
            {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") {
                return Self::Avx2;
            }
        }
        Self::Baseline
    }

    /// Every one, the narrowest first.
    #[cfg(test)]
    fn available() -> Vec<Self> {
        let mut sets = vec![Self::Baseline];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                sets.push(Self::Avx2);
            }
            if Self::widest() == Self::Avx512 {
                sets.push(Self::Avx512);
            }
        }
        sets
    }
}
