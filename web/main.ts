import { mount } from 'svelte'
import App from './App.svelte'
import { reader } from './i18n/i18n.svelte.ts'
import { key } from './key.svelte.ts'
import './theme.css'
import { release } from './modes/release.ts'
import { showTheme } from './theme.ts'

release.begin()
key.takeFromLink()
// The same link opened in a tab that is already here.
addEventListener('hashchange', () => key.takeFromLink() && location.reload())
showTheme()
await reader.begin()
mount(App, { target: document.body })
