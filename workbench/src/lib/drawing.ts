// A figure's drawing, from the text that the server sends to elements of the page.
// It is parsed as an image, and only what our drawings are made of gets through.

const ELEMENTS = new Set(
  (
    "svg g title desc defs pattern clipPath marker linearGradient stop text tspan " +
    "rect circle ellipse line path polyline polygon"
  ).split(" "),
);

function isSafe(name: string, value: string): boolean {
  const key = name.toLowerCase();
  if (key.startsWith("on") || key === "style" || key.endsWith("href")) return false;
  return !/url\(/i.test(value) || /^url\(#[\w-]+\)$/.test(value);
}

function clean(element: Element): void {
  for (const child of [...element.children]) {
    if (ELEMENTS.has(child.localName) && child.namespaceURI === SVG) clean(child);
    else child.remove();
  }
  for (const attribute of [...element.attributes]) {
    if (!isSafe(attribute.name, attribute.value)) element.removeAttribute(attribute.name);
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** The drawing as elements, or `null` if the text is no drawing. With a prefix it can stand in the page a second time. */
export function drawing(svg: string, prefix = ""): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.localName !== "svg" || root.namespaceURI !== SVG || parsed.querySelector("parsererror")) return null;
  clean(root);
  root.removeAttribute("width");
  root.removeAttribute("height");
  if (prefix) rename(root, prefix);
  return document.importNode(root, true) as unknown as SVGSVGElement;
}

function rename(root: Element, prefix: string): void {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const attribute of [...element.attributes]) {
      const { name, value } = attribute;
      if (name === "id") element.setAttribute(name, prefix + value);
      else if (name === "aria-labelledby") element.setAttribute(name, value.replace(/\S+/g, `${prefix}$&`));
      else if (value.startsWith("url(#")) element.setAttribute(name, value.replace("url(#", `url(#${prefix}`));
    }
  }
}

/** What a mark of a drawing says, and the rows that it names as its own. */
export function markAt(target: EventTarget | null): { title: string; rows: string[]; element: Element } | null {
  if (!(target instanceof Element)) return null;
  const element = target.closest("g.mark");
  if (!element) return null;
  const title = [...element.children].find((child) => child.localName === "title")?.textContent ?? "";
  const rows = element.getAttribute("data-rows")?.split(" ").filter(Boolean) ?? [];
  return { title, rows, element };
}
