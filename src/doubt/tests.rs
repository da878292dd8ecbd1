#![allow(clippy::expect_used, reason = "tests")]
