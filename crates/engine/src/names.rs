//! Things by name.

use std::collections::BTreeMap;

/// Things by name. All kinds of things share one tree of positions, which keeps the module small that
/// browsers download.
#[derive(Clone, Debug)]
pub(crate) struct Names<T> {
    positions: BTreeMap<String, usize>,
    /// In the order in which they were filed.
    names: Vec<String>,
    items: Vec<T>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            positions: BTreeMap::new(),
            names: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T> Names<T> {
    /// Files a thing under a name, in place of another that has it; whether there was none.
    pub fn insert(&mut self, name: &str, item: T) -> bool {
        match self.positions.get(name) {
            Some(&position) => {
                self.items[position] = item;
                false
            }
            None => {
                self.positions.insert(name.to_owned(), self.items.len());
                self.names.push(name.to_owned());
                self.items.push(item);
                true
            }
        }
    }

    pub fn get(&self, name: &str) -> Option<&T> {
        Some(&self.items[*self.positions.get(name)?])
    }

    /// The same where names are mostly asked for in the order in which they were filed: `next` is the
    /// place behind the one that was found last, at first 0.
    pub fn next(&self, name: &str, next: &mut usize) -> Option<&T> {
        let position = match self.names.get(*next) {
            Some(expected) if expected == name => *next,
            _ => *self.positions.get(name)?,
        };
        *next = position + 1;
        Some(&self.items[position])
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        Some(&mut self.items[*self.positions.get(name)?])
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The names in order, each with its thing.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        let items = self.positions.iter();
        items.map(|(name, &position)| (name.as_str(), &self.items[position]))
    }
}

impl<T> std::ops::Index<&str> for Names<T> {
    type Output = T;

    fn index(&self, name: &str) -> &T {
        &self.items[self.positions[name]]
    }
}
