import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { isStatus } from '../../../api/problems'
import { Button, Chip, Choice } from '../../../ui/controls'
import { type Column, DataTable } from '../../../ui/DataTable'
import { Download } from '../../../ui/Download'
import { useHub, useMay } from '../../../ui/hub'
import { useFormat, useWords } from '../../../ui/preferences'
import { Await, Empty, Failure } from '../../../ui/states'
import { Cell } from '../Cell'
import { parametersOf } from '../model'
import { words } from '../words'
import { policies, policy } from './queries'

type Policy = Schemas['LabourPolicyResponse']
type Rule = Schemas['LabourRuleData']
const route = getRouteApi('/shell/setup/$part')
const idOf = (p: Policy) => `${p.code} ${p.validFrom}`

/** Rules in force with the text of the law that each comes from. */
export function Policies() {
  const w = useWords(words)
  const hub = useHub()
  const query = useQuery(policies)
  const { policy: wanted, as } = route.useSearch()
  const columns = useColumns()
  const navigate = route.useNavigate()
  return (
    <Await query={query}>
      {rows => {
        const chosen = rows.find(p => idOf(p) === wanted) ?? rows.findLast(p => p.code === hub?.labourPolicy) ?? rows[0]
        return chosen ? (
          <section className="card stack" aria-label={chosen.name}>
            <div className="row padded">
              <Choice
                label={w.policy}
                value={idOf(chosen)}
                options={rows.map(p => [idOf(p), w.policyFrom(p.name, p.validFrom)] as const)}
                onChange={id => void navigate({ search: s => ({ ...s, policy: id }) })}
              />
              <span className="grow" />
              <Download name={`policy-${chosen.code}`} columns={columns} rows={chosen.rules} />
            </div>
            {chosen.note && <p className="padded muted">{chosen.note}</p>}
            {as === 'table' ? (
              <DataTable caption={chosen.name} columns={columns} rows={chosen.rules} rowKey={(_, i) => i} />
            ) : (
              <RuleList key={idOf(chosen)} policy={chosen} />
            )}
          </section>
        ) : (
          <Empty>{w.noneYet}</Empty>
        )
      }}
    </Await>
  )
}

function useColumns(): Column<Rule>[] {
  const w = useWords(words)
  return [
    { head: w.rule, value: r => w.ruleKinds[r.kind] ?? r.kind },
    { head: w.numbers, value: r => parametersOf(r.parameters) },
    { head: w.text, value: r => r.text },
    { head: w.source, value: r => r.source },
    { head: w.authority, value: r => w.authorities[r.authority] },
  ]
}

function RuleList({ policy: shown }: { policy: Policy }) {
  const t = useWords()
  const w = useWords(words)
  const format = useFormat()
  const may = useMay('writeSetup')
  const client = useQueryClient()
  const [before, setBefore] = useState<Policy | null>(null)
  const save = useMutation({
    mutationFn: (next: Policy) => policy.put(next),
    onSuccess: saved => {
      setBefore(shown)
      client.setQueryData(policies.queryKey, all => all?.map(p => (idOf(p) === idOf(saved) ? saved : p)))
    },
  })
  const change = (index: number, name: string, value: number) =>
    save.mutate({
      ...shown,
      rules: shown.rules.map((r, i) => (i === index ? { ...r, parameters: { ...r.parameters, [name]: value } } : r)),
    })
  return (
    <>
      {before && (
        <p className="padded small" role="status">
          {w.ruleSaved}{' '}
          <Button kind="quiet" isDisabled={save.isPending} onPress={() => save.mutate({ ...before, etag: shown.etag })}>
            {t.undo}
          </Button>
        </p>
      )}
      {save.error &&
        (isStatus(save.error, 412) ? (
          <p className="padded" role="alert" data-tone="warn">
            {w.conflict(shown.code)}{' '}
            <Button onPress={() => void client.invalidateQueries({ queryKey: policies.queryKey }).then(() => save.reset())}>
              {w.takeTheirs}
            </Button>
          </p>
        ) : (
          <Failure error={save.error} />
        ))}
      <ul className="rules">
        {shown.rules.map((rule, i) => (
          <li key={i}>
            <div>
              <b>{w.ruleKinds[rule.kind] ?? rule.kind}</b>
              <dl>
                {Object.entries(rule.parameters).map(([name, value]) => (
                  <div key={name} className="small">
                    <dt style={{ display: 'inline' }} className="muted">
                      {name}{' '}
                    </dt>
                    <dd style={{ display: 'inline' }}>
                      {may ? (
                        <Cell
                          label={`${rule.kind} ${name}`}
                          value={value}
                          shown={format.full(value)}
                          edit={{ type: 'number', set: r => r }}
                          busy={save.isPending}
                          onSave={v => change(i, name, v as number)}
                        />
                      ) : (
                        format.full(value)
                      )}
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
            <div>
              <p>{rule.text}</p>
              <p className="small muted">{rule.source}</p>
            </div>
            <div className="small muted">
              <Chip tone={rule.authority === 'statute' ? 'over' : undefined}>{w.authorities[rule.authority]}</Chip>{' '}
              {w.readOn(rule.asOf)}
              {(rule.validFrom || rule.validTo) && (
                <p>
                  {rule.validFrom ?? ''} – {rule.validTo ?? ''}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {shown.notExpressed.length > 0 && (
        <details className="padded">
          <summary>{w.notExpressed(String(shown.notExpressed.length))}</summary>
          <ul className="stack">
            {shown.notExpressed.map(gap => (
              <li key={gap.text}>
                {gap.text} <span className="small muted">{gap.source}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
