// A figure as a file, made in the browser: for a page that has no program behind it.

import { drawing } from "./drawing";
import type { FigureBlock } from "./types";

const SVG = "http://www.w3.org/2000/svg";
/** Pixels to a unit of a drawing, as the program has them. */
const SCALE = 2;
const MARGIN = 20;
const HEADING = 16;
const CREDIT = 11;

/** Whether a spreadsheet would run a cell as a formula. */
const looksLikeFormula = (cell: string): boolean => /^'*[=+\-@\t\r]/.test(cell);

const isNumber = (cell: string): boolean =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) && Number.isFinite(Number(cell));

/** A cell as CSV has it; one that a spreadsheet would run as a formula gets an apostrophe before it. */
function cellText(cell: string): string {
  const text = looksLikeFormula(cell) && !isNumber(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvText = (table: FigureBlock["table"]): string =>
  [table.columns, ...table.rows].map((cells) => `${cells.map(cellText).join(",")}\n`).join("");

/** The lines of a text no wider than the room; measured by the rule of thumb that a letter is half as wide as it is high. */
function wrap(text: string, size: number, room: number): string[] {
  const most = Math.floor(room / (size * 0.55));
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function label(text: string, size: number, top: number, room: number, weight: string): [SVGElement, number] {
  const group = document.createElementNS(SVG, "g");
  const lines = wrap(text, size, room);
  lines.forEach((line, index) => {
    const element = document.createElementNS(SVG, "text");
    element.setAttribute("x", String(MARGIN));
    element.setAttribute("y", String(top + size + index * size * 1.3));
    element.setAttribute("font-size", String(size));
    element.setAttribute("font-weight", weight);
    element.setAttribute("fill", "#1d2327");
    element.textContent = line;
    group.append(element);
  });
  return [group, lines.length * size * 1.3];
}

/** The drawing as a file of its own: on paper, with the title above and the credit below. */
export function svgText(figure: FigureBlock): string {
  const drawn = drawing(figure.svg);
  if (!drawn) throw new TypeError("no drawing");
  const [title, titleHeight] = label(figure.title, HEADING, MARGIN, figure.width, "bold");
  const top = MARGIN + titleHeight + 12;
  const bottom = top + figure.height + 8;
  const [credit, creditHeight] = label(figure.credit ?? "", CREDIT, bottom, figure.width, "normal");
  const [width, height] = [figure.width + 2 * MARGIN, bottom + creditHeight + MARGIN];
  const root = document.createElementNS(SVG, "svg");
  const attributes = {
    viewBox: `0 0 ${width} ${height}`,
    width: String(width),
    height: String(height),
    "font-family": drawn.getAttribute("font-family") ?? "sans-serif",
  };
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
  const paper = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ width, height, fill: "#ffffff" }))
    paper.setAttribute(name, String(value));
  const place = { x: MARGIN, y: top, width: figure.width, height: figure.height };
  for (const [name, value] of Object.entries(place)) drawn.setAttribute(name, String(value));
  root.append(paper, title, credit, drawn);
  return new XMLSerializer().serializeToString(root);
}

/** The drawing as pixels. Fails where the browser cannot draw it. */
async function png(figure: FigureBlock): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(figure))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise<Blob | null>((made) => canvas.toBlob(made, "image/png"));
  if (!drawn) throw new TypeError("no picture");
  return drawn;
}

export type FigureForm = "svg" | "png" | "csv";

export async function figureFile(figure: FigureBlock, form: FigureForm): Promise<Blob> {
  if (form === "png") return png(figure);
  if (form === "svg") return new Blob([svgText(figure)], { type: "image/svg+xml" });
  return new Blob([csvText(figure.table)], { type: "text/csv;charset=utf-8" });
}

/** Hands a file to the browser's folder of downloads. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser takes the file after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
