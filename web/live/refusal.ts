import { t } from '../i18n/i18n.svelte.ts'

/** Why a shop cannot be watched: in the reader's words where they are known, else in the server's. */
export const refusalText = (reason: string) => (reason === 'no_shop' ? t('wall.noShop') : reason)
