#![no_main]
plantin_fuzz::target!("transfer");
