//! The engine and the pages in a browser or in Node.
