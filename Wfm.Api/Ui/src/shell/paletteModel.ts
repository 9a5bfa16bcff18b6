export interface Entry {
  id: string
  name: string
  /** Its code, or its key. */
  note: string
  run(): void
}

export interface Group {
  title: string
  entries: Entry[]
}

const PER_GROUP = 8

/** The best entries of every group: those that begin with the words before those that hold them; without words, the first of each. */
export function search(groups: readonly Group[], query: string): Group[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  return groups
    .map(group => ({
      title: group.title,
      entries: group.entries
        .map(entry => ({ entry, rank: rank(plain(`${entry.name} ${entry.note}`), words) }))
        .filter(({ rank }) => rank > 0)
        .sort((a, b) => b.rank - a.rank)
        .slice(0, PER_GROUP)
        .map(({ entry }) => entry),
    }))
    .filter(group => group.entries.length > 0)
}

/** 0 when a word is missing; 2 for each that begins a word, 1 for each inside one. */
function rank(text: string, words: readonly string[]): number {
  let sum = 1
  for (const word of words) {
    const at = text.indexOf(word)
    if (at < 0) return 0
    sum += at === 0 ? 3 : text.includes(` ${word}`) ? 2 : 1
  }
  return sum
}

/** Without case and accents, so that `sao` finds São Paulo. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
