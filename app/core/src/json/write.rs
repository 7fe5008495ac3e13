//! The writer: the bytes that `serde_json` writes without blanks.

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::RAW;

/// A value that JSON has no form for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot be written as JSON")]
pub struct Unwritable;

impl ser::Error for Unwritable {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Writes a value.
///
/// # Errors
/// JSON has no form for it, or the type refuses.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<String, Unwritable> {
    let mut writer = Writer { out: String::with_capacity(128), raw: false };
    value.serialize(&mut writer)?;
    Ok(writer.out)
}

struct Writer {
    out: String,
    /// The next string is JSON already.
    raw: bool,
}

type Written = Result<(), Unwritable>;

impl Writer {
    fn string(&mut self, text: &str) {
        if self.raw {
            self.out.push_str(text);
            return;
        }
        self.out.push('"');
        // Seldom is there anything that has to be written otherwise.
        if !text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | ..0x20)) {
            self.out.push_str(text);
            self.out.push('"');
            return;
        }
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let short = match byte {
                b'"' | b'\\' => byte,
                0x08 => b'b',
                b'\t' => b't',
                b'\n' => b'n',
                0x0c => b'f',
                b'\r' => b'r',
                ..0x20 => b'u',
                _ => continue,
            };
            // All of these are single bytes, so nothing is cut within a character.
            self.out.push_str(text.get(from..at).unwrap_or_default());
            from = at + 1;
            self.out.push('\\');
            self.out.push(char::from(short));
            if short == b'u' {
                self.out.push_str(if byte < 0x10 { "000" } else { "001" });
                self.out.extend(char::from_digit(u32::from(byte & 15), 16));
            }
        }
        self.out.push_str(text.get(from..).unwrap_or_default());
        self.out.push('"');
    }

    fn signed(&mut self, number: i64) -> Written {
        if number < 0 {
            self.out.push('-');
        }
        self.whole(number.unsigned_abs())
    }

    fn whole(&mut self, mut number: u64) -> Written {
        let mut digits = [b'0'; 20];
        let mut used = 0;
        for digit in digits.iter_mut().rev() {
            *digit += (number % 10) as u8;
            number /= 10;
            used += 1;
            if number == 0 {
                break;
            }
        }
        for digit in digits.iter().skip(20 - used) {
            self.out.push(char::from(*digit));
        }
        Ok(())
    }

    fn open(&mut self, bracket: &str, close: &'static str) -> Inside<'_> {
        self.out.push_str(bracket);
        Inside { writer: self, first: true, close }
    }

    /// `{"word":` and then the bracket of what belongs to the word.
    fn open_variant(&mut self, word: &str, bracket: &str, close: &'static str) -> Inside<'_> {
        self.out.push('{');
        self.string(word);
        self.out.push(':');
        self.open(bracket, close)
    }

    /// Nothing that travels is a fraction; were something, its digits have to be the same ones.
    fn float(&mut self, number: serde_json::Result<String>) -> Written {
        self.out.push_str(&number.map_err(|_| Unwritable)?);
        Ok(())
    }
}

/// Inside an object or a list.
struct Inside<'a> {
    writer: &'a mut Writer,
    first: bool,
    close: &'static str,
}

impl Inside<'_> {
    fn comma(&mut self) {
        if !std::mem::take(&mut self.first) && !self.writer.raw {
            self.writer.out.push(',');
        }
    }

    fn name(&mut self, name: &str) {
        self.comma();
        if !self.writer.raw {
            self.writer.string(name);
            self.writer.out.push(':');
        }
    }

    /// A key that was not a string becomes one, when it is a number or a truth value.
    fn quoted(&mut self, from: usize) -> Written {
        match self.writer.out.as_bytes().get(from) {
            Some(b'"') => {}
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => {
                self.writer.out.insert(from, '"');
                self.writer.out.push('"');
            }
            _ => return Err(Unwritable),
        }
        self.writer.out.push(':');
        Ok(())
    }

    fn leave(self) -> Written {
        self.writer.out.push_str(self.close);
        self.writer.raw = false;
        Ok(())
    }
}

/// Numbers, widened.
macro_rules! numbers {
    ($($name:ident($kind:ty): |$this:ident, $number:ident| $how:expr;)*) => {$(
        fn $name(self, $number: $kind) -> Written {
            let $this = self;
            $how
        }
    )*};
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Inside<'a>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Inside<'a>;

    numbers! {
        serialize_i8(i8): |to, n| to.signed(n.into());
        serialize_i16(i16): |to, n| to.signed(n.into());
        serialize_i32(i32): |to, n| to.signed(n.into());
        serialize_i64(i64): |to, n| to.signed(n);
        serialize_u8(u8): |to, n| to.whole(n.into());
        serialize_u16(u16): |to, n| to.whole(n.into());
        serialize_u32(u32): |to, n| to.whole(n.into());
        serialize_u64(u64): |to, n| to.whole(n);
        serialize_f32(f32): |to, n| to.float(serde_json::to_string(&n));
        serialize_f64(f64): |to, n| to.float(serde_json::to_string(&n));
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Written {
        self.string(text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Written {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, word: &'static str) -> Written {
        self.serialize_str(word)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        word: &'static str,
        value: &T,
    ) -> Written {
        let inside = self.open_variant(word, "", "}");
        value.serialize(&mut *inside.writer)?;
        inside.leave()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        word: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open_variant(word, "[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Inside<'a>, Unwritable> {
        if name == RAW {
            self.raw = true;
            return Ok(self.open("", ""));
        }
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        word: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open_variant(word, "{", "}}"))
    }
}

/// Elements of lists.
macro_rules! elements {
    ($($part:ident $method:ident)*) => {$(
        impl $part for Inside<'_> {
            type Ok = ();
            type Error = Unwritable;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.comma();
                value.serialize(&mut *self.writer)
            }
            fn end(self) -> Written {
                self.leave()
            }
        }
    )*};
}

/// Fields of objects.
macro_rules! fields {
    ($($part:ident)*) => {$(
        impl $part for Inside<'_> {
            type Ok = ();
            type Error = Unwritable;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
                self.name(name);
                value.serialize(&mut *self.writer)
            }
            fn end(self) -> Written {
                self.leave()
            }
        }
    )*};
}

elements! { SerializeSeq serialize_element SerializeTuple serialize_element
SerializeTupleStruct serialize_field SerializeTupleVariant serialize_field }
fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.comma();
        let from = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        self.quoted(from)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.leave()
    }
}
