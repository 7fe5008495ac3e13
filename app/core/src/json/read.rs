//! Serde's side of the reader.

use serde::de::{self, Deserialize, Deserializer, Expected, Unexpected, Visitor};

use super::RAW;
use super::fields::{Elements, Entries, Fields, Raw, Variant};
use super::scan::{ABSENT, Reader, Refused, Whole};

/// A text that is not JSON, or not of the type asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unreadable at byte {at}")]
pub struct Unreadable {
    /// As far as it could be read.
    pub at: usize,
}

/// Reads a value.
///
/// # Errors
/// The text is not JSON, or not of this type.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Unreadable> {
    read_with(text, |source| T::deserialize(source))
}

/// Reads a value in a way of its own.
///
/// # Errors
/// The text is not JSON, or is refused.
pub fn read_with<'de, T, E>(
    text: &'de str,
    how: impl FnOnce(&mut Reader<'de>) -> Result<T, E>,
) -> Result<T, Unreadable> {
    let mut reader = Reader::new(text);
    match how(&mut reader) {
        Ok(value) if reader.peek().is_none() => Ok(value),
        _ => Err(Unreadable { at: reader.at.min(text.len()) }),
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Refused {}

/// What serde would say is not kept: the words for it would be a good part of the bundle.
impl de::Error for Refused {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

impl Reader<'_> {
    fn float(&mut self) -> Result<f64, Refused> {
        self.number()?.parse().map_err(|_| Refused)
    }
}

/// Whole numbers all come the same way; the type looks whether they fit.
macro_rules! whole {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            match self.whole()? {
                Whole::Positive(number) => visitor.visit_u64(number),
                Whole::Negative(number) => visitor.visit_i64(number),
            }
        }
    )*};
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            visitor.visit_str(&self.string()?)
        }
    )*};
}

macro_rules! floats {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            visitor.visit_f64(self.float()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Refused;

    whole! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }
    floats! { deserialize_f32 deserialize_f64 }
    texts! { deserialize_char deserialize_string deserialize_identifier }

    /// For values that cannot tell what they are; nothing on the phone is read this way.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.inside {
            return self.deserialize_map(visitor);
        }
        match self.peek() {
            Some(b'{') => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'"') => self.deserialize_str(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            Some(b'n') => self.deserialize_unit(visitor),
            _ => {
                let from = self.at;
                match self.whole() {
                    Ok(Whole::Positive(number)) => visitor.visit_u64(number),
                    Ok(Whole::Negative(number)) => visitor.visit_i64(number),
                    Err(Refused) => {
                        self.at = from;
                        visitor.visit_f64(self.float()?)
                    }
                }
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_bool(self.bool()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.string()? {
            std::borrow::Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            std::borrow::Cow::Owned(text) => visitor.visit_str(&text),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.at == ABSENT {
            return visitor.visit_none();
        }
        if self.peek() == Some(b'n') {
            self.null()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.null()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Refused> {
        if name == RAW {
            let text = self.raw()?;
            return visitor.visit_map(Raw(text));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let mut elements = Elements::open(self)?;
        let value = visitor.visit_seq(&mut elements)?;
        elements.close()?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let mut entries = Entries::open(self)?;
        let value = visitor.visit_map(&mut entries)?;
        entries.close()?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let mut fields = Fields::open(self, names)?;
        let value = visitor.visit_seq(&mut fields)?;
        fields.close()?;
        Ok(value)
    }

    /// A derived enum has a name; without one the words are the names of its tag and its content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let tags = if name.is_empty() { words } else { &[] };
        visitor.visit_enum(Variant::open(self, tags)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.skip()?;
        visitor.visit_unit()
    }
}
