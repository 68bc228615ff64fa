//! Where an expression stands, and so what it may read.

/// Where an expression stands.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// The group whose record is at hand.
    pub group: Option<usize>,
    /// Fee and entitlement lines that can be read.
    pub lines: Lines,
}

/// Fee and entitlement lines that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// None.
    None,
    /// The fee lines above the one at that position.
    Fees(usize),
    /// The entitlement lines above the one at that position.
    Entitlements(usize),
    /// All: checks and messages come last.
    All,
}

impl Site {
    /// Outside every group and account.
    pub const FORM: Self = Self {
        group: None,
        lines: Lines::None,
    };

    /// In a record of a group, if there is one.
    pub const fn in_group(group: Option<usize>) -> Self {
        Self {
            group,
            lines: Lines::None,
        }
    }

    /// In a check or message, which read everything.
    pub const fn last(group: Option<usize>) -> Self {
        Self {
            group,
            lines: Lines::All,
        }
    }
}
