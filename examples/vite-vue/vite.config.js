import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  // Files of their own are cached longer, and a strict policy refuses data: addresses.
  build: { assetsInlineLimit: 0 },
  optimizeDeps: { exclude: ["counterfoil"] },
});
