/** `?theme=light`, `?theme=dark` or `?theme=auto` (as the system prefers); dark when nothing is said. */
export function chooseTheme(): void {
  const asked = new URLSearchParams(location.search).get('theme')
  document.documentElement.dataset.theme = asked === 'light' || asked === 'auto' ? asked : 'dark'
}
