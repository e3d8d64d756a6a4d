//! Threads that share work: the only place that knows of them. Without the feature `threads` there is one,
//! the caller's.

#[cfg(feature = "threads")]
mod several {
    use std::io;
    use std::num::NonZeroUsize;

    use rayon::prelude::*;

    /// Threads.
    #[derive(Debug)]
    pub struct Pool(rayon::ThreadPool);

    impl Pool {
        /// Starts threads, as many as there are processors where no number is given.
        ///
        /// # Errors
        ///
        /// Fails if the system does not give as many.
        pub fn start(threads: Option<NonZeroUsize>) -> io::Result<Self> {
            let threads = threads.map_or(0, NonZeroUsize::get);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.map(Self).map_err(io::Error::other)
        }

        /// The number of threads.
        #[must_use]
        pub fn threads(&self) -> usize {
            self.0.current_num_threads()
        }

        /// Does work on these threads that calls [`join`].
        pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
            self.0.install(work)
        }

        /// Begins work and does not wait for it.
        pub fn spawn(&self, work: impl FnOnce() + Send + 'static) {
            self.0.spawn(work);
        }

        /// Does tasks side by side; gives what they yield, in their order.
        #[must_use]
        pub fn all<T: Send>(&self, tasks: &[Box<dyn Fn() -> T + Sync + '_>]) -> Vec<T> {
            self.0.install(|| tasks.par_iter().map(|task| task()).collect())
        }

        /// Does the same work once on each thread.
        pub fn broadcast<T: Send>(&self, work: impl Fn() -> T + Sync) -> Vec<T> {
            self.0.broadcast(|_| work())
        }
    }

    /// Does two things side by side, on the threads of [`Pool::install`] or else on all processors.
    pub fn join<A: Send, B: Send>(
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        rayon::join(one, other)
    }
}

#[cfg(not(feature = "threads"))]
mod alone {
    use std::io;
    use std::num::NonZeroUsize;

    /// The caller's own thread.
    #[derive(Debug)]
    pub struct Pool;

    impl Pool {
        /// Takes the caller's thread, whatever number is given.
        ///
        /// # Errors
        ///
        /// Never.
        pub fn start(_threads: Option<NonZeroUsize>) -> io::Result<Self> {
            Ok(Self)
        }

        /// The number of threads.
        #[must_use]
        pub fn threads(&self) -> usize {
            1
        }

        /// Does work.
        pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
            work()
        }

        /// Does work at once.
        pub fn spawn(&self, work: impl FnOnce() + Send + 'static) {
            work();
        }

        /// Does tasks one by one; gives what they yield, in their order.
        #[must_use]
        pub fn all<T: Send>(&self, tasks: &[Box<dyn Fn() -> T + Sync + '_>]) -> Vec<T> {
            tasks.iter().map(|task| task()).collect()
        }

        /// Does the work once.
        pub fn broadcast<T: Send>(&self, work: impl Fn() -> T + Sync) -> Vec<T> {
            vec![work()]
        }
    }

    /// Does two things one after the other.
    pub fn join<A: Send, B: Send>(
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        (one(), other())
    }
}

#[cfg(not(feature = "threads"))]
pub use alone::Pool;
#[cfg(not(feature = "threads"))]
pub use alone::join;
#[cfg(feature = "threads")]
pub use several::Pool;
#[cfg(feature = "threads")]
pub use several::join;
