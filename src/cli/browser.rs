//! The browser, opened at the address of a local server.
//!
//! The address holds a secret, and whoever uses this machine can list the words with which a
//! program was started. So the browser is given no address but a file, which only its owner
//! can read and which leads on to the address. It lies in the workspace, where a browser that
//! is kept from other folders can read it too, and is removed once the browser has read it.

#![expect(
    clippy::disallowed_methods,
    reason = "the environment says whether there is a screen; the file is ours, and private"
)]

use std::{
    fs::{self, OpenOptions},
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// The name of the file.
const FILE: &str = ".plantin-serve.html";

/// How long a browser may take to read it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether somebody sits before a screen on which a browser can be shown.
pub(super) fn is_at_hand() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    let has_screen = cfg!(any(windows, target_os = "macos"))
        || is_set("DISPLAY")
        || is_set("WAYLAND_DISPLAY");
    has_screen && io::stdout().is_terminal() && !is_set("CI")
}

/// Opens the user's browser at an address. The file that leads there goes after a while.
pub(super) fn open(workspace: &Path, address: &str) -> io::Result<()> {
    let file = write(workspace, address)?;
    let started = start(&file);
    match started {
        Ok(()) => drop(thread::spawn(move || {
            thread::sleep(PATIENCE);
            drop(fs::remove_file(file));
        })),
        Err(_) => drop(fs::remove_file(file)),
    }
    started
}

/// Writes the file anew: one that was left by a program that was stopped leads nowhere.
fn write(workspace: &Path, address: &str) -> io::Result<PathBuf> {
    let file = workspace.canonicalize()?.join(FILE);
    drop(fs::remove_file(&file));
    let mut options = OpenOptions::new();
    // Nothing that stands there already, a link above all, is written through.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&file)?.write_all(page(address).as_bytes())?;
    Ok(file)
}

fn page(address: &str) -> String {
    let address = address.replace('&', "&amp;");
    format!(
        "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Plantin</title>\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"refresh\" content=\"0;url={address}\">\n\
         <a href=\"{address}\">Plantin</a>\n"
    )
}

/// Starts the program by which each system opens a file.
fn start(file: &Path) -> io::Result<()> {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    command.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Who opens a file and ends at once is not left behind as a zombie.
    thread::spawn(move || drop(child.wait()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_private_and_leads_to_the_address() {
        let folder = tempfile::tempdir().expect("writable");
        let address = "http://127.0.0.1:4000/room/?a=b&key=secret";
        for _ in 0..2 {
            let file = write(folder.path(), address).expect("writable");
            let text = fs::read_to_string(&file).expect("it is there");
            assert!(
                text.contains("url=http://127.0.0.1:4000/room/?a=b&amp;key=secret\"")
            );
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = fs::metadata(&file).expect("it is there").permissions().mode();
                assert_eq!(mode & 0o777, 0o600);
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let folder = tempfile::tempdir().expect("writable");
        let other = folder.path().join("other");
        fs::write(&other, "kept").expect("writable");
        std::os::unix::fs::symlink(&other, folder.path().join(FILE)).expect("writable");
        write(folder.path(), "http://127.0.0.1/").expect("the link is replaced");
        assert_eq!(fs::read_to_string(&other).expect("it is there"), "kept");
    }
}
