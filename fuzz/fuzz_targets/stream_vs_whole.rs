#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| omadm_fuzz::stream_vs_whole(data));
