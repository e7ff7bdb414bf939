import { askAhead } from './ahead.ts'
import { chooseLanguage } from './language.ts'
import { shelf } from './shelf.ts'
import { loadWords } from './words/words.ts'

/** A small script that comes before the large one, and has all brought that the answer needs meanwhile. */
askAhead()
void loadWords(chooseLanguage())
void shelf.open().catch(() => undefined)
