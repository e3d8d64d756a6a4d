//! Draws and their transforms for many entities at once, in loops that compilers turn into vector
//! code: the same bits as one at a time, for every instruction set.
//!
//! Each loop is compiled for several instruction sets; `dispatch.rs` picks the widest that the
//! processor has. No loop adds over its elements and none fuses a multiplication with an addition,
//! so the width of vectors cannot show in a result (a test compares all of them bit for bit).

pub(crate) mod dispatch;

pub use dispatch::FEW;
pub use dispatch::Loop;
pub use dispatch::LoopBy;
pub use dispatch::MANY;
pub use dispatch::run;
pub use dispatch::run_by;

use crate::random::distribution;
use crate::random::key::Key;
use crate::random::math;
use crate::random::purpose::Address;

/// The uniform numbers of a year and a purpose, or of one of its draws by area, for many keys.
///
/// `out` is emptied first; its memory is used again. Whoever asks for many and few in turn should
/// keep two, for what has to grow again is written twice.
pub fn uniforms(keys: &[Key], year: u16, address: impl Into<Address>, out: &mut Vec<f64>) {
    out.resize(keys.len(), 0.0);
    let address = address.into();
    each(out.iter_mut().zip(keys), |(out, key)| *out = key.uniform(year, address));
}

/// The keys of the first entities of what a key stands for; `out` is emptied first.
pub fn entities(parent: Key, count: u32, out: &mut Vec<Key>) {
    out.resize(count as usize, parent);
    each((0_u64..).zip(out), |(index, out)| *out = parent.entity(index));
}

/// The exponential of each number, in its place; see [`math::exp`].
pub fn exp(values: &mut [f64]) {
    each(values, |value| *value = math::exp(*value));
}

/// The natural logarithm of each number, in its place; see [`math::ln`].
pub fn ln(values: &mut [f64]) {
    each(values, |value| *value = math::ln(*value));
}

/// 1 / (1 + e^−x) of each number, in its place.
pub fn logistic(values: &mut [f64]) {
    each(values, |value| *value = 1.0 / (1.0 + math::exp(-*value)));
}

/// Turns uniform numbers into exponential variates; see [`distribution::exponential`].
pub fn exponential(values: &mut [f64]) {
    each(values, |value| *value = distribution::exponential(*value));
}

/// Turns uniform numbers into Laplace variates; see [`distribution::laplace`].
pub fn laplace(values: &mut [f64]) {
    each(values, |value| *value = distribution::laplace(*value));
}

/// Turns uniform numbers into Gumbel variates; see [`distribution::gumbel`].
pub fn gumbel(values: &mut [f64]) {
    each(values, |value| *value = distribution::gumbel(*value));
}

fn normal_central(values: &mut [f64]) {
    each(values, |value| *value = distribution::normal_central(*value));
}

/// `roots` holds the uniform numbers too, and is left with where in the tail they are.
fn normal_tail(values: &mut [f64], roots: &mut [f64]) {
    each(values.iter_mut().zip(roots), |(value, root)| {
        *root = distribution::root_of(*root);
        let variate = distribution::near_tail_of(*value, *root);
        *value = if *root <= 5.0 { variate } else { *value };
    });
}

/// Does something with each item, on the widest instruction set that the processor has.
#[inline]
fn each<I: IntoIterator>(items: I, act: impl FnMut(I::Item)) {
    dispatch::run(Each { items, act });
}

struct Each<I, F> {
    items: I,
    act: F,
}

impl<I: IntoIterator, F: FnMut(I::Item)> Loop for Each<I, F> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(mut self) {
        for item in self.items {
            (self.act)(item);
        }
    }
}

/// The places, of `0..length`, that are chosen, in rising order; fewer than 2^32.
///
/// `places` is emptied first. The question is put to 64 places at a time, so that vector code can
/// answer it, and only those chosen cost a branch. It is vector code where `chosen` reads slices of
/// that `length`, not vectors that are borrowed.
pub fn choose(length: usize, places: &mut Vec<u32>, chosen: impl Fn(usize) -> bool) {
    places.clear();
    #[expect(clippy::cast_possible_truncation, reason = "places are fewer than 2^32")]
    each_chosen(length, chosen, |place| places.push(place as u32));
}

/// Does something with each of the places that [`choose`] would write down, in rising order.
pub fn each_chosen(length: usize, chosen: impl Fn(usize) -> bool, act: impl FnMut(usize)) {
    dispatch::run(Choose { length, chosen, act });
}

struct Choose<F, A> {
    length: usize,
    chosen: F,
    act: A,
}

impl<F: Fn(usize) -> bool, A: FnMut(usize)> Loop for Choose<F, A> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        const PIECE: usize = 64;
        let Self { length, chosen, mut act } = self;
        let whole = length - length % PIECE;
        for from in (0..whole).step_by(PIECE) {
            tell(from, ask(from, PIECE, &chosen), &mut act);
        }
        tell(whole, ask(whole, length - whole, &chosen), &mut act);
    }
}

/// The answers for at most 64 places, a bit each.
#[expect(clippy::inline_always, reason = "compiled for each instruction set")]
#[inline(always)]
fn ask(from: usize, count: usize, chosen: &impl Fn(usize) -> bool) -> u64 {
    let mut answers = 0;
    for place in 0..count {
        answers |= u64::from(chosen(from + place)) << place;
    }
    answers
}

#[expect(clippy::inline_always, reason = "compiled for each instruction set")]
#[inline(always)]
fn tell(from: usize, mut answers: u64, act: &mut impl FnMut(usize)) {
    while answers != 0 {
        act(from + answers.trailing_zeros() as usize);
        answers &= answers - 1;
    }
}

/// Working memory of [`normal`].
#[derive(Clone, Debug, Default)]
pub struct NormalMemory {
    tails: Vec<u32>,
    uniforms: Vec<f64>,
    roots: Vec<f64>,
}

/// Turns uniform numbers into standard normal variates; see [`distribution::normal`].
pub fn normal(values: &mut [f64], memory: &mut NormalMemory) {
    let NormalMemory { tails, uniforms, roots } = memory;
    // 15 of 100 draws lie beyond the range of the first polynomial.
    choose(values.len(), tails, |place| !distribution::is_central(values[place]));
    uniforms.clear();
    uniforms.extend(tails.iter().map(|&place| values[place as usize]));
    normal_central(values);
    roots.clear();
    roots.extend_from_slice(uniforms);
    normal_tail(uniforms, roots);
    for ((&place, &variate), &root) in tails.iter().zip(&*uniforms).zip(&*roots) {
        let value = &mut values[place as usize];
        // One draw in 10^10 is still further out, where the loop left it as it was.
        *value = if root <= 5.0 { variate } else { distribution::far_tail_of(variate, root) };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::Purpose;

    fn words() -> impl Strategy<Value = Vec<u64>> {
        prop::collection::vec(any::<u64>(), 0..70)
    }

    /// Whether a loop gives on every instruction set of this processor the bits of single calls.
    fn check(values: &[f64], all: fn(&mut [f64]), one: fn(f64) -> f64) {
        for out in dispatch::on_each(|| {
            let mut out = values.to_vec();
            all(&mut out);
            out
        }) {
            for (&value, &out) in values.iter().zip(&out) {
                let single = one(std::hint::black_box(value));
                assert_eq!(out.to_bits(), single.to_bits(), "{value:e}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_instruction_set_gives_the_same_uniforms(words in words(), year: u16) {
            let keys: Vec<Key> = words.iter().map(|&word| Key::world(word, 1)).collect();
            for out in dispatch::on_each(|| {
                let mut out = Vec::new();
                uniforms(&keys, year, Purpose::Growth, &mut out);
                out
            }) {
                for (key, out) in keys.iter().zip(out) {
                    prop_assert_eq!(key.uniform(year, Purpose::Growth).to_bits(), out.to_bits());
                }
            }
        }

        #[test]
        fn every_instruction_set_gives_the_same_keys(word: u64, count in 0_u32..70) {
            let parent = Key::world(word, 1);
            let single: Vec<Key> = (0..count).map(|index| parent.entity(index.into())).collect();
            for keys in dispatch::on_each(|| {
                let mut keys = Vec::new();
                entities(parent, count, &mut keys);
                keys
            }) {
                prop_assert_eq!(&keys, &single);
            }
        }

        #[test]
        fn chosen_places_are_those_asked_for(words in prop::collection::vec(0_u8..4, 0..300)) {
            let expected: Vec<u32> =
                (0_u32..).zip(&words).filter(|&(_, &word)| word == 0).map(|(at, _)| at).collect();
            for places in dispatch::on_each(|| {
                let mut places = vec![7];
                choose(words.len(), &mut places, |place| words[place] == 0);
                places
            }) {
                prop_assert_eq!(&places, &expected);
            }
        }

        #[test]
        fn every_instruction_set_gives_the_same_transforms(words in words()) {
            let uniforms: Vec<f64> = words.iter().map(|&word| crate::random::key::open_unit(word)).collect();
            check(&uniforms, exponential, distribution::exponential);
            check(&uniforms, laplace, distribution::laplace);
            check(&uniforms, gumbel, distribution::gumbel);
            check(&uniforms, ln, math::ln);
            // Any bits at all, but for numbers that are none: their signs are not specified.
            let any: Vec<f64> = words.iter().map(|&word| f64::from_bits(word)).filter(|x| !x.is_nan()).collect();
            check(&any, exp, math::exp);
            let positive: Vec<f64> = any.iter().map(|x| x.abs()).collect();
            check(&positive, ln, math::ln);
            let narrow: Vec<f64> = uniforms.iter().map(|u| 60.0 * u - 30.0).collect();
            check(&narrow, exp, math::exp);
            check(&narrow, logistic, |x| 1.0 / (1.0 + math::exp(-x)));
            // Far out in the tails too.
            let far = [1e-12, 1e-15, f64::EPSILON / 2.0, 1.0 - 1e-13, 1.0 - f64::EPSILON / 2.0];
            let uniforms = [&uniforms[..], &far].concat();
            for normals in dispatch::on_each(|| {
                let mut normals = uniforms.clone();
                normal(&mut normals, &mut NormalMemory::default());
                normals
            }) {
                for (&u, normal) in uniforms.iter().zip(normals) {
                    prop_assert_eq!(distribution::normal(u).to_bits(), normal.to_bits());
                }
            }
            for mean in [0.3, 4.0, 15.0, 40.0] {
                for counts in dispatch::on_each(|| {
                    let mut counts = uniforms.clone();
                    distribution::PoissonOdds::new(mean).draw_all(&mut counts);
                    counts
                }) {
                    for (&u, count) in uniforms.iter().zip(counts) {
                        prop_assert_eq!((distribution::poisson(u, mean) as f64).to_bits(), count.to_bits());
                    }
                }
            }
        }
    }
}
