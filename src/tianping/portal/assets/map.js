/* 地图 · County outlines with a figure each: <div data-map="address of the outlines" data-figures="id of a script of JSON: {division: {value, words, href}}">. */
import { Map as Outlines, NavigationControl, setWorkerUrl } from "maplibre-gl";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const bounds = (shapes) => {
  const all = shapes.features.flatMap((one) => one.geometry.coordinates.flat());
  const [x, y] = [all.map((p) => p[0]), all.map((p) => p[1])];
  return [[Math.min(...x), Math.min(...y)], [Math.max(...x), Math.max(...y)]];
};

const draw = async (place) => {
  const shapes = await (await fetch(place.dataset.map)).json();
  const figures = JSON.parse(document.getElementById(place.dataset.figures).textContent);
  const most = Math.max(1, ...Object.values(figures).map((one) => one.value));
  for (const one of shapes.features) Object.assign(one.properties, { value: 0, ...figures[one.properties.division] });
  const map = new Outlines({
    container: place, attributionControl: false, dragRotate: false, pitchWithRotate: false, scrollZoom: false, bounds: bounds(shapes), fitBoundsOptions: { padding: 12 },
    style: {
      version: 8, sources: { counties: { type: "geojson", data: shapes } },
      layers: [
        { id: "fill", type: "fill", source: "counties", paint: { "fill-color": ["interpolate", ["linear"], ["get", "value"], 0, colour("surface"), 1, colour("d3"), most, colour("d1")] } },
        { id: "edge", type: "line", source: "counties", paint: { "line-color": colour("edge"), "line-width": 1 } },
      ],
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  const said = document.getElementById(place.dataset.said);
  map.on("mousemove", "fill", (event) => {
    map.getCanvas().style.cursor = event.features[0].properties.href ? "pointer" : "";
    if (said) said.textContent = event.features[0].properties.words ?? event.features[0].properties.name;
  });
  map.on("click", "fill", (event) => {
    const address = event.features[0].properties.href;
    if (address) window.location.assign(address);
  });
  map.once("idle", () => { place.dataset.drawn = "1"; });
};

for (const place of document.querySelectorAll("[data-map]")) {
  setWorkerUrl(place.dataset.worker);
  draw(place);
}
