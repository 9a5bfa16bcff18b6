import { Figure } from '../../../ui/controls'
import { Download } from '../../../ui/Download'
import { useFormat, useWords } from '../../../ui/preferences'
import { type File, inPlace, type Problem, type Report } from './model'
import { words } from './words'

const SHOWN = 200

/** How many rows are good, and every bad one as it stands in the file with what is wrong about it. */
export function Findings({
  report,
  file,
  names,
  name,
}: {
  report: Report
  file: File
  names: readonly (string | null)[]
  name: string
}) {
  const w = useWords(words)
  const format = useFormat()
  const problems = [...report.problems, ...report.warnings]
  const bad = inPlace(file, names, problems).slice(0, SHOWN)
  return (
    <section className="card stack" aria-label={w.findings}>
      <div className="row padded" role="status">
        <h2>{report.dryRun ? w.wouldBe : w.wasBroughtIn}</h2>
        <div className="figures grow">
          <Figure value={format.full(report.accepted)} label={w.accepted} />
          {report.created + report.updated + report.unchanged > 0 && ( // a trial of volumes does not compare with what is stored
            <>
              <Figure value={format.full(report.created)} label={w.created} />
              <Figure value={format.full(report.updated)} label={w.updated} />
              <Figure value={format.full(report.unchanged)} label={w.unchanged} />
            </>
          )}
          <Figure value={format.full(report.rejected)} label={w.rejected} tone={report.rejected > 0 ? 'bad' : undefined} />
          <Figure
            value={format.full(report.warnings.length)}
            label={w.warned}
            tone={report.warnings.length > 0 ? 'warn' : undefined}
          />
        </div>
        {problems.length > 0 && (
          <Download
            name={`${name}-findings`}
            columns={[
              { head: w.lineOf, value: (p: Problem) => p.row },
              { head: w.field, value: (p: Problem) => p.field },
              { head: w.value, value: (p: Problem) => p.value },
              { head: w.reason, value: (p: Problem) => p.reason },
            ]}
            rows={problems}
          />
        )}
      </div>
      {report.unknownColumns.length > 0 && (
        <p className="padded small muted">{w.unknownColumns(report.unknownColumns.join(', '))}</p>
      )}
      {bad.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="table-frame" tabIndex={0} aria-label={w.badRows}>
          <table>
            <caption>{w.badRows}</caption>
            <thead>
              <tr>
                <th scope="col" className="number">
                  {w.lineOf}
                </th>
                {file.head.map((h, i) => (
                  <th key={i} scope="col">
                    {h}
                  </th>
                ))}
                <th scope="col">{w.reason}</th>
              </tr>
            </thead>
            <tbody>
              {bad.map(row => (
                <tr key={row.line}>
                  <th scope="row" className="number">
                    {row.line}
                  </th>
                  {row.cells.map((cell, i) => (
                    <td key={i} className={cell.wrong ? 'bad-cell' : undefined} title={cell.wrong}>
                      {cell.text || (cell.wrong ? '∅' : '')}
                    </td>
                  ))}
                  <td>{row.reasons.join(' ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}
