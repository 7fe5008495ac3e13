//! Turns the wasm module, the styles and public/ into the site folder that the server serves.
//!
//! `bundle --wasm FILE [--desk FILE] --root PROJECT --out FOLDER`; FOLDER is relative to PROJECT. Without
//! a module for the desk the other one, built with all screens, serves the desk too. Takes seconds, and
//! nothing at all when its inputs are those of the last time. Prints what a phone has to download,
//! and fails when that is more than the agreed bars.
//!
//! `bundle --harness FILE --out FOLDER` is for tests only: the engine's test page (app/offline/harness) as
//! two files, `harness.js` and `harness_bg.wasm`, with the names of its functions kept.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;
use sha2::{Digest, Sha256};

mod css;
mod error;
mod js;
mod site;
mod sizes;
mod wasm;

use error::{BundleError, io, read};
use site::Site;

/// What the command line asks for.
enum Wish {
    Site(Job),
    Harness { wasm: PathBuf, out: PathBuf },
}

/// Where everything of a site comes from and goes to.
struct Job {
    wasm: PathBuf,
    desk: Option<PathBuf>,
    root: PathBuf,
    out: PathBuf,
}

impl Wish {
    fn parse(args: impl Iterator<Item = String>) -> Result<Self, BundleError> {
        let mut given = BTreeMap::new();
        let mut args = args.peekable();
        while let Some(name) = args.next() {
            let value = args.next().ok_or_else(|| BundleError::Usage(format!("{name} without a value")))?;
            if !matches!(name.as_str(), "--wasm" | "--desk" | "--harness" | "--root" | "--out") {
                return Err(BundleError::Usage(format!("unknown {name}")));
            }
            given.insert(name, PathBuf::from(value));
        }
        let (desk, harness) = (given.remove("--desk"), given.remove("--harness"));
        let mut take = |name: &str| given.remove(name).ok_or_else(|| BundleError::Usage(format!("{name} is missing")));
        if let Some(wasm) = harness {
            return Ok(Self::Harness { wasm, out: take("--out")? });
        }
        let (wasm, root, out) = (take("--wasm")?, take("--root")?, take("--out")?);
        Ok(Self::Site(Job { wasm, desk, out: root.join(out), root }))
    }

    fn fulfil(&self) -> Result<(), BundleError> {
        match self {
            Self::Harness { wasm, out } => wasm::bind_harness(wasm, out),
            Self::Site(job) => {
                let report = sizes::Report::of(&job.run()?);
                // Nobody reading the table is no reason to fail.
                let _ = std::io::stdout().write_all(report.table.as_bytes());
                report.verdict()
            }
        }
    }
}

impl Job {
    fn style(&self, name: &str) -> PathBuf {
        self.root.join("style").join(name)
    }

    fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    /// A hash of everything that goes in, this program included.
    fn inputs(&self) -> Result<String, BundleError> {
        let mut files = vec![self.wasm.clone()];
        files.extend(self.desk.clone());
        files.extend(std::env::current_exe());
        files.extend(css::sources(&self.style("main.css"))?);
        files.extend(css::sources(&self.style("public.css"))?);
        let mut hash = Sha256::new();
        for file in files {
            hash.update(site::hex(&read(&file)?));
        }
        for (name, content) in self.public_files()? {
            hash.update(format!("{name} {}\n", site::hex(&content)));
        }
        Ok(site::hex(&hash.finalize()))
    }

    fn public_files(&self) -> Result<BTreeMap<String, Vec<u8>>, BundleError> {
        let mut files = BTreeMap::new();
        wasm::collect(&self.public(), &self.public(), &mut files)?;
        Ok(files)
    }

    /// The manifest of the last run, if that had the same inputs.
    fn finished(&self, inputs: &str) -> Option<Value> {
        let text = std::fs::read(self.out.join("manifest.json")).ok()?;
        let manifest: Value = serde_json::from_slice(&text).ok()?;
        (manifest["inputs"] == inputs).then_some(manifest)
    }

    fn run(&self) -> Result<Value, BundleError> {
        let inputs = self.inputs()?;
        if let Some(manifest) = self.finished(&inputs) {
            return Ok(manifest);
        }
        // Built aside and put in place at the end: a server that starts meanwhile finds the old
        // site or the new one, whole.
        let aside = Aside::new(&self.out)?;
        let mut site = Site::default();
        site.add_public(self.public_files()?);
        site.add_styles(css::flatten(&self.style("main.css"))?, css::flatten(&self.style("public.css"))?);
        let glue = wasm::bind(&self.wasm, &aside.folder("bindgen"))?;
        let desk = self.desk.as_ref().map(|desk| wasm::bind(desk, &aside.folder("bindgen-desk"))).transpose()?;
        site.add_app(glue, desk, &self.public().join("boot.js"))?;
        site.write(&aside.folder("site"), &inputs)?;
        aside.put_in_place(&self.out)?;
        Ok(site.manifest(&inputs))
    }
}

/// A folder beside the site, gone afterwards whatever happens.
struct Aside(PathBuf);

impl Aside {
    fn new(out: &Path) -> Result<Self, BundleError> {
        let aside = Self(out.with_added_extension(format!("new-{}", std::process::id())));
        std::fs::create_dir_all(&aside.0).map_err(|e| io(&aside.0, e))?;
        Ok(aside)
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn put_in_place(&self, out: &Path) -> Result<(), BundleError> {
        if out.exists() {
            std::fs::rename(out, self.folder("old")).map_err(|e| io(out, e))?;
        }
        std::fs::rename(self.folder("site"), out).map_err(|e| io(out, e))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Nothing depends on it; .gitignore covers what a crash leaves behind.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn main() -> ExitCode {
    let result = Wish::parse(std::env::args().skip(1)).and_then(|wish| wish.fulfil());
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bundle: {error}");
            ExitCode::FAILURE
        }
    }
}
