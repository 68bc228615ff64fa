//! The custom element's inside: takes over a page that the server has drawn.
//!
//! ```text
//! controls ──► from_text ──► what differs ──► session ──► what differs ──► html::page::step
//!        ▲                                                                             │
//!        └──── the page that the person sees ◄──── questions that differ ◄─────────────┘
//! ```
//!
//! At a change only what hangs on the changed answer is evaluated. Most changes draw no question: one that
//! comes or goes is shown or hidden. Where a question shows what is wrong, or other options, the step is drawn
//! anew by the renderer that the server uses, and the question is brought to the same state. What is typed,
//! what has the focus and what a live region has not changed stay as they are. How a total was worked out is
//! itself worked out for those who open it.

mod binding;
mod events;
mod listener;
mod live;
mod pairs;
mod patch;

pub use binding::PageBinding;
