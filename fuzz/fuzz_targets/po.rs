#![no_main]
plantin_fuzz::target!("po");
