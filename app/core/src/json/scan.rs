//! The text: where the reader stands, strings, numbers, and passing over a value.

use std::borrow::Cow;

/// The text does not go on as it should. The reader knows where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Where a field is read that the object does not have: no byte is there, and no end either.
pub const ABSENT: usize = usize::MAX;

/// As deep as objects and lists may lie in each other.
const DEEPEST: u8 = 127;

/// The reader: a text and a place in it.
pub struct Reader<'de> {
    pub text: &'de str,
    pub at: usize,
    pub depth: u8,
    /// The next object is open already: a tag was read from it.
    pub inside: bool,
    /// Keys of open objects that did not come in the order asked for, and where their values stand.
    pub entries: Vec<(Cow<'de, str>, usize)>,
}

/// A whole number, as serde takes them.
pub enum Whole {
    Positive(u64),
    Negative(i64),
}

impl<'de> Reader<'de> {
    pub fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0, inside: false, entries: Vec::new() }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank; the reader then stands on it.
    pub fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    pub fn take(&mut self, byte: u8) -> Result<(), Refused> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Refused)
        }
    }

    /// Opens an object or a list.
    pub fn open(&mut self, bracket: u8) -> Result<(), Refused> {
        self.take(bracket)?;
        if self.depth >= DEEPEST {
            return Err(Refused);
        }
        self.depth += 1;
        Ok(())
    }

    /// Opens an object unless it is open; is the next entry its first?
    pub fn open_object(&mut self) -> Result<bool, Refused> {
        if std::mem::take(&mut self.inside) {
            return Ok(false);
        }
        self.open(b'{').map(|()| true)
    }

    /// Is there another entry or element? Passes the comma before it, or the bracket at the end.
    pub fn more(&mut self, first: &mut bool, bracket: u8) -> Result<bool, Refused> {
        match self.peek() {
            Some(byte) if byte == bracket => {
                self.at += 1;
                self.depth -= 1;
                return Ok(false);
            }
            Some(b',') if !*first => {
                self.at += 1;
                // A comma is followed by something.
                if self.peek() == Some(bracket) {
                    return Err(Refused);
                }
            }
            Some(_) if *first => {}
            _ => return Err(Refused),
        }
        *first = false;
        Ok(true)
    }

    /// The next key of an object; the reader then stands before its value.
    pub fn key(&mut self, first: &mut bool) -> Result<Option<Cow<'de, str>>, Refused> {
        if !self.more(first, b'}')? {
            return Ok(None);
        }
        let key = self.string()?;
        self.take(b':')?;
        Ok(Some(key))
    }

    /// Passes `rest`, which begins with the byte that was seen.
    pub fn word(&mut self, rest: &str) -> Result<(), Refused> {
        if self.text.get(self.at..).is_some_and(|text| text.starts_with(rest)) {
            self.at += rest.len();
            Ok(())
        } else {
            Err(Refused)
        }
    }

    pub fn bool(&mut self) -> Result<bool, Refused> {
        let value = self.peek() == Some(b't');
        self.word(if value { "true" } else { "false" })?;
        Ok(value)
    }

    pub fn null(&mut self) -> Result<(), Refused> {
        self.peek();
        self.word("null")
    }

    fn slice(&self, from: usize) -> Result<&'de str, Refused> {
        self.text.get(from..self.at).ok_or(Refused)
    }

    pub fn string(&mut self) -> Result<Cow<'de, str>, Refused> {
        self.take(b'"')?;
        let mut from = self.at;
        let mut text = String::new();
        loop {
            // Most of a string is passed over in one go.
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            self.at += rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | ..0x20)).count();
            match self.byte() {
                Some(b'"') => {
                    let last = self.slice(from)?;
                    self.at += 1;
                    if text.is_empty() {
                        return Ok(Cow::Borrowed(last));
                    }
                    text.push_str(last);
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => {
                    text.push_str(self.slice(from)?);
                    self.at += 1;
                    text.push(self.escaped()?);
                    from = self.at;
                }
                _ => return Err(Refused),
            }
        }
    }

    /// The character behind a backslash.
    fn escaped(&mut self) -> Result<char, Refused> {
        let byte = self.byte().ok_or(Refused)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.coded(),
            _ => return Err(Refused),
        })
    }

    /// A character by its code, or by two codes of UTF-16.
    fn coded(&mut self) -> Result<char, Refused> {
        let mut code = self.hex()?;
        if (0xd800..0xdc00).contains(&code) {
            self.word("\\u")?;
            let low = self.hex()?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(Refused);
            }
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(code).ok_or(Refused)
    }

    fn hex(&mut self) -> Result<u32, Refused> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Refused)?;
            self.at += 1;
            code = code * 16 + digit;
        }
        Ok(code)
    }

    fn digits(&mut self) -> Result<(), Refused> {
        let from = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == from { Err(Refused) } else { Ok(()) }
    }

    /// The text of a number.
    pub fn number(&mut self) -> Result<&'de str, Refused> {
        self.peek();
        let from = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        self.slice(from)
    }

    pub fn whole(&mut self) -> Result<Whole, Refused> {
        let text = self.number()?;
        if text.starts_with('-') {
            text.parse().map(Whole::Negative).map_err(|_| Refused)
        } else {
            text.parse().map(Whole::Positive).map_err(|_| Refused)
        }
    }

    /// Passes over a value of any kind.
    pub fn skip(&mut self) -> Result<(), Refused> {
        let mut first = true;
        match self.peek() {
            Some(b'{') => {
                self.open(b'{')?;
                self.skip_entries(true)?;
            }
            Some(b'[') => {
                self.open(b'[')?;
                while self.more(&mut first, b']')? {
                    self.skip()?;
                }
            }
            Some(b'"') => drop(self.string()?),
            Some(b't' | b'f') => drop(self.bool()?),
            Some(b'n') => self.null()?,
            _ => drop(self.number()?),
        }
        Ok(())
    }

    /// Passes over what is left of an object.
    pub fn skip_entries(&mut self, mut first: bool) -> Result<(), Refused> {
        while self.key(&mut first)?.is_some() {
            self.skip()?;
        }
        Ok(())
    }

    /// Passes over a value; tells its text.
    pub fn raw(&mut self) -> Result<&'de str, Refused> {
        self.peek();
        let from = self.at;
        self.skip()?;
        self.slice(from)
    }
}
