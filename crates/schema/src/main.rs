//! Writes the schemas to `docs/schema`, and the contract with JavaScript.

use std::{error::Error, path::Path};

use counterfoil_schema::{Kind, contract, schema};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::write(root.join(contract::PATH), contract::typescript()?)?;
    let folder = root.join("docs/schema");
    for kind in Kind::ALL {
        let path = folder.join(format!("{}.schema.json", kind.name()));
        std::fs::write(path, format!("{:#}\n", schema(kind)))?;
    }
    Ok(())
}
