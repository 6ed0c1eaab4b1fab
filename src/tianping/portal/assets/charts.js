/* 图表 · The parts of ECharts that boards use: bars and lines with a grid, on canvas. Legend and tooltip are the page's own words: a tooltip of the library's weighs as much as a page. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridSimpleComponent } from "echarts/components";
import { use, init } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([AriaComponent, BarChart, CanvasRenderer, GridSimpleComponent, LineChart]);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/* <figure data-chart="id of a script of JSON">: the option as the server wrote it; colours are the house's, named --d1 … in it */
const painted = (value) => {
  if (typeof value === "string" && value.startsWith("--")) return colour(value.slice(2));
  if (Array.isArray(value)) return value.map(painted);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, painted(inner)]));
  return value;
};

const large = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

for (const place of document.querySelectorAll("[data-chart]")) {
  const option = painted(JSON.parse(document.getElementById(place.dataset.chart).textContent));
  const chart = init(place, null, { renderer: "canvas" });
  chart.setOption({
    animation: false,
    color: ["d1", "d2", "d4", "d3"].map(colour),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 * large(), color: colour("ink-2") },
    aria: { enabled: true, decal: { show: option.series.length > 1 } },
    grid: { left: 4, right: 12, top: 24 * large(), bottom: 4, containLabel: true },
    ...option,
  });
  chart.on("click", (at) => {
    const address = at.data && at.data.href;
    if (address) window.location.assign(address);
  });
  /* what the pointer is on is said in the page's own line: data-said="id of it" */
  const said = document.getElementById(place.dataset.said);
  chart.on("mouseover", (at) => { if (said && at.data && at.data.words) said.textContent = at.data.words; });
  place.dataset.drawn = "1";
  place.chart = chart;
  new ResizeObserver(() => chart.resize()).observe(place);
}

/* <a data-picture="id of a chart" download="…">: the chart as a PNG, made here */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-picture]");
  const place = link && document.getElementById(link.dataset.picture);
  if (place && place.chart) link.href = place.chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: colour("surface") });
});
