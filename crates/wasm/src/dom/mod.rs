//! The custom element's inside: takes over a page that the server has drawn.
//!
//! ```text
//! controls + what other pages hold ──► from_text ──► session ──► what differs ──► html::page::step
//!        ▲                                                                             │
//!        └──── the page that the person sees ◄──── questions that differ ◄─────────────┘
//! ```
//!
//! At a change only what hangs on the changed answer is evaluated. Where a question of the page differs, the
//! step is drawn anew by the renderer that the server uses, and the question is brought to the same state.
//! What is typed, what has the focus and what a live region has not changed stay as they are.

mod binding;
mod events;
mod listener;
mod live;
mod pairs;
mod patch;

pub use binding::PageBinding;
