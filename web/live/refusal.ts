import { t } from '../i18n/i18n.svelte.ts'

/** The server's code for a shop that is not there, or is not for this reader. */
export const NO_SHOP = 'no_shop'

/** Why a shop cannot be watched: in the reader's words where they are known, else in the server's. */
export const refusalText = (reason: string) => (reason === NO_SHOP ? t('wall.noShop') : reason)
