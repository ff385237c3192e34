// Questions to the server: one function a form of question, and errors that carry the server's own words.

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

/** An answer other than 200: the status, the server's sentence, and what else it sent. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly body: unknown,
  ) {
    super(message);
  }
}

/** The server does not answer at all. */
export class Unreachable extends Error {}

/** A parameter without a value is left out; a list is repeated. */
export type Parameters = Record<string, string | number | readonly string[] | null | undefined>;

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

export const caseState = () => get("/api/case") as Promise<CaseState>;

export const page = (name: string, parameters: Parameters, signal?: AbortSignal) =>
  get(`/api/pages/${name}${query(parameters)}`, signal) as Promise<Document>;

export const check = (signal?: AbortSignal) => get("/api/check", signal) as Promise<CheckAnswer>;

export const row = (id: string, signal?: AbortSignal) =>
  get(`/api/rows/${encodeURIComponent(id)}`, signal) as Promise<Row>;

export const whatIf = (parameters: Parameters) => get(`/api/what-if${query(parameters)}`) as Promise<WhatIf>;

export const zone = (parameters: Parameters) => get(`/api/zone${query(parameters)}`) as Promise<ZoneIf>;

export const cancel = (job: string) => ask(`/api/jobs/${encodeURIComponent(job)}`, changing("DELETE"));

export const table = (file: string, signal?: AbortSignal) =>
  get(`/api/table/${encodeURIComponent(file)}`, signal) as Promise<EditTable>;

export const edit = async (change: Edit) => own.noted((await ask("/api/edit", changing("POST", change))) as Saved);

export const edits = async (changes: Edits) => own.noted((await ask("/api/edits", changing("POST", changes))) as Saved);

export const undo = async () =>
  own.noted((await ask("/api/undo", changing("POST"))) as { file: string; generation: number });

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
