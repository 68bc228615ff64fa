//! Renders a plan and its report as accessible HTML, alike on the server and in Wasm.
