//! Scripts, small: without the comments and the indentation that only developers read, and with short
//! names for what the module imports from its glue.
//!
//! Deliberately no parser of JavaScript: it works on whole lines and whole words, and refuses what it
//! would get wrong (a text in backquotes over several lines).

use std::collections::HashMap;
use std::path::Path;

use crate::error::BundleError;

/// The script without lines that are comments, without indentation and empty lines.
pub fn squeeze(path: &Path, text: &str) -> Result<String, BundleError> {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let comment = in_comment || line.starts_with("/*");
        if comment {
            in_comment = match line.find("*/") {
                Some(end) if end + 2 == line.len() => false,
                Some(_) => return Err(script(path, "there is code behind a comment on its line")),
                None => true,
            };
        } else if line.is_empty() || line.starts_with("//") {
            // Nothing that runs.
        } else if line.matches('`').count() % 2 == 1 {
            return Err(script(path, "a text in backquotes runs over several lines"));
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}

fn script(path: &Path, reason: &str) -> BundleError {
    BundleError::Style { path: path.to_path_buf(), reason: reason.to_owned() }
}

/// Gives the imports that carry a hash in their names (`__wbg_append_8d61ea68a8a5a8c6`) short ones, in the
/// glue and in the module. A hash of sixteen digits cannot be squeezed, and each stands in both files.
/// A module that imports something else than functions stays as it is.
pub fn shorten(glue: &str, module: &[u8]) -> (String, Vec<u8>) {
    let mut names = HashMap::new();
    match rename(module, &mut names) {
        Some(module) => (replace_words(glue, &names), module),
        None => (glue.to_owned(), module.to_vec()),
    }
}

fn has_hash(name: &str) -> bool {
    name.starts_with("__wb")
        && name
            .rsplit_once('_')
            .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn replace_words(text: &str, names: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let in_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    while let Some(begin) = rest.find(in_word) {
        let (before, from) = rest.split_at(begin);
        let (word, after) = from.split_at(from.find(|c| !in_word(c)).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where in a module the reader stands.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn name(&mut self) -> Option<&'a str> {
        let len = self.number()?;
        std::str::from_utf8(self.take(len)?).ok()
    }
}

fn put_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

fn put_name(out: &mut Vec<u8>, name: &str) {
    put_number(out, name.len());
    out.extend(name.as_bytes());
}

const IMPORTS: u8 = 2;

/// The module with short names for its imports, which are told in `names`.
fn rename(module: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let mut reader = Reader(module);
    let mut out = reader.take(8)?.to_vec();
    while let Some(id) = reader.byte() {
        let len = reader.number()?;
        let section = reader.take(len)?;
        let section = if id == IMPORTS { renamed_imports(section, names)? } else { section.to_vec() };
        out.push(id);
        put_number(&mut out, section.len());
        out.extend(section);
    }
    Some(out)
}

fn renamed_imports(section: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let mut reader = Reader(section);
    let mut out = Vec::with_capacity(section.len());
    let count = reader.number()?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_name(&mut out, reader.name()?);
        let name = reader.name()?;
        if has_hash(name) {
            let next = format!("_{}", names.len());
            put_name(&mut out, names.entry(name.to_owned()).or_insert(next));
        } else {
            put_name(&mut out, name);
        }
        let kind = reader.byte()?;
        if kind != 0 {
            return None;
        }
        out.push(kind);
        put_number(&mut out, reader.number()?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    fn squeezed(text: &str) -> Result<String, BundleError> {
        squeeze(Path::new("a.js"), text)
    }

    #[test]
    fn only_comments_and_indentation_go() {
        let text =
            "// head `a\n/** one\n * two\n */\nlet a = 'x // y'; // stays\n\n  if (a) {\n    b(`/* c */`);\n  }\n";
        assert_eq!(squeezed(text).unwrap(), "let a = 'x // y'; // stays\nif (a) {\nb(`/* c */`);\n}\n");
    }

    #[test]
    fn what_it_would_get_wrong_is_refused() {
        for text in ["let a = `b\n  // c\n`;", "/* a */ b();"] {
            assert!(squeezed(text).is_err(), "{text}");
        }
    }

    /// A module with one type and these imports, of this kind.
    fn module(imports: &[&str], kind: u8) -> Vec<u8> {
        let mut section = vec![imports.len() as u8];
        for name in imports {
            put_name(&mut section, "./app_bg.js");
            put_name(&mut section, name);
            section.extend([kind, 0]);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        put_number(&mut module, section.len());
        module.extend(section);
        module
    }

    #[test]
    fn hashed_imports_get_short_names_on_both_sides() {
        let glue = "return { __wbg_append_8d61ea68a8a5a8c6: f, __wbg_append_8d61ea68a8a5a8c6x: g, plain: h, \
                    __wbindgen_cast_0000000000000001: wasm.plain };";
        let before = ["__wbg_append_8d61ea68a8a5a8c6", "plain", "__wbindgen_cast_0000000000000001", "__wbg_free_12"];
        let (glue, short) = shorten(glue, &module(&before, 0));
        assert_eq!(glue, "return { _0: f, __wbg_append_8d61ea68a8a5a8c6x: g, plain: h, _1: wasm.plain };");
        assert_eq!(short, module(&["_0", "plain", "_1", "__wbg_free_12"], 0));
    }

    #[test]
    fn a_module_with_other_imports_stays_as_it_is() {
        let module = module(&["__wbg_memory_8d61ea68a8a5a8c6"], 2);
        assert_eq!(
            shorten("__wbg_memory_8d61ea68a8a5a8c6", &module),
            ("__wbg_memory_8d61ea68a8a5a8c6".to_owned(), module)
        );
    }

    #[test]
    fn a_cut_module_stays_as_it_is() {
        let whole = module(&["__wbg_append_8d61ea68a8a5a8c6"], 0);
        let cut = &whole[..whole.len() - 1];
        assert_eq!(shorten("x", cut), ("x".to_owned(), cut.to_vec()));
    }
}
