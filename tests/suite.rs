//! The one test program: a file for each subject.
