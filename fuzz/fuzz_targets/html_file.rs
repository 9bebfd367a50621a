#![no_main]
plantin_fuzz::target!("html_file");
