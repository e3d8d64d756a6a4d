//! The program `yangjae`.

fn main() {}
