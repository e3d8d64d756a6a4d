//! Known answers and addressing.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;
use crate::random::Purpose;

/// The first outputs of SplitMix64 for seed 1234567, as published (Rosetta Code, after Vigna).
#[test]
fn random_access_reproduces_the_published_sequence() {
    let published = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    for (purpose, expected) in Purpose::ALL.into_iter().zip(published) {
        assert_eq!(Key(1_234_567).word(0, purpose), expected, "{purpose:?}");
    }
    let mut sequence = KeyedRng { state: 1_234_567 };
    assert_eq!(published.map(|_| sequence.next_u64()), published);
}

/// Computed from the definition by a separate program in Python.
#[test]
fn each_purpose_keeps_its_draw() {
    #[rustfmt::skip]
    let pinned: [u64; Purpose::ALL.len()] = [
        0xd8cf_ec6a_d767_5154,
        0x00be_c6a0_ed53_c06a,
        0x1978_34dd_156c_0de6,
        0x0fc2_0544_5462_4682,
        0x516f_4537_40ff_1261,
        0x952e_7566_9b35_f108,
        0x8074_7f6a_ed52_c643,
        0x3261_6407_b065_a090,
        0x51cf_84c7_e397_dd68,
        0x273a_321a_28d8_220a,
        0xca1e_e80c_a2a1_4060,
        0xe8ef_dc8a_cccd_4ece,
        0xc8d0_7b6f_407b_3cd5,
        0x4db1_854b_14e7_fd53,
        0x3487_538c_abd7_69a3,
        0x5239_1db5_c661_d388,
        0xf3e2_c95f_171e_a5cb,
        0x1291_ed42_798f_3b22,
        0xc8eb_fa1e_7f85_932e,
        0x26a4_c67f_eda0_8ebb,
        0x1516_f373_7b85_34da,
        0x181f_04ee_958b_04c1,
        0x5c23_6e6f_4445_2598,
        0x2f9d_f3c6_896a_21a8,
        0x7429_ffb9_9af9_c440,
        0x688b_e23c_2018_0d67,
        0x632b_183a_4242_4ec7,
        0xaa3e_def1_ee22_1dc2,
        0x35f7_be09_471c_187f,
        0x2eae_84dc_65ac_9da1,
        0x6fb9_ffc4_6b33_3511,
        0x7cec_3b49_e8d4_9f91,
        0xf1e1_5e77_1dad_5ec9,
        0x2b10_f1f1_9284_2d87,
        0x183b_e951_858a_e608,
        0x7540_6fc9_0655_289f,
        0xb4f6_b416_c7b6_3baa,
        0xf744_5214_b9d9_f6d7,
        0x8bd2_c75b_3c9b_cc04,
        0x5f58_74e5_141f_0a86,
        0x804d_5354_6fa0_a194,
        0xa993_b333_d912_df01,
        0xfac5_c6c6_94b4_d0c7,
        0x4c3b_ff41_fbb5_7611,
        0xcdee_1c58_65aa_b5bc,
        0xbb05_2151_0644_0f87,
        0xcb6b_9ea9_1dcd_9ac9,
        0x2d77_dcfd_1726_2493,
        0xd652_b4d6_dcaf_49f8,
        0x1aec_b75a_9209_597b,
        0x187a_b052_5713_4dd0,
        0xdb3f_d635_4b2c_1088,
        0x8858_ae65_dd7c_60ee,
        0xa817_2eaa_8421_bd4b,
        0xaabe_d721_266e_a5d8,
        0x1ceb_ece1_d271_f2c1,
        0x59d1_ec42_57e4_7f77,
    ];
    let key = Key::world(2026, 7).entity(42);
    for (purpose, expected) in Purpose::ALL.into_iter().zip(pinned) {
        assert_eq!(key.word(2030, purpose), expected, "{purpose:?}");
    }
}

#[test]
fn every_part_of_an_address_matters() {
    let word = |seed, replication, first, second, year, purpose| {
        Key::world(seed, replication).entity(first).entity(second).word(year, purpose)
    };
    let mut words = vec![
        word(1, 2, 3, 4, 2026, Purpose::Exit),
        word(2, 2, 3, 4, 2026, Purpose::Exit),
        word(1, 3, 3, 4, 2026, Purpose::Exit),
        word(2, 1, 3, 4, 2026, Purpose::Exit),
        word(1, 2, 4, 4, 2026, Purpose::Exit),
        word(1, 2, 4, 3, 2026, Purpose::Exit),
        word(1, 2, 3, 5, 2026, Purpose::Exit),
        word(1, 2, 3, 4, 2027, Purpose::Exit),
        word(1, 2, 3, 4, 2026, Purpose::Growth),
        Key::world(1, 2).entity(3).entity(4).word(2026, Purpose::Exit.for_area(1)),
        Key::world(1, 2).entity(3).entity(4).word(2026, Purpose::Exit.for_area(2)),
        Key::world(1, 2).entity(3).word(2026, Purpose::Exit),
        Key::world(1, 2).word(2026, Purpose::Exit),
    ];
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count);
}

#[test]
fn keys_do_not_collide() {
    let mut keys = Vec::new();
    for replication in 0..100 {
        let world = Key::world(1, replication);
        keys.extend((0..5_000).map(|id| world.entity(id)));
        // Ids as an engine packs them, far apart in their upper bits.
        keys.extend((0..5_000).map(|id| world.entity(id << 40)));
        keys.extend((0..1_000).map(|id| world.entity(id % 10).entity(id / 10)));
    }
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    // The first of the ids is 0 both times, and 10 parents have no key of their own here.
    assert_eq!(keys.len(), count - 100);
}

#[test]
fn a_uniform_number_is_never_0_or_1() {
    assert_eq!(open_unit(0).to_bits(), (f64::EPSILON / 2.0).to_bits());
    assert_eq!(open_unit(u64::MAX).to_bits(), (1.0 - f64::EPSILON / 2.0).to_bits());
    assert_eq!(open_unit(1 << 63).to_bits(), (0.5 + f64::EPSILON / 2.0).to_bits());
    let complement = 1.0 - open_unit(0);
    assert_eq!(complement.to_bits(), open_unit(u64::MAX).to_bits());
}

#[test]
fn a_sequence_serves_rand_distr() {
    let mut rng = KeyedRng::new(Key::world(3, 0), 2026, Purpose::Quality);
    let count = 200_000u32;
    let normals: Vec<f64> = (0..count).map(|_| StandardNormal.sample(&mut rng)).collect();
    let mean = normals.iter().sum::<f64>() / f64::from(count);
    let square = normals.iter().map(|normal| normal * normal).sum::<f64>() / f64::from(count);
    // Standard errors of the mean and of the mean square of standard normals.
    assert!(mean.abs() < 5.0 / f64::from(count).sqrt());
    assert!((square - 1.0).abs() < 5.0 * (2.0 / f64::from(count)).sqrt());
}

#[test]
fn a_sequence_starts_where_its_address_says() {
    let first =
        |id, year, purpose| KeyedRng::new(Key::world(3, 0).entity(id), year, purpose).next_u64();
    assert_eq!(first(1, 2026, Purpose::Quality), first(1, 2026, Purpose::Quality));
    assert_ne!(first(1, 2026, Purpose::Quality), first(2, 2026, Purpose::Quality));
    assert_ne!(first(1, 2026, Purpose::Quality), first(1, 2027, Purpose::Quality));
    assert_ne!(first(1, 2026, Purpose::Quality), first(1, 2026, Purpose::Sector));
}

#[test]
fn bytes_are_the_words_in_little_endian_order() {
    let rng = KeyedRng::new(Key::world(3, 0), 2026, Purpose::Quality);
    let (mut words, mut bytes) = (rng.clone(), rng);
    let mut filled = [0; 11];
    bytes.fill_bytes(&mut filled);
    let expected = [words.next_u64().to_le_bytes(), words.next_u64().to_le_bytes()].concat();
    assert_eq!(filled[..], expected[..11]);
}
