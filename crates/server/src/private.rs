//! Files and folders that only their owner can read.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Makes a folder that only its owner can look into; one that is there stays as it is.
///
/// # Errors
/// Where it cannot be made.
pub fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes a file that only its owner can read; one that is there stays as it is. Gives whether the
/// file was made.
///
/// # Errors
/// Where it cannot be made.
pub fn make_file(path: &Path, text: &str) -> io::Result<bool> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        other => other?,
    };
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(true)
}
