//! The licences of the fonts that the program puts into PDFs, for those who keep them.

/// Each licence: a name and the text.
pub(super) const FONTS: [(&str, &str); 5] = [
    (
        "LibertinusSerif-OFL.txt",
        include_str!("../render/pdf/theme/fonts/LibertinusSerif-OFL.txt"),
    ),
    (
        "NewComputerModern-GFL.txt",
        include_str!("../render/pdf/theme/fonts/NewComputerModern-GFL.txt"),
    ),
    (
        "DejaVuSansMono-licence.txt",
        include_str!("../render/pdf/theme/fonts/DejaVuSansMono-licence.txt"),
    ),
    (
        "SourceSans3-OFL.txt",
        include_str!("../render/pdf/theme/fonts/SourceSans3-OFL.txt"),
    ),
    ("NotoEmoji-OFL.txt", include_str!("../render/pdf/theme/fonts/NotoEmoji-OFL.txt")),
];
