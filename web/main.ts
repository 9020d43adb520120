import { mount } from 'svelte'
import App from './App.svelte'
import { reader } from './i18n/i18n.svelte.ts'
import { session } from './session.svelte.ts'
import './theme.css'
import { release } from './modes/release.ts'
import { showTheme } from './theme.ts'

// The policy of the pages allows no code made from text: zod, which some of them load, is not to try.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

release.begin()
// A link may let somebody in by itself, also when it is opened in a tab that is already here.
const takeLink = async () => location.hash.includes('in=') && (await import('./door/link.svelte.ts')).takeLink()
await takeLink()
addEventListener('hashchange', () => void takeLink().then((taken) => taken && location.reload()))
await Promise.all([reader.begin(), session.load()])
// A paired screen has been given its language and its theme.
showTheme()
await reader.begin()
mount(App, { target: document.body })
