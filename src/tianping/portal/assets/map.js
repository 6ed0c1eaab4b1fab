/* 地图 · The counties of a server's drawing as a map over it (components/maps.html): figures, words and addresses are what the drawing says, so that there is one truth.
   The drawing stands until the map does, and stays where the machine draws none. */
import { Map as Outlines, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const SHADES = ["inset", "d3", "d2", "d1"];

/* division → {name, number, words, shade, href} */
const told = (drawing) => Object.fromEntries([...drawing.querySelectorAll("[data-division]")].map((path) => {
  const { division, name, number, shade } = path.dataset, link = path.closest("a");
  return [division, { name, number, shade: Number(shade), ...(link && { href: link.getAttribute("href"), words: link.getAttribute("aria-label") }) }];
}));

const bounds = (shapes) => {
  const all = shapes.features.flatMap((one) => one.geometry.coordinates.flat());
  const [x, y] = [all.map((p) => p[0]), all.map((p) => p[1])];
  return [[Math.min(...x), Math.min(...y)], [Math.max(...x), Math.max(...y)]];
};

/* where the words of a county stand: the centre of gravity of its outline, as in the server's drawing */
const middle = (ring) => {
  const parts = ring.slice(1).map((b, i) => [ring[i], b, ring[i][0] * b[1] - b[0] * ring[i][1]]);
  const area = parts.reduce((sum, [, , w]) => sum + w, 0) * 3;
  return [0, 1].map((k) => parts.reduce((sum, [a, b, w]) => sum + (a[k] + b[k]) * w, 0) / area);
};

const fills = () => ["match", ["get", "shade"], ...SHADES.slice(1).flatMap((name, n) => [n + 1, colour(name)]), colour(SHADES[0])];

/* the name and number of a county: a link, so that keys and those who listen have what the mouse has */
const label = (one, map) => {
  const place = document.createElement(one.href ? "a" : "span");
  place.className = "county";
  if (one.href) place.href = one.href;
  const shown = place.appendChild(document.createElement("span"));
  shown.append(one.name, one.number && " ");
  if (one.number) shown.appendChild(document.createElement("b")).textContent = one.number;
  if (one.href) place.setAttribute("aria-label", one.words);
  const at = (on) => () => map.setFilter("at", ["==", ["get", "division"], on ? one.division : ""]);
  for (const [when, on] of [["focus", true], ["blur", false], ["pointerenter", true], ["pointerleave", false]]) place.addEventListener(when, at(on));
  return place;
};

const draw = async (place) => {
  const shapes = await (await fetch(place.dataset.map)).json();
  const figures = told(place.previousElementSibling);
  for (const { properties } of shapes.features) Object.assign(properties, { shade: 0 }, figures[properties.division]);
  place.hidden = false;
  const whole = bounds(shapes);
  const map = new Outlines({
    container: place, attributionControl: false, dragRotate: false, pitchWithRotate: false, scrollZoom: false, renderWorldCopies: false,
    dragPan: matchMedia("(pointer: fine)").matches, /* on a phone one finger scrolls the page, two move the map */
    bounds: whole, fitBoundsOptions: { padding: 8 }, locale: JSON.parse(place.dataset.words), fadeDuration: 0,
    style: {
      version: 8, sources: { counties: { type: "geojson", data: shapes } },
      layers: [
        { id: "fill", type: "fill", source: "counties", paint: { "fill-color": fills() } },
        { id: "edge", type: "line", source: "counties", paint: { "line-color": colour("edge"), "line-width": 1 } },
        { id: "at", type: "line", source: "counties", filter: ["==", ["get", "division"], ""], paint: { "line-color": colour("focus"), "line-width": 3 } },
      ],
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-left");
  map.on("mousemove", "fill", ({ features: [{ properties: one }] }) => { map.getCanvas().style.cursor = one.href ? "pointer" : ""; });
  map.on("mouseleave", "fill", () => { map.getCanvas().style.cursor = ""; });
  map.on("click", "fill", ({ features: [{ properties: one }], originalEvent }) => {
    if (one.href && !originalEvent.target.closest("a")) window.location.assign(one.href);
  });
  map.on("resize", () => map.fitBounds(whole, { padding: 8, animate: false }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    map.setPaintProperty("fill", "fill-color", fills());
    map.setPaintProperty("edge", "line-color", colour("edge"));
    map.setPaintProperty("at", "line-color", colour("focus"));
  });
  map.once("idle", () => {
    for (const { geometry, properties } of shapes.features) new Marker({ element: label(properties, map) }).setLngLat(middle(geometry.coordinates[0])).addTo(map);
    /* who stood on a county of the server's drawing stands on the same one of the map */
    const before = document.activeElement.closest("svg.counties a");
    place.dataset.drawn = "1";
    if (before) [...place.querySelectorAll("a.county")].find((a) => a.getAttribute("href") === before.getAttribute("href"))?.focus();
  });
};

for (const place of document.querySelectorAll("[data-map]")) {
  setWorkerUrl(place.dataset.worker);
  draw(place).catch((fault) => { place.hidden = true; console.info(String(fault)); }); /* no WebGL, no outlines: the drawing stands */
}
