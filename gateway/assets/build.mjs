// Bundles the explorer into dist/: one page, its script and style, and the editor's workers. Nothing is loaded from elsewhere.
import { copyFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = "dist";
await rm(outdir, { recursive: true, force: true });

const shared = {
  bundle: true,
  minify: true,
  target: "es2022",
  outdir: `${outdir}/assets`,
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};

await build({
  ...shared,
  entryPoints: { graphiql: "src/main.jsx" },
  format: "esm",
  splitting: true,
  jsx: "automatic",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".ttf": "file", ".woff": "file", ".woff2": "file" },
});

// Workers are started by URL, so each is a script that stands alone.
await build({
  ...shared,
  entryPoints: {
    "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
    "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
    "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
  },
  format: "iife",
});

await copyFile("src/index.html", `${outdir}/index.html`);
