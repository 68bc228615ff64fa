//! Taking the parts of plans and reports out of a JSON tree, strictly: nothing is missing, unknown,
//! repeated or of another kind.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use super::Json;

/// A value is not what it should be there.
#[derive(Debug)]
pub(crate) struct Mismatch {
    what: String,
    /// Keys and positions from the top.
    path: String,
}

impl Mismatch {
    #[cold]
    pub fn new(what: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            what: what.into(),
            path: String::new(),
        })
    }

    #[cold]
    fn expected(what: &str) -> Box<Self> {
        Self::new(["expected ", what].concat())
    }

    #[cold]
    fn named(what: &str, name: &str) -> Box<Self> {
        Self::new([what, " `", name, "`"].concat())
    }

    /// The same, seen from what holds the value under a key.
    #[cold]
    fn within(mut self: Box<Self>, key: &str) -> Box<Self> {
        let dot = match self.path.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.path = [key, dot, &self.path].concat();
        self
    }

    #[cold]
    fn at(self: Box<Self>, index: usize) -> Box<Self> {
        self.within(&format!("[{index}]"))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if !self.path.is_empty() {
            f.write_str(" at ")?;
            f.write_str(&self.path)?;
        }
        Ok(())
    }
}

pub(crate) type Decoded<T> = Result<T, Box<Mismatch>>;

/// What can be taken out of a JSON tree.
pub(crate) trait Decode: Sized {
    fn decode(json: &Json<'_>) -> Decoded<Self>;
}

/// An object whose entries are looked up one by one.
pub(crate) struct Object<'j, 'a> {
    entries: &'j [(Cow<'a, str>, Json<'a>)],
    /// A bit for each entry that was looked up.
    known: u64,
}

impl<'j, 'a> Object<'j, 'a> {
    pub fn of(json: &'j Json<'a>) -> Decoded<Self> {
        match json {
            Json::Object(entries) => Ok(Self { entries, known: 0 }),
            _ => Err(Mismatch::expected("an object")),
        }
    }

    fn get(&mut self, key: &str) -> Option<&'j Json<'a>> {
        let position = self.entries.iter().position(|(k, _)| k == key)?;
        self.known |= 1_u64.checked_shl(u32::try_from(position).ok()?)?;
        Some(&self.entries[position].1)
    }

    /// An entry that must be there.
    pub fn required<T: Decode>(&mut self, key: &'static str) -> Decoded<T> {
        match self.get(key) {
            Some(json) => T::decode(json).map_err(|error| error.within(key)),
            None => Err(Mismatch::named("missing field", key)),
        }
    }

    /// An entry that stands for its default where it is left out.
    pub fn optional<T: Decode + Default>(&mut self, key: &'static str) -> Decoded<T> {
        match self.get(key) {
            Some(json) => T::decode(json).map_err(|error| error.within(key)),
            None => Ok(T::default()),
        }
    }

    /// Makes sure that there is no other entry, and none twice.
    pub fn end(self) -> Decoded<()> {
        match self.entries.get(self.known.trailing_ones() as usize) {
            None => Ok(()),
            Some((key, _)) => Err(Mismatch::named("unknown or repeated field", key)),
        }
    }
}

/// One of several variants: a text where it has no content, else an object of one entry.
pub(crate) struct Tagged<'j, 'a> {
    pub name: &'j str,
    content: Option<&'j Json<'a>>,
}

impl<'j, 'a> Tagged<'j, 'a> {
    pub fn of(json: &'j Json<'a>) -> Decoded<Self> {
        match json {
            Json::Text(name) => Ok(Self {
                name,
                content: None,
            }),
            Json::Object(entries) => match &entries[..] {
                [(name, content)] => Ok(Self {
                    name,
                    content: Some(content),
                }),
                _ => Err(Mismatch::expected("one variant")),
            },
            _ => Err(Mismatch::expected("the name of a variant")),
        }
    }

    /// Makes sure that it has no content.
    pub fn none(&self) -> Decoded<()> {
        match self.content {
            None => Ok(()),
            Some(_) => Err(Mismatch::named("no content is known of", self.name)),
        }
    }

    /// The content.
    pub fn json(&self) -> Decoded<&'j Json<'a>> {
        match self.content {
            Some(json) => Ok(json),
            None => Err(Mismatch::named("no content is given of", self.name)),
        }
    }

    /// The content as one value.
    pub fn value<T: Decode>(&self) -> Decoded<T> {
        T::decode(self.json()?)
    }

    pub fn unknown<T>(&self) -> Decoded<T> {
        Err(Mismatch::named("unknown variant", self.name))
    }
}

/// Reads a structure from an object: for each part, whether it is required, or optional with its type's
/// default; a key of another name stands after it.
macro_rules! record {
    ($type:ident $(<$life:lifetime>)? { $($kind:ident $field:ident $(as $key:literal)?),* $(,)? }) => {
        impl $crate::json::Decode for $type $(<$life>)? {
            fn decode(json: &$crate::json::Json<'_>) -> $crate::json::Decoded<Self> {
                let mut object = $crate::json::Object::of(json)?;
                let value = Self {
                    $($field: object.$kind($crate::json::record!(@key $field $($key)?))?),*
                };
                object.end()?;
                Ok(value)
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}
pub(crate) use record;

/// Reads an enumeration: for each variant its name and its shape, which is empty, `(_)`, `(_, _)` or the
/// parts as [`record`] has them.
macro_rules! variants {
    ($type:ident { $($name:literal => $variant:ident $shape:tt),* $(,)? }) => {
        impl $crate::json::Decode for $type {
            fn decode(json: &$crate::json::Json<'_>) -> $crate::json::Decoded<Self> {
                let tagged = $crate::json::Tagged::of(json)?;
                Ok(match tagged.name {
                    $($name => $crate::json::variants!(@ tagged $variant $shape),)*
                    _ => return tagged.unknown(),
                })
            }
        }
    };
    (@ $tagged:ident $variant:ident ()) => {{
        $tagged.none()?;
        Self::$variant
    }};
    (@ $tagged:ident $variant:ident (_)) => {
        Self::$variant($tagged.value()?)
    };
    (@ $tagged:ident $variant:ident (_, _)) => {{
        let (first, second) = $tagged.value()?;
        Self::$variant(first, second)
    }};
    (@ $tagged:ident $variant:ident { $($kind:ident $field:ident),* }) => {{
        let mut object = $crate::json::Object::of($tagged.json()?)?;
        let value = Self::$variant { $($field: object.$kind(stringify!($field))?),* };
        object.end()?;
        value
    }};
}
pub(crate) use variants;

impl Decode for bool {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        match json {
            Json::Bool(value) => Ok(*value),
            _ => Err(Mismatch::expected("true or false")),
        }
    }
}

impl Decode for String {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        text(json).map(str::to_owned)
    }
}

impl Decode for Cow<'static, str> {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        String::decode(json).map(Cow::Owned)
    }
}

/// A text.
fn text<'j>(json: &'j Json<'_>) -> Decoded<&'j str> {
    match json {
        Json::Text(text) => Ok(text),
        _ => Err(Mismatch::expected("a text")),
    }
}

/// A whole number up to a greatest one.
fn whole(json: &Json<'_>, most: u64) -> Decoded<u64> {
    match json {
        Json::Number(text) => text.parse().ok().filter(|number| *number <= most),
        _ => None,
    }
    .ok_or_else(|| Mismatch::new(format!("expected a whole number up to {most}")))
}

macro_rules! whole_numbers {
    ($($type:ident),*) => {$(
        impl Decode for $type {
            fn decode(json: &Json<'_>) -> Decoded<Self> {
                let number = whole(json, $type::MAX.into())?;
                Ok($type::try_from(number).unwrap_or($type::MAX))
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32);

impl Decode for u64 {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        whole(json, Self::MAX)
    }
}

impl Decode for crate::number::Number {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        Self::parse(text(json)?).map_err(|error| Mismatch::new(error.to_string()))
    }
}

impl Decode for crate::date::Day {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        let text = text(json)?;
        text.parse()
            .map_err(|error: crate::date::DayError| Mismatch::new(error.to_string()))
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        T::decode(json).map(Self::new)
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        match json {
            Json::Null => Ok(None),
            json => T::decode(json).map(Some),
        }
    }
}

fn list<'j, 'a>(json: &'j Json<'a>) -> Decoded<&'j [Json<'a>]> {
    match json {
        Json::List(items) => Ok(items),
        _ => Err(Mismatch::expected("a list")),
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        let items = list(json)?;
        let mut values = Self::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            values.push(T::decode(item).map_err(|error| error.at(index))?);
        }
        Ok(values)
    }
}

impl<T: Decode, const N: usize> Decode for [T; N] {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        let values = Vec::decode(json)?;
        Self::try_from(values).map_err(|_| Mismatch::new(format!("expected a list of {N}")))
    }
}

impl<A: Decode, B: Decode> Decode for (A, B) {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        let [first, second] = list(json)? else {
            return Err(Mismatch::expected("a list of two"));
        };
        Ok((
            A::decode(first).map_err(|error| error.at(0))?,
            B::decode(second).map_err(|error| error.at(1))?,
        ))
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        let mut map = Self::new();
        for (key, value) in Object::of(json)?.entries {
            let value = T::decode(value).map_err(|error| error.within(key))?;
            if map.insert(key.to_string(), value).is_some() {
                return Err(Mismatch::named("repeated field", key));
            }
        }
        Ok(map)
    }
}
