use proptest::prelude::*;

use super::*;
use crate::experiment::block::BlockColumn;
use crate::experiment::block::ValueShape;

fn shape(whole: &[bool], years: usize) -> RunShape {
    let columns = whole
        .iter()
        .enumerate()
        .map(|(number, &whole)| BlockColumn { label: format!("series {number}"), whole })
        .collect();
    let policy = "baseline".to_owned();
    let policies = vec![ValueShape { policy, layout: Fingerprint::of(b"layout"), columns }];
    RunShape { fingerprint: Fingerprint::of(b"run"), years, policies }
}

fn whole_number() -> impl Strategy<Value = f64> {
    let extreme = LARGEST_WHOLE as f64;
    prop_oneof![
        Just(extreme),
        Just(-extreme),
        Just(0.0),
        (-300_i32..300).prop_map(f64::from),
        (-LARGEST_WHOLE..=LARGEST_WHOLE).prop_map(|value| value as f64),
    ]
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(
        replications in prop::collection::vec(
            (prop::collection::vec(whole_number(), 3), prop::collection::vec(
                prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO, 3,
            )),
            1..6,
        ),
        first in 0_u32..1_000_000,
    ) {
        let shape = shape(&[true, false], 3);
        let mut encoder = Encoder::new(&shape, first);
        for (whole, real) in &replications {
            encoder.push(&[[whole.as_slice(), real].concat()]).unwrap();
        }
        let bytes = encoder.finish();
        let lead = bytes.first_chunk().unwrap();
        let sealed = LEAD_LENGTH + read_lead(lead, bytes.len() as u64).unwrap() + SEAL_LENGTH;
        let head = read_head(&bytes[..sealed], bytes.len() as u64).unwrap();
        prop_assert_eq!((head.first, head.count as usize), (first, replications.len()));
        for (number, section) in head.policies[0].sections.iter().enumerate() {
            let start = usize::try_from(section.start).unwrap();
            let stored = &bytes[start..start + section.length as usize];
            prop_assert_eq!(checksum(stored), section.checksum);
            let values = decode(stored, section.whole, head.count, head.years).unwrap();
            let written: Vec<f64> = replications
                .iter()
                .flat_map(|(whole, real)| if number == 0 { whole } else { real })
                .copied()
                .collect();
            prop_assert_eq!(values, written);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _values = decode(&bytes, true, 7, 3);
        let _values = decode(&bytes, true, u32::MAX, u32::MAX);
        let _values = decode(&bytes, false, u32::MAX, 3);
        // Sealed, so that the head itself is tried.
        let mut sealed = bytes.clone();
        sealed.extend(Sha256::digest(&bytes));
        let _head = read_head(&sealed, 1 << 40);
    }
}

#[track_caller]
fn refused(whole: bool, value: f64) -> String {
    let shape = shape(&[whole], 2);
    Encoder::new(&shape, 4).push(&[vec![1.0, value]]).unwrap_err().to_string()
}

#[test]
fn values_that_are_not_numbers_or_not_whole_are_refused_by_name() {
    assert_eq!(
        refused(false, f64::NAN),
        "policy `baseline`, replication 4: series 0 is NaN in simulated year 1, which is not \
         a finite number"
    );
    for (whole, value) in [(true, f64::INFINITY), (true, f64::NAN), (false, f64::INFINITY)] {
        assert!(refused(whole, value).contains("not a finite number"));
    }
    for value in [0.5, 9_007_199_254_740_994.0, 1e300] {
        assert!(refused(true, value).contains("not a whole number"), "{value}");
    }
}

#[test]
fn too_few_values_are_refused() {
    let shape = shape(&[true], 2);
    let error = Encoder::new(&shape, 0).push(&[vec![1.0]]).unwrap_err();
    assert_eq!(error.problem, ValueProblem::Count { expected: 2, found: 1 });
}

#[test]
fn a_slow_series_takes_a_byte_a_year() {
    let shape = shape(&[true], 20);
    let empty = Encoder::new(&shape, 0).finish().len();
    let mut encoder = Encoder::new(&shape, 0);
    encoder.push(&[(0..20).map(|year| f64::from(year * 60)).collect()]).unwrap();
    assert_eq!(encoder.finish().len(), empty + 20);
}

/// A block that its maker has sealed may declare anything: it is refused before memory is taken.
#[test]
fn what_no_run_writes_is_refused_by_its_head() {
    let lead = |length: u32| {
        let mut lead = [0; LEAD_LENGTH];
        lead[..8].copy_from_slice(&MAGIC);
        lead[8..12].copy_from_slice(&VERSION.to_le_bytes());
        lead[12..].copy_from_slice(&length.to_le_bytes());
        lead
    };
    let refused = |length| read_lead(&lead(length), 1 << 40).unwrap_err();
    assert_eq!(refused(u32::MAX), Damage::Head("longer than that of any run"));
    assert!(read_lead(&lead(8 << 20), 1 << 40).is_ok());

    let sealed = |count: u32, years: u32, section: u32| {
        let mut head = [7; 32].to_vec();
        for number in [0, count, years, 1] {
            head.extend(u32::to_le_bytes(number));
        }
        head.extend([1, 0, b'a']);
        head.extend([7; 32]);
        head.extend(1_u32.to_le_bytes());
        head.push(REAL);
        head.extend(section.to_le_bytes());
        head.extend([0; 8]);
        let mut bytes = lead(length32(head.len())).to_vec();
        bytes.extend(head);
        let seal = Sha256::digest(&bytes);
        bytes.extend(seal);
        let file = bytes.len() as u64 + u64::from(section);
        read_head(&bytes, file)
    };
    assert!(sealed(1, 200, 1_600).is_ok());
    let four_gigabytes = u32::MAX - 7;
    assert_eq!(
        sealed(1, four_gigabytes / 8, four_gigabytes).unwrap_err(),
        Damage::Head("its years are impossible")
    );
    assert_eq!(
        sealed(four_gigabytes / 8, 1, four_gigabytes).unwrap_err(),
        Damage::Head("its replications are impossible")
    );
}
