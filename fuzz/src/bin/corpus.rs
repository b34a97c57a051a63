//! Writes what a target begins with into a folder: `corpus TARGET FOLDER`. Without arguments it lists the targets.

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [target, folder] = arguments.as_slice() else {
        omadm_fuzz::TARGETS.iter().for_each(|(name, _)| println!("{name}"));
        return;
    };
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder).expect("the folder can be made");
    // Cut off at the longest input, others would be of no use.
    let seeds: Vec<_> = omadm_fuzz::seeds(target).into_iter().filter(|(_, seed)| seed.len() <= 4_096).collect();
    for (number, (_, octets)) in seeds.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number:04}")), octets).expect("a seed can be written");
    }
    println!("{target}: {} seeds", seeds.len());
}
