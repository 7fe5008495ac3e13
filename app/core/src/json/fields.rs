//! What is inside an object or a list, as serde asks for it.

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::RAW;
use super::scan::{ABSENT, Reader, Refused};

/// The fields of an object in the order of `names`.
///
/// What serde wrote comes in that order: then each value is read where the reader stands. With the
/// first key that is another one (a field left out, a newer server's field) the keys of the rest of
/// the object are noted with the places of their values, and fields are looked up from there on.
pub struct Fields<'a, 'de> {
    pub reader: &'a mut Reader<'de>,
    names: std::slice::Iter<'static, &'static str>,
    first: bool,
    noted: Option<Noted>,
}

/// The part of [`Reader::entries`] that belongs to an object, and where the object ends.
#[derive(Clone, Copy)]
struct Noted {
    from: usize,
    to: usize,
    end: usize,
}

impl<'a, 'de> Fields<'a, 'de> {
    pub fn open(reader: &'a mut Reader<'de>, names: &'static [&'static str]) -> Result<Self, Refused> {
        let first = reader.open_object()?;
        Ok(Self { reader, names: names.iter(), first, noted: None })
    }

    /// Goes to the value of the next name; `false`: there is none.
    fn seek(&mut self) -> Result<bool, Refused> {
        let name = *self.names.next().ok_or(Refused)?;
        let noted = match self.noted {
            Some(noted) => noted,
            None => match self.reader.key(&mut self.first)? {
                Some(key) if key == name => return Ok(true),
                key => self.note(key)?,
            },
        };
        let entries = self.reader.entries.get(noted.from..noted.to).unwrap_or_default();
        let at = entries.iter().find(|(key, _)| key == name).map(|(_, at)| *at);
        self.reader.at = at.unwrap_or(ABSENT);
        Ok(at.is_some())
    }

    /// Notes the keys of the rest, of which the first was read.
    fn note(&mut self, mut key: Option<Cow<'de, str>>) -> Result<Noted, Refused> {
        let from = self.reader.entries.len();
        while let Some(name) = key {
            let at = self.reader.at;
            self.reader.entries.push((name, at));
            self.reader.skip()?;
            key = self.reader.key(&mut self.first)?;
        }
        let noted = Noted { from, to: self.reader.entries.len(), end: self.reader.at };
        self.noted = Some(noted);
        Ok(noted)
    }

    /// Leaves the object.
    pub fn close(&mut self) -> Result<(), Refused> {
        match self.noted {
            Some(noted) => {
                self.reader.entries.truncate(noted.from);
                self.reader.at = noted.end;
                Ok(())
            }
            None => self.reader.skip_entries(self.first),
        }
    }
}

impl<'de> SeqAccess<'de> for &mut Fields<'_, 'de> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        let present = self.seek()?;
        // What is absent is read as such: an option is then none, and everything else refuses, upon
        // which serde takes the field's default, or fails.
        let value = seed.deserialize(&mut *self.reader);
        if present { value.map(Some) } else { Ok(value.ok()) }
    }
}

/// The elements of a list.
pub struct Elements<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
    done: bool,
}

impl<'a, 'de> Elements<'a, 'de> {
    pub fn open(reader: &'a mut Reader<'de>) -> Result<Self, Refused> {
        reader.open(b'[')?;
        Ok(Self { reader, first: true, done: false })
    }

    fn more(&mut self) -> Result<bool, Refused> {
        self.done = self.done || !self.reader.more(&mut self.first, b']')?;
        Ok(!self.done)
    }

    /// Leaves the list, of which nothing may be left.
    pub fn close(&mut self) -> Result<(), Refused> {
        if self.more()? { Err(Refused) } else { Ok(()) }
    }
}

impl<'de> SeqAccess<'de> for &mut Elements<'_, 'de> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

/// The entries of a map.
pub struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
    done: bool,
}

impl<'a, 'de> Entries<'a, 'de> {
    pub fn open(reader: &'a mut Reader<'de>) -> Result<Self, Refused> {
        let first = reader.open_object()?;
        Ok(Self { reader, first, done: false })
    }

    fn more(&mut self) -> Result<bool, Refused> {
        self.done = self.done || !self.reader.more(&mut self.first, b'}')?;
        Ok(!self.done)
    }

    /// Leaves the map, of which nothing may be left.
    pub fn close(&mut self) -> Result<(), Refused> {
        if self.more()? { Err(Refused) } else { Ok(()) }
    }
}

impl<'de> MapAccess<'de> for &mut Entries<'_, 'de> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        if !self.more()? {
            return Ok(None);
        }
        if self.reader.peek() != Some(b'"') {
            return Err(Refused);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        self.reader.take(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// JSON as it stands, the way `RawValue` takes it.
pub struct Raw<'de>(pub &'de str);

impl<'de> MapAccess<'de> for Raw<'de> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        seed.deserialize(BorrowedStrDeserializer::new(RAW)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        seed.deserialize(BorrowedStrDeserializer::new(self.0))
    }
}

/// How an enum is written.
#[derive(Clone, Copy)]
enum Form {
    /// `"word"`
    Word,
    /// `{"word": value}`
    Keyed,
    /// `{"tag": "word", …}`; where the object began, for when the tag does not stand first.
    Tagged { at: usize, depth: u8, inside: bool },
    /// `{"tag": "word", "content": value}`
    Content,
}

/// An enum: first its word, then what belongs to it.
pub struct Variant<'a, 'de> {
    fields: Fields<'a, 'de>,
    form: Form,
}

impl<'a, 'de> Variant<'a, 'de> {
    /// `tags`: the names of the tag and the content, as far as the enum has them.
    pub fn open(reader: &'a mut Reader<'de>, tags: &'static [&'static str]) -> Result<Self, Refused> {
        let bare = |reader| Fields { reader, names: [].iter(), first: true, noted: None };
        if tags.is_empty() {
            if reader.peek() == Some(b'"') {
                return Ok(Self { fields: bare(reader), form: Form::Word });
            }
            reader.open(b'{')?;
            reader.peek();
            return Ok(Self { fields: bare(reader), form: Form::Keyed });
        }
        let (at, depth, inside) = (reader.at, reader.depth, reader.inside);
        let form = if tags.len() == 1 { Form::Tagged { at, depth, inside } } else { Form::Content };
        let mut fields = Fields::open(reader, tags)?;
        if fields.seek()? { Ok(Self { fields, form }) } else { Err(Refused) }
    }

    /// Goes on behind the word, to the value.
    fn worded(&mut self) -> Result<(), Refused> {
        match self.form {
            Form::Word | Form::Content => Ok(()),
            Form::Keyed => self.fields.reader.take(b':'),
            Form::Tagged { at, depth, inside } => {
                let reader = &mut *self.fields.reader;
                match self.fields.noted {
                    None => reader.inside = true,
                    Some(noted) => {
                        reader.entries.truncate(noted.from);
                        (reader.at, reader.depth, reader.inside) = (at, depth, inside);
                    }
                }
                Ok(())
            }
        }
    }

    fn value(&mut self) -> Result<(), Refused> {
        match self.form {
            Form::Keyed | Form::Tagged { .. } => Ok(()),
            // What is absent is read as such, as a field is.
            Form::Content => self.fields.seek().map(drop),
            Form::Word => Err(Refused),
        }
    }

    fn close(&mut self) -> Result<(), Refused> {
        match self.form {
            Form::Word | Form::Tagged { .. } => Ok(()),
            Form::Keyed => {
                if self.fields.reader.more(&mut false, b'}')? {
                    Err(Refused)
                } else {
                    Ok(())
                }
            }
            Form::Content => self.fields.close(),
        }
    }

    fn unit(mut self) -> Result<(), Refused> {
        match self.form {
            Form::Word | Form::Content => {}
            Form::Keyed => self.fields.reader.null()?,
            Form::Tagged { .. } => {
                let first = self.fields.reader.open_object()?;
                self.fields.reader.skip_entries(first)?;
            }
        }
        self.close()
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Refused;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Self), Refused> {
        let word = seed.deserialize(&mut *self.fields.reader)?;
        self.worded()?;
        Ok((word, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Refused;

    fn unit_variant(self) -> Result<(), Refused> {
        self.unit()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(mut self, seed: T) -> Result<T::Value, Refused> {
        self.value()?;
        let value = seed.deserialize(&mut *self.fields.reader)?;
        self.close()?;
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'de>>(mut self, _len: usize, visitor: V) -> Result<V::Value, Refused> {
        self.value()?;
        let value = self.fields.reader.deserialize_seq(visitor)?;
        self.close()?;
        Ok(value)
    }

    fn struct_variant<V: Visitor<'de>>(
        mut self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.value()?;
        let value = self.fields.reader.deserialize_struct("", names, visitor)?;
        self.close()?;
        Ok(value)
    }
}
