//! How far a batch is: a bar on standard error, where that is a terminal.

use crate::report::text::console;

#[cfg(feature = "terminal")]
pub use shown::Bar;
#[cfg(not(feature = "terminal"))]
pub use silent::Bar;

/// Whether somebody wants to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// On a terminal.
    OnTerminal,
    /// Nowhere.
    Hidden,
}

/// Tells something on standard error, beside a bar that may be there.
pub fn message(text: &str) {
    console::tell(text);
}

#[cfg(feature = "terminal")]
mod shown {
    use std::fmt;

    use indicatif::ProgressBar;
    use indicatif::ProgressDrawTarget;
    use indicatif::ProgressState;
    use indicatif::ProgressStyle;

    use super::Visibility;
    use crate::experiment::batch::Progress;
    use crate::scenario::letters::visible;

    const TEMPLATE: &str =
        "{prefix} {wide_bar} {human_pos}/{human_len} replications, {rate}, {left}";
    /// Times a second that the bar is drawn at most: drawing must not cost what is measured.
    const DRAWS_PER_SECOND: u8 = 8;

    /// The bar; it goes when dropped.
    #[derive(Debug)]
    pub struct Bar(ProgressBar);

    impl Bar {
        /// A bar for a number of replications, with the name of what runs.
        #[must_use]
        pub fn new(name: &str, replications: u32, visibility: Visibility) -> Self {
            let target = match visibility {
                // Draws nothing where standard error is no terminal.
                Visibility::OnTerminal => ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND),
                Visibility::Hidden => ProgressDrawTarget::hidden(),
            };
            let bar = ProgressBar::with_draw_target(Some(replications.into()), target);
            if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
                bar.set_style(style.with_key("rate", rate).with_key("left", time_left));
            }
            // The bar writes by itself, past the console.
            bar.set_prefix(visible(name).into_owned());
            Self(bar)
        }
    }

    impl Progress for Bar {
        fn replication_done(&self) {
            self.0.inc(1);
        }
    }

    impl Drop for Bar {
        fn drop(&mut self) {
            self.0.finish_and_clear();
        }
    }

    // What a bar shows cannot fail to be written into a string.
    fn rate(state: &ProgressState, text: &mut dyn fmt::Write) {
        let per_second = state.per_sec();
        let _written = if per_second >= 10.0 {
            write!(text, "{per_second:.0}/s")
        } else {
            write!(text, "{per_second:.2}/s")
        };
    }

    fn time_left(state: &ProgressState, text: &mut dyn fmt::Write) {
        let seconds = state.eta().as_secs();
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let _written = match hours {
            0 => write!(text, "{minutes}:{seconds:02} left"),
            _ => write!(text, "{hours}:{minutes:02}:{seconds:02} left"),
        };
    }
}

#[cfg(not(feature = "terminal"))]
mod silent {
    use super::Visibility;
    use crate::experiment::batch::Progress;

    /// No bar, as there is no terminal.
    #[derive(Debug)]
    pub struct Bar;

    impl Bar {
        /// Shows nothing.
        #[must_use]
        pub fn new(_name: &str, _replications: u32, _visibility: Visibility) -> Self {
            Self
        }
    }

    impl Progress for Bar {
        fn replication_done(&self) {}
    }
}
