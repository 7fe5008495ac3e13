//! Reading tagged enums without keeping what was read.
//!
//! The reader that serde derives for an enum like `{"kind": "note", "text": …}` keeps every field until
//! the tag is known, and reads each type a second time out of what was kept: in the phone's bundle
//! that second reader of every type was a quarter of a megabyte of code. So in the bundle these enums
//! ask our own reader ([`crate::json`]) for an enum without a name, whose words are those of its tag and
//! its content: it finds the tag in the text and reads the rest where it stands. Everywhere else
//! serde's own reader takes them.

use serde::de::Error;

/// A word that no variant has.
pub fn unknown<E: Error>(word: &str) -> E {
    E::unknown_variant(word, &[])
}

/// `read_tagged!(Enum by "tag" { "word" => Variant, "word" => Variant(Type), "word" => Variant { field: Type } })`
/// gives the enum a `read_tagged`, and makes that its `Deserialize` in the phone's bundle. With
/// `by "tag" with "content"` the variants' values stand under a key of their own; `Variant(of Type)` has
/// its value under the key `of`.
#[macro_export]
macro_rules! read_tagged {
    ($name:ident by $tag:literal $(with $content:literal)? { $($word:literal => $variant:ident $({ $($fields:tt)* })? $(($($inner:tt)*))?),+ $(,)? }) => {
        impl $name {
            /// Reads the value with the phone's reader; no other knows enums without a name.
            ///
            /// # Errors
            /// There is no such variant, or something cannot be read.
            pub fn read_tagged<'de, D: ::serde::Deserializer<'de>>(source: D) -> ::std::result::Result<Self, D::Error> {
                struct Read;
                impl<'de> ::serde::de::Visitor<'de> for Read {
                    type Value = $name;
                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(stringify!($name))
                    }
                    fn visit_enum<A: ::serde::de::EnumAccess<'de>>(self, access: A) -> ::std::result::Result<$name, A::Error> {
                        let (word, access) = access.variant::<::std::string::String>()?;
                        match word.as_str() {
                            $($word => $crate::read_tagged!(@variant access, $name, $variant $({ $($fields)* })? $(($($inner)*))?),)+
                            other => Err($crate::tagged::unknown(other)),
                        }
                    }
                }
                source.deserialize_enum("", &[$tag $(, $content)?], Read)
            }
        }

        #[cfg(target_arch = "wasm32")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(source: D) -> ::std::result::Result<Self, D::Error> {
                Self::read_tagged(source)
            }
        }
    };
    (@variant $access:ident, $name:ident, $variant:ident) => {
        ::serde::de::VariantAccess::unit_variant($access).map(|()| $name::$variant)
    };
    (@variant $access:ident, $name:ident, $variant:ident(of $inner:ty)) => {{
        #[derive(::serde::Deserialize)]
        struct Of {
            of: $inner,
        }
        ::serde::de::VariantAccess::newtype_variant($access).map(|Of { of }| $name::$variant(of))
    }};
    (@variant $access:ident, $name:ident, $variant:ident($inner:ty)) => {
        ::serde::de::VariantAccess::newtype_variant::<$inner>($access).map($name::$variant)
    };
    (@variant $access:ident, $name:ident, $variant:ident { $($(#[$meta:meta])* $field:ident : $kind:ty),* $(,)? }) => {{
        #[derive(::serde::Deserialize)]
        struct Fields {
            $($(#[$meta])* $field: $kind,)*
        }
        ::serde::de::VariantAccess::newtype_variant($access).map(|Fields { $($field),* }| $name::$variant { $($field),* })
    }};
}
