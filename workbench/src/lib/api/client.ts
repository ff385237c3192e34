// Questions: one function a form of question, and errors that carry the server's own words. What every page asks is
// answered by the server or by the data inside the page; the rest by the server alone.

import type {
  CaseState,
  CheckAnswer,
  CodingState,
  Document,
  Edit,
  Edits,
  EditTable,
  Looked,
  Row,
  Saved,
  WhatIf,
  ZoneIf,
} from "../types";
import { own } from "../own";
import type { Parameters, Questions } from "./questions";
import { Refused, Unreachable } from "./refused";

export type { Parameters } from "./questions";
export { Refused, Unreachable } from "./refused";

export function query(parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === "") continue;
    if (typeof value === "object") for (const one of value) search.append(name, one);
    else search.append(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

async function ask(path: string, request: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...request });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, sentence(body), body);
  return body;
}

function sentence(body: unknown): string {
  if (typeof body === "object" && body !== null && "error" in body) return String(body.error);
  return "";
}

const changing = (method: string, body?: unknown): RequestInit => ({
  method,
  headers: { "x-detente": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

const get = (path: string, signal?: AbortSignal) => ask(path, signal ? { signal } : {});

const server: Questions = {
  caseState: () => get("/api/case") as Promise<CaseState>,
  page: (name, parameters, signal) => get(`/api/pages/${name}${query(parameters)}`, signal) as Promise<Document>,
  check: (signal) => get("/api/check", signal) as Promise<CheckAnswer>,
  row: (id, signal) => get(`/api/rows/${encodeURIComponent(id)}`, signal) as Promise<Row>,
  whatIf: (parameters) => get(`/api/what-if${query(parameters)}`) as Promise<WhatIf>,
};

let answering: Questions = server;

/** Who answers what every page asks, from now on. */
export function answerFrom(other: Questions): void {
  answering = other;
}

export const caseState: Questions["caseState"] = () => answering.caseState();
export const page: Questions["page"] = (name, parameters, signal) => answering.page(name, parameters, signal);
export const check: Questions["check"] = (signal) => answering.check(signal);
export const row: Questions["row"] = (id, signal) => answering.row(id, signal);
export const whatIf: Questions["whatIf"] = (parameters) => answering.whatIf(parameters);

export const zone = (parameters: Parameters, signal?: AbortSignal) =>
  get(`/api/zone${query(parameters)}`, signal) as Promise<ZoneIf>;

export const cancel = (job: string) => ask(`/api/jobs/${encodeURIComponent(job)}`, changing("DELETE"));

export const table = (file: string, signal?: AbortSignal) =>
  get(`/api/table/${encodeURIComponent(file)}`, signal) as Promise<EditTable>;

export const edit = async (change: Edit) => own.noted((await ask("/api/edit", changing("POST", change))) as Saved);

export const edits = async (changes: Edits) => own.noted((await ask("/api/edits", changing("POST", changes))) as Saved);

/** Undoes the last change, if as many can be undone as the page shows. */
export const undo = async (depth: number) =>
  own.noted((await ask("/api/undo", changing("POST", { undo: depth }))) as { file: string; generation: number });

export const coding = (signal?: AbortSignal) => get("/api/coding", signal) as Promise<CodingState>;

/** Makes, or finds, the sheet of a second coder. */
export const second = (coder: string) => ask("/api/second", changing("POST", { coder })) as Promise<{ file: string }>;

const sending = (file: File): RequestInit => ({ method: "POST", headers: { "x-detente": "1" }, body: file });

/** How a spreadsheet would be read. */
export const look = (file: File, choices: Parameters, signal?: AbortSignal) =>
  ask(`/api/start${query({ ...choices, name: file.name, look: 1 })}`, {
    ...sending(file),
    ...(signal ? { signal } : {}),
  }) as Promise<Looked>;

/** Makes a case from it beside the one that is open, and opens it. */
export const start = (file: File, choices: Parameters) =>
  ask(`/api/start${query({ ...choices, name: file.name })}`, sending(file)) as Promise<{
    folder: string;
    told: string[];
  }>;

export const figureAddress = (page: string, id: string, form: "svg" | "png" | "csv", parameters: Parameters) =>
  `/api/figure/${page}/${encodeURIComponent(id)}.${form}${query(parameters)}`;

export const reportAddress = (page: string, form: "docx" | "html" | "md", parameters: Parameters) =>
  `/api/report/${page}.${form}${query(parameters)}`;
