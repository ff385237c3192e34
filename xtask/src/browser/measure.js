// Runs inside a copy of a brief and sends what is wrong with it to the page around it.
// `KINDS`, `DRAWINGS` and `WIDTH` are set before this script.
"use strict";

/** Overlaps and overhangs up to this many pixels are rounding. */
const SLACK = 0.75;
/** A text's box holds room above and below its letters: this share of the font's size on each side. */
const LEADING = 0.18;

const faults = [];
const fault = (text) => faults.push(text);

/** The boxes of the letters of a text, one for each of its lines. */
function inkBoxes(text) {
  const lines = text.querySelectorAll("tspan");
  const rotated = Math.abs(text.getScreenCTM().b) > 1e-6;
  return [...(lines.length ? lines : [text])]
    .filter((line) => line.textContent.trim())
    .flatMap((line) => [...line.getClientRects()])
    .map((box) => {
      const size = parseFloat(getComputedStyle(text).fontSize);
      const matrix = text.getScreenCTM();
      const trim = LEADING * size * Math.hypot(matrix.a, matrix.b);
      const [x, y] = rotated ? [trim, 0] : [0, trim];
      return { left: box.left + x, right: box.right - x, top: box.top + y, bottom: box.bottom - y };
    });
}

function overlap(a, b) {
  return (
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK
  );
}

function checkDrawing(figure, svg) {
  const name = figure.id;
  const childOf = (element, tag) => [...element.children].find((child) => child.tagName === tag);
  if (svg.getAttribute("role") !== "img") fault(`${name}: the drawing has no role="img"`);
  for (const tag of ["title", "desc"]) {
    if (!childOf(svg, tag)?.textContent.trim()) fault(`${name}: the drawing has no <${tag}>`);
  }
  for (const id of (svg.getAttribute("aria-labelledby") ?? "").split(" ")) {
    if (!id || !svg.contains(document.getElementById(id))) fault(`${name}: aria-labelledby leads nowhere`);
  }
  const marks = [...svg.querySelectorAll("g.mark")];
  for (const mark of marks) {
    if (!childOf(mark, "title")?.textContent.trim()) fault(`${name}: a mark has no <title>`);
  }
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].map((text) => ({ text: text.textContent.trim(), boxes: inkBoxes(text) }));
  texts.forEach(({ text, boxes }, index) => {
    const outside = boxes.some(
      (box) =>
        box.left < frame.left - SLACK ||
        box.right > frame.right + SLACK ||
        box.top < frame.top - SLACK ||
        box.bottom > frame.bottom + SLACK,
    );
    if (outside) fault(`${name}: “${text}” leaves the drawing`);
    for (const other of texts.slice(index + 1)) {
      if (boxes.some((a) => other.boxes.some((b) => overlap(a, b)))) {
        fault(`${name}: “${text}” and “${other.text}” overlap`);
      }
    }
  });
  return { marks: marks.length, texts: texts.length };
}

function checkElements() {
  const ids = new Set();
  for (const element of document.querySelectorAll("*:not(.measuring)")) {
    const kind = element.tagName.toLowerCase();
    if (!KINDS.includes(kind)) fault(`<${kind}> has no place in a brief`);
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "style") fault(`<${kind}> has an attribute ${name}`);
      if (/href$|^(src|srcset|action|data|poster|background)$/.test(name) && !value.startsWith("#")) {
        fault(`<${kind} ${name}="${value}"> leads out of the page`);
      }
      if (/url\((?!#)/i.test(value.replace(/["'\s]/g, ""))) fault(`<${kind} ${name}="${value}"> loads something`);
    }
    if (element.id) {
      if (ids.has(element.id)) fault(`the id “${element.id}” stands twice`);
      ids.add(element.id);
    }
  }
  for (const link of document.querySelectorAll("a")) {
    const target = link.getAttribute("href")?.slice(1);
    if (!ids.has(target)) fault(`the link to #${target} leads nowhere`);
  }
  for (const style of document.querySelectorAll("style")) {
    if (/url\(|@import/i.test(style.textContent)) fault("the style sheet loads something");
  }
  return ids.size;
}

function checkPage() {
  const page = document.scrollingElement;
  if (innerWidth !== WIDTH) fault(`measured at ${innerWidth} pixels, not at ${WIDTH}`);
  if (page.scrollWidth > page.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) =>
        element.getBoundingClientRect().right > page.clientWidth + 1 && !element.closest(".drawing, .scroll"),
    );
    const first = wide.length ? `; the first is <${wide[0].tagName.toLowerCase()}> “${wide[0].textContent.slice(0, 40)}”` : "";
    fault(`the page is ${page.scrollWidth} pixels wide in a window of ${page.clientWidth}${first}`);
  }
  const parts = [...document.body.children].filter((part) => !part.matches(".measuring")).map((part) => part.tagName);
  if (parts.join() !== "HEADER,MAIN,FOOTER") fault(`the body holds ${parts.join(", ")}`);
  for (const drawing of DRAWINGS) {
    const read = new DOMParser().parseFromString(drawing, "image/svg+xml");
    if (read.querySelector("parsererror")) fault(`a drawing is not XML: ${drawing.slice(0, 80)}…`);
  }
}

function measure() {
  const counts = { figures: 0, marks: 0, texts: 0, links: document.querySelectorAll("a").length };
  for (const figure of document.querySelectorAll("figure")) {
    const svg = figure.querySelector("svg");
    counts.figures += 1;
    if (!svg) {
      fault(`${figure.id}: there is no drawing`);
      continue;
    }
    const drawing = checkDrawing(figure, svg);
    counts.marks += drawing.marks;
    counts.texts += drawing.texts;
  }
  counts.ids = checkElements();
  checkPage();
  if (window.hostile !== undefined) fault("text of the case ran as a script");
  return { counts, faults, title: document.title };
}

// After everything that hostile text could have set off.
addEventListener("load", () =>
  document.fonts.ready.then(() =>
    setTimeout(() => {
      let result;
      try {
        result = measure();
      } catch (error) {
        result = { counts: {}, faults: [`the measuring script failed: ${error.stack}`], title: "" };
      }
      parent.postMessage(JSON.stringify(result), "*");
    }, 500),
  ),
);
