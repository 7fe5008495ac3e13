//! Reading tagged enums without keeping what was read.
//!
//! An enum like `{"kind": "note", "text": …}` can have its tag anywhere, so the reader that serde
//! derives keeps every field until the tag is known, and reads each type a second time out of what
//! was kept: in the phone's bundle that second reader of every type was a quarter of a megabyte of
//! code. What a phone reads was written by serde, on the phone or on our server, and there the tag
//! stands first. So in the bundle these enums are read with the tag first or not at all
//! ([`crate::read_tagged`]); everywhere else serde's own reader takes them in any order.

use serde::de::{Error, MapAccess};

/// The value of the tag, which is the first key.
///
/// # Errors
/// Something else stands first.
pub fn first<'de, A: MapAccess<'de>>(map: &mut A, tag: &str) -> Result<String, A::Error> {
    match map.next_key::<String>()? {
        Some(key) if key == tag => map.next_value(),
        _ => Err(A::Error::custom("the tag does not stand first")),
    }
}

/// A word that no variant has.
pub fn unknown<E: Error>(word: &str) -> E {
    E::custom(["unknown: ", word].concat())
}

/// Reads the rest of a map that holds nothing of use.
///
/// # Errors
/// It cannot be read.
pub fn rest<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    use serde::de::IgnoredAny;
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// `read_tagged!(Enum by "tag" { "word" => Variant, "word" => Variant(Type), "word" => Variant { field: Type } })`
/// gives the enum a `read_tag_first`, and makes that its `Deserialize` in the phone's bundle. With
/// `by "tag" with "content"` the variants' values stand under a key of their own; `Variant(of Type)` has
/// its value under the key `of`.
#[macro_export]
macro_rules! read_tagged {
    ($name:ident by $tag:literal { $($word:literal => $variant:ident $({ $($fields:tt)* })? $(($($inner:tt)*))?),+ $(,)? }) => {
        $crate::read_tagged!(@read $name, |map| {
            let mut map = map;
            let word = $crate::tagged::first(&mut map, $tag)?;
            match word.as_str() {
                $($word => $crate::read_tagged!(@variant map, $name, $variant $({ $($fields)* })? $(($($inner)*))?),)+
                other => Err($crate::tagged::unknown(other)),
            }
        });
    };
    ($name:ident by $tag:literal with $content:literal { $($word:literal => $variant:ident($inner:ty)),+ $(,)? }) => {
        $crate::read_tagged!(@read $name, |map| {
            let mut map = map;
            let word = $crate::tagged::first(&mut map, $tag)?;
            match word.as_str() {
                $($word => {
                    if map.next_key::<String>()?.as_deref() != Some($content) {
                        return Err(::serde::de::Error::missing_field($content));
                    }
                    let value: $inner = map.next_value()?;
                    $crate::tagged::rest(map)?;
                    Ok($name::$variant(value))
                })+
                other => Err($crate::tagged::unknown(other)),
            }
        });
    };
    (@variant $map:ident, $name:ident, $variant:ident) => {
        $crate::tagged::rest($map).map(|()| $name::$variant)
    };
    (@variant $map:ident, $name:ident, $variant:ident(of $inner:ty)) => {{
        #[derive(::serde::Deserialize)]
        struct Of {
            of: $inner,
        }
        let Of { of } = ::serde::Deserialize::deserialize(::serde::de::value::MapAccessDeserializer::new($map))?;
        Ok($name::$variant(of))
    }};
    (@variant $map:ident, $name:ident, $variant:ident($inner:ty)) => {
        <$inner as ::serde::Deserialize>::deserialize(::serde::de::value::MapAccessDeserializer::new($map))
            .map($name::$variant)
    };
    (@variant $map:ident, $name:ident, $variant:ident { $($(#[$meta:meta])* $field:ident : $kind:ty),* $(,)? }) => {{
        #[derive(::serde::Deserialize)]
        struct Fields {
            $($(#[$meta])* $field: $kind,)*
        }
        let Fields { $($field),* } =
            ::serde::Deserialize::deserialize(::serde::de::value::MapAccessDeserializer::new($map))?;
        Ok($name::$variant { $($field),* })
    }};
    (@read $name:ident, |$map:ident| $body:block) => {
        impl $name {
            /// Reads the value when its tag stands first, as everything that we write has it.
            ///
            /// # Errors
            /// Another key stands first, or something cannot be read.
            pub fn read_tag_first<'de, D: ::serde::Deserializer<'de>>(source: D) -> ::std::result::Result<Self, D::Error> {
                struct Read;
                impl<'de> ::serde::de::Visitor<'de> for Read {
                    type Value = $name;
                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(stringify!($name))
                    }
                    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, $map: A) -> ::std::result::Result<$name, A::Error> $body
                }
                source.deserialize_map(Read)
            }
        }

        #[cfg(target_arch = "wasm32")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(source: D) -> ::std::result::Result<Self, D::Error> {
                Self::read_tag_first(source)
            }
        }
    };
}
