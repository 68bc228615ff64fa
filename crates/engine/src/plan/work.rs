//! Bounds of the work that an evaluation takes.

/// Least and most work of an evaluation. A unit is one part of an expression that is worked out, or one
/// row of a table that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Least.
    pub least: u64,
    /// Most; `u64::MAX` where it is more than can be counted.
    pub most: u64,
}

impl Work {
    pub(crate) const NONE: Self = Self { least: 0, most: 0 };
    pub(crate) const ONE: Self = Self { least: 1, most: 1 };

    /// Both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self {
            least: self.least.saturating_add(other.least),
            most: self.most.saturating_add(other.most),
        }
    }

    /// The same, or nothing.
    pub(crate) const fn perhaps(self) -> Self {
        Self { least: 0, ..self }
    }

    /// All of them.
    pub(crate) fn all(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::NONE, Self::and)
    }
}
