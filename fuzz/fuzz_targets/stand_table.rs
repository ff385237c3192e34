#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| detente_fuzz::stand_table(data));
