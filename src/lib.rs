//! hoshin (方針): a monthly batch for Japanese city halls. Divisions (課) keep their own Excel workbooks; hoshin reads them
//! all and writes one consolidated workbook and PDF reports. No figure is ever guessed silently: each is read, read with
//! a stated assumption, or listed as unread, and each is traced to its cell.
//!
//! # The way of the data
//!
//! [`pipeline`] is the place to start reading. Verbs are stages, in the order in which data flows:
//!
//! 1. [`discover`]: which workbooks there are.
//! 2. [`read`]: a workbook → grids of cells, with what a person sees in them.
//! 3. [`locate`]: a grid → tables, blocks, pairs and lines, by what headers mean.
//! 4. [`normalise`]: cell text → typed values; [`extract`] gives each value the cell that `locate` found it in.
//!    [`doubt`] holds the values of one workbook against one another; [`amend`] is the planning section's own word.
//!    Stages 2 to 4 of each workbook take place in a [`worker`], a process of its own under limits.
//! 5. [`consolidate`]: the records of all workbooks → one dataset; before it [`submission`] finds which expected
//!    workbooks are missing, and what of an earlier month stands in for them.
//! 6. [`judge`]: the dataset → judgements with their working; [`history`] holds it against the months before,
//!    [`errata`] a corrected edition against the closed one.
//! 7. [`compose`]: the dataset → documents and sheets, once for both renderers.
//! 8. [`excel`], [`mail`], [`pdf`], [`export`]: → bytes.
//! 9. [`publish`]: bytes → a month that appears whole or not at all.
//!
//! Nouns are the vocabulary that every stage speaks: [`model`], [`finding`], [`config`], [`templates`], [`project`] (what a
//! city has set, all together), [`schemas`]. [`cli`] and [`commands`] are the shell around it; [`inspect`] tells how one
//! workbook was understood, [`trace`] where a figure comes from; [`width`] keeps what they print aligned.

pub mod amend;
pub mod answers;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod compose;
pub mod config;
pub mod console;
pub mod consolidate;
pub mod discover;
pub mod doubt;
pub mod errata;
pub mod excel;
pub mod export;
pub mod extract;
pub mod finding;
pub mod history;
pub mod inspect;
pub mod io_reason;
pub mod judge;
pub mod locate;
pub mod mail;
pub mod model;
pub mod normalise;
pub mod pdf;
pub mod pipeline;
pub mod profile;
pub mod project;
pub mod publish;
pub mod read;
pub mod schemas;
pub mod submission;
pub mod templates;
pub mod trace;
pub mod width;
pub mod worker;
