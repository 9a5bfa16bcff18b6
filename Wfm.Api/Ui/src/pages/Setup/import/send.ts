import type { Schemas } from '../../../api/client'
import { ApiProblem } from '../../../api/problems'
import { type Kind, PATHS, type Report, toReport } from './model'

/** Sends a file as it is; `dryRun` changes nothing. @throws ApiProblem when it cannot be read at all. */
export async function send(kind: Kind, text: string, name: string, dryRun: boolean): Promise<Report> {
  const type = /\.(nd)?jsonl?$/i.test(name) ? 'application/x-ndjson' : 'text/csv'
  const response = await fetch(`${PATHS[kind]}?dryRun=${dryRun}`, {
    method: 'POST',
    body: text,
    headers: { 'Content-Type': type },
  }).catch(() => {
    throw new ApiProblem(0, undefined)
  })
  const answer = await response.json().catch(() => undefined)
  if (!response.ok) throw new ApiProblem(response.status, answer as Schemas['Problem'] | undefined)
  return toReport(answer as Schemas['VolumeImportReport'] | Schemas['RowReport'])
}
