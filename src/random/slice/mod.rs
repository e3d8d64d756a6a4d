//! Draws and their transforms for many entities at once, in loops that compilers turn into vector
//! code: the same bits as one at a time, for every instruction set.
//!
//! Each loop is compiled for several instruction sets; `dispatch.rs` picks the widest that the
//! processor has. No loop adds over its elements and none fuses a multiplication with an addition,
//! so the width of vectors cannot show in a result (a test compares all of them bit for bit).

pub(crate) mod dispatch;

pub use dispatch::Loop;
pub use dispatch::run;

use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;
use crate::random::slice::dispatch::dispatched;

/// The uniform numbers of a year and a purpose for many keys.
///
/// `out` is emptied first; its memory is used again.
pub fn uniforms(keys: &[Key], year: u16, purpose: Purpose, out: &mut Vec<f64>) {
    out.resize(keys.len(), 0.0);
    uniforms_into(keys, year, purpose, out);
}

dispatched! {
    fn uniforms_into(keys: &[Key], year: u16, purpose: Purpose, out: &mut [f64]) {
        for (out, key) in out.iter_mut().zip(keys) {
            *out = key.uniform(year, purpose);
        }
    }

    /// The exponential of each number, in its place; see [`math::exp`].
    pub fn exp(values: &mut [f64]) {
        for value in values {
            *value = math::exp(*value);
        }
    }

    /// The natural logarithm of each number, in its place; see [`math::ln`].
    pub fn ln(values: &mut [f64]) {
        for value in values {
            *value = math::ln(*value);
        }
    }

    /// 1 / (1 + e^−x) of each number, in its place.
    pub fn logistic(values: &mut [f64]) {
        for value in values {
            *value = 1.0 / (1.0 + math::exp(-*value));
        }
    }

    /// Turns uniform numbers into Laplace variates; see [`distribution::laplace`].
    pub fn laplace(values: &mut [f64]) {
        for value in values {
            *value = distribution::laplace(*value);
        }
    }

    /// Turns uniform numbers into Gumbel variates; see [`distribution::gumbel`].
    pub fn gumbel(values: &mut [f64]) {
        for value in values {
            *value = distribution::gumbel(*value);
        }
    }

    fn normal_central(values: &[f64], out: &mut [f64]) {
        for (out, value) in out.iter_mut().zip(values) {
            *out = distribution::normal_central(*value);
        }
    }
}

/// The places where a number is below its limit, in rising order.
///
/// `places` is emptied first. There are fewer than 2^32 numbers.
pub fn below(numbers: &[f64], limits: &[f64], places: &mut Vec<u32>) {
    choose(numbers.len().min(limits.len()), places, |place| numbers[place] < limits[place]);
}

/// The places, of `0..length`, that are chosen, in rising order: without a branch for each, as no
/// processor could guess them.
#[inline]
pub fn choose(length: usize, places: &mut Vec<u32>, chosen: impl Fn(usize) -> bool) {
    places.resize(length, 0);
    let mut count = 0;
    for place in 0..length {
        #[expect(clippy::cast_possible_truncation, reason = "as documented")]
        let number = place as u32;
        places[count] = number;
        count += usize::from(chosen(place));
    }
    places.truncate(count);
}

/// Turns uniform numbers into standard normal variates; see [`distribution::normal`].
///
/// `scratch` is working memory.
pub fn normal(values: &mut [f64], scratch: &mut Vec<f64>) {
    scratch.resize(values.len(), 0.0);
    normal_central(values, scratch);
    for (value, &central) in values.iter_mut().zip(scratch.iter()) {
        // 15 of 100 draws lie beyond the range of the first polynomial.
        *value =
            if distribution::is_central(*value) { central } else { distribution::normal(*value) };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::slice::dispatch::InstructionSet;

    fn words() -> impl Strategy<Value = Vec<u64>> {
        prop::collection::vec(any::<u64>(), 0..70)
    }

    /// Whether a loop gives on every instruction set of this processor the bits of single calls.
    fn check(values: &[f64], on: fn(InstructionSet, &mut [f64]), one: fn(f64) -> f64) {
        for set in InstructionSet::available() {
            let mut out = values.to_vec();
            on(set, &mut out);
            for (&value, &out) in values.iter().zip(&out) {
                let single = one(std::hint::black_box(value));
                assert_eq!(out.to_bits(), single.to_bits(), "{value:e} on {set:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_instruction_set_gives_the_same_uniforms(words in words(), year: u16) {
            let keys: Vec<Key> = words.iter().map(|&word| Key::world(word, 1)).collect();
            for set in InstructionSet::available() {
                let mut out = vec![0.0; keys.len()];
                uniforms_into::on(set, &keys, year, Purpose::Growth, &mut out);
                for (key, out) in keys.iter().zip(out) {
                    prop_assert_eq!(key.uniform(year, Purpose::Growth).to_bits(), out.to_bits());
                }
            }
        }

        #[test]
        fn every_instruction_set_gives_the_same_transforms(words in words()) {
            let uniforms: Vec<f64> = words.iter().map(|&word| crate::random::key::open_unit(word)).collect();
            check(&uniforms, laplace::on, distribution::laplace);
            check(&uniforms, gumbel::on, distribution::gumbel);
            check(&uniforms, ln::on, math::ln);
            // Any bits at all, but for numbers that are none: their signs are not specified.
            let any: Vec<f64> = words.iter().map(|&word| f64::from_bits(word)).filter(|x| !x.is_nan()).collect();
            check(&any, exp::on, math::exp);
            let positive: Vec<f64> = any.iter().map(|x| x.abs()).collect();
            check(&positive, ln::on, math::ln);
            let narrow: Vec<f64> = uniforms.iter().map(|u| 60.0 * u - 30.0).collect();
            check(&narrow, exp::on, math::exp);
            check(&narrow, logistic::on, |x| 1.0 / (1.0 + math::exp(-x)));
            let mut normals = uniforms.clone();
            normal(&mut normals, &mut Vec::new());
            for (&u, normal) in uniforms.iter().zip(normals) {
                prop_assert_eq!(distribution::normal(u).to_bits(), normal.to_bits());
            }
            for set in InstructionSet::available() {
                let mut out = vec![0.0; uniforms.len()];
                normal_central::on(set, &uniforms, &mut out);
                for (&u, out) in uniforms.iter().zip(out) {
                    prop_assert_eq!(distribution::normal_central(std::hint::black_box(u)).to_bits(), out.to_bits());
                }
            }
        }
    }
}
