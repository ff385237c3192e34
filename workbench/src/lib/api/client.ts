// Questions: one function a form of question, and errors that carry the server's own words. What every page asks is
// answered by the server or by the data inside the page; the rest by the server alone.

import type { CaseState, CheckAnswer, Document, Edit, EditTable, NewRows, Row, Saved, WhatIf, ZoneIf } from "../types";
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

export const edit = (change: Edit) => ask("/api/edit", changing("POST", change)) as Promise<Saved>;

export const undo = () => ask("/api/undo", changing("POST")) as Promise<{ file: string; generation: number }>;

export const figureAddress = (page: string, id: string, form: "svg" | "png" | "csv", parameters: Parameters) =>
  `/api/figure/${page}/${encodeURIComponent(id)}.${form}${query(parameters)}`;

export const reportAddress = (page: string, form: "docx" | "html" | "md", parameters: Parameters) =>
  `/api/report/${page}.${form}${query(parameters)}`;

/** Rows added to a file in one step. */
export const addRows = (rows: NewRows) => ask("/api/edits", changing("POST", rows)) as Promise<Saved>;
