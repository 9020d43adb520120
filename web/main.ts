import { mount } from 'svelte'
import App from './App.svelte'
import { reader } from './i18n/i18n.svelte.ts'
import { key } from './key.svelte.ts'
import './theme.css'
import { showTheme } from './theme.ts'

key.takeFromLink()
// The same link opened in a tab that is already here.
addEventListener('hashchange', () => key.takeFromLink() && location.reload())
showTheme()
await reader.begin()
mount(App, { target: document.body })
