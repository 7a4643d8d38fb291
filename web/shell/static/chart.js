// Charts: the page gives figures as JSON, this script draws them as SVG after the first paint. Without it the table below
// says the same. No animation, so that what is printed is what is seen.

const blue = "#1d4f91", grey = "#9aa3af", alert = "#c2410c", ink = "#1f2937", soft = "#5b6472", hair = "#e3e6eb";
// Okabe and Ito's colours: told apart by people who see few colours.
const colours = [blue, "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#6b4c9a", "#7a7a7a"];
// Colours of the lights, the same as of their words on the pages; what is at risk or behind is hatched too.
const tones = { reached: "#00664b", normal: "#56b4e9", risk: "#e69f00", late: "#b3261e", none: "#c3c8d0" };
const hatch = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.785, color: "rgba(255,255,255,.45)" };
const colourOf = (series, i) => (series.quiet ? grey : tones[series.tone] || colours[i % colours.length]);
const families = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

const figure = (value, digits) =>
  value === null || value === undefined ? "" : value.toLocaleString("en-US", { maximumFractionDigits: digits });
const short = (name, length) => (name.length > length ? name.slice(0, length - 1) + "…" : name);

function axis(more) {
  return Object.assign(
    {
      axisLine: { lineStyle: { color: hair } },
      axisTick: { show: false },
      axisLabel: { color: soft, fontSize: 12, hideOverlap: true },
      splitLine: { lineStyle: { color: hair } },
      nameTextStyle: { color: soft, fontSize: 12 },
    },
    more,
  );
}

function thresholds(data, level) {
  if (!data.lines) return undefined;
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: alert, type: "dashed", width: 1.5 },
    label: { color: alert, fontSize: 12, position: level ? "insideEndTop" : "start", distance: level ? 2 : 6, formatter: (p) => p.name },
    data: data.lines.map((line) => (level ? { yAxis: line.value, name: line.label } : { xAxis: line.value, name: line.label })),
  };
}

// bounds makes the axis reach every threshold; bars begin at zero.
function bounds(data, fromZero) {
  const marks = (data.lines || []).map((line) => line.value);
  return {
    min: (range) => (fromZero ? Math.min(0, range.min, ...marks) : nice(Math.min(range.min, ...marks), range, -1)),
    max: (range) => nice(Math.max(range.max, ...marks), range, 1),
  };
}

function nice(value, range, way) {
  const room = Math.abs(range.max - range.min || range.max || 1) * 0.08;
  const step = Math.pow(10, Math.floor(Math.log10(room || 1)));
  return Number(((way > 0 ? Math.ceil : Math.floor)((value + way * room) / step) * step).toPrecision(12));
}

function tip(data) {
  return {
    trigger: data.kind === "points" ? "item" : "axis",
    renderMode: "richText",
    confine: true,
    backgroundColor: "#fff",
    borderColor: hair,
    textStyle: { color: ink, fontSize: 13, fontFamily: families },
    axisPointer: { type: data.kind === "lines" ? "line" : "shadow" },
    formatter: (parts) => {
      const all = Array.isArray(parts) ? parts : [parts];
      const at = all[0].dataIndex;
      const head = data.kind === "points" ? all[0].name : data.names[at];
      return [head, ...all.map((part) => {
        const series = data.series[part.seriesIndex];
        if (!series) return "";
        const value = series.values[part.dataIndex];
        const unit = data.unit ? " " + data.unit : "";
        const interval = series.low && series.low[part.dataIndex] !== null
          ? `（${figure(series.low[part.dataIndex], data.decimals)}—${figure(series.high[part.dataIndex], data.decimals)}）` : "";
        return (series.name ? series.name + "  " : "") + (value === null ? data.missing : figure(value, data.decimals) + unit + interval);
      })].filter(Boolean).join("\n");
    },
  };
}

// bands draw the interval of a series as an area between its ends; they come after all series, so that labels and tips count
// the series alone.
function bands(data) {
  return data.series.flatMap((series, i) => {
    if (!series.low) return [];
    const plain = { type: "line", stack: "band" + i, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false }, z: 1 };
    const wide = series.high.map((high, at) => (high === null || series.low[at] === null ? null : high - series.low[at]));
    return [
      Object.assign({}, plain, { data: series.low }),
      Object.assign({}, plain, { data: wide, areaStyle: { color: colours[i % colours.length], opacity: 0.18 } }),
    ];
  });
}

function lines(data) {
  const many = data.series.length > 1;
  return {
    grid: { left: 8, right: many ? 110 : 40, top: 34, bottom: 8, containLabel: true },
    xAxis: axis({ type: "category", data: data.names, boundaryGap: false, splitLine: { show: false }, axisLabel: { color: soft, fontSize: 12, hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right" } }),
    yAxis: axis(Object.assign({ type: "value", name: data.unit, scale: true }, bounds(data, false))),
    series: data.series.map((series, i) => ({
      type: "line",
      name: series.name,
      data: series.values,
      symbol: series.dashed ? "emptyCircle" : "circle",
      symbolSize: series.dashed ? 5 : 7,
      lineStyle: { width: series.quiet ? 1.5 : 2.5, type: series.dashed ? "dashed" : "solid" },
      color: colourOf(series, i),
      endLabel: { show: many, formatter: () => short(series.name, 8), color: series.quiet ? soft : ink, fontSize: 12 },
      label: { show: !many, position: "top", color: ink, fontSize: 12, formatter: (p) => figure(p.value, data.decimals) },
      labelLayout: { moveOverlap: "shiftY" },
      markLine: i === 0 ? thresholds(data, true) : undefined,
    })).concat(bands(data)),
  };
}

function bars(data, stack) {
  const few = data.names.length <= 30;
  return {
    grid: { left: 8, right: 56, top: stack || data.lines ? 34 : 12, bottom: data.unit ? 26 : 8, containLabel: true },
    legend: stack ? { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: ink, fontSize: 12 } } : undefined,
    xAxis: axis(Object.assign({ type: "value", name: data.unit, nameLocation: "middle", nameGap: 28, axisLabel: { color: soft, fontSize: 12, hideOverlap: true, showMaxLabel: false } }, bounds(data, true))),
    yAxis: axis({ type: "category", data: data.names, inverse: true, splitLine: { show: false }, axisLabel: { color: ink, fontSize: 12, interval: few ? 0 : "auto", formatter: (name) => short(name, 14) } }),
    series: data.series.map((series, i) => ({
      type: "bar",
      name: series.name,
      stack: stack ? "all" : undefined,
      barMaxWidth: 18,
      color: colourOf(series, i),
      data: series.values.map((value, at) => (series.alert && series.alert[at] ? { value, itemStyle: { color: alert, decal: hatch } } : value)),
      itemStyle: series.tone === "risk" || series.tone === "late" ? { decal: hatch } : undefined,
      labelLayout: stack ? { hideOverlap: true } : undefined,
      label: stack
        ? { show: few, position: "inside", color: series.tone === "reached" || series.tone === "late" || (!series.tone && i === 0) ? "#fff" : ink, fontSize: 12, formatter: (p) => (p.value ? figure(p.value, data.decimals) : "") }
        : { show: few, position: "right", color: ink, fontSize: 12, formatter: (p) => figure(p.value, data.decimals) },
      markLine: i === 0 ? thresholds(data, false) : undefined,
    })),
  };
}

function spread(data) {
  return {
    grid: { left: 8, right: 40, top: 30, bottom: 26, containLabel: true },
    xAxis: axis({ type: "category", data: data.names, splitLine: { show: false }, name: data.unit, nameLocation: "middle", nameGap: 28 }),
    yAxis: axis({ type: "value", minInterval: 1 }),
    series: data.series.map((series, i) => ({
      type: "bar",
      name: series.name,
      barCategoryGap: "6%",
      color: colourOf(series, i),
      data: series.values.map((value, at) => (series.alert && series.alert[at] ? { value, itemStyle: { color: alert } } : value)),
      label: { show: true, position: "top", color: ink, fontSize: 12, formatter: (p) => (p.value ? figure(p.value, 0) : "") },
    })),
  };
}

function points(data) {
  return {
    grid: { left: 8, right: 40, top: 30, bottom: 8, containLabel: true },
    xAxis: axis({ type: "value", scale: true }),
    yAxis: axis(Object.assign({ type: "value", scale: true, name: data.unit }, bounds(data, false))),
    series: data.series.map((series, i) => ({
      type: "scatter",
      name: series.name,
      symbolSize: 9,
      color: colourOf(series, i),
      data: series.values.map((value, at) => ({ name: data.names[at], value: [series.across[at], value] })).filter((one) => one.value[0] !== null && one.value[1] !== null),
      markLine: i === 0 ? thresholds(data, true) : undefined,
    })),
  };
}

const forms = { lines, bars: (data) => bars(data, false), stack: (data) => bars(data, true), spread, points };

function heightOf(place, data) {
  const asked = Number(place.dataset.height);
  if (asked) return asked;
  if (data.kind === "bars" || data.kind === "stack") return Math.max(150, 80 + data.names.length * Math.max(24, data.series.length * 14));
  return 280;
}

function draw(charts, place) {
  const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const chart = charts.init(place, null, { renderer: "svg", height: heightOf(place, data), useCoarsePointer: true });
  chart.setOption(Object.assign({ animation: false, textStyle: { fontFamily: families }, tooltip: tip(data) }, forms[data.kind](data)));
  if (data.links) chart.on("click", (event) => {
    if (data.links[event.dataIndex]) location.href = data.links[event.dataIndex];
  });
  new ResizeObserver(() => chart.resize()).observe(place);
  place.dataset.drawn = "yes";
}

async function drawAll(root) {
  const places = [...root.querySelectorAll("[data-chart]:not([data-drawn])")];
  if (!places.length) return;
  const charts = await import(places[0].dataset.module);
  for (const place of places) if (!place.dataset.drawn) draw(charts, place);
}

requestAnimationFrame(() => setTimeout(() => drawAll(document)));
document.addEventListener("htmx:afterSettle", (event) => drawAll(event.detail.target || document));
