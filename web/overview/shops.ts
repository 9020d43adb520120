/** What `GET /api/shops` tells of one. */
export interface Shop {
  shop: string
  name: string
  timezone: string
}
