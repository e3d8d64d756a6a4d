//! A batch gives the same values however it is cut and by whomever it is made.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use yangjae::experiment::batch;
use yangjae::experiment::batch::BatchError;
use yangjae::experiment::batch::BatchPlan;
use yangjae::experiment::batch::Halted;
use yangjae::experiment::batch::Progress;
use yangjae::experiment::batch::Silent;
use yangjae::experiment::batch::Workers;
use yangjae::experiment::block::archive::Archive;
use yangjae::experiment::block::file;

use crate::fake::Fake;
use crate::fake::YEARS;

pub(crate) fn make(folder: &Path, fake: &Fake, threads: usize, blocks: Vec<Range<u32>>) {
    let stop = AtomicBool::new(false);
    let workers = Workers::start(NonZeroUsize::new(threads), &stop).unwrap();
    let shape = fake.shape();
    let plan = BatchPlan { folder, shape: &shape, blocks };
    let simulate = |replication, (): &mut ()| Ok::<_, std::io::Error>(fake.values(replication));
    batch::run(&workers, &plan, || (), simulate, &Silent).unwrap();
}

fn cut(replications: u32, length: usize) -> Vec<Range<u32>> {
    let starts = (0..replications).step_by(length);
    let length = u32::try_from(length).unwrap();
    starts.map(|first| first..(first + length).min(replications)).collect()
}

fn all_bytes(folder: &Path) -> Vec<Vec<u8>> {
    file::list(folder).unwrap().iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn values_do_not_depend_on_threads_or_the_length_of_blocks() {
    let fake = Fake::named(&["baseline", "more", "no-hub"]);
    let shape = fake.shape();
    let mut blocks_of_five = Vec::new();
    for (threads, length) in [(1, 5), (3, 5), (2, 1), (3, 8), (2, 40)] {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), &fake, threads, cut(23, length));
        let archive = Archive::open(folder.path(), &shape, 0..23).unwrap();
        for (policy, of_policy) in shape.policies.iter().enumerate() {
            let series: Vec<usize> = (0..of_policy.columns.len()).collect();
            let read = archive.read(policy, &series, 0..YEARS.len()).unwrap();
            for replication in 0..23 {
                let values = fake.values(replication)[policy].clone();
                let read = read.iter().flatten().map(|column| column[replication as usize]);
                assert_eq!(read.collect::<Vec<_>>(), values);
            }
        }
        if length == 5 {
            blocks_of_five.push(all_bytes(folder.path()));
        }
    }
    assert_eq!(blocks_of_five[0], blocks_of_five[1]);
}

#[test]
fn more_replications_leave_the_first_as_they_were() {
    let fake = Fake::named(&["baseline", "more"]);
    let (short, long) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    make(short.path(), &fake, 2, cut(8, 4));
    make(long.path(), &fake, 2, cut(16, 4));
    assert_eq!(all_bytes(short.path()), all_bytes(long.path())[..2]);
}

#[test]
fn a_part_of_the_replications_can_be_read_alone() {
    let fake = Fake::named(&["baseline"]);
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &fake, 2, cut(12, 5));
    let archive = Archive::open(folder.path(), &fake.shape(), 3..11).unwrap();
    let read = archive.read(0, &[0], 1..2).unwrap();
    let expected: Vec<f64> = (3..11).map(|replication| fake.values(replication)[0][1]).collect();
    assert_eq!(read, vec![vec![expected]]);
    let mut seen = Vec::new();
    archive
        .each_replication(0, &[0], |replication, values| {
            seen.push((replication, values[0][1]));
            Ok::<_, yangjae::experiment::block::BlockError>(())
        })
        .unwrap();
    assert_eq!(seen, (3..11).zip(read[0][0].iter().copied()).collect::<Vec<_>>());
}

/// Counts, and stops the batch after some replications.
struct StopAfter<'a>(AtomicU32, u32, &'a AtomicBool);

impl Progress for StopAfter<'_> {
    fn replication_done(&self) {
        if self.0.fetch_add(1, Ordering::Relaxed) + 1 == self.1 {
            self.2.store(true, Ordering::Relaxed);
        }
    }
}

#[test]
fn a_stopped_batch_keeps_its_finished_blocks_and_the_rest_can_be_made_later() {
    let fake = Fake::named(&["baseline", "more"]);
    let shape = fake.shape();
    let folder = tempfile::tempdir().unwrap();
    let stop = AtomicBool::new(false);
    let workers = Workers::start(NonZeroUsize::new(1), &stop).unwrap();
    let plan = BatchPlan { folder: folder.path(), shape: &shape, blocks: cut(40, 4) };
    let simulate = |replication, (): &mut ()| Ok::<_, std::io::Error>(fake.values(replication));
    let progress = StopAfter(AtomicU32::new(0), 10, &stop);
    let result = batch::run(&workers, &plan, || (), simulate, &progress);
    assert!(matches!(result, Err(Halted::Stopped)));
    assert_eq!(all_bytes(folder.path()).len(), 2);
    let error = Archive::open(folder.path(), &shape, 0..40).unwrap_err();
    assert!(error.to_string().ends_with("has no block with replication 8"), "{error}");

    make(folder.path(), &fake, 2, cut(40, 4)[2..].to_vec());
    let whole = tempfile::tempdir().unwrap();
    make(whole.path(), &fake, 2, cut(40, 4));
    assert_eq!(all_bytes(folder.path()), all_bytes(whole.path()));
}

#[test]
fn a_panic_and_an_impossible_value_name_the_replication() {
    let fake = Fake::named(&["baseline", "more"]);
    let shape = fake.shape();
    let folder = tempfile::tempdir().unwrap();
    let stop = AtomicBool::new(false);
    let workers = Workers::start(NonZeroUsize::new(2), &stop).unwrap();
    let plan = BatchPlan { folder: folder.path(), shape: &shape, blocks: cut(9, 2) };

    let panics = |replication, (): &mut ()| {
        assert!(replication != 5, "a firm with no people");
        Ok::<_, std::io::Error>(fake.values(replication))
    };
    let error = batch::run(&workers, &plan, || (), panics, &Silent).unwrap_err().to_string();
    assert!(error.starts_with("replication 5 broke off: a firm with no people"), "{error}");

    let half = |replication, (): &mut ()| {
        let mut values = fake.values(replication);
        values[1][4] = f64::NAN;
        Ok::<_, std::io::Error>(values)
    };
    let error = batch::run(&workers, &plan, || (), half, &Silent).unwrap_err();
    let Halted::Failed(BatchError::Value(error)) = error else {
        panic!("another error: {error}");
    };
    assert_eq!(
        error.to_string(),
        "policy `more`, replication 0: rent of district is NaN in simulated year 1, which is not \
         a finite number"
    );
}
