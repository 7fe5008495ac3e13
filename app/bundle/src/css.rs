//! One style sheet out of many: `@import` lines resolved in order, comments and spare whitespace dropped.
//!
//! Deliberately no CSS parser: it knows strings, comments and the imports at the head of a file, and
//! refuses what it would get wrong (an import from elsewhere or behind a rule) instead of passing it on.

use std::path::{Path, PathBuf};

use crate::error::{BundleError, read_text};

/// The style sheet at `path` with everything it imports, small.
pub fn flatten(path: &Path) -> Result<String, BundleError> {
    let mut open = Vec::new();
    Ok(squeeze(&inline(path, &mut open)?))
}

/// Every file that [`flatten`] would read, for the check whether anything changed.
pub fn sources(path: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let mut seen = vec![path.to_path_buf()];
    let mut next = 0;
    while let Some(file) = seen.get(next).cloned() {
        next += 1;
        for import in split_head(&file, &without_comments(&read_text(&file)?))?.imports {
            if !seen.contains(&import.path) {
                seen.push(import.path);
            }
        }
    }
    Ok(seen)
}

/// `open` is the chain of files being read, to find an import that leads back to itself.
fn inline(path: &Path, open: &mut Vec<PathBuf>) -> Result<String, BundleError> {
    if open.iter().any(|file| file == path) {
        return Err(style(path, "imports itself"));
    }
    open.push(path.to_path_buf());
    let head = split_head(path, &without_comments(&read_text(path)?))?;
    let mut out = head.layers;
    for import in head.imports {
        let text = inline(&import.path, open)?;
        match import.wrapped_in {
            Some(rule) => out.push_str(&format!("{rule}{{{text}}}\n")),
            None => {
                out.push_str(&text);
                out.push('\n');
            }
        }
    }
    open.pop();
    out.push_str(&head.rest);
    Ok(out)
}

/// What stands at the head of a style sheet, and the rest.
struct Head {
    /// `@layer a, b;` lines that fix an order.
    layers: String,
    imports: Vec<Import>,
    rest: String,
}

struct Import {
    path: PathBuf,
    /// `@layer name` or `@media query`, when the import carries one.
    wrapped_in: Option<String>,
}

fn split_head(path: &Path, text: &str) -> Result<Head, BundleError> {
    let mut head = Head { layers: String::new(), imports: Vec::new(), rest: String::new() };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(end) = statement_end(rest) {
        let (statement, after) = (&rest[..end], &rest[end + 1..]);
        if let Some(what) = statement.strip_prefix("@import") {
            head.imports.push(parse_import(path, what.trim())?);
        } else if statement.starts_with("@layer") && !statement.contains('{') {
            head.layers.push_str(statement);
            head.layers.push_str(";\n");
        } else if !statement.starts_with("@charset") {
            break;
        }
        rest = after.trim_start();
    }
    if rest.contains("@import") {
        return Err(style(path, "an @import behind a rule, or without a semicolon, is ignored by browsers"));
    }
    head.rest = rest.to_owned();
    Ok(head)
}

/// Where the first statement's semicolon is, strings skipped.
fn statement_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ';' => return Some(at),
            None => {}
        }
    }
    None
}

/// `"file.css"`, `"file.css" layer(name)` or `"file.css" (media query)`.
fn parse_import(path: &Path, what: &str) -> Result<Import, BundleError> {
    let refused = || style(path, &format!("cannot follow @import {what}: expected a quoted file name"));
    let quote = what.chars().next().filter(|c| *c == '"' || *c == '\'').ok_or_else(refused)?;
    let (name, tail) = what[1..].split_once(quote).ok_or_else(refused)?;
    if name.contains("//") || name.starts_with('/') {
        return Err(style(path, &format!("@import {name} is not a file of this project")));
    }
    let tail = tail.trim();
    let wrapped_in = if tail.is_empty() {
        None
    } else if let Some(layer) = tail.strip_prefix("layer(").and_then(|t| t.strip_suffix(')')) {
        Some(format!("@layer {layer}"))
    } else if tail.contains("layer") || tail.contains("supports") {
        return Err(refused());
    } else {
        Some(format!("@media {tail}"))
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    Ok(Import { path: normal(&folder.join(name)), wrapped_in })
}

/// The path without `.` and `..`, so that one file has one name.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Comments become one space, strings stay as they are.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\'' => copy_string(c, &mut chars, &mut out),
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut last = ' ';
                for c in chars.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
                out.push(' ');
            }
            _ => out.push(c),
        }
    }
    out
}

/// Copies a string from behind its opening quote to its closing one, escapes included.
fn copy_string(quote: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    out.push(quote);
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '\\' {
            out.extend(chars.next());
        } else if c == quote {
            break;
        }
    }
}

/// Drops whitespace where CSS gives it no meaning. Around `+`, `-`, `(`, and before `:` it has one.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' || c == '\'' {
            copy_string(c, &mut chars, &mut out);
        } else if c.is_ascii_whitespace() {
            while chars.peek().is_some_and(char::is_ascii_whitespace) {
                chars.next();
            }
            let needless = out.is_empty()
                || out.ends_with(['{', '}', ';', ',', ':'])
                || chars.peek().is_none_or(|next| matches!(next, '{' | '}' | ';' | ','));
            if !needless {
                out.push(' ');
            }
        } else {
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
        }
    }
    out
}

fn style(path: &Path, reason: &str) -> BundleError {
    BundleError::Style { path: path.to_path_buf(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        dir
    }

    #[test]
    fn imports_are_resolved_in_order_and_from_their_own_folder() {
        let dir = folder(&[
            (
                "main.css",
                "/* head */\n@layer base, own;\n@import \"tokens.css\";\n@import './components/cell.css' layer(own);\n.z { top: 0; }",
            ),
            ("tokens.css", ":root { --ink : #1f3a5f; }"),
            ("components/cell.css", "@import \"../part/line.css\" (min-width: 600px);\n.cell > a , .b { color: red; }"),
            ("part/line.css", ".line{}"),
        ]);
        let css = flatten(&dir.path().join("main.css")).unwrap();
        assert_eq!(
            css,
            "@layer base,own;:root{--ink :#1f3a5f}@layer own{@media (min-width:600px){.line{}}.cell > a,.b{color:red}}.z{top:0}"
        );
        let names: Vec<_> = sources(&dir.path().join("main.css"))
            .unwrap()
            .iter()
            .map(|p| p.strip_prefix(dir.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["main.css", "tokens.css", "components/cell.css", "part/line.css"]);
    }

    #[test]
    fn meaningful_space_and_strings_stay() {
        let text = ".a :hover{width:calc( 1px  +  2px );content:\"a ; /* b */  }\"}\n@media screen  and (x){.b{}}\n.c{content:'\\'  '}";
        assert_eq!(
            squeeze(&without_comments(text)),
            ".a :hover{width:calc( 1px + 2px );content:\"a ; /* b */  }\"}@media screen and (x){.b{}}.c{content:'\\'  '}"
        );
    }

    #[test]
    fn what_a_browser_would_drop_is_refused() {
        for (name, text) in [
            ("late", ".a{}\n@import \"b.css\";"),
            ("remote", "@import \"https://example.org/b.css\";"),
            ("url", "@import url(b.css);"),
            ("loop", "@import \"loop.css\";"),
            ("open", "@import \"b.css\""),
            ("absent", "@import \"nowhere.css\";"),
        ] {
            let file = format!("{name}.css");
            let dir = folder(&[(file.as_str(), text), ("b.css", ".b{}")]);
            assert!(flatten(&dir.path().join(&file)).is_err(), "{name} was taken");
        }
    }
}
