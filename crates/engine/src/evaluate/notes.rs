//! What the steps of an evaluation note besides their results.

/// What has been noted, in the order in which it would be noted if all were worked out anew.
#[derive(Clone, Debug)]
pub(crate) struct Notes<T>(Vec<(usize, T)>);

impl<T> Default for Notes<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Notes<T> {
    /// Notes something there, behind what is noted there already.
    pub fn add(&mut self, at: usize, note: T) {
        let place = self.0.partition_point(|(other, _)| *other <= at);
        self.0.insert(place, (at, note));
    }

    /// Takes out what was noted there.
    pub fn forget(&mut self, at: usize) {
        self.0.retain(|(other, _)| *other != at);
    }

    /// Whether something was noted there.
    pub fn has(&self, at: usize) -> bool {
        self.0.iter().any(|(other, _)| *other == at)
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, note)| note)
    }
}
