#![no_main]
plantin_fuzz::target!("bag_zip");
