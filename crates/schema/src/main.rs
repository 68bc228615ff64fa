//! Writes the schemas to `docs/schema`.

use std::path::Path;

use counterfoil_schema::{Kind, schema};

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema");
    for kind in Kind::ALL {
        let path = folder.join(format!("{}.schema.json", kind.name()));
        std::fs::write(path, format!("{:#}\n", schema(kind)))?;
    }
    Ok(())
}
