//! All tests from outside, in one binary: it links once.

mod sample_city;
