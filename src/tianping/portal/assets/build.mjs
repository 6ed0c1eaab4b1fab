/* 组装资产 · Puts what pages use into ../static/vendor: whole files where they are ready, bundles of our own where a part is enough. */
import { build } from "esbuild";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const to = join(here, "..", "static", "vendor");
const from = (path) => join(here, "node_modules", path);
/* a comment on a source map names a file that is not there; a picture inside a style sheet is not allowed by our policy */
const plain = (text) => text.replace(/^\/[/*][#@] ?sourceMappingURL=.*$/gm, "").replace(/url\((["']?)data:[^)]*?\1\)/g, "none");
const taken = (path, name) => writeFileSync(join(to, name), plain(readFileSync(from(path), "utf-8")));

rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
taken("htmx.org/dist/htmx.min.js", "htmx.js");
taken("@alpinejs/csp/dist/cdn.min.js", "alpine.js");
taken("maplibre-gl/dist/maplibre-gl.css", "map.css");
taken("maplibre-gl/dist/maplibre-gl-worker.mjs", "map-worker.js");
const shared = { bundle: true, minify: true, legalComments: "linked", target: "es2020", logLevel: "warning", nodePaths: [from("")] };
await build({ ...shared, entryPoints: [join(here, "charts.js")], outfile: join(to, "charts.js"), format: "iife" });
await build({ ...shared, entryPoints: [join(here, "map.js")], outfile: join(to, "map.js"), format: "esm", target: "es2022" });
const licences = ["htmx.org", "@alpinejs/csp", "echarts", "zrender", "maplibre-gl"].map((name) => {
  const about = JSON.parse(readFileSync(from(`${name}/package.json`), "utf-8"));
  return `${about.name} ${about.version}: ${about.license}`;
});
writeFileSync(join(to, "LICENCES.txt"), licences.join("\n") + "\n");
