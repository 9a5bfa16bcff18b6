import { describe, expect, it, vi } from 'vitest'
import { KeyMap, keyNames } from './keys'

const binding = (keys: string, run = vi.fn()) => ({ keys, label: keys, run })

describe('KeyMap', () => {
  it('runs the key that was added last', () => {
    const [map, first, second] = [new KeyMap(), binding('t'), binding('t')]
    map.add([first])
    const remove = map.add([second])
    expect(map.press('t', false, false, 0)).toBe(true)
    expect([first.run, second.run].map(f => f.mock.calls.length)).toEqual([0, 1])
    remove()
    map.press('t', false, false, 1)
    expect(first.run).toHaveBeenCalledOnce()
  })

  it('runs two keys one after another, within a second or so', () => {
    const [map, go, single] = [new KeyMap(), binding('g f'), binding('f')]
    map.add([go, single])
    map.press('g', false, false, 0)
    map.press('f', false, false, 500)
    expect(go.run).toHaveBeenCalledOnce()
    map.press('g', false, false, 1000)
    map.press('f', false, false, 5000)
    expect(go.run).toHaveBeenCalledOnce()
    expect(single.run).toHaveBeenCalledOnce()
  })

  it('knows Ctrl and Shift apart', () => {
    const [map, undo, redo] = [new KeyMap(), binding('mod+z'), binding('mod+shift+z')]
    map.add([undo, redo])
    map.press('z', true, true, 0)
    expect([undo.run, redo.run].map(f => f.mock.calls.length)).toEqual([0, 1])
    expect(map.press('z', false, false, 1)).toBe(false)
  })

  it('takes a sign as it is typed, with Shift or without', () => {
    const [map, help] = [new KeyMap(), binding('?')]
    map.add([help])
    expect(map.press('?', false, true, 0)).toBe(true)
  })
})

it('names keys for the reader', () => expect([keyNames('mod+shift+z'), keyNames('g f')]).toEqual([['Ctrl Shift Z'], ['G', 'F']]))
