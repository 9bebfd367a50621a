#![no_main]
plantin_fuzz::target!("front_matter");
